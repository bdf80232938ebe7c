"""Runs `optimiser diagnose`: names the entries that clash where no plan exists, and the cheapest repair."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import STOPPED, ends_well, stop
from optimiser.cli.warnings import show_warnings


@click.command()
@click.argument("inputs", type=parameters.PATH)
@click.argument("constraints", type=parameters.PATH)
@parameters.SCENARIOS
@parameters.AS_JSON
@ends_well
def command(inputs: Path, constraints: Path, scenarios: tuple[str, ...], as_json: bool) -> None:
    """Say why the option CONSTRAINTS has no plan on the evidence INPUTS, and what would give one."""
    from optimiser.api import read
    from optimiser.errors import Undecided

    model = read(inputs, constraints, scenarios=scenarios)
    try:
        found = model.diagnose()
    except Undecided as error:
        stop(f"Neither a plan nor a reason why there is none could be proved: {error}.", STOPPED)
    show_warnings(model.warnings, inputs, [constraints])
    if as_json:
        import json

        click.echo(json.dumps(found.content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(found)
