"""Productivity from the published shortfalls: staff deliver today what the census says they do, and no more.

need = supply / (1 - shortfall). Volumes are what is asked of the service, so one FTE's rate is the rate before the
shortfall was counted, times (1 - shortfall) x need / supply, with need and supply in FTE of the fastest role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tools.build_england.figures import BASE, CENSUS, FIGURES, ROUTES, TASKS, Row, text, weakest
from tools.build_england.stocks import in_training, staff, volume

SHARES = (("reporting_radiographer", "plain_report"), ("bms_reporter", "histo_case"), ("onc_acp", "sact_review"),
          ("clin_oncologist", "onc_course"), ("clin_oncologist", "sact_review"),
          ("med_oncologist", "onc_course"), ("med_oncologist", "sact_review"))  # fmt: skip
"""Roles whose share of a task today is derived from their number."""


def supply(role: str, year: int) -> float:
    """FTE of a role in a year, less the time given to trainees and to their own study."""
    fte = staff(role, year)
    for route in ROUTES:
        for column, share in (("supervisor_role", "supervisor_fte"), ("from_role", "study_release")):
            figure = FIGURES.find("routes", route["route"], share)
            if route[column] == role and figure:
                fte -= float(figure["value"]) * in_training(route["route"], year)
    return fte


def rates_before() -> dict[tuple[str, str], Row]:
    """The rate of each role at each task before the shortfall was counted, in the order of the file."""
    pairs = [(i, i.split(":")) for i in FIGURES.items("productivity")]
    return {(role, task): FIGURES.row("productivity", item, "rate_before_gap") for item, (role, task) in pairs}


def factors() -> dict[str, float]:
    """What multiplies the rates of each service, in the year of its shortfall or, where staff were counted later, in
    2023/24; 1 where no shortfall is published.
    """
    before = {pair: float(row["value"]) for pair, row in rates_before().items()}
    fastest = {task: max(v for (_, t), v in before.items() if t == task) for _, task in before}
    found = {}
    for service in dict.fromkeys(task["service"] for task in TASKS):
        gap = FIGURES.find("gap", service, "shortfall")
        tasks = [task["task"] for task in TASKS if task["service"] == service]
        found[service] = 1.0
        if gap:
            year, met = max(int(gap["year"]), CENSUS), 1 - float(gap["value"])
            found[service] = met * _need(tasks, fastest, year) / _supply(tasks, before, fastest, year)
    return found


def _need(tasks: list[str], fastest: Mapping[str, float], year: int) -> float:
    return sum(volume(task, year) / fastest[task] for task in tasks)


def _supply(
    tasks: list[str], before: Mapping[tuple[str, str], float], fastest: Mapping[str, float], year: int
) -> float:
    """A role counts at the task of the service that it is listed with first: what it does most."""
    main: dict[str, str] = {}
    for role, task in before:
        if task in tasks:
            main.setdefault(role, task)
    return sum(
        supply(role, year) * time_in(role, tasks, task) * before[role, task] / fastest[task]
        for role, task in main.items()
    )


def time_in(role: str, tasks: Iterable[str], main: str) -> float:
    """Share of its time that a role gives to a service: what its tasks take together, or what its main task takes."""
    shares = [FIGURES.find("today", f"{role}:{task}", "time") for task in tasks]
    known = [float(row["value"]) for row in shares if row]
    return sum(known) if known else time_at(role, main)


def time_at(role: str, task: str) -> float:
    """Share of its time that a role gives to a task; reporting radiographers report part of the week."""
    at_task = FIGURES.find("today", f"{role}:{task}", "time")
    if at_task:
        return float(at_task["value"])
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
    share = supply(role, BASE) * time_at(role, task) * rate / volume(task, BASE)
    return text(round(share, 4)), "; share: staff x time x rate / volume"
