"""The appraisal page is made from a comparison's tables alone."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.sources import ROOT
from tests.studies.calls import call, option
from tools.appraisal import page, read


def test_the_page_says_what_the_tables_say(tmp_path: Path) -> None:
    """Proves: totals and regret are those of the folder, and an option without a plan stays with its reason."""
    example = ROOT / "docs" / "example"
    rule = "{name: many, quantity: staff, where: {role: radiologist}, at_least: 1000}"
    never = option(tmp_path, "never", f"limits: [{rule}]")
    words = [example / "inputs", example / "option.yaml", example / "more.yaml", never]
    done = call("compare", *words, "--scenario", "none", "--scenario", "high", out=tmp_path / "out")
    text = page(read(done.folder))
    rows = done.rows("tables", table="total", keys="unmet=fte_years")
    unmet = {row["point"]: float(row["value"]) for row in rows}
    base, high = unmet["option none"], unmet["option high"]
    assert f"| option | {base:,.1f} |" in text
    assert f"{high:,.1f}" in text or f"{high:,.0f}" in text
    assert "| never | no plan satisfies its constraints |" in text
    assert "| more | 0 | 0 | 0 |" in text
    assert "| more | budgets training | limit | 1,200,000 | 1,800,000 |" in text
