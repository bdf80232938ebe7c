"""Titles from Word and PowerPoint hold vertical tabs and worse: no report stops on them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import write_case
from optimiser.audit.audit import audit
from optimiser.cli import main
from optimiser.report.page import page
from optimiser.report.paper import paper
from optimiser.report.report import Report, make_report
from optimiser.report.report_inputs import Material, read_material
from optimiser.report.workbook import workbook
from tests.studies.calls import SMALL

STEERING = "Nur\x0bse \x01\x07\x1b]0;x\x07 \x7f\x9b \ufffe \ud800 "


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    inputs, option = map(str, write_case(folder, SMALL))
    assert CliRunner().invoke(main, ["solve", inputs, option, "--out", str(folder / "res")]).exit_code == 0
    return folder / "res"


def titled(material: Material, title: str) -> Material:
    """The material with this in the title of the plan, and of everything the evidence has a title for."""
    plans = []
    for plan in material.plans:
        tables = dict(plan.facts.tables)
        for name, table in tables.items():
            if "title" in table.columns:
                titles = [f"{title}{number}" for number in range(len(table))]
                tables[name] = replace(table, columns={**table.columns, "title": titles})
        facts = replace(plan.facts, tables=tables)
        plans.append(replace(plan, record={**plan.record, "title": title}, name=title, evidence=facts))
    return replace(material, plans=tuple(plans))


@pytest.fixture(scope="module", params=[STEERING, "long " * 200], ids=["control characters", "a thousand letters"])
def report(results: Path, request: pytest.FixtureRequest) -> Report:
    made = make_report(titled(read_material([results]), request.param), [results], lambda _said: None)
    assert any(request.param[:3] in picture.headline + str(picture.tables) for picture in made.pictures)
    return made


def test_the_page(report: Report) -> None:
    """Proves: drawings and page are made, without a control character. Sensitivity: the process aborted (134)."""
    made = page(report, lambda _said: None)
    made.encode()
    assert not {character for character in made if ord(character) < 32} - {"\n", "\t", "\r"}


def test_the_workbook(report: Report) -> None:
    """Proves: a workbook is made that opens again."""
    import openpyxl

    assert openpyxl.load_workbook(BytesIO(workbook(report, lambda _said: None))).sheetnames


def test_the_paper(report: Report) -> None:
    """Proves: a paper is made that opens again; its title, kept apart, is cut to what Word takes."""
    import docx

    made = docx.Document(BytesIO(paper(report, lambda _said: None, audit)))
    assert 0 < len(made.core_properties.title) <= 255
