"""Stocks that were observed, beside what the evidence's rates and intakes give from an earlier year on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimiser.inputs.evidence import Evidence, Flags, Floats
from optimiser.plan.frame import Frame


@dataclass(frozen=True)
class Fit:
    """Hold for one role, all areas together, how far off the evidence is, and what would fit.

    The rate and the joiners are fitted on the earlier years and tested on the later ones: three MAPEs of the later
    years say what is gained. None where there are too few years, or no rate from 0 to 1 fits.
    """

    role: str
    bias: float
    """FTE: mean of modelled − observed."""
    mape: float
    """Mean of |modelled − observed| ÷ observed."""
    fitted_on: tuple[int, ...]
    tested_on: tuple[int, ...]
    leaver_rate: float | None
    joiners: float | None
    """FTE a year that would have to join beside those of the evidence (negative: that leave)."""
    mape_tested: float | None
    mape_with_rate: float | None
    mape_with_joiners: float | None


@dataclass(frozen=True)
class Backcast:
    """Observed and modelled stocks [year, area, role], NaN where nothing was observed, and a fit for each role."""

    evidence: Evidence
    years: tuple[int, ...]
    """From the year that the model starts from, whose stocks are as observed."""
    observed: Floats
    modelled: Floats
    fits: tuple[Fit, ...]

    def frame(self) -> Frame:
        """backcast.csv: role, area, year, observed, modelled, error (modelled − observed)."""
        year, area, role = np.nonzero(~np.isnan(self.observed))
        order = np.lexsort((year, area, role))
        year, area, role = year[order], area[order], role[order]
        observed, modelled = self.observed[year, area, role], self.modelled[year, area, role]
        return Frame(
            "backcast",
            {
                "role": [self.evidence.roles[one] for one in role.tolist()],
                "area": [self.evidence.areas[one] for one in area.tolist()],
                "year": [self.years[one] for one in year.tolist()],
                "observed": observed,
                "modelled": modelled,
                "error": modelled - observed,
            },
        )


def backcast(evidence: Evidence, years: Sequence[int], observed: Floats) -> Backcast:
    """Run the evidence from the stocks of the first of `years` on, and set each later year beside what was observed.

    `observed` is [year, area, role] in FTE, NaN where nothing was observed.
    """
    past = Past(evidence, tuple(years))
    modelled = past.run(observed[0], 0)
    there = ~np.isnan(observed).all(axis=(0, 1))
    fits = tuple(_fit(past, observed, modelled, role) for role in np.flatnonzero(there).tolist())
    return Backcast(evidence, tuple(years), observed, modelled, fits)


@dataclass(frozen=True)
class Past:
    """The staff identity in calendar years before, and after, the first year of the evidence."""

    evidence: Evidence
    years: tuple[int, ...]
    rate: tuple[int, float] | None = None
    """(role, leaver rate) that takes the place of the evidence's."""
    more: tuple[int, Floats] | None = None
    """(role, FTE by area) who join each year beside those of the evidence."""

    @cached_property
    def _starts(self) -> Mapping[tuple[int, int], Mapping[int, float]]:
        """(area, route) → year → starts, as past_starts has them."""
        table, found = self.evidence.tables["past_starts"], dict[tuple[int, int], dict[int, float]]()
        rows = zip(*map(table.column, ("route", "area", "year", "starts")), strict=True)
        for route, area, year, starts in rows:
            key = self.evidence.areas.index(area), self.evidence.routes.index(route)
            found.setdefault(key, {})[year] = starts
        return found

    def started(self, route: int, year: int) -> Floats:
        """[area]: starts of a year; where past_starts has other years, those of the nearest one; none without any."""
        found = np.zeros(len(self.evidence.areas))
        for area in range(len(found)):
            known = self._starts.get((area, route))
            if known:
                found[area] = known[min(known, key=lambda other: (abs(other - year), other))]
        return found

    @cached_property
    def held(self) -> list[tuple[int, int, int]]:
        """(area, route, year) whose starts are not written down and were held as in the nearest year."""
        return [
            (area, route, year - int(self.evidence.years[route]))
            for (area, route), known in sorted(self._starts.items())
            for year in self.years[1:]
            if year - int(self.evidence.years[route]) not in known
        ]

    def arrivals(self, year: int) -> Floats:
        """[area, role]: joiners less moves out of a year."""
        evidence, net = self.evidence, np.zeros((len(self.evidence.areas), len(self.evidence.roles)))
        for route in range(len(evidence.routes)):
            begun = year - int(evidence.years[route])
            people = self.started(route, begun)
            completion = float(evidence.completion_of(route, begun - evidence.settings.first_year))
            if evidence.to_role[route] >= 0:
                joining = people * completion * evidence.fte_per_completer[route]
                net[:, evidence.to_role[route]] += joining @ evidence.destinations[route]
            if evidence.from_role[route] >= 0:
                stay = evidence.non_completers_return[route]
                net[:, evidence.from_role[route]] -= people * (completion if stay else 1.0)
        if self.more is not None:
            net[:, self.more[0]] += self.more[1]
        return net

    def leaver_rate(self, year: int) -> Floats:
        """[area, role]: the year's own rate from the first year on, the role's before it."""
        evidence, roles = self.evidence, self.evidence.tables["roles"]
        at = year - evidence.settings.first_year
        if at >= 0:
            rates = evidence.leaver_rate[:, :, at].copy()
        else:
            by_role = dict(zip(*map(roles.column, ("role", "leaver_rate")), strict=True))
            rates = np.tile([by_role[role] for role in evidence.roles], (len(evidence.areas), 1))
        if self.rate is not None:
            rates[:, self.rate[0]] = self.rate[1]
        return np.asarray(rates, dtype=np.float64)

    def after(self, staff: Floats, year: int) -> Floats:
        """[area, role]: the stock of a year from that of the year before."""
        evidence = self.evidence
        found = staff * (1.0 - self.leaver_rate(year)) + self.arrivals(year)
        for one, (from_role, to_role) in enumerate(zip(evidence.transition_from, evidence.transition_to, strict=True)):
            moving = evidence.transition_share[one] * staff[:, from_role]
            found[:, from_role] -= moving
            found[:, to_role] += evidence.fte_per_mover[one] * moving
        return found

    def run(self, staff: Floats, since: int) -> Floats:
        """[year, area, role]: the stocks from position `since` on, as given there; NaN before it."""
        stocks = np.full((len(self.years), *staff.shape), np.nan)
        stocks[since] = staff
        for at in range(since + 1, len(self.years)):
            stocks[at] = self.after(stocks[at - 1], self.years[at])
        return stocks


