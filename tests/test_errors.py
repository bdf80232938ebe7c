"""One tree of exceptions, and what each ends a command with."""

from __future__ import annotations

import pickle

import pytest

from optimiser import errors
from optimiser.text.faults import Faults, Place


def test_every_exception_is_in_the_tree_of_the_docstring() -> None:
    """Proves: the page a user reads first lists all there are, each below OptimiserError."""
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(found) > 5
    for one in found:
        assert issubclass(one, errors.OptimiserError)
        assert one.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("error", "code"),
    [("FaultsFound", 1), ("NoSuchCell", 1), ("NoCluster", 2), ("NoPlan", 3), ("Stopped", 4), ("NotProved", 4),
     ("Undecided", 4), ("CannotWrite", 5)],
)  # fmt: skip
def test_exit_codes_are_those_of_the_contract(error: str, code: int) -> None:
    assert getattr(errors, error).exit_code == code


def test_faults_travel_between_processes() -> None:
    """Proves: the faults, not only the message, come back from another process."""
    faults = Faults()
    faults.add("unknown-role", Place("roles.csv", 3, "role"), "“nurs”", "a role", "Did you mean nurse?")
    error = errors.FaultsFound(faults.found)
    again = pickle.loads(pickle.dumps(error))
    assert (again.faults, str(again)) == (error.faults, str(error))


def test_a_stray_no_plan_says_that_it_knows_no_model() -> None:
    with pytest.raises(TypeError, match="Model"):
        errors.NoPlan("none").diagnose()
