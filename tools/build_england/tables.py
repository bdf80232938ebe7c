"""The tables of one evidence folder, for all alliances, in the contract's columns."""

from __future__ import annotations

from tools.build_england import figures as national
from tools.build_england.figures import (
    BASE,
    COSTS,
    FIGURES,
    FIRST,
    ROLES,
    ROUTES,
    SLOWS,
    TASKS,
    Row,
    said,
    text,
    weakest,
)
from tools.build_england.shortfall import productivity, rates_before
from tools.build_england.spread import STAFF, WORK, WORK_WORDS, share_out, spread_source, staff_rule
from tools.build_england.stocks import completion, staff_row, volume

ROUTE_FIGURES = ("years", "attrition", "fte_per_completer", "fill_rate", "study_release", "supervisor_fte")
PER_TUMOUR = ("rt_attend", "onc_course")


def tables() -> dict[str, list[Row]]:
    """Every table by name."""
    return {
        "areas": areas(), "roles": roles(), "staff_in_post": staff_in_post(),
        "routes": routes(), "past_starts": past_starts(), "tasks": tasks(), "demand": demand(), "patients": patients(),
        "care": care(), "productivity": productivity(), "patterns": patterns(), "costs": costs(),
        "scenarios": scenarios(),
    }  # fmt: skip


def areas() -> list[Row]:
    """The 21 Cancer Alliances."""
    source = "assumed: names published by NHS England; the region of an alliance that crosses borders is our choice"
    return [
        {"area": a["area"], "title": a["title"], "region": a["region"], "source": source} for a in national.ALLIANCES
    ]


def roles() -> list[Row]:
    """The roles and their leaver rates."""
    kept = ("role", "title", "staff_group", "new_role")
    rates = {r["role"]: FIGURES.row("roles", r["role"], "leaver_rate") for r in ROLES}
    return [{k: r[k] for k in kept} | {"leaver_rate": rates[r["role"]]["value"], "source": said(rates[r["role"]])}
            for r in ROLES]  # fmt: skip


def staff_in_post() -> list[Row]:
    """Staff just before the plan, to one decimal: counted, or carried from the year they were counted in."""
    rows = []
    for role in (r["role"] for r in ROLES):
        fte = staff_row(role, BASE)
        for area, part in share_out(float(fte["value"]), STAFF[role], 1).items():
            rows.append({"area": area, "role": role, "fte": text(part), "source": spread_source(fte, staff_rule(role))})
    return rows


def routes() -> list[Row]:
    """The routes; completion is (1 - attrition a year) to the power of the years."""
    rows = []
    for route in ROUTES:
        found = {q: FIGURES.find("routes", route["route"], q) for q in ROUTE_FIGURES}
        value = {q: row["value"] if row else "" for q, row in found.items()}
        rows.append({k: route[k] for k in ("route", "title", "kind", "from_role", "to_role")} | {
            "years": value["years"], "completion": text(round(completion(route["route"]), 4)),
            "fte_per_completer": value["fte_per_completer"], "fill_rate": value["fill_rate"],
            "non_completers": route["non_completers"], "study_release": value["study_release"],
            "supervisor_role": route["supervisor_role"], "supervisor_fte": value["supervisor_fte"],
            "source": said(*found.values()), "note": route["note"],
        })  # fmt: skip
    return rows


def past_starts() -> list[Row]:
    """Intakes that are still needed, in whole people; a start counts in the alliance where it is expected to join."""
    rows = []
    for route in ROUTES:
        needed = max(int(FIGURES.number("routes", route["route"], "years")), 1)
        known = FIGURES.by_year("past_starts", route["route"], "starts")
        for year, row in ((year, known[year]) for year in range(FIRST - needed, FIRST)):
            source = spread_source(row, f"the alliances' shares of {route['to_role']} staff")
            for area, part in share_out(float(row["value"]), STAFF[route["to_role"]]).items():
                rows.append(
                    {"route": route["route"], "area": area, "year": str(year), "starts": text(part), "source": source}
                )
    return rows


def tasks() -> list[Row]:
    """The tasks by service; shortage weighs the pay of the role fastest at the task (an established one, of equals)."""
    pay = {c["item"]: float(c["amount"]) for c in COSTS if c["per"] == "fte-year"}
    new = {r["role"]: r["new_role"] == "yes" for r in ROLES}
    fastest: dict[str, tuple[float, bool, str]] = {}
    for (role, task), row in rates_before().items():
        fastest[task] = max(fastest.get(task, (0.0, False, "")), (float(row["value"]), not new[role], role))
    source = "assumed: what is counted is our choice; the priority is the pay of {} / that of diag_radiographer"
    return [{k: t[k] for k in ("task", "title", "unit", "service")} | {
        "priority": text(round(pay[fastest[t["task"]][2]] / pay["diag_radiographer"], 2)),
        "source": source.format(fastest[t["task"]][2])} for t in TASKS]  # fmt: skip


