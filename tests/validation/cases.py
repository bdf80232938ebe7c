"""The validation cases as evidence and options that the engine solves: one area, one role or two, one task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optimiser.backcast.backcast import backcast
from optimiser.backcast.stocks import read_stocks
from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import Faults
from tests.support.engine import Result, solve_case
from tests.validation.published import (
    AMBITION,
    BASE_2016,
    CHOSEN_LATER,
    GROSS_LEAVERS,
    PIPELINE,
    Census,
    HeldOut,
    completion,
    figure,
    price,
)
from tools.build_england.national import LEAVE, national, write

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
    """The gap five years on, FTE and share of need: stock and need grow as given, with 4.9 % leavers.

    Staff grow by g when the intake is (leaver rate + g) ÷ (1 + g) of the year's staff; a limit says so.
    """
    inputs = _one_role(case.year + 1, case.year + 5, case.need - case.opening_gap, GROSS_LEAVERS) | {
        "routes": f"{ROUTES}\nintake,Intake,net supply,consultant,0,1,1",
        "demand": f"task,year,volume,growth\nwork,{case.year},{case.need!r},{need_growth}",
    }
    grows = {"name": "staff grow as published", "quantity": "joiners", "where": {"role": "consultant"},
             "exactly": (GROSS_LEAVERS + stock_growth) / (1 + stock_growth), "of": {"quantity": "staff"}}  # fmt: skip
    result = solve_case(where, inputs, {"limits": [grows]})
    unmet = result.figure("demand", "unmet_fte", year=case.year + 5)
    return unmet, unmet / result.figure("demand", "volume", year=case.year + 5)


def pipeline_intake() -> float:
    """Completers a year that make the published pipeline: 6,100 → 6,846 in five years with 4.9 % leavers."""
    stay = 1 - GROSS_LEAVERS
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
    inputs = _one_role(2017, 2021, BASE_2016, GROSS_LEAVERS) | {
        "routes": routes + keeps,
        "past_starts": f"route,year,starts{past}",
        "demand": f"task,year,volume\nwork,2017,1\nwork,2021,{BASE_2016 + AMBITION!r}",
        "costs": "item,line,per,amount,budget" + ("" if kept is None else "\nretention,retention,start,1,"),
    }
    limit = {"name": "system actions", "quantity": "starts", "where": {"kind": "retention"},
             "at_most": kept, "of": {"quantity": "leavers"}, "each": ["year"]}  # fmt: skip
    result = solve_case(where, inputs, "" if kept is None else {"limits": [limit]})
    return result.figure("staff", "fte", year=2021) - BASE_2016


def back_cast(where: Path, case: HeldOut, since: int, value: float | None = None) -> dict[int, tuple[float, float]]:
    """Observed and modelled FTE by year after `since`, from the published stock of that year.

    The rates and intakes are those of the England inputs, or `value` in place of what the case fits.
    """
    given = {} if value is None else {case.fitted: value}
    rates = {case.role: value} if value is not None and case.fitted == LEAVE else None
    tables = national(rates, given if rates is None else None, CHOSEN_LATER)
    actuals = write(where, tables, [case.role])
    faults = Faults()
    evidence = read_evidence(where / "inputs")
    stocks = read_stocks(actuals, evidence, since, faults)
    if stocks is None:
        raise RuntimeError(str(faults.errors))
    table = backcast(evidence, *stocks).frame().columns
    rows = zip(table["year"], table["observed"], table["modelled"], strict=True)
    return {int(year): (float(seen), float(model)) for year, seen, model in rows if int(year) > since}


def fitted(where: Path, case: HeldOut) -> float:
    """The leaver rate, or the starts a year, that leads from the first stock of the case to the second: by secants."""

    def apart(value: float) -> float:
        seen, model = back_cast(where, case, case.since, value)[case.until]
        return model / seen - 1

    last, value = (0.02, 0.05) if case.fitted == LEAVE else (0.0, 100.0)
    error = apart(last)
    while abs(error) > 1e-5:
        now = apart(value)
        last, value, error = value, value - now * (value - last) / (now - error), now
    return last


def needed(where: Path, case: HeldOut, since: int) -> float:
    """FTE a year that would have to join besides, so that the model reaches the last published stock."""
    later = back_cast(where, case, since)
    last = max(later)
    stay = 1 - figure("roles", case.role, LEAVE)
    seen, model = later[last]
    return (seen - model) / sum(stay**k for k in range(last - since))


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
    inputs = _one_role(2021, last, need - 1939, figure("roles", "radiologist", LEAVE)) | {
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
