"""Rates, shares and growth that may be in per cent, per month, or ten times what was meant."""

from __future__ import annotations

from optimiser.check.plausible.query import Queries, middle, query, times_beyond
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Place

HALF = 0.5
LEAST = 3
"""Roles with leavers beside which a role without any is doubted."""
APART = 6.0
"""How many times a rate may lie from the middle of the others."""
FAST = {"demand": 0.25, "patients": 0.25, "care": 0.25, "productivity": 0.15, "costs": 0.2}
"""Growth a year from which on it is doubted, either way."""
MANIFOLD = {"demand": 3.0, "patients": 3.0, "care": 3.0, "productivity": 2.5, "costs": 3.0}
"""How many times a figure may become of itself in the modelled years by one rate of growth."""
STEADY, TWICE = 0.1, 1.9
"""Growth a year that is doubted where it nearly doubles a figure."""
OLD = 8
"""Years before the first one from which on the latest figures of a table are doubted."""
FAR_PLAN = 40
"""Years of a plan that nobody makes."""


def leaver_rates(evidence: Evidence) -> Queries:
    """A role that half its staff leave in a year, or that lies far from the others: per cent, or a rate a month?"""
    roles, leavers = evidence.tables["roles"], evidence.tables["leavers"]
    rates = dict(zip(roles.column("role"), roles.column("leaver_rate"), strict=True))
    joined = {evidence.roles[at] for at in evidence.to_role.tolist() if at >= 0}
    mend = "Write leavers a year as a share of the staff: 0.08 or 8%."
    for row, rate in enumerate(roles.column("leaver_rate")):
        others = [other for at, other in enumerate(roles.column("leaver_rate")) if at != row and other > 0]
        usual = middle(others) if len(others) >= 2 else 0.0
        if rate == 0 and len(others) >= LEAST and roles.column("role")[row] in joined:
            found = f"0 of {roles.column('role')[row]} who leave, while {len(others)} other roles have leavers"
            yield query("rate-far-off", roles.place(row, "leaver_rate"), found, "a rate like the others'", mend)
        elif rate > HALF or (usual and times_beyond(rate, [usual]) >= APART):
            beside = f", where half the other roles have {usual:g} or less" if usual else ""
            found = f"{rate:g} of {roles.column('role')[row]} who leave a year{beside}"
            yield query("rate-far-off", roles.place(row, "leaver_rate"), found, "a rate like the others'", mend)
    for row, (role, rate) in enumerate(zip(leavers.column("role"), leavers.column("leaver_rate"), strict=True)):
        if rate > HALF or times_beyond(rate, [rates[role]]) >= APART:
            found = f"{rate:g} of {role} who leave in one year, where roles has {rates[role]:g}"
            yield query("rate-far-off", leavers.place(row, "leaver_rate"), found, "a rate like the others'", mend)


def growth(evidence: Evidence) -> Queries:
    """Growth of a quarter a year, or that makes a figure three times itself in the years of the plan: 0.3 for 0.03?"""
    for name, fast in FAST.items():
        table = evidence.tables[name]
        codes = table.column("item" if name == "costs" else "group" if name in ("patients", "care") else "task")
        for row, rate in enumerate(table.column("growth")):
            times = (1 + rate) ** _years_held(evidence, table, row)
            if abs(rate) >= fast or (rate > 0 and times >= (TWICE if rate >= STEADY else MANIFOLD[name])):
                much = f", {times:,.3g} times as much in the end" if 1.05 < times < 1e6 else ""
                found = f"growth of {rate:.3g} a year of {codes[row]}{much}"
                mend = f"It is a share a year: {rate:.0%}; for {rate / 100:.2%} write {rate / 100:g}."
                yield query("fast-growth", table.place(row, "growth"), found, f"less than {fast:.0%} a year", mend)


def _years_held(evidence: Evidence, table: Table, row: int) -> int:
    """The modelled years in which a row's growth holds."""
    settings = evidence.settings
    last = int(settings.years[-1])
    if "year" not in table.columns:
        return last - settings.first_year
    code = "task" if table.name == "demand" else "group"
    keys = list(zip(table.column("area"), table.column(code), strict=True))
    years = table.column("year")
    later = [year for key, year in zip(keys, years, strict=True) if key == keys[row] and year > years[row]]
    return max(0, int(min([last, *later])) - max(int(years[row]), settings.first_year))


def available_shares(evidence: Evidence) -> Queries:
    """Time for tasks that few roles have: 0.0375, 0.08?"""
    roles = evidence.tables["roles"]
    shares = roles.column("available_share")
    for row, share in enumerate(shares):
        others = [other for at, other in enumerate(shares) if at != row]
        if 0 < share < 0.05 or (len(others) >= 2 and times_beyond(share, [middle(others)]) >= APART):
            found = f"{share:g} of the time of {roles.column('role')[row]}"
            mend = "Write the share of an FTE that is there for tasks: 0.85 or 85%."
            yield query("share-far-off", roles.place(row, "available_share"), found, "a share like the others'", mend)


