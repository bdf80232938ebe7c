"""Declares the options and arguments that several commands have, each once."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from optimiser.plan.destination import Study

Function = Callable[..., Any]


class Finite(click.FloatRange):
    """Take a number within a range and refuse `nan` and `inf`, which Python reads as numbers."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raises click.BadParameter."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is not a number that can be used.", param, ctx)
        return number


PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; one that may not be read is a fault of the files, not of how the command was called."""
OUT = click.option("--out", type=PATH, help="Results folder [results/<command>-<inputs>-<option>].")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, nothing else there.")
JOBS = click.option("--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes [all cores].")
TIME_LIMIT = click.option(
    "--time-limit",
    type=Finite(min=0, min_open=True),
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


def refuse_without_texts() -> None:
    """Stop where Python leaves out docstrings (-OO): the drawing library makes its functions from its own."""
    if sys.flags.optimize >= 2:
        raise click.UsageError("Drawing needs what Python leaves out under -OO or PYTHONOPTIMIZE=2: run without it.")


def inputs_and(many: bool) -> Callable[[Function], Function]:
    """Add the arguments INPUTS and one or many CONSTRAINTS to a command."""

    def decorated(function: Function) -> Function:
        constraints = click.argument("constraints", nargs=-1 if many else 1, required=True, type=PATH)
        return click.argument("inputs", type=PATH)(constraints(function))

    return decorated


def folder_for(out: Path | None, study: Study, before: Sequence[str] = (), after: Sequence[str] = ()) -> Path:
    """Return the results folder, by default below `results`; notes go to stderr. Raises CannotWrite."""
    from optimiser.plan.destination import choose

    folder, notes = choose(out, study, before, after)
    for note in notes:
        click.echo(note, err=True)
    return folder
