"""The figures of a plan against the golden ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.ledger import line, lines

FIGURES = ("rows", "columns", "nonzeros", "unmet", "cost", "undiscounted", "unmet_fte_years", "discounted",
           "unmet_fte_years_discounted")  # fmt: skip


def has_the_figures_of_the_ledger(place: str, option: str, folder: Path) -> None:
    """The figures of a results folder are those of the ledger."""
    (expected,) = [one for one in lines() if (one["place"], one["option"]) == (place, option)]
    found = line(place, option, folder)
    for name in FIGURES:
        if expected[name] == "":
            assert found[name] == "", name
            continue
        # The solver's own tolerances leave the eighth digit open between machines and versions.
        assert found[name] == pytest.approx(float(expected[name]), rel=1e-6), name
