"""Reads `--vary` and `--cells`: an entry of the option, or cells of the inputs, and the values they take."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from optimiser.constraints.policy import Entry, Policy
from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.read.folder import Sources
from optimiser.studies.engine.bounds import numeric_keys, varied_entries
from optimiser.studies.engine.changed_cells import NoSuchCell, with_cells
from optimiser.studies.engine.point_changes import Amount, Bound, Cell, Change
from optimiser.text.csvtext import read_csv
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, quoted, read_number

MOST_POINTS = 100_000
"""Points beyond which a typing error is more likely than a question."""

Axis = tuple[Change, ...]
"""The values one entry or cell takes in turn."""


@dataclass(frozen=True)
class Words:
    """Name the place of a --vary, for messages."""

    text: str

    @property
    def place(self) -> Place:
        """Return the place that a message names: the option on the command line."""
        return Place(f"--vary {quoted(self.text)}")


def read_vary(text: str, policy: Policy, faults: Faults) -> Axis:
    """Read `ENTRY=80%:140%:5%` or `ENTRY=a,b,c` as the changes of one axis and record the faults.

    ENTRY is an entry's name, alone (its main number) or followed by one of its keys.
    """
    place = Words(text).place
    target, sign, said = text.rpartition("=")
    if not sign:
        faults.add("bad-vary", place, "no =", "an entry's name, = and values", "Write 'budgets training=80%:140%:5%'.")
        return ()
    found = _target(target.strip(), policy, place, faults)
    amounts = read_amounts(said, place, faults)
    return tuple(Bound(found[0].name, found[1], amount) for amount in amounts) if found else ()


def _target(target: str, policy: Policy, place: Place, faults: Faults) -> tuple[Entry, str] | None:
    by_name = {entry.name: entry for entry in varied_entries(policy)}
    if target in by_name:
        keys = numeric_keys(by_name[target])
        if keys:
            return by_name[target], keys[0]
        faults.add("bad-vary", place, f"{quoted(target)}, which holds no number", "an entry with a number", "")
        return None
    name, _, key = target.rpartition(" ")
    if name in by_name and key in numeric_keys(by_name[name]):
        return by_name[name], key
    known = [words for entry in by_name.values() for words in _targets(entry)]
    faults.add("unknown-entry", place, quoted(target), "an entry of the option", did_you_mean(target, known))
    return None


def _targets(entry: Entry) -> list[str]:
    return [entry.name, *(f"{entry.name} {key}" for key in numeric_keys(entry)[1:])]


def read_amounts(text: str, place: Place, faults: Faults) -> list[Amount]:
    """Read `80%:140%:5%` (from, to, step; both ends count) or `80%,100%,+5e6` and record the faults."""
    if ":" in text:
        return _range(text, place, faults)
    found = [_amount(part.strip(), place, faults) for part in text.split(",")]
    return [amount for amount in found if amount is not None]


def _range(text: str, place: Place, faults: Faults) -> list[Amount]:
    parts = [_amount(part.strip(), place, faults) for part in text.split(":")]
    expected, mend = "FROM:TO:STEP", "Write, for example, 80%:140%:5%."
    if len(parts) != 3:
        faults.add("bad-vary", place, quoted(text), expected, mend)
        return []
    first, last, step = parts
    if first is None or last is None or step is None:
        return []
    if not first.how == last.how == step.how and (first.how, last.how) != ("plus", "plus"):
        faults.add("bad-vary", place, quoted(text), "FROM, TO and STEP all with % or all without", mend)
        return []
    if step.number <= 0 or last.number < first.number:
        faults.add("bad-vary", place, quoted(text), "a STEP above 0, and TO no less than FROM", mend)
        return []
    size = (last.number - first.number) / step.number
    if size > MOST_POINTS:
        faults.add("bad-vary", place, f"{size:,.0f} values", f"at most {MOST_POINTS:,}", "Take a longer STEP.")
        return []
    # A step of 5 % is 0.05, which does not add up exactly: the last value may be missed by a rounding error.
    count = math.floor(size + 1e-9) + 1
    numbers = [first.number + place_ * step.number for place_ in range(count)]
    return [_said(first.how, float(f"{number:.12g}")) for number in numbers]


def _said(how: str, number: float) -> Amount:
    if how == "times":
        return Amount("times", number, f"{float(f'{100 * number:.12g}'):.12g}%")
    if how == "plus":
        return Amount("plus", number, f"{number:+.12g}")
    return Amount("set", number, f"{number:.12g}")


def _amount(text: str, place: Place, faults: Faults) -> Amount | None:
    """Read `80%` as a share of the present number, `+5e6` as an addition and `170e6` as the number itself."""
    try:
        number = read_number(text)
    except NotReadable as error:
        faults.add(error.code, place, error.found, "a number, with % for a share of what it is", error.mend)
        return None
    if text.endswith("%"):
        if text[0] in "+-":
            return Amount("times", float(f"{1 + number:.12g}"), text)
        return Amount("times", number, text)
    return Amount("plus", number, text) if text[0] in "+-" else Amount("set", number, text)


def read_cells(path: Path, sources: Sources, faults: Faults) -> list[Axis]:
    """Read the axes of a CSV file (table, key, column, value), where rows of one cell are the values it takes."""
    raw = read_csv(path, faults, str(path))
    if raw is None:
        return []
    wanted = ("table", "key", "column", "value")
    header = [name.strip().lower() for name in raw.header]
    missing = [name for name in wanted if name not in header]
    if missing:
        faults.add("missing-column", raw.place(raw.header_line), f"no column {missing[0]}", ", ".join(wanted), "")
        return []
    axes: dict[tuple[str, tuple[tuple[str, str], ...], str], list[Cell]] = {}
    for line, row in zip(raw.lines, raw.rows, strict=True):
        table, key, column, value = (row[header.index(name)].strip() for name in wanted)
        cell = cell_of((table, key, column), Amount("set", math.nan, value), raw.place(line), faults)
        if cell is None:
            continue
        try:
            with_cells(sources, [cell])
        except NoSuchCell as error:
            faults.add("no-such-cell", raw.place(line), error.found, error.expected, error.mend)
        axes.setdefault((cell.table, cell.key, cell.column), []).append(cell)
    return [tuple(cells) for cells in axes.values()]


def cell_of(said: tuple[str, str, str], amount: Amount, place: Place, faults: Faults) -> Cell | None:
    """Read a cell's table, key and column; the key is `role=nurse; year=2026`, or a code where one is enough."""
    table, key, column = said
    if table == "settings":
        return Cell(table, (), column or key, amount)
    if table not in TABLES:
        faults.add("unknown-table", place, quoted(table), "a table of the inputs", did_you_mean(table, TABLES))
        return None
    columns = [one.name for one in TABLES[table].columns]
    if column not in columns:
        faults.add("unknown-column", place, quoted(column), f"a column of {table}", did_you_mean(column, columns))
        return None
    pairs = []
    for part in filter(None, (part.strip() for part in key.split(";"))):
        name, sign, code = part.partition("=")
        name, code = (name.strip(), code.strip()) if sign else (TABLES[table].key[-1], part)
        if not sign and len(TABLES[table].key) > 1:
            mend = f"Write, for example, {TABLES[table].key[-1]}={part}."
            faults.add("bad-key", place, quoted(part), "COLUMN=CODE, several separated by ;", mend)
            return None
        if name not in columns:
            faults.add("unknown-column", place, quoted(name), f"a column of {table}", did_you_mean(name, columns))
            return None
        pairs.append((name, code))
    return Cell(table, tuple(pairs), column, amount)


def combined(axes: Sequence[Axis], as_list: bool, faults: Faults) -> list[tuple[Change, ...]]:
    """Combine the axes as a grid or, as a list, the first values together, then the second, and so on."""
    if not as_list:
        if math.prod(len(axis) for axis in axes) > MOST_POINTS:
            faults.add("too-many-points", Place("--vary"), "a very large grid", f"at most {MOST_POINTS:,} points")
            return []
        return list(product(*axes))
    if len({len(axis) for axis in axes}) > 1:
        found = ", ".join(str(len(axis)) for axis in axes)
        faults.add("uneven-list", Place("--as list"), f"{found} values", "as many of each", "Or use --as grid.")
        return []
    return list(zip(*axes, strict=True))


def words_of(changes: Iterable[Change]) -> str:
    """Name a point by its changes: `budgets training=80%, roles nurse leaver_rate=0.05`."""
    return ", ".join(change.words for change in changes)
