"""Scenarios of routes: who completes, of those who start in a year, and how many places are filled."""

from pathlib import Path

import pytest
from pytest import approx

from optimiser.check.check import check
from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import FaultsFound
from tests.support.engine import TINY, solve_case, write_inputs

HEAD = "scenario,table,item,task,area,year,multiplier\n"
ROUTES = "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers\n"
TEN_A_YEAR = "limits: [{name: ten, quantity: starts, where: {route: train}, exactly: 10}]"
FIVE = {"settings": {"last_year": 2030}}


def test_completion_is_that_of_the_year_they_start_in(tmp_path: Path) -> None:
    """Proves: 0.8 falls to a half from 2028 on (1, 0.75, 0.5): of ten who start each year 8, 6, 4, 4 join a year
    later, and all 8 of the ten who started before the first year.

    Sensitivity: 6 in 2027 if the multiplier were that of the year they finish in; 8, 6, 4 from 2026 if past starts
    were multiplied too.
    """
    result = solve_case(
        tmp_path,
        {
            **FIVE,
            "routes": ROUTES + "train,Train,training,,nurse,1,0.8,,",
            "past_starts": "route,year,starts\ntrain,2025,10",
            "scenarios": HEAD + "fewer,completion,train,,,2028,0.5",
        },
        TEN_A_YEAR,
        scenarios=["fewer"],
    )
    assert result.series("staff", "joiners") == approx([8, 8, 6, 4, 4])


def test_people_in_training_thin_out_as_their_own_intake_does(tmp_path: Path) -> None:
    """Proves: on a course of two years with completion 1, halved from 2026 on: of the first ten √0.5 × 10 are left in
    their second year, beside ten new ones; those of 2025 are all there.

    Sensitivity: 20 in 2027 if losses began at the end of the course.
    """
    result = solve_case(
        tmp_path,
        {
            "routes": ROUTES + "train,Train,training,,nurse,2,1,,",
            "past_starts": "route,year,starts\ntrain,2024,10\ntrain,2025,10",
            "scenarios": HEAD + "fewer,completion,,,,2026,0.5",
        },
        TEN_A_YEAR,
        scenarios=["fewer"],
    )
    assert result.series("starts", "in_training") == approx([20, 10 + 10 * 0.5**0.5, 10 + 10 * 0.5**0.5])
    assert result.series("staff", "joiners") == approx([10, 10, 5])


def test_those_who_return_are_the_others(tmp_path: Path) -> None:
    """Proves: of ten nurses on a course of a year, completion 0.8 × 0.5 in 2026: 4 move out in 2027, 6 stay nurses.

    Sensitivity: 8 moved out if the feeder's side were not multiplied.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\nnurse,Nurse,0\nsenior,Senior,0",
            "staff_in_post": "role,fte\nnurse,100\nsenior,0",
            "routes": ROUTES + "train,Train,upskilling,nurse,senior,1,0.8,,return",
            "scenarios": HEAD + "fewer,completion,train,,,2026,0.5",
        },
        "limits: [{name: ten, quantity: starts, exactly: {2026: 10, 2027: 0}}]",
        scenarios=["fewer"],
    )
    assert result.series("staff", "moved_out", role="nurse") == approx([0, 4, 0])
    assert result.series("staff", "joiners", role="senior") == approx([0, 4, 0])


def test_fewer_places_are_filled(tmp_path: Path) -> None:
    """Proves: of 10 places 0.8 are filled in 2026 and 0.4 from 2027: 8, 4, 4 starts, still from 10 commissions a year;
    cohorts and prices follow. One place more in 2027 is 0.4 starts: 0.4 × 2 years fewer unmet.

    Sensitivity: 8 starts a year if places were filled as in the inputs.
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,1000",
            "routes": ROUTES + "train,Train,recruitment,,nurse,0,,0.8,",
            "scenarios": HEAD + "fewer,fill_rate,train,,,2027,0.5",
        },
        {"training_capacity": [{"route": "train", "places": 10}]},
        scenarios=["fewer"],
    )
    assert result.series("starts", "starts") == approx([8, 4, 4])
    assert result.series("starts", "commissions") == approx([10, 10, 10])
    assert result.series("limits", "bound") == approx([8, 4, 4])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("better,completion,train,,,2028,1.3", "completion 1.04 of train in 2028 under better, expected at most 1"),
        (
            "better,fill_rate,,,,2026,1.3",
            "fill_rate 1.17 of train in 2026 under better, expected above 0 and at most 1",
        ),
        ("none,fill_rate,train,,,2028,0", "fill_rate 0 of train in 2028 under none, expected above 0 and at most 1"),
    ],
)
def test_a_share_that_passes_one_is_a_fault(row: str, expected: str, tmp_path: Path) -> None:
    """Proves: for `solve` under the scenario, and for `check`, which tries each scenario alone; not without it."""
    inputs = {"routes": ROUTES + "train,Train,training,,nurse,1,0.8,0.9,", "scenarios": HEAD + row}
    folder = write_inputs(tmp_path / "inputs", {**TINY, **inputs})
    read_evidence(folder)
    (fault,) = check(folder, []).faults.errors
    assert fault.code == "share-outside"
    assert fault.place.line == 2
    assert f"found {expected}" in fault.sentence()
    with pytest.raises(FaultsFound):
        read_evidence(folder, [row.partition(",")[0]])


def test_two_scenarios_that_are_sound_alone_may_not_be_together(tmp_path: Path) -> None:
    rows = "a,completion,,,,2026,1.2\nb,completion,,,,2026,1.2\nc,completion,,,,2026,0.5"
    inputs = {"routes": ROUTES + "train,Train,training,,nurse,1,0.8,,", "scenarios": HEAD + rows}
    folder = write_inputs(tmp_path / "inputs", {**TINY, **inputs})
    assert check(folder, []).faults.errors == []
    assert read_evidence(folder, ["a", "b", "c"]).completion.max() == approx(0.8 * 1.44 * 0.5)
    with pytest.raises(FaultsFound, match=r"completion 1.152 of train in 2026 under a, b"):
        read_evidence(folder, ["a", "b"])
