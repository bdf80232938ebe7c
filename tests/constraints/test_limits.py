"""Limits of one's own: any linear rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimiser.constraints.limit import QUANTITY_KEYS, Part
from optimiser.constraints.option import read_policy
from optimiser.text.faults import Faults


def test_an_absolute_number(options) -> None:
    (limit,) = options.policy(
        "limits: [{name: overmanning, quantity: idle, at_most: {ramp: {2026: 10, 2030: 30}}}]"
    ).limits
    assert limit.label == limit.name == "overmanning"
    assert (limit.family, limit.quantity, dict(limit.where)) == ("limits", "idle", {})
    assert (limit.each, limit.sense, limit.unit) == (("year",), "at_most", "FTE")
    assert limit.constant == (10.0, 15.0, 20.0, 25.0, 30.0)
    assert limit.parts == ()
    assert limit.years == (2026, 2027, 2028, 2029, 2030)


def test_a_share_of_another_quantity(options) -> None:
    (limit,) = options.policy(
        """
        limits:
          - name: recruits from abroad
            quantity: joiners
            where: {route: intl_radiology}
            at_most: {2028: 0.25, 2030: 0.1}
            of: {quantity: joiners, where: {role: radiologist}}
            each: [area, year]
            from: 2028
        """
    ).limits
    assert (limit.each, limit.sense, limit.unit) == (("area", "year"), "at_most", "FTE")
    assert limit.years == (2028, 2029, 2030)
    assert limit.constant == (0.0,) * 5
    (part,) = limit.parts
    assert (part.quantity, dict(part.where)) == ("joiners", {"role": ("radiologist",)})
    assert part.factor[2:] == (0.25, 0.25, 0.1)


@pytest.mark.parametrize(("key", "sense"), [("at_most",) * 2, ("at_least",) * 2, ("exactly",) * 2])
def test_each_sense(options, key: str, sense: str) -> None:
    (limit,) = options.policy(f"limits: [{{name: a, quantity: starts, {key}: 3}}]").limits
    assert limit.sense == sense


def test_a_share_of_demand_takes_the_tasks_unit(options) -> None:
    (limit,) = options.policy(
        "limits: [{name: a, quantity: activity, where: {service: imaging, role: [radiologist]}, at_least: 0.5, "
        "of: {quantity: demand, where: {service: imaging}}, each: [task, year]}]"
    ).limits
    assert limit.unit == "reports"
    assert limit.parts == (Part("demand", {"service": ("imaging",)}, (0.5,) * 5),)


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [
        ("starts", "starts"),
        ("in_training", "trainees"),
        ("joiners", "FTE"),
        ("work", "FTE"),
        ("activity", "units"),
        ("outsourced", "reports"),
        ("unmet", "units"),
        ("spend", "GBP"),
    ],
)
def test_the_unit_is_the_quantitys_own(options, quantity: str, unit: str) -> None:
    (limit,) = options.policy(f"limits: [{{name: a, quantity: {quantity}, at_most: 3}}]").limits
    assert limit.unit == unit


def test_every_quantity_but_demand_can_be_limited_and_every_one_can_be_a_share_of(options) -> None:
    for quantity in QUANTITY_KEYS:
        if quantity != "demand":
            (limit,) = options.policy(f"limits: [{{name: a, quantity: {quantity}, at_most: 3}}]").limits
            assert limit.quantity == quantity
        (limit,) = options.policy(
            f"limits: [{{name: a, quantity: staff, at_most: 3, of: {{quantity: {quantity}}}}}]"
        ).limits
        assert limit.parts[0].quantity == quantity


@pytest.mark.parametrize("each", ["[]", "[area]", "[region, kind]"])
def test_without_year_one_number_is_for_all_years_or_those_from_to(options, each: str) -> None:
    (limit,) = options.policy(
        f"limits: [{{name: a, quantity: starts, at_most: 3, each: {each}, from: 2027, to: 2028}}]"
    ).limits
    assert "year" not in limit.each
    assert limit.years == (2027, 2028)
    assert set(limit.constant) == {3.0}


@pytest.mark.parametrize(
    "where",
    [
        "{route: [specialty, degree]}",
        "{kind: exit}",
        "{from_role: radiographer, role: reporting_radiographer}",
        "{area: north, region: up}",
    ],
)
def test_where_selects_by_every_key_of_the_quantity(options, where: str) -> None:
    (limit,) = options.policy(f"limits: [{{name: a, quantity: starts, where: {where}, at_most: 3}}]").limits
    assert all(isinstance(values, tuple) for values in limit.where.values())


A_PART = "expected a part of {} that exists"
PAIRS = "See the pairs of productivity.csv, and demand.csv for where there is such work. Correct it or take it out."


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "name: a, quantity: starts",
            (": found an entry that limits nothing, expected one of at_most, at_least, exactly. Add at_most: 0.25."),
        ),
        (
            "quantity: starts, at_most: 3",
            (": found an entry without a name, expected a name. Add name: and what the limit says, in words."),
        ),
        (
            "name: a, quantity: starts, at_most: 3, at_least: 1",
            (" at_least: found at_most and at_least, expected one of them. Make an entry of each."),
        ),
        (
            "name: a, quantity: demand, at_most: 3",
            (
                " quantity: found demand, expected a quantity that a plan can change."
                " Limit what meets it, and put demand in `of`."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, where: {task: xs_report}",
            (
                ' where task: found the key "task" of '
                "starts, expected one of route, kind, from_role, role, area, region. "
                "Known: area, from_role, kind, region, role, route."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, where: {kind: exitt}",
            (' where kind: found "exitt", expected a kind of route. Did you mean "exit"?'),
        ),
        (
            "name: a, quantity: starts, at_most: 3, where: {region: left}",
            (' where region: found "left", expected a region. Known: down, up.'),
        ),
        (
            "name: a, quantity: spend, at_most: 3, where: {line: educaton}",
            (' where line: found "educaton", expected a budget line. Did you mean "education"?'),
        ),
        (
            "name: a, quantity: pattern, at_most: 3, where: {pattern: extra}",
            (' where pattern: found "extra", expected a pattern. Known: extra_sessions.'),
        ),
        (
            "name: a, quantity: starts, at_most: 3, where: [degree]",
            (" where: found a list, expected keys with a value or a list of values, as in {role: radiologist}."),
        ),
        (
            "name: a, quantity: joiners, at_most: 3, where: {route: redundancy}",
            (
                " where route: found route redundancy, "
                f"{A_PART.format('joiners')}. Only routes with a to_role have joiners, in the areas "
                f"of destinations.csv. "
                "Correct it or take it out."
            ),
        ),
        (
            "name: a, quantity: in_training, at_most: 3, where: {route: intl_radiology}",
            (
                " where route: found route "
                f"intl_radiology, {A_PART.format('in_training')}. Only routes of a year or more "
                f"have people in training. "
                "Correct it or take it out."
            ),
        ),
        (
            "name: a, quantity: activity, at_most: 3, where: {role: radiologist, task: endoscopy}",
            (f" where role: found role radiologist with task endoscopy, {A_PART.format('activity')}. {PAIRS}"),
        ),
        (
            "name: a, quantity: work, at_most: 3, where: {role: [radiologist, clinical_endoscopist], task: endoscopy}",
            f" where role: found role radiologist with task endoscopy, {A_PART.format('work')}. {PAIRS}",
        ),
        (
            "name: a, quantity: activity, at_most: 3, where: {role: clinical_endoscopist, area: south}",
            (f" where role: found role clinical_endoscopist with area south, {A_PART.format('activity')}. {PAIRS}"),
        ),
        (
            "name: a, quantity: outsourced, at_most: 3, where: {task: plain_report}",
            (
                " where task: found task "
                f"plain_report, {A_PART.format('outsourced')}. A task can be outsourced where costs.csv has an "
                "outsourced-unit row for it and there is demand. Correct it or take it out."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, each: [task, year]",
            (
                ' each: found "task", which starts lacks, '
                "expected keys among route, kind, from_role, role, area, region, year. "
                "Known: area, from_role, kind, region, role, route, year."
            ),
        ),
        (
            "name: a, quantity: work, at_most: 3, of: {quantity: demand}, each: [role, year]",
            (
                ' each: found "role", which '
                "demand lacks, expected keys among task, service, area, region, year. "
                "Known: area, region, service, task, year."
            ),
        ),
        (
            "name: a, quantity: starts, where: {route: redundancy}, at_most: 3, each: [role, year]",
            (
                ' each: found "role", '
                "which none of the selected starts has, expected a key they have. Remove it, or give the inputs a role."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, each: [year, year]",
            (' each: found "year" twice, expected each once. Remove one.'),
        ),
        (
            "name: a, quantity: starts, at_most: 3, of: {where: {role: radiologist}}",
            (
                " of: found no quantity, expected a "
                "quantity and where, as in {quantity: joiners, where: {role: radiologist}}."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, of: {quantity: staff, wher: {}}",
            (' of wher: found the key "wher", expected quantity or where. Did you mean "where"?'),
        ),
        (
            "name: a, quantity: starts, at_most: 3, of: {quantity: staff, where: {role: radiologst}}",
            (' of where role: found "radiologst", expected a role. Did you mean "radiologist"?'),
        ),
        (
            "name: a, quantity: starts, at_most: {2026: 3, 2027: 4}, each: []",
            (
                " at_most: found numbers by year, expected "
                "one number, because each has no year. Write one number, or add year to each."
            ),
        ),
        (
            "name: a, quantity: starts, at_most: 3, from: 2020",
            (" from: found 2020, expected a year from 2026 to 2030. Only modelled years have limits."),
        ),
        (
            "name: a, quantity: starts, at_most: 3, from: 2028, to: 2027",
            (" from: found from 2028 to 2027, expected from no later than to. Swap them."),
        ),
        (
            "name: a, quantity: starts, at_most: {2028: 3}, from: 2027",
            (" at_most: found a value that starts in 2028, expected one from 2027 on. Add what holds in 2027."),
        ),
        ("name: a, quantity: starts, at_most: {2026: 3, x: 3}", ' at_most: found "x", expected a year such as 2026.'),
    ],
)
def test_what_is_wrong_is_said(options, entry: str, message: str) -> None:
    assert options.fault(f"limits:\n  - {{{entry}}}\n") == f"line 2, key limits{message}"


def test_an_unknown_quantity_is_refused_with_the_nearest(options) -> None:
    said = options.fault("limits: [{name: a, quantity: stafff, at_most: 3}]")
    assert said.startswith('line 1, key limits quantity: found "stafff", expected one of starts, in_training')
    assert said.endswith('Did you mean "staff"?')


def test_a_region_needs_regions_in_the_inputs(options, evidence) -> None:
    """Proves: a key the inputs leave blank makes no row, and says so."""
    options.evidence = replace(evidence, regions=("", ""))
    said = options.fault("limits: [{name: a, quantity: starts, at_most: 3, each: [region, year]}]")
    assert 'found "region", which none of the selected starts has' in said


def test_a_value_that_selects_nothing_beside_others_is_worth_a_word(options) -> None:
    """Proves: the entry applies to what exists, and the part of the list that limits nothing is named, not silent."""
    faults = Faults()
    path = options.write(
        "limits: [{name: a, quantity: unmet, at_most: 3, where: {task: endoscopy, area: [north, south]}}]"
    )
    (limit,) = read_policy(path, options.evidence, faults).limits
    assert limit.where["area"] == ("north", "south")
    (warning,) = faults.warnings
    assert (warning.code, warning.found) == ("selects-nothing", "area south with task endoscopy")
