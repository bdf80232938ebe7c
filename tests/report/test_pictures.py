"""Each picture's own reckoning, on cases small enough to do by hand."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from optimiser.report.palette import BLUE, EDGE, FOUR, INK, PLUM, contrast, ramp, text_on
from optimiser.report.picture import Picture, cell_text
from optimiser.report.pictures import PICTURES, gap_steps
from optimiser.report.report_inputs import Material, ranked, read_material
from tests.report import results
from tests.support.engine import solve_case

MAKERS = {maker.key: maker.make for maker in PICTURES}

TWO_BUDGETS = """
budgets:
  - {budget: training, limit: 1000}
limits: [{name: ten a year, quantity: starts, exactly: 10}]
"""
CASE: dict[str, Any] = {
    "roles": "role,title,staff_group,new_role,leaver_rate\nnurse,Nurse,nursing,no,0\naide,Aide,support,yes,0",
    "staff_in_post": "role,fte\nnurse,10\naide,2",
    "routes": """route,title,kind,from_role,to_role,years,completion,fte_per_completer
        train,Training,training,,nurse,2,0.5,1""",
    "past_starts": "route,year,starts\ntrain,2024,8\ntrain,2025,6",
    "tasks": "task,title,unit,service\nvisit,Visit,visits,community",
    "demand": "task,year,volume\nvisit,2026,240",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\naide,visit,5",
    "costs": "item,line,per,amount,budget\ntrain,fees,start,50,training\nnurse,pay,fte-year,100,pay",
}


def picture(key: str, material: Material) -> Picture:
    made = MAKERS[key](material)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Two nurse years on the way, ten starts a year, twice the demand there are hands for."""
    solved = solve_case(tmp_path_factory.mktemp("small"), CASE, TWO_BUDGETS)
    return read_material([solved.folder])


def test_the_pipeline_knows_what_is_already_decided(small: Material) -> None:
    """Proves: joiners come two years after their start. Sensitivity: 3 of 2024's eight would be 4 if late by a year.

    Half of 8 join in 2026 and half of 6 in 2027, both started before; half of 10 in 2028 is the first new intake.
    """
    made = picture("pipeline", small)
    assert made.tables[0].rows == (("Training", "2", "2028", 4.0, 3.0, 5.0),)
    assert "Nothing decided now can arrive before 2028 from Training; 7.0 of the 12 FTE" in made.headline


def test_commissions_stand_beside_the_last_intake(small: Material) -> None:
    made = picture("commissions", small)
    assert made.tables[0].rows == (("Training", 6.0, approx(10), approx(10), approx(10)),)
    assert made.headline == "From 2025 to 2028, up most: Training (6 to 10)"


def test_spend_is_split_into_what_was_owed_and_what_is_new(small: Material) -> None:
    """Proves: 10 starts at 50 are 500 of a limit of 1,000; the pay of nurses has no limit and is only in the table."""
    made = picture("cost", small)
    first = next(row for row in made.tables[0].rows if row[:2] == ("training", "2026"))
    assert first[2:] == (0.0, approx(500), approx(1000), approx(500))
    assert "no budget is spent to its limit" in made.headline
    assert made.note.startswith("Only in the table, having no limit: pay (£4,100)") or "pay (" in made.note


def test_demand_is_shown_in_fte_of_the_fastest_role(small: Material) -> None:
    """Proves: 240 visits are 24 FTE of nurses; 14 nurses and 2 aides do 150, so 9 FTE are short in 2026."""
    made = picture("demand", small)
    assert made.tables[0].rows[0] == ("2026", approx(24), approx(15), approx(15), 0.0, approx(9))
    assert made.headline.startswith("The gap shrinks from 9.0 FTE in 2026 to 1.0 in 2028")


def test_the_share_of_new_roles_counts_only_those_marked_as_new(small: Material) -> None:
    """Proves: 2 aides of 16 FTE at work are 12.5 %. Sensitivity: taking "no" for true makes it 100 %."""
    assert "New roles do 8.3 % of the work in 2028, 12.5 % in 2026" in picture("work", small).headline


