"""Names: codes and titles that differ by case or spaces alone, codes in no use, files that were not read."""

from __future__ import annotations

import numpy as np

from optimiser.check.plausible.evidence import row_place
from optimiser.check.plausible.query import Queries, query
from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import Place

TEXTS = (
    ("roles", "staff_group"), ("routes", "kind"), ("tasks", "service"), ("areas", "region"), ("costs", "line"),
    ("scenarios", "scenario"), ("networks", "network"), ("patients", "group"),
)  # fmt: skip
"""Columns that group rows by a word of the user's own."""
GROUPS = TEXTS[:4]
"""Those of words that a letter may be missing from: each is of several rows."""
TITLED = ("areas", "roles", "tasks")
"""Tables of which two rows with one title cannot be told apart in a report."""
LONG = 4
"""Letters of a word in which one more, one fewer or two exchanged are a slip of the hand."""


def form(word: str) -> str:
    """A word without what is easily mistyped: case, spaces, hyphens and underscores."""
    return "".join(letter for letter in word.casefold() if letter not in " -_\u2010\u2011\u2013\u00a0.")


def nearly_the_same(evidence: Evidence) -> Queries:
    """Two codes, two titles or two groups in another spelling are two things, and may be meant as one."""
    for name in ("areas", "roles", "routes", "tasks", "patterns"):
        for column in (TABLES[name].defines, "title"):
            yield from _alike(evidence, name, column)
    for name, column in TEXTS:
        yield from _alike(evidence, name, column)
    for name, column in GROUPS:
        yield from _misspelt(evidence, name, column)
    for name in TITLED:
        yield from _same_title(evidence, name)


def _alike(evidence: Evidence, name: str, column: str) -> Queries:
    """Cells of one column with one form and two spellings; the same words twice may well be meant."""
    table = evidence.tables[name]
    first: dict[str, tuple[str, int]] = {}
    told: set[str] = set()
    for row, word in enumerate(table.column(column)):
        if not word:
            continue
        before, line = first.setdefault(form(word), (word, table.lines[row]))
        if word != before and word not in told:
            told.add(word)
            found = f'"{word}" beside "{before}" ({table.origin.line_word} {line})'
            mend = "They are two different things here: write them alike, or make them differ more."
            yield query("nearly-same", table.place(row, column), found, "names that nobody takes for each other", mend)


def _misspelt(evidence: Evidence, name: str, column: str) -> Queries:
    """A word of one row that is the word of an earlier row, or of several, but for a letter."""
    table = evidence.tables[name]
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(table.column(column)):
        rows.setdefault(word, []).append(row)
    for word, (row, *more) in rows.items():
        for other in rows if not more else ():
            if (rows[other][0] < row or len(rows[other]) > 1) and _one_letter(form(word), form(other)):
                found = f'"{word}" beside "{other}" ({table.origin.line_word} {table.lines[rows[other][0]]})'
                mend = f'Did you mean "{other}"? They are two different things here.'
                yield query("nearly-same", table.place(row, column), found, "one spelling of one thing", mend)


def _one_letter(one: str, other: str) -> bool:
    """True where a letter was left out or doubled, or two were exchanged; digits never are."""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG or short == long or any(letter.isdigit() for letter in short + long):
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) == len(short) + 1:
        return long[at + 1 :] == short[at:]
    exchanged = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return len(long) == len(short) and exchanged == long


def _same_title(evidence: Evidence, name: str) -> Queries:
    """Two rows with one title, of things that reports name by it."""
    table = evidence.tables[name]
    codes = table.column(TABLES[name].defines)
    first: dict[str, int] = {}
    for row, title in enumerate(table.column("title")):
        before = first.setdefault(title, row)
        if title and before != row:
            found = f'"{title}", the title of {codes[before]} and of {codes[row]}'
            mend = "Reports show titles: write another."
            yield query("nearly-same", table.place(row, "title"), found, "a title of its own", mend)


def tasks_without_demand(evidence: Evidence) -> Queries:
    """A task that nobody demands is in no picture: its rows may have been lost."""
    for at in np.flatnonzero(~evidence.has_demand.any(axis=0)).tolist():
        task = evidence.tasks[at]
        mend = "Add its rows to demand (or patients and care), or remove the task."
        place = row_place(evidence, "tasks", task, "task")
        yield query("task-without-demand", place, f"{task}, which no area demands", "demand for it", mend)


def files_not_read(evidence: Evidence) -> Queries:
    """A file that is named like a table and is no CSV was passed over."""
    if not evidence.folder.is_dir():
        return
    for path in sorted(evidence.folder.iterdir()):
        stem = path.name.lower().split(".")[0]
        if stem in TABLES and path.suffix.lower() not in (".csv", ".md") and not path.name.startswith((".", "~")):
            found = f"{path.name}, which was not read"
            yield query(
                "not-read", Place(str(path)), found, f"{stem}.csv", f"Save it as {stem}.csv, or move it elsewhere."
            )


CHECKS = (nearly_the_same, tasks_without_demand, files_not_read)
