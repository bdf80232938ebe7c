"""The England plan adds up year by year, gives the figures of the ledger, and reads as a plan should."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from tests.architecture.sources import pyproject
from tests.england.ledger import has_the_figures_of_the_ledger
from tests.england.signs import unexpected
from tests.support.engine import Result, solve_folder
from tools.england_readme import screen, shown
from tools.ledger import ENGLAND, lines, paths

WHOLE = re.compile(r" [0-9,]+(?= )")


def whole_numbers(text: str) -> list[int]:
    """The whole numbers that stand alone in a text."""
    return [int(number.replace(",", "")) for number in WHOLE.findall(text)]


def test_flat_cash_gives_the_figures_of_the_ledger(flat_cash: Result) -> None:
    """Proves: the shipped evidence and the optimiser give the figures the CHANGELOG records."""
    has_the_figures_of_the_ledger("england", "flat-cash", flat_cash.folder)
    assert unexpected("england", "flat-cash", flat_cash.folder) == []


@pytest.mark.slow
def test_an_independent_replay_reconciles_every_table(flat_cash: Result) -> None:
    """Proves: staff, training, time, demand, spend and budgets of the plan follow from its decisions, year by year.

    The audit shares no formula with the optimiser; the oracle's replay, which is slower, checks the alliance.
    """
    done = CliRunner().invoke(main, ["audit", str(flat_cash.folder)])
    assert done.exit_code == 0, done.output


def test_the_readme_shows_what_its_first_command_prints(flat_cash: Result) -> None:
    """Proves: the screen in the README is the one its reader gets.

    With another solver than the pinned one, which may find another plan as good, the shortage of a service in a year
    may round to the next whole FTE (docs/decisions/0005-the-same-plan-of-several.md).
    """
    found = screen(flat_cash.output, flat_cash.folder)
    if f"highspy=={version('highspy')}" in pyproject()["tool"]["uv"]["constraint-dependencies"]:
        assert found == shown()
    assert WHOLE.sub("#", found) == WHOLE.sub("#", shown())
    assert whole_numbers(found) == pytest.approx(whole_numbers(shown()), abs=1)


def test_a_better_option_is_never_worse(flat_cash: Result) -> None:
    """Proves: in the ledger, the option with more money leaves less unmet than the one with less."""
    unmet = {one["option"]: float(one["unmet"]) for one in lines() if one["place"] == "england" and one["unmet"]}
    assert unmet["expansion"] <= unmet["flat-real"] <= unmet["flat-cash"]
    assert flat_cash.values["unmet"] == pytest.approx(unmet["flat-cash"], rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("option", [option for option in ENGLAND if option != "flat-cash"])
def test_every_option_of_england_gives_the_figures_of_the_ledger(option: str, tmp_path: Path) -> None:
    """Proves: the same for all England."""
    result = solve_folder(*paths("england", option), tmp_path / option)
    assert result.exit_code == 0, result.output
    has_the_figures_of_the_ledger("england", option, result.folder)
    assert unexpected("england", option, result.folder) == []
    done = CliRunner().invoke(main, ["audit", str(result.folder)])
    assert done.exit_code == 0, done.output
