"""The workbook: real tables with unrounded numbers, charts that Excel draws itself, with alternative text."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from pytest import approx

from tests.report import results


@pytest.fixture(scope="module")
def book(everything: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("book") / "report.xlsx"
    done = results.run(*everything, "--out", out)
    assert done.exit_code == 0, done.output
    return out


def parts(book: Path, pattern: str) -> dict[str, str]:
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)}


def test_contents_lead_to_every_sheet(book: Path) -> None:
    from openpyxl import load_workbook

    opened = load_workbook(book)
    assert opened.sheetnames[0] == "Contents"
    assert opened.sheetnames[-1] == "Notes"
    linked = {
        cell.hyperlink.location.rpartition("!")[0].strip("'")
        for row in opened["Contents"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert linked == set(opened.sheetnames) - {"Contents"}
    assert opened["Contents"]["A1"].value == "3 options side by side"


def test_every_table_is_a_real_one_and_nothing_is_merged(book: Path) -> None:
    from openpyxl import load_workbook

    opened = load_workbook(book)
    names = [name for sheet in opened for name in sheet.tables]
    assert len(names) == len(set(names)) == len(opened.sheetnames) - 2
    for sheet in opened:
        assert not sheet.merged_cells.ranges
        for table in sheet.tables.values():
            heads = [cell.value for cell in sheet[table.ref][0]]
            assert all(heads)
            assert len(heads) == len(set(heads))


def test_numbers_are_written_in_full(book: Path, plans: list[Path]) -> None:
    """Proves: cells hold the sum of the CSV's own numbers, not what the page rounds them to."""
    from openpyxl import load_workbook

    sheet = load_workbook(book)["All services, FTE"]
    demand = results.rows(plans[2], "demand")
    cells = {row[0].value: row[-1].value for row in sheet[next(iter(sheet.tables.values())).ref][1:]}
    for year in ("2026/27", "2030/31"):
        expected = sum(float(row["unmet_fte"]) for row in demand if row["year"] == year[:4])
        assert cells[year] == approx(expected, rel=1e-12)


def test_every_drawn_picture_has_a_native_chart_with_alternative_text(book: Path) -> None:
    """Proves: one chart for each picture, none a bitmap, each described; Sensitivity: an undescribed one is named."""
    from optimiser.report.pictures import PICTURES

    charts = parts(book, r"xl/charts/chart\d+\.xml")
    assert len(charts) >= len(PICTURES)
    drawn = [re.findall(r"<xdr:cNvPr [^>]*>", text) for text in parts(book, r"xl/drawings/drawing\d+\.xml").values()]
    described = [re.search(r'descr="([^"]+)"', one) for several in drawn for one in several]
    assert len(described) == len(PICTURES)
    assert all(match and len(match[1]) > 40 for match in described)
    assert not parts(book, r"xl/media/.*")


def test_charts_are_drawn_from_cells_that_hold_numbers(book: Path) -> None:
    """Proves: every series of every chart refers to cells of a sheet that are there and are numbers."""
    from openpyxl import load_workbook

    opened = load_workbook(book)
    for name, text in parts(book, r"xl/charts/chart\d+\.xml").items():
        series = re.findall(r"<c:(?:val|yVal)><c:numRef><c:f>(.+?)!(.+?)</c:f>", text)
        assert series, name
        for sheet, cells in series:
            found = [cell.value for row in opened[sheet.strip("'")][cells.replace("$", "")] for cell in row]
            assert any(isinstance(value, int | float) for value in found), (name, cells)
            assert not any(isinstance(value, str) for value in found), (name, cells)


def test_notes_say_runs_versions_and_what_is_left_out(book: Path) -> None:
    from openpyxl import load_workbook

    said = " ".join(str(cell.value) for row in load_workbook(book)["Notes"].iter_rows() for cell in row if cell.value)
    for part in ("What this model leaves out", "highspy", "inputs/roles.csv", "Where the figures come from: Expansion"):
        assert part in said


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """Proves: a title from the inputs that begins with = is never run by Excel."""
    from openpyxl import load_workbook

    folder = results.write(tmp_path / "explained", steps='service,step,fte\n"=1+1",today,5\n"=1+1",plan,5')
    out = tmp_path / "report.xlsx"
    done = results.run(folder, "--out", out)
    assert done.exit_code == 0, done.output
    cells = [cell for row in load_workbook(out)["Each service, FTE"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


@pytest.mark.tools("soffice", "localc", "pdftoppm")
def test_libreoffice_opens_it_and_draws_the_charts(book: Path, tmp_path: Path) -> None:
    """Proves: another office suite reads the workbook, and there is ink where its charts stand."""
    printed = results.printed(book, tmp_path)
    assert printed.read_bytes().startswith(b"%PDF")
    subprocess.run(["pdftoppm", "-r", "30", "-f", "2", "-l", "2", printed, tmp_path / "page"], check=True, timeout=60)
    (page,) = tmp_path.glob("page*.ppm")
    assert page.read_bytes().count(bytes((0x12, 0x43, 0x6D))) > 100
