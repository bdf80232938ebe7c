"""Gives rows and columns readable, safe and unique names, as PuLP and the LP and MPS formats want them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from optimiser.inputs.evidence import Evidence, Integers
from optimiser.model.decisions import Block
from optimiser.model.rows import Rows

_UNSAFE = re.compile(r"[^A-Za-z0-9_.]")


def column_names(blocks: Sequence[Block], evidence: Evidence) -> list[str]:
    """Name every column, in order: `starts.north.specialty.2026`."""
    labels: Mapping[str, Sequence[str]] = {
        "area": evidence.areas, "route": evidence.routes, "role": evidence.roles, "task": evidence.tasks,
        "pattern": evidence.patterns, "year": [str(year) for year in evidence.settings.years],
    }  # fmt: skip
    names: list[str] = []
    for block in blocks:
        names += _named(block.name, block.keys, labels, len(block.columns))
    return _unique(names)


def row_names(blocks: Sequence[Rows]) -> list[str]:
    """Name every row, in order: `staff_balance.north.radiologist.2026`."""
    names: list[str] = []
    for block in blocks:
        names += _named(block.name, block.keys, block.labels, len(block))
    return _unique(names)


def _named(name: str, keys: Mapping[str, Integers], labels: Mapping[str, Sequence[str]], size: int) -> Iterable[str]:
    if not keys:
        return [_safe(name)] * size
    parts = []
    for key, codes in keys.items():
        known = [_safe(label) for label in labels[key]] if key in labels else None
        parts.append([known[code] if known else str(code) for code in codes.tolist()])
    stem = _safe(name)
    return [f"{stem}.{'.'.join(part)}" for part in zip(*parts, strict=True)]


def _safe(text: str) -> str:
    return _UNSAFE.sub("_", text)


def _unique(names: list[str]) -> list[str]:
    """Add a number to a repeated name, because PuLP lets two variables share one in silence."""
    if len(set(names)) == len(names):
        return names
    seen: dict[str, int] = {}
    apart = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        apart.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return apart if len(set(apart)) == len(apart) else [f"{name}.n{i}" for i, name in enumerate(names)]
