"""Skill mix: shares of a volume, and how fast they grow."""

from __future__ import annotations

import pytest

from optimiser.constraints.limit import Part

PAIR = {"task": ("plain_report",), "role": ("reporting_radiographer",)}
OF = {"task": ("plain_report",)}


def test_most_and_least_share_are_of_the_volume_of_each_area_and_year(options) -> None:
    """Proves: a ramp from 0.5 in 2026 to 0.7 in 2030. Sensitivity: 0.5 until 2029 if it were steps."""
    most, least = options.policy(
        "skill_mix: [{task: plain_report, role: reporting_radiographer, "
        "max_share: {ramp: {2026: 0.5, 2030: 0.7}}, min_share: 0.3}]"
    ).limits
    assert most.name == least.name == "skill_mix plain_report reporting_radiographer"
    assert (most.sense, least.sense) == ("at_most", "at_least")
    for limit, shares in ((most, (0.5, 0.55, 0.6, 0.65, 0.7)), (least, (0.3,) * 5)):
        assert (limit.quantity, dict(limit.where), limit.each) == ("activity", PAIR, ("area", "year"))
        assert limit.unit == "reports"
        assert limit.constant == (0.0,) * 5
        (part,) = limit.parts
        assert (part.quantity, dict(part.where), part.when) == ("demand", OF, "same_year")
        assert part.factor == pytest.approx(shares)


def test_the_share_may_grow_by_so_much_on_last_years(options) -> None:
    (limit,) = options.policy(
        "skill_mix: [{task: plain_report, role: reporting_radiographer, max_increase: {2026: 0.05, 2028: 0.1}}]"
    ).limits
    assert limit.sense == "at_most"
    assert limit.parts == (
        Part("activity", PAIR, (1.0,) * 5, when="year_before", as_share_of_volume=True),
        Part("demand", OF, (0.05, 0.05, 0.1, 0.1, 0.1)),
    )


def test_lists_of_tasks_and_roles_mean_each_pair(options) -> None:
    limits = options.policy("skill_mix: [{task: [plain_report, xs_report], role: [radiologist], max_share: 1}]").limits
    assert [limit.name for limit in limits] == ["skill_mix plain_report radiologist", "skill_mix xs_report radiologist"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{task: plain_report, role: clinical_endoscopist, max_share: 0.5}",
            (
                "key skill_mix role: found clinical_endoscopist with plain_report, expected a role and task of "
                "productivity.csv. Add the pair to productivity.csv, or remove it here."
            ),
        ),
        (
            "{task: plain_report, role: radiologist, max_increase: 0.5}",
            (
                "key skill_mix max_increase: found max_increase for radiologist with plain_report, "
                "whose current_share is "
                "blank, expected a share to increase from. Add current_share to productivity.csv, "
                "or remove max_increase."
            ),
        ),
        (
            "{task: biopsy, role: clinical_endoscopist, max_share: 0.5}",
            (
                'key skill_mix task: found "biopsy", which no area demands, expected a task with demand. '
                "Add its demand to the inputs, or remove the entry."
            ),
        ),
        (
            "{task: plain_report, role: radiologist, max_share: 50}",
            "key skill_mix max_share: found 50, expected a share from 0 to 1. For 50 per cent write 50% or 0.5.",
        ),
        (
            "{task: plain_report, role: radiologist, max_share: 0.5, min_share: {ramp: {2026: 0.4, 2030: 0.6}}}",
            (
                "key skill_mix min_share: found min_share 0.55 above max_share 0.5 in 2029, "
                "expected min_share of at most max_share. Lower min_share or raise max_share."
            ),
        ),
        (
            "{task: plain_report, role: radiologist}",
            (
                "key skill_mix: found an entry that limits nothing, expected one of max_share, "
                "min_share, max_increase, max_decrease. "
                "Add max_share: {ramp: {2026: 0.56, 2032: 0.7}}."
            ),
        ),
        (
            "{task: plain_report, max_share: 0.5}",
            "key skill_mix role: found no role, expected a role or a list of them. Add role: reporting_radiographer.",
        ),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"skill_mix:\n  - {entry}\n") == f"line 2, {message}"


def test_an_unknown_role_and_task_are_both_said(options) -> None:
    assert options.said("skill_mix: [{task: plain_reprt, role: radiologst, max_share: 1}]") == [
        'option.yaml: line 1, key skill_mix role: found "radiologst", expected a role. Did you mean "radiologist"?',
        'option.yaml: line 1, key skill_mix task: found "plain_reprt", expected a task. Did you mean "plain_report"?',
    ]
