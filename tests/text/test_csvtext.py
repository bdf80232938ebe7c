"""CSV as Excel, editors and scripts write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.text.csvtext import parse_csv, read_csv
from optimiser.text.faults import Faults, Place
from optimiser.text.rawtable import RawTable

TEXT = 'role,title\nnurse,"A, B"\ndoctor,Café £\n'


def read(tmp_path: Path, data: bytes) -> tuple[RawTable | None, list[str]]:
    """The table in a file of these bytes, and what is said about it."""
    path = tmp_path / "roles.csv"
    path.write_bytes(data)
    faults = Faults()
    table = read_csv(path, faults, "inputs/roles.csv")
    return table, [f"{fault.severity}: {fault.sentence()}" for fault in faults.found]


@pytest.mark.parametrize("data", [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode()])
def test_the_same_table_from_every_way_to_save_it(tmp_path: Path, data: bytes) -> None:
    table, said = read(tmp_path, data)
    assert table is not None
    assert table.header == ("role", "title")
    assert table.rows == [["nurse", "A, B"], ["doctor", "Café £"]]
    assert table.lines == [2, 3]
    assert not said


def test_cp1252_is_read_with_a_warning(tmp_path: Path) -> None:
    table, said = read(tmp_path, TEXT.encode("cp1252"))
    assert table is not None
    assert table.rows[1] == ["doctor", "Café £"]
    assert said == [
        (
            "warning: line 3: found text that is not UTF-8, read as Windows-1252, expected UTF-8. "
            "Save the file as CSV UTF-8, and check the accents and pound signs."
        )
    ]


def test_what_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT.encode("utf-16"))[1] == [
        (
            "error: Found a file that is not UTF-8 text, expected UTF-8 text. "
            "Save it again as CSV UTF-8 (comma delimited), or as plain UTF-8 text."
        )
    ]
    table, said = read(tmp_path, b"role,title\nnurse,\x81\x8d")
    assert table is None
    assert said == [
        (
            "error: line 2: found bytes that are not UTF-8 text, expected UTF-8 text. "
            "Save the file as CSV UTF-8, and check the accents and pound signs."
        )
    ]


def test_blank_lines_and_columns_at_the_end_do_not_count(tmp_path: Path) -> None:
    table, said = read(tmp_path, b"role,title,,\nnurse,A,,\n\n,,,\ndoctor,B,,\n,,,\n\n")
    assert table is not None
    assert (table.header, table.rows, table.lines) == (("role", "title"), [["nurse", "A"], ["doctor", "B"]], [2, 5])
    assert not said


def test_lines_are_counted_through_quoted_line_breaks(tmp_path: Path) -> None:
    table, _ = read(tmp_path, b'role,note\r\nnurse,"two\r\nlines"\r\ndoctor,one\r\n')
    assert table is not None
    assert table.rows[0] == ["nurse", "two\r\nlines"]
    assert table.lines == [2, 4]


def test_ragged_rows_are_faults(tmp_path: Path) -> None:
    table, said = read(tmp_path, b"role,title\nnurse,A,B\ndoctor\nporter,C\n")
    assert table is not None
    assert table.rows == [["porter", "C"]]
    assert table.incomplete
    assert said == [
        (
            "error: line 2: found 3 cells, expected 2 as in the header. "
            "Put text that holds a comma in quotation marks, or remove the extra cells."
        ),
        (
            "error: line 3: found 1 cell, expected 2 as in the header. "
            "Add the missing cells (a comma for each blank one)."
        ),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Found an empty file, expected a header row. Write the column names in the first line."),
        (b"\n\n", "Found an empty file, expected a header row. Write the column names in the first line."),
        (
            b"role;title\nnurse;A\n",
            (
                "line 1: found columns not separated by commas, expected commas. "
                "Save it as CSV with commas between the columns."
            ),
        ),
        (
            b'role,title\nnurse,"A\ndoctor,B\n',
            (
                "line 2: CSV that cannot be read (unexpected end of data). "
                "Check the quotation marks from this line on: each needs its partner, and a doubled one inside."
            ),
        ),
    ],
)
def test_what_is_no_csv(tmp_path: Path, data: bytes, message: str) -> None:
    assert read(tmp_path, data)[1] == [f"error: {message}"]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    faults = Faults()
    assert read_csv(tmp_path, faults, "inputs") is None
    assert [fault.code for fault in faults.found] == ["cannot-read"]


@given(st.text(alphabet='ab,"\n\r; \t', max_size=60))
def test_no_text_makes_an_error_of_ours(text: str) -> None:
    faults = Faults()
    table = parse_csv(text, faults, "roles.csv")
    assert table is not None or faults.errors
    if table is not None:
        assert all(len(row) == len(table.header) for row in table.rows)
        assert list(table.lines) == sorted(set(table.lines))


def test_places_in_a_file_and_in_a_sheet() -> None:
    table = RawTable("roles.csv", (" Role", "FTE "), (), ())
    assert table.place(4, 1) == Place("roles.csv", 4, "fte")
    assert table.place() == Place("roles.csv")
    sheet = RawTable("inputs.xlsx", ("role", "fte"), (), (), sheet="roles", letters=("B", "C"))
    assert sheet.place(4, 1).words() == "roles!C4"
    assert sheet.place(4).words() == "roles!4"
    assert sheet.place().words() == "roles"
