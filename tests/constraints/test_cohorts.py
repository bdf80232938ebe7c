"""Cohorts: so many starters, or none."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Cohort, Part

ROUTE = {"route": ("specialty",)}


def test_a_cohort_runs_between_at_least_and_the_least_filled_places(options) -> None:
    """Proves: the least of 0.8 × 100 (all areas) and 0.8 × 90 then 0.8 × 110 (each) bounds a cohort.

    Sensitivity: 100 and 90 if the fill rate were forgotten.
    """
    policy = options.policy(
        """
        training_capacity:
          - {route: [specialty, degree], places: 100}
          - {route: specialty, places: {2026: 90, 2028: 110}, each: [area]}
        cohorts:
          - {route: specialty, at_least: {2026: 8, 2029: 10}}
        """
    )
    assert policy.cohorts == (Cohort("cohorts specialty", "specialty"),)
    low, high = (limit for limit in policy.limits if limit.family == "cohorts")
    here = {"entry": ("cohorts specialty",)}
    assert low.name == high.name == "cohorts specialty"
    assert (low.label, high.label) == ("cohorts specialty/at_least", "cohorts specialty/places")
    for limit in (low, high):
        assert (limit.quantity, dict(limit.where), limit.each) == ("starts", ROUTE, ("area", "year"))
    assert (low.sense, low.parts) == ("at_least", (Part("cohort", here, (8.0, 8.0, 8.0, 10.0, 10.0)),))
    assert high.sense == "at_most"
    (part,) = high.parts
    assert (part.quantity, dict(part.where)) == ("cohort", here)
    assert part.factor == pytest.approx((72, 72, 80, 80, 80))


def test_places_inherited_from_another_file_count(options) -> None:
    policy = options.policy(
        "extends: base.yaml\ncohorts: [{route: degree, at_least: 8}]",
        base="training_capacity: [{name: all, route: [degree, specialty], places: 30}]",
    )
    assert policy.limits[-1].parts[0].factor == (30.0,) * 5


def test_a_route_without_places_is_a_fault(options) -> None:
    assert options.fault("cohorts: [{route: degree, at_least: 8}]") == (
        'line 1, key cohorts route: found "degree" without places, expected a route with training_capacity. '
        "Add its places to training_capacity."
    )


def test_places_that_cannot_be_read_are_said_once(options) -> None:
    """Proves: an unreadable capacity entry does not also claim that the route has none."""
    text = "training_capacity: [{route: degree, places: many}]\ncohorts: [{route: degree, at_least: 8}]"
    assert options.fault(text).startswith("line 1, key training_capacity places: found")


def test_at_least_is_needed(options) -> None:
    assert options.fault("cohorts: [{route: degree}]").startswith("line 1, key cohorts at_least: found no at_least")
