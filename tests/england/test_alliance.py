"""Every option of the one alliance, solved once: the ledger, an independent replay, and the reading of its plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.england.ledger import has_the_figures_of_the_ledger
from tests.oracle.replay import replay
from tools.ledger import ALLIANCE, ENGLAND
from tools.validation_page import MARK, refilled
from tools.worked_reading import PAGE, TABLES, alliances, kept_as_they_are, solved

MORE_SOLVES = ("alliances", "more", "futures")
"""Tables that need solves of their own."""


@pytest.mark.parametrize("option", ENGLAND)
def test_the_alliance_gives_the_figures_of_the_ledger(option: str) -> None:
    """Proves: every option of the one alliance solves, adds up, and gives the figures of the ledger."""
    has_the_figures_of_the_ledger(ALLIANCE, option, solved(option).folder)
    assert replay(solved(option).folder) == []


def test_the_worked_reading_shows_what_the_options_give(tmp_path: Path) -> None:
    """Proves: its tables are computed. `python -m tools.worked_reading` writes them again."""
    text = PAGE.read_text(encoding="utf-8")
    assert {name for name, _ in MARK.findall(text)} == {*TABLES, "alliances"}
    assert refilled(text, {**TABLES, **kept_as_they_are(text, *MORE_SOLVES)}, tmp_path) == text


@pytest.mark.slow
def test_the_worked_reading_shows_what_more_solves_give(tmp_path: Path) -> None:
    """Proves: the same for the tables of more money, of scenarios, and of all England by alliance."""
    text = PAGE.read_text(encoding="utf-8")
    assert refilled(text, {**TABLES, "alliances": alliances}, tmp_path) == text
