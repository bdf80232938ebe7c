"""Turns the settings from text into values; keys, types and ranges come from their declaration."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from typing import Any

from optimiser.inputs.declare.columns import Column
from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS
from optimiser.inputs.settings import RawSettings, Settings
from optimiser.text.by_year import at_line, read_by_year
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.letters import UNPRINTABLE, characters_in
from optimiser.text.numbers import NotReadable, is_financial, quoted, read_flag, read_number, read_whole, read_year
from optimiser.text.yamltext import Mapping, Node, Scalar, describe

LONGEST = 200
"""Modelled years beyond which a typing error is more likely than a plan."""


def settings_of(node: Node, file: str, faults: Faults, comments: MappingOf[str, str]) -> RawSettings | None:
    """Return the keys of a settings file read as YAML, each with its place and the comment on its line."""
    if not isinstance(node, Mapping):
        faults.add("not-settings", Place(file, node.line), describe(node), "keys such as first_year: 2026", "")
        return None
    return RawSettings(file, {key: (value, Place(file, line, key)) for key, line, value in node.items}, comments)


def read_settings(raw: RawSettings, faults: Faults) -> tuple[Settings | None, bool]:
    """Return the settings (None where a needed one is missing or wrong), and whether years are financial years."""
    declared = {column.name: column for column in SETTINGS}
    known = [*declared, *(column.name for column in ANYWHERE)]
    for key, (_, place) in raw.values.items():
        if key not in known:
            faults.add("unknown-key", place, quoted(key), "a key of the settings", did_you_mean(key, known))
    before = len(faults.errors)
    # Where it cannot be read, 2026/27 is not called a second fault.
    financial = _value(declared["financial_years"], raw, False, faults) is not False or _inferred(raw)
    values = {name: _value(column, raw, financial, faults) for name, column in declared.items()}
    values["financial_years"] = financial
    _check_years(values, raw, faults)
    if len(faults.errors) > before:
        return None, financial
    places = {key: place for key, (_, place) in raw.values.items()}
    return Settings(**values, places=places, sources=raw.sources), financial


def _inferred(raw: RawSettings) -> bool:
    """Return True where financial_years is not given and first_year is written as 2026/27."""
    given, _ = raw.values.get("financial_years", (Scalar("", 0), None))
    first, _ = raw.values.get("first_year", (Scalar("", 0), None))
    blank = isinstance(given, Scalar) and given.blank
    return blank and isinstance(first, Scalar) and is_financial(first.text)


def _value(column: Column, raw: RawSettings, financial: bool, faults: Faults) -> Any:
    """Return the typed value of one key; its default where blank; None with the fault recorded where wrong."""
    node, place = raw.values.get(column.name, (Scalar("", 0), Place(raw.file)))
    if isinstance(node, Scalar) and node.blank:
        if column.required:
            mend = f"Add a line such as {column.name}: {column.example}."
            faults.add("missing-key", place, f'no value for "{column.name}"', column.range_words, mend)
            return None
        return False if column.kind == "yes_no" else column.default
    if column.kind == "by_year":
        value = read_by_year(node, faults, place, financial)
        if value is not None and min(value.values) <= -1:
            faults.add("out-of-range", place, f"{min(value.values):g}", "numbers above -1", "0.02 is 2 per cent.")
        return value
    if not isinstance(node, Scalar):
        faults.add("not-a-value", at_line(place, node.line), describe(node), "a single value", "")
        return None
    return _scalar(column, node.text, place, financial, faults)


def _scalar(column: Column, text: str, place: Place, financial: bool, faults: Faults) -> Any:
    """Return the typed value of a key's text, or None with the fault recorded."""
    if column.kind == "text":
        if UNPRINTABLE.search(text):
            mend = "Remove it: no report could show it."
            faults.add("control-character", place, characters_in(text), column.range_words, mend)
        return text
    try:
        if column.kind == "year":
            return read_year(text, financial)
        if column.kind == "yes_no":
            return read_flag(text)
        value = read_whole(text) if column.kind == "whole" else read_number(text)
    except NotReadable as error:
        faults.unreadable(error, place)
        return None
    if not column.allows(value):
        faults.add("out-of-range", place, quoted(text), column.range_words, column.mend(value))
        return None
    return value


def _check_years(values: MappingOf[str, Any], raw: RawSettings, faults: Faults) -> None:
    """Check that the last year is not before the first, nor absurdly long after it."""
    first, last, run_out = values["first_year"], values["last_year"], values["run_out_years"]
    if first is None or last is None:
        return
    place = raw.values["last_year"][1]
    if last < first:
        faults.add("years-reversed", place, f"{last}", f"{first} (first_year) or later", "Exchange them.")
    elif last + (run_out or 0) - first >= LONGEST:
        found = f"{last + (run_out or 0) - first + 1} modelled years"
        faults.add("too-many-years", place, found, f"at most {LONGEST}", "Check first_year and last_year.")
