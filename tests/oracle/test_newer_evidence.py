"""Transitions, networks and scenarios of routes on random cases: the command, the oracle and the audit agree."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from optimiser.audit.audit import audit
from tests.oracle.case_newer import make_newer_case
from tests.oracle.cases import Case
from tests.oracle.differences import WrongPrice, check_demand, check_limit
from tests.oracle.test_against_engine import agree, both, is_whole, priced_rows
from tests.support.examples import examples, seeds


def sound(case: Case, folder: Path) -> None:
    """The command, the oracle and the audit agree."""
    result, answer = both(case, folder)
    agree(case, result, answer)
    if result.exit_code == 0:
        assert audit(result.folder).differences == ()


@pytest.mark.parametrize("seed", seeds(range(5000, 5030), quick=12))
def test_all_three_agree(seed: int, tmp_path: Path) -> None:
    """Proves: on a random case the same status and optimum, and tables that both replays confirm."""
    sound(make_newer_case(random.Random(seed)), tmp_path)


@examples(4, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_they_agree_on_the_corners_hypothesis_finds(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: the same on cases whose chances Hypothesis chooses."""
    sound(make_newer_case(chance), tmp_path_factory.mktemp("case"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6000, 6200))
def test_they_agree_on_hundreds_of_cases(seed: int, tmp_path: Path) -> None:
    """Proves: the same on many more cases, some of them bigger."""
    sound(make_newer_case(random.Random(seed), size=1 + seed % 5 // 4), tmp_path)


def wrong_in(case: Case, folder: Path, seed: int) -> list[WrongPrice]:
    """The prices of a few rows of demand.csv and limits.csv that no side of the oracle's differences allows."""
    result, answer = both(case, folder)
    if answer.status != "optimal" or is_whole(case):
        return []
    inputs, option = folder / "inputs", folder / "constraints" / "option.yaml"
    rng, wrong = random.Random(seed), []
    for row in priced_rows(result, case, "demand", rng):
        wrong += check_demand(inputs, option, case.scenarios, answer, row)
    for row in priced_rows(result, case, "limits", rng):
        wrong += check_limit(inputs, option, case.scenarios, answer, row)
    return wrong


@pytest.mark.parametrize("seed", seeds(range(5100, 5110), quick=5))
def test_prices_lie_between_what_solving_again_gives(seed: int, tmp_path: Path) -> None:
    """Proves: prices of demand and of bounds lie between the one-sided differences of the oracle."""
    assert wrong_in(make_newer_case(random.Random(seed)), tmp_path, seed) == []


@pytest.mark.parametrize("seed", [11095, 11139, 12033, 12115])
def test_prices_where_an_earlier_priority_has_two_rates(seed: int, tmp_path: Path) -> None:
    """Proves: the same where easing and tightening a number do different things to the first priority.

    Sensitivity: with the duals alone price_cost is 858, 7,321, −96,463 and 2,917,765, where solving again gives
    something between −365 and 0, 0, between −17,139 and 0, and 0.
    """
    assert wrong_in(make_newer_case(random.Random(seed)), tmp_path, seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(11000, 11300), *range(12000, 12250)])
def test_prices_of_hundreds_of_cases(seed: int, tmp_path: Path) -> None:
    """Proves: the same on many more cases."""
    assert wrong_in(make_newer_case(random.Random(seed)), tmp_path, seed) == []
