"""What the report's page says of options: without a plan, on other evidence, recommended by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.report import results
from tests.report.test_page import Reader


def test_an_option_without_a_plan_stays_in_the_table(plans: list[Path], tmp_path: Path) -> None:
    lost = tmp_path / "lost"
    lost.mkdir()
    record = (plans[0] / "plan.json").read_text(encoding="utf-8")
    (lost / "plan.json").write_text(
        record.replace('"status": "optimal"', '"status": "infeasible"').replace("Do nothing", "Hopeless"),
        encoding="utf-8",
    )
    out = tmp_path / "page.html"
    assert results.run(*plans[:2], lost, "--out", out).exit_code == 0
    read = Reader(out.read_text(encoding="utf-8"))
    row = next(row for row in read.tables["Options against “Do nothing”"] if row[0] == "Hopeless")
    assert row[1:4] == ["no plan: infeasible", "–", "–"]


def test_plans_on_other_evidence_are_not_ranked(plans: list[Path], tmp_path: Path) -> None:
    """Proves: only options on the same evidence are set against each other; Sensitivity: else it is recommended."""
    other = tmp_path / "other"
    shutil.copytree(plans[2], other)
    record = (other / "plan.json").read_text(encoding="utf-8")
    changed = re.sub(r'("inputs/roles.csv": ")\w{64}', rf"\g<1>{'0' * 64}", record).replace("Expansion", "Elsewhere")
    (other / "plan.json").write_text(changed, encoding="utf-8")
    out = tmp_path / "page.html"
    assert results.run(*plans[:2], other, "--out", out).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "Recommended: Elsewhere" not in text
    assert "Not ranked, being on other evidence or another scenario: Elsewhere." in text


def test_the_authors_may_recommend_another_option(plans: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert results.run(*plans, "--recommend", "flat cash", "--out", out).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "Recommended: Flat cash" in text
    assert "chosen by the authors of this report, not by a rule" in text


@pytest.mark.parametrize("word", ["flat-cash", "Flat cash"])
def test_an_option_is_recommended_by_its_file_as_by_its_title(plans: list[Path], word: str) -> None:
    """Proves: the name that compare uses does as well as the title; Sensitivity: one of them would be a fault."""
    from optimiser.report.report_inputs import Choice, read_material

    assert read_material(plans, Choice(word)).wanted == "Flat cash"


def test_the_pressures_of_the_waterfall_come_first() -> None:
    """Proves: 10, then +5 before −12: never below 0 on the way; in the file's order it would reach −2."""
    from optimiser.report.pictures.gap_steps import waterfall

    steps = waterfall({"today": 10.0, "training": -12.0, "growth": 5.0, "plan": 3.0})
    assert [step[0] for step in steps] == ["today", "growth", "training", "plan"]
    assert min(step[2] for step in steps) == 3.0


def test_a_comparison_alone_is_enough_for_the_options(tmp_path: Path) -> None:
    """Proves: points of compare say which option is best, by the value of the first priority."""
    folder = results.write(
        tmp_path / "compare",
        points="option,scenario,point,status,reason,unmet_fte_years,cost,cost_discounted,priority_unmet,priority_cost\n"
        "usual,,usual,optimal,,5.25,7e6,6e6,50,7\nmore,,more,optimal,,6.5,9e6,8e6,40,9\n"
        "none,,none,infeasible,no plan satisfies its constraints,,,,,",
        tables="point,table,keys,year,value",
    )
    out = tmp_path / "page.html"
    done = results.run(folder, "--out", out)
    assert done.exit_code == 0, done.output
    read = Reader(out.read_text(encoding="utf-8"))
    shown = read.tables["Options against “usual”"]
    assert [row[0] for row in shown[1:]] == ["more", "usual", "none"]
    assert shown[1][2:7] == ["6.5", "–", "£9.0m", "£8.0m", "£2.0m"]
    assert shown[3][1] == "no plan: no plan satisfies its constraints"
