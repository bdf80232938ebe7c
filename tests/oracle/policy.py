"""What is allowed: a constraints file with what it extends, as a list of entries with one name each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FAMILIES = (
    "budgets",
    "training_capacity",
    "skill_mix",
    "outsourcing",
    "service_levels",
    "fairness",
    "pace",
    "adoption",
    "hold",
    "cohorts",
    "limits",
)
SUBJECT = {
    "budgets": ("budget",),
    "training_capacity": ("route",),
    "skill_mix": ("task", "role"),
    "outsourcing": ("task",),
    "service_levels": ("task",),
    "fairness": ("service",),
    "pace": ("route",),
    "adoption": ("role",),
    "hold": ("route",),
    "cohorts": ("route",),
    "limits": (),
}


def read_policy(path: Path) -> dict[str, Any]:
    """The whole file: every family a dictionary of name → list of entries (each about one subject)."""
    written = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig")) or {}
    base: dict[str, Any] = {}
    if "extends" in written:
        base = read_policy(Path(path).parent / written["extends"])
    merged = dict(base)
    for key, value in written.items():
        if key in FAMILIES:
            merged[key] = extend(base.get(key, {}), key, value)
        elif isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = {**base[key], **value}
        else:
            merged[key] = value
    return merged


def extend(inherited: dict[str, list[Any]], family: str, entries: list[Any]) -> dict[str, list[Any]]:
    """Entries by name: new ones are added, ones of the same name replaced, dropped ones removed."""
    result = dict(inherited)
    for entry in entries:
        if entry.get("drop"):
            del result[entry["name"]]
            continue
        parts = split(family, entry)
        names = [entry.get("name") or called(family, part) for part in parts]
        for name in names:
            result[name] = [part for part, own in zip(parts, names, strict=True) if own == name]
    return result


def split(family: str, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry for each route, task or role of a list."""
    parts = [entry]
    for key in SUBJECT[family]:
        parts = [{**part, key: one} for part in parts for one in as_list(part[key])]
    return parts


def called(family: str, entry: dict[str, Any]) -> str:
    """The name of an entry that has none."""
    name = " ".join([family, *(str(entry[key]) for key in SUBJECT[family])])
    return f"{name} by {' '.join(entry['each'])}" if entry.get("each") else name


def as_list(value: Any) -> list[Any]:
    """A value or a list, as a list."""
    return list(value) if isinstance(value, list) else [value]
