"""Turns the cells of one column from text into values, a whole column at a time because files may be long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimiser.inputs.declare.columns import Column
from optimiser.text.faults import Faults, nearest
from optimiser.text.letters import FORMULA, UNPRINTABLE, characters_in
from optimiser.text.numbers import LARGEST, NotReadable, is_too_small, quoted, read_number, read_whole, read_year
from optimiser.text.rawtable import RawTable

BLANKS = frozenset({"[x]", "[z]"})
"""The shorthand of published spreadsheets for "not available" and "not applicable": blank cells."""

ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)
"""What a spreadsheet shows where a formula failed."""

_PLAIN = frozenset("0123456789.eE+-")
_DIGITS = frozenset("0123456789")
"""With one of these first, a spreadsheet that opens a result table calculates the cell."""


@dataclass
class Cells:
    """Hold the stripped texts of one column and the table that they come from."""

    texts: list[str]
    raw: RawTable
    position: int

    def fault(self, row: int, faults: Faults, code: str, found: str, expected: str, mend: str = "") -> None:
        """Record a fault at the cell of a row."""
        faults.add(code, self.raw.place(self.raw.lines[row], self.position), found, expected, mend)


def type_cells(column: Column, cells: Cells, financial_years: bool, faults: Faults) -> tuple[list[Any], set[int]]:
    """Return the typed values of a column, defaults filled, and the rows whose cell could not be read."""
    if not BLANKS.isdisjoint(cells.texts):
        cells.texts = ["" if text in BLANKS else text for text in cells.texts]
    bad = _excel_errors(column, cells, faults)
    if column.required:
        bad |= _missing(column, cells, bad, faults)
    if column.is_number:
        values = _numbers(column, cells, faults, bad)
        _check_range(column, cells, np.array(values, dtype=float), faults, bad)
        return values, bad
    if column.is_whole:
        whole = _whole_numbers(column, cells, financial_years, faults, bad)
        _check_range(column, cells, np.array(whole, dtype=float), faults, bad)
        return whole, bad
    if column.kind == "choice":
        return _choices(column, cells, faults, bad), bad
    _refuse_signs(column, cells, faults, bad)
    default = str(column.default or "")
    return ([text or default for text in cells.texts] if default else cells.texts), bad


def stripped(texts: Sequence[str]) -> list[str]:
    """Return the texts without spaces around them; non-breaking spaces become plain ones."""
    return [text.replace("\xa0", " ").strip() for text in texts]


def _excel_errors(column: Column, cells: Cells, faults: Faults) -> set[int]:
    """Return the rows whose cell is a spreadsheet's error, such as #REF!: each is a fault and counts as blank."""
    if ERRORS.isdisjoint(cells.texts):
        return set()
    bad = {row for row, text in enumerate(cells.texts) if text in ERRORS}
    for row in sorted(bad):
        mend = "Mend the formula it comes from, or write the value."
        cells.fault(row, faults, "excel-error", f"the error {cells.texts[row]}", column.range_words, mend)
    cells.texts = ["" if row in bad else text for row, text in enumerate(cells.texts)]
    return bad


def _missing(column: Column, cells: Cells, known: set[int], faults: Faults) -> set[int]:
    """Return the rows where a required cell is blank; each is a fault, unless it has one already."""
    if all(cells.texts):
        return set()
    bad = {row for row, text in enumerate(cells.texts) if not text} - known
    for row in sorted(bad):
        mend = "Name the area: there are several." if column.refers == "areas" else f"For example {column.example}."
        cells.fault(row, faults, "blank", "nothing", column.range_words, mend)
    return bad


