"""The catalogue of sense: slips are queried, and sound data, however small or odd, are not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.inputs.shipped import shipped_constraints, shipped_examples, shipped_inputs
from tests.architecture.sources import ROOT
from tests.support.good_sets import GOOD
from tests.support.tiny import write_inputs

SOURCES = {"no-source", "source-kind"}
"""Provenance is another matter: no example here says where its figures come from."""


def queried(folder: Path, base: Mapping[str, str]) -> list[tuple[str, str]]:
    """The code and sentence of every warning about a data set and its option."""
    option = folder / "option.yaml"
    option.write_text(base["option"], encoding="utf-8")
    inputs = write_inputs(folder / "inputs", {name: text for name, text in base.items() if name != "option"})
    found = check(inputs, [option]).faults
    assert not found.errors, [fault.sentence() for fault in found.errors]
    return [(one.code, one.sentence()) for one in found.warnings if one.code not in SOURCES]


@pytest.mark.parametrize("name", list(GOOD))
def test_sound_data_are_not_queried(name: str, tmp_path: Path) -> None:
    assert queried(tmp_path, GOOD[name]) == []


@pytest.mark.parametrize("example", shipped_examples())
def test_shipped_data_are_not_queried(example: str) -> None:
    found = check(shipped_inputs(example), shipped_constraints(example)).faults
    assert [one.sentence() for one in found.found if one.code not in SOURCES] == []


@pytest.mark.parametrize("option", ["option", "more"])
def test_the_example_of_the_pages_is_not_queried(option: str) -> None:
    found = check(ROOT / "docs/example/inputs", [ROOT / f"docs/example/{option}.yaml"]).faults
    assert {one.code for one in found.found} <= SOURCES


SLIPS = [
    # Costs
    ("bands", "costs", "band6,pay,fte-year,53000,pay,0.01\n", "", "role-without-pay"),
    ("two roles", "costs", "nurse,pay,fte-year,48000,pay\n", "", "role-without-pay"),
    ("islands", "costs", "degree,training,trainee-year,11000,training\n", "", "route-without-cost"),
    ("bands", "costs", "apprentice,levy,trainee-year,7000,training,\n", "", "route-without-cost"),
    ("bands", "costs", "abroad,agency,start,12000,recruitment,\n", "", "route-without-cost"),
    ("bands", "costs", "bank,pay,pattern-fte-year,6500,pay,\n", "", "free-pattern"),
    ("new service", "costs", "outsourced-unit,55", "outsourced-unit,0", "free-outsourcing"),
    ("bands", "costs", "fte-year,44000", "fte-year,44", "amount-far-off"),
    ("bands", "costs", "fte-year,62000", "fte-year,620000", "amount-far-off"),
    ("bands", "costs", "pattern-fte-year,6500", "pattern-fte-year,65", "amount-far-off"),
    ("new service", "costs", "outsourced-unit,55", "outsourced-unit,5500", "amount-far-off"),
    ("two roles", "costs", "trainee-year,31000", "trainee-year,31", "amount-far-off"),
    ("islands", "costs", "14000,training", "14000,Training", "nearly-same"),
    ("islands", "costs", "14000,training", "14000,traning", "budget-unlimited"),
    ("islands", "costs", "14000,training", "14000,", "budget-unlimited"),
    ("bands", "costs", "4000,recruitment", "4000,retention", "budget-unlimited"),
    # Staff
    ("bands", "staff_in_post", "band6,150", "band6,15000", "staff-too-many"),
    ("bands", "staff_in_post", "band7,40", "band7,4", "staff-too-few"),
    ("two roles", "staff_in_post", "gp,4.2", "gp,42", "staff-too-many"),
    ("islands", "staff_in_post", "county,midwife,190", "county,midwife,19", "staff-too-few"),
    ("islands", "demand", "county,section,2025,1500,0.02\n", "", "staff-without-work"),
    ("islands", "demand", "county,birth,2025,4700,-0.01\n", "", "work-missing"),
    ("islands", "patients", "county,booked,2025,5000\n", "", "work-missing"),
    ("islands", "productivity", "lead,clinic,700,\n", "", "role-without-work"),
    # Demand and work
    ("new service", "tasks", "review,Reviews,reviews,Medicines,3,0\n",
     "review,Reviews,reviews,Medicines,3,0\ncheckup,Checks,checks,Medicines,1,0\n", "task-without-demand"),
    ("bands", "demand", "ward,2020,900000", "ward,2020,900", "staff-too-many"),
    ("bands", "demand", "lead,2020,58000", "lead,2020,580000", "staff-too-few"),
    ("bands", "demand", "lead,2029,70000", "lead,2029,7000", "demand-collapses"),
    ("bands", "demand", "ward,2020,900000,0.015", "ward,2020,900000,1.5", "fast-growth"),
    ("bands", "demand", "ward,2020,900000,0.015", "ward,2020,900000,0.7", "fast-growth"),
    ("bands", "demand", "ward,2045,1300000", "ward,2145,1300000", "year-far-off"),
    ("bands", "demand", "lead,2020,58000", "lead,1920,58000", "year-far-off"),
    ("bands", "demand", "lead,2020,58000", "lead,26,58000", "year-far-off"),
    ("bands", "demand", "lead,2020,58000", "lead,0,58000", "year-far-off"),
    ("bands", "productivity", "band6,ward,1400", "band6,ward,14000", "productivity-far-off"),
    ("bands", "productivity", "band6,ward,1400", "band6,ward,117", "productivity-far-off"),
    ("bands", "productivity", "lead,1500,0.005", "lead,1500,0.5", "fast-growth"),
    ("bands", "productivity", "1500,,0.35", "1500,,0.75", "shares-above-1"),
    ("bands", "costs", "62000,pay,0.01", "62000,pay,1", "fast-growth"),
    ("new service", "scenarios", "2030,0.6", "2030,60", "multiplier-far-off"),
    ("new service", "scenarios", "2030,0.6", "2130,0.6", "year-far-off"),
    # A second exam, written after the checks
    ("bands", "costs", "44000,pay", "440000,pay", "amount-far-off"),
    ("bands", "costs", "9000,training", "750,training", "amount-far-off"),
    ("two roles", "costs", "start,900", "start,900000", "amount-far-off"),
    ("bands", "demand", "900000,0.015", "900000,0.15", "fast-growth"),
    ("bands", "staff_in_post", "hca,280", "hca,28", "starts-far-off"),
    ("bands", "patterns", "band5,0.1", "band5,1", "share-far-off"),
    ("bands", "productivity", "0,0.45", "0,0.045", "shares-below-1"),
    ("bands", "tasks", "hours,Wards\nlead", "hours,Ward\nlead", "nearly-same"),
    ("islands", "demand", "isles,birth,2025,190,", "isles,birth,2025,19000,", "far-from-neighbours"),
    ("islands", "patients", "county,booked,2025,5000", "county,booked,2025,50000", "far-from-neighbours"),
    ("islands", "care", "clinic,9", "clinic,90", "staff-too-few"),
    ("islands", "care", "clinic,9", "clinic,0.9", "staff-too-many"),
    ("islands", "destinations", "city,city,0.9\ndegree,city,county,0.08", "city,city,0.08\ndegree,city,county,0.9",
     "destinations-far-off"),
    ("islands", "areas", "The county", "The city", "nearly-same"),
    ("new service", "costs", "outsourced-unit,55", "outsourced-unit,5.5", "amount-far-off"),
    ("new service", "option", "total: 300e3", "total: 300", "budget-far-off"),
    ("new service", "routes", "pharmacist,0.05", "pharmacist,5", "share-far-off"),
    ("bands", "option", "places: 60", "places: 6", "bound-far-off"),
    ("two roles", "option", "places: 1", "places: 30", "bound-far-off"),
    # Rates and routes
    ("bands", "roles", "Nursing,0.05", "Nursing,0.004", "rate-far-off"),
    ("bands", "roles", "Nursing,0.05", "Nursing,0.55", "rate-far-off"),
    ("bands", "leavers", "band7,2027,0.11", "band7,2027,0.71", "rate-far-off"),
    ("bands", "leavers", "hca,2040", "hca,2140", "year-far-off"),
    ("new service", "routes", "coach,1,0.8", "coach,12,0.8", "years-long"),
    ("bands", "routes", "3,0.82,,,", "3,0.082,,,", "share-far-off"),
    ("new service", "roles", "0.15,0.8", "0.15,0.008", "share-far-off"),
    ("bands", "past_starts", "abroad,2025,60", "abroad,2025,600", "starts-far-off"),
    ("bands", "past_starts", "degree,2025,44", "degree,2025,44\ndegree,2015,40", "year-far-off"),
    ("bands", "settings", "discount_rate: 0.035", "discount_rate: 0.35", "rate-far-off"),
    ("bands", "settings", "price_year: 2026", "price_year: 1926", "year-far-off"),
    ("bands", "roles", "Support,0.2", "nursing,0.2", "nearly-same"),
    ("bands", "roles", "Nurses band 6", "Nurses band  5", "nearly-same"),
    # Options
    ("bands", "option", GOOD["bands"]["option"], "# lost\n", "empty-option"),
    ("bands", "option", "places: 60", "places: 600", "bound-far-off"),
    ("bands", "option", "limit: 0.9e6", "limit: 0.9", "budget-far-off"),
    ("bands", "option", "limit: 1.7e6", "limit: 17e6", "budget-far-off"),
    ("two roles", "option", "limit: 780e3", "limit: 780", "budget-far-off"),
    ("bands", "option", "ramp: {2026: 6, 2030: 15}", "ramp: {2016: 6, 2020: 15}", "year-far-off"),
    ("bands", "option", "ramp: {2026: 6, 2030: 15}", "ramp: {2026: 6, 2080: 15}", "year-far-off"),
    ("bands", "option", "max_share: 0.4", "max_share: 0.004", "share-far-off"),
    ("two roles", "option", "training_capacity:", "pace:\n  - {route: vts, max_increase: 0.2}\ntraining_capacity:",
     "never-begins"),
    ("islands", "option", "max_growth: 0.5, seed: 2", "max_growth: 20, seed: 2", "share-far-off"),
    ("new service", "option", "at_least: 0.9", "at_least: 0.09", "share-far-off"),
    ("bands", "option", "limits:\n", ("limits:\n  - {name: More, quantity: starts, where: {kind: promotion}, "
     "at_most: 80}\n"), "never-binds"),
]  # fmt: skip
"""Data set, table, what stands there, what was typed, and the code of the warning."""


@pytest.mark.parametrize(("name", "table", "old", "new", "code"), SLIPS)
def test_a_slip_is_queried(name: str, table: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    base = GOOD[name]
    assert base[table].count(old) == 1
    found = queried(tmp_path, {**base, table: base[table].replace(old, new)})
    assert code in [one for one, _ in found], found


def test_a_table_in_another_format_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    base = GOOD["two roles"]
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "leavers.xlsx").write_bytes(b"")
    assert [code for code, _ in queried(tmp_path, base)] == ["not-read"]


BASE = """
training_capacity:
  - {route: degree, places: 60}
  - {route: [apprentice, keep], places: 20, each: [area]}
