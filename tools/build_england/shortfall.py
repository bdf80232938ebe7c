"""Productivity from the published shortfalls: staff deliver today what the census says they do, and no more.

need = supply / (1 - shortfall). Volumes are what is asked of the service, so one FTE's rate is the rate before the
shortfall was counted, times (1 - shortfall) x need / supply, with need and supply in FTE of the fastest role.
"""

from __future__ import annotations

from collections.abc import Mapping

from tools.build_england.figures import BASE, FIGURES, ROUTES, TASKS, Row, text, weakest

SHARES = (("reporting_radiographer", "plain_report"), ("bms_reporter", "histo_case"), ("onc_acp", "sact_review"))
"""New roles whose share of a task today is derived from their number."""


def completion(route: str) -> float:
    """Share of starters who complete: (1 - attrition a year) to the power of the years."""
    years = FIGURES.number("routes", route, "years")
    return float(pow(1 - FIGURES.number("routes", route, "attrition"), years))


def in_training(route: str) -> float:
    """People on the route in the base year, those who have left it taken off year by year."""
    years = int(FIGURES.number("routes", route, "years"))
    starts = FIGURES.by_year("past_starts", route, "starts")
    return float(sum(float(starts[BASE - j]["value"]) * completion(route) ** (j / years) for j in range(years)))


def supply(role: str) -> float:
    """FTE of a role in the base year, less the time given to trainees and to their own study."""
    fte = FIGURES.number("roles", role, "staff_fte")
    for route in ROUTES:
        for column, share in (("supervisor_role", "supervisor_fte"), ("from_role", "study_release")):
            figure = FIGURES.find("routes", route["route"], share)
            if route[column] == role and figure:
                fte -= float(figure["value"]) * in_training(route["route"])
    return fte


def rates_before() -> dict[tuple[str, str], Row]:
    """The rate of each role at each task before the shortfall was counted, in the order of the file."""
    pairs = [(i, i.split(":")) for i in FIGURES.items("productivity")]
    return {(role, task): FIGURES.row("productivity", item, "rate_before_gap") for item, (role, task) in pairs}


def factors() -> dict[str, float]:
    """What multiplies the rates of each service; 1 where no shortfall is published."""
    before = {pair: float(row["value"]) for pair, row in rates_before().items()}
    fastest = {task: max(v for (_, t), v in before.items() if t == task) for _, task in before}
    found = {}
    for service in dict.fromkeys(task["service"] for task in TASKS):
        gap = FIGURES.find("gap", service, "shortfall")
        tasks = [task["task"] for task in TASKS if task["service"] == service]
        found[service] = 1.0
        if gap:
            met = 1 - float(gap["value"])
            found[service] = met * _need(tasks, fastest) / _supply(tasks, before, fastest)
    return found


def _need(tasks: list[str], fastest: Mapping[str, float]) -> float:
    return sum(FIGURES.number("demand", task, "volume") / fastest[task] for task in tasks)


def _supply(tasks: list[str], before: Mapping[tuple[str, str], float], fastest: Mapping[str, float]) -> float:
    """A role counts at the task of the service that it is listed with first: what it does most."""
    main: dict[str, str] = {}
    for role, task in before:
        if task in tasks:
            main.setdefault(role, task)
    return sum(supply(role) * time_at(role, task) * before[role, task] / fastest[task] for role, task in main.items())


def time_at(role: str, task: str) -> float:
    """Share of its time that a role gives to a task's service; reporting radiographers report part of the week."""
    reporting = FIGURES.find("today", role, "reporting_time")
    if reporting is None:
        return 1.0
    return 1 - float(reporting["value"]) if task == "image_acq" else float(reporting["value"])


def productivity() -> list[Row]:
    """Rows of productivity.csv."""
    scale, service = factors(), {task["task"]: task["service"] for task in TASKS}
    rows = []
    for (role, task), row in rates_before().items():
        factor, rate = scale[service[task]], float(row["value"])
        scaled = rate if factor == 1 else float(round(rate * factor))
        share, words = _current_share(role, task, scaled)
        gap = FIGURES.find("gap", service[task], "shortfall")
        flags = [row["flag"]] + ([gap["flag"], "assumed"] if gap else [])  # the stock or volume scaled by is assumed
        source = f"{weakest(flags)}: {row['source']}"
        if gap:
            source += f"; x {factor:.4f} so that staff deliver {1 - float(gap['value']):.1%} of need ({gap['source']})"
        rows.append(
            {
                "role": role,
                "task": task,
                "units_per_fte": text(scaled),
                "current_share": share,
                "source": source + words,
            }
        )
    return rows


def _current_share(role: str, task: str, rate: float) -> tuple[str, str]:
    """Today's share of a new role in the task: as published, or staff x rate / volume; blank for other roles."""
    published = FIGURES.find("productivity", f"{role}:{task}", "current_share")
    if published:
        return published["value"], f"; share {published['flag']}: {published['source']}"
    if (role, task) not in SHARES:
        return "", ""
    share = supply(role) * time_at(role, task) * rate / FIGURES.number("demand", task, "volume")
    return text(round(share, 4)), "; share: staff x time x rate / volume"
