"""Runs `optimiser check`: shows every fault at once, what looks wrong, and how many rows each entry makes."""

from __future__ import annotations

import sys
from datetime import datetime
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
              help="Copy the workbook, with a comment on each faulty cell; several of them into a folder.")  # fmt: skip
@ends_well
def command(inputs: Path, constraints: tuple[Path, ...], as_json: bool, strict: bool, annotate: Path | None) -> None:
    """Check the evidence INPUTS and any number of options CONSTRAINTS; solves nothing.

    Every fault and warning has a code in brackets; docs/faults.md says what each means and how to mend it.
    """
    from optimiser.api import check
    from optimiser.api.checking import out_of_date

    copies = {} if annotate is None else _copies(annotate, (inputs, *constraints))
    checked = check(inputs, *constraints)
    if strict:
        checked = checked.strict()
    for workbook, copy in copies.items():
        marked = checked.annotate(workbook, copy)
        click.echo(f"{copy}: {workbook.name} with {marked} comments.", err=True)
    if checked.messages:
        click.echo("\n".join(checked.messages), err=True)
    late = out_of_date(checked, datetime.now().astimezone().date())
    if late:
        click.echo(late, err=True)
    if as_json:
        click.echo(checked.json, nl=False)
    else:
        click.echo("\n".join(checked.findings))
    if checked.faults:
        sys.exit(FAULTS)


def _copies(target: Path, paths: tuple[Path, ...]) -> dict[Path, Path]:
    """Return each workbook among the paths, of evidence or of options, and where its copy goes."""
    from optimiser.api.checking import workbooks_of
    from optimiser.text.sheets import SUFFIXES

    books = workbooks_of(paths)
    is_file = target.suffix.lower() in SUFFIXES
    if not books:
        raise click.UsageError("--annotate needs a workbook (.xlsx) among INPUTS and CONSTRAINTS.")
    if is_file and len(books) > 1:
        raise click.UsageError(f"--annotate of {len(books)} workbooks needs a folder for the copies.")
    if len({book.name for book in books}) < len(books):
        raise click.UsageError("--annotate needs workbooks of different names.")
    return {book: target if is_file else target / book.name for book in books}
