"""Which rows an optimum rests on: what is held there, what has a price, and what is noise."""

from __future__ import annotations

import numpy as np
import pytest
from highspy import HighsBasisStatus as At

from optimiser.model.programme import Matrix
from optimiser.solving.basis import as_codes, from_codes, meant, tight
from optimiser.solving.highs import Solver
from optimiser.solving.status import Status


@pytest.mark.parametrize(
    ("dual", "status", "fixed", "price"),
    [
        (-2.0, At.kUpper, False, -2.0),
        (2.0, At.kLower, False, 2.0),
        (2.0, At.kUpper, False, 0.0),  # Of the wrong sign: it would be better off, so it is noise.
        (-2.0, At.kLower, False, 0.0),
        (2.0, At.kUpper, True, 2.0),  # What cannot move may have either sign.
        (2.0, At.kBasic, False, 0.0),
        (-1e-10, At.kUpper, False, 0.0),
        (1e-10, At.kLower, True, 0.0),
    ],
)
def test_a_price_is_what_holds(dual: float, status: At, fixed: bool, price: float) -> None:
    """Proves: only what is held on the optimal face has a price. On England a dual of 1e-9 with the wrong sign was
    written as a price of £0.00002 on a limit that had room in the end."""
    assert meant([dual], [status], np.array([fixed]), 1e-9).tolist() == [price]
    if not fixed:
        assert any(len(held) for held in tight([dual], [status], 1e-9)) == (price != 0.0)


@pytest.fixture
def solver() -> Solver:
    """x ≤ 5, and x up to 10."""
    one = np.array([1.0])
    matrix = Matrix(np.array([0, 1]), np.array([0]), one, np.array([-np.inf]), np.array([5.0]), 1)
    return Solver(matrix, np.array([10.0]), np.array([False]))


def test_a_row_once_held_stays_where_it_is(solver: Solver) -> None:
    """Proves: a later priority that would rather have less neither moves the row nor loses it. The most of x is 5;
    the least of it, on that face, is 5 at a price of +1. Sensitivity: 0 at no price where the row is let go."""
    assert solver.minimise(np.array([-1.0])).status is Status.OPTIMAL
    assert (solver.decisions().tolist(), solver.row_duals().tolist()) == ([5.0], [-1.0])
    for _ in range(3):
        solver.stay_on_face(1e-9)
        assert solver.minimise(np.array([1.0]), "on_face").status is Status.OPTIMAL
        assert (solver.decisions().tolist(), solver.row_duals().tolist()) == ([5.0], [1.0])


def test_a_basis_comes_back_from_its_bytes(solver: Solver) -> None:
    solver.minimise(np.array([-1.0]))
    codes = as_codes(solver.basis())
    assert codes == (bytes([int(At.kBasic)]), bytes([int(At.kUpper)]))
    assert as_codes(from_codes(codes)) == codes
    assert as_codes(None) is None
