"""Runs `optimiser backcast`: sets observed stocks beside what the evidence gives."""

from __future__ import annotations

import json
from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import ends_well


@click.command()
@click.argument("inputs", type=click.Path(path_type=Path))
@click.argument("actuals", type=click.Path(path_type=Path))
@click.option("--from", "since", required=True, metavar="YEAR", help="The year whose observed stocks it starts from.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write backcast.csv into this new folder.")
@parameters.AS_JSON
@ends_well
def command(inputs: Path, actuals: Path, since: str, out: Path | None, as_json: bool) -> None:
    """Set the stocks of ACTUALS (role, area, year, fte) beside what the rates and intakes of INPUTS give.

    The model starts from the stocks of YEAR. For each role: the error by year, the bias, the MAPE, and the leaver
    rate or the joiners that fit the earlier years, tested on the later ones.
    """
    from optimiser.backcast.backcast import backcast
    from optimiser.backcast.stocks import read_stocks
    from optimiser.backcast.words import as_keys, sentences
    from optimiser.cli.scaffold import write_new
    from optimiser.inputs.assemble import read_evidence
    from optimiser.text.faults import Faults, FaultsFound, Place, report
    from optimiser.text.numbers import NotReadable, read_year

    faults, year = Faults(), 0
    try:
        year = read_year(since, financial_years="/" in since)
    except NotReadable as error:
        faults.unreadable(error, Place("--from"))
    faults.stop_if_any()
    evidence = read_evidence(inputs, (), faults)
    stocks = read_stocks(actuals, evidence, year, faults)
    if stocks is None:
        raise FaultsFound(faults.found)
    done = backcast(evidence, *stocks)
    if faults.warnings:
        click.echo(report(faults.warnings), err=True)
    if out is not None:
        write_new(out, {"backcast.csv": done.frame().text()})
    click.echo(json.dumps(as_keys(done), indent=2) if as_json else "\n".join(sentences(done)))
