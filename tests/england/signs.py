"""Signs of a plan that a commissioner would laugh at, read from a results folder without the optimiser.

Each function returns sentences; an empty list is a plan without that sign. Intakes are of all areas together, as they
are commissioned; retention is counted in FTE kept and is no intake. A change of fewer than `FEW` people is noise.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

FEW = 3.0
SWING = 0.2
"""A fall or rise of more than a fifth that is undone within `WITHIN` years is a swing."""
WITHIN = 4
OWN_WORK = 0.25
"""Work that takes this share of a profession's time in the first year is its own; at least half of that share stays."""
EMPTY = 0.6
"""A task of which more than this share is unmet in an area is emptied."""
IDLE_MONEY = 0.05
"""Money left of more than this share of a year's limit needs a reason."""

Row = dict[str, str]


KNOWN: Mapping[tuple[str, str], tuple[str, ...]] = {
    # A cut that holds from the first year takes most from what can be taken up again soonest.
    ("england", "cut-5"): ("overseas_radiography",),
    ("england", "cut-10"): ("overseas_radiography", "diagnostic_apprenticeship"),
    # Money that is more at first and melts with prices: short courses follow it.
    ("england", "one-year-settlement"): ("bms_reporting", "endoscopist_programme"),
    # Staff are built up to a level and then kept there: short courses run high for four years.
    ("england", "meet-demand"): ("endoscopist_programme",),
    # Recruits fill the years until students qualify, short courses run high until the level is reached, and where every
    # plain film is reported, there are no more to report.
    ("west-yorkshire-and-harrogate", "meet-demand"): (
        "overseas_radiography",
        "reporting_radiographer in",
        "reporting_certificate",
    ),
    # Where they report four fifths of plain films, there are no more to report: 18 to 19 % of their time in London.
    ("england", "new-roles-first"): ("reporting_radiographer in north_", "reporting_radiographer in south_east_london"),
}
"""By place and option: how the signs begin that have a reason."""


def unexpected(place: str, option: str, results: Path) -> list[str]:
    """The signs of a shipped option's plan, but for those that have a reason."""
    return [sign for sign in signs(results) if not sign.startswith(KNOWN.get((place, option), ()) or "\0")]


def signs(results: Path) -> list[str]:
    """Every sign of the plan in a results folder."""
    return [*swings(results), *own_work_left(results), *emptied(results), *too_small(results), *idle_money(results)]


def rows(results: Path, name: str) -> list[Row]:
    """The rows of one table of the results."""
    with (results / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def inputs(results: Path, name: str) -> list[Row]:
    """The rows of one table of the evidence the plan was made from."""
    (path,) = (results / "used").rglob(f"{name}.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def intakes(results: Path) -> dict[str, list[float]]:
    """The starts of each route by year, from the last year before the plan; without retention."""
    kinds = {row["route"]: row["kind"] for row in inputs(results, "routes")}
    planned: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows(results, "starts"):
        planned[row["route"]][int(row["year"])] += float(row["starts"])
    first = min(min(years) for years in planned.values())
    for row in inputs(results, "past_starts"):
        if int(row["year"][:4]) == first - 1:
            planned[row["route"]][first - 1] += float(row["starts"])
    return {
        route: [years[year] for year in sorted(years)]
        for route, years in planned.items()
        if kinds[route] != "retention"
    }


def swings(results: Path) -> Iterator[str]:
    """Intakes that fall or rise by more than a fifth and come back."""
    for route, starts in intakes(results).items():
        for here in range(len(starts)):
            for there in range(here + 2, min(here + WITHIN + 1, len(starts))):
                low, high = sorted((starts[here], starts[there]))
                between = starts[here + 1 : there]
                if min(between) < (1 - SWING) * low and low - min(between) > FEW:
                    yield f"{route} falls to {min(between):.1f} between {starts[here]:.1f} and {starts[there]:.1f}"
                if max(between) > (1 + SWING) * high and max(between) - high > FEW:
                    yield f"{route} rises to {max(between):.1f} between {starts[here]:.1f} and {starts[there]:.1f}"


def own_work_left(results: Path) -> Iterator[str]:
    """Professions that leave half or more of their own work, in any area."""
    time: dict[tuple[str, str, int], dict[str, float]] = defaultdict(dict)
    for row in rows(results, "work"):
        time[row["role"], row.get("area", ""), int(row["year"])][row["task"]] = float(row["fte"])
    first = min(year for _, _, year in time)
    for (role, area, year), by_task in time.items():
        before, everything = time[role, area, first], sum(by_task.values())
        for task, fte in before.items():
            share = fte / (sum(before.values()) or 1.0)
            if share >= OWN_WORK and everything > FEW and by_task.get(task, 0.0) < share / 2 * everything:
                now = by_task.get(task, 0.0) / everything
                yield f"{role} in {area or 'the area'}: {now:.0%} of the time on {task} in {year}, {share:.0%} before"


def emptied(results: Path) -> Iterator[str]:
    """Tasks of which most is left undone somewhere."""
    for row in rows(results, "demand"):
        volume, unmet = float(row["volume"]), float(row["unmet"])
        if unmet > EMPTY * volume:
            yield f"{row['task']} in {row.get('area', '') or 'the area'}: {unmet / volume:.0%} unmet in {row['year']}"


def too_small(results: Path) -> Iterator[str]:
    """Programmes below half of their last intake, where no rule is named as broken for it."""
    kinds = {row["route"]: row["kind"] for row in inputs(results, "routes")}
    named = {row["limit"] for row in rows(results, "limits") if float(row.get("broken") or 0) > 0}
    for route, (last, *planned) in intakes(results).items():
        course = kinds[route] in ("specialty training", "degree", "apprenticeship")
        if course and min(planned) < last / 2 - FEW / 10 and not any(route in name for name in named):
            yield f"{route} falls to {min(planned):.1f} of {last:.1f}, and no rule is named"


def idle_money(results: Path) -> Iterator[str]:
    """Money left in a year with a shortage, where no other rule holds anything back."""
    short = {row["year"] for row in rows(results, "demand") if float(row["unmet"]) > 0}
    held = {
        row["year"]
        for row in rows(results, "limits")
        if row["family"] != "budgets" and float(row.get("price_unmet") or 0) > 0
    }
    for row in rows(results, "budgets"):
        if not row["limit"]:
            continue
        limit = float(row["limit"])
        left = limit + float(row["carried_in"]) - float(row["spend"]) - float(row["carried_out"])
        if left > IDLE_MONEY * limit and row["year"] in short and row["year"] not in held:
            yield f"{row['budget']} leaves {left:,.0f} of {limit:,.0f} in {row['year']}, and nothing else holds"
