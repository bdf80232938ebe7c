"""Every option of the one alliance, solved once: the ledger, an independent replay, and the reading of its plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.england.ledger import has_the_figures_of_the_ledger
from tests.england.signs import unexpected
from tests.oracle.replay import replay
from tests.support.examples import seeds
from tools.ledger import ALLIANCE, ENGLAND
from tools.validation_page import MARK, refilled
from tools.worked_reading import PAGE, TABLES, alliances, kept_as_they_are, solved

MORE_SOLVES = ("alliances", "more", "futures")
"""Tables that need solves of their own."""


@pytest.mark.parametrize("option", ENGLAND)
def test_the_alliance_gives_the_figures_of_the_ledger(option: str) -> None:
    """Proves: every option of the one alliance solves, and gives the figures of the ledger."""
    has_the_figures_of_the_ledger(ALLIANCE, option, solved(option).folder)


@pytest.mark.parametrize("option", seeds(ENGLAND, quick=3))
def test_the_plans_of_the_alliance_add_up(option: str) -> None:
    """Proves: all that their tables say follows from the decisions and the files, by a replay that shares no code."""
    assert replay(solved(option).folder) == []
    assert unexpected(ALLIANCE, option, solved(option).folder) == []


def test_the_worked_reading_shows_what_the_options_give(tmp_path: Path) -> None:
    """Proves: its tables are computed. `python -m tools.worked_reading` writes them again."""
    text = PAGE.read_text(encoding="utf-8")
    assert {name for name, _ in MARK.findall(text)} == {*TABLES, "alliances"}
    assert refilled(text, {**TABLES, **kept_as_they_are(text, *MORE_SOLVES)}, tmp_path) == text


@pytest.mark.slow
def test_the_worked_reading_shows_what_more_solves_give(tmp_path: Path) -> None:
    """Proves: the same for the tables of more money and of scenarios."""
    text = PAGE.read_text(encoding="utf-8")
    assert refilled(text, {**TABLES, **kept_as_they_are(text, "alliances")}, tmp_path) == text


@pytest.mark.slow
def test_the_table_of_alliances_is_what_england_gives(tmp_path: Path) -> None:
    """Proves: so is the table of all England by alliance, as far as the optimum decides it.

    Of equally good plans another may be found: the page says that a share may then be a point higher or lower.
    """
    page = PAGE.read_text(encoding="utf-8")
    shown = shares(kept_as_they_are(page, "alliances")["alliances"](tmp_path))
    found = shares(alliances(tmp_path))
    assert len(found) == 21
    assert found.keys() == shown.keys()
    for alliance, percentages in found.items():
        assert percentages == pytest.approx(shown[alliance], abs=1.5), alliance


def shares(table: str) -> dict[str, list[float]]:
    """The percentages in each row of the table, by alliance."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {name: [float(cell) for cell in rest] for name, _region, *rest in cells}
