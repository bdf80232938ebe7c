"""Pace: growth and decline of an intake."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Part

ROUTE = {"route": ("specialty",)}


def test_an_intake_stays_between_two_multiples_of_last_years(options) -> None:
    """Proves: the seed belongs to the upper one alone. Sensitivity: a constant of 5 below would force starts."""
    up, down = options.policy(
        "pace: [{route: specialty, max_increase: 0.25, max_decrease: {2026: 0.25, 2028: 0.5}, seed: 5}]"
    ).limits
    assert up.name == down.name == "pace specialty"
    assert (up.label, down.label) == ("pace specialty/max_increase", "pace specialty/max_decrease")
    for limit in (up, down):
        assert (limit.quantity, dict(limit.where), limit.each) == ("starts", ROUTE, ("area", "year"))
        assert limit.unit == "starts"
    assert (up.sense, up.constant) == ("at_most", (5.0,) * 5)
    assert up.parts == (Part("starts", ROUTE, (1.25,) * 5, when="year_before"),)
    assert (down.sense, down.constant) == ("at_least", (0.0,) * 5)
    assert down.parts == (Part("starts", ROUTE, (0.75, 0.75, 0.5, 0.5, 0.5), when="year_before"),)


def test_one_of_the_two_is_enough(options) -> None:
    (limit,) = options.policy("pace: [{route: specialty, max_increase: 3}]").limits
    assert limit.parts[0].factor == (4.0,) * 5
    assert limit.constant == (0.0,) * 5


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{route: specialty}",
            (
                "key pace: found an entry that limits nothing, expected one of max_increase, max_decrease. "
                "Add max_increase: 0.2."
            ),
        ),
        (
            "{route: specialty, max_decrease: 0.1, seed: 4}",
            "key pace seed: found seed without max_increase, expected max_increase. Add max_increase, or remove seed.",
        ),
        (
            "{route: specialty, max_decrease: 1.1}",
            "key pace max_decrease: found 1.1, expected a share from 0 to 1. For 1.1 per cent write 1.1% or 0.011.",
        ),
        (
            "{route: degree, max_decrease: 0.1}",
            (
                'key pace route: found "degree" without past starts in south, expected past starts in every area. '
                "Add the rows to past_starts.csv, up to 2025 (write 0 where there were none)."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"pace:\n  - {entry}\n") == f"line 2, {message}"


def test_every_route_of_a_list_without_past_starts_is_named_on_its_line(options) -> None:
    said = options.said(
        """
        pace:
          - max_decrease: 0.1
            route:
              - degree
              - specialty
              - intl_radiology
        """
    )
    assert [sentence.split(", expected")[0] for sentence in said] == [
        'option.yaml: line 4, key pace route: found "degree" without past starts in south',
        'option.yaml: line 6, key pace route: found "intl_radiology" without past starts in north, south',
    ]
