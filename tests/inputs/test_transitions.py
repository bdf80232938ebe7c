"""What is refused of transitions: more people gone than there are, roles that lead to themselves or do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import FaultsFound
from tests.support.tiny import TINY, write_inputs

HEAD = "from_role,to_role,share,fte_per_mover\n"
ROLES = "role,title,leaver_rate\nnurse,Nurse,0.7\nsenior,Senior,0.1"
STAFF = "role,fte\nnurse,10\nsenior,1"


def folder(tmp_path: Path, **tables: str) -> Path:
    return write_inputs(tmp_path / "inputs", TINY, **{"roles": ROLES, "staff_in_post": STAFF, **tables})


def faults(tmp_path: Path, **tables: str) -> list[str]:
    with pytest.raises(FaultsFound) as found:
        read_evidence(folder(tmp_path, **tables))
    return [f"{one.code}: {one.sentence()}" for one in found.value.faults]


def test_rates_and_shares_that_take_everybody_are_sound(tmp_path: Path) -> None:
    """Proves: 0.7 + 0.2 + 0.1 is 1, though not to the last digit (0.9999999999999999)."""
    roles = "role,title,leaver_rate\nnurse,Nurse,0.7\nsenior,Senior,0.1\nlead,Lead,0.1"
    three = HEAD + "nurse,senior,0.2,\nnurse,lead,0.1,"
    read_evidence(folder(tmp_path, roles=roles, staff_in_post=f"{STAFF}\nlead,0", transitions=three))


def test_more_than_everybody_cannot_go(tmp_path: Path) -> None:
    (one,) = faults(tmp_path, transitions=HEAD + "nurse,senior,0.4,")
    assert one == (
        "departures-above-1: line 2, column share: found shares that sum to 0.4, beside a leaver rate of nurse of 0.7 "
        f"in 2026, expected at most 1 together. Lower a share, or the rate ({tmp_path / 'inputs' / 'roles.csv'}, "
        "line 2, column leaver_rate)."
    )


def test_a_single_year_counts_too(tmp_path: Path) -> None:
    bulge = "role,year,leaver_rate\nnurse,2027,0.95"
    (one,) = faults(tmp_path, transitions=HEAD + "nurse,senior,0.1,", leavers=bulge)
    assert "a leaver rate of nurse of 0.95 in 2027" in one
    assert "leavers.csv, line 2" in one


def test_check_tries_each_scenario_alone(tmp_path: Path) -> None:
    """Proves: a scenario nobody asked for is still tried: 0.7 × 1.3 + 0.1 passes 1; two that do not are left alone."""
    scenarios = (
        "scenario,table,item,task,area,year,multiplier\n"
        "bad,leaver_rate,nurse,,,2028,1.3\ngood,leaver_rate,,,,2028,1.15\nbetter,leaver_rate,,,,2028,1.15"
    )
    where = folder(tmp_path, transitions=HEAD + "nurse,senior,0.1,", scenarios=scenarios)
    errors = check(where, []).faults.errors
    assert [one.code for one in errors] == ["departures-above-1"]
    assert "under bad" in errors[0].sentence()
    read_evidence(where, ["good"])
    with pytest.raises(FaultsFound):
        read_evidence(where, ["good", "better"])


def test_a_transition_leads_elsewhere(tmp_path: Path) -> None:
    (one,) = faults(tmp_path, transitions=HEAD + "nurse,nurse,0.1,")
    assert one.startswith("same-role: line 2, column to_role: found nurse")


def test_both_ends_are_roles_and_a_pair_is_given_once(tmp_path: Path) -> None:
    found = faults(tmp_path, transitions=HEAD + "nurse,senor,0.1,\nnurse,senior,0.1,\nnurse,senior,0.2,")
    assert [one.partition(":")[0] for one in found] == ["duplicate-row", "unknown-role"]
