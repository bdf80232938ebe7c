"""The validation cases as evidence and options that the engine solves: one area, one role or two, one task."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.engine import Result, solve_case
from tests.validation.published import (
    AMBITION,
    BASE_2016,
    PIPELINE,
    Backcast,
    Census,
    completion,
    figure,
    price,
)

LEAVERS = figure("roles", "radiologist", "leaver_rate")
ROUTES = "route,title,kind,to_role,years,completion,fte_per_completer"


def _one_role(first: int, last: int, stock: float, leavers: float) -> dict[str, Any]:
    """Consultants who do one task, measured in FTE-years."""
    return {
        "settings": {"title": "Validation", "first_year": first, "last_year": last, "discount_rate": 0},
        "roles": f"role,title,leaver_rate\nconsultant,Consultant,{leavers!r}",
        "staff_in_post": f"role,fte\nconsultant,{stock!r}",
        "tasks": "task,title,unit\nwork,Work,FTE-years",
        "productivity": "role,task,units_per_fte\nconsultant,work,1",
    }


def census(where: Path, case: Census, need_growth: float, stock_growth: float) -> tuple[float, float]:
    """The gap five years on, FTE and share of need: stock and need grow as given, with the leavers of the inputs.

    Staff grow by g when the intake is (leaver rate + g) ÷ (1 + g) of the year's staff; a limit says so.
    """
    inputs = _one_role(case.year + 1, case.year + 5, case.need - case.opening_gap, LEAVERS) | {
        "routes": f"{ROUTES}\nintake,Intake,net supply,consultant,0,1,1",
        "demand": f"task,year,volume,growth\nwork,{case.year},{case.need!r},{need_growth}",
    }
    grows = {"name": "staff grow as published", "quantity": "joiners", "where": {"role": "consultant"},
             "exactly": (LEAVERS + stock_growth) / (1 + stock_growth), "of": {"quantity": "staff"}}  # fmt: skip
    result = solve_case(where, inputs, {"limits": [grows]})
    unmet = result.figure("demand", "unmet_fte", year=case.year + 5)
    return unmet, unmet / result.figure("demand", "volume", year=case.year + 5)


def pipeline_intake() -> float:
    """Completers a year that make the published pipeline: 6,100 → 6,846 in five years with the inputs' leavers."""
    stay = 1 - LEAVERS
    return float((BASE_2016 + PIPELINE - BASE_2016 * stay**5) / sum(stay**k for k in range(5)))


def ambition(where: Path, kept: float | None) -> float:
    """Growth 2016 to 2021, FTE: the pipeline already in training, and, unless None, at most `kept` of the leavers kept.

    7,381 are asked for in 2021; training started now comes too late. Keeping somebody costs a little, so no more than
    are asked for are kept.
    """
    started = pipeline_intake()
    routes = f"{ROUTES}\nspecialty,Specialty training,specialty training,consultant,5,1,1"
    keeps = "" if kept is None else "\nretention,Kept who would have left,retention,consultant,0,1,1"
    past = "".join(f"\nspecialty,{year},{started!r}" for year in range(2012, 2017))
    inputs = _one_role(2017, 2021, BASE_2016, LEAVERS) | {
        "routes": routes + keeps,
        "past_starts": f"route,year,starts{past}",
        "demand": f"task,year,volume\nwork,2017,1\nwork,2021,{BASE_2016 + AMBITION!r}",
        "costs": "item,line,per,amount,budget" + ("" if kept is None else "\nretention,retention,start,1,"),
    }
    limit = {"name": "system actions", "quantity": "starts", "where": {"kind": "retention"},
             "at_most": kept, "of": {"quantity": "leavers"}, "each": ["year"]}  # fmt: skip
    result = solve_case(where, inputs, "" if kept is None else {"limits": [limit]})
    return result.figure("staff", "fte", year=2021) - BASE_2016


def backcast(where: Path, case: Backcast, intakes: Mapping[int, float] | None = None) -> list[float]:
    """The role's FTE after each of the later dates' yearly changes, at the rates of the England inputs.

    Intakes are those of the inputs' last year, held level before and after, or `intakes` by year for the first route.
    """
    years = max(changes for _, changes, _ in case.later)
    first = case.opening_year + 1
    lines, past = [ROUTES], ["route,year,starts"]
    for route in case.routes:
        length = int(figure("routes", route, "years"))
        lines.append(
            f"{route},{route},training,consultant,{length},{completion(route)!r},"
            f"{figure('routes', route, 'fte_per_completer')!r}"
        )
        level = figure("past_starts", route, "starts")
        given = intakes if intakes and route == case.routes[0] else {}
        past += [f"{route},{year},{given.get(year, level)}" for year in range(first - max(length, 1), first)]
    inputs = _one_role(first, first + years - 1, case.opening, figure("roles", case.role, "leaver_rate")) | {
        "routes": "\n".join(lines),
        "past_starts": "\n".join(past),
        "demand": f"task,year,volume\nwork,{first},1",
    }
    result = solve_case(where, inputs, {"hold": [{"route": list(case.routes)}]})
    staff = result.series("staff", "fte")
    return [staff[changes - 1] for _, changes, _ in case.later]


def fte_year_outsourced() -> float:
    """What it costs to buy in the CT and MRI reports of one radiologist's year, £."""
    return figure("productivity", "radiologist:xs_report", "rate_before_gap") * price("xs_report", "outsourced-unit")


def strategy(where: Path, last: int, extra_places: int, money: float | None, pay: bool = False) -> Result:
    """Radiology from the census of 2021 (1,939 short, 33 %) to `last`, need growing as in the case of 2023.

    Today's 300 posts are kept; up to `extra_places` more may be filled; 100 to 150 come from abroad; the rest is
    outsourced, or unmet where `money` (£ a year, for all of it) does not reach. None: whatever it costs.
    """
    need = 1939 / 0.33
    train, abroad = "radiology_training", "overseas_radiology"
    cost = price(train, "trainee-year")
    past = "".join(f"\n{train},{year},300" for year in range(2016, 2021))
    inputs = _one_role(2021, last, need - 1939, LEAVERS) | {
        "routes": f"{ROUTES}\n{train},Training,training,consultant,5,{completion(train)!r},0.923"
                  f"\n{abroad},From abroad,recruitment,consultant,0,1,0.923",
        "past_starts": f"route,year,starts{past}",
        "demand": f"task,year,volume,growth\nwork,2020,{need!r},0.0701",
        "costs": f"item,line,per,amount,budget\n{train},training,trainee-year,{cost!r},money"
                 f"\n{abroad},recruitment,start,{price(abroad, 'start')!r},money"
                 f"\nwork,outsourcing,outsourced-unit,{fte_year_outsourced()!r},money"
                 + (f"\nconsultant,pay,fte-year,{price('radiologist', 'fte-year')!r},money" if pay else ""),
    }  # fmt: skip
    policy: dict[str, Any] = {
        "training_capacity": [{"route": train, "places": 300 + extra_places}, {"route": abroad, "places": 150}],
        "limits": [
            {"name": "today's posts are kept", "quantity": "starts", "where": {"route": train}, "at_least": 300}
        ],
        "outsourcing": [{"task": "work", "max_share": 1}],
        "demand": {"unmet": "forbidden" if money is None else "allowed"},
    }
    if money is not None:
        policy["budgets"] = [{"budget": "money", "limit": money}]
    return solve_case(where, inputs, policy)