limits:
  - {name: few promotions, quantity: starts, where: {kind: promotion}, at_most: 40}
"""


@pytest.mark.parametrize(
    "own",
    [
        "training_capacity: [{route: degree, places: 70, each: [area]}]",
        "training_capacity: [{name: more, route: degree, places: 70}]",
        "training_capacity: [{name: training_capacity  degree, route: degree, places: 70}]",
        "training_capacity: [{route: keep, places: 30}]",
        "limits: [{name: Few promotions, quantity: starts, where: {kind: promotion}, at_most: 60}]",
    ],
)
def test_an_override_of_another_name_that_changes_nothing(own: str, tmp_path: Path) -> None:
    """Proves: both entries hold and the inherited one is the tighter, so what was meant to loosen it does nothing."""
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    found = queried(tmp_path, {**GOOD["bands"], "option": f"extends: base.yaml\ntitle: More\n{own}\n"})
    assert [code for code, _ in found if code == "never-binds"] == ["never-binds"]


def test_an_inherited_entry_may_be_tightened_by_another(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    own = "training_capacity: [{name: fewer, route: degree, places: 50}]"
    found = queried(tmp_path, {**GOOD["bands"], "option": f"extends: base.yaml\ntitle: Fewer\n{own}\n"})
    assert [code for code, _ in found if code == "never-binds"] == []


def test_the_option_of_other_inputs_is_told_and_its_own_named() -> None:
    """Proves: England's option on one alliance's data is named for what it is. Sensitivity: 24 times the data."""
    faults = check(shipped_inputs("west-yorkshire-and-harrogate"), [ROOT / "constraints/flat-cash.yaml"]).faults
    (one,) = [fault for fault in faults.found if fault.code == "other-inputs"]
    assert "times the figures of these inputs" in one.found
    assert one.mend.endswith("constraints/west-yorkshire-and-harrogate goes with these inputs.")


def test_a_year_without_its_century_is_told_in_full(tmp_path: Path) -> None:
    base = GOOD["bands"]
    found = queried(tmp_path, {**base, "demand": base["demand"].replace("lead,2020", "lead,26")})
    assert any("Write it with all its digits: 2026." in sentence for _, sentence in found)
