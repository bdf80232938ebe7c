"""Runs `optimiser init`: makes a place to work in, with a shipped example or with blank templates."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import ends_well
from optimiser.text.invocation import command_line


@click.command()
@click.argument("folder", metavar="DIR", type=parameters.PATH)
@click.option("--example", metavar="NAME", help="The shipped example to copy [england].")
@click.option("--empty", is_flag=True, help="Blank templates instead of an example.")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True,
              help="Inputs as a folder of CSV files or as one workbook.")  # fmt: skip
@ends_well
def command(folder: Path, example: str | None, empty: bool, kind: str) -> None:
    """Copy a shipped example, inputs with their constraints, into DIR, or make blank templates there.

    Overwrites nothing.
    """
    from optimiser.cli.scaffold import lay_out
    from optimiser.inputs.shipped import shipped_examples
    from optimiser.text.faults import did_you_mean

    if empty and example is not None:
        raise click.UsageError("--empty and --example exclude each other.")
    name = None if empty else example or "england"
    if name is not None and name not in shipped_examples():
        raise click.UsageError(f'There is no example "{name}". {did_you_mean(name, shipped_examples())}')
    inputs, *options = lay_out(folder, name, kind == "xlsx")
    click.echo(f"Inputs: {inputs}")
    click.echo(f"Constraints: {', '.join(str(path) for path in options)}")
    verb = "check" if empty else "solve"
    named = next((path for path in options if path.stem != "base"), options[0])
    first = "Fill in the inputs, then run: " if empty else "Now run: "
    click.echo(f"{first}{command_line(verb, inputs, named)}")
