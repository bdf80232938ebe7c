"""Runs `optimiser frontier`: shows what money buys."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import NO_PLAN, STOPPED, ends_well, stop


@click.command()
@parameters.inputs_and(many=False)
@click.option("--budget", required=True, metavar="NAME", help="The budget, every year in proportion.")
@click.option("--tolerance", type=parameters.Finite(min=1e-6, max=1), default=0.001, help="Of the value [0.001].")
@click.option("--from", "first", type=parameters.Finite(min=0), metavar="FACTOR", help="Lowest [least with a plan].")
@click.option("--to", "last", type=parameters.Finite(min=0), metavar="FACTOR", help="Highest [enough].")
@click.option("--service-level", "level", type=parameters.Finite(0, 1), metavar="SHARE", help="Find its least money.")
@click.option("--task", "tasks", multiple=True, metavar="TASK", help="The tasks of that level [all]; repeatable.")
@click.option("--level-from", "level_from", type=int, metavar="YEAR", help="The first year of that level [first_year].")
@parameters.SCENARIOS
@parameters.AS_JSON
@parameters.TIME_LIMIT
@parameters.OUT
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    budget: str,
    tolerance: float,
    first: float | None,
    last: float | None,
    level: float | None,
    tasks: tuple[str, ...],
    level_from: int | None,
    scenarios: tuple[str, ...],
    as_json: bool,
    time_limit: float | None,
    out: Path | None,
) -> None:
    """Trace what the option CONSTRAINTS can do, on the evidence INPUTS, for every size of one budget."""
    from optimiser.studies.engine.case import Case, open_all
    from optimiser.studies.engine.futures import demanded
    from optimiser.studies.engine.results_folder import write_run
    from optimiser.studies.frontier import Undecided, level_entry, trace
    from optimiser.studies.frontier_words import frontier_lines

    if first is not None and last is not None and first > last:
        raise click.BadParameter(f"{first:g} is above --to {last:g}", param_hint="--from")
    folder = study.folder_for("frontier", out, inputs, [constraints])
    (opened,) = open_all([Case(inputs, constraints, scenarios, time_limit)])
    study.warn([opened])
    entry = None
    if level is not None:
        entry = level_entry(level, tasks or demanded(opened.programme.evidence), level_from)
    try:
        with study.bar() as progress:
            frontier = trace(opened, budget, tolerance, (first, last), entry, progress)
    except Undecided as error:
        stop(f"Stopped: {error}. Nothing was written.", STOPPED)
    if not frontier.spots:
        stop("\n".join(frontier_lines(frontier, budget, "", level, tolerance, folder)), NO_PLAN)
    priority = opened.programme.objectives[0].name
    frame = frontier.frame(priority)
    write_run(folder, study.command_line(), [opened], frontier.results, [frame])
    lines = frontier_lines(frontier, budget, priority, level, tolerance, folder)
    study.finish(frontier.results, lines, as_json, folder, [frame])
