"""Priorities: what is minimised, in order."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Priority


def test_a_quantity_of_ones_own(options) -> None:
    policy = options.policy(
        """
        priorities:
          - quantity: starts
            where: {kind: exit}
          - cost
        """
    )
    assert policy.priorities == (Priority("starts", "starts", True, {"kind": ("exit",)}), Priority("cost", "cost"))


def test_a_second_one_of_the_same_name_is_numbered(options) -> None:
    """Proves: names are unique, so that each has its own price column, and `unmet` stays the weighted one."""
    policy = options.policy(
        "priorities: [{quantity: unmet}, {quantity: starts}, {quantity: starts, where: {kind: exit}}, unmet]"
    )
    assert [priority.name for priority in policy.priorities] == ["unmet_2", "starts", "starts_2", "unmet"]
    assert [priority.own for priority in policy.priorities] == [True, True, True, False]


@pytest.mark.parametrize(
    ("priorities", "message"),
    [
        ("[]", ": found an empty list, expected a list, as in [unmet, cost]. Name at least one thing to minimise."),
        ("cost", ': found "cost", expected a list, as in [unmet, cost]. Name at least one thing to minimise.'),
        (
            "[unmet, costs]",
            ': found "costs", expected unmet, cost or a quantity of your own. Did you mean "cost"?',
        ),
        (
            "[starts]",
            ': found "starts", expected unmet, cost or a quantity of your own. Write {quantity: starts}.',
        ),
        ("[unmet, unmet]", ': found "unmet" twice, expected each once. Remove one.'),
        (
            "[{quantity: starts, where: {kind: exits}}]",
            ' where kind: found "exits", expected a kind of route. Did you mean "exit"?',
        ),
        (
            "[{quantity: starts, where: {task: xs_report}}]",
            (
                ' where task: found the key "task" of starts, expected one of route, kind, '
                "from_role, role, area, region. "
                "Known: area, from_role, kind, region, role, route."
            ),
        ),
        (
            "[{quantity: demand}]",
            (
                ": found demand, expected a quantity that a plan can change. "
                "Minimise a decision, such as unmet or outsourced."
            ),
        ),
        (
            "[{where: {kind: exit}}]",
            (
                ": found no quantity, expected a quantity and where, as in "
                "{quantity: joiners, where: {role: radiologist}}."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(options, priorities: str, message: str) -> None:
    assert options.fault(f"priorities: {priorities}") == f"line 1, key priorities{message}"
