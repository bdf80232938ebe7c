"""Every example of docs/python.md runs and prints what the page says; the notebook runs, too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import optimiser as wo
from tests.architecture.sources import ROOT
from tools.python_page import PAGE, written

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def test_every_example_prints_what_the_page_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written(text) == text, "uv run --group dev python -m tools.python_page"


def test_every_block_of_code_is_an_example_that_is_run() -> None:
    """Proves: no block escapes the test above by having nothing printed below it, but for imports of tables."""
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```python\n") == len(re.findall(r"```python\n.*?```\n\n```text\n", text, re.DOTALL)) > 5


def test_every_public_name_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    spoken_of = {"Model", "Plan", "Study"}
    assert [name for name in wo.__all__ if f"wo.{name}" not in text and name not in spoken_of] == []
    for name in spoken_of:
        assert name.lower() in text.lower()


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: the cells run in order without jupyter; the last one is a chart of the alliance's plan."""
    monkeypatch.chdir(ROOT / "docs")
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {}
    for cell in cells:
        assert cell["outputs"] == []
        exec(compile("".join(cell["source"]), str(NOTEBOOK), "exec"), names)
    chart = names["chart"].to_dict()
    (rows,) = chart["datasets"].values()
    assert {row["service"] for row in rows}
    assert Path.cwd() == ROOT / "docs"
