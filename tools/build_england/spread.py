"""How a national figure is spread over the Cancer Alliances: one rule for work, one for staff."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from tools.build_england.figures import ALLIANCES, FIGURES, ROLES, Row, read

Weights = dict[str, float]


def share_out(total: float, weights: Weights, decimals: int = 0) -> Weights:
    """Share a total out in steps of 1 (or 0.1) so that the parts add to it exactly: largest remainder."""
    step, whole = 10**decimals, sum(weights.values())
    units = round(total * step)
    exact = {area: units * weight / whole for area, weight in weights.items()}
    parts = {area: int(value) for area, value in exact.items()}
    by_remainder = sorted(exact, key=lambda area: (parts[area] - exact[area], area))
    for area in by_remainder[: units - sum(parts.values())]:
        parts[area] += 1
    return {area: part / step for area, part in parts.items()}


def tumours() -> Weights:
    """Tumours diagnosed in 2022 by alliance; the East of England's two share one figure by prevalence."""
    found = {a["area"]: float(a["tumours"]) for a in ALLIANCES if a["tumours"]}
    together = {a["area"]: float(a["prevalence"]) for a in ALLIANCES if not a["tumours"]}
    found.update(share_out(FIGURES.number("spread", "east_of_england", "tumours"), together))
    return {a["area"]: found[a["area"]] for a in ALLIANCES}


def age_weighted_people() -> Weights:
    """People by alliance, those of 65 and over counted as often as they use imaging beside the younger."""
    times = FIGURES.number("spread", "age", "weight_65plus")
    return {a["area"]: float(a["population"]) * (1 + (times - 1) * float(a["share_65plus"])) for a in ALLIANCES}


def counted_by_region(column: str) -> Weights:
    """A count that is published by region, shared within each region by age-weighted people."""
    regions = {r["region"]: float(r[column]) for r in read("regions")}
    people = age_weighted_people()
    within: dict[str, float] = defaultdict(float)
    for alliance in ALLIANCES:
        within[alliance["region"]] += people[alliance["area"]]
    return {a["area"]: regions[a["region"]] * people[a["area"]] / within[a["region"]] for a in ALLIANCES}


WORK: Mapping[str, Weights] = {
    "tumours": tumours(), "age": age_weighted_people(), "scans": counted_by_region("scans"),
}  # fmt: skip
"""Where the work is, by what it follows."""
WORK_WORDS = {
    "tumours": "tumours diagnosed in 2022",
    "age": "population weighted by age",
    "scans": "CT and MRI scans by region (DM01 2023/24) and, within it, population weighted by age",
}
COUNTED = {
    "radiologists": "radiologists by region (Hansard, September 2007) and, within it, population weighted by age"
}
"""Staff whose place is published, by column of regions.csv."""


def staff_weights(role: Row) -> Weights:
    """Where a role's staff are: as counted by region, or with their work, tilted by the region's staff per head."""
    if role["staff_follow"] in COUNTED:
        return counted_by_region(role["staff_follow"])
    regions = {r["region"]: float(r[role["staff_follow"]]) for r in read("regions")}
    people: Counter[str] = Counter()
    for alliance in ALLIANCES:
        people[alliance["region"]] += int(alliance["population"])
    average = sum(regions.values()) / sum(people.values())
    kept = FIGURES.number("spread", "tilt", "share_kept")
    tilt = {region: 1 + kept * (fte / people[region] / average - 1) for region, fte in regions.items()}
    return {a["area"]: WORK[role["work_follows"]][a["area"]] * tilt[a["region"]] for a in ALLIANCES}


STAFF: Mapping[str, Weights] = {role["role"]: staff_weights(role) for role in ROLES}
"""Where each role's staff are."""


def staff_rule(role: str) -> str:
    """The rule of the role's staff in words."""
    row = next(r for r in ROLES if r["role"] == role)
    if row["staff_follow"] in COUNTED:
        return COUNTED[row["staff_follow"]]
    return f"{WORK_WORDS[row['work_follows']]} and a third of the region's difference in staff per head"


def spread_source(row: Row, rule: str) -> str:
    """The source of an alliance's part of a national figure; the spread itself is an assumption."""
    return f"assumed: England's {float(row['value']):,.10g} ({row['flag']}: {row['source']}), spread by {rule}"
