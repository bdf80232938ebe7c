"""The worked reading shows what the options give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.validation_page import MARK, refilled
from tools.worked_reading import PAGE, TABLES, alliances, kept_as_it_is


def test_the_tables_are_what_the_options_give(tmp_path: Path) -> None:
    """Proves: all tables but England's by alliance are computed. `python -m tools.worked_reading` writes them again."""
    text = PAGE.read_text(encoding="utf-8")
    assert {name for name, _ in MARK.findall(text)} == {*TABLES, "alliances"}
    assert refilled(text, {**TABLES, **kept_as_it_is(text)}, tmp_path) == text


@pytest.mark.slow
def test_the_table_of_alliances_is_what_england_gives(tmp_path: Path) -> None:
    """Proves: the same for the table that needs a solve of England."""
    text = PAGE.read_text(encoding="utf-8")
    assert f"<!-- computed: alliances -->\n{alliances(tmp_path)}\n" in text
