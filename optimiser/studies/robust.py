"""Chooses one set of early starts for every future, by weights or for the worst one; later starts adapt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimiser.constraints.option import read_policy
from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.model.augmented import Extended
from optimiser.model.breaking import breakable, with_breaches, with_nothing_broken
from optimiser.model.programme import Programme, build
from optimiser.model.two_stage import Stacked, early_starts, with_fixed
from optimiser.plan.frame import Frame
from optimiser.solving.basis import joined_codes
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.priorities import Answer, Outcome
from optimiser.solving.status import Ended, Status
from optimiser.studies.engine.case import Opened, same_shape
from optimiser.studies.engine.futures import Future, called
from optimiser.studies.engine.points import Point, Result, reason_of, result_from
from optimiser.text.faults import Faults, Place

_MEANS = ("volume", "units_per_fte", "leaver_rate", "amount")
"""What scenarios multiply, and so what the mean future averages."""


@dataclass(frozen=True)
class Decided:
    """Hold the one set of early starts, and what it is worth by priority. A value that does not exist is None."""

    until: int
    worst_case: bool
    programme: Programme
    starts: Floats | None
    """[column of the first programme]: the decisions up to the year; None where no plan fits every future."""
    results: tuple[Result, ...]
    """The plans of each future with the common starts, then (by weights) with those of the mean future."""
    here_and_now: dict[str, float]
    wait_and_see: dict[str, float]
    mean_value: dict[str, float] | None
    """With the starts of the mean future's plan; None where some future then has no plan, or for the worst case."""
    reason: str = ""

    def measures(self) -> list[tuple[str, str, float | None]]:
        """Return (measure, priority, value): what knowing the future, and what planning for all of them, would save."""
        rows: list[tuple[str, str, float | None]] = []
        for name, value in self.here_and_now.items():
            rows += [("here_and_now", name, value), ("wait_and_see", name, self.wait_and_see[name])]
            rows.append(("expected_value_of_perfect_information" if not self.worst_case else "cost_of_not_knowing",
                         name, value - self.wait_and_see[name]))  # fmt: skip
            if not self.worst_case:
                mean = None if self.mean_value is None else self.mean_value[name]
                rows.append(("mean_value_starts", name, mean))
                rows.append(("value_of_stochastic_solution", name, None if mean is None else mean - value))
        return rows

    def frames(self) -> list[Frame]:
        """Lay out decided.csv and stochastic.csv."""
        measures = self.measures()
        found = Frame(
            "stochastic",
            {
                "measure": [row[0] for row in measures],
                "priority": [row[1] for row in measures],
                "value": np.array([np.nan if row[2] is None else row[2] for row in measures]),
            },
        )
        return [found] if self.starts is None else [self._starts(self.starts), found]

    def _starts(self, decisions: Floats) -> Frame:
        evidence, starts = self.programme.evidence, self.programme.quantities.starts
        early = starts.only(starts.keys["year"] + evidence.settings.first_year <= self.until)
        order = np.lexsort([early.keys["year"], early.keys["area"], early.keys["route"]])
        route, area, year = (early.keys[key][order] for key in ("route", "area", "year"))
        amount = early.values(decisions)[order]
        return Frame(
            "decided",
            {
                "route": [evidence.routes[code] for code in route.tolist()],
                "area": [evidence.areas[code] for code in area.tolist()],
                "year": year + evidence.settings.first_year,
                "starts": amount,
                "commissions": amount / evidence.fill_rate[route, year],
            },
        )


def decide(
    opened: Opened, futures: Sequence[Future], weights: Sequence[float], until: int, worst_case: bool
) -> Decided:
    """Find the best early starts for all futures together. Raises FaultsFound, NotProved and BrokenRow."""
    settings = opened.programme.evidence.settings
    if until not in settings.years:
        faults = Faults()
        first, last = settings.label(settings.years[0]), settings.label(settings.years[-1])
        faults.add("year-outside", Place("--decide-until"), str(until), f"a year from {first} to {last}")
        faults.stop_if_any()
    opened.start()
    programmes = [opened.changed(future, ()) for future in futures]
    _check_shapes(programmes, futures)
    together = _together(opened, programmes, until, weights, worst_case)
    if together.outcome.status is Status.INFEASIBLE and breakable(programmes[0]):
        # No early starts keep every rule in every future: those that break the least, by weight, in all together.
        together = _together(opened, [with_breaches(one) for one in programmes], until, weights, worst_case)
    elif breakable(programmes[0]):
        together = together.with_nothing_broken()
    programmes, stacked, alone, outcome = together.programmes, together.stacked, together.alone, together.outcome
    names = [objective.name for objective in programmes[0].objectives]
    if outcome.answer is None or any(one is None for one in alone):
        return Decided(until, worst_case, programmes[0], None, (), {}, {}, None, reason_of(outcome))
    whole = outcome.answer.decisions
    found = [_answer(stacked, whole, place) for place in range(len(futures))]
    results = [
        _result(opened, programme, one, future, f"until {until}")
        for programme, one, future in zip(programmes, found, futures, strict=True)
    ]
    seen = [one for one in alone if one is not None]
    fold = _worst if worst_case else _mean
    here = dict(zip(names, fold([one.values for one in found], weights), strict=True))
    see = dict(zip(names, fold(seen, weights), strict=True))
    mean, more = (None, []) if worst_case else _mean_value(opened, programmes, futures, weights, until)
    mean_value = None if mean is None else dict(zip(names, mean, strict=True))
    common = stacked.decisions(whole, 0)
    return Decided(until, worst_case, programmes[0], common, (*results, *more), here, see, mean_value)


