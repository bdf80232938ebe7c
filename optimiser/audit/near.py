"""near.csv: the starts beside those of the plan they were to be near, and what plan.json says of both."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from typing import Any

from optimiser.audit.difference import Difference, apart
from optimiser.audit.results import Results

FILE = "near.csv"


def near_differences(plan: Mapping[str, Any], results: Results) -> Iterator[Difference]:
    """Starts that near.csv has otherwise than starts.csv, and a sum of differences that is not theirs.

    Whether the other plan's starts are as it announced them is its own folder's matter: no copy of it is kept.
    """
    near = plan.get("near")
    if near is None:
        return
    path, total = results.folder / FILE, 0.0
    if not isinstance(near, dict) or not path.is_file():
        yield Difference(FILE, {}, "", None, "a table")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(row.get(name) or "" for name in ("route", "area", "year"))
            where = dict(zip(("route", "area", "year"), key, strict=True))
            started = results.column("starts", key, "starts")
            figures = {name: _number(row.get(name)) for name in ("starts", "other", "more")}
            for name, value in (("starts", started), ("more", started - figures["other"])):
                if not math.isfinite(value) or apart(figures[name], value, exact=True):
                    yield Difference(FILE, where, name, figures[name], value)
            total += abs(started - figures["other"])
    given = near.get("difference")
    if not isinstance(given, int | float) or apart(float(given), total, exact=True):
        yield Difference("plan.json", {}, "near, difference", given, total)


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return math.nan
