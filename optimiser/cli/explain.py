"""Runs `optimiser explain`: says what holds the plan back, in sentences with their range."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimiser.cli import parameters
from optimiser.cli.endings import ends_well

if TYPE_CHECKING:
    from optimiser.plan.frame import Frame


@click.command()
@click.argument("results", type=parameters.PATH)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many limits to price.")
@click.option("--limit", "limits", multiple=True, metavar="NAME", help="A limit by its name in limits.csv; repeatable.")
@click.option("--why", metavar="role=…,year=…", help="Where the number of a role in a year comes from.")
@click.option("--why-not", metavar="route=…", help="Why a route is not used more; with area=…,year=… if you like.")
@click.option("--horizon", is_flag=True, help="How far commissions move when the run-out is twice as long.")
@parameters.JOBS
@parameters.AS_JSON
@ends_well
def command(
    results: Path, top: int, limits: tuple[str, ...], why: str | None, why_not: str | None, horizon: bool, jobs: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Say what holds the plan in RESULTS back, what easing it buys, and what is decided already."""
    from optimiser.api import load

    plan = load(results)
    if why is not None:
        reason = plan.why(why)
        lines, content = reason.sentences, reason.content
    elif why_not is not None:
        balance = plan.why_not(why_not)
        lines, content = balance.sentences, balance.content
    elif horizon:
        longer = plan.horizon()
        lines, content = longer.sentences, longer.content
    else:
        found = plan.explain(top, limits, progress=lambda line: click.echo(line, err=True), jobs=jobs)
        lines, content = found.sentences, found.content
        _write(found.gap.frame(), results)
    if as_json:
        import json

        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(lines))


def _write(frame: Frame, results: Path) -> None:
    """Write steps.csv beside the plan; where the folder may not be written to, only that file is lost."""
    from optimiser.plan.marker import STEPS, is_steps
    from optimiser.plan.store import put_bytes

    path = results / STEPS
    try:
        if os.path.lexists(path) and not is_steps(path):
            click.echo(f"{path} is a file of your own and stays; without it: optimiser explain writes it.", err=True)
            return
        put_bytes(path, frame.text().encode())
    except OSError as error:
        click.echo(f"{path} could not be written: {error.strerror}. Close it in Excel.", err=True)