def test_one_area_is_shown_by_service(small: Material) -> None:
    made = picture("where", small)
    assert made.tables[0].columns[0].title == "Service"
    assert made.tables[0].rows[0] == ("community", approx(9 / 24), approx(6 / 24), approx(1 / 24))


def test_several_areas_are_shown_by_area(tmp_path: Path) -> None:
    """Proves: north is short of 5 of 10 FTE and south of none."""
    solved = solve_case(
        tmp_path,
        {
            "areas": "area,title\nnorth,The North\nsouth,The South",
            "staff_in_post": "area,role,fte\nnorth,nurse,5\nsouth,nurse,20",
            "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100",
        },
    )
    made = picture("where", read_material([solved.folder]))
    assert [row[0] for row in made.tables[0].rows] == ["The North", "The South"]
    assert made.tables[0].rows[0][1:] == (approx(0.5),) * 3
    assert made.headline.startswith("In 2028 The North goes shortest, 50.0 % of its demand; The South is at 0.0 %")


def test_limits_are_ranked_by_what_one_per_cent_more_buys(tmp_path: Path) -> None:
    """Proves: places of 10 a year, half completing at once: 1 % more of 2026's, 2027's and 2028's ten buys
    0.05 FTE for 3, 2 and 1 years: 0.3 FTE-years. Sensitivity: without the sum over years it is 0.15.
    """
    solved = solve_case(
        tmp_path,
        {
            "routes": "route,title,kind,from_role,to_role,years,completion\ntrain,Training,training,,nurse,0,0.5",
            "demand": "task,year,volume\nvisit,2026,1000",
        },
        "training_capacity: [{route: train, places: 10}]",
    )
    made = picture("holding-back", read_material([solved.folder]))
    row = made.tables[0].rows[0]
    assert row[:2] == ("Places for Training", "training_capacity train")
    assert row[2] == approx(0.3)
    assert row[3] == "2026"
    assert row[-1] == approx(0.15)
    said = "Places for Training: 1 % more every year cuts unmet demand by at most 0.3 weighted"
    assert made.sentences[0].startswith(said)


def test_assumptions_are_counted_weakest_first(tmp_path: Path) -> None:
    """Proves: each row counts once under its own strength, and a row that says nothing counts as assumed."""
    sourced = {
        "roles": "role,title,leaver_rate,source\nnurse,Nurse,0,published: a census",
        "staff_in_post": "role,fte,source\nnurse,10,recalled: from a talk",
        "demand": "task,year,volume,source\nvisit,2026,100,derived: from the census",
    }
    made = picture("assumptions", read_material([solve_case(tmp_path, sourced).folder]))
    rows = {row[0]: row[1:] for row in made.tables[0].rows}
    assert [column.title for column in made.tables[0].columns] == [
        "Table",
        "Assumed",
        "Recalled",
        "Derived",
        "Published",
    ]
    assert rows["roles"] == (0, 0, 0, 1)
    assert rows["staff in post"] == (0, 1, 0, 0)
    assert rows["demand"] == (0, 0, 1, 0)
    assert rows["tasks"] == (1, 0, 0, 0)
    strengths = [row[0] for row in made.tables[1].rows]
    assert strengths == sorted(strengths, key=["assumed", "recalled", "derived", "published"].index)


def test_a_waterfall_ends_where_its_steps_lead() -> None:
    """Proves: a last step that repeats the sum is a level. Sensitivity: drawn as a change it would end at 200."""
    closed = gap_steps.waterfall({"today": 70.0, "growth": 60.0, "new": -30.0, "plan": 100.0})
    assert closed[-1] == ("plan", 0.0, 100.0, True)
    assert closed[1:3] == [("growth", 70.0, 130.0, False), ("new", 130.0, 100.0, False)]
    open_ended = gap_steps.waterfall({"today": 70.0, "growth": 60.0, "new": -30.0})
    assert open_ended[-1] == ("left unmet by the plan", 0.0, 100.0, True)


def test_steps_of_services_are_added(tmp_path: Path) -> None:
    made = picture("steps", read_material([results.write(tmp_path / "explained", steps=results.STEPS)]))
    assert made.headline == "From 153 FTE unmet to 319: demand growth +366; new commissions −200"
    assert [row[2] for row in made.tables[0].rows] == [153, 519, 319, 319]