def old_evidence(evidence: Evidence) -> Queries:
    """A first year long after the latest figures of the work: a digit, or evidence that nobody renewed."""
    settings = evidence.settings
    for name in ("demand", "patients"):
        table = evidence.tables[name]
        years = table.column("year")
        latest = max(years, default=settings.first_year)
        if settings.first_year - OLD > latest:
            before = settings.first_year - latest
            found = f"{settings.label(latest)}, the latest year of {name}, {before} years before the plan"
            mend = "Check first_year, or add newer rows: all growth in between is taken as it stands."
            expected = f"a year near {settings.label(settings.first_year)}"
            yield query("year-far-off", table.place(years.index(latest), "year"), found, expected, mend)


def settings_of_money(evidence: Evidence) -> Queries:
    """Discounting, inflation and the price year."""
    settings = evidence.settings
    file = row_file(evidence)
    if settings.discount_rate > 0.15:
        place = settings.places.get("discount_rate", file)
        yield query("rate-far-off", place, f"a discount rate of {settings.discount_rate:g}", "at most 0.15",
                    "Write 0.035 for 3.5 per cent.")  # fmt: skip
    if settings.unmet_discount_rate > 0.15:
        place = settings.places.get("unmet_discount_rate", file)
        found = f"an unmet_discount_rate of {settings.unmet_discount_rate:g}"
        yield query("rate-far-off", place, found, "at most 0.15", "Write 0.01 for 1 per cent.")
    if settings.inflation is not None and any(not -0.05 <= rate <= 0.15 for rate in settings.inflation.values):
        odd = next(rate for rate in settings.inflation.values if not -0.05 <= rate <= 0.15)
        place = settings.places.get("inflation", file)
        yield query("rate-far-off", place, f"inflation of {odd:g}", "from -0.05 to 0.15", "Write 0.02 for 2 per cent.")
    if settings.price_year is not None and not -15 <= settings.price_year - settings.first_year <= 5:
        found = f"prices of {settings.label(settings.price_year)} for a plan from {settings.label(settings.first_year)}"
        yield query(
            "year-far-off", settings.places.get("price_year", file), found, "a year near it", "Check price_year."
        )
    if settings.first_year_part < 0.1:
        found = f"{settings.first_year_part:g} of the first year of training in the year it starts in"
        yield query("share-far-off", settings.places.get("first_year_part", file), found, "7/12 for a September intake",
                    "Write 0.58 or 58%.")  # fmt: skip
    yield from _long_plan(evidence)


def _long_plan(evidence: Evidence) -> Queries:
    """A plan of more than forty years: 2085 for 2035?"""
    settings = evidence.settings
    if settings.last_year - settings.first_year > FAR_PLAN:
        found = (
            f"{settings.label(settings.last_year)}, {settings.last_year - settings.first_year} years after first_year"
        )
        place = settings.places.get("last_year", row_file(evidence))
        yield query("year-far-off", place, found, f"at most {FAR_PLAN} years", "Check the digits.")


def row_file(evidence: Evidence) -> Place:
    """The inputs as a whole, where a setting has no place of its own."""
    return evidence.tables["roles"].place()


def years_outside(evidence: Evidence) -> Queries:
    """Rows so far from the plan's years that a digit may be wrong: they change nothing, or a century of growth."""
    settings = evidence.settings
    last = settings.years[-1]
    for name in ("leavers", "demand", "patients", "scenarios"):
        table = evidence.tables[name]
        for row, year in enumerate(table.column("year")):
            late = year > last + 20
            early = name in ("demand", "patients") and year < settings.first_year - 20
            if late or early:
                expected = f"a year near {settings.label(settings.first_year)} to {settings.label(last)}"
                mend = (
                    "It has no effect: check the digits." if late else "All growth since then counts: check the digits."
                )
                if year < 100 <= settings.first_year:
                    whole = settings.first_year // 100 * 100 + year
                    mend = f"All growth since then counts. Write it with all its digits: {settings.label(whole)}."
                yield query("year-far-off", table.place(row, "year"), settings.label(year), expected, mend)
    yield from _old_intakes(evidence, evidence.tables["past_starts"])


def _old_intakes(evidence: Evidence, table: Table) -> Queries:
    """An intake that no later one joins on to, before those that count."""
    settings = evidence.settings
    keys = list(zip(table.column("route"), table.column("area"), table.column("year"), strict=True))
    there = set(keys)
    for row, (route, area, year) in enumerate(keys):
        needed = settings.first_year - max(1, int(evidence.years[evidence.routes.index(route)]))
        if year < needed and (route, area, year + 1) not in there:
            found = f"starts of {route} in {settings.label(year)}, which nothing joins on to"
            yield query(
                "year-far-off", table.place(row, "year"), found, "years one after the other", "Check the digits."
            )


CHECKS = (leaver_rates, available_shares, growth, old_evidence, settings_of_money, years_outside)
