"""Runs `optimiser convert`: turns an inputs folder, or an option in YAML, into a workbook and back."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import ends_well
from optimiser.text.invocation import command_line


@click.command()
@click.argument("sources", metavar="FROM...", nargs=-1, required=True, type=parameters.PATH)
@click.argument("target", metavar="TO", type=parameters.PATH)
@ends_well
def command(sources: tuple[Path, ...], target: Path) -> None:
    """Write the inputs folder FROM as the workbook TO (.xlsx), or the workbook FROM as the folder TO.

    A budget option goes both ways too: FROM or TO ends in .yaml, the other in .xlsx (one option of several is
    options.xlsx/NAME). An inputs folder and any number of options come into one workbook, with all that they extend.

    Every text and number comes back the same; formulas are written as their values. Overwrites nothing.
    """
    from optimiser.cli.scaffold import convert, convert_option, convert_study
    from optimiser.text.faults import Faults, report
    from optimiser.text.sheets import SUFFIXES, is_workbook

    source, *options = sources
    yaml = (".yaml", ".yml")
    if options:
        if target.suffix.lower() != ".xlsx" or not source.is_dir():
            raise click.UsageError("Of several, the first is an inputs folder, and TO a workbook (.xlsx).")
        faults = Faults()
        names = convert_study(source, tuple(options), target, faults)
        click.echo(f"{target}: the inputs, and the options {', '.join(names)}.")
        click.echo(f"Now run: {command_line('check', target, f'{target}/{names[0]}')}")
        return
    if source.suffix.lower() in yaml or target.suffix.lower() in yaml:
        if target.suffix.lower() not in (*yaml, ".xlsx") or (source.suffix.lower() in yaml) == (target.suffix in yaml):
            raise click.UsageError("Of an option, one of FROM and TO must be a workbook (.xlsx), the other .yaml.")
        faults = Faults()
        entries = convert_option(source, target, faults)
        click.echo(f"{target}: an option with {entries:,} entr{'y' if entries == 1 else 'ies'}.")
        return
    to_workbook = target.suffix.lower() in SUFFIXES
    if is_workbook(source) == to_workbook:
        raise click.UsageError("One of FROM and TO must be a workbook (.xlsx), the other a folder.")
    if target.suffix.lower() == ".xlsm":
        raise click.UsageError("Only .xlsx workbooks are written.")
    faults = Faults()
    done = convert(source, target, faults)
    if faults.warnings:
        click.echo(report(faults.warnings), err=True)
    rows = sum(done.tables.values())
    click.echo(f"{target}: the settings and {len(done.tables)} tables, {rows:,} rows.")
    if done.left_behind:
        click.echo(f"Left behind, because they are no part of the inputs: {', '.join(done.left_behind)}.")
    click.echo(f"Now run: {command_line('check', target)}")
