"""Checks near.csv: the starts beside those of the plan they were to be near, and what plan.json gives of both."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimiser.audit.difference import Difference, apart
from optimiser.audit.results import Results

FILE = "near.csv"
_KEY = ("route", "area", "year")


def near_differences(plan: Mapping[str, Any], results: Results) -> Iterator[Difference]:
    """Yield starts in near.csv that differ from starts.csv of either plan, and a wrong sum of differences.

    The other plan's file is believed while its hash is the one that was recorded: no copy of it is kept.
    """
    near = plan.get("near")
    if near is None:
        return
    path, total = results.folder / FILE, 0.0
    theirs = _announced(plan, results.folder)
    if not isinstance(near, dict) or not path.is_file():
        yield Difference(FILE, {}, "", None, "a table")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(row.get(name) or "" for name in _KEY)
            where = dict(zip(_KEY, key, strict=True))
            started = results.column("starts", key, "starts")
            figures = {name: _number(row.get(name)) for name in ("starts", "other", "more")}
            others = {} if theirs is None else {"other": theirs.get(key, math.nan)}
            for name, value in (("starts", started), *others.items(), ("more", started - figures["other"])):
                if not math.isfinite(value) or apart(figures[name], value, exact=True):
                    yield Difference(FILE, where, name, figures[name], value)
            total += abs(started - figures["other"])
    given = near.get("difference")
    if not isinstance(given, int | float) or apart(float(given), total, exact=True):
        yield Difference("plan.json", {}, "near, difference", given, total)


def near_queries(plan: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """Warn where the other plan is gone, or another than it was, so that near.csv is taken at its word."""
    if plan.get("near") is None or _announced(plan, folder) is not None:
        return ()
    path = _file(plan, folder)
    what = "is not known" if path is None else f"({path}) is {'another' if path.is_file() else 'no longer there'}"
    return (f"Warning: the file of the starts it was to be near {what}: they are taken as near.csv has them.",)


def _announced(plan: Mapping[str, Any], folder: Path) -> dict[tuple[str, ...], float] | None:
    """Read the other plan's starts by route, area and year; None where its file is not the one recorded."""
    path = _file(plan, folder)
    try:
        content = b"" if path is None else path.read_bytes()
    except OSError:
        return None
    if path is None or hashlib.sha256(content).hexdigest() != plan["near_starts"].get("sha256"):
        return None
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {tuple(row.get(name) or "" for name in _KEY): _number(row.get("starts")) for row in rows}


def _file(plan: Mapping[str, Any], folder: Path) -> Path | None:
    """Return where plan.json places the other plan's starts."""
    said = plan.get("near_starts")
    name = said.get("file") if isinstance(said, dict) else None
    return Path(os.path.normpath(folder.resolve() / name)) if isinstance(name, str) else None


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return math.nan
