"""Random cases, solved by the command and by the oracle: status, every priority, every table, the prices."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject
from hypothesis import strategies as st

from tests.oracle.cases import Case, make_case, write_case
from tests.oracle.differences import check_demand, check_limit
from tests.oracle.lp import Answer, solve
from tests.oracle.replay import replay
from tests.oracle.solver import TooLong
from tests.support.engine import Result, solve_folder
from tests.support.examples import examples, seeds

GAP = 1e-4
"""What may be left unproved with whole numbers or cohorts, relative."""


def both(case: Case, folder: Path) -> tuple[Result, Answer]:
    """The command's results and the oracle's answer.

    With whole numbers a priority may be worse than its least, and the best of the next then depends on by how much; so
    the oracle answers for plans as good in the priorities before. A case on which either searches long is not used.
    """
    inputs, option = write_case(case, folder)
    result = solve_folder(inputs, option, folder / "results", case.scenarios, more=("--time-limit", "60"))
    if is_whole(case) and "the time limit was reached" in result.output:
        reject()
    assert result.exit_code in (0, 3), result.output
    held = result.values if is_whole(case) and result.exit_code == 0 else None
    try:
        return result, solve(inputs, option, case.scenarios, held=held)
    except TooLong:
        reject()


def is_whole(case: Case) -> bool:
    """Whether the case has whole numbers or cohorts, so that an optimum is proved within a gap only."""
    return any("whole_numbers" in option or "cohorts" in option for option in case.constraints.values())


def agree(case: Case, result: Result, answer: Answer) -> None:
    """Status, names and values of the priorities, and the replay of every table, agree."""
    assert result.status == answer.status
    if answer.status != "optimal":
        return
    assert list(result.values) == list(answer.values)
    if is_whole(case):
        agree_within_the_gap(list(result.values.values()), list(answer.values.values()))
    else:
        assert result.values == pytest.approx(answer.values, rel=1e-6, abs=1e-6)
    assert replay(result.folder) == []


def agree_within_the_gap(found: list[float], best: list[float]) -> None:
    """Each is no better than the least among plans as good in those before, and worse by two gaps at most.

    One gap is what its own search left unproved, the other what the priorities after it were allowed to give up.
    """
    for value, least in zip(found, best, strict=True):
        assert value >= least - 1e-6 * max(1.0, abs(least))
        assert value <= least + ((1 + GAP) / (1 - GAP) - 1) * abs(least) + 1e-6


@pytest.mark.parametrize("seed", seeds(range(40), quick=20))
def test_the_command_and_the_oracle_agree(seed: int, tmp_path: Path) -> None:
    """Proves: on a random case both find the same status and optimum, and the plan's tables add up year by year."""
    case = make_case(random.Random(seed))
    agree(case, *both(case, tmp_path))


@examples(10, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_they_agree_on_the_corners_hypothesis_finds(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: the same on cases whose chances Hypothesis chooses, which it makes small where they fail."""
    case = make_case(chance)
    agree(case, *both(case, tmp_path_factory.mktemp("case")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1400))
def test_they_agree_on_hundreds_of_cases(seed: int, tmp_path: Path) -> None:
    """Proves: the same on many more cases."""
    case = make_case(random.Random(seed))
    agree(case, *both(case, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2060))
def test_they_agree_on_bigger_cases(seed: int, tmp_path: Path) -> None:
    """Proves: the same with up to six areas, eight roles, a dozen routes and twelve years."""
    case = make_case(random.Random(seed), size=3)
    agree(case, *both(case, tmp_path))


def priced_rows(result: Result, case: Case, table: str, rng: random.Random) -> list[dict[str, str]]:
    """A few rows of a table: one with a price for each name, and one without."""
    rows = result.table(table)
    if case.settings["run_out_years"]:
        rows += result.table(table, "run_out")
    rng.shuffle(rows)
    priced = [row for row in rows if any(float(row[f"price_{name}"]) for name in result.values)]
    by_name = {row.get("limit", row.get("task")): row for row in priced}
    return [*by_name.values()][:3] + [row for row in rows if row not in priced][:1]


@pytest.mark.parametrize("seed", seeds((seed for seed in range(24) if seed not in (3, 11)), quick=10))
def test_prices_lie_between_what_solving_again_gives(seed: int, tmp_path: Path) -> None:
    """Proves: the price of one more unit of demand, or of a bound, is between the one-sided differences of the oracle,
    for every priority in order. Cases with whole numbers have no prices, and all their cells are blank."""
    case = make_case(random.Random(seed))
    result, answer = both(case, tmp_path)
    if answer.status != "optimal":
        return
    inputs, option = tmp_path / "inputs", tmp_path / "constraints" / "option.yaml"
    if is_whole(case):
        cells = {row[f"price_{name}"] for row in result.table("demand") for name in answer.values}
        assert cells == {""}
        return
    rng = random.Random(seed)
    wrong = []
    for row in priced_rows(result, case, "demand", rng):
        wrong += check_demand(inputs, option, case.scenarios, answer, row)
    for row in priced_rows(result, case, "limits", rng):
        wrong += check_limit(inputs, option, case.scenarios, answer, row)
    assert wrong == []
