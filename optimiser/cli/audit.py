"""Runs `optimiser audit`: replays a plan without the optimiser and reconciles every table."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from optimiser.cli import parameters
from optimiser.cli.endings import FAULTS, ends_well


@click.command()
@click.argument("results", type=parameters.PATH)
@parameters.AS_JSON
@ends_well
def command(results: Path, as_json: bool) -> None:
    """Replay the plan in RESULTS year by year and reconcile every figure; exit 1 where any differs."""
    from optimiser.api import audit_folder

    found = audit_folder(results)
    if as_json:
        import json

        click.echo(json.dumps(found.content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(found)
    if not found.passed:
        sys.exit(FAULTS)
