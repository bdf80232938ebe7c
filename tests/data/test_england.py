"""The shipped evidence: built from national figures, sourced row by row, with today's shortfall in it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "inputs"
FLAGS = ("published", "derived", "recalled", "assumed")
FOLDERS = ("england", "west-yorkshire-and-harrogate")
Rows = list[dict[str, str]]


NATIONAL = ROOT / "tools" / "build_england"


def read(folder: str, name: str) -> Rows:
    with ((NATIONAL if folder == "national" else INPUTS / folder) / f"{name}.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        return list(csv.DictReader(handle))


def every_row(folder: str) -> Rows:
    return [row for path in sorted((INPUTS / folder).glob("*.csv")) for row in read(folder, path.stem)]


def flag(row: dict[str, str]) -> str:
    return row["source"].partition(":")[0]


def figures() -> dict[tuple[str, str, str, int], dict[str, str]]:
    return {(r["table"], r["item"], r["quantity"], int(r["year"])): r for r in read("national", "figures")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("inputs")
    subprocess.run([sys.executable, "-m", "tools.build_england", "--out", str(out)], cwd=ROOT, check=True)
    return out


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_script_writes_the_shipped_files_to_the_byte(built: Path, folder: str) -> None:
    made = {path.name: path.read_bytes() for path in (built / folder).iterdir()}
    shipped = {path.name: path.read_bytes() for path in (INPUTS / folder).iterdir()}
    assert sorted(made) == sorted(shipped)
    differ = [name for name in made if made[name] != shipped[name]]
    assert not differ, f"run python -m tools.build_england: {differ}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_says_how_sure_it_is_and_where_it_was_read(folder: str) -> None:
    for row in every_row(folder):
        assert flag(row) in FLAGS, row
        assert len(row["source"].partition(":")[2].strip()) > 3, row
        assert not re.search(r"https?://|(?<!\w)/(?:tmp|work|home)/", row["source"]), row


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_readme_counts_the_rows_of_each_flag(folder: str) -> None:
    counted = {
        cells[0].strip("* "): [int(cell) for cell in cells[1:5]]
        for line in (INPUTS / folder / "README.md").read_text(encoding="utf-8").splitlines()
        if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5 and cells[1].isdigit()
    }
    for path in sorted((INPUTS / folder).glob("*.csv")):
        found = Counter(flag(row) for row in read(folder, path.stem))
        assert counted[path.stem] == [found[each] for each in FLAGS], path.stem
    every = Counter(flag(row) for row in every_row(folder))
    assert counted["all tables"] == [every[each] for each in FLAGS]
    national = Counter(row["flag"] for name in ("figures", "costs", "scenarios") for row in read("national", name))
    assert counted["the national figures they come from"] == [national[each] for each in FLAGS]


def test_no_figure_is_stronger_in_the_tables_than_in_the_national_flags() -> None:
    """Proves: a row made of several figures carries the weakest flag, so nothing assumed is called published.

    Sensitivity: flags of the first figure alone would call six routes published.
    """
    strength = {each: number for number, each in enumerate(FLAGS)}
    needed: dict[tuple[str, str], int] = defaultdict(int)
    tables = {"roles": ("leaver_rate",), "routes": ("years", "attrition", "fte_per_completer", "fill_rate")}
    for (table, item, quantity, _), row in figures().items():
        if quantity in tables.get(table, ()):
            needed[table, item] = max(needed[table, item], strength[row["flag"]])
    for table, key in (("roles", "role"), ("routes", "route")):
        for row in read("england", table):
            assert strength[flag(row)] >= needed[table, row[key]], row
    costs = {(r["item"], r["per"]): r["flag"] for r in read("national", "costs")}
    assert {(r["item"], r["per"]): flag(r) for r in read("england", "costs")} == costs
    rates = {i: r["flag"] for (t, i, q, _), r in figures().items() if (t, q) == ("productivity", "rate_before_gap")}
    for row in read("england", "productivity"):
        assert strength[flag(row)] >= strength[rates[f"{row['role']}:{row['task']}"]], row


def test_what_is_spread_by_our_rule_is_never_called_published() -> None:
    spread = [row for name in ("staff_in_post", "past_starts", "demand") for row in read("england", name)]
    assert {flag(row) for row in spread} == {"assumed"}
    referrals = [row for row in read("england", "patients") if row["group"] == "urgent_referrals"]
    assert {flag(row) for row in referrals} == {"assumed"}


CENSUS, BEFORE = 2023, 2025
"""The year in which most staff were last counted, and the last year before the plan."""


def number(table: str, item: str, quantity: str) -> float:
    """A national figure of its latest year."""
    found = {year: row for (t, i, q, year), row in figures().items() if (t, i, q) == (table, item, quantity)}
    return float(found[max(found)]["value"])


def by_year(table: str, item: str, quantity: str) -> dict[int, float]:
    return {y: float(r["value"]) for (t, i, q, y), r in figures().items() if (t, i, q) == (table, item, quantity)}


def counted(task: str, year: int) -> float:
    """A national volume of a year: as counted, or grown from the nearest year that was."""
    known = by_year("demand", task, "volume")
    near = min(known, key=lambda other: abs(other - year))
    return known[near] * (1 + number("demand", task, "growth")) ** (year - near)


def started(route: str, year: int) -> float:
    known = by_year("past_starts", route, "starts")
    return known[min(known, key=lambda other: (abs(other - year), other))]


def stock(role: str, year: int) -> float:
    """FTE of a role in a year, stepped forward from the year it was counted in by its leavers, joiners and moves."""
    ((counted_in, fte),) = by_year("roles", role, "staff_fte").items()
    for now in range(counted_in + 1, year + 1):
        fte -= fte * number("roles", role, "leaver_rate")
        for route in read("national", "routes"):
            length = int(number("routes", route["route"], "years"))
            done = started(route["route"], now - length) * (1 - number("routes", route["route"], "attrition")) ** length
            fte += done * number("routes", route["route"], "fte_per_completer") * (route["to_role"] == role)
            fte -= done * (route["from_role"] == role)
    return fte


def test_staff_and_intakes_add_up_to_the_national_figures() -> None:
    """Proves: staff just before the plan are the counted stocks, carried on year by year.

    Sensitivity: radiologists of March 2023 as they are would be 3,678 and not 4,219.
    """
    staff: dict[str, float] = defaultdict(float)
    for row in read("england", "staff_in_post"):
        staff[row["role"]] += float(row["fte"])
    assert staff == pytest.approx({role: stock(role, BEFORE) for role in staff}, abs=0.051)
    starts: dict[tuple[str, int], float] = defaultdict(float)
    for row in read("england", "past_starts"):
        assert float(row["starts"]).is_integer()
        starts[row["route"], int(row["year"])] += float(row["starts"])
    assert starts == {(route, year): by_year("past_starts", route, "starts")[year] for route, year in starts}
    for route in read("england", "routes"):
        needed = max(int(route["years"]), 1)
        assert {y for r, y in starts if r == route["route"]} == set(range(BEFORE - needed + 1, BEFORE + 1))


def volumes(folder: str) -> dict[str, float]:
    """Units of every task in the year before the plan: volumes, and patients times their care (which grows from it)."""
    found: dict[str, float] = defaultdict(float)
    for row in read(folder, "demand"):
        if row["volume"]:
            found[row["task"]] += float(row["volume"]) * (1 + float(row["growth"])) ** (BEFORE - int(row["year"]))
    for row in read(folder, "patients"):
        if not row["number"]:
            continue
        people = float(row["number"]) * (1 + float(row["growth"])) ** (BEFORE - int(row["year"]))
        for each in read(folder, "care"):
            if each["group"] == row["group"]:
                found[each["task"]] += people * float(each["units_per_patient"]) / (1 + float(each["growth"]))
    return found


def test_volumes_add_up_to_the_national_figures() -> None:
    """Proves: what comes with patients and what is counted as volume are one national figure, once."""
    found = volumes("england")
    for task in {row["task"] for row in read("england", "tasks")} - {"cns_newcase"}:
        assert found[task] == pytest.approx(counted(task, BEFORE), rel=1e-5), task
    assert found["cns_newcase"] == pytest.approx(364703 * 1.0139**3, rel=1e-9)


def in_training(route: dict[str, str], year: int) -> float:
    years, completion = int(route["years"]), float(route["completion"])
    return sum(started(route["route"], year - j) * completion ** (j / years) for j in range(years))


def time_for_work(year: int) -> dict[str, float]:
    """FTE by role, less what trainees and study take."""
    found = {row["role"]: stock(row["role"], year) for row in read("england", "roles")}
    for route in read("england", "routes"):
        if route["supervisor_role"]:
            found[route["supervisor_role"]] -= float(route["supervisor_fte"]) * in_training(route, year)
        if route["study_release"]:
            found[route["from_role"]] -= float(route["study_release"]) * in_training(route, year)
    return found


REPORTING = 14.5 / 37.5


@pytest.mark.parametrize(
    ("service", "year", "shares", "delivered"),
    [
        ("radiology reporting", 2024, {"radiologist": 1.0, "reporting_radiographer": REPORTING}, 0.71),
        ("oncology", 2024, {"clin_oncologist": 1.0, "med_oncologist": 1.0, "onc_acp": 1.0}, 0.85),
        ("pathology", 2023, {"histopathologist": 1.0, "bms_reporter": 1.0}, 0.89),
        ("imaging", 2023, {"diag_radiographer": 1.0, "reporting_radiographer": 1 - REPORTING}, 0.90),
        ("radiotherapy", 2023, {"ther_radiographer": 1.0}, 0.928),
        ("endoscopy", 2023, {"gastroenterologist": 1.0, "clin_endoscopist": 1.0, "other_endoscopist": 1.0}, 1.0),
    ],
)
def test_staff_deliver_what_the_census_says(
    service: str, year: int, shares: dict[str, float], delivered: float
) -> None:
    """Proves: the published shortfall is there in its census's year, or in 2023/24, before outsourcing and sessions.

    Sensitivity: with productivity set to meet demand, every service would stand at 1.0 (radiology at 0.89).
    """
    tasks = [row["task"] for row in read("england", "tasks") if row["service"] == service]
    units = {(r["role"], r["task"]): float(r["units_per_fte"]) for r in read("england", "productivity")}
    fastest = {task: max(rate for (_, t), rate in units.items() if t == task) for task in tasks}
    need = sum(counted(task, year) / fastest[task] for task in tasks)
    time = time_for_work(year)
    supply = 0.0
    for role, share in shares.items():
        best = max(units[role, task] / fastest[task] for task in tasks if (role, task) in units)
        supply += share * time[role] * best
    assert supply / need == pytest.approx(delivered, abs=0.01)


def test_clinical_endoscopists_do_23_per_cent_of_endoscopies() -> None:
    rate = next(r for r in read("england", "productivity") if r["role"] == "clin_endoscopist")
    done = stock("clin_endoscopist", CENSUS) * float(rate["units_per_fte"])
    assert done / counted("gi_endoscopy", CENSUS) == pytest.approx(0.23, abs=0.002)
    assert float(rate["current_share"]) == 0.23


def test_one_alliance_is_the_rows_of_england() -> None:
    """Proves: West Yorkshire and Harrogate is cut out of England's tables and not built another way."""
    code = "west_yorkshire_harrogate"
    for path in sorted((INPUTS / "west-yorkshire-and-harrogate").glob("*.csv")):
        here, there = (read(folder, path.stem) for folder in ("west-yorkshire-and-harrogate", "england"))
        assert here == [row for row in there if row.get("area", "") in ("", code)], path.stem


def test_nothing_in_the_optimiser_imports_the_script() -> None:
    for path in (ROOT / "optimiser").rglob("*.py"):
        assert "build_england" not in path.read_text(encoding="utf-8"), path
