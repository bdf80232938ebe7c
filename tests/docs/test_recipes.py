"""Every recipe of docs/recipes.md, solved as it stands on the page and worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest import approx

from tests.architecture.sources import ROOT
from tests.support.engine import Result, solve_case

PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```(csv|yaml) (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def overtime(result: Result) -> None:
    """2 of 10 on overtime give 0.2 FTE, 2 visits: 3 of 105 stay unmet. Sensitivity: 5 without, 0 if all did."""
    assert result.series("patterns", "fte") == approx([2, 2, 2])
    assert result.series("demand", "unmet") == approx([3, 3, 3])


def agency(result: Result) -> None:
    """1.5 FTE are booked anew every year. Sensitivity: 1.5, 0, 0 starts if they stayed."""
    assert result.series("starts", "starts") == approx([1.5, 1.5, 1.5])
    assert result.series("staff", "fte", role="agency") == approx([1.5, 1.5, 1.5])


def notice(result: Result) -> None:
    """Of 10 nurses 6 are needed: 4 get notice at once, work on in 2026 and are gone in 2027.

    Sensitivity: 6 in 2026 if notice were no time.
    """
    assert result.series("starts", "starts") == approx([4, 0, 0])
    assert result.series("staff", "fte") == approx([10, 6, 6])


def fixed_terms(result: Result) -> None:
    """Two fellows: first year in 2026, second in 2027, gone in 2028."""
    assert result.series("staff", "fte", role="fellow_1") == approx([2, 0, 0])
    assert result.series("staff", "fte", role="fellow_2") == approx([0, 2, 0])


def shifts(result: Result) -> None:
    """2 FTE by night and 0.2 of rest leave 7.8 by day: 2 of 80 visits are unmet. Sensitivity: 0 without the rota."""
    assert result.series("patterns", "fte") == approx([2, 2, 2])
    assert result.series("demand", "unmet", task="night") == approx([0, 0, 0])
    assert result.series("demand", "unmet", task="visit") == approx([2, 2, 2])


def age_bands(result: Result) -> None:
    """6 × 0.93 = 5.58 and 4 × 0.85 + 0.9 × 0.3 = 3.67; then 5.1894 and 3.1195 + 0.2511 = 3.3706."""
    assert result.series("staff", "fte", role="nurse_under_55")[:2] == approx([5.58, 5.1894])
    assert result.series("staff", "fte", role="nurse_55_plus")[:2] == approx([3.67, 3.3706])


PROVED: dict[str, tuple[int, Callable[[Result], None]]] = {
    "Overtime": (105, overtime),
    "Bank and agency staff": (120, agency),
    "Layoffs with notice": (60, notice),
    "Fixed terms": (120, fixed_terms),
    "Shifts": (80, shifts),
    "Age bands": (100, age_bands),
}
"""By recipe: visits demanded a year where the page does not say, and what follows."""


def test_every_recipe_is_proved() -> None:
    assert list(RECIPES) == list(PROVED)


@pytest.mark.parametrize("name", PROVED)
def test_a_recipe_does_what_it_says(name: str, tmp_path: Path) -> None:
    volume, proved = PROVED[name]
    blocks = {file: text for _, file, text in BLOCK.findall(RECIPES[name])}
    option = blocks.pop("option")
    proved(solve_case(tmp_path, {"demand": f"task,year,volume\nvisit,2026,{volume}", **blocks}, option))
