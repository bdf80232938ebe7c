"""Adoption: how many FTE, how fast."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Part

ROLE = {"role": ("clinical_endoscopist",)}


def test_staff_are_capped_together_and_grow_at_most_so_fast_in_each_area(options) -> None:
    most, growth = options.policy(
        "adoption: [{role: clinical_endoscopist, max_fte: {2026: 50, 2030: 90}, max_growth: 0.25, seed: 10}]"
    ).limits
    assert most.name == growth.name == "adoption clinical_endoscopist"
    assert (most.label, growth.label) == (
        "adoption clinical_endoscopist/max_fte",
        "adoption clinical_endoscopist/max_growth",
    )
    assert (most.quantity, dict(most.where), most.each) == ("staff", ROLE, ("year",))
    assert (most.sense, most.unit, most.parts) == ("at_most", "FTE", ())
    assert most.constant == (50.0, 50.0, 50.0, 50.0, 90.0)
    assert (growth.quantity, growth.each, growth.sense) == ("staff", ("area", "year"), "at_most")
    assert growth.constant == (10.0,) * 5
    assert growth.parts == (Part("staff", ROLE, (1.25,) * 5, when="year_before"),)


def test_with_each_area_the_cap_is_that_of_every_area(options) -> None:
    (limit,) = options.policy("adoption: [{role: clinical_endoscopist, max_fte: 5, each: [area]}]").limits
    assert limit.name == "adoption clinical_endoscopist by area"
    assert limit.each == ("area", "year")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{role: radiologist, seed: 1}",
            "key adoption: found an entry that limits nothing, expected one of max_fte, max_growth. Add max_fte: 900.",
        ),
        (
            "{role: radiologist, max_fte: 5, seed: 1}",
            "key adoption seed: found seed without max_growth, expected max_growth. Add max_growth, or remove seed.",
        ),
        (
            "{role: surgeon, max_fte: 5}",
            (
                'key adoption role: found "surgeon", expected a role. '
                "Known: clinical_endoscopist, radiographer, radiologist, reporting_radiographer."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"adoption:\n  - {entry}\n") == f"line 2, {message}"
