"""Writes the help of a template's cells: lists of codes from the other sheets, and a message for each column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.inputs.declare.columns import Column
from optimiser.inputs.declare.tables import TABLES
from optimiser.text.xlsx_structure import letters

FIRST_ROW, LAST_ROW = 5, 3000
"""The rows of the other sheets whose codes are offered."""

_LONGEST_TITLE, _LONGEST_MESSAGE, _LONGEST_LIST, _LONGEST_FORMULA = 32, 255, 255, 255
_KINDS = {"by_year": "a number, or numbers by year in braces", "yes_no": "yes or no"}
Headers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Codes:
    """Hold what the sheets of evidence in a workbook offer to its other sheets."""

    headers: Headers
    cells: Mapping[str, Sequence[Sequence[str]]]
    """The rows of each table as text."""

    def of(self, what: str) -> Sequence[str] | str:
        """Return the cells that hold the codes of a `route`, `role` or `task`, or the budgets or services there are."""
        table = next((name for name, one in TABLES.items() if one.defines == what), "")
        if table:
            return _codes(table, self.headers) or ()
        table, column = {"budget": ("costs", "budget"), "service": ("tasks", "service")}.get(what, ("", ""))
        words = [word.strip().lower() for word in self.headers.get(table, ())]
        if column not in words:
            return ()
        return sorted({row[words.index(column)].strip() for row in self.cells.get(table, ())} - {""})


def validation(column: Column, header: Sequence[str], headers: Headers) -> dict[str, Any]:
    """Return the rule of a column's cells, as xlsxwriter takes it: a list if any, and always a message.

    `header` are the columns of its own sheet, `headers` those of every sheet. A cell that breaks the rule is warned
    about and not refused, because a code may be added later.
    """
    message = input_message(column)
    offered: Sequence[str] | str | None = None
    if column.choices and len(",".join(column.choices)) < _LONGEST_LIST:
        offered = list(column.choices)
    elif column.refers:
        offered = _codes(column.refers, headers)
    elif column.refers_by:
        offered = _codes_by(column, header, headers)
    if not offered:
        return {"validate": "any", **message}
    warning = {
        "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": f"{column.name} should be {column.range_words}."[:_LONGEST_MESSAGE],
    }
    return {"validate": "list", "source": offered, "ignore_blank": True, **message, **warning}


def input_message(column: Column) -> dict[str, str]:
    """Return the message that a cell shows when it is selected."""
    return {"input_title": column.name[:_LONGEST_TITLE], "input_message": explained(column)[:_LONGEST_MESSAGE]}


def explained(column: Column) -> str:
    """Say what a column holds: its meaning, kind and range, what blank means, an example."""
    kind = _KINDS.get(column.kind, column.range_words)
    words = [column.help, f"{kind[0].upper()}{kind[1:]}{f', in {column.unit}' if column.unit else ''}."]
    if column.required:
        words.append("Must be filled in.")
    elif blank_means(column):
        words.append(f"Blank: {blank_means(column)}.")
    return " ".join([*words, f"Example: {column.example}"])


def blank_means(column: Column) -> str:
    """Say what a blank cell means; empty where it is just blank."""
    if column.blank:
        return column.blank
    if column.default in (None, ""):
        return ""
    return f"{column.default:g}" if isinstance(column.default, float) else str(column.default)


def _codes(table: str, headers: Headers) -> str | None:
    """Return the cells of a sheet that hold the codes of its table."""
    wanted = TABLES[table].defines
    words = [word.strip().lower() for word in headers.get(table, ())]
    if wanted not in words:
        return None
    letter = letters(words.index(wanted) + 1)
    return f"={table}!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"


def _codes_by(column: Column, header: Sequence[str], headers: Headers) -> str | None:
    """Return a formula for the codes of the table that another cell of the same row names."""
    words = [word.strip().lower() for word in header]
    by_table: dict[str, list[str]] = defaultdict(list)
    for choice, table in column.refers_by.items():
        by_table[table].append(choice)
    ranges = {table: _codes(table, headers) for table in by_table}
    if column.refers_on not in words or None in ranges.values():
        return None
    cell = f"${letters(words.index(column.refers_on) + 1)}{FIRST_ROW}"
    *others, last = by_table.items()
    formula = str(ranges[last[0]]).removeprefix("=")
    for table, choices in reversed(others):
        tests = ",".join(f'{cell}="{choice}"' for choice in choices)
        test = f"OR({tests})" if len(choices) > 1 else tests
        formula = f"IF({test},{str(ranges[table]).removeprefix('=')},{formula})"
    return f"={formula}" if len(formula) < _LONGEST_FORMULA else None
