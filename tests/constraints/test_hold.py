"""Hold: intakes that stay."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Part


def test_an_intake_is_exactly_that_of_the_last_past_year_in_each_area(options) -> None:
    first, second = options.policy("hold: [{route: [specialty, reporting_course]}]").limits
    assert [first.label, second.label] == ["hold specialty", "hold reporting_course"]
    assert (first.quantity, first.each, first.sense) == ("starts", ("area", "year"), "exactly")
    assert first.parts == (Part("starts", {"route": ("specialty",)}, (1.0,) * 5, when="before_first_year"),)
    assert first.constant == (0.0,) * 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "hold: [{route: intl_radiology}]",
            (
                'key hold route: found "intl_radiology" without past starts in north, south, '
                "expected past starts in every "
                "area. Add the rows to past_starts.csv, up to 2025 (write 0 where there were none)."
            ),
        ),
        (
            "hold: [{route: reporting_course}]\nwhole_numbers: yes",
            (
                "key hold route: found 2.5 past starts of reporting_course in north, expected whole past starts, as "
                "whole_numbers needs. Round them in past_starts.csv, or remove whole_numbers."
            ),
        ),
        (
            "hold: [{}]",
            "key hold route: found no route, expected a route or a list of them. Add route: [specialty].",
        ),
    ],
)
def test_what_is_wrong_is_said(options, text: str, message: str) -> None:
    assert options.fault(text) == f"line 1, {message}"


def test_whole_past_starts_may_be_held_in_whole_numbers(options) -> None:
    policy = options.policy("hold: [{route: specialty}]\nwhole_numbers: true")
    assert policy.whole_numbers
    assert len(policy.limits) == 1
