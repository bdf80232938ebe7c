"""All years of an entry as one number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimiser.explain.candidates import Push
from optimiser.explain.grouped import grouped

BOUNDS = np.array([10.0, 20.0, 30.0, 60.0])


def push(year: int, row: int, number: float, family: str = "budgets", **more: object) -> Push:
    made = Push(
        "limit", "an entry", family, year, {"budget": "training"}, "GBP", number, np.array([row]), np.ones(1), 1
    )
    return replace(made, **more)


def worth(one: Push) -> float:
    return float(BOUNDS[one.rows].sum())


def test_a_unit_of_a_budget_is_one_more_in_every_year() -> None:
    """Proves: £10 and £20 are £15 a year on average, each year moves by a whole unit, and the larger holds most.

    Sensitivity: half a unit in each if a unit were shared out among the years.
    """
    (one,) = grouped([push(2026, 0, 10.0), push(2027, 1, 20.0)], BOUNDS, worth)
    assert (one.year, one.years, one.most, one.number) == (None, 2, 2027, 15.0)
    assert one.slope.tolist() == [1.0, 1.0]
    assert one.rows.tolist() == [0, 1]


def test_a_unit_of_rows_with_numbers_of_their_own_is_shared_out_by_area() -> None:
    """Proves: of 10 and 20 in one year, 30 and 60 in the next, a unit a year is 1/6 + 1/3 and 1/2 + 1: two in all.

    Sensitivity: one in every area, and so four in all, if each row moved by a unit.
    """
    rows = [push(2026 + row // 2, row, float("nan"), "pace", keys={"area": "ab"[row % 2]}) for row in range(4)]
    (one,) = grouped(rows, BOUNDS, worth)
    assert one.number == 60.0
    assert one.slope.tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 2, 1])
    assert one.keys == {}


def test_entries_that_help_in_other_directions_stay_apart() -> None:
    """Proves: a maximum and a minimum of one name are two numbers; one year alone stays as it is."""
    first, second = push(2026, 0, 10.0), push(2026, 1, 20.0, better=-1)
    assert grouped([first, second], BOUNDS, worth) == [first, second]
