"""Runs `optimiser alternatives`: what may be changed in a plan."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import NO_PLAN, STOPPED, ends_well, stop


@click.command()
@parameters.inputs_and(many=False)
@click.option("--within", default="2%", show_default=True, metavar="SHARE", help="How far priorities may give.")
@click.option("--block", type=click.IntRange(min=1), default=4, show_default=True, help="Years together.")
@parameters.SCENARIOS
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    within: str,
    block: int,
    scenarios: tuple[str, ...],
    asked: study.Asked,
) -> None:
    """Find how far each route's commissions can move, under the option CONSTRAINTS on the evidence INPUTS.

    The least and the most of each route and block of years while each priority stays near its best.
    """
    from optimiser.studies.alternatives import alternatives_frame, alternatives_lines, search_all, targets_of
    from optimiser.studies.engine.case import Case, open_all
    from optimiser.studies.engine.points import Point, result_from
    from optimiser.studies.engine.results_folder import write_run

    share = study.share("--within", within)
    folder = study.folder_for("alternatives", asked.out, inputs, [constraints])
    (opened,) = open_all([Case(inputs, constraints, scenarios, asked.time_limit)])
    study.warn([opened])
    opened.start()
    if opened.outcome is None:
        stop(f"{constraints}: the solver could not prove an optimum.", STOPPED)
    best = result_from(Point(opened.case, constraints.stem, "best", scenarios), opened.programme, opened.outcome)
    if opened.outcome.answer is None:
        stop(f"{constraints}: {best.reason}.", NO_PLAN if best.status == "infeasible" else STOPPED)
    targets, answer = targets_of(opened.programme, block), opened.outcome.answer
    with study.bar() as progress:
        found = search_all(opened, answer, targets, share, asked.jobs, progress)
    frame = alternatives_frame(opened.programme, answer, targets, found)
    results = [best, *found]
    write_run(folder, study.command_line(), [opened], results, [frame])
    study.finish(results, alternatives_lines(frame, share, folder), asked.as_json, folder, [frame])
