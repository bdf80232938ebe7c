"""Runs `optimiser simulate`: shows what follows from starts of one's own."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import NO_PLAN, STOPPED, ends_well, stop
from optimiser.cli.warnings import show_warnings


@click.command()
@click.argument("inputs", type=parameters.PATH)
@click.argument("starts", type=parameters.PATH)
@click.argument("constraints", required=False, type=parameters.PATH)
@parameters.SCENARIOS
@click.option("--out", type=parameters.PATH, help="Results folder [results/<inputs>-<starts>[-scenario]].")
@click.option("--full", is_flag=True, help="All tables on the screen.")
@parameters.AS_JSON
@ends_well
def command(
    inputs: Path,
    starts: Path,
    constraints: Path | None,
    scenarios: tuple[str, ...],
    out: Path | None,
    full: bool,
    as_json: bool,
) -> None:
    """Say what follows if exactly the STARTS of a CSV file are started, under the option CONSTRAINTS if given.

    Work is shared out as well as it can be; the results folder is like any other.
    """
    from optimiser.plan.destination import Study
    from optimiser.plan.make import Request, make_plan
    from optimiser.plan.record import as_json as to_json
    from optimiser.plan.screen import one_screen
    from optimiser.studies.own_starts import own_option
    from optimiser.text.faults import Faults

    study = Study(inputs, (starts,), constraints)
    folder = parameters.folder_for(out, study, after=scenarios)
    faults = Faults()
    line = shlex.join(["optimiser", *sys.argv[1:]])
    with own_option(inputs, starts, constraints, scenarios, faults) as (option, own):
        for said in own.said:
            click.echo(said, err=True)
        request = Request(inputs, option, scenarios)
        plan = make_plan(request, faults)
        show_warnings(faults.warnings, inputs, [constraints] if constraints else [])
        written = plan.write(folder, line, study)
        if as_json:
            click.echo(to_json({**plan.content(line), "results": str(folder) if written else None}), nl=False)
        if not plan.solved:
            _no_plan(plan.programme, plan.outcome.status.value, starts, constraints)
        elif not as_json:
            click.echo("\n".join(one_screen(plan, folder, full)))


def _no_plan(programme: object, status: str, starts: Path, constraints: Path | None) -> None:
    """Name the entries that these starts break."""
    from optimiser.diagnose.clash import clashing_names
    from optimiser.model.programme import Programme

    if status != "infeasible" or not isinstance(programme, Programme):
        stop("Stopped before an optimum was proved. Earlier results are as they were.", STOPPED)
    names = clashing_names(programme)
    under = f" under {constraints}" if constraints is not None else ""
    clash = "; ".join(f"“{name}”" for name in names) or "the evidence alone, whatever is started"
    stop(f"These starts cannot be made{under}. What clashes: {clash}. Change {starts}, or drop a limit.", NO_PLAN)
