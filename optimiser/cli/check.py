"""`optimiser check`: every fault at once, what looks wrong, and how many rows each entry makes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import FAULTS, ends_well


@click.command()
@click.argument("inputs", type=parameters.PATH)
@click.argument("constraints", nargs=-1, type=parameters.PATH)
@parameters.AS_JSON
@click.option("--strict", is_flag=True, help="Take every warning for a fault.")
@click.option("--annotate", metavar="FILE.xlsx", type=parameters.PATH,
              help="Write a copy of the workbook INPUTS with a comment on each faulty cell.")  # fmt: skip
@ends_well
def command(inputs: Path, constraints: tuple[Path, ...], as_json: bool, strict: bool, annotate: Path | None) -> None:
    """Check the evidence INPUTS and any number of options CONSTRAINTS; solves nothing.

    Every fault and warning has a code in brackets; docs/faults.md says what each means and how to mend it.
    """
    from optimiser.api import check
    from optimiser.text.sheets import is_workbook

    if annotate is not None and not is_workbook(inputs):
        raise click.UsageError("--annotate needs INPUTS to be a workbook (.xlsx).")
    checked = check(inputs, *constraints)
    if strict:
        checked = checked.strict()
    if annotate is not None:
        marked = checked.annotate(inputs, annotate)
        click.echo(f"{annotate}: {inputs.name} with {marked} comments.", err=True)
    if checked.messages:
        click.echo("\n".join(checked.messages), err=True)
    if as_json:
        click.echo(checked.json, nl=False)
    else:
        click.echo("\n".join(checked.findings))
    if checked.faults:
        sys.exit(FAULTS)
