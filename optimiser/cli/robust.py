"""Runs `optimiser robust`: looks for choices that hold up in futures nobody can be sure of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimiser.cli import parameters, study
from optimiser.cli.endings import ends_well

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimiser.studies.engine.futures import Future


@click.command()
@parameters.inputs_and(many=True)
@parameters.FUTURES
@click.option("--decide-until", "until", type=int, metavar="YEAR", help="One set of starts for all futures up to here.")
@click.option("--weight", "weights", multiple=True, metavar="NAME=WEIGHT", help="Of a future [all alike]; repeatable.")
@click.option("--worst-case", is_flag=True, help="Plan for the worst future instead of the weighted mean.")
@parameters.CLUSTER
@study.solving
@ends_well
def command(
    inputs: Path,
    constraints: tuple[Path, ...],
    scenarios: tuple[str, ...],
    until: int | None,
    weights: tuple[str, ...],
    worst_case: bool,
    asked: study.Asked,
) -> None:
    """Find what holds up in every future, among the options CONSTRAINTS on the evidence INPUTS.

    Regret of each option under each --scenario; what every future commissions; and, with --decide-until, one set of
    early starts for all futures, of the option with the least maximum regret.
    """
    from optimiser.studies.compare import points_of
    from optimiser.studies.engine.futures import futures_of, names_of, open_options
    from optimiser.studies.engine.results_folder import write_run
    from optimiser.studies.regret import check_comparable, least_regret, no_regret_frame, regret_frame, regrets
    from optimiser.studies.robust import decide
    from optimiser.studies.robust_words import decided_lines, no_regret_lines, regret_lines, where_lines

    folder = study.folder_for("robust", asked.out, inputs, constraints)
    opened = open_options(inputs, constraints, asked.time_limit)
    study.warn(opened)
    check_comparable(opened)
    futures = futures_of(scenarios, opened[0].programme.evidence)
    if len(futures) < 2:
        raise click.UsageError("Name at least two futures with --scenario (none is the evidence as it stands).")
    weighed = _weights(weights, futures)
    names = list(dict.fromkeys(names_of(constraints).values()))
    settings = opened[0].programme.evidence.settings
    with study.runner(opened, folder, asked) as runner:
        results = runner.run(points_of(opened, names, futures))
        found = regrets(results, names, futures)
        safe = no_regret_frame(results, names)
        frames = [regret_frame(found), safe]
        lines = list(regret_lines(found, results, opened[0].programme.objectives[0].name, settings))
        chosen = least_regret(found)
        if until is not None and chosen is not None:
            decided = decide(opened[names.index(chosen)], futures, weighed, until, worst_case)
            results = [*results, *decided.results]
            frames += decided.frames()
            lines += decided_lines(decided, chosen, settings)
        write_run(folder, study.command_line(), opened, results, frames)
    study.finish(results, [*lines, *no_regret_lines(safe), *where_lines(folder)], asked.as_json, folder, frames)


def _weights(words: Sequence[str], futures: Sequence[Future]) -> list[float]:
    """Return one weight for each future, adding up to 1. Raises click.BadParameter."""
    from optimiser.studies.engine.futures import called

    if not words:
        return [1.0 / len(futures)] * len(futures)
    given = {}
    for word in words:
        name, _, text = word.rpartition("=")
        given[name] = study.share("--weight", text)
    known = [called(future) for future in futures]
    wrong = [name for name in given if name not in known] + [name for name in known if name not in given]
    if wrong or sum(given.values()) <= 0:
        raise click.BadParameter(f"one weight for each of {', '.join(known)}", param_hint="--weight")
    return [given[name] / sum(given.values()) for name in known]
