"""A workbook made by `init`, filled in by another program as a person would fill it, solves."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from tests.conftest import OTHER_NAMES
from tests.support.engine import solve_folder

TYPED: Mapping[str, Mapping[str, str]] = {
    "settings": {"B5": "Filled by hand", "B6": "2026", "B7": "2028", "B9": "3.5%"},
    "roles": {"A5": "nurse", "B5": "Nurse", "E5": "0.1"},
    "staff_in_post": {"B5": "nurse", "C5": "=4+6"},
    "routes": {"A5": "recruit", "B5": "Recruitment", "C5": "recruitment", "E5": "nurse", "F5": "0"},
    "tasks": {"A5": "visit", "B5": "Visit", "C5": "visits"},
    "demand": {"B5": "visit", "C5": "2026", "D5": "100"},
    "productivity": {"A5": "nurse", "B5": "visit", "C5": "10"},
    "costs": {"A5": "recruit", "B5": "recruitment", "C5": "start", "D5": "1000", "E5": "workforce"},
}
"""What is typed into which cells; a formula too, which the program calculates and stores."""

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>
"""


def typing(template: Path, filled: Path) -> str:
    """A macro that opens a workbook, types into its cells, and saves it as an Excel workbook."""
    lines = [
        "Sub Fill",
        "Dim hide(0) As New com.sun.star.beans.PropertyValue",
        "Dim how(0) As New com.sun.star.beans.PropertyValue",
        'hide(0).Name = "Hidden" : hide(0).Value = True',
        'how(0).Name = "FilterName" : how(0).Value = "Calc MS Excel 2007 XML"',
        f'book = StarDesktop.loadComponentFromURL("{template.as_uri()}", "_blank", 0, hide())',
        *(
            f'book.Sheets.getByName("{sheet}").getCellRangeByName("{cell}").FormulaLocal = "{text}"'
            for sheet, cells in TYPED.items()
            for cell, text in cells.items()
        ),
        f'book.storeToURL("{filled.as_uri()}", how())',
        "book.close(True)",
        "End Sub",
    ]
    return "\n".join(lines)


def fill(template: Path, filled: Path, work: Path) -> None:
    """Run the macro in a profile of its own, which the program makes when it starts for the first time."""
    program = next(filter(None, map(shutil.which, OTHER_NAMES["soffice"])))
    words = [program, "--headless", "--norestore", f"-env:UserInstallation={(work / 'profile').as_uri()}"]
    subprocess.run([*words, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    module = work / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MODULE.format(escape(typing(template, filled))), encoding="utf-8")
    subprocess.run([*words, "macro:///Standard.Module1.Fill"], check=True, capture_output=True, timeout=180)


@pytest.mark.tools("soffice")
def test_a_template_filled_in_libreoffice_solves(tmp_path: Path) -> None:
    """Proves: the blank workbook needs nothing but figures. Sensitivity: a cost of 0 if leavers went missing."""
    made = CliRunner().invoke(main, ["init", str(tmp_path / "mine"), "--empty", "--format", "xlsx"])
    assert made.exit_code == 0, made.output
    filled = tmp_path / "filled.xlsx"
    fill(tmp_path / "mine" / "inputs" / "inputs.xlsx", filled, tmp_path)
    result = solve_folder(filled, tmp_path / "mine" / "constraints" / "option.yaml", tmp_path / "results")
    assert result.exit_code == 0, result.output
    assert result.series("staff", "fte", role="nurse") == pytest.approx([10, 10, 10])
    assert result.values == {"unmet": 0, "cost": pytest.approx(1000 * (1 + 1 / 1.035 + 1 / 1.035**2))}
    assert (tmp_path / "results" / "used" / "inputs" / "filled.xlsx").read_bytes() == filled.read_bytes()
