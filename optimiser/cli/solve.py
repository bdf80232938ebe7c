"""Runs `optimiser solve`: finds the optimal plan of one option."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from optimiser.cli import parameters
from optimiser.cli.endings import NO_PLAN, STOPPED, ends_well
from optimiser.cli.warnings import show_warnings
from optimiser.text.invocation import command_line

if TYPE_CHECKING:
    from optimiser.plan.make import Plan
    from optimiser.plan.near import Near


@click.command()
@click.argument("inputs", type=parameters.PATH)
@click.argument("constraints", type=parameters.PATH)
@parameters.SCENARIOS
@click.option("--out", type=parameters.PATH, help="Results folder [results/<inputs>-<option>[-scenario]].")
@click.option(
    "--near", type=parameters.PATH, metavar="RESULTS", help="Of equal plans, the one that starts most like this one."
)
@click.option("--within", metavar="SHARE", help="With --near: how far each priority may give, 0.5% or 0.005 [0].")
@click.option(
    "--from",
    "start",
    type=parameters.PATH,
    metavar="RESULTS",
    help="Go on from an earlier plan: faster where little changed.",
)
@click.option("--full", is_flag=True, help="All tables on the screen.")
@parameters.AS_JSON
@click.option(
    "--time-limit", type=parameters.Finite(min=0, min_open=True), metavar="SECONDS", help="Stop after so long."
)
@click.option("--write-lp", type=parameters.PATH, metavar="FILE", help="Write the whole problem as LP.")
@click.option("--write-mps", type=parameters.PATH, metavar="FILE", help="Write the whole problem as MPS.")
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    scenarios: tuple[str, ...],
    out: Path | None,
    near: Path | None,
    within: str | None,
    start: Path | None,
    full: bool,
    as_json: bool,
    time_limit: float | None,
    write_lp: Path | None,
    write_mps: Path | None,
) -> None:
    """Find the optimal plan of the option CONSTRAINTS on the evidence INPUTS.

    Prints a one-screen answer and writes the results folder.
    """
    from optimiser.cli.results import whole
    from optimiser.plan.destination import Study
    from optimiser.plan.make import Request, make_plan
    from optimiser.plan.screen import one_screen
    from optimiser.text.faults import Faults

    wanted = _near(near, within)
    folder = parameters.folder_for(out, Study(inputs, (constraints,)), after=scenarios)
    faults = Faults()
    with whole([one for one in (near, start) if one is not None]):
        if start is not None:
            _refuse_no_plan(start)
        plan = make_plan(
            Request(inputs, constraints, scenarios, time_limit, write_lp, write_mps, wanted, start), faults
        )
    show_warnings(faults.warnings, inputs, [constraints])
    if start is not None and not plan.went_on:
        click.echo(f"{start} keeps no basis for the columns and rows of this model: solved from nothing.", err=True)
    for note in plan.near.notes if plan.near is not None else ():
        click.echo(note, err=True)
    line = shlex.join(["optimiser", *sys.argv[1:]])
    written = plan.write(folder, line)
    if as_json:
        from optimiser.plan.record import as_json as to_json

        click.echo(to_json({**plan.content(line), "results": str(folder) if written else None}), nl=False)
    if plan.solved:
        if not as_json:
            click.echo("\n".join(one_screen(plan, folder, full)))
        return
    if plan.outcome.status.value == "infeasible":
        _no_plan(inputs, constraints, scenarios)
    _stopped(plan)


def _near(results: Path | None, within: str | None) -> Near | None:
    """Return the plan to be near to, and the share each priority may give up. Raises a usage error."""
    from optimiser.cli.study import share
    from optimiser.plan.near import Near

    if results is None:
        if within is not None:
            raise click.UsageError("--within says how far a plan may give to be near another: name that with --near.")
        return None
    return Near(results, 0.0 if within is None else share("--within", within))


def _refuse_no_plan(start: Path) -> None:
    """Stop where --from names no results of a plan. Raises FaultsFound."""
    from optimiser.plan.reload import reload

    reload(start)


def _no_plan(inputs: Path, constraints: Path, scenarios: tuple[str, ...]) -> NoReturn:
    chosen = [word for scenario in scenarios for word in ("--scenario", scenario)]
    click.echo(
        f"No plan satisfies {constraints}: its limits clash with each other or with the evidence in {inputs}. "
        f"Run: {command_line('diagnose', inputs, constraints, *chosen)}",
        err=True,
    )
    sys.exit(NO_PLAN)


def _stopped(plan: Plan) -> NoReturn:
    click.echo(f"{plan.how_far()} Earlier results are whole.", err=True)
    sys.exit(STOPPED)
