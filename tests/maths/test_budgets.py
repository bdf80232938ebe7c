"""Budgets: limits, carry-forward, totals, cash and real prices."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

SHORT = {
    "staff_in_post": "role,fte\nnurse,5",
    "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
}
"""5 nurses do 50 visits; more can be bought at £1 each from budget o."""


def test_a_limit_holds_each_year(tmp_path: Path) -> None:
    """Proves: 50 more are needed, £30 buys 30: 20 unmet = 2 FTE a year, 6 in all.

    Sensitivity: 0 without the limit; 12 if £30 were for all three years.
    """
    result = solve_case(tmp_path, SHORT, "budgets: [{budget: o, limit: 30}]")
    assert result.values == approx({"unmet": 6, "cost": 90})
    assert result.series("budgets", "limit") == approx([30, 30, 30])
    assert result.series("budgets", "spend") == approx([30, 30, 30])


LATER = {**SHORT, "demand": "task,year,volume\nvisit,2026,60\nvisit,2027,100\nvisit,2028,80"}
"""10, then 50, then 30 visits have to be bought."""


def test_part_of_what_is_unspent_is_carried(tmp_path: Path) -> None:
    """Proves: £20 are unspent in 2026, half of £30 may be carried: 2027 has 45 for 50, so 5 unmet; 2028 has its 30.

    Sensitivity: 0 visits unmet if all 20 were carried; 20 (2 FTE) without carry-forward.
    """
    result = solve_case(tmp_path, LATER, "budgets: [{budget: o, limit: 30, carry_forward: 0.5}]")
    assert result.values["unmet"] == approx(0.5)
    assert result.series("budgets", "carried_out") == approx([15, 0, 0], abs=1e-6)
    assert result.series("budgets", "carried_in") == approx([0, 15, 0], abs=1e-6)
    assert result.series("budgets", "spend") == approx([10, 45, 30])


def test_a_limit_also_sets_what_may_be_carried(tmp_path: Path) -> None:
    """Proves: £1 more in 2026 lets £0.50 more be carried: 0.5 visits = 0.05 FTE less unmet; in 2027 £1 is 0.1 FTE.

    In 2028 nothing is short, so a £ there buys nothing. What is bought is spent: price_cost −0.5, −1, 0.
    Sensitivity: 0 in 2026 if the price looked at the spending row alone.
    """
    result = solve_case(tmp_path, LATER, "budgets: [{budget: o, limit: 30.5, carry_forward: 0.5}]")
    rows = [row for row in result.rows("limits", limit="budgets o") if float(row["bound"]) >= 30]
    assert [float(row["price_unmet"]) for row in rows] == approx([0.05, 0.1, 0])
    assert [float(row["price_cost"]) for row in rows] == approx([-0.5, -1, 0])


def test_nothing_is_carried_out_of_the_last_modelled_year(tmp_path: Path) -> None:
    """Proves: with 2028 the last modelled year, nothing is carried out of it though 30 are unspent.

    Sensitivity: 15 carried out if the last year were like the others.
    """
    demand = "task,year,volume\nvisit,2026,60\nvisit,2027,100\nvisit,2028,50"
    result = solve_case(tmp_path, {**SHORT, "demand": demand}, "budgets: [{budget: o, limit: 30, carry_forward: 0.5}]")
    assert result.series("budgets", "carried_out")[-1] == approx(0, abs=1e-9)


def test_a_cash_limit_buys_less_each_year(tmp_path: Path) -> None:
    """Proves: £33 cash, price year 2025, inflation 10 % in 2026 and 25 % from 2027: 30, 24, 19.2 in real terms.

    Unmet: 20 + 26 + 30.8 = 76.8 → 7.68 FTE. Sensitivity: 5.1 if cash were real (17 a year); 30 in 2027 if inflation
    were that of the first year only (27.3); 26.4 in 2026 if inflation of the wrong year were used.
    """
    settings = {"price_year": 2025, "inflation": {2025: 0.5, 2026: 0.1, 2027: 0.25}}
    result = solve_case(tmp_path, {**SHORT, "settings": settings}, "budgets: [{budget: o, limit: 33, prices: cash}]")
    assert result.series("spend", "amount") == approx([30, 24, 19.2])
    assert result.values["unmet"] == approx(7.68)


def test_a_limit_is_real_unless_it_says_cash(tmp_path: Path) -> None:
    """Proves: inflation does not touch a real limit: 30 a year. Sensitivity: 24 in 2027 if it did."""
    settings = {"price_year": 2025, "inflation": {2026: 0.1, 2027: 0.25}}
    result = solve_case(tmp_path, {**SHORT, "settings": settings}, "budgets: [{budget: o, limit: 30}]")
    assert result.series("spend", "amount") == approx([30, 30, 30])


def test_a_total_is_over_the_reported_years_and_gives_the_run_out_its_average(tmp_path: Path) -> None:
    """Proves: £60 for 2026 and 2027 together leave 40 of 100 unmet; the run-out year has 60 ÷ 2 = 30, so 20 unmet.

    60 ÷ 10 = 6 FTE. Sensitivity: 9 if 60 were for all three years; 4 if the run-out had no limit; 7 if the run-out
    year's part were 60 ÷ 3 = 20.
    """
    result = solve_case(
        tmp_path,
        {**SHORT, "settings": {"last_year": 2027, "run_out_years": 1}},
        "budgets: [{budget: o, total: 60}]",
    )
    assert result.values["unmet"] == approx(6)
    assert sum(result.series("spend", "amount")) == approx(60)
    assert result.series("spend", "amount", part="run_out") == approx([30])


def test_a_pound_more_in_total_also_eases_the_run_out(tmp_path: Path) -> None:
    """Proves: £1 more buys 1 visit in the reported years and 0.5 in the run-out year: 0.15 FTE.

    Sensitivity: 0.1 if the run-out's part did not follow the total.
    """
    result = solve_case(
        tmp_path,
        {**SHORT, "settings": {"last_year": 2027, "run_out_years": 1}},
        "budgets: [{budget: o, total: 60}]",
    )
    (row,) = result.rows("limits", limit="budgets o")
    assert float(row["bound"]) == approx(60)
    assert float(row["price_unmet"]) == approx(0.15)


def test_limits_by_year_hold_until_the_next(tmp_path: Path) -> None:
    """Proves: 10 from 2026, 40 from 2028: bought 10, 10, 40. Sensitivity: 25 in 2027 if it were a ramp."""
    result = solve_case(tmp_path, SHORT, "budgets: [{budget: o, limit: {2026: 10, 2028: 40}}]")
    assert result.series("demand", "outsourced") == approx([10, 10, 40])


def test_a_ramp_is_a_straight_line(tmp_path: Path) -> None:
    """Proves: 10 in 2026 to 40 in 2028: 10, 25, 40. Sensitivity: 10 in 2027 if the first value held."""
    result = solve_case(tmp_path, SHORT, "budgets: [{budget: o, limit: {ramp: {2026: 10, 2028: 40}}}]")
    assert result.series("demand", "outsourced") == approx([10, 25, 40])


def test_after_its_last_year_a_ramp_stays(tmp_path: Path) -> None:
    """Proves: from 10 in 2025 to 20 in 2027: 15, 20, 20. Sensitivity: 25 in 2028 if the line went on."""
    result = solve_case(tmp_path, SHORT, "budgets: [{budget: o, limit: {ramp: {2025: 10, 2027: 20}}}]")
    assert result.series("demand", "outsourced") == approx([15, 20, 20])


def test_a_pound_buys_discounted_less_in_cost(tmp_path: Path) -> None:
    """Proves: £1 more buys one visit, 0.1 FTE, each year; as it is spent, cost worsens by 1, 0.8, 0.64.

    Sensitivity: −1 every year if prices were undiscounted; +1 if the sign were the solver's.
    """
    result = solve_case(tmp_path, {**SHORT, "settings": {"discount_rate": 0.25}}, "budgets: [{budget: o, limit: 30}]")
    rows = result.rows("limits", limit="budgets o")
    assert [float(row["price_unmet"]) for row in rows] == approx([0.1, 0.1, 0.1])
    assert [float(row["price_cost"]) for row in rows] == approx([-1, -0.8, -0.64])


def test_a_limit_and_a_total_hold_together(tmp_path: Path) -> None:
    """Proves: £30 a year at most, £70 in all: 70 of 150 visits bought, 80 unmet = 8 FTE, at most 30 in a year.

    Sensitivity: 6 if the total were ignored; 8 with 50 in one year if the limit were.
    """
    result = solve_case(tmp_path, SHORT, "budgets: [{budget: o, limit: 30, total: 70}]")
    assert result.values == approx({"unmet": 8, "cost": 70})
    assert max(result.series("demand", "outsourced")) <= 30 + 1e-6


def test_money_of_another_budget_does_not_help(tmp_path: Path) -> None:
    """Proves: only what is spent from budget o counts against it: £30 of it and the £500 of pay are two things.

    Sensitivity: 15 FTE unmet if pay were counted too, as nothing would be left to buy with, and no plan at all as pay
    cannot be avoided.
    """
    costs = SHORT["costs"] + "\nnurse,pay,fte-year,100,pay"
    result = solve_case(tmp_path, {**SHORT, "costs": costs}, "budgets: [{budget: o, limit: 30}]")
    assert result.values == approx({"unmet": 6, "cost": 1590})
