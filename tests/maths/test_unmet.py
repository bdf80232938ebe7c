"""Unmet demand: weighed, shared out in tiers, priced or forbidden."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

TWO_TASKS = {
    "staff_in_post": "role,fte\nnurse,15",
    "tasks": "task,title,priority\nvisit,Visit,1\nscan,Scan,1",
    "demand": "task,year,volume\nvisit,2026,100\nscan,2026,100",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,scan,10",
}
BOUGHT = "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,50,o"


def test_a_task_of_higher_priority_comes_first(tmp_path: Path) -> None:
    """Proves: 15 FTE for 20 FTE of work; scans weigh 3, so all 5 FTE short are visits, weighing 1: 5 a year.

    Sensitivity: 10 a year if the shortage were split; 15 if it fell on scans.
    """
    tasks = "task,title,priority\nvisit,Visit,1\nscan,Scan,3"
    result = solve_case(tmp_path, {**TWO_TASKS, "tasks": tasks})
    assert result.values["unmet"] == approx(15)
    assert result.series("demand", "unmet", task="visit") == approx([50, 50, 50])
    assert result.plan["unmet_fte_years"] == approx(15)


def test_the_total_of_unmet_is_unweighted(tmp_path: Path) -> None:
    """Proves: priority 3 alone: 5 FTE short a year weigh 15, 45 in all, but are 15 FTE-years in plan.json.

    Sensitivity: 45 in plan.json if the total were weighted.
    """
    result = solve_case(tmp_path, {"staff_in_post": "role,fte\nnurse,5", "tasks": "task,title,priority\nvisit,Visit,3"})
    assert result.values["unmet"] == approx(45)
    assert result.plan["unmet_fte_years"] == approx(15)
    assert result.series("demand", "unmet_fte") == approx([5, 5, 5])


def test_slices_of_a_shortage_weigh_more_and_more(tmp_path: Path) -> None:
    """Proves: 20 of 100 unmet: 5 × 1 + 10 × 2 + 5 × 4 = 45 ÷ 10 = 4.5 a year, 13.5 in all.

    Sensitivity: 10.5 if up_to were a width (5 × 1 + 15 × 2); 6 without tiers; 24 if all weighed as the last.
    """
    result = solve_case(
        tmp_path,
        {"staff_in_post": "role,fte\nnurse,8"},
        "demand: {tiers: [{up_to: 0.05, weight: 1}, {up_to: 0.15, weight: 2}, {weight: 4}]}",
    )
    assert result.values["unmet"] == approx(13.5)
    assert result.plan["unmet_fte_years"] == approx(6)


def test_tiers_share_a_shortage_out(tmp_path: Path) -> None:
    """Proves: 50 units short of two tasks of 100 each: 25 % of each weighs 1, so 25 and 25: 5 a year.

    Sensitivity: 12.5 a year (25 + 25 × 4 over 10) at the corner where one task bears it all.
    """
    result = solve_case(tmp_path, TWO_TASKS, "demand: {tiers: [{up_to: 0.25, weight: 1}, {weight: 4}]}")
    assert result.values["unmet"] == approx(15)
    assert result.series("demand", "unmet", task="visit") == approx([25, 25, 25])
    assert result.series("demand", "unmet", task="scan") == approx([25, 25, 25])


def test_tiers_are_of_the_volume_not_of_what_waits(tmp_path: Path) -> None:
    """Proves: 5 FTE for 50 + a list of 50: 50 of a volume of 50 unmet in 2026: 12.5 × 1 + 37.5 × 4 = 162.5 → 16.25.

    Sensitivity: 12.5 if a quarter of volume and list together weighed 1 (25 × 1 + 25 × 4).
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,5",
            "demand": "task,year,volume\nvisit,2026,50",
            "waiting_list": "task,volume\nvisit,50",
        },
        "demand: {tiers: [{up_to: 0.25, weight: 1}, {weight: 4}]}",
    )
    assert result.values["unmet"] == approx(16.25)


def test_a_later_shortage_weighs_less(tmp_path: Path) -> None:
    """Proves: 5 FTE short a year weigh 5 + 5 ÷ 1.25 + 5 ÷ 1.5625 = 12.2 at 25 % a year; the total stays 15 FTE-years,
    and the price of a visit falls with the years. Sensitivity: 15 undiscounted; 9.76 if the first year were discounted
    too, 12.2 in the total if it were weighed as well.
    """
    result = solve_case(tmp_path, {**TWO_TASKS, "settings": {"unmet_discount_rate": 0.25, "discount_rate": 0.5}})
    assert result.values["unmet"] == approx(12.2)
    assert result.plan["unmet_fte_years"] == approx(15)
    assert result.series("demand", "price_unmet", task="visit") == approx([0.1, 0.08, 0.064])


