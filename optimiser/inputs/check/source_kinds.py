"""Counts how many figures are published, derived, recalled or assumed, and how many have no source."""

from __future__ import annotations

from collections import Counter

from optimiser.inputs.declare.tables import SETTINGS, TABLES
from optimiser.inputs.read.cells import BLANKS
from optimiser.inputs.read.folder import Sources
from optimiser.text.rawtable import RawTable

KINDS = ("published", "derived", "recalled", "assumed")
"""The words a source begins with, the strongest first."""

OTHER, NONE = "other", "none"


def kind_of(source: str) -> str:
    """Return `published`, `derived`, `recalled` or `assumed`; `other` for other beginnings, `none` without source."""
    said = source.strip()
    first = said.partition(":")[0].strip().lower()
    if not said or said in BLANKS:
        return NONE
    return first if first in KINDS and ":" in said else OTHER


def count_values(sources: Sources) -> dict[str, int]:
    """Count the numbers of all tables and settings by kind of source; years are not counted."""
    count: Counter[str] = Counter(dict.fromkeys((*KINDS, OTHER, NONE), 0))
    for name, raw in sources.tables.items():
        _count_table(name, raw, count)
    if sources.settings is not None:
        numbers = {column.name for column in SETTINGS if column.kind in ("share", "whole", "number", "by_year")}
        for key in numbers & set(sources.settings.values):
            count[kind_of(sources.settings.sources.get(key, ""))] += 1
    return dict(count)


def _count_table(name: str, raw: RawTable, count: Counter[str]) -> None:
    headers = [header.strip().lower() for header in raw.header]
    columns = [column for column in TABLES[name].columns if column.is_number or column.kind == "whole"]
    numbers = [at for at, header in enumerate(headers) if any(header in column.headers for column in columns)]
    source = headers.index("source") if "source" in headers else None
    for row in raw.rows:
        kind = NONE if source is None else kind_of(row[source])
        count[kind] += sum(1 for at in numbers if row[at].strip() and row[at].strip() not in BLANKS)
