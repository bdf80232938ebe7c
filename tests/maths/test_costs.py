"""What a cost row is paid for, when, and what of it is committed already."""

from pathlib import Path

import pytest
from pytest import approx

from tests.support.engine import solve_case

TEAM = {
    "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
    "staff_in_post": "role,fte\nnurse,100",
    "routes": """route,title,kind,from_role,to_role,years,completion,fte_per_completer
        train,Training,training,,nurse,1,0.5,0.8""",
    "past_starts": "route,year,starts\ntrain,2025,10",
}
TEN_A_YEAR = "limits: [{name: ten a year, quantity: starts, exactly: 10}]"


@pytest.mark.parametrize(
    ("item", "per", "quantities"),
    [
        ("train", "start", [10, 10, 10]),
        ("train", "trainee-year", [10, 10, 10]),
        ("train", "joiner", [4, 4, 4]),
        ("nurse", "fte-year", [94, 88.6, 83.74]),
        ("nurse", "leaver", [10, 9.4, 8.86]),
        ("nurse", "idle-fte-year", [84, 78.6, 73.74]),
    ],
)
def test_each_cost_is_paid_per_its_own_quantity(tmp_path: Path, item: str, per: str, quantities: list[float]) -> None:
    """Proves: ten start every year and 10 × 0.5 × 0.8 = 4 join; a tenth of last year's staff leaves.

    Staff 100 − 10 + 4 = 94; 94 − 9.4 + 4 = 88.6; 88.6 − 8.86 + 4 = 83.74; 100 visits take 10 of them, the rest idle.
    At £2 the spend is twice the quantity; the three years add up to the cost.
    Sensitivity: joiners 5 without fte_per_completer; leavers 9.4 in 2026 if they were of this year's staff.
    """
    result = solve_case(tmp_path, {**TEAM, "costs": f"item,line,per,amount,budget\n{item},line,{per},2,b"}, TEN_A_YEAR)
    assert result.series("spend", "amount") == approx([2 * quantity for quantity in quantities])
    assert result.values["cost"] == approx(2 * sum(quantities))


def test_outsourced_units_are_paid_each(tmp_path: Path) -> None:
    """Proves: 5 nurses do 50 of 100 visits, the other 50 are bought at £3: £150 a year.

    Sensitivity: nothing bought if the row did not allow it; £15 a year if the price were per FTE of work.
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,5",
            "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,3,o",
        },
    )
    assert result.series("demand", "outsourced") == approx([50, 50, 50])
    assert result.series("spend", "amount") == approx([150, 150, 150])
    assert result.values == approx({"unmet": 0, "cost": 450}, abs=1e-6)


def test_a_task_without_a_price_cannot_be_outsourced(tmp_path: Path) -> None:
    """Proves: without an outsourced-unit row 50 visits stay unmet: 5 FTE a year, 15 in all.

    Sensitivity: 0 if outsourcing were free where it has no price.
    """
    result = solve_case(tmp_path, {"staff_in_post": "role,fte\nnurse,5"})
    assert result.values["unmet"] == approx(15)


SEPTEMBER = {
    "settings": {"first_year_part": 0.5},
    "staff_in_post": "role,fte\nnurse,0",
    "routes": "route,title,kind,from_role,to_role,years\ntrain,Training,training,,nurse,2",
    "past_starts": "route,year,starts\ntrain,2024,8\ntrain,2025,12",
    "costs": "item,line,per,amount,budget\ntrain,training,trainee-year,100,training",
}


def test_a_trainee_year_straddles_two_financial_years(tmp_path: Path) -> None:
    """Proves: with half of a training year in the year it starts, 0.5 × this year's + 0.5 × last year's in training.

    In training: 2025 8 + 12 = 20, 2026 12 + 16 = 28, 2027 16, 2028 none. Paid for: 24, 22, 8 trainee-years of £100.
    Sensitivity: £2800, £1600, £0 if all were paid in the year it begins; £1400 in 2026 if those of 2025 were forgotten.
    """
    result = solve_case(tmp_path, SEPTEMBER, "limits: [{name: these, quantity: starts, exactly: {2026: 16, 2027: 0}}]")
    assert result.series("spend", "amount") == approx([2400, 2200, 800])


def test_what_is_owed_to_people_who_started_before_is_committed(tmp_path: Path) -> None:
    """Proves: past intakes alone have 20, 12, 0 in training in 2025–2027: 0.5 × 12 + 0.5 × 20 = 16, then 6, then 0.

    Sensitivity: £2000 in 2026 if the whole of last year's were committed; £2400 if this year's starters were too.
    """
    result = solve_case(tmp_path, SEPTEMBER, "limits: [{name: these, quantity: starts, exactly: {2026: 16, 2027: 0}}]")
    assert result.series("spend", "committed") == approx([1600, 600, 0])


def test_a_joiner_who_started_before_is_committed_too(tmp_path: Path) -> None:
    """Proves: 10 past starters make 4 joiners in 2026, committed; those of 2027 and 2028 started later.

    A start's cost of this plan's years, pay and leavers are not committed. Sensitivity: £8 in all years if every
    joiner were; £0 if only training were.
    """
    costs = """item,line,per,amount,budget
        train,welcome,joiner,2,b
        train,intake,start,2,b
        nurse,pay,fte-year,2,b"""
    result = solve_case(tmp_path, {**TEAM, "costs": costs}, TEN_A_YEAR)
    assert result.series("spend", "committed", line="welcome") == approx([8, 0, 0])
    assert result.series("spend", "committed", line="intake") == approx([0, 0, 0])
    assert result.series("spend", "committed", line="pay") == approx([0, 0, 0])


def test_discounting_factor_by_factor(tmp_path: Path) -> None:
    """Proves: £1000 a year at 25 %: 1000 × (1 + 0.8 + 0.64) = 2440; undiscounted 3000; amounts stay as they are.

    Sensitivity: 1952 if the first year were discounted too; 2312.5 with factors of 1 − 0.25.
    """
    result = solve_case(
        tmp_path,
        {
            "settings": {"discount_rate": 0.25},
            "costs": "item,line,per,amount,budget\nnurse,pay,fte-year,100,pay",
        },
    )
    assert result.values["cost"] == approx(2440)
    assert result.plan["cost"] == approx({"discounted": 2440, "undiscounted": 3000})
    assert result.series("spend", "amount") == approx([1000, 1000, 1000])


def test_unmet_demand_is_not_discounted(tmp_path: Path) -> None:
    """Proves: 5 FTE short every year are 15. Sensitivity: 12.2 if they were discounted at 25 %."""
    result = solve_case(tmp_path, {"settings": {"discount_rate": 0.25}, "staff_in_post": "role,fte\nnurse,5"})
    assert result.values["unmet"] == approx(15)