def test_a_price_has_no_part_in_the_rate_of_shortage(tmp_path: Path) -> None:
    """Proves: £90 for an FTE-year, 5 short a year, at 25 % like any cost: 450 + 360 + 288 = 1098.

    Sensitivity: 810 if shortage's own 100 % came on top; 1350 undiscounted.
    """
    settings = {"discount_rate": 0.25, "unmet_discount_rate": 1}
    result = solve_case(tmp_path, {**TWO_TASKS, "settings": settings}, "demand: {unmet: priced, price_per_fte: 90}")
    assert result.values["cost"] == approx(1098)


def test_a_price_is_per_weighted_fte_and_discounted(tmp_path: Path) -> None:
    """Proves: 10 of 110 visits = 1 FTE; £400 per FTE is £40 a visit, less than the £50 they cost outside.

    So they stay unmet: 400 × (1 + 0.8 + 0.64) = 976 in the one priority, cost; plan.json's cost has none of it.
    Sensitivity: 1200 undiscounted; 1220 (all bought) if the yardstick were forgotten and the price were £400 a visit;
    £976 in plan.json's cost if the price were money spent.
    """
    result = solve_case(
        tmp_path,
        {
            "settings": {"discount_rate": 0.25},
            "demand": "task,year,volume\nvisit,2026,110",
            "costs": BOUGHT,
        },
        "demand: {unmet: priced, price_per_fte: 400}",
    )
    assert result.values == approx({"cost": 976})
    assert result.plan["cost"] == approx({"discounted": 0, "undiscounted": 0})
    assert result.plan["unmet_fte_years"] == approx(3)


def test_a_price_counts_the_task_priority(tmp_path: Path) -> None:
    """Proves: priority 2 makes £400 per FTE £80 a visit; now £50 outside is better: 10 × 50 × 3 = 1500.

    Sensitivity: 1200 (left unmet) if the priority were not in the price.
    """
    result = solve_case(
        tmp_path,
        {
            "tasks": "task,title,priority\nvisit,Visit,2",
            "demand": "task,year,volume\nvisit,2026,110",
            "costs": BOUGHT,
        },
        "demand: {unmet: priced, price_per_fte: 400}",
    )
    assert result.values == approx({"cost": 1500})
    assert result.plan["unmet_fte_years"] == approx(0, abs=1e-9)


def test_a_price_counts_the_tiers(tmp_path: Path) -> None:
    """Proves: £400 per FTE is £40 for the first 5 % (5.5 visits), £80 beyond: 5.5 stay unmet, 4.5 are bought.

    A year costs 5.5 × 40 + 4.5 × 50 = 445; three years 1335. Sensitivity: 1200 if tiers did not weigh in the price.
    """
    result = solve_case(
        tmp_path,
        {"demand": "task,year,volume\nvisit,2026,110", "costs": BOUGHT},
        "demand: {unmet: priced, price_per_fte: 400, tiers: [{up_to: 0.05, weight: 1}, {weight: 2}]}",
    )
    assert result.values == approx({"cost": 1335})
    assert result.series("demand", "unmet") == approx([5.5, 5.5, 5.5])


def test_forbidden_means_every_unit_is_met(tmp_path: Path) -> None:
    """Proves: with cost as the one priority, 10 visits a year must be bought at £50: 1500.

    Sensitivity: 0 if unmet demand were still free.
    """
    result = solve_case(
        tmp_path,
        {"demand": "task,year,volume\nvisit,2026,110", "costs": BOUGHT},
        "demand: {unmet: forbidden}\npriorities: [cost]",
    )
    assert result.values == approx({"cost": 1500})


def test_forbidden_and_impossible_is_no_plan(tmp_path: Path) -> None:
    """Proves: 110 visits, 100 that can be done, nobody to buy from: exit 3 and plan.json alone, saying infeasible.

    Sensitivity: exit 0 and a shortage of 1 FTE if unmet demand were allowed.
    """
    result = solve_case(
        tmp_path, {"demand": "task,year,volume\nvisit,2026,110"}, "demand: {unmet: forbidden}", expect=3
    )
    assert result.status == "infeasible"
    assert [path.name for path in result.folder.iterdir()] == ["plan.json"]
