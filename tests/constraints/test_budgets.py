"""Budgets: yearly limits, carry-forward, cash, totals."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Carry, Part
from optimiser.constraints.option import read_policy
from optimiser.text.faults import Faults

YEARS = (2026, 2027, 2028, 2029, 2030)


def test_a_yearly_limit_holds_until_the_next_year_given_in_every_modelled_year(options) -> None:
    """Proves: steps by year, run-out included. Sensitivity: 2028 would be 170e6 if a step began a year late."""
    (limit,) = options.limits("budgets: [{budget: training, limit: {2026: £170m, 2028: 180_000_000}}]").values()
    assert (limit.label, limit.name, limit.family) == ("budgets training", "budgets training", "budgets")
    assert (limit.quantity, dict(limit.where)) == ("spend", {"budget": ("training",)})
    assert (limit.each, limit.sense, limit.unit, limit.years) == (("year",), "at_most", "GBP", YEARS)
    assert limit.constant == (170e6, 170e6, 180e6, 180e6, 180e6)
    assert limit.plus == limit.parts == ()
    assert limit.follows is None


def test_money_carried_forward_joins_this_years_spend_and_last_years_bound(options) -> None:
    """Proves: spend[t] + carry[t] ≤ limit[t] + carry[t−1]; carry[t] ≤ 0.05 × limit[t]; none after the last year."""
    policy = options.policy("budgets: [{budget: training, limit: {2026: 100, 2028: 200}, carry_forward: 5%}]")
    main, cap = policy.limits
    here = {"entry": ("budgets training",)}
    assert policy.carries == (Carry("budgets training", "training", YEARS[:-1]),)
    assert main.plus == (Part("carry", here, (1.0,) * 5),)
    assert main.parts == (Part("carry", here, (1.0,) * 5, when="year_before"),)
    assert (cap.label, cap.name) == ("budgets training/carry", "budgets training carry_forward")
    assert (cap.quantity, dict(cap.where), cap.each, cap.unit) == ("carry", here, ("year",), "GBP")
    assert cap.years == YEARS[:-1]
    assert cap.constant == (5.0, 5.0, 10.0, 10.0, 10.0)
    assert cap.follows == ("budgets training", (0.05,) * 5)


def test_a_share_carried_forward_may_differ_by_year(options) -> None:
    _, cap = options.policy("budgets: [{budget: training, limit: 100, carry_forward: {2026: 0.1, 2028: 0}}]").limits
    assert cap.constant == (10.0, 10.0, 0.0, 0.0, 0.0)
    assert cap.follows == ("budgets training", (0.1, 0.1, 0.0, 0.0, 0.0))


def test_nothing_is_carried_where_the_share_is_nought(options) -> None:
    policy = options.policy("budgets: [{budget: training, limit: 100, carry_forward: 0}]")
    assert policy.carries == ()
    assert [limit.label for limit in policy.limits] == ["budgets training"]


def test_a_cash_limit_is_divided_by_the_inflation_since_price_year(options) -> None:
    """Proves: 2 % in 2025, 3 % in 2026, 4 % from 2027. Sensitivity: 100 ÷ 1.03 if 2025 were left out."""
    main, cap = options.policy("budgets: [{budget: training, limit: 100, carry_forward: 0.1, prices: cash}]").limits
    level = [1.02 * 1.03, 1.02 * 1.03 * 1.04, 1.02 * 1.03 * 1.04**2, 1.02 * 1.03 * 1.04**3, 1.02 * 1.03 * 1.04**4]
    assert main.constant == pytest.approx([100 / price for price in level], rel=1e-12)
    assert cap.constant == pytest.approx([10 / price for price in level], rel=1e-12)


def test_a_cash_limit_before_price_year_is_taken_as_it_stands_with_a_word(options) -> None:
    """Proves: the product of inflation is over the years after price_year alone, so empty before it: 100 in 2026.

    Sensitivity: 104 if earlier years were inflated to the prices of 2027.
    """
    faults = Faults()
    later = options.with_settings(price_year=2027)
    path = later.write("budgets: [{budget: training, limit: 100, prices: cash}]")
    (limit,) = read_policy(path, later.evidence, faults).limits
    assert limit.constant == pytest.approx([100, 100, 100 / 1.04, 100 / 1.04**2, 100 / 1.04**3], rel=1e-12)
    assert [fault.code for fault in faults.warnings] == ["cash-before-prices"]


def test_a_total_is_over_the_reported_years_and_each_run_out_year_has_its_part(options) -> None:
    """Proves: 600 over 2026–2029, then 150 in 2030. Sensitivity: 120 if run-out years counted among the reported."""
    total, run_out = options.policy("budgets: [{budget: outsourcing, total: 600}]").limits
    assert (total.label, total.name) == ("budgets outsourcing/total", "budgets outsourcing")
    assert (total.each, total.years, set(total.constant)) == ((), (2026, 2027, 2028, 2029), {600.0})
    assert (run_out.each, run_out.years, set(run_out.constant)) == (("year",), (2030,), {150.0})
    assert run_out.name == "budgets outsourcing"
    assert run_out.follows == ("budgets outsourcing/total", (0.25,) * 5)


def test_without_run_out_years_a_total_is_one_row(options) -> None:
    limits = options.with_settings(run_out_years=0).limits("budgets: [{budget: outsourcing, total: 600}]")
    assert list(limits) == ["budgets outsourcing/total"]


def test_a_limit_and_a_total_may_stand_together(options) -> None:
    limits = options.limits("budgets: [{budget: training, limit: 100, total: 300}]")
    assert list(limits) == ["budgets training", "budgets training/total", "budgets training/total run-out"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{budget: trainig, limit: 3}",
            'key budgets budget: found "trainig", expected a budget. Did you mean "training"?',
        ),
        (
            "{budget: training}",
            (
                "key budgets: found an entry that limits nothing, expected one of limit, total. "
                "Add limit: {2026: 170e6, 2028: 180e6}."
            ),
        ),
        (
            "{budget: training, total: 3, carry_forward: 0.1}",
            (
                "key budgets carry_forward: found carry_forward without limit, expected a limit by year. "
                "Add a limit, or remove carry_forward: a total is real and carries nothing."
            ),
        ),
        (
            "{budget: training, total: 3, prices: cash}",
            (
                "key budgets prices: found prices without limit, expected a limit by year. "
                "Add a limit, or remove prices: a total is real and carries nothing."
            ),
        ),
        (
            "{budget: training, limit: 3, prices: nominal}",
            'key budgets prices: found "nominal", expected real or cash. Known: cash, real.',
        ),
        (
            "{budget: training, limit: 3, carry_forward: 5}",
            "key budgets carry_forward: found 5, expected a share from 0 to 1. For 5 per cent write 5% or 0.05.",
        ),
        ("{budget: training, limit: -3}", "key budgets limit: found -3, expected a number of 0 or more."),
        (
            "{budget: training, total: {2026: 3}}",
            "key budgets total: found keys and values, expected a number.",
        ),
        (
            "{budget: training, limit: {2027: 3}}",
            "key budgets limit: found a value that starts in 2027, expected one from 2026 on. Add what holds in 2026.",
        ),
        ("{budget: [training], limit: 3}", "key budgets budget: found a list, expected a budget."),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"budgets:\n  - {entry}\n") == f"line 2, {message}"


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"price_year": None}, "prices: cash without price_year, expected both in the settings. Add price_year to"),
        ({"inflation": None}, "prices: cash without inflation, expected both in the settings. Add inflation to"),
    ],
)
def test_cash_needs_price_year_and_inflation(options, settings: dict[str, None], found: str) -> None:
    said = options.with_settings(**settings).fault("budgets: [{budget: training, limit: 3, prices: cash}]")
    assert said == f"line 1, key budgets prices: found {found} the settings, or write prices: real."


def test_cash_needs_inflation_from_the_year_after_price_year(options) -> None:
    said = options.with_settings(price_year=2023).fault("budgets: [{budget: training, limit: 3, prices: cash}]")
    assert said == (
        "line 1, key budgets prices: found inflation that starts in 2025, expected inflation from 2024 on. "
        "Add inflation for 2024 to the settings."
    )
