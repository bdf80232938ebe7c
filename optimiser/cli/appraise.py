"""Runs `optimiser appraise`: from options to a board in one command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import FAULTS, NO_PLAN, STOPPED, ends_well

if TYPE_CHECKING:
    from optimiser.appraise.state import Appraisal


@click.command()
@parameters.inputs_and(many=True)
@parameters.FUTURES
@click.option("--recommend", metavar="OPTION", help="The option the paper recommends, by file or title [none].")
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: tuple[Path, ...],
    scenarios: tuple[str, ...],
    recommend: str | None,
    asked: study.Asked,
) -> None:
    """Appraise the options CONSTRAINTS on the evidence INPUTS: everything a board's paper needs, in one folder.

    Solves each option under each --scenario, audits every plan, compares them, explains, sweeps and tries the option
    in detail (the one to recommend, else the last with a plan), and writes page, workbook and paper. A stopped
    appraisal goes on where it was when it is run again.
    """
    from optimiser.appraise.appraisal import appraise, option_named, read_all
    from optimiser.appraise.plans import Auditor
    from optimiser.appraise.state import Ask
    from optimiser.audit.audit import audit
    from optimiser.audit.words import content

    parameters.refuse_without_texts()
    folder = study.folder_for("appraise", asked.out, inputs, constraints)
    opened, futures = read_all(inputs, constraints, scenarios, asked.time_limit)
    chosen = None if recommend is None else option_named(recommend, opened)
    study.warn(opened)
    options = tuple(one.case.option for one in opened)
    ask = Ask(inputs, options, futures, chosen, asked.jobs, asked.time_limit, study.command_line())
    try:
        made = appraise(ask, opened, folder, lambda line: click.echo(line, err=True), Auditor(audit, content))
    except KeyboardInterrupt:
        click.echo("What is finished is kept: run the same command again to go on.", err=True)
        raise
    _finish(made, asked.as_json)


def _finish(made: Appraisal, as_json: bool) -> None:
    """Print the answer; the exit code shows that no option has a plan, or that an audit differs."""
    from optimiser.appraise.words import lines

    if as_json:
        content = {"results": str(made.folder), **made.summary.as_content(finished=True)}
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(lines(made)))
    results = [one.result for one in made.solved]
    if not any(one.solved for one in results):
        sys.exit(NO_PLAN if all(one.status == "infeasible" for one in results) else STOPPED)
    if any(one.audit is not None and not one.audit.passed for one in made.solved):
        sys.exit(FAULTS)
