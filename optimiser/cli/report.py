"""Runs `optimiser report`: writes results as a page, a workbook or a paper."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import ends_well


@click.command()
@click.argument("results", nargs=-1, required=True, type=parameters.PATH)
@click.option(
    "--out", type=parameters.PATH, default=Path("report.html"), show_default=True,
    help="FILE.html for a page, .xlsx for a workbook, .docx for a board paper.",
)  # fmt: skip
@click.option("--recommend", metavar="OPTION", help="The option to recommend, by title or file [none].")
@click.option("--template", type=parameters.PATH, metavar="FILE.docx", help="Your own template for the paper.")
@ends_well
def command(results: tuple[Path, ...], out: Path, recommend: str | None, template: Path | None) -> None:
    """Show RESULTS, folders that other commands wrote, as one page, workbook or paper.

    The first plan named is business as usual: the others are measured against it.
    """
    from optimiser.appraise.summary import parts_of
    from optimiser.audit.audit import audit
    from optimiser.cli.results import whole
    from optimiser.report.write import KINDS, Form, write_report

    parameters.refuse_without_texts()
    if out.suffix.lower() not in KINDS:
        raise click.BadParameter(f"{out.name} ends in none of {', '.join(KINDS)}", param_hint="--out")
    if template is not None and out.suffix.lower() != ".docx":
        raise click.BadParameter("only a .docx has a template", param_hint="--template")
    folders, detail = parts_of(results)
    with whole(folders):
        form = Form(out, recommend, template, detail)
        written = write_report(folders, form, lambda said: click.echo(said, err=True), audit)
    click.echo(written)
