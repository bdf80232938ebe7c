"""Merging: entries append, replace by name, and can be dropped; lists are split first."""

from __future__ import annotations

import pytest

BASE = """
title: Base
priorities: [cost]
whole_numbers: true
budgets:
  - {budget: training, limit: 100}
  - {budget: outsourcing, limit: 40}
training_capacity:
  - {route: [specialty, degree], places: 10}
  - {route: [specialty, degree], places: 6, each: [area]}
skill_mix:
  - {task: [plain_report, xs_report], role: radiologist, max_share: 0.9}
limits:
  - {name: few exits, quantity: starts, where: {kind: exit}, at_most: 3}
"""


def merged(options, text: str) -> dict[str, float]:
    """The bounds of the first year by label, once `text` is laid over the base."""
    policy = options.policy(f"extends: base.yaml\n{text}", base=BASE)
    return {
        limit.label: limit.parts[0].factor[0] if limit.parts else round(limit.constant[0], 9) for limit in policy.limits
    }


def test_entries_are_inherited_and_new_ones_append(options) -> None:
    assert merged(options, "adoption: [{role: radiologist, max_fte: 70}]") == {
        "budgets training": 100,
        "budgets outsourcing": 40,
        "training_capacity specialty": 8,
        "training_capacity degree": 10,
        "training_capacity specialty by area": 4.8,
        "training_capacity degree by area": 6,
        "skill_mix plain_report radiologist/max_share": 0.9,
        "skill_mix xs_report radiologist/max_share": 0.9,
        "adoption radiologist/max_fte": 70,
        "few exits": 3,
    }


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("budgets: [{budget: training, limit: 7}]", {"budgets training": 7}),
        ("budgets: [{name: budgets training, budget: training, limit: 7}]", {"budgets training": 7}),
        ("training_capacity: [{route: degree, places: 7}]", {"training_capacity degree": 7}),
        (
            "training_capacity: [{route: degree, places: 7, each: [area]}]",
            {"training_capacity degree by area": 7},
        ),
        (
            "skill_mix: [{task: xs_report, role: radiologist, max_share: 0.5}]",
            {"skill_mix xs_report radiologist/max_share": 0.5},
        ),
        (
            "limits: [{name: few exits, quantity: starts, where: {kind: exit}, at_most: 1}]",
            {"few exits": 1},
        ),
        ("limits: [{name: few exits, drop: true}]", {"few exits": None}),
        ("budgets: [{name: budgets training, drop: yes}]", {"budgets training": None}),
        ("training_capacity: [{name: training_capacity degree, drop: true}]", {"training_capacity degree": None}),
        (
            "skill_mix: [{name: skill_mix xs_report radiologist, drop: true, note: not agreed}]",
            {"skill_mix xs_report radiologist/max_share": None},
        ),
    ],
)
def test_an_entry_of_the_same_name_replaces_or_removes_the_inherited_one_alone(
    options, text: str, changed: dict[str, float | None]
) -> None:
    """Proves: one route of an inherited list can be overridden. Sensitivity: both routes would change."""
    before = merged(options, "")
    expected = {label: changed.get(label, bound) for label, bound in before.items()}
    after = merged(options, text)
    assert after == {label: bound for label, bound in expected.items() if bound is not None}
    assert list(after) == [label for label in before if label in after]


def test_an_entry_of_another_name_stands_beside_the_inherited_one(options) -> None:
    after = merged(options, "budgets: [{name: settlement, budget: training, limit: 7}]")
    assert (after["budgets training"], after["settlement"]) == (100, 7)


def test_a_named_list_is_replaced_and_dropped_as_one(options) -> None:
    base = "training_capacity: [{name: medical, route: [specialty, degree], places: 10}]"
    policy = options.policy("extends: base.yaml\ntraining_capacity: [{name: medical, drop: true}]", base=base)
    assert policy.limits == ()
    policy = options.policy(
        "extends: base.yaml\ntraining_capacity: [{name: medical, route: degree, places: 2}]", base=base
    )
    assert [(limit.label, limit.constant[0]) for limit in policy.limits] == [("medical", 2.0)]


