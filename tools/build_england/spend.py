"""What today's intakes, staff, outsourcing and extra sessions cost: the level the budget options start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tools.build_england.figures import BASE, FIGURES, Row


def spend_today(found: Mapping[str, list[Row]]) -> dict[str, float]:
    """Spend by budget in a year like the last before the plan, in GBP of 2024/25: the same intakes every year, staff in
    post, today's share outsourced and today's extra sessions.
    """
    starts, trainees = _intakes(found)
    staff = _sum(found["staff_in_post"], "role", "fte")
    sessions = FIGURES.number("today", "all", "extra_sessions")
    paid_for = {"start": starts, "trainee-year": trainees, "fte-year": staff}
    amount: dict[str, float] = defaultdict(float)
    for cost in found["costs"]:
        item, per = cost["item"], cost["per"]
        if per == "outsourced-unit":
            number = FIGURES.number("today", item, "outsourced_share") * _volume(found, item)
        elif per == "pattern-fte-year":
            number = sessions * staff[item.removeprefix("sessions_")]
        else:
            number = paid_for[per][item]
        amount[cost["budget"]] += float(cost["amount"]) * number
    return dict(sorted(amount.items()))


def _sum(rows: list[Row], key: str, value: str) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        found[row[key]] += float(row[value])
    return found


def _intakes(found: Mapping[str, list[Row]]) -> tuple[dict[str, float], dict[str, float]]:
    """Starts of the last past year and people in training by route, with those intakes every year."""
    last = [row for row in found["past_starts"] if row["year"] == str(BASE)]
    starts, trainees = _sum(last, "route", "starts"), {}
    for route in found["routes"]:
        years, completion = int(route["years"]), float(route["completion"])
        stay = sum(pow(completion, j / years) for j in range(years)) if years else 0.0
        trainees[route["route"]] = starts[route["route"]] * stay
    return starts, trainees


def _volume(found: Mapping[str, list[Row]], task: str) -> float:
    """Units of a task in the year before the plan: volumes, and patients times their care, both grown to it."""
    units = sum(_grown(row, "volume") for row in found["demand"] if row["task"] == task and row["volume"])
    care = [row for row in found["care"] if row["task"] == task]
    per = {row["group"]: float(row["units_per_patient"]) / (1 + float(row["growth"])) for row in care}
    return units + sum(
        _grown(row, "number") * per[row["group"]] for row in found["patients"] if row["group"] in per and row["number"]
    )


def _grown(row: Row, column: str) -> float:
    return float(row[column]) * (1 + float(row["growth"])) ** (BASE - int(row["year"]))
