"""Transitions in what is explained: a number's origin, the steps of the gap, and who can be had when."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.diagnose.already_certain import first_joiners
from optimiser.explain.gap_steps import PLAN, TODAY, steps
from optimiser.explain.staff_balance import asked, why_of
from optimiser.inputs.assemble import read_evidence
from optimiser.plan.reload import Reloaded, reload
from tests.support.engine import solve_case
from tests.support.tiny import TINY, write_inputs

ROLES = "role,title,leaver_rate,available_share\nnurse,Nurse,0.05,0.5\nsenior,Senior,0,0.8"
INPUTS = {
    "settings": {"last_year": 2027},
    "roles": ROLES,
    "staff_in_post": "role,fte\nnurse,100\nsenior,20",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\nsenior,visit,10",
    "demand": "task,year,volume\nvisit,2026,2000",
    "transitions": "from_role,to_role,share,fte_per_mover\nnurse,senior,0.1,0.9",
}


@pytest.fixture
def plan(tmp_path: Path) -> Reloaded:
    return reload(solve_case(tmp_path, INPUTS).folder)


def test_a_balance_names_who_became_what(plan: Reloaded) -> None:
    """Proves: 85 nurses of 2026 lose 8.5 to seniors in 2027, who gain 7.65, and both cite transitions.csv."""
    lost = why_of(plan, asked("role=nurse,year=2027", plan))
    won = why_of(plan, asked("role=senior,year=2027", plan))
    assert {line.said: line.fte for line in lost.people}["became senior"] == pytest.approx(-8.5)
    line = {line.said: line for line in won.people}["became senior from nurse"]
    assert line.fte == pytest.approx(7.65)
    assert line.inputs[0][1] == "share 0.1"
    for reason in (lost, won):
        assert sum(line.fte for line in reason.people) == pytest.approx(reason.staff)


def test_transitions_are_a_step_of_their_own(plan: Reloaded) -> None:
    """Proves: 8.5 nurses less (half of each available) and 7.65 seniors more (0.8 each) are −4.25 + 6.12 FTE.

    Sensitivity: −0.85 if available shares were left out.
    """
    given = steps(plan).services["visit"]
    assert given["transitions"] == pytest.approx(8.5 * 0.5 - 7.65 * 0.8)
    assert sum(value for step, value in given.items() if step != PLAN) == pytest.approx(given[PLAN])
    assert given[TODAY] == pytest.approx(200 - 85 * 0.5 - 29 * 0.8)


def test_a_role_reached_by_transition_is_reached_a_year_later(tmp_path: Path) -> None:
    """Proves: a nurse course of 2 years makes seniors from 2029 on; a role that nothing leads to has no year."""
    tables = {
        "settings": "title: T\nfirst_year: 2026\nlast_year: 2032\ndiscount_rate: 0",
        "roles": ROLES + "\nother,Other,0,1\nlast,Last,0,1",
        "staff_in_post": "role,fte\nnurse,100\nsenior,20\nother,5\nlast,5",
        "routes": "route,title,kind,to_role,years\ncourse,Course,training,nurse,2",
        "costs": "item,line,per,amount,budget\ncourse,x,start,1,",
        "transitions": INPUTS["transitions"] + "\nother,last,0.1,",
    }
    evidence = read_evidence(write_inputs(tmp_path, TINY, **{name: str(text) for name, text in tables.items()}))
    at = {role: evidence.roles.index(role) for role in evidence.roles}
    assert first_joiners(evidence, [at["nurse"]]) == 2028
    assert first_joiners(evidence, [at["senior"]]) == 2029
    assert first_joiners(evidence, [at["other"]]) is None
    assert first_joiners(evidence, [at["last"]]) == 2026  # It grows whatever is decided.


def test_a_role_that_a_transition_leads_to_has_a_way_in(tmp_path: Path) -> None:
    roles = ROLES.replace("Senior,0,", "Senior,0.1,")
    tables = {"roles": roles, "staff_in_post": "role,fte\nnurse,10\nsenior,1"}

    def warned(share: float) -> bool:
        folder = write_inputs(
            tmp_path / str(share), TINY, **tables, transitions=f"from_role,to_role,share\nnurse,senior,{share}"
        )
        return any(fault.code == "no-way-in" for fault in check(folder, []).faults.found)

    assert not warned(0.1)
    assert warned(0)
