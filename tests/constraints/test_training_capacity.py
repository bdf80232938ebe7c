"""Training capacity: filled places."""

from __future__ import annotations

import pytest


def test_starts_are_at_most_the_filled_places_of_all_areas_together(options) -> None:
    """Proves: the fill rate of 0.8 counts. Sensitivity: 300 and 430 if it did not."""
    (limit,) = options.limits("training_capacity: [{route: specialty, places: {2026: 300, 2028: 430}}]").values()
    assert (limit.label, limit.name) == ("training_capacity specialty", "training_capacity specialty")
    assert (limit.quantity, dict(limit.where)) == ("starts", {"route": ("specialty",)})
    assert (limit.each, limit.sense, limit.unit) == (("year",), "at_most", "starts")
    assert limit.constant == pytest.approx((240, 240, 344, 344, 344))


@pytest.mark.parametrize("each", ["[area]", "area", "[area, year]"])
def test_with_each_area_the_places_are_those_of_every_area_and_the_name_says_so(options, each: str) -> None:
    (limit,) = options.limits(f"training_capacity: [{{route: degree, places: 3, each: {each}}}]").values()
    assert limit.name == "training_capacity degree by area"
    assert limit.each == ("area", "year")


def test_a_list_of_routes_means_each_of_them(options) -> None:
    limits = options.limits("training_capacity: [{route: [specialty, degree], places: 100}]")
    assert {label: limit.constant[0] for label, limit in limits.items()} == {
        "training_capacity specialty": 80.0,
        "training_capacity degree": 100.0,
    }


def test_a_named_list_keeps_its_one_name_and_its_limits_stay_apart(options) -> None:
    limits = options.limits("training_capacity: [{name: medical, route: [specialty, degree], places: 100}]")
    assert {label: limit.name for label, limit in limits.items()} == {
        "medical/specialty": "medical",
        "medical/degree": "medical",
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{route: spechialty, places: 3}",
            'key training_capacity route: found "spechialty", expected a route. Did you mean "specialty"?',
        ),
        (
            "{route: specialty}",
            (
                "key training_capacity places: found no places, expected a number, {2026: a, 2030: b} or "
                "{ramp: {2026: a, 2030: b}}. Add places: {2026: 300, 2028: 430}."
            ),
        ),
        (
            "{route: specialty, places: x3}",
            'key training_capacity places: found "x3", expected a number. Remove the letter x.',
        ),
        (
            "{route: specialty, places: -3}",
            "key training_capacity places: found -3, expected a number of 0 or more.",
        ),
        (
            "{route: specialty, places: {2027: 3}}",
            (
                "key training_capacity places: found a value that starts in 2027, expected one from 2026 on. "
                "Add what holds in 2026."
            ),
        ),
        (
            "{route: specialty, places: 3, each: [role]}",
            'key training_capacity each: found "role", expected one of area, year. Known: area, year.',
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"training_capacity:\n  - {entry}\n") == f"line 2, {message}"
