"""What is allowed: a constraints file with what it extends, as a list of entries with one name each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.oracle.values import LOADER

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


RELATIVE = ("times", "plus")


def read_policy(path: Path) -> dict[str, Any]:
    """The whole file: every family a dictionary of name → list of entries (each about one subject)."""
    policy = read_merged(path)
    for family in FAMILIES:
        if family in policy:
            policy[family] = {name: split(family, entry) for name, entry in policy[family].items()}
    return policy


def read_merged(path: Path) -> dict[str, Any]:
    """The file laid over what it extends: every family a dictionary of name → entry, lists in named ones kept."""
    written = yaml.load(Path(path).read_text(encoding="utf-8-sig"), Loader=LOADER) or {}
    base: dict[str, Any] = {}
    if "extends" in written:
        base = read_merged(Path(path).parent / written["extends"])
    merged = dict(base)
    for key, value in written.items():
        if value == "none":
            del merged[key]
        elif key in FAMILIES:
            merged[key] = extend(base.get(key, {}), key, value)
        elif isinstance(value, dict):
            merged[key] = laid_over(base.get(key, {}), value)
        else:
            merged[key] = value
    return merged


def extend(inherited: dict[str, Any], family: str, entries: list[Any]) -> dict[str, Any]:
    """Entries by name: new ones are added, ones of an inherited name change it key by key, dropped ones go."""
    result = dict(inherited)
    for entry in entries:
        if entry.get("drop"):
            del result[entry["name"]]
            continue
        for part in [entry] if "name" in entry else split(family, entry):
            name = part.get("name") or called(family, part)
            result[name] = laid_over(result.get(name, {}), part)
    return result


def laid_over(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The keys of both; `none` takes one away, and a relative value remembers what it is relative to."""
    result = dict(inherited)
    for key, value in own.items():
        if value == "none":
            del result[key]
        elif isinstance(value, dict) and any(how in value for how in RELATIVE):
            result[key] = {"inherited": inherited[key], **value}
        else:
            result[key] = value
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
