"""Fairness: how far an area's share of shortage may lie above the common one."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import CommonShare


def test_a_band_lies_above_the_share_unmet_in_all_areas(options) -> None:
    policy = options.policy("fairness: [{service: imaging, within: {ramp: {2028: 0.1, 2030: 0.04}}, from: 2028}]")
    (limit,) = policy.limits
    assert limit.label == limit.name == "fairness imaging"
    assert (limit.quantity, limit.each, limit.sense, limit.unit) == ("unmet_fte", ("area", "year"), "at_most", "FTE")
    assert limit.years == (2028, 2029, 2030)
    share, band = limit.parts
    assert (share.quantity, share.factor) == ("common_share", (1.0,) * 5)
    assert (band.quantity, dict(band.where)) == ("demand_fte", {"service": ("imaging",)})
    assert band.factor[2:] == pytest.approx((0.1, 0.07, 0.04))
    assert policy.common_shares == (CommonShare("fairness imaging", "imaging"),)


def test_a_list_means_each_service(options) -> None:
    limits = options.policy("fairness: [{service: [imaging, endoscopy], within: 0.1}]").limits
    assert [limit.name for limit in limits] == ["fairness imaging", "fairness endoscopy"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "fairness: [{service: imagin, within: 0.1}]",
            'key fairness service: found "imagin", expected a service. Did you mean "imaging"?',
        ),
        (
            "fairness: [{service: pathology, within: 0.1}]",
            (
                'key fairness service: found "pathology", which no area demands, expected a service with demand. '
                "Add its demand to the inputs, or remove the entry."
            ),
        ),
        (
            "fairness: [{service: imaging, within: 4}]",
            "key fairness within: found 4, expected a share from 0 to 1. For 4 per cent write 4% or 0.04.",
        ),
        (
            "fairness: [{service: imaging}]",
            (
                "key fairness within: found no within, expected a number, {2026: a, 2030: b} or "
                "{ramp: {2026: a, 2030: b}}. Add within: 0.04."
            ),
        ),
        (
            "demand: {unmet: forbidden}\nfairness: [{service: imaging, within: 0.1}]",
            (
                "key fairness: found fairness while unmet is forbidden, expected unmet demand to share. "
                "Remove the entry, or write unmet: allowed."
            ),
        ),
    ],
)
def test_what_is_refused(options, text: str, message: str) -> None:
    assert options.fault(text).partition(", ")[2] == message


def test_one_area_has_nobody_to_be_fair_to(tmp_path) -> None:
    from tests.support.engine import solve_case

    tasks = "task,title,unit,service\nvisit,Visit,visits,care"
    result = solve_case(tmp_path, {"tasks": tasks}, "fairness: [{service: care, within: 0.1}]", expect=1)
    assert "found fairness with one area, expected two areas or more." in result.output
