"""The option of a plan, carried to a later first year: what is left of its totals, and what its years become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from optimiser.constraints.policy import Entry
from optimiser.plan.reload import Reloaded
from optimiser.text.faults import Faults
from optimiser.text.sheets import is_workbook

FOLDER = "constraints"
"""Where in the folder of rolled inputs the option lies."""


def rolled_option(plan: Reloaded, year: int, faults: Faults) -> dict[str, str]:
    """The option of a plan as text by file: copies of what it was made of, and a file that extends them for `year`.

    The last one is the file to solve with. Nothing for an option of a workbook, which is not copied as text.
    """
    used = plan.folder / "used" / FOLDER
    option = plan.folder / plan.content["constraints"]
    if is_workbook(option) or not option.is_file():
        return {}
    copies = {
        f"{FOLDER}/{path.relative_to(used).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(used.rglob("*.y*ml"))
    }
    inside = PurePosixPath(option.relative_to(used).as_posix())
    name = f"{FOLDER}/{inside.with_name(f'{inside.stem}-from-{year}.yaml')}"
    return {**copies, name: _text(plan, year, inside.name, faults)}


def _text(plan: Reloaded, year: int, extends: str, faults: Faults) -> str:
    """The file: its title, what it extends, and the entries that another first year changes."""
    policy, settings = plan.programme.policy, plan.programme.evidence.settings
    before = settings.label(settings.first_year)
    changed: dict[str, list[dict[str, Any]]] = {}
    for entry in policy.entries:
        for keys in _changes(plan, entry, year, faults):
            changed.setdefault(entry.family, []).append({"name": entry.name, **keys})
    lines = [
        f"# Rolled from {before} to {settings.label(year)}: less what was spent before, and what was carried over.",
        f"title: {json.dumps(f'{policy.title}, from {settings.label(year)}', ensure_ascii=False)}",
        f"extends: {json.dumps(extends, ensure_ascii=False)}",
    ]
    for family, entries in changed.items():
        lines.append(f"{family}:")
        lines += [f"  - {_flow(entry)}" for entry in entries]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if value == "none" or isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float | int) else json.dumps(value, ensure_ascii=False)


def _changes(plan: Reloaded, entry: Entry, year: int, faults: Faults) -> Iterator[dict[str, Any]]:
    """What an entry needs so that it asks the same of the years from `year` on; nothing where it needs nothing."""
    values = entry.values
    if values.get("to", year) < year:
        yield {"drop": True}
        return
    keys: dict[str, Any] = {"from": "none"} if values.get("from", year) < year else {}
    if entry.family == "budgets":
        keys |= _budget(plan, entry, year)
    if values.get("each") == () or (entry.family == "limits" and "year" not in values.get("each", ("year",))):
        label = plan.programme.evidence.settings.label(year)
        found = f'"{entry.name}", which limits the sum of all its years'
        mend = f"Take off what the plan used before {label}."
        faults.warn("total-spent", entry.place, found, "a limit of the years that are left", mend)
    if keys:
        yield keys


def _budget(plan: Reloaded, entry: Entry, year: int) -> dict[str, Any]:
    """What is left of a total; and a first year's limit with what was carried into it."""
    (budget,) = _codes(entry.values["budget"])
    if entry.values.get("total") is not None:
        spend = plan.table("spend")
        rows = zip(spend["budget"], spend["year"], spend["amount"], strict=True)
        return {"total": max(0.0, float(entry.values["total"]) - spent_before(rows, budget, year))}
    table, programme = plan.table("budgets"), plan.programme
    carried = sum(
        float(out or 0)
        for of, when, out in zip(*(table[name] for name in ("budget", "year", "carried_out")), strict=True)
        if of == budget and when and int(when) == year - 1
    )
    alone = [one for one in programme.policy.carries if one.budget == budget]
    if carried <= 0 or len(alone) != 1 or "carry_forward" not in entry.values:
        return {}
    more = {year: carried * _price_level(plan, entry, year)}
    if year < programme.evidence.settings.years[-1]:
        more[year + 1] = 0.0
    return {"limit": {"plus": more}}


def _price_level(plan: Reloaded, entry: Entry, year: int) -> float:
    """Cash of a year for a pound of price_year; 1 for a limit in real prices."""
    settings = plan.programme.evidence.settings
    level = 1.0
    if entry.values.get("prices") == "cash" and settings.inflation is not None and settings.price_year is not None:
        for when in range(settings.price_year + 1, year + 1):
            level *= 1.0 + settings.inflation.at(when)
    return level


def spent_before(rows: Iterator[tuple[str, str, str]], budget: str, year: int) -> float:
    """Return what a plan spends of a budget before a year."""
    return sum(float(amount) for of, when, amount in rows if of == budget and int(when) < year)


def _codes(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
