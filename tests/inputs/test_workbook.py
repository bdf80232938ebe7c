"""A workbook is read as a folder is, and every fault names its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.inputs.assemble import read_evidence
from tests.support.books import Change, change_part, put, said_of, write_book
from tests.support.tiny import FULL, write_inputs


def test_the_workbook_itself_has_no_fault(tmp_path: Path) -> None:
    assert said_of(write_book(tmp_path / "inputs.xlsx")) == []
    assert said_of(write_book(tmp_path / "tiny.xlsx", base="tiny")) == []


def test_a_workbook_and_its_folder_are_the_same_evidence(tmp_path: Path) -> None:
    folder, book = write_inputs(tmp_path / "inputs", FULL), write_book(tmp_path / "inputs.xlsx")
    one, other = read_evidence(folder), read_evidence(book)
    assert one.settings == other.settings
    for name, table in one.tables.items():
        assert repr(table.columns) == repr(other.tables[name].columns)
    assert other.files == (book,)


MEANT: dict[str, Change] = {
    "trailing and non-breaking spaces": put(roles__A5="radiographer\xa0 ", routes__E5="\xa0radiographer"),
    "money": put(costs__D6="£12,000 "),
    "millions": put(demand__D5="0.01m"),
    "a percentage": put(roles__E5="8%"),
    "a percentage as Excel holds it": put(roles__E5=0.08),
    "WTE for FTE": put(staff_in_post__C4="WTE", productivity__C4="units_per_wte", costs__C7="wte-year"),
    "financial years": put(demand__C5="2024/25", leavers__C5="2027/28"),
    "x and z": put(demand__E7="[x]", productivity__E6="[z]", settings__C5="[x]"),
    "headers in capitals": put(roles__A4="ROLE", roles__B4=" Title "),
    "yes and no as Excel holds them": put(roles__D5=False, roles__D7=True, settings__B14=True),
    "a number as text": put(staff_in_post__C5="40"),
    "a whole number with a point": put(routes__F5=3.0),
    "a title above, and notes": put(tasks__A1="Tasks", tasks__C1="task", tasks__A3="note: one row a task"),
    "sheets of notes": lambda book: [book.create_sheet(name) for name in ("Notes", "Cover", "Sheet1")],
    "a table's name in words": lambda book: setattr(book["staff_in_post"], "title", "Staff in post"),
    "sheets in another order": lambda book: book.move_sheet("roles", 8),
    "an empty row between": lambda book: book["roles"].insert_rows(6),
    "everything lower down": lambda book: book["demand"].insert_rows(2, 7),
    "everything further right": lambda book: book["care"].insert_cols(1, 2),
    "merged cells in the title": lambda book: book["roles"].merge_cells("A1:F2"),
    "empty cells that are formatted": lambda book: setattr(book["roles"]["J900"], "number_format", "0.00"),
}  # fmt: skip


@pytest.mark.parametrize("change", MEANT.values(), ids=MEANT)
def test_what_is_read_as_meant(change: Change, tmp_path: Path) -> None:
    book = write_book(tmp_path / "inputs.xlsx", change)
    assert said_of(book) == []
    wanted, found = read_evidence(write_inputs(tmp_path / "inputs", FULL)), read_evidence(book)
    for array in ("volume", "staff_in_post", "leaver_rate", "units_per_fte", "amount", "past_starts", "waiting_list"):
        assert getattr(found, array).tolist() == getattr(wanted, array).tolist(), array
    assert found.settings == wanted.settings


MUTATIONS: dict[str, tuple[Change, list[str]]] = {
    "a letter in a number": (
        put(staff_in_post__C6="2O"),
        ['staff_in_post!C6: found "2O", expected a number. Remove the letter O.'],
    ),
    "a rate above 1": (
        put(roles__E6=5),
        ['roles!E6: found "5", expected a share from 0 to 1. For 5 per cent write 5% or 0.05.'],
    ),
    "an unknown code": (
        put(routes__E5="radiografer"),
        ['routes!E5: found "radiografer", expected a role in roles. Did you mean "radiographer"?'],
    ),
    "an unknown code twice": (
        put(staff_in_post__A5="nort", staff_in_post__A6="nort"),
        ['staff_in_post!A5: found "nort" (also on row 6), expected an area. Did you mean "north"?'],
    ),
    "a blank that is required": (
        put(staff_in_post__C6=None),
        ["staff_in_post!C6: found nothing, expected a number of 0 or more. For example 118.4."],
    ),
    "[x] where a value is required": (
        put(staff_in_post__C6="[x]"),
        ["staff_in_post!C6: found nothing, expected a number of 0 or more. For example 118.4."],
    ),
    "a date for a year": (
        put(demand__C7=__import__("datetime").datetime(2026, 4, 1)),
        ['demand!C7: found "2026-04-01", expected a year such as 2026 or 2026/27.'],
    ),
    "an error of Excel": (
        put(productivity__C5="#REF!"),
        [
            ("productivity!C5: found the error #REF!, expected a number above 0. "
            "Mend the formula it comes from, or write the value.")
        ],
    ),
    "an error of Excel in a text": (
        put(roles__B5="#N/A"),
        ["roles!B5: found the error #N/A, expected some text. Mend the formula it comes from, or write the value."],
    ),
    "a formula nobody calculated": (
        put(staff_in_post__C5="=1+1", staff_in_post__C7="=C5"),
        [
            ("staff_in_post!C5: found a formula without a stored value (also in C7), expected a value. "
            "Open the workbook in Excel, let it calculate, and save it; or write the value itself.")
        ],
    ),
    "merged cells": (
        lambda book: book["roles"].merge_cells("C5:C6"),
        [
            ("roles!C5:C6: found merged cells in the table, expected one value in every cell. "
            "Unmerge them (Home, Merge & Centre), and fill in every cell.")
        ],
    ),
    "merged headers": (
        lambda book: book["tasks"].merge_cells("B4:C4"),
        [
            ("tasks!B4:C4: found merged cells in the table, expected one value in every cell. "
            "Unmerge them (Home, Merge & Centre), and fill in every cell.")
        ],
    ),
    "a row twice": (
        put(leavers__A6=None),
        [
            ("leavers!6: found a second row for role radiologist, year 2027 (the first is row 5), expected one row. "
            "Remove one of them.")
        ],
    ),
    "a hidden row": (
        lambda book: setattr(book["roles"].row_dimensions[6], "hidden", True),
        [
            ("warning: roles!6: a hidden or filtered row, read like the others. "
            "Show it, to see what is read; remove what should not count.")
        ],
    ),
    "hidden rows": (
        lambda book: [setattr(book["demand"].row_dimensions[row], "hidden", True) for row in (6, 8)],
        [
            ("warning: demand!6: 2 hidden or filtered rows, read like the others. "
            "Show it, to see what is read; remove what should not count.")
        ],
    ),
    "a hidden column": (
        lambda book: setattr(book["roles"].column_dimensions["E"], "hidden", True),
        [
            ("warning: roles!E4: a hidden column, read like the others. "
            "Show it, to see what is read; remove what should not count.")
        ],
    ),
    "a hidden sheet": (
        lambda book: setattr(book["care"], "sheet_state", "hidden"),
        [
            ("warning: care: a hidden sheet, read like the others. "
            "Show it, to see what is read; remove what should not count.")
        ],
    ),
    "an unknown column": (
        put(roles__B4="titel"),
        ['roles!B4: found the column "titel", expected a column of roles. Did you mean "title"?'],
    ),
    "a column without a name": (
        put(roles__H6="why"),
        ["roles!H4: found a column without a name (column 8), expected a name. Give it a name, or remove it."],
    ),
    "a missing column": (
        lambda book: book["roles"].delete_cols(5),
        [
            ('roles!4: found no column "leaver_rate", expected a share from 0 to 1 in every row. '
            "Add it, for example with 0.06.")
        ],
    ),
    "a missing sheet": (
        lambda book: book.remove(book["routes"]),
        [
            ("routes: found no such table, expected the table routes. Add it: the ways into, between and out of roles: "
            "training, upskilling, recruitment, return, exit.")
        ],
    ),
    "missing settings": (
        lambda book: book.remove(book["settings"]),
        [
            ("settings: found no such sheet, expected the settings of the inputs. "
            "Add a sheet settings with the columns key and value: first_year, last_year, discount_rate.")
        ],
    ),
    "a sheet nearly named": (
        lambda book: setattr(book["leavers"], "title", "leaver"),
        [
            ("leaver: found the sheet leaver, which is no table of the inputs, expected perhaps leavers. "
            "Rename it leavers, or give it a name that is less like a table's.")
        ],
    ),
    "two sheets for a table": (
        lambda book: book.copy_worksheet(book["areas"]).__setattr__("title", "Areas "),
        [
            ("Areas : found a second place for areas (the first is the sheet areas), expected one. "
            "Remove one of them, or give it another name.")
        ],
    ),
    "a sheet without a header": (
        lambda book: book["care"].delete_rows(4),
        [
            ("care: found no row with the names of columns, expected a header row. "
            "Write the column names of care in one row above the figures.")
        ],
    ),
    "an empty sheet": (
        lambda book: book["care"].delete_rows(1, 9),
        [
            ("care: found an empty sheet, expected a header row. "
            "Write the column names of care in one row above the figures.")
        ],
    ),
    "a setting misspelt": (
        put(settings__A8="runout_years"),
        [
            'settings!B8: found "runout_years", expected a key of the settings. Did you mean "run_out_years"?',
            ("warning: Found 0 run-out years, expected 3 or more, the years of degree. "
            "With fewer, the last reported years train for nobody."),
        ],
    ),
    "a setting of the wrong kind": (
        put(settings__B9="three per cent"),
        ['settings!B9: found "three per cent", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'],
    ),
    "a setting left out": (
        put(settings__B9=None),
        [
            ('settings!B9: found no value for "discount_rate", expected a share from 0 to 1. '
            "Add a line such as discount_rate: 0.035.")
        ],
    ),
    "a setting twice": (
        put(settings__A8="title"),
        [
            'settings!A8: found the key "title" a second time, expected every key once. Remove one of them.',
            ("warning: Found 0 run-out years, expected 3 or more, the years of degree. "
            "With fewer, the last reported years train for nobody."),
        ],
    ),
    "years of inflation that cannot be read": (
        put(settings__B11="{2025: 0.03, 2026: x}"),
        [
            'settings!B11: found "x", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'
        ],
    ),
    "a tag in a cell": (
        put(settings__B11="!!python/object:os.system {2025: 1}"),
        [
            ('settings!B11: found the YAML tag "tag:yaml.org,2002:python/object:os.system", expected plain values. '
            "Remove the tag.")
        ],
    ),
    "an unknown column of the settings": (
        put(settings__C4="sauce"),
        ['settings!C4: found the column "sauce", expected one of key, value, source, note.'],
    ),
    "rows that are missing": (
        lambda book: book["past_starts"].delete_rows(6),
        [
            ("past_starts!5: found no starts of route degree, area north in 2024/25, expected a row for each of the "
            "3 years before 2026/27. Add them; write 0 where nobody started.")
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "messages"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_changed_cell_gives_its_messages(change: Change, messages: list[str], tmp_path: Path) -> None:
    assert said_of(write_book(tmp_path / "inputs.xlsx", change)) == messages


def test_formulas_count_with_the_value_that_was_stored(tmp_path: Path) -> None:
    """Proves: nothing is calculated here. Sensitivity: 2 where the formula is run, 7 is what was saved."""
    path = write_book(tmp_path / "inputs.xlsx")
    change_part(path, "xl/worksheets/sheet5.xml", b"<v>40</v>", b"<f>1+1</f><v>7</v>")
    assert read_evidence(path).staff_in_post[0, 0] == 7
