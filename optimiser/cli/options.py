"""Options and arguments that several commands have, each written once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from optimiser.plan.destination import Study

Function = Callable[..., Any]

OUT = click.option(
    "--out", type=click.Path(path_type=Path), help="Results folder [results/<command>-<inputs>-<option>]."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, nothing else there.")
JOBS = click.option("--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes [all cores].")
TIME_LIMIT = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop each solve after so long.",
)
SCENARIOS = click.option(
    "--scenario", "scenarios", multiple=True, metavar="NAME", help="A scenario of scenarios.csv; repeatable."
)
FUTURES = click.option(
    "--scenario", "scenarios", multiple=True, metavar="NAME",
    help="A future: a scenario of scenarios.csv, several joined by +, or none; repeatable.",
)  # fmt: skip
CLUSTER = click.option(
    "--cluster", metavar="ADDRESS", help="Solve on the dask.distributed cluster whose scheduler is there."
)


def inputs_and(many: bool) -> Callable[[Function], Function]:
    """The arguments INPUTS and one or many CONSTRAINTS."""

    def decorated(function: Function) -> Function:
        path = click.Path(path_type=Path)
        constraints = click.argument("constraints", nargs=-1 if many else 1, required=True, type=path)
        return click.argument("inputs", type=path)(constraints(function))

    return decorated


def folder_for(out: Path | None, study: Study, before: Sequence[str] = (), after: Sequence[str] = ()) -> Path:
    """The results folder, by default below `results`; says on stderr where it is not what it seems. CannotWrite."""
    from optimiser.plan.destination import choose

    folder, notes = choose(out, study, before, after)
    for note in notes:
        click.echo(note, err=True)
    return folder
