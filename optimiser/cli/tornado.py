"""`optimiser tornado`: which assumptions matter most."""

from __future__ import annotations

from pathlib import Path

import click

from optimiser.cli import many, options
from optimiser.cli.endings import ends_well

_SHOWN = 25


@click.command()
@options.inputs_and(many=False)
@click.option("--spread", default="10%", show_default=True, metavar="SHARE", help="How far each assumption moves.")
@click.option("--ranges", type=options.PATH, metavar="FILE", help="A CSV: table, key, column, low, high.")
@click.option("--against", type=options.PATH, metavar="CONSTRAINTS", help="Find switching values.")
@options.SCENARIOS
@options.CLUSTER
@many.solving
@ends_well
def command(
    inputs: Path,
    constraints: Path,
    spread: str,
    ranges: Path | None,
    against: Path | None,
    scenarios: tuple[str, ...],
    asked: many.Asked,
) -> None:
    """Move each assumption of the evidence INPUTS low and high, under the option CONSTRAINTS, and rank the effects.

    With --against another option: how far each must move before that one becomes best.
    """
    from optimiser.options.assumptions import default_assumptions, read_ranges
    from optimiser.options.case import Case, open_all
    from optimiser.options.folder import write_run
    from optimiser.options.regret import check_comparable
    from optimiser.options.tornado import (
        effects,
        switch_lines,
        switches,
        switches_frame,
        tornado_frame,
        tornado_lines,
        tornado_points,
    )
    from optimiser.reading.faults import Faults

    folder = many.folder_for("tornado", asked.out, inputs, [constraints])
    moved = many.share("--spread", spread)
    paths = [constraints] if against is None else [constraints, against]
    opened = open_all([Case(inputs, path, scenarios, asked.time_limit) for path in paths])
    many.warn(opened)
    check_comparable(opened)
    faults, first = Faults(), opened[0]
    if ranges is None:
        assumptions = default_assumptions(first.programme.evidence, first.sources, moved)
    else:
        assumptions = read_ranges(ranges, first.sources, faults)
    faults.stop_if_any()
    count = 1 + 2 * len(assumptions)
    with many.runner(opened, folder, asked) as runner:
        # One after the other: each option's points are told apart among all cores.
        parts = [runner.run(tornado_points(one, assumptions)) for one in opened]
        results = [result for part in parts for result in part]
        found = effects(assumptions, parts[0])
        frames, lines = [tornado_frame(found)], list(tornado_lines(found, parts[0], _SHOWN, folder))
        if len(opened) > 1:
            points = switches(first, opened[1], assumptions, *parts)
            frames.append(switches_frame(points))
            lines += switch_lines(points, opened[1].case.option.stem)
        write_run(folder, many.command_line(), opened, results, frames)
    many.finish(results[:count], lines, asked.as_json, folder, frames)
