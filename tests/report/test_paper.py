"""The board paper: what it says, in whose template, and that it is two to four pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.report import results


@pytest.fixture(scope="module")
def made(everything: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paper") / "paper.docx"
    done = results.run(*everything, "--out", out)
    assert done.exit_code == 0, done.output
    return out


def opened(path: Path) -> Any:
    import docx

    return docx.Document(str(path))


def said(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_has_the_parts_a_board_expects(made: Path) -> None:
    document = opened(made)
    headings = [one.text for one in document.paragraphs if one.style.name in {"Title", "Heading 1"}]
    assert headings == [
        "3 options side by side", "What the figures say", "Options against business as usual", "Risks", "Assumptions",
        "Assurance", "Where these figures come from",
    ]  # fmt: skip
    text = said(document)
    assert "Price base: real, 2024/25 prices. Discounted cost is at 3.5 % a year from 2026/27." in text
    assert "What the model leaves out" in text
    assert document.core_properties.title.startswith("3 options side by side")


def test_the_audit_is_made_and_its_outcome_said(made: Path) -> None:
    text = said(opened(made))
    assert re.search(r"Expansion: The optimum was proved\. The audit, .* confirms [\d,]+ figures", text)
    assert "Not audited for this paper: Do nothing and Flat cash." in text


def test_a_plan_that_the_audit_doubts_is_not_passed_off(plans: list[Path], tmp_path: Path) -> None:
    """Proves: the paper says so when a table was changed after the solve."""
    import shutil

    bad = tmp_path / "bad"
    shutil.copytree(plans[1], bad)
    lines = (bad / "staff.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[3] = "99.5"
    (bad / "staff.csv").write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    out = tmp_path / "paper.docx"
    assert results.run(bad, "--out", out).exit_code == 0
    text = said(opened(out))
    assert "but the audit found" in text
    assert "must not be used" in text


def test_three_charts_with_alternative_text_and_a_table_with_a_heading_row(made: Path) -> None:
    document = opened(made)
    shapes = document.inline_shapes
    assert len(shapes) == 3
    room = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    for shape in shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
        assert shape.width <= room
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_risks_have_figures_and_empty_places_for_judgement(made: Path) -> None:
    table = next(table for table in opened(made).tables if table.rows[0].cells[0].text == "Risk")
    for row in table.rows[1:]:
        risk, figures, likelihood, owner = (cell.text for cell in row.cells)
        assert risk
        assert re.search(r"\d", figures), risk
        assert likelihood == owner == "[for the board to complete]"


def test_the_organisations_own_template_is_used(plans: list[Path], tmp_path: Path) -> None:
    """Proves: the template's header, margins and styles are in the paper; styles it lacks do no harm."""
    import docx
    from docx.shared import Mm

    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our Trust"
    own.sections[0].left_margin = Mm(33)
    for name in ("Heading 2", "List Bullet", "Table Grid"):
        style = own.styles[name]
        style.element.getparent().remove(style.element)
    own.save(str(tmp_path / "own.docx"))
    out = tmp_path / "paper.docx"
    done = results.run(plans[1], "--out", out, "--template", tmp_path / "own.docx")
    assert done.exit_code == 0, done.output
    document = opened(out)
    assert document.sections[0].header.paragraphs[0].text == "Our Trust"
    assert document.sections[0].left_margin == pytest.approx(Mm(33), abs=1000)
    assert "The plan: Flat cash" in said(document)


def test_the_shipped_template_is_what_its_module_makes() -> None:
    """Proves: nobody edited the shipped file by hand without its source."""
    from io import BytesIO

    import docx

    from optimiser.report.paper_template import PATH, template

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        shipped, fresh = (document.styles[name] for document in (opened(PATH), docx.Document(BytesIO(template()))))
        assert (shipped.font.name, shipped.font.size) == (fresh.font.name, fresh.font.size)
    assert "Board Table" in {style.name for style in opened(PATH).styles}


@pytest.mark.tools("soffice", "lowriter", "pdftoppm")
def test_it_is_two_to_four_pages_of_a4(made: Path, tmp_path: Path) -> None:
    printed = results.printed(made, tmp_path)
    subprocess.run(["pdftoppm", "-r", "20", printed, tmp_path / "page"], check=True, timeout=60)
    pages = sorted(tmp_path.glob("page*.ppm"))
    assert 2 <= len(pages) <= 4
    sizes = {page.read_bytes().split(b"\n")[1] for page in pages}
    assert sizes == {b"166 234"}
