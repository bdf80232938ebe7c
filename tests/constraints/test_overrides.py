"""Overrides by key: what an entry of an inherited name changes, takes away, and reckons from what it inherits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from optimiser.constraints.relative import Relative
from optimiser.text.by_year import ByYear

BASE = """
whole_numbers: true
demand: {unmet: priced, price_per_fte: 100, tiers: [{up_to: 0.1, weight: 1}, {weight: 2}]}
budgets:
  - {budget: training, limit: {2026: 100, 2028: 200}, carry_forward: 0.1, prices: cash, set_by: the board}
  - {budget: outsourcing, total: 40}
training_capacity:
  - {route: [specialty, degree], places: {ramp: {2026: 10, 2030: 30}}}
pace:
  - {name: slow, route: [specialty], max_increase: 0.2, seed: 5}
limits:
  - {name: few, quantity: starts, where: {kind: exit}, at_most: 3, of: {quantity: staff, where: {role: radiographer}}}
"""


def entry(options, name: str, text: str, base: str = BASE):
    """The entry of that name once `text` is laid over the base."""
    policy = options.policy(f"extends: base.yaml\n{text}", base=base)
    return next(one for one in policy.entries if one.name == name)


def years(value: ByYear) -> list[float]:
    """A value by year in 2026 to 2030."""
    return [value.at(year) for year in range(2026, 2031)]


def test_keys_that_are_not_given_stay(options) -> None:
    """Proves: a new limit keeps cash prices, carry-forward and owner. Sensitivity: all three used to be lost."""
    found = entry(options, "budgets training", "budgets: [{budget: training, limit: 150}]")
    assert years(found.values["limit"]) == [150] * 5
    assert found.values["prices"] == "cash"
    assert found.values["carry_forward"] == ByYear.of(0.1)
    assert found.set_by == "the board"


def test_a_named_entry_needs_only_what_it_changes(options) -> None:
    found = entry(options, "slow", "pace: [{name: slow, seed: 7}]")
    assert (found.values["seed"], found.values["route"]) == (ByYear.of(7), ("specialty",))
    assert found.values["max_increase"] == ByYear.of(0.2)


def test_one_route_of_an_inherited_list_is_changed_alone(options) -> None:
    text = "training_capacity: [{route: degree, places: {times: 2}}]"
    assert years(entry(options, "training_capacity degree", text).values["places"]) == [20, 30, 40, 50, 60]
    assert years(entry(options, "training_capacity specialty", text).values["places"]) == [10, 15, 20, 25, 30]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{times: 1.2}", [120, 120, 240, 240, 240]),
        ("{times: {2028: 1.5, 2030: 2}}", [100, 100, 300, 300, 400]),
        ("{times: {2027: 2}}", [100, 200, 400, 400, 400]),
        ("{plus: 6}", [106, 106, 206, 206, 206]),
        ("{plus: {2027: 6}}", [100, 106, 206, 206, 206]),
        ("{plus: {ramp: {2027: 0, 2029: 20}}}", [100, 100, 210, 220, 220]),
        ("{plus: -50}", [50, 50, 150, 150, 150]),
    ],
)
def test_relative_values_are_reckoned_year_by_year(options, value: str, expected: list[float]) -> None:
    """Proves: as inherited before the first year given, then inherited × or + the amount of the year.

    Sensitivity: a rule that scaled only the years written would give 200 × 1.5 in 2027 too, or lose the step of 2028.
    """
    found = entry(options, "budgets training", f"budgets: [{{budget: training, limit: {value}}}]")
    assert years(found.values["limit"]) == approx(expected)


def test_relative_over_relative_over_absolute(options) -> None:
    """Proves: 100 and 200, then × 1.1 from 2027, then + 10 from 2028. Sensitivity: the last alone gives 210."""
    options.write(BASE, "root.yaml")
    middle = "extends: root.yaml\nbudgets: [{budget: training, limit: {times: {2027: 1.1}}}]"
    found = entry(options, "budgets training", "budgets: [{budget: training, limit: {plus: {2028: 10}}}]", middle)
    assert years(found.values["limit"]) == approx([100, 110, 230, 230, 230])


def test_a_relative_ramp_stays_a_ramp_between_its_years(options) -> None:
    """Proves: a ramp from 10 to 30 times one from 1 to 2 is the product each year, not a line between the ends."""
    text = "training_capacity: [{route: degree, places: {times: {ramp: {2026: 1, 2030: 2}}}}]"
    found = years(entry(options, "training_capacity degree", text).values["places"])
    assert found == approx([10, 15 * 1.25, 20 * 1.5, 25 * 1.75, 60])


def test_plain_numbers_are_relative_too(options) -> None:
    text = "budgets: [{budget: outsourcing, total: {times: 1.5}}]\ndemand: {price_per_fte: {plus: 20}}"
    assert entry(options, "budgets outsourcing", text).values["total"] == 60
    assert options.policy(f"extends: base.yaml\n{text}", base=BASE).price_per_fte == 120


def test_none_takes_a_key_a_family_and_what_is_on_top_away(options) -> None:
    text = "budgets: [{budget: training, carry_forward: none, prices: none, set_by: none}]"
    found = entry(options, "budgets training", text)
    assert set(found.values) == {"budget", "limit"}
    assert found.set_by == ""
    policy = options.policy("extends: base.yaml\nbudgets: none\npace: none\nwhole_numbers: none", base=BASE)
    assert {one.family for one in policy.entries} == {"training_capacity", "limits"}
    assert policy.whole_numbers is False
    assert options.policy("extends: base.yaml\ndemand: none", base=BASE).unmet == "allowed"
    assert len(options.policy("extends: base.yaml\ndemand: {tiers: none}", base=BASE).tiers) == 1


def test_where_and_of_are_replaced_whole(options) -> None:
    found = entry(options, "few", "limits: [{name: few, where: {route: degree}, of: {quantity: starts}}]")
    assert found.values["where"] == {"route": ("degree",)}
    assert (found.values["of"].quantity, found.values["of"].where) == ("starts", {})


def test_each_value_keeps_the_place_where_it_is_written(options) -> None:
    found = entry(options, "budgets training", "budgets:\n  - {budget: training, limit: {times: 2}}")
    places = {key: (place.file.rsplit("/", 1)[-1], place.line) for key, place in found.places.items()}
    assert places["limit"] == ("option.yaml", 3)
    assert places["carry_forward"] == ("base.yaml", 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "budgets: [{budget: workforce, limit: {times: 2}}]",
            (
                "budgets limit: found limit: times, where no limit is inherited, expected an inherited limit. "
                "Write the number itself."
            ),
        ),
        (
            "limits: [{name: fw, at_most: {plus: 1}}]",
            (
                "limits at_most: found at_most: plus, where no at_most is inherited, expected an inherited "
                'at_most. No entry "fw" is inherited: did you mean "few"?'
            ),
        ),
        (
            "pace: [{name: slow, max_decrease: none}]",
            (
                "pace max_decrease: found max_decrease: none, where no max_decrease is inherited, expected an "
                "inherited max_decrease. Remove it."
            ),
        ),
        (
            "training_capacity: [{route: degree, places: none}]",
            (
                "training_capacity places: found places: none, no places, expected a number, {2026: a, 2030: b}"
                " or {ramp: {2026: a, 2030: b}}. Give it a value, or remove the whole entry: {name: training_capacity "
                "degree, drop: true}."
            ),
        ),
        (
            "budgets: [{budget: training, limit: +5}]",
            (
                'budgets limit: found "+5", expected a number without +. To add it to the inherited value '
                "write {plus: 5}; for the number itself write 5."
            ),
        ),
        (
            "budgets: [{budget: training, carry_forward: {times: 20}}]",
            (
                "budgets carry_forward: found carry_forward times 20, which makes 2, expected a share from 0 "
                "to 1. Change it by less."
            ),
        ),
        (
            "budgets: [{budget: training, limit: {times: 2, plus: 1}}]",
            (
                "budgets limit: found times beside plus, expected only times. Keep times alone; a file that "
                "extends this one can say more."
            ),
        ),
        (
            "budgets: [{budget: training, limit: }]",
            (
                "budgets limit: found limit without a value, expected a number, {2026: a, 2030: b} or {ramp: "
                "{2026: a, 2030: b}}. Write a value, or none to take an inherited one away, or remove the key."
            ),
        ),
        (
            "adoption: none",
            ("adoption: found adoption: none, where no entry is inherited, expected inherited adoption. Remove it."),
        ),
        (
            "adoption: [{name: slow, role: radiologist, max_fte: 3}]",
            (
                'adoption name: found "slow", which is inherited as an entry of pace, expected an entry of '
                "adoption. Give it another name."
            ),
        ),
    ],
)
def test_what_cannot_be_laid_over_is_said(options, text: str, message: str) -> None:
    said = options.said(f"extends: base.yaml\n{text}", base=BASE)
    assert f"option.yaml: line 2, key {message}" in said


VALUES = st.integers(-50, 50).map(float)
POINTS = st.dictionaries(st.integers(2024, 2034), VALUES, min_size=1, max_size=4)


def by_years() -> st.SearchStrategy[ByYear]:
    """Any value by year: a number, steps or a ramp."""
    steps = st.tuples(POINTS, st.booleans()).map(
        lambda one: ByYear(tuple(sorted(one[0])), tuple(one[0][year] for year in sorted(one[0])), one[1])
    )
    return st.one_of(VALUES.map(ByYear.of), steps)


@given(by_years(), by_years(), st.sampled_from(["times", "plus"]))
def test_a_relative_value_is_its_definition_in_every_year(inherited: ByYear, amount: ByYear, how) -> None:
    """Proves: for every year from the first of what is inherited: inherited before the first amount, then × or +."""
    found = Relative(how, amount).of(inherited)
    assert found.first_year == inherited.first_year
    for year in range(inherited.first_year or 1990, 2050):
        before = inherited.at(year)
        if amount.years and year < amount.years[0]:
            expected = before
        else:
            expected = before * amount.at(year) if how == "times" else before + amount.at(year)
        assert found.at(year) == approx(expected)


@given(by_years())
def test_times_one_and_plus_nothing_change_nothing(inherited: ByYear) -> None:
    assert Relative("times", ByYear.of(1.0)).of(inherited) == inherited
    assert Relative("plus", ByYear.of(0.0)).of(inherited) == inherited
