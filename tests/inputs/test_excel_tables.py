"""Real Excel tables in a workbook: found by name, read to their edges, and no further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.worksheet.table import Table

from optimiser.inputs.assemble import read_evidence
from tests.support.books import Change, both, put, said_of, write_book


def with_table(sheet: str, ref: str, name: str, **options: Any) -> Change:
    """A change that makes cells a real Excel table."""

    def change(book: Any) -> None:
        table = Table(displayName=name, ref=ref)
        for key, value in options.items():
            setattr(table, key, value)
        book[sheet].auto_filter.ref = None
        book[sheet].add_table(table)

    return change


def test_an_excel_table_is_found_by_its_name(tmp_path: Path) -> None:
    """Proves: on a sheet of any name, beside other things, the table's own cells are read and no others."""
    aside = both(
        with_table("care", "A4:D5", "care"),
        put(care__A7="Nothing of this counts", care__F4="aside", care__F5="7"),
        lambda book: setattr(book["care"], "title", "Calculations"),
    )
    book = write_book(tmp_path / "inputs.xlsx", aside)
    assert said_of(book) == []
    assert read_evidence(book).tables["care"].place(0, "task").cell == "Calculations!B5"


def test_an_excel_table_of_another_name_is_its_sheets_table(tmp_path: Path) -> None:
    book = write_book(tmp_path / "inputs.xlsx", both(with_table("care", "A4:D5", "Table1"), put(care__A7="a note")))
    assert said_of(book) == []


def test_the_totals_of_an_excel_table_do_not_count(tmp_path: Path) -> None:
    totals = both(put(care__A6="Total", care__C6=4), with_table("care", "A4:D6", "care", totalsRowCount=1))
    assert said_of(write_book(tmp_path / "inputs.xlsx", totals)) == []


def test_a_row_right_under_an_excel_table(tmp_path: Path) -> None:
    under = both(with_table("care", "A4:D5", "care"), put(care__A6="lung", care__B6="plain_report", care__C6=1))
    assert said_of(write_book(tmp_path / "inputs.xlsx", under)) == [
        (
            "care!A6: found a row right under the Excel table care, expected a row inside it. "
            "Drag the table's corner down over it, or leave a blank row between."
        )
    ]


def test_an_excel_table_beside_a_sheet_of_its_name(tmp_path: Path) -> None:
    twice = both(put(tasks__I4="route", tasks__J4="area"), with_table("tasks", "I4:J5", "areas"))
    assert said_of(write_book(tmp_path / "inputs.xlsx", twice))[0] == (
        "areas: found a second place for areas (the first is the sheet tasks), expected one. "
        "Remove one of them, or give it another name."
    )


def test_areas_left_empty_are_as_areas_left_out(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.create_sheet("areas").append(["area", "title"])

    assert said_of(write_book(tmp_path / "tiny.xlsx", change, "tiny")) == []