def _numbers(column: Column, cells: Cells, faults: Faults, bad: set[int]) -> list[float]:
    """Read floats: blank cells become the default or NaN, unreadable ones NaN."""
    blank = float("nan") if column.default is None else float(column.default)
    if _PLAIN.issuperset("".join(cells.texts)):
        try:
            values = [float(text) if text else blank for text in cells.texts]
        except ValueError:
            pass
        else:
            small = (is_too_small(text, value) for text, value in zip(cells.texts, values, strict=True) if text)
            if not any(abs(value) > LARGEST for value in values) and not any(small):
                return values
    return [
        blank if not text else _read(row, text, read_number, cells, faults, bad, float("nan"))
        for row, text in enumerate(cells.texts)
    ]


def _whole_numbers(column: Column, cells: Cells, financial_years: bool, faults: Faults, bad: set[int]) -> list[int]:
    """Read integers: blank cells become the default or 0, unreadable ones 0, and those are added to `bad`."""
    blank = 0 if column.default is None else int(column.default)
    if _DIGITS.issuperset("".join(cells.texts)) and max(map(len, cells.texts), default=0) <= 4:
        return [int(text) if text else blank for text in cells.texts]

    def read(text: str) -> int:
        return read_year(text, financial_years) if column.kind == "year" else read_whole(text)

    return [
        blank if not text else _read(row, text, read, cells, faults, bad, 0) for row, text in enumerate(cells.texts)
    ]


def _read(
    row: int, text: str, read: Callable[[str], Any], cells: Cells, faults: Faults, bad: set[int],
    otherwise: float,
) -> Any:  # fmt: skip
    """Read one value, or record the fault and return `otherwise`."""
    try:
        return read(text)
    except NotReadable as error:
        cells.fault(row, faults, error.code, error.found, error.expected, error.mend)
        bad.add(row)
        return otherwise


def _check_range(column: Column, cells: Cells, values: np.ndarray[Any, Any], faults: Faults, bad: set[int]) -> None:
    """Record a fault for each value outside the column's range; it counts as unread."""
    outside = (values < column.least) | (values <= column.above) | (values > column.most)
    for row in np.flatnonzero(outside).tolist():
        if row in bad:
            continue
        bad.add(row)
        cells.fault(row, faults, "out-of-range", quoted(cells.texts[row]), column.range_words,
                    _mend_range(column, float(values[row])))  # fmt: skip


def _mend_range(column: Column, value: float) -> str:
    """Suggest what may have been meant by a value outside the range."""
    if column.name == "growth" and value > 1:
        return f"For {value:g} per cent a year write {value:g}% or {value / 100:.6g}."
    return column.mend(value)


def _refuse_signs(column: Column, cells: Cells, faults: Faults, bad: set[int]) -> None:
    """Refuse text that no report can show, and codes that a spreadsheet would take for a formula."""
    together = "".join(cells.texts)
    if UNPRINTABLE.search(together):
        for row, text in enumerate(cells.texts):
            if UNPRINTABLE.search(text):
                bad.add(row)
                mend = "Remove it: no report could show it."
                cells.fault(row, faults, "control-character", characters_in(text), column.range_words, mend)
    if column.kind == "code" and not FORMULA.isdisjoint(together):
        for row, text in enumerate(cells.texts):
            if text[:1] in FORMULA:
                bad.add(row)
                mend = "Begin it with a letter or a digit."
                expected = "a code that a spreadsheet does not take for a formula"
                cells.fault(row, faults, "formula-like", quoted(text), expected, mend)


def _choices(column: Column, cells: Cells, faults: Faults, bad: set[int]) -> list[str]:
    """Return one of the column's choices for each cell, in the column's spelling."""
    default = str(column.default or "")
    known = {word.lower(): choice for choice in column.choices for word in (choice, choice.replace("fte", "wte"))}
    known[""] = default
    values = [known.get(text.lower(), "") for text in cells.texts]
    for row, text in enumerate(cells.texts):
        if text.lower() not in known:
            bad.add(row)
            near = nearest(text, column.choices)
            mend = f'Did you mean "{near}"?' if near else ""
            cells.fault(row, faults, "unknown-choice", quoted(text), column.range_words, mend)
    return values
