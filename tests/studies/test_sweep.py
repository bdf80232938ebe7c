"""Sweeps: bounds by name, cells of the inputs, grids and lists; every point as if it were solved alone."""

from pathlib import Path

import pytest
from pytest import approx

from optimiser.studies.engine.vary_syntax import read_amounts
from optimiser.text.faults import Faults, Place
from tests.studies.calls import call, cold, inputs, made_up, option
from tests.support.engine import solve_folder

SHORT = {
    "staff_in_post": "role,fte\nnurse,5",
    "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
}
"""5 nurses do 50 of 100 visits; more can be bought at £1 each from budget o."""


@pytest.mark.parametrize(
    ("text", "how", "numbers"),
    [
        ("80%:140%:20%", "times", [0.8, 1, 1.2, 1.4]),
        ("80%:100%:5%", "times", [0.8, 0.85, 0.9, 0.95, 1]),
        ("0:1:0.1", "set", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        ("90%,1.1e6", None, [0.9, 1.1e6]),
        ("£170m", "set", [170e6]),
        ("+5e6", "plus", [5e6]),
        ("-10%", "times", [0.9]),
    ],
)
def test_values_are_read_as_written(text: str, how: str | None, numbers: list[float]) -> None:
    """Proves: both ends count, and steps of 5 % do not lose the last value to rounding."""
    faults = Faults()
    found = read_amounts(text, Place(), faults)
    assert not faults.found
    assert [amount.number for amount in found] == numbers
    assert how is None or {amount.how for amount in found} == {how}


@pytest.mark.parametrize("text", ["80%:140%", "140%:80%:5%", "80%:140:5%", "80%:140%:0%", "many"])
def test_values_that_make_no_sense_are_faults(text: str) -> None:
    faults = Faults()
    read_amounts(text, Place(), faults)
    assert len(faults.errors) == 1


def test_a_budget_by_its_name(tmp_path: Path) -> None:
    """Proves: 80 % of £30 buys 24 of 50 missing visits a year: 2.6 FTE × 3 years; 100 %: 2 × 3; £45: 0.5 × 3.

    Sensitivity: 6 everywhere if the bound did not move; 14.91 if 80% were read as £0.80.
    """
    folder, policy = inputs(tmp_path, SHORT), option(tmp_path, "short", "budgets: [{budget: o, limit: 30}]")
    done = call("sweep", folder, policy, "--vary", "budgets o=80%,100%,45", out=tmp_path / "out")
    assert [row["point"] for row in done.table("points")] == ["budgets o=80%", "budgets o=100%", "budgets o=45"]
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([7.8, 6, 1.5])
    spent = done.rows("tables", point="budgets o=45", table="cost", year=2027)
    assert [(row["keys"], float(row["value"])) for row in spent] == [("budget=o;line=outsourcing", approx(45))]


def test_what_is_carried_moves_with_the_limit(tmp_path: Path) -> None:
    """Proves: carry-forward is a share of the limit, so at 50 % the carried £ halve too: as a solve of its own.

    By hand: £15, of which half is carried: 10 bought, then 15 + 5, then 15: 30 + 15 visits short, 4.5 FTE.
    Sensitivity: less if £15 were carried as before, when only the spending row moved.
    """
    tables = {**SHORT, "demand": "task,year,volume\nvisit,2026,60\nvisit,2027,100\nvisit,2028,80"}
    folder = inputs(tmp_path, tables)
    policy = option(tmp_path, "carry", "budgets: [{budget: o, limit: 30, carry_forward: 0.5}]")
    half = option(tmp_path, "half", "budgets: [{budget: o, limit: 15, carry_forward: 0.5}]")
    done = call("sweep", folder, policy, "--vary", "budgets o=50%", out=tmp_path / "out")
    alone = solve_folder(folder, half, tmp_path / "alone")
    assert done.point("budgets o=50%") == approx(4.5) == approx(alone.values["unmet"])


def test_a_limit_with_a_decision_in_its_bound(tmp_path: Path) -> None:
    """Proves: a rule that is a share of another quantity moves by its share: outsourced ≤ 0.2, 0.4 of activity.

    50 visits by staff allow 10, then 20 outsourced: unmet 4 and 3 FTE a year. Sensitivity: 12 twice if the terms
    of the row stayed.
    """
    folder = inputs(tmp_path, SHORT)
    rule = "{name: share, quantity: outsourced, at_most: 0.2, of: {quantity: activity}}"
    policy = option(tmp_path, "share", f"limits: [{rule}]")
    done = call("sweep", folder, policy, "--vary", "share=100%,200%", out=tmp_path / "out")
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([12, 9])


def test_one_key_of_an_entry_with_several(tmp_path: Path) -> None:
    """Proves: `ENTRY KEY=…` moves that key alone: carry_forward 0 leaves 2027 short by 20, 0.5 by 5 (÷10 FTE)."""
    tables = {**SHORT, "demand": "task,year,volume\nvisit,2026,60\nvisit,2027,100\nvisit,2028,80"}
    folder = inputs(tmp_path, tables)
    policy = option(tmp_path, "carry", "budgets: [{budget: o, limit: 30, carry_forward: 0.5}]")
    done = call("sweep", folder, policy, "--vary", "budgets o carry_forward=0.01,0.5", out=tmp_path / "out")
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([1.97, 0.5])


def test_cells_of_the_inputs(tmp_path: Path) -> None:
    """Proves: a cell by table, key and column is read as if it stood in the file: 4 or 6 nurses, 12 visits each.

    Short by 100 − 48 and 100 − 72; in FTE of 12: 52/12 × 3 and 28/12 × 3. Sensitivity: 18 and 12 with the old 10.
    """
    folder, policy = inputs(tmp_path, {}), option(tmp_path, "free", "demand: {unmet: allowed}")
    cells = tmp_path / "cells.csv"
    cells.write_text(
        "table,key,column,value\nstaff_in_post,role=nurse,fte,4\nstaff_in_post,role=nurse,fte,6\n"
        "productivity,role=nurse; task=visit,units_per_fte,12\n"
    )
    done = call("sweep", folder, policy, "--cells", cells, out=tmp_path / "out")
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([13, 7])


def test_a_grid_and_a_list(tmp_path: Path) -> None:
    """Proves: a grid is every combination, the last fastest; a list takes first with first, second with second."""
    folder, policy = inputs(tmp_path, SHORT), option(tmp_path, "short", "budgets: [{budget: o, limit: 30}]")
    cells = tmp_path / "cells.csv"
    cells.write_text("table,key,column,value\nroles,nurse,leaver_rate,0\nroles,nurse,leaver_rate,0.5\n")
    words = [folder, policy, "--vary", "budgets o=10,20", "--cells", cells]
    grid = call("sweep", *words, out=tmp_path / "grid")
    listed = call("sweep", *words, "--as", "list", out=tmp_path / "list")
    names = ["budgets o=10, roles nurse leaver_rate=0", "budgets o=10, roles nurse leaver_rate=0.5",
             "budgets o=20, roles nurse leaver_rate=0", "budgets o=20, roles nurse leaver_rate=0.5"]  # fmt: skip
    assert [row["point"] for row in grid.table("points")] == names
    assert [row["point"] for row in listed.table("points")] == [names[0], names[3]]
    assert listed.point(names[3]) == grid.point(names[3]) != grid.point(names[1])


def test_points_agree_with_independent_solves(tmp_path: Path) -> None:
    """Proves: warm points of a case where everything binds equal whole `solve` commands to 1e-6, both priorities."""
    folder, policy = made_up(tmp_path)
    done = call("sweep", folder, policy, "--vary", "budgets training=70%:130%:10%", out=tmp_path / "out")
    for share in (70, 90, 130):
        alone = cold(folder, policy, tmp_path / f"alone{share}", training=share / 100)
        row = done.row("points", point=f"budgets training={share}%")
        assert float(row["priority_unmet"]) == approx(alone["unmet"], rel=1e-6)
        assert float(row["priority_cost"]) == approx(alone["cost"], rel=1e-6)


def test_a_point_without_a_plan_is_recorded_and_the_rest_go_on(tmp_path: Path) -> None:
    """Proves: 40 forbidden visits short have no plan, 50 have; the command ends well and says which."""
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "all", "demand: {unmet: forbidden}\nbudgets: [{budget: o, limit: 50}]")
    done = call("sweep", folder, policy, "--vary", "budgets o=40,50,60", out=tmp_path / "out")
    assert [row["status"] for row in done.table("points")] == ["infeasible", "optimal", "optimal"]
    assert done.table("points")[0]["reason"] == "no plan satisfies its constraints"
    assert done.table("points")[0]["cost"] == ""
    assert not done.rows("tables", point="budgets o=40")


