"""Service levels: a share of the volume that must be met."""

from __future__ import annotations

import pytest


def test_unmet_is_at_most_the_rest_of_the_volume_in_every_year(options) -> None:
    (limit,) = options.policy("service_levels: [{task: xs_report, at_least: {2026: 0.9, 2028: 0.95}}]").limits
    assert limit.label == limit.name == "service_levels xs_report"
    assert (limit.quantity, limit.each, limit.sense, limit.unit) == ("unmet", ("area", "year"), "at_most", "reports")
    assert limit.years == (2026, 2027, 2028, 2029, 2030)
    (part,) = limit.parts
    assert (part.quantity, dict(part.where)) == ("demand", {"task": ("xs_report",)})
    assert part.factor == pytest.approx((0.1, 0.1, 0.05, 0.05, 0.05))


@pytest.mark.parametrize(
    ("keys", "years"),
    [
        ("from: 2028", (2028, 2029, 2030)),
        ("to: 2027", (2026, 2027)),
        ("from: 2027, to: 2028", (2027, 2028)),
    ],
)
def test_from_and_to_choose_the_years(options, keys: str, years: tuple[int, ...]) -> None:
    (limit,) = options.policy(f"service_levels: [{{task: xs_report, at_least: 0.9, {keys}}}]").limits
    assert limit.years == years


def test_a_value_by_year_need_only_start_with_the_first_row(options) -> None:
    (limit,) = options.policy("service_levels: [{task: xs_report, at_least: {2028: 0.9}, from: 2028}]").limits
    assert limit.parts[0].factor[2:] == pytest.approx((0.1, 0.1, 0.1))


def test_years_may_be_written_as_financial_years(options) -> None:
    (limit,) = (
        options.with_settings(financial_years=True)
        .policy("service_levels: [{task: xs_report, at_least: {2026/27: 0.9, 2028/29: 1}, to: 2029/30}]")
        .limits
    )
    assert limit.years == (2026, 2027, 2028, 2029)
    assert limit.parts[0].factor == pytest.approx((0.1, 0.1, 0, 0, 0))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{task: xs_report, at_least: 0.9, from: 2031}",
            "key service_levels from: found 2031, expected a year from 2026 to 2030. Only modelled years have limits.",
        ),
        (
            "{task: xs_report, at_least: 0.9, from: 2029, to: 2027}",
            "key service_levels from: found from 2029 to 2027, expected from no later than to. Swap them.",
        ),
        (
            "{task: xs_report, at_least: {2028: 0.9}, from: 2027}",
            (
                "key service_levels at_least: found a value that starts in 2028, expected one from 2027 on. "
                "Add what holds in 2027."
            ),
        ),
        (
            "{task: biopsy, at_least: 0.5}",
            (
                'key service_levels task: found "biopsy", which no area demands, expected a task with demand. '
                "Add its demand to the inputs, or remove the entry."
            ),
        ),
        (
            "{task: xs_report, at_least: 0.5, from: soon}",
            'key service_levels from: found "soon", expected a year such as 2026.',
        ),
        (
            "{task: xs_report, at_least: 0.5, from: 2028/29}",
            (
                'key service_levels from: found "2028/29", expected a year such as 2026. '
                "Write 2028, or set financial_years: true in the settings."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"service_levels:\n  - {entry}\n") == f"line 2, {message}"
