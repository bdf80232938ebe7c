"""Networks: areas that share a task's work, so that staff of one may do what is demanded in another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from pytest import approx

from tests.support.engine import Result, solve_case
from tests.support.examples import examples, numbers

AREAS = "area,title\nnorth,North\nsouth,South"
STAFF = "area,role,fte\nnorth,nurse,10\nsouth,nurse,4"
DEMAND = "area,task,year,volume\nnorth,visit,2026,60\nsouth,visit,2026,90"
SHARED = "network,task,area\nboth,visit,north\nboth,visit,south"
CASE: Mapping[str, Any] = {
    "settings": {"last_year": 2026},
    "areas": AREAS,
    "staff_in_post": STAFF,
    "demand": DEMAND,
    "networks": SHARED,
}


def figures(result: Result, column: str) -> tuple[float, float]:
    """A column of demand.csv in the north and the south."""
    return result.figure("demand", column, area="north"), result.figure("demand", column, area="south")


def test_slack_of_one_area_meets_shortage_of_another(tmp_path: Path) -> None:
    """Proves: the north's 100 visits cover its 60 and 40 of the south's 90; the south does 40 itself and 10 stay unmet.

    Sensitivity: 50 unmet without a network; 0 if the 40 counted twice.
    """
    alone = solve_case(tmp_path / "alone", {**CASE, "networks": None})
    assert figures(alone, "unmet") == approx((0, 50))
    assert figures(alone, "received") == (0, 0)
    result = solve_case(tmp_path / "shared", CASE)
    assert result.values["unmet"] == approx(1)
    # Where the 10 stay is open: both areas weigh the same.
    assert figures(result, "by_staff") == approx((100, 40))
    north, south = figures(result, "received")
    assert north + south == approx(0, abs=1e-9)
    short = figures(result, "unmet")
    assert (north, south) == approx((60 - 100 - short[0], 90 - 40 - short[1]))


def test_an_area_gives_no_more_than_its_own_staff_do(tmp_path: Path) -> None:
    """Proves: outsourced units stay where they are bought: the north buys its 60 and gives the 100 its staff do, of
    which the south takes 50; nothing is unmet though buying is capped at the north's own 60.

    Sensitivity: 10 unmet if an area could only give what is left after its own demand.
    """
    result = solve_case(
        tmp_path,
        {**CASE, "costs": "item,line,per,amount,budget\nvisit,bought,outsourced-unit,1,"},
        {"limits": [
            {"name": "south buys nothing", "quantity": "outsourced", "where": {"area": "south"}, "at_most": 0},
        ]},
    )  # fmt: skip
    assert result.values["unmet"] == approx(0)
    assert result.values["cost"] == approx(10)
    north, south = figures(result, "received")
    assert south == approx(50)
    assert -north <= figures(result, "by_staff")[0] + 1e-9


def test_shares_are_of_the_areas_own_volume(tmp_path: Path) -> None:
    """Proves: a skill-mix cap of 1 holds the north to the 60 visits of its own volume, so that it gives nothing.

    Sensitivity: 10 unmet if the cap were a share of what the area does, or of the network's volume.
    """
    option = {"skill_mix": [{"task": "visit", "role": "nurse", "max_share": 1}]}
    result = solve_case(tmp_path, CASE, option)
    assert figures(result, "by_staff") == approx((60, 40))
    assert result.values["unmet"] == approx(5)


def test_what_areas_do_for_each_other_can_be_limited(tmp_path: Path) -> None:
    """Proves: `received` in a limit, by area: at most a third of the south's volume, 30, so that 20 stay unmet.

    Sensitivity: 10 unmet without the limit.
    """
    option = {
        "limits": [
            {"name": "a third", "quantity": "received", "where": {"area": "south"}, "at_most": 1 / 3,
             "of": {"quantity": "demand", "where": {"area": "south"}}, "each": ["task", "year"]},
        ]
    }  # fmt: skip
    result = solve_case(tmp_path, CASE, option)
    assert result.values["unmet"] == approx(2)
    assert figures(result, "received") == approx((-30, 30))
    assert result.figure("limits", "price_unmet") == approx(0.1)


def test_only_the_task_named_is_shared(tmp_path: Path) -> None:
    """Proves: of two tasks one is shared; `received` has no row to limit for the other, which is a fault.

    Sensitivity: with every task shared nothing of `call` would stay unmet.
    """
    inputs = {
        **CASE,
        "tasks": "task,title,unit\nvisit,Visit,visits\ncall,Call,calls",
        "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,call,10",
        "demand": DEMAND + "\nsouth,call,2026,100\nnorth,call,2026,0",
    }
    result = solve_case(tmp_path / "sound", inputs)
    # The south's 4 FTE do 40 calls, the north's 100 visits go to the 150 demanded: 60 calls and 50 visits are unmet.
    assert result.values["unmet"] == approx(11)
    limit = {"limits": [{"name": "calls", "quantity": "received", "where": {"task": "call"}, "at_most": 1}]}
    refused = solve_case(tmp_path / "refused", inputs, limit, expect=1)
    assert "See networks.csv for the areas that share the task." in refused.output


law = examples(6, derandomize=True, suppress_health_check=list(HealthCheck))


@law
@given(north=numbers(0, 20), south=numbers(0, 20), here=numbers(1, 200), there=numbers(1, 200))
def test_a_network_is_as_good_as_one_area(
    north: float, south: float, here: float, there: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: without tiers and limits, two areas that share all work leave unmet what one area with both would.

    Sensitivity: any loss or gain in moving work.
    """
    result = solve_case(
        tmp_path_factory.mktemp("network"),
        {
            **CASE,
            "staff_in_post": f"area,role,fte\nnorth,nurse,{north!r}\nsouth,nurse,{south!r}",
            "demand": f"area,task,year,volume\nnorth,visit,2026,{here!r}\nsouth,visit,2026,{there!r}",
        },
    )
    short = max(0.0, here + there - 10 * (north + south))
    assert result.values["unmet"] == approx(short / 10, abs=1e-7)
