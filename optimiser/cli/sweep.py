"""Runs `optimiser sweep`: solves one option with some of its numbers varied."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import ends_well


@click.command()
@parameters.inputs_and(many=False)
@click.option(
    "--vary", "varied", multiple=True, metavar="ENTRY=VALUES",
    help="An entry by name and its values, as 'budgets training=80%:140%:5%' or '=a,b,c'; repeatable.",
)  # fmt: skip
@click.option("--cells", type=parameters.PATH, metavar="FILE", help="A CSV: table, key, column, value.")
@click.option("--as", "shape", type=click.Choice(["grid", "list"]), default="grid", help="Several together [grid].")
@parameters.SCENARIOS
@parameters.CLUSTER
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    varied: tuple[str, ...],
    cells: Path | None,
    shape: str,
    scenarios: tuple[str, ...],
    asked: study.Asked,
) -> None:
    """Solve the option CONSTRAINTS on the evidence INPUTS for many values of its bounds or of the evidence.

    A stopped sweep goes on where it was when it is run again.
    """
    from optimiser.studies.engine.case import Case, open_all
    from optimiser.studies.engine.results_folder import write_run
    from optimiser.studies.sweep import sweep_lines, sweep_points

    folder = study.folder_for("sweep", asked.out, inputs, [constraints])
    opened = open_all([Case(inputs, constraints, scenarios, asked.time_limit)])
    study.warn(opened)
    points = sweep_points(opened[0], varied, cells, shape == "list")
    with study.runner(opened, folder, asked) as runner:
        results = runner.run(points)
        write_run(folder, study.command_line(), opened, results)
    settings = opened[0].programme.evidence.settings
    study.finish(results, sweep_lines(results, settings, folder), asked.as_json, folder)
