"""`optimiser compare`: options side by side."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import many, options
from optimiser.cli.endings import ends_well


@click.command()
@options.inputs_and(many=True)
@options.FUTURES
@options.CLUSTER
@many.solving
@ends_well
def command(
    inputs: Path,
    constraints: tuple[Path, ...],
    scenarios: tuple[str, ...],
    asked: many.Asked,
) -> None:
    """Compare the options CONSTRAINTS on the evidence INPUTS, each against the first (business as usual).

    With --scenario repeated, every option under every future.
    """
    from optimiser.options.compare import Comparison, points_of
    from optimiser.options.compare_words import comparison_lines
    from optimiser.options.folder import write_run
    from optimiser.options.request import futures_of, names_of, open_options

    folder = many.folder_for("compare", asked.out, inputs, constraints)
    opened = open_options(inputs, constraints, asked.time_limit)
    many.warn(opened)
    futures = futures_of(scenarios, opened[0].programme.evidence)
    names = list(dict.fromkeys(names_of(constraints).values()))
    with many.runner(opened, folder, asked) as runner:
        results = runner.run(points_of(opened, names, futures))
        comparison = Comparison(tuple(opened), tuple(names), tuple(futures), tuple(results))
        write_run(folder, many.command_line(), opened, results, comparison.frames())
    many.finish(results, comparison_lines(comparison, folder), asked.as_json, folder, comparison.frames())