def test_priorities_are_replaced_and_single_values_overridden(options) -> None:
    policy = options.policy("extends: base.yaml\npriorities: [unmet]\nwhole_numbers: no", base=BASE)
    assert [priority.name for priority in policy.priorities] == ["unmet"]
    assert policy.whole_numbers is False
    inherited = options.policy("extends: base.yaml", base=BASE)
    assert [priority.name for priority in inherited.priorities] == ["cost"]
    assert inherited.whole_numbers is True


def test_the_nearest_file_wins_along_a_chain(options) -> None:
    policy = options.policy(
        "extends: middle.yaml\nbudgets: [{budget: outsourcing, limit: 1}]",
        middle="extends: base.yaml\nbudgets: [{budget: training, limit: 2}, {budget: outsourcing, limit: 2}]",
        base=BASE,
    )
    assert [limit.constant[0] for limit in policy.limits[:2]] == [2.0, 1.0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "hold: [{route: specialty}]\n\nlimits:\n  - {name: hold specialty, quantity: starts, at_most: 1}",
            'line 4, key limits name: found the name "hold specialty" a second time (first on line 1)',
        ),
        (
            "budgets:\n  - {budget: training, limit: 1}\n  - {budget: training, total: 1}",
            'line 3, key budgets budget: found the name "budgets training" a second time (first on line 2)',
        ),
        (
            "pace:\n  - {route: [specialty], max_increase: 1}\n  - {route: [specialty], max_decrease: 1}",
            'line 3, key pace route: found the name "pace specialty" a second time (first on line 2)',
        ),
    ],
)
def test_the_same_name_twice_in_one_file_is_a_fault(options, text: str, message: str) -> None:
    assert options.fault(text) == f"{message}, expected every entry a name of its own. Give one of them a name."


def test_dropping_what_nothing_inherits_is_a_fault_with_the_nearest_name(options) -> None:
    said = options.said("extends: base.yaml\nbudgets:\n  - {name: budget training, drop: true}\n", base=BASE)
    assert said == [
        (
            'option.yaml: line 3, key budgets name: found "budget training", expected the name of an inherited entry. '
            'Did you mean "budgets training"?'
        )
    ]


def test_dropping_an_entry_of_the_same_file_is_a_fault(options) -> None:
    """Proves: drop is about what is inherited. Sensitivity: the entry would vanish without a word."""
    text = "hold: [{route: specialty}]\nlimits: [{name: hold specialty, drop: true}]"
    assert "a second time" in options.fault(text)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{drop: true}",
            (
                ": found drop without a name, expected a name. "
                "Write {name: …, drop: true} with the name of the inherited entry."
            ),
        ),
        (
            "{name: few exits, drop: true, at_most: 2}",
            (
                " at_most: found at_most beside drop, expected only a name. Keep only name and drop, or remove drop: "
                "an entry of the same name changes the keys it gives."
            ),
        ),
        ("{name: few exits, drop: no}", " drop: found drop: no, expected drop: true. Remove the key."),
        ("{name: few exits, drop: perhaps}", ' drop: found "perhaps", expected yes or no.'),
    ],
)
def test_a_drop_names_one_entry_and_nothing_else(options, entry: str, message: str) -> None:
    said = options.said(f"extends: base.yaml\nlimits:\n  - {entry}\n", base=BASE)
    assert said == [f"option.yaml: line 3, key limits{message}"]


def test_names_are_not_said_missing_when_an_ancestor_cannot_be_read(options) -> None:
    said = options.said("extends: gone.yaml\nlimits: [{name: few exits, drop: true}]")
    assert len(said) == 1
    assert "gone.yaml" in said[0]


def test_a_name_that_a_limit_of_another_entry_already_has_is_a_fault(options) -> None:
    """Proves: every limit can be told from every other, whatever users call theirs."""
    said = options.fault(
        "budgets: [{budget: training, limit: 1, carry_forward: 0.1}]\n"
        "limits:\n  - {name: budgets training/carry, quantity: starts, at_most: 1}"
    )
    assert said == (
        'line 3, key limits: found "budgets training/carry" a second time, expected names that differ. '
        "Give one of them another name."
    )
