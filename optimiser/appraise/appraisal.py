"""Runs the steps of an appraisal in their order; none is done twice, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from optimiser.appraise import papers, several
from optimiser.appraise.plans import Auditor, folders_of
from optimiser.appraise.progress import EXPLAIN, PLAN, REPORT, Progress
from optimiser.appraise.solve_all import solve_all
from optimiser.appraise.state import Appraisal, Ask
from optimiser.appraise.summary import Summary
from optimiser.plan.destination import Study
from optimiser.plan.marker import file_hash
from optimiser.plan.record import versions
from optimiser.plan.store import refuse_foreign
from optimiser.studies.engine.case import Case, Opened, open_all
from optimiser.studies.engine.futures import Future, called, futures_of, open_options
from optimiser.studies.engine.resume import WorkFile
from optimiser.text.faults import Faults, Place, did_you_mean


def read_all(
    inputs: Path, constraints: Sequence[Path], scenarios: Sequence[str], time_limit: float | None
) -> tuple[tuple[Opened, ...], tuple[Future, ...]]:
    """Read every option under the base future, and the futures. Raises FaultsFound: all faults under any of them."""
    options = list(dict.fromkeys(constraints))
    plain = open_options(inputs, options, time_limit)
    futures = futures_of(scenarios, plain[0].programme.evidence)
    # A share that passes 1, or a limit without a row, may come of a scenario alone.
    cases = [Case(inputs, option, future, time_limit) for future in futures if future for option in options]
    under = {(one.case.option, one.case.scenarios): one for one in [*plain, *open_all(cases)]}
    return tuple(under[option, futures[0]] for option in options), tuple(futures)


def option_named(name: str, opened: Sequence[Opened]) -> Path:
    """Return the option with that file name or title. Raises FaultsFound."""
    known: dict[str, Path] = {}
    for one in opened:
        option = one.case.option
        for word in (option.as_posix(), option.name, option.stem, one.policy.title):
            known[word.casefold()] = option
    if name.casefold() not in known:
        faults = Faults()
        expected = "one of the options, by its file's name or its title"
        likely = did_you_mean(name, [one.case.option.stem for one in opened])
        faults.add("unknown-option", Place("--recommend"), f'"{name}"', expected, likely)
        faults.stop_if_any()
    return known[name.casefold()]


def appraise(
    ask: Ask, opened: Sequence[Opened], folder: Path, tell: Callable[[str], None], auditor: Auditor
) -> Appraisal:
    """Do every step and write the folder. Raises CannotWrite."""
    folders = folders_of(ask.options, ask.futures)
    for name in (*folders.values(), *several.FOLDERS):
        refuse_foreign(folder / name)
    summary = Summary(folder, _content(ask, opened, folder, folders), Progress(tell))
    made = Appraisal(ask, tuple(opened), folder, summary, WorkFile(folder), auditor, folders)
    summary.begin()
    made.progress.left = PLAN * len(folders) + EXPLAIN + REPORT + several.points_ahead(made)
    try:
        solve_all(made)
        if made.in_detail is not None:
            summary.content["in_detail"] = folders[made.in_detail.case.option, ask.futures[0]]
            for step in (several.compare, several.robust, several.sweep, several.tornado, papers.explain):
                step(made)
            summary.content["report_from"] += several.for_report(made)
            papers.report(made)
        made.work.close()
    except BaseException:
        made.work.close()
        raise
    summary.write(finished=True)
    made.work.done()
    return made


def _content(
    ask: Ask, opened: Sequence[Opened], folder: Path, folders: dict[tuple[Path, Future], str]
) -> dict[str, Any]:
    base = ask.futures[0]
    files = dict.fromkeys(path for one in opened for path in (*one.programme.evidence.files, *one.policy.files))
    return {
        "command": ask.command,
        "options": [one.policy.title for one in opened],
        "scenarios": [called(future) for future in ask.futures],
        "recommended": None if ask.recommend is None else ask.name(ask.recommend),
        "in_detail": None,
        "report_from": [folders[option, base] for option in ask.options],
        "versions": versions(),
        "sha256": {path.as_posix(): file_hash(path) for path in files},
        "made_from": Study(ask.inputs, ask.options).recorded(folder),
    }
