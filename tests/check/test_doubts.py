"""What `check` doubts in figures that can be read: each warning, and the figures beside it that raise none."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.check.check import check
from tests.check.calls import SOURCED, checked, option, said
from tests.support.tiny import FULL, TINY, write_inputs


def test_nothing_is_said_of_sound_inputs(tmp_path: Path) -> None:
    assert said(checked(tmp_path)) == []


def test_a_role_nobody_can_join(tmp_path: Path) -> None:
    roles = SOURCED["roles"] + "matron,Matron,0.1,assumed: x\n"
    staff = SOURCED["staff_in_post"] + "matron,1,assumed: x\n"
    assert said(checked(tmp_path, roles=roles, staff_in_post=staff)) == [
        (
            "roles.csv: warning: line 3, column role: found matron, a role that people leave and no route leads to, "
            "expected a way into it. Add a route, or leave it so if nobody is to join."
        )
    ]


@pytest.mark.parametrize(("years", "warned"), [(2, False), (3, True)])
def test_a_route_nobody_finishes_in_time(years: int, warned: bool, tmp_path: Path) -> None:
    """2026–2028 are three years: who starts a 2-year course in 2026 joins in 2028, a 3-year course is too long."""
    routes = SOURCED["routes"].replace("nurse,0", f"nurse,{years}")
    costs = SOURCED["costs"]
    settings = TINY["settings"]
    found = [
        line for line in said(checked(tmp_path, routes=routes, costs=costs, settings=settings)) if "finishes" in line
    ]
    assert found == [
        ("routes.csv: warning: line 2, column years: found 3 years, so that nobody who starts from 2026 on finishes, "
        "expected a route shorter than the 3 modelled years. Raise last_year or run_out_years.")
    ] * warned  # fmt: skip


def test_demand_that_doubles(tmp_path: Path) -> None:
    demand = "task,year,volume,growth,source\nvisit,2025,125,0.2,assumed: x\nvisit,2027,300,,assumed: x\n"
    assert said(checked(tmp_path, demand=demand)) == [
        (
            "demand.csv: warning: line 3, column volume: found demand for visit that grows from 150 to "
            "300 in 2027, expected "
            "less than twice as much. Check the volumes, and whether growth is a share (0.02 for 2 per cent)."
        )
    ]


def test_rows_without_a_source_and_sources_of_another_kind(tmp_path: Path) -> None:
    tasks = "task,title,unit,source\nvisit,Visit,visits,census 2024\n"
    roles = SOURCED["roles"].replace("published: census", "")
    assert said(checked(tmp_path, tasks=tasks, roles=roles)) == [
        (
            "roles.csv: warning: line 2, column source: 1 of 1 rows of roles without a source. Say "
            "where each comes from: "
            "published:, derived:, recalled: or assumed:."
        ),
        (
            'tasks.csv: warning: line 2, column source: found "census 2024", expected published:, '
            "derived:, recalled: or "
            "assumed:. Begin with the weakest that applies, then a colon, then say where."
        ),
    ]


def test_no_source_anywhere_is_one_warning(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert said(check(folder, [])) == [
        (
            "inputs: warning: No row of any table has a source. "
            "Say in a column source where each row comes from: published:, derived:, recalled: or assumed:."
        )
    ]


CAPACITY = "training_capacity: [{{route: recruit, places: {}}}]\n"


@pytest.mark.parametrize(("places", "warned"), [(1, False), (0.99, True)])
def test_leavers_beyond_all_routes(places: float, warned: bool, tmp_path: Path) -> None:
    """10 nurses of whom a tenth leave: one place a year holds them level."""
    found = said(checked(tmp_path, CAPACITY.format(places)))
    assert found == [
        ("roles.csv: warning: line 2, column leaver_rate: found 1 FTE of nurse who leave in 2026, "
         "expected no more than "
        "the 0.99 FTE a year that all its routes may bring. Check leaver_rate and training_capacity.")
    ] * warned  # fmt: skip


def test_leavers_are_not_doubted_where_a_route_is_free(tmp_path: Path) -> None:
    routes = SOURCED["routes"] + "abroad,A,recruitment,nurse,0,assumed: x\n"
    costs = SOURCED["costs"] + "abroad,recruitment,start,1000,workforce,assumed: x\n"
    assert said(checked(tmp_path, CAPACITY.format(0.1), routes=routes, costs=costs)) == []


PATTERNS = "pattern,title,role,extra_fte,source\novertime,Overtime,nurse,0.1,assumed: x\n"
OF_STAFF = "limits: [{{name: few, quantity: pattern, at_most: {}, of: {{quantity: staff}}, each: [role, year]}}]\n"
ALONE = "limits: [{{name: few, quantity: pattern, where: {{pattern: overtime}}, at_most: {}}}]\n"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("title: Free\n", "all of nurse may work"),
        (OF_STAFF.format(0.5), "50% of nurse may work"),
        (OF_STAFF.format(0.49), ""),
        (ALONE.format(5), "50% of nurse may work"),
        (ALONE.format(4), ""),
        (ALONE.format(4).replace("at_most", "at_least"), "all of nurse may work"),
    ],
)
def test_a_pattern_that_half_the_staff_would_work(text: str, who: str, tmp_path: Path) -> None:
    expected = (
        f"patterns.csv: warning: line 2, column pattern: found overtime, which {who}, expected "
        "fewer than half of them. "
        "If that is not meant, add a limit on the quantity pattern, of staff."
    )
    costs = SOURCED["costs"] + "overtime,pay,pattern-fte-year,2000,workforce,assumed: x\n"
    assert said(checked(tmp_path, text, patterns=PATTERNS, costs=costs)) == [expected] * bool(who)


def test_a_minimum_above_a_maximum_of_another_entry(tmp_path: Path) -> None:
    text = (
        "limits:\n  - {name: enough, quantity: staff, at_least: 12}\n"
        "  - {name: not too many, quantity: staff, at_most: {2026: 12, 2028: 11}}\n"
    )
    assert said(checked(tmp_path, text)) == [
        (
            "option.yaml: warning: line 2, key limits: found at least 12 in 2028, expected no more than the 11 of "
            '"not too many". No plan can satisfy both: change one of them.'
        )
    ]
    assert said(checked(tmp_path, text.replace("at_least: 12", "at_least: 11"))) == []
    assert said(checked(tmp_path, text.replace("staff, at_least", "staff, where: {role: nurse}, at_least"))) == []


def test_least_shares_above_the_whole(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    text = (
        "skill_mix:\n  - {task: plain_report, role: radiologist, min_share: 0.6}\n"
        "  - {task: plain_report, role: reporter, min_share: 0.5}\n"
    )
    found = [line for line in said(check(folder, [option(tmp_path, text)])) if "option" in line]
    assert found == [
        (
            "option.yaml: warning: line 3, key skill_mix: found min_share of radiologist, reporter "
            "that add up to 1.1 of "
            "plain_report in 2026/27, expected at most 1. No plan can satisfy them all: lower one."
        )
    ]
