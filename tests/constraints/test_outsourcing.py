"""Outsourcing: a share of the volume bought outside."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Part


def test_what_is_bought_outside_is_at_most_a_share_of_the_volume(options) -> None:
    (limit,) = options.policy("outsourcing: [{task: xs_report, max_share: {2026: 20%, 2029: 0}}]").limits
    assert limit.label == limit.name == "outsourcing xs_report"
    assert (limit.quantity, limit.each, limit.sense) == ("outsourced", ("area", "year"), "at_most")
    assert limit.unit == "reports"
    assert limit.parts == (Part("demand", {"task": ("xs_report",)}, (0.2, 0.2, 0.2, 0.0, 0.0)),)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{task: plain_report, max_share: 0.5}",
            (
                'key outsourcing task: found "plain_report", which has no outsourced-unit row, '
                "expected a task that can "
                "be outsourced. Add the row to costs.csv, or remove it here."
            ),
        ),
        (
            "{task: biopsy, max_share: 0.5}",
            (
                'key outsourcing task: found "biopsy", which no area demands, expected a task with demand. '
                "Add its demand to the inputs, or remove the entry."
            ),
        ),
        (
            "{task: xs_report}",
            (
                "key outsourcing max_share: found no max_share, expected a number, {2026: a, 2030: b} or "
                "{ramp: {2026: a, 2030: b}}. Add max_share: 0.2."
            ),
        ),
        (
            "{task: xs_report, max_share: 0.2, from: 2027}",
            (
                'key outsourcing from: found the key "from", expected a known key. '
                "Known: drop, max_share, may_break, name, note, reference, set_by, source, task."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"outsourcing:\n  - {entry}\n") == f"line 2, {message}"
