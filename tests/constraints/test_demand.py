"""Unmet demand: allowed, forbidden or priced, and how shortage is shared out."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Priority, Tier


def test_unmet_demand_is_allowed_unless_said(options) -> None:
    policy = options.policy("title: Nothing said")
    assert (policy.unmet, policy.price_per_fte) == ("allowed", None)
    assert policy.tiers == (Tier(None, 1.0),)
    assert policy.limits == ()


def test_forbidden_is_a_limit_of_nought_on_each_area_task_and_year(options) -> None:
    policy = options.policy("title: All of it\ndemand:\n  unmet: forbidden\n  set_by: The board\n")
    (limit,) = policy.limits
    assert (limit.label, limit.name, limit.family) == ("demand unmet", "demand unmet", "demand")
    assert (limit.quantity, dict(limit.where), limit.each) == ("unmet", {}, ("area", "task", "year"))
    assert (limit.sense, limit.constant, limit.parts) == ("at_most", (0.0,) * 5, ())
    assert limit.years == (2026, 2027, 2028, 2029, 2030)
    assert limit.unit == "units"
    assert (limit.set_by, limit.place.line) == ("The board", 3)
    assert policy.unmet == "forbidden"


def test_priced_leaves_one_priority_the_cost(options) -> None:
    policy = options.policy("demand: {unmet: priced, price_per_fte: £90k}")
    assert (policy.unmet, policy.price_per_fte) == ("priced", 90_000.0)
    assert policy.priorities == (Priority("cost", "cost"),)
    assert policy.limits == ()


def test_tiers_are_read_in_order(options) -> None:
    policy = options.policy("demand: {tiers: [{up_to: 5%, weight: 1}, {up_to: 0.15, weight: 2}, {weight: 2}]}")
    assert policy.tiers == (Tier(0.05, 1.0), Tier(0.15, 2.0), Tier(None, 2.0))


@pytest.mark.parametrize(
    ("demand", "message"),
    [
        (
            "{unmet: no}",
            ' unmet: found "no", expected allowed or forbidden or priced. Known: allowed, forbidden, priced.',
        ),
        (
            "{unmet: forbiden}",
            ' unmet: found "forbiden", expected allowed or forbidden or priced. Did you mean "forbidden"?',
        ),
        (
            "{unmet: priced}",
            (
                " unmet: found unmet: priced without a price, expected price_per_fte. "
                "Add price_per_fte: £ per weighted FTE-year, such as 90_000."
            ),
        ),
        (
            "{price_per_fte: 50}",
            (
                " price_per_fte: found a price while unmet is allowed, expected unmet: priced. "
                "Write unmet: priced, or remove price_per_fte."
            ),
        ),
        (
            "{unmet: priced, price_per_fte: -50}",
            " price_per_fte: found -50, expected a number of 0 or more.",
        ),
        ("allowed", ': found "allowed", expected keys and values. Write it as demand: {unmet: allowed}.'),
        (
            "{tiers: []}",
            (
                " tiers: found an empty list, expected a list of tiers, as in [{up_to: 0.05, weight: 1}, {weight: 4}]. "
                "For no tiers write [{weight: 1}]."
            ),
        ),
        (
            "{tiers: [{up_to: 0.1, weight: 1}]}",
            (
                " tiers: found up_to 0.1 in the last tier, expected a last tier without up_to. "
                "Add a tier such as {weight: 4}."
            ),
        ),
        (
            "{tiers: [{weight: 1}, {weight: 2}]}",
            " tiers: found a tier without up_to before the last, expected up_to. Add it, or move it last.",
        ),
        (
            "{tiers: [{up_to: 0.2, weight: 1}, {up_to: 0.1, weight: 2}, {weight: 3}]}",
            " tiers: found up_to 0.1 after 0.2, expected shares that rise. Put the tiers in order.",
        ),
        (
            "{tiers: [{up_to: 0, weight: 1}, {weight: 3}]}",
            " tiers: found up_to 0 after 0, expected shares that rise. Put the tiers in order.",
        ),
        (
            "{tiers: [{up_to: 0.2, weight: 2}, {weight: 1}]}",
            (
                " tiers: found weight 1 after 2, expected weights that do not fall. "
                "Give later tiers at least the weight of earlier ones."
            ),
        ),
        ("{tiers: [{weight: -1}]}", " tiers weight: found -1, expected a number of 0 or more."),
        (
            "{tiers: [{up_to: 0.5}, {weight: 1}]}",
            " tiers weight: found no weight, expected a number. Add weight: 2.",
        ),
        ("{tiers: [4]}", ' tiers: found "4", expected up_to and weight, as in {weight: 4}.'),
        (
            "{tiers: [{up_too: 0.5, weight: 1}, {weight: 1}]}",
            ' tiers up_too: found the key "up_too", expected a known key. Did you mean "up_to"?',
        ),
    ],
)
def test_what_is_wrong_is_said(options, demand: str, message: str) -> None:
    assert options.fault(f"title: A\ndemand: {demand}") == f"line 2, key demand{message}"


def test_priced_allows_no_priorities(options) -> None:
    text = "demand: {unmet: priced, price_per_fte: 5}\npriorities: [cost]"
    assert options.fault(text) == (
        "line 2, key priorities: found priorities while unmet is priced, expected no priorities. "
        "Remove them (inherited ones with priorities: none): the price weighs unmet demand against cost."
    )


def test_inherited_priorities_are_taken_away_for_a_price(options) -> None:
    text = "extends: base.yaml\npriorities: none\ndemand: {unmet: priced, price_per_fte: 5}"
    assert [one.name for one in options.policy(text, base="priorities: [unmet, cost]").priorities] == ["cost"]


def test_demand_merges_key_by_key_and_tiers_are_replaced(options) -> None:
    policy = options.policy(
        "extends: base.yaml\ndemand: {tiers: [{weight: 7}]}",
        base="demand: {unmet: priced, price_per_fte: 5, tiers: [{up_to: 0.1, weight: 1}, {weight: 2}]}",
    )
    assert (policy.unmet, policy.price_per_fte, policy.tiers) == ("priced", 5.0, (Tier(None, 7.0),))


def test_an_option_may_take_back_the_price_it_inherits(options) -> None:
    policy = options.policy(
        "extends: base.yaml\ndemand: {unmet: forbidden}", base="demand: {unmet: priced, price_per_fte: 5}"
    )
    assert (policy.unmet, policy.price_per_fte) == ("forbidden", None)
    assert [limit.label for limit in policy.limits] == ["demand unmet"]
