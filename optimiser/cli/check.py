"""`optimiser check`: every fault at once, and how many rows each entry makes."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli.endings import ends_well


@click.command()
@click.argument("inputs", type=click.Path(path_type=Path))
@click.argument("constraints", nargs=-1, type=click.Path(path_type=Path))
@ends_well
def command(inputs: Path, constraints: tuple[Path, ...]) -> None:
    """Check the evidence INPUTS and any number of options CONSTRAINTS; solves nothing."""
    from optimiser.plan.check import check
    from optimiser.reading.faults import FaultsFound, report

    checked = check(inputs, constraints)
    if checked.faults.errors:
        raise FaultsFound(checked.faults.found)
    if checked.faults.warnings:
        click.echo(report(checked.faults.warnings), err=True)
    click.echo("\n".join(checked.lines))
