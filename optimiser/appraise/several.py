"""Runs the steps over many solves: compare and robust from the plans at hand, a sweep and a tornado of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from optimiser.appraise.progress import POINT
from optimiser.appraise.state import Appraisal, key_of
from optimiser.appraise.summary import LEFT_OUT, Step
from optimiser.plan.frame import Frame
from optimiser.studies.assumptions import default_assumptions
from optimiser.studies.compare import Comparison
from optimiser.studies.engine.bounds import numeric_keys, varied_entries
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.futures import called
from optimiser.studies.engine.points import Point, Result, point_key
from optimiser.studies.engine.results_folder import write_run
from optimiser.studies.engine.runner import Runner
from optimiser.studies.regret import check_comparable, no_regret_frame, regret_frame, regrets
from optimiser.studies.sweep import sweep_points
from optimiser.studies.tornado import effects, tornado_frame, tornado_points
from optimiser.text.faults import FaultsFound

COMPARE, ROBUST, SWEEP, TORNADO = FOLDERS = ("compare", "robust", "sweep", "tornado")

RANGE = "80%:120%:5%"
"""Of the first budget: a fifth less to a fifth more."""
SPREAD = 0.1
"""How far the tornado moves each assumption, as `tornado` does by default."""


def points_ahead(made: Appraisal) -> float:
    """Return the work of the sweep and the tornado, in solves; every option has about as many assumptions."""
    first = made.opened[-1]
    assumptions = default_assumptions(first.programme.evidence, first.sources, SPREAD)
    return POINT * (1 + 2 * len(assumptions) + (9 if first_budget(first) else 0))


def compare(made: Appraisal) -> None:
    """Compare the options, from the plans that are solved already."""
    names = tuple(made.ask.name(option) for option in made.ask.options)
    results = tuple(one.result for one in made.solved)
    comparison = Comparison(made.opened, names, made.ask.futures, results)
    with made.summary.timed("compare") as said:
        _write(made, COMPARE, made.opened, results, comparison.frames())
        said(files=(COMPARE,))


def robust(made: Appraisal) -> None:
    """Write the regrets, and what every future commissions, from the plans that are solved already."""
    if len(made.ask.futures) < 2:
        _leave_out(made, ROBUST, "there is one future")
        return
    try:
        check_comparable(made.opened)
    except FaultsFound as error:
        _leave_out(made, ROBUST, "; ".join(fault.sentence() for fault in error.faults))
        return
    names = [made.ask.name(option) for option in made.ask.options]
    results = [one.result for one in made.solved]
    with made.summary.timed("robust") as said:
        frames = [regret_frame(regrets(results, names, made.ask.futures)), no_regret_frame(results, names)]
        _write(made, ROBUST, made.opened, results, frames)
        said(files=(ROBUST,))


def first_budget(opened: Opened) -> str | None:
    """Return the name of the option's first budget that has a number to vary."""
    entries = (entry for entry in varied_entries(opened.policy) if "budget" in entry.values and numeric_keys(entry))
    return next((entry.name for entry in entries), None)


def sweep(made: Appraisal) -> None:
    """Vary the first budget of the option in detail from a fifth less to a fifth more."""
    opened = _detail(made)
    budget = first_budget(opened)
    if budget is None:
        _leave_out(made, SWEEP, "the option has no budget")
        return
    points = sweep_points(opened, [f"{budget}={RANGE}"], None, False)
    _solved(made, SWEEP, opened, points, lambda _results: [], budget)


def tornado(made: Appraisal) -> None:
    """Move each assumption of the option in detail to a tenth less and a tenth more."""
    opened = _detail(made)
    assumptions = default_assumptions(opened.programme.evidence, opened.sources, SPREAD)
    points = tornado_points(opened, assumptions)
    _solved(made, TORNADO, opened, points, lambda results: [tornado_frame(effects(assumptions, results))], "")


def for_report(made: Appraisal) -> list[str]:
    """Return the folders of many solves that the report takes beside the plans."""
    there = {name for step in made.summary.steps for name in step.files}
    return [name for name in (COMPARE, SWEEP, TORNADO) if name in there]


def _solved(
    made: Appraisal, step: str, opened: Opened, points: Sequence[Point],
    frames: Callable[[Sequence[Result]], Sequence[Frame]], about: str,
) -> None:  # fmt: skip
    option, scenario = made.ask.name(opened.case.option), called(opened.case.scenarios)
    files = (*opened.programme.evidence.files, *opened.policy.files)
    key = key_of(step, *(point_key(point, files) for point in points))
    earlier = made.summary.earlier(step, option, scenario, key)
    if earlier is not None:
        made.progress.known(POINT * len(points))
        made.summary.add(earlier)
        return
    with made.summary.timed(step, option, scenario, key) as said:
        runner = Runner({opened.case: opened}, made.ask.jobs, made.work, made.progress.points(f"{step} of {option}"))
        results = runner.run(points)
        _write(made, step, [opened], results, frames(results))
        lost = sum(not one.solved for one in results)
        detail = {"points": len(points), "without_a_plan": lost, **({"budget": about} if about else {})}
        said(files=(step,), detail=detail)


def _write(
    made: Appraisal, name: str, opened: Sequence[Opened], results: Sequence[Result], frames: Sequence[Frame]
) -> None:
    write_run(made.folder / name, made.ask.command, opened, results, frames)


def _leave_out(made: Appraisal, step: str, reason: str) -> None:
    made.summary.add(Step(step, "", "", LEFT_OUT, 0, 0.0, reason=reason))


def _detail(made: Appraisal) -> Opened:
    one = made.in_detail
    if one is None:
        raise ValueError("no option has a plan")
    return one
