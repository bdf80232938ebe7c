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


def national(table: str, item: str, quantity: str, year: int = 2023) -> float:
    return float(figures()[table, item, quantity, year]["value"])


def test_staff_and_intakes_add_up_to_the_national_figures() -> None:
    staff: dict[str, float] = defaultdict(float)
    for row in read("england", "staff_in_post"):
        staff[row["role"]] += float(row["fte"])
    assert staff == pytest.approx({role: national("roles", role, "staff_fte") for role in staff}, abs=1e-6)
    starts: dict[tuple[str, int], float] = defaultdict(float)
    for row in read("england", "past_starts"):
        assert float(row["starts"]).is_integer()
        starts[row["route"], int(row["year"])] += float(row["starts"])
    assert starts == {(route, year): national("past_starts", route, "starts", year) for route, year in starts}
    assert len(starts) == sum(table == "past_starts" for table, *_ in figures())


def volumes(folder: str) -> dict[str, float]:
    """Units of every task in 2023: volumes, and patients of that year times their care (which grows from 2024)."""
    found: dict[str, float] = defaultdict(float)
    for row in read(folder, "demand"):
        found[row["task"]] += float(row["volume"] or 0)
    for row in read(folder, "patients"):
        if not row["number"]:
            continue
        number = float(row["number"]) * (1 + float(row["growth"])) ** (2023 - int(row["year"]))
        for each in read(folder, "care"):
            if each["group"] == row["group"]:
                found[each["task"]] += number * float(each["units_per_patient"]) / (1 + float(each["growth"]))
    return found


def test_volumes_add_up_to_the_national_figures() -> None:
    """Proves: what comes with patients and what is counted as volume are one national figure, once."""
    found = volumes("england")
    for task in {row["task"] for row in read("england", "tasks")} - {"cns_newcase"}:
        assert found[task] == pytest.approx(national("demand", task, "volume"), rel=1e-5), task
    assert found["cns_newcase"] == pytest.approx(364703 * 1.0139, rel=1e-9)


def in_training(route: dict[str, str]) -> float:
    years, completion = int(route["years"]), float(route["completion"])
    past = {int(r["year"]): 0.0 for r in read("england", "past_starts") if r["route"] == route["route"]}
    for row in read("england", "past_starts"):
        if row["route"] == route["route"]:
            past[int(row["year"])] += float(row["starts"])
    return sum(past[2023 - j] * completion ** (j / years) for j in range(years))


def time_for_work() -> dict[str, float]:
    """FTE by role, less what trainees and study take."""
    found: dict[str, float] = defaultdict(float)
    for row in read("england", "staff_in_post"):
        found[row["role"]] += float(row["fte"])
    for route in read("england", "routes"):
        if route["supervisor_role"]:
            found[route["supervisor_role"]] -= float(route["supervisor_fte"]) * in_training(route)
        if route["study_release"]:
            found[route["from_role"]] -= float(route["study_release"]) * in_training(route)
    return found


REPORTING = 14.5 / 37.5


@pytest.mark.parametrize(
    ("service", "shares", "delivered"),
    [
        ("radiology reporting", {"radiologist": 1.0, "reporting_radiographer": REPORTING}, 0.70),
        ("oncology", {"clin_oncologist": 1.0, "med_oncologist": 1.0, "onc_acp": 1.0}, 0.85),
        ("pathology", {"histopathologist": 1.0, "bms_reporter": 1.0}, 0.89),
        ("imaging", {"diag_radiographer": 1.0, "reporting_radiographer": 1 - REPORTING}, 0.90),
        ("radiotherapy", {"ther_radiographer": 1.0}, 0.928),
        ("endoscopy", {"gastroenterologist": 1.0, "clin_endoscopist": 1.0, "other_endoscopist": 1.0}, 1.0),
    ],
)
def test_staff_deliver_what_the_census_says(service: str, shares: dict[str, float], delivered: float) -> None:
    """Proves: the published shortfall is in the base year, before outsourcing and extra sessions.

    Sensitivity: with productivity set to meet demand, every service would stand at 1.0 (radiology at 0.89).
    """
    tasks = [row["task"] for row in read("england", "tasks") if row["service"] == service]
    units = {(r["role"], r["task"]): float(r["units_per_fte"]) for r in read("england", "productivity")}
    fastest = {task: max(rate for (_, t), rate in units.items() if t == task) for task in tasks}
    need = sum(volumes("england")[task] / fastest[task] for task in tasks)
    time = time_for_work()
    supply = 0.0
    for role, share in shares.items():
        best = max(units[role, task] / fastest[task] for task in tasks if (role, task) in units)
        supply += share * time[role] * best
    assert supply / need == pytest.approx(delivered, abs=0.01)


def test_clinical_endoscopists_do_23_per_cent_of_endoscopies() -> None:
    rate = next(r for r in read("england", "productivity") if r["role"] == "clin_endoscopist")
    fte = sum(float(r["fte"]) for r in read("england", "staff_in_post") if r["role"] == "clin_endoscopist")
    assert fte * float(rate["units_per_fte"]) / volumes("england")["gi_endoscopy"] == pytest.approx(0.23, abs=0.002)
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
