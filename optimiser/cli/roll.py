"""Runs `optimiser roll`: moves evidence forward to a later first year."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli.endings import ends_well


@click.command()
@click.argument("inputs", type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, metavar="YEAR", help="The new first year, such as 2028 or 2028/29.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new folder for the inputs.")
@click.option(
    "--starts", type=click.Path(path_type=Path), help="A CSV file of starts, or the results folder of a plan."
)
@ends_well
def command(inputs: Path, to: str, out: Path, starts: Path | None) -> None:
    """Move INPUTS forward, so that their first year is YEAR and no figure from then on changes.

    Staff in post are carried there, and the starts of the years between become past starts: those of a file or a
    plan, or as many each year as in the last intake. Overwrites nothing.
    """
    from optimiser.cli.scaffold import write_new
    from optimiser.roll.roll import roll
    from optimiser.text.faults import Faults, Place, report
    from optimiser.text.numbers import NotReadable, read_year
    from optimiser.text.sheets import SUFFIXES
    from optimiser.text.wording import fte

    if out.suffix.lower() in SUFFIXES:
        raise click.UsageError("--out is a folder; optimiser convert makes a workbook of it.")
    faults, year = Faults(), 0
    try:
        year = read_year(to, financial_years="/" in to)
    except NotReadable as error:
        faults.unreadable(error, Place("--to"))
    faults.stop_if_any()
    rolled = roll(inputs, year, starts, faults)
    write_new(out, rolled.files)
    if faults.warnings:
        click.echo(report(faults.warnings), err=True)
    before, now = rolled.staff
    click.echo(f"{out}: the inputs from {to} on, in {len(rolled.files)} files.")
    click.echo(f"Staff in post, all roles: {fte(before)} FTE as they were, {fte(now)} FTE just before {to}.")
    words = [str(out), *([str(out / rolled.option)] if rolled.option else [])]
    click.echo("Now run: optimiser check " + " ".join(f'"{word}"' if " " in word else word for word in words))