def test_the_tornado_puts_the_widest_on_top_and_keeps_what_gave_no_plan(tmp_path: Path) -> None:
    made = picture("tornado", read_material([results.write(tmp_path / "tornado", tornado=results.TORNADO)]))
    assert made.tables[0].rows[0][0] == "demand, xs report, volume"
    assert len(made.tables[0].rows) == 3
    assert "between 90% and 110%, unmet demand goes from 2,100 to 3,310 FTE-years" in made.headline
    assert "leaver" not in made.alternative


def test_the_curve_says_what_money_buys_at_both_ends(tmp_path: Path) -> None:
    """Proves: money of a point is its factor of the budget at 100 %: £2m; 20.25 FTE-years for £1.4m are 14.6 a £1m."""
    made = picture("money-curve", read_material([results.frontier(tmp_path / "frontier")]))
    assert [row[1] for row in made.tables[0].rows] == [approx(1.6e6), approx(2e6), approx(3e6)]
    assert made.headline == "Between £1.6m and £3.0m a year each extra £1m a year buys 15 FTE-years"


def test_what_may_be_changed_is_about_the_first_years(tmp_path: Path) -> None:
    made = picture("room", read_material([results.write(tmp_path / "room", alternatives=results.ALTERNATIVES)]))
    assert made.headline.startswith("diagnostic_degree can move furthest, from 200 to 260 commissions in 2024-2027")
    assert "0 routes of 2 cannot move by one" in made.headline


def test_options_are_ranked_by_their_own_priorities_where_they_share_them() -> None:
    """Proves: what the optimiser made small decides, not unmet demand in FTE-years, in which equal plans may differ."""
    options = [
        ({"unmet": 2.0, "cost": 9.0}, (50.0, 9.0), "worse"),
        ({"unmet": 1.0, "cost": 9.0}, (60.0, 9.0), "better"),
        ({"unmet": 1.0, "cost": 8.0}, (70.0, 9.0), "best"),
    ]
    assert ranked(options) == ["best", "better", "worse"]
    other = [*options[:2], ({"cost": 1.0}, (40.0, 1.0), "priced")]
    assert ranked(other) == ["priced", "worse", "better"]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_every_drawing_is_right_by_the_schema_of_charts(everything: list[Path], size: Any) -> None:
    """Proves: what is drawn fast, unchecked, would pass altair's check."""
    from optimiser.report.drawing import specification

    material = read_material(everything)
    for maker in PICTURES:
        made = maker.make(material)
        assert made is not None, maker.key
        drawn = specification(made, size, validate=True)
        assert drawn["config"]["background"] == "white"


def test_colours_can_be_told_from_white_and_read_on(everything: list[Path]) -> None:
    """Proves: marks reach 3:1 against white, or stand in an outline that does; text reaches 4.5:1 wherever it is."""
    assert all(contrast(colour, "#FFFFFF") >= 2.95 for colour in FOUR)
    assert contrast(EDGE, "#FFFFFF") >= 3
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in (BLUE, PLUM, INK, "#4A5158", "#005EB8"))
    assert contrast("#4A5158", "#EEF3F8") >= 4.5
    cells = ["#DCDFE2", *(ramp(step / 50) for step in range(51))]
    assert min(contrast(cell, text_on(cell)) for cell in cells) >= 4.5


def test_the_four_colours_differ_in_lightness_next_to_each_other() -> None:
    pairs = [(a, b) for a, b in product(FOUR, FOUR) if a < b]
    assert sum(contrast(a, b) >= 2.5 for a, b in pairs) >= 3


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [(None, "fte", "–"), (float("nan"), "money", "–"), (1234567.0, "money", "£1.2m"), (0.1234, "percent", "12.3 %"),
     (9.94, "fte", "9.9"), (12.4, "fte", "12"), ("2026/27", "text", "2026/27"), (0.0, "count", "0.0")],
)  # fmt: skip
def test_cells_read_as_the_style_says(cell: object, kind: Any, said: str) -> None:
    assert cell_text(cell, kind) == said
