"""Gives the commands that solve many times their common options, their progress bar, and their ending."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimiser.cli import parameters
from optimiser.cli.endings import NO_PLAN, STOPPED
from optimiser.cli.parameters import AS_JSON, JOBS, OUT, TIME_LIMIT, Function
from optimiser.cli.warnings import show_warnings

if TYPE_CHECKING:
    from optimiser.plan.frame import Frame
    from optimiser.studies.engine.case import Opened
    from optimiser.studies.engine.points import Result
    from optimiser.studies.engine.runner import Runner, Task

_MOST = 10.0
"""The largest share that a person may mean: a factor more than that is a slip."""


@dataclass(frozen=True)
class Asked:
    """Hold the options that every command which solves many times has, whatever it looks for."""

    out: Path | None
    as_json: bool
    jobs: int
    time_limit: float | None
    cluster: str | None = None


def solving(function: Function) -> Function:
    """Add the options that every such command has, handed over together as `asked`."""

    @OUT
    @AS_JSON
    @JOBS
    @TIME_LIMIT
    @wraps(function)
    def together(
        out: Path | None, as_json: bool, jobs: int, time_limit: float | None, cluster: str | None = None, **own: Any
    ) -> Any:
        return function(asked=Asked(out, as_json, jobs, time_limit, cluster), **own)

    return together


def share(option: str, text: str) -> float:
    """Read a share from the command line: 2% or 0.02. Raises click.BadParameter."""
    from optimiser.text.numbers import NotReadable, read_number

    try:
        number = read_number(text)
    except NotReadable as error:
        raise click.BadParameter(str(error), param_hint=option) from error
    if not 0 <= number <= _MOST:
        raise click.BadParameter(f"{text} is not between 0 and {_MOST:g} (that is {_MOST:.0%})", param_hint=option)
    return number


def command_line() -> str:
    """Return the command as it was called."""
    return shlex.join(["optimiser", *sys.argv[1:]])


def folder_for(command: str, out: Path | None, inputs: Path, constraints: Sequence[Path]) -> Path:
    """Return the results folder: `results/<command>-<inputs>-<first option>` by default. Raises CannotWrite."""
    from optimiser.plan.destination import Study

    return parameters.folder_for(out, Study(inputs, tuple(dict.fromkeys(constraints))), before=[command])


def warn(opened: Sequence[Opened]) -> None:
    """Show the warnings of all files, and what looks wrong in them, on stderr, each once."""
    from optimiser.studies.engine.case import look_over

    cases = [one.case for one in opened]
    inputs = dict.fromkeys(case.inputs for case in cases)
    show_warnings(look_over(opened), next(iter(inputs)), list(dict.fromkeys(case.option for case in cases)))


@contextmanager
def runner(opened: Sequence[Opened], folder: Path, asked: Asked) -> Iterator[Runner]:
    """Give a runner that shows its progress on stderr and keeps finished points until the results are written."""
    from optimiser.studies.engine.resume import WorkFile
    from optimiser.studies.engine.runner import Runner

    work = WorkFile(folder)
    on_cluster = None if asked.cluster is None else _cluster(asked.cluster, opened)
    try:
        with bar() as progress:
            yield Runner({one.case: one for one in opened}, asked.jobs, work, progress, on_cluster)
    except KeyboardInterrupt:
        from optimiser.plan import in_place

        if in_place.anything():
            work.done()
        elif work.path.exists():
            click.echo("What is finished is kept: run the same command again to go on.", err=True)
        raise
    work.done()


def _cluster(address: str, opened: Sequence[Opened]) -> Callable[[Sequence[Task]], Iterator[tuple[int, Result]]]:
    from optimiser.studies.engine.cluster import NoCluster, on_cluster_at, shipment_of

    files = {one.case: (one.programme.evidence.files, one.policy.files) for one in opened}
    try:
        return on_cluster_at(address, lambda case: shipment_of(case, *files[case]))
    except NoCluster as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on stderr where that is a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    bars: list[Any] = []

    def progress(done: int, of: int) -> None:
        if not bars:
            # A frontier does not know beforehand how many solves it takes.
            steps = range(of) if of else count()
            bars.append(click.progressbar(steps, label="solved", file=sys.stderr, show_pos=True))
            bars[0].__enter__()
        bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def finish(
    results: Sequence[Result], lines: Iterable[str], as_json: bool, folder: Path, frames: Sequence[Frame] = ()
) -> None:
    """Print the answer, as text or as one JSON object; without a plan at any point, the exit code says why."""
    if as_json:
        from optimiser.studies.engine.results_folder import points_frame

        content = {
            "results": str(folder),
            "points": _records(points_frame(results)),
            **{frame.name: _records(frame) for frame in frames},
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(lines))
    if results and not any(one.solved for one in results):
        sys.exit(NO_PLAN if all(one.status == "infeasible" for one in results) else STOPPED)


def _records(frame: Frame) -> list[dict[str, Any]]:
    columns = {
        name: [_plain(cell) for cell in (column.tolist() if hasattr(column, "tolist") else column)]
        for name, column in frame.columns.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(cell: Any) -> Any:
    """Turn an unknown number into null, as it is an empty cell in the file."""
    return None if isinstance(cell, float) and cell != cell else cell
