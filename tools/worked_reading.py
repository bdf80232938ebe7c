"""The tables of docs/worked-reading.md; `python -m tools.worked_reading` writes them into the page.

Totals for England come from the ledger (`tests/england/ledger.csv`), the rest from solves of one alliance, West
Yorkshire and Harrogate. The table of alliances needs a solve of England and is written with `--england` only.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from optimiser.inputs.shipped import shipped_constraints
from optimiser.plan.cost_effectiveness import Sums, cost_effectiveness, per_fte_year
from tests.support.engine import Result, solve_folder
from tools.build_england.figures import FIRST
from tools.ledger import ALLIANCE, lines, paths
from tools.validation_page import Table, markdown, refilled

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "worked-reading.md"
OPTIONS = (
    "do-nothing", "flat-cash", "flat-real", "one-year-settlement", "one-year-same-money", "multi-year-settlement",
    "expansion", "new-roles-first",
)  # fmt: skip
"""The options the page compares; `constraints/README.md` lists the others."""
BUDGETS = ("training", "workforce", "outsourcing", "pay")
DOCTORS = ("radiology", "clinical_oncology", "medical_oncology", "histopathology", "gastroenterology")
NEW_ROLES = ("reporting_certificate", "endoscopist_programme", "bms_reporting", "acp_masters")
GROUPS = {
    "doctors": tuple(f"{name}_training" for name in DOCTORS),
    "radiographers": ("diagnostic_degree", "diagnostic_apprenticeship", "therapeutic_degree"),
    "new roles": NEW_ROLES,
    "nurse specialists": ("cns_grant", "cns_promotion"),
    "from abroad, returners": (
        "overseas_radiology",
        "overseas_oncology",
        "overseas_radiography",
        "overseas_therapeutic",
        "return_diagnostic",
    ),
}
MORE = 0.4e6
"""£10m × the alliance's share of England's training spend (7.5 of 182.0), £ a year."""


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def solved(option: str, scenario: str = "") -> Result:
    """An option of the alliance, solved once."""
    out = Path(_kept().name) / f"{option}-{scenario}"
    return _done(solve_folder(*paths(ALLIANCE, option), out, [scenario] if scenario else []))


def _done(result: Result) -> Result:
    if result.exit_code:
        raise RuntimeError(result.output)
    return result


def _total(result: Result, table: str, column: str, key: str) -> dict[str, float]:
    """Sums of a column by another."""
    found: dict[str, float] = defaultdict(float)
    for row in result.table(table):
        found[row[key]] += float(row[column])
    return found


def _signed(value: float, unit: str = "") -> str:
    text = f"{value:+,.0f}" if round(value) else "0"
    return text.replace("-", "−") + unit


def _m(value: float) -> str:
    return f"{value / 1e6:,.1f}"


def england(_: Path) -> str:
    """Every option, all England, beside doing nothing."""
    ledger = {row["option"]: row for row in lines() if row["place"] == "england"}
    rows = {option: ledger[option] for option in OPTIONS}
    first, table = rows["do-nothing"], []
    worth = cost_effectiveness(
        [Sums(option, float(row["discounted"]), float(row["unmet_fte_years_discounted"]))
         for option, row in rows.items()]
    )  # fmt: skip
    for (option, row), mine in zip(rows.items(), worth, strict=True):
        change = {name: float(row[name]) - float(first[name]) for name in ("unmet_fte_years", "undiscounted")}
        table.append([option, f"{float(row['unmet_fte_years']):,.0f}", _signed(change["unmet_fte_years"]),
                      f"{float(row['unmet']) / 1e3:,.0f}", f"{float(row['undiscounted']) / 1e6:,.0f}",
                      _signed(change["undiscounted"] / 1e6), per_fte_year(mine.average, "GBP"),
                      per_fte_year(mine.incremental, "GBP"), mine.dominated or "–"])  # fmt: skip
    header = ["option", "unmet, FTE-years", "change", "weighted, thousand", "cost, £m", "change, £m",
              "£ per FTE-year, average", "each step", "dominated by"]  # fmt: skip
    return markdown(header, table)


def money(_: Path) -> str:
    """What each option spends in the alliance, by budget."""
    rows = []
    for option in OPTIONS:
        spent = _total(solved(option), "spend", "amount", "budget")
        rows.append([option, *(_m(spent[name]) for name in BUDGETS), _m(sum(spent.values())),
                     f"{solved(option).plan['unmet_fte_years']:,.0f}"])  # fmt: skip
    return markdown(["option, £m in ten years", *BUDGETS, "all", "unmet, FTE-years"], rows)


def _services(result: Result, year: int) -> dict[str, float]:
    """Unmet share of need by service, in FTE of the most productive role."""
    service = {row["task"]: row["service"] for row in _tasks()}
    unmet, asked = defaultdict[str, float](float), defaultdict[str, float](float)
    for row in result.rows("demand", year=year):
        yardstick = _yardsticks()[row["task"]]
        for name in (service[row["task"]], "all services"):
            unmet[name] += float(row["unmet"]) / yardstick
            asked[name] += float(row["volume"]) / yardstick
    return {name: unmet[name] / asked[name] for name in asked}


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "inputs" / ALLIANCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _tasks() -> list[dict[str, str]]:
    return _rows("tasks")


@cache
def _yardsticks() -> dict[str, float]:
    most: dict[str, float] = {}
    for row in _rows("productivity"):
        most[row["task"]] = max(most.get(row["task"], 0.0), float(row["units_per_fte"]))
    return most


def services(_: Path) -> str:
    """Unmet share of each service, now, in the middle and at the end, under three options."""
    options, years = ("do-nothing", "flat-real", "expansion"), (FIRST, 2030, 2035)
    found = {(option, year): _services(solved(option), year) for option in options for year in years}
    names = [name for name in found["do-nothing", FIRST] if name != "all services"]
    rows = [[name, *(f"{100 * found[option, year][name]:.0f}" for option in options for year in years)]
            for name in [*sorted(names), "all services"]]  # fmt: skip
    header = ["unmet, % of need", *(f"{option} {year}/{year % 100 + 1}" for option in options for year in years)]
    return markdown(header, rows)


def starts(_: Path) -> str:
    """People started over the reported years, by group of routes."""
    rows = []
    for option in OPTIONS:
        found = _total(solved(option), "starts", "starts", "route")
        groups = [f"{sum(found[route] for route in routes):,.0f}" for routes in GROUPS.values()]
        kept = sum(value for route, value in found.items() if route.startswith("retain_"))
        rows.append([option, *groups, f"{kept:,.0f}"])
    return markdown(["option, people started in ten years", *GROUPS, "kept, FTE"], rows)


def new_roles(_: Path) -> str:
    """Share of each task that a new role does in the last year, and what of it is left unmet."""
    pairs = (("reporting_radiographer", "plain_report"), ("clin_endoscopist", "gi_endoscopy"),
             ("bms_reporter", "histo_case"), ("onc_acp", "sact_review"))  # fmt: skip
    rows = []
    for role, task in pairs:
        cells = [f"{task} by {role}"]
        for option in ("do-nothing", "flat-real", "new-roles-first"):
            result = solved(option)
            asked = result.figure("demand", "volume", task=task, year=2035)
            units = result.figure("work", "units", role=role, task=task, year=2035)
            unmet = result.figure("demand", "unmet", task=task, year=2035)
            cells += [f"{100 * units / asked:.0f}", f"{100 * unmet / asked:.0f}"]
        rows.append(cells)
    header = ["2035/36, % of the task"]
    for option in ("do-nothing", "flat-real", "new-roles-first"):
        header += [f"{option}: done", "unmet"]
    return markdown(header, rows)


def more(work: Path) -> str:
    """What the same money a year buys in each budget on top of flat real."""
    _, base = paths(ALLIANCE, "flat-real")
    for file in shipped_constraints(ALLIANCE):
        shutil.copy(file, work)
    first, rows = solved("flat-real"), []
    now = {row["budget"]: float(row["limit"]) for row in first.rows("budgets", year=FIRST)}
    for budget in ("training", "workforce", "outsourcing"):
        option = work / f"{budget}.yaml"
        entry = f"budgets:\n  - {{budget: {budget}, limit: {now[budget] + MORE!r}}}\n"
        option.write_text(f"title: More\nextends: {base.name}\n{entry}", encoding="utf-8")
        result = _done(solve_folder(ROOT / "inputs" / ALLIANCE, option, work / budget))
        spent, before = (_total(one, "spend", "amount", "budget") for one in (result, first))
        rows.append([budget, _signed(result.plan["unmet_fte_years"] - first.plan["unmet_fte_years"]),
                     _signed(result.values["unmet"] - first.values["unmet"]),
                     _m(spent[budget] - before[budget]), _m(spent["pay"] - before["pay"])])  # fmt: skip
    header = ["£0.4m a year more for", "unmet, FTE-years", "weighted", "spent of it, £m in ten years", "pay, £m"]
    return markdown(header, rows)


def decided(_: Path) -> str:
    """Training money already owed to people who started before the first year."""
    result, rows = solved("flat-cash"), []
    for year in range(FIRST, FIRST + 6):
        owed = sum(float(row["committed"]) for row in result.rows("spend", budget="training", year=year))
        limit = result.figure("budgets", "limit", budget="training", year=year)
        joined = sum(float(row["joiners"]) for row in result.rows("staff", role="radiologist", year=year))
        rows.append([f"{year}/{year % 100 + 1}", _m(limit), _m(owed), f"{100 * owed / limit:.0f} %", f"{joined:.1f}"])
    header = ["year", "training budget, £m", "owed before it begins, £m", "share", "radiologists joining, FTE"]
    return markdown(header, rows)


def futures(_: Path) -> str:
    """Unmet FTE-years of three options under each scenario."""
    scenarios = list(dict.fromkeys(row["scenario"] for row in _rows("scenarios")))
    options = ("do-nothing", "flat-real", "expansion")
    rows = [
        [name.replace("_", " ") or "as it stands",
         *(f"{solved(option, name).plan['unmet_fte_years']:,.0f}" for option in options)]
        for name in ["", *scenarios]
    ]  # fmt: skip
    return markdown(["scenario: unmet, FTE-years", *options], rows)


TABLES: Mapping[str, Table] = {
    "england": england, "money": money, "services": services, "starts": starts, "new_roles": new_roles,
    "more": more, "decided": decided, "futures": futures,
}  # fmt: skip


def alliances(work: Path) -> str:
    """Unmet share of need by alliance under flat real, all services, in the first and last year."""
    result = _done(solve_folder(*paths("england", "flat-real"), work / "england"))
    return by_alliance(result)


def by_alliance(result: Result) -> str:
    """The alliances of a plan for England, the shortest in the last year first."""
    region = {row["area"]: (row["title"], row["region"]) for row in _england_areas()}
    found: dict[str, list[float]] = {}
    for area in region:
        shares: list[float] = []
        for year in (FIRST, 2035):
            rows = result.rows("demand", area=area, year=year)
            asked = sum(float(row["volume"]) / _yardsticks()[row["task"]] for row in rows)
            shares.append(sum(float(row["unmet_fte"]) for row in rows) / asked)
        found[area] = shares
    order = sorted(found, key=lambda area: -found[area][1])
    cells = [[*region[area], *(f"{100 * share:.1f}" for share in found[area])] for area in order]
    return markdown(["alliance", "region", f"{FIRST}/{FIRST % 100 + 1}, % of need unmet", "2035/36"], cells, words=2)


def _england_areas() -> list[dict[str, str]]:
    with (ROOT / "inputs" / "england" / "areas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept_as_they_are(page: str, *names: str) -> dict[str, Table]:
    """Tables as the page has them, for what is not solved again."""

    def kept(name: str) -> Table:
        text = page.split(f"<!-- computed: {name} -->\n")[1].split("\n\n")[0] + "\n"
        return lambda _: text

    return {name: kept(name) for name in names}


def main(everything: bool) -> None:
    """Write the tables of the page again; with `everything`, England's too."""
    page = PAGE.read_text(encoding="utf-8")
    last = {"alliances": alliances} if everything else kept_as_they_are(page, "alliances")
    with tempfile.TemporaryDirectory() as work:
        PAGE.write_text(refilled(page, {**TABLES, **last}, Path(work)), encoding="utf-8")


if __name__ == "__main__":
    main("--england" in sys.argv[1:])
