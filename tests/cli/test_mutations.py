"""Five hundred files spoilt as people and programs spoil them: a command says so, or goes on; it never falls over."""

from __future__ import annotations

import csv
import io
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from optimiser.cli.scaffold import convert_option
from optimiser.text.faults import Faults
from tests.support.books import book_bytes
from tests.support.full import OPTION
from tests.support.tiny import FULL, write_inputs

SEED, BLOCKS, EACH = 20261124, 25, 20
SECONDS = 60
"""A command on a case this small that takes longer has hung."""
CELLS = (
    "", "0", "-1", "1e308", "1e-300", "NaN", "inf", "12%", "4.9", "1,2OO", "£1.2m", "2026/27", "1926", "26", "99999",
    "[x]", "#REF!", "=A1", "north", "North", " north ", "radiologist", "yes", "none", "~", "{2026: 1}", "a,b",
    "ä\u00a0€", "\u202e", "x" * 40_000, "'", '"', "\t", "- 5", "1e5e5", "0x10", "٣", "½",
)  # fmt: skip
"""What a cell or a word is replaced with."""
Change = Callable[[random.Random, Path], str]


def cells_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def a_table(rng: random.Random, folder: Path) -> str:
    """One CSV file of the inputs: a cell, a row, a column or the file itself."""
    path = rng.choice(sorted(folder.glob("*.csv")))
    rows = cells_of(path)
    row, column = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
    how = rng.choice(["cell", "cell", "cell", "drop", "again", "column", "swap", "short", "gone", "shift"])
    if how == "cell":
        rows[row][column] = rng.choice(CELLS)
    elif how == "drop":
        del rows[row]
    elif how == "again":
        rows.insert(row, rows[row])
    elif how == "column":
        rows = [[cell for at, cell in enumerate(one) if at != column] for one in rows]
    elif how == "swap":
        other = rng.randrange(len(rows[0]))
        for one in rows[rng.choice([0, 1]) :]:
            one[column], one[other] = one[other], one[column]
    elif how == "short":
        rows[row] = rows[row][:column]
    elif how == "gone":
        path.unlink()
        return f"{path.name} gone"
    else:
        for one in rows[1:]:
            one[column] = rng.choice([one[column], rng.choice(CELLS)])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return f"{path.name} {how} row {row} column {column}"


def some_yaml(rng: random.Random, path: Path) -> str:
    """A line, a word or a number of a YAML file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = rng.randrange(len(lines))
    how = rng.choice(["drop", "again", "indent", "word", "word", "word", "cut", "swap"])
    if how == "drop":
        del lines[at]
    elif how == "again":
        lines.insert(at, lines[at])
    elif how == "indent":
        lines[at] = rng.choice(["  ", " ", "\t", "- "]) + lines[at]
    elif how == "word":
        words = lines[at].split(" ")
        words[rng.randrange(len(words))] = rng.choice(CELLS)[:200]
        lines[at] = " ".join(words)
    elif how == "cut":
        lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
    else:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{path.name} {how} line {at}"


def a_sheet(rng: random.Random, path: Path) -> str:
    """A cell, a row, a column or a sheet of a workbook, as a person at Excel would change it."""
    book: Any = openpyxl.load_workbook(path)
    sheet = rng.choice(book.worksheets)
    row, column = rng.randint(1, sheet.max_row), rng.randint(1, sheet.max_column)
    values: list[object] = [*CELLS, None, True, 1.5, -3, 10**15, "=1/0", "=NA()"]
    how = rng.choice(["cell", "cell", "cell", "row", "column", "insert", "merge", "rename", "remove", "new", "hide"])
    if how == "cell":
        value = rng.choice(values)
        sheet.cell(row, column).value = value[:30_000] if isinstance(value, str) else value
    elif how == "row":
        sheet.delete_rows(row)
    elif how == "column":
        sheet.delete_cols(column)
    elif how == "insert":
        rng.choice([sheet.insert_rows, sheet.insert_cols])(min(row, column))
    elif how == "merge":
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column + 1)
    elif how == "rename":
        sheet.title = rng.choice(["demand 2", "Costs", "staff in posts", "x", f"{sheet.title} old"])
    elif how == "remove" and len(book.worksheets) > 1:
        book.remove(sheet)
    elif how == "new":
        book.create_sheet(rng.choice(["Costs", "limits", "notes", "option"])).append(["area", "task", "volume", "key"])
    else:
        sheet.sheet_state = "hidden"
        book.active = next((at for at, one in enumerate(book.worksheets) if one.sheet_state == "visible"), 0)
    with_sheet = sheet.title
    if all(one.sheet_state == "hidden" for one in book.worksheets):
        book.worksheets[0].sheet_state = "visible"
    book.save(path)
    return f"{path.name} {with_sheet} {how} {row} {column}"


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raises TimeoutError where what is inside takes longer."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ends(*words: object) -> Result:
    """A command that ends in time, without a traceback, with a code of the contract for what is in the files."""
    with within(SECONDS):
        done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output, done.output
    assert "unexpected error" not in done.output, done.output
    assert done.exit_code in (0, 1, 3), done.output
    return done


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_mutation_is_a_fault_or_is_solved(block: int, tmp_path: Path) -> None:
    """Proves: `check` ends with 0 or 1 and `solve` agrees: 1 with faults, else a plan or none; nothing half-written."""
    for number in range(EACH):
        rng = random.Random(SEED + block * EACH + number)
        work = tmp_path / str(number)
        folder, option = write_inputs(work / "inputs", FULL), work / "option.yaml"
        option.write_text(OPTION, encoding="utf-8")
        kind = rng.choice(["table", "table", "yaml", "settings", "book", "option book"])
        if kind == "book":
            folder = work / "inputs.xlsx"
            folder.write_bytes(book_bytes())
        if kind == "option book":
            convert_option(option, option.with_suffix(".xlsx"), Faults())
            option = option.with_suffix(".xlsx")
        target = {"table": folder, "settings": folder / "settings.yaml", "book": folder}.get(kind, option)
        change: Change = {"table": a_table, "yaml": some_yaml, "settings": some_yaml}.get(kind, a_sheet)
        what = [change(rng, target) for _ in range(rng.choice([1, 1, 2]))]
        try:
            checked = ends("check", folder, option)
            assert checked.exit_code in (0, 1)
            solved = ends("solve", folder, option, "--out", work / "plan")
            assert (solved.exit_code == 1) == (checked.exit_code == 1), (checked.output, solved.output)
            assert (work / "plan" / "starts.csv").exists() == (solved.exit_code == 0)
            assert not list(work.glob(".plan*"))
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"mutation {block}/{number}: {kind}, {what}: {error}") from error