@dataclass(frozen=True)
class _Together:
    """Hold all futures in one programme, how it ended, and each one's own result (None without a plan)."""

    programmes: list[Programme]
    stacked: Stacked
    outcome: Outcome
    alone: tuple[tuple[float, ...] | None, ...]

    def with_nothing_broken(self) -> _Together:
        """Put a priority of 0 for what is broken first, for use where rules might be broken and none is."""
        programmes = [with_nothing_broken(programme) for programme in self.programmes]
        alone = tuple(None if one is None else (0.0, *one) for one in self.alone)
        return _Together(programmes, Stacked(tuple(programmes), self.stacked.shared), self.outcome, alone)


def _together(
    opened: Opened, programmes: list[Programme], until: int, weights: Sequence[float], worst_case: bool
) -> _Together:
    stacked = Stacked(tuple(programmes), early_starts(programmes[0], until))
    alone = [opened.solve_alone(programme) for programme in programmes]
    extended = stacked.worst(weights) if worst_case else stacked.expected(weights)
    outcome = opened.solve_extended(extended, _start(stacked, extended, [basis for _, basis in alone]))
    values = (None if one.answer is None else one.answer.values for one, _ in alone)
    return _Together(programmes, stacked, outcome, tuple(values))


def _mean_value(
    opened: Opened, programmes: Sequence[Programme], futures: Sequence[Future], weights: Sequence[float], until: int
) -> tuple[tuple[float, ...] | None, list[Result]]:
    """Plan for the mean future, keep its early starts, and solve each future with them."""
    mean, planned = opened.solve_or_break(mean_programme(opened, [one.evidence for one in programmes], weights))
    if planned.answer is None:
        return None, []
    columns = early_starts(mean, until)
    early = planned.answer.decisions[columns]
    values: list[tuple[float, ...]] = []
    results = []
    for future in futures:
        programme, outcome = _with_early(opened, opened.changed(future, ()), columns, early)
        point = _point(opened, future, f"mean future's starts until {until}")
        if outcome.answer is None:
            results.append(result_from(point, programme, outcome))
            continue
        values.append(outcome.answer.values)
        plain = Outcome(Status.OPTIMAL, Ended.PROVED, replace(outcome.answer, prices=()))
        results.append(result_from(point, programme, plain))
    return (_mean(values, weights) if len(values) == len(programmes) else None), results


def _with_early(opened: Opened, programme: Programme, columns: Integers, early: Floats) -> tuple[Programme, Outcome]:
    """Solve one future with the early starts given; if no plan then keeps every rule, break the least."""

    def solve(one: Programme) -> Outcome:
        fits = opened.basis is not None and same_shape(one, opened.programme)
        start = joined_codes([opened.basis], 0, len(columns)) if fits else None
        return opened.solve_extended(with_fixed(one, columns, early), start)

    return solve_or_break(programme, solve)


def mean_programme(opened: Opened, evidence: Sequence[Evidence], weights: Sequence[float]) -> Programme:
    """Build the option under the weighted mean of everything that the scenarios move."""
    means = {
        name: sum(weight * getattr(one, name) for weight, one in zip(weights, evidence, strict=True)) for name in _MEANS
    }
    mean = replace(evidence[0], **means)
    return build(mean, read_policy(opened.case.option, mean, Faults()))


def _check_shapes(programmes: Sequence[Programme], futures: Sequence[Future]) -> None:
    faults = Faults()
    for programme, future in zip(programmes[1:], futures[1:], strict=True):
        if not same_shape(programme, programmes[0]):
            found = f"a programme of another shape under {called(future)} than under {called(futures[0])}"
            mend = "A volume of 0 in one future only takes rows away: write a small number instead."
            faults.add("other-shape", Place("--scenario"), found, "the same rows and columns", mend)
    faults.stop_if_any()


def _start(
    stacked: Stacked, extended: Extended, alone: Sequence[tuple[bytes, bytes] | None]
) -> tuple[bytes, bytes] | None:
    """Put the futures' own bases side by side; None where one of them has none."""
    bases = [basis for basis in alone if basis is not None]
    if len(bases) < len(alone):
        return None
    futures = len(stacked.programmes)
    rows = len(extended.matrix.lower) - futures * len(stacked.programmes[0].matrix.lower)
    return joined_codes(bases, extended.matrix.columns - futures * stacked.columns, rows)


def _answer(stacked: Stacked, whole: Floats, place: int) -> Answer:
    programme, decisions = stacked.programmes[place], stacked.decisions(whole, place)
    return Answer(decisions, tuple(objective.value(decisions) for objective in programme.objectives), (), None)


def _result(opened: Opened, programme: Programme, answer: Answer, future: Future, name: str) -> Result:
    return result_from(_point(opened, future, name), programme, Outcome(Status.OPTIMAL, Ended.PROVED, answer))


def _point(opened: Opened, future: Future, name: str) -> Point:
    option = opened.case.option.stem
    return Point(opened.case, option, f"{option} {called(future)} {name}", future)


def _mean(values: Sequence[tuple[float, ...]], weights: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        float(sum(w * value for w, value in zip(weights, column, strict=True))) for column in zip(*values, strict=True)
    )


def _worst(values: Sequence[tuple[float, ...]], _weights: Sequence[float]) -> tuple[float, ...]:
    return tuple(max(column) for column in zip(*values, strict=True))
