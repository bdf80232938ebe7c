"""Runs `optimiser compare`: sets options side by side."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import ends_well


@click.command()
@parameters.inputs_and(many=True)
@parameters.FUTURES
@parameters.CLUSTER
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: tuple[Path, ...],
    scenarios: tuple[str, ...],
    asked: study.Asked,
) -> None:
    """Compare the options CONSTRAINTS on the evidence INPUTS, each against the first (business as usual).

    With --scenario repeated, every option under every future.
    """
    from optimiser.studies.compare import Comparison, points_of
    from optimiser.studies.compare_words import comparison_lines
    from optimiser.studies.engine.futures import futures_of, names_of, open_options
    from optimiser.studies.engine.results_folder import write_run

    folder = study.folder_for("compare", asked.out, inputs, constraints)
    opened = open_options(inputs, constraints, asked.time_limit)
    study.warn(opened)
    futures = futures_of(scenarios, opened[0].programme.evidence)
    names = list(dict.fromkeys(names_of(constraints).values()))
    with study.runner(opened, folder, asked) as runner:
        results = runner.run(points_of(opened, names, futures))
        comparison = Comparison(tuple(opened), tuple(names), tuple(futures), tuple(results))
        write_run(folder, study.command_line(), opened, results, comparison.frames())
    study.finish(results, comparison_lines(comparison, folder), asked.as_json, folder, comparison.frames())