def path(head: Row, first: Row, flag: str, source: str, table: str, item: str) -> list[Row]:
    """An alliance's path: its number in a year, its growth, and the year from which it grows more slowly."""
    growth, later = FIGURES.row(table, item, "growth"), FIGURES.find(table, item, "growth_after_2029")
    origin = f"{weakest([flag, growth['flag']])}: {source}; growth {growth['flag']}: {growth['source']}"
    rows = [head | first | {"growth": growth["value"], "source": origin}]
    if later:
        blank = {k: str(SLOWS) if k == "year" else "" for k in first}
        rows.append(head | blank | {"growth": later["value"], "source": said(later)})
    return rows


def demand() -> list[Row]:
    """Work that is not counted by patient."""
    rows: list[Row] = []
    for task in TASKS:
        code, counted = task["task"], FIGURES.find("demand", task["task"], "volume")
        if counted is None or code in PER_TUMOUR:
            continue
        care_row = FIGURES.find("care", f"urgent_referrals:{code}", "units")
        year = BASE if care_row else int(counted["year"])
        with_patients = _referrals(BASE) * float(care_row["value"]) if care_row else 0.0
        rule = WORK_WORDS[task["work_follows"]] + (", less what comes with urgent referrals" if care_row else "")
        source = spread_source(counted, rule).removeprefix("assumed: ")
        for area, part in share_out(volume(code, year) - with_patients, WORK[task["work_follows"]]).items():
            first = {"year": str(year), "volume": text(part)}
            rows += path({"area": area, "task": code}, first, "assumed", source, "demand", code)
    return rows


def _referrals(year: int) -> float:
    """England's urgent suspected cancer referrals of a year."""
    counted = FIGURES.row("patients", "urgent_referrals", "number")
    grown = (1 + FIGURES.number("patients", "urgent_referrals", "growth")) ** (year - int(counted["year"]))
    return float(counted["value"]) * grown


def patients() -> list[Row]:
    """Tumours by alliance as published, and urgent suspected cancer referrals, spread."""
    rows: list[Row] = []
    for alliance in national.ALLIANCES:
        area, shared = alliance["area"], not alliance["tumours"]
        source = "NDRS stage metrics, tumours diagnosed in 2022"
        if shared:
            source += "; 43,214 in the two alliances of the East of England together, shared by prevalence in 2020"
        first = {"year": "2022", "number": text(WORK["tumours"][area])}
        flag = "derived" if shared else "published"
        rows += path({"area": area, "group": "tumours"}, first, flag, source, "patients", "tumours")
    number = FIGURES.row("patients", "urgent_referrals", "number")
    source = spread_source(number, WORK_WORDS["age"]).removeprefix("assumed: ")
    for area, part in share_out(float(number["value"]), WORK["age"]).items():
        first = {"year": number["year"], "number": text(part)}
        rows += path(
            {"area": area, "group": "urgent_referrals"}, first, "assumed", source, "patients", "urgent_referrals"
        )
    return rows


def care() -> list[Row]:
    """Care per patient in the first year of the plan, such that each task's total grows as the evidence says."""
    rows = [_care("tumours", "cns_newcase", 1.0, 0.0, "assumed: every tumour diagnosed needs a key worker")]
    growth = FIGURES.number("patients", "tumours", "growth")
    now = sum(WORK["tumours"].values()) * (1 + growth) ** (FIRST - 2022)
    for task in PER_TUMOUR:
        counted, faster = FIGURES.row("demand", task, "volume"), FIGURES.row("demand", task, "growth")
        relative = (1 + float(faster["value"])) / (1 + growth)
        rows.append(_care("tumours", task, volume(task, FIRST) / now, relative - 1, said(counted, faster)))
    growth = FIGURES.number("patients", "urgent_referrals", "growth")
    for item in FIGURES.items("care"):
        task, units = item.split(":")[1], FIGURES.row("care", item, "units")
        relative = (1 + FIGURES.number("demand", task, "growth")) / (1 + growth)
        rows.append(_care("urgent_referrals", task, float(units["value"]) * relative, relative - 1, said(units)))
    return rows


def _care(group: str, task: str, units: float, growth: float, source: str) -> Row:
    return {"group": group, "task": task, "units_per_patient": text(round(units, 6)), "growth": text(round(growth, 6)),
            "source": source}  # fmt: skip


def patterns() -> list[Row]:
    """Extra sessions, for the roles that are paid for them."""
    extra = FIGURES.row("patterns", "all", "extra_fte")
    titles = {r["role"]: r["title"] for r in ROLES}
    rows = []
    for cost in COSTS:
        if cost["per"] == "pattern-fte-year":
            role = cost["item"].removeprefix("sessions_")
            title = f"Extra sessions: {titles[role]}"
            rows.append({"pattern": cost["item"], "title": title, "role": role, "extra_fte": extra["value"]})
    return [row | {"source": said(extra)} for row in rows]


def costs() -> list[Row]:
    """Costs by budget and line, in 2024/25 prices."""
    kept = ("item", "line", "per", "amount", "budget")
    return [{k: c[k] for k in kept} | {"source": f"{c['flag']}: {c['source']}"} for c in COSTS]


def scenarios() -> list[Row]:
    """Futures that multiply demand, productivity or leaver rates."""
    kept = ("scenario", "table", "item", "task", "area", "year", "multiplier")
    return [{k: s[k] for k in kept} | {"source": f"{s['flag']}: {s['source']}"} for s in national.SCENARIOS]
