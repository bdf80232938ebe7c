"""Files that are no workbook, workbooks in a state, and random damage: messages, never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.read.workbook import read_workbook
from optimiser.text.faults import Faults
from tests.support.books import book_bytes, change_part, evidence_or_faults, said_of, write_book
from tests.support.examples import examples
from tests.support.tiny import FULL


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ("Found a workbook that cannot be read, expected an Excel workbook. "
              "Open it in Excel, and save it again as an Excel workbook (.xlsx).")),
        (b"role,fte\nnurse,1\n", ("Found a workbook that cannot be read, expected an Excel workbook. "
                                 "Open it in Excel, and save it again as an Excel workbook (.xlsx).")),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook",
         ("Found a workbook in an older format of Excel, expected an .xlsx workbook. "
         "Open it in Excel, and save it as an Excel workbook (.xlsx).")),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
         ("Found a workbook with a password, expected one without. "
         "Open it in Excel, remove the password (File, Info, Protect Workbook), and save it.")),
    ],
    ids=["empty", "text", "old", "password"],
)  # fmt: skip
def test_a_file_that_is_no_workbook(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "inputs.xlsx"
    path.write_bytes(content)
    assert said_of(path) == [message]


def test_a_workbook_that_is_not_there(tmp_path: Path) -> None:
    assert said_of(tmp_path / "gone.xlsx") == [
        "Found no such workbook, expected an inputs folder or an .xlsx workbook. Check the path."
    ]


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "inputs.xlsx"
    path.write_bytes(book_bytes()[:9000])
    assert said_of(path)[0].startswith("Found a workbook that cannot be read, expected an Excel workbook.")


def test_a_workbook_that_somebody_has_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_book(tmp_path / "inputs.xlsx")
    (tmp_path / "~$inputs.xlsx").touch()
    assert said_of(path) == [
        (
            "warning: A workbook that somebody has open, read as it was last saved. "
            "Save it there first, if the last changes matter."
        )
    ]

    def locked(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert said_of(path) == [
        "This workbook cannot be read (permission denied). Close it in Excel or wherever it is open, or allow access."
    ]


def test_entities_are_refused_before_they_are_expanded(tmp_path: Path) -> None:
    path = write_book(tmp_path / "inputs.xlsx")
    change_part(path, "xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY a "aaaa">]><workbook')
    assert said_of(path)[0].startswith("Found a workbook that cannot be read (XML entities inside), expected")


def test_a_workbook_larger_than_any_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimiser.text.xlsx_structure.LARGEST", 1000)
    assert said_of(write_book(tmp_path / "inputs.xlsx"))[0].startswith("Found a workbook that cannot be read (more tha")


def test_the_users_file_is_never_written(tmp_path: Path) -> None:
    path = write_book(tmp_path / "inputs.xlsx")
    before = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(0o444)
    read_evidence(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["inputs.xlsx"]


def test_cells_far_away_do_not_make_it_slow(tmp_path: Path) -> None:
    """Proves: the size a file claims, and a cell in the last corner, cost nothing to speak of."""
    path = tmp_path / "inputs.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("roles")
        sheet.write_row(0, 0, ["role", "leaver_rate"])
        sheet.write_row(1_048_575, 0, ["nurse", 0.1])
    raw = read_workbook(path, Faults()).tables["roles"]
    assert (raw.lines, list(raw.rows)) == ([1_048_576], [["nurse", "0.1"]])


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.floats(allow_nan=False, allow_infinity=False), st.datetimes(),
    st.sampled_from(["#REF!", "=1/0", "=A1", "[x]", "£1.2m", "12%", "2026/27", "north", "nurse", "{2026: 1}", "&a"]),
    st.text(alphabet="aA09 .,-%£\xa0ü\n'\"{}[]:#=", max_size=12),
)  # fmt: skip


@examples(15)
@given(st.sampled_from(["settings", *(name for name in FULL if name != "settings")]), st.integers(1, 8),
       st.integers(1, 8), VALUES, st.booleans())  # fmt: skip
def test_no_change_of_a_cell_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, sheet: str, row: int, column: int, value: object, merge: bool
) -> None:
    def change(book: Any) -> None:
        book[sheet].cell(row, column).value = value
        if merge:
            book[sheet].merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column + 1)

    evidence_or_faults(write_book(tmp_path_factory.mktemp("book") / "inputs.xlsx", change))


@examples(40)
@given(st.data())
def test_no_damage_to_the_file_gives_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes of the file, or of one of the parts inside it, replaced by others."""
    path = tmp_path_factory.mktemp("book") / "inputs.xlsx"
    path.write_bytes(book_bytes())
    held = parts(path)
    part = data.draw(st.sampled_from(["", *sorted(held)]))
    content = held.get(part, book_bytes())
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    new = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"<row r='9'>", b"</c>", b"999999999", b"A1", b"", b"<f>"])
    )
    changed = content[:start] + new + content[end:]
    if part:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, inside in held.items():
                package.writestr(name, changed if name == part else inside)
        changed = out.getvalue()
    path.write_bytes(changed)
    evidence_or_faults(path)


def test_what_openpyxl_writes_is_what_it_reads() -> None:
    """Proves: the tests above change what they mean to change."""
    book = openpyxl.load_workbook(io.BytesIO(book_bytes()))
    assert [cell.value for cell in book["care"][4]][:3] == ["group", "task", "units_per_patient"]
    assert book["staff_in_post"]["C5"].value == 40
