"""Runs `optimiser tornado`: ranks the assumptions by how much they matter."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import ends_well

_SHOWN = 25


@click.command()
@parameters.inputs_and(many=False)
@click.option("--spread", default="10%", show_default=True, metavar="SHARE", help="How far each assumption moves.")
@click.option("--ranges", type=parameters.PATH, metavar="FILE", help="A CSV: table, key, column, low, high.")
@click.option("--against", type=parameters.PATH, metavar="CONSTRAINTS", help="Find switching values.")
@parameters.SCENARIOS
@parameters.CLUSTER
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    spread: str,
    ranges: Path | None,
    against: Path | None,
    scenarios: tuple[str, ...],
    asked: study.Asked,
) -> None:
    """Move each assumption of the evidence INPUTS low and high, under the option CONSTRAINTS, and rank the effects.

    With --against another option: how far each must move before that one becomes best.
    """
    from optimiser.studies.assumptions import default_assumptions, read_ranges
    from optimiser.studies.engine.case import Case, open_all
    from optimiser.studies.engine.results_folder import write_run
    from optimiser.studies.regret import check_comparable
    from optimiser.studies.tornado import (
        effects,
        switch_lines,
        switches,
        switches_frame,
        tornado_frame,
        tornado_lines,
        tornado_points,
    )
    from optimiser.text.faults import Faults

    folder = study.folder_for("tornado", asked.out, inputs, [constraints])
    moved = study.share("--spread", spread)
    paths = [constraints] if against is None else [constraints, against]
    opened = open_all([Case(inputs, path, scenarios, asked.time_limit) for path in paths])
    study.warn(opened)
    check_comparable(opened)
    faults, first = Faults(), opened[0]
    if ranges is None:
        assumptions = default_assumptions(first.programme.evidence, first.sources, moved)
    else:
        assumptions = read_ranges(ranges, first.sources, faults)
    faults.stop_if_any()
    count = 1 + 2 * len(assumptions)
    with study.runner(opened, folder, asked) as runner:
        # One after the other: each option's points are told apart among all cores.
        parts = [runner.run(tornado_points(one, assumptions)) for one in opened]
        results = [result for part in parts for result in part]
        found = effects(assumptions, parts[0])
        settings = first.programme.evidence.settings
        frames, lines = [tornado_frame(found)], list(tornado_lines(found, parts[0], _SHOWN, settings, folder))
        if len(opened) > 1:
            points = switches(first, opened[1], assumptions, *parts)
            frames.append(switches_frame(points))
            lines += switch_lines(points, opened[1].case.option.stem)
        write_run(folder, study.command_line(), opened, results, frames)
    study.finish(results[:count], lines, asked.as_json, folder, frames)