def test_an_unchanged_option_without_a_plan_stops_nothing(tmp_path: Path) -> None:
    """Proves: without a basis to start from, points are solved from nothing."""
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "all", "demand: {unmet: forbidden}\nbudgets: [{budget: o, limit: 10}]")
    done = call("sweep", folder, policy, "--vary", "budgets o=40,50", out=tmp_path / "out")
    assert [row["status"] for row in done.table("points")] == ["infeasible", "optimal"]


def test_a_value_that_is_not_allowed_fails_alone(tmp_path: Path) -> None:
    """Proves: a share above 1 is that point's reason, in the words of the fault; the other point has its plan."""
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "share", "outsourcing: [{task: visit, max_share: 0.6}]")
    done = call("sweep", folder, policy, "--vary", "outsourcing visit=100%,200%", out=tmp_path / "out")
    assert [row["status"] for row in done.table("points")] == ["optimal", "failed"]
    assert "a share from 0 to 1" in done.table("points")[1]["reason"]


@pytest.mark.parametrize(
    ("varied", "said"),
    [
        ("budget o=80%", 'Did you mean "budgets o"?'),
        ("budgets o=80%:lots:5%", 'Found "lots"'),
        ("budgets o", "no ="),
    ],
)
def test_words_that_name_nothing_stop_before_any_solve(tmp_path: Path, varied: str, said: str) -> None:
    folder, policy = inputs(tmp_path, SHORT), option(tmp_path, "short", "budgets: [{budget: o, limit: 30}]")
    done = call("sweep", folder, policy, "--vary", varied, out=tmp_path / "out", expect=1)
    assert said in done.stderr
    assert not done.folder.exists()


def test_whole_numbers_can_be_swept(tmp_path: Path) -> None:
    """Proves: without prices and bases, points are solved one by one: £25 buys 2 recruits at £10, not 2.5."""
    tables = {
        "staff_in_post": "role,fte\nnurse,5",
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nr,R,recruitment,,nurse,0,1,",
        "costs": "item,line,per,amount,budget\nr,r,start,10,o",
    }
    folder = inputs(tmp_path, tables)
    policy = option(tmp_path, "whole", "whole_numbers: true\nbudgets: [{budget: o, limit: {2026: 10, 2027: 0}}]")
    done = call("sweep", folder, policy, "--vary", "budgets o=100%,250%", out=tmp_path / "out")
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([12, 9])
