"""What is damaged in a results folder: a record of another form, and files that are not as they were written."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from optimiser.plan.marker import RECORD, RUN, changed
from optimiser.text.faults import Fault, Faults, Place

_AGAIN = "Make the results again."


def damage(folder: Path, contents: bool) -> list[Fault]:
    """The faults of the record's form; with `contents`, of every file too that is no longer as it was written.

    A folder without a record, or with one that is no JSON, is left to who reads it: that has messages of its own.
    """
    faults = Faults()
    for name, form in ((RECORD, _PLAN), (RUN, _RUN)):
        content = _content(folder / name)
        for key, found, expected in _wrong(content, form) if isinstance(content, dict) else ():
            faults.add("bad-json", Place(str(folder / name), column=key), found, expected, _AGAIN)
    for name in changed(folder) if contents and not faults.found else ():
        faults.add("damaged-results", Place(str(folder / name)), "a file that is not as it was written", "", _AGAIN)
    return faults.found


def _content(path: Path) -> object:
    try:
        return json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None


Test = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999


def _below_used(value: Any) -> bool:
    return _text(value) and PurePosixPath(value).parts[:1] == ("used",) and ".." not in PurePosixPath(value).parts


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _of(test: Test) -> Test:
    return lambda value: isinstance(value, dict) and all(map(test, value.values()))


def _keys(keys: Mapping[str, Test]) -> Test:
    return lambda value: (
        isinstance(value, dict) and all(key in value and test(value[key]) for key, test in keys.items())
    )


def _priorities(value: Any) -> bool:
    named = _keys({"name": _text, "value": _number})
    return isinstance(value, list) and bool(value) and all(map(named, value))


_RUN: Mapping[str, tuple[Test, str]] = {
    "command": (_text, "a text"),
    "versions": (_of(_text), "a version for each package"),
    "sha256": (_of(_text), "a hash for each file"),
}
_PLAN: Mapping[str, tuple[Test, str]] = {
    "status": (_text, "how the run ended"),
    "title": (_text, "a text"),
    "inputs": (_below_used, "a path below used"),
    "constraints": (_below_used, "a path below used"),
    "scenarios": (_texts, "a list of names"),
    "years": (_keys({"first": _year, "last": _year, "run_out": _year}), "first, last and run_out"),
    "currency": (_text, "a code"),
    **_RUN,
}
_OPTIMAL: Mapping[str, tuple[Test, str]] = {
    "priorities": (_priorities, "names with values"),
    "cost": (_keys({"discounted": _number, "undiscounted": _number}), "two numbers"),
    "unmet_fte_years": (_number, "a number"),
}
"""Null where there is no plan."""


def _wrong(content: Mapping[str, Any], form: Mapping[str, tuple[Test, str]]) -> Iterator[tuple[str, str, str]]:
    """Each key that is missing or holds something else: key, what was found, what was expected."""
    whole = {**form, **(_OPTIMAL if form is _PLAN and content.get("status") == "optimal" else {})}
    for key, (test, expected) in whole.items():
        if key not in content:
            yield key, "a record without it", expected
        elif not test(content[key]):
            shown = json.dumps(content[key], ensure_ascii=True)
            yield key, shown if len(shown) <= 60 else f"{shown[:60]} …", expected