def _fit(past: Past, observed: Floats, modelled: Floats, role: int) -> Fit:
    """Find bias and MAPE of a role, and the rate and joiners that fit its earlier years, tried on later ones."""
    seen = [at for at in range(1, len(past.years)) if not np.isnan(observed[at, :, role]).all()]
    split = (len(seen) + 1) // 2
    early, late = seen[:split], seen[split:]
    errors = [_total(modelled, observed, at, role) - _total(observed, observed, at, role) for at in seen]
    name, years = past.evidence.roles[role], past.years
    fit = Fit(
        name, float(np.mean(errors)) if errors else np.nan, _mape(modelled, observed, seen, role),
        tuple(years[at] for at in early), tuple(years[at] for at in late), None, None, None, None, None,
    )  # fmt: skip
    pairs = [at for at in early if not np.isnan(observed[at - 1, :, role]).all()]
    if not late or not pairs:
        return fit
    since = early[-1]
    rate, more = _rate_that_fits(past, observed, pairs, role), _joiners_that_fit(past, observed, pairs, role)
    weights = np.nan_to_num(observed[since, :, role])
    shared = more * weights / weights.sum() if weights.sum() > 0 else np.full(len(weights), more / len(weights))

    def tested(other: Past) -> float:
        return _mape(other.run(observed[since], since), observed, late, role)

    return replace(
        fit, leaver_rate=rate, joiners=more, mape_tested=tested(past),
        mape_with_rate=None if rate is None else tested(replace(past, rate=(role, rate))),
        mape_with_joiners=tested(replace(past, more=(role, shared))),
    )  # fmt: skip


def _rate_that_fits(past: Past, observed: Floats, pairs: Sequence[int], role: int) -> float | None:
    """The leaver rate with the least squares of one-year errors; None where none from 0 to 1 has."""
    nobody_leaves = replace(past, rate=(role, 0.0))
    before = np.array([observed[at - 1, :, role] for at in pairs])
    left = np.array(
        [nobody_leaves.after(observed[at - 1], past.years[at])[:, role] - observed[at, :, role] for at in pairs]
    )
    both = ~np.isnan(before + left)
    rate = float((before[both] * left[both]).sum() / (before[both] ** 2).sum()) if before[both].any() else np.nan
    return rate if 0 <= rate <= 1 else None


def _joiners_that_fit(past: Past, observed: Floats, pairs: Sequence[int], role: int) -> float:
    """FTE a year, all areas together, by which the one-year forecasts fall short in the mean."""
    short = [observed[at, :, role] - past.after(observed[at - 1], past.years[at])[:, role] for at in pairs]
    return float(np.mean([np.nansum(one) for one in short]))


def _total(stocks: Floats, observed: Floats, at: int, role: int) -> float:
    """The stock of a role in a year, over the areas where it was observed."""
    there: Flags = ~np.isnan(observed[at, :, role])
    return float(stocks[at, there, role].sum())


def _mape(modelled: Floats, observed: Floats, years: Sequence[int], role: int) -> float:
    """Mean absolute error as a share of what was observed; NaN where that is nothing or unknown."""
    seen = [(_total(modelled, observed, at, role), _total(observed, observed, at, role)) for at in years]
    shares = [abs(model - real) / real for model, real in seen if real > 0]
    return float(np.mean(shares)) if shares else np.nan
