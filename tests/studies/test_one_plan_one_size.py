"""One plan has one size: the totals of `solve` are in the tables of every command, to the last digit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimiser import load
from optimiser.report.choices import choices
from optimiser.report.report_inputs import read_material
from tests.studies.calls import ROOT, Many, call

PLACES = {
    "the small example": (ROOT / "docs" / "example" / "inputs", ROOT / "docs" / "example" / "option.yaml"),
    "an alliance": (
        ROOT / "inputs" / "west-yorkshire-and-harrogate",
        ROOT / "constraints" / "west-yorkshire-and-harrogate" / "flat-real.yaml",
    ),
}
CALLS = {
    "compare": (),
    "sweep": ("--vary", "budgets training=100%"),
    "frontier": ("--budget", "training", "--from", "1", "--to", "1"),
    "robust": ("--scenario", "none", "--scenario", "HIGH"),
    "alternatives": ("--block", "12"),
    "tornado": ("--ranges", "ranges.csv"),
}
FIRST = ["option", "scenario", "point", "status", "reason", "unmet_fte_years", "cost", "cost_discounted"]


@pytest.mark.parametrize("place", ["the small example", pytest.param("an alliance", marks=pytest.mark.slow)])
def test_the_totals_are_those_of_solve(place: str, tmp_path: Path) -> None:
    """Proves: the unchanged option has the totals and the priorities of plan.json in points.csv, digit by digit.

    Sensitivity: 24,729.5 for 1,897.9 FTE-years if a priority's value stood for the shortage of the reported years.
    """
    inputs, option = PLACES[place]
    call("solve", inputs, option, out=tmp_path / "plan")
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    totals = [plan["unmet_fte_years"], plan["cost"]["undiscounted"], plan["cost"]["discounted"]]
    values = {f"priority_{one['name']}": one["value"] for one in plan["priorities"]}
    (tmp_path / "ranges.csv").write_text("table,key,column,low,high\nroles,role=radiologist,leaver_rate,0.01,0.02\n")
    high = "high" if place == "the small example" else "high_growth"
    own = {"ranges.csv": str(tmp_path / "ranges.csv"), "HIGH": high}
    for command, words in CALLS.items():
        done = call(command, inputs, option, *(own.get(word, word) for word in words), out=tmp_path / command)
        row = unchanged(done)
        assert list(row) == [*FIRST, *values], command
        assert [float(row[name]) for name in FIRST[5:]] == totals, command
        assert {name: float(row[name]) for name in values} == values, command
        for name, keys in zip(FIRST[5:], ("unmet=fte_years", "cost=undiscounted", "cost=discounted"), strict=True):
            found = [one for one in done.rows("tables", point=row["point"], table="total") if one["keys"] == keys]
            assert [one["value"] for one in found] == [row[name]], command
        keys = "unmet=fte_years_discounted"
        (found,) = [one for one in done.rows("tables", point=row["point"], table="total") if one["keys"] == keys]
        assert float(found["value"]) == plan["unmet_fte_years_discounted"], command


def test_a_cost_per_fte_year_is_of_the_totals_of_solve(tmp_path: Path) -> None:
    """Proves: cost_effectiveness.csv divides figures of plan.json, digit by digit, and Python and report read the same.

    Sensitivity: another plan's totals, or a sum in another order, differ in the last digits.
    """
    inputs, option = PLACES["the small example"]
    more = option.with_name("more.yaml")
    plans = []
    for one in (option, more):
        call("solve", inputs, one, out=tmp_path / one.stem)
        plans.append(json.loads((tmp_path / one.stem / "plan.json").read_text(encoding="utf-8")))
    rows = call("compare", inputs, option, more, out=tmp_path / "compare").table("cost_effectiveness")
    sums = [(plan["cost"]["discounted"], plan["unmet_fte_years_discounted"]) for plan in plans]
    assert [(float(row["cost_discounted"]), float(row["unmet_fte_years_discounted"])) for row in rows] == sums
    each = (sums[1][0] - sums[0][0]) / (sums[0][1] - sums[1][1])
    assert [row["cost_per_fte_year"] for row in rows] == ["", repr(each)]
    material = read_material([tmp_path / one.stem for one in (option, more)])
    found = choices(material)
    assert found is not None
    assert found.worth[found.all[1].name].average == each
    read = [load(tmp_path / one.stem) for one in (option, more)]
    assert [(one.discounted_cost, one.unmet_fte_years) for one in read] == [
        (plan["cost"]["discounted"], plan["unmet_fte_years"]) for plan in plans
    ]


def unchanged(done: Many) -> dict[str, str]:
    """The point of the option as it is: the first of points.csv."""
    row = done.table("points")[0]
    assert (row["scenario"], row["status"], row["reason"]) == ("", "optimal", "")
    return row
