"""Laws of transitions, networks and scenarios of routes on random cases."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.laws.test_laws import TABLES, solved, whole
from tests.oracle.case_newer import make_newer_case
from tests.support.examples import examples

law = examples(5, derandomize=True, suppress_health_check=list(HealthCheck))


@law
@given(chance=st.randoms(use_true_random=False), shuffle=st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_byte(
    chance: random.Random, shuffle: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: the same rows in another order give the same bytes in every table.

    Sensitivity: networks or transitions laid out in the order of the file.
    """
    case = make_newer_case(chance)
    other = copy.deepcopy(case)
    order = random.Random(shuffle)
    for rows in other.tables.values():
        order.shuffle(rows)
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(case, folder / "one"), solved(other, folder / "two")
    assert one.exit_code == two.exit_code
    for name in TABLES if one.exit_code == 0 else ():
        assert (one.folder / f"{name}.csv").read_bytes() == (two.folder / f"{name}.csv").read_bytes(), name


@law
@given(chance=st.randoms(use_true_random=False))
def test_a_share_of_nothing_is_no_transition(chance: random.Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves: with every share 0 the tables are, to the byte, those without the table."""
    case = make_newer_case(chance)
    without = copy.deepcopy(case)
    without.tables.pop("transitions", None)
    for row in case.tables.get("transitions", []):
        row["share"] = 0
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(case, folder / "one"), solved(without, folder / "two")
    assert one.exit_code == two.exit_code
    for name in TABLES if one.exit_code == 0 else ():
        assert (one.folder / f"{name}.csv").read_bytes() == (two.folder / f"{name}.csv").read_bytes(), name


@law
@given(chance=st.randoms(use_true_random=False))
def test_sharing_work_never_hurts(chance: random.Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves: without limits on what areas do for each other, a network is no worse in the first priority, where every
    other limit is on what the option may do and none on how much must be done.

    Sensitivity: a network that lost units, or kept an area from its own work.
    """
    case = make_newer_case(chance)
    option = case.constraints["option.yaml"]
    case.constraints = {"option.yaml": {"title": "Free", **{k: option[k] for k in ("demand",) if k in option}}}
    alone = copy.deepcopy(case)
    alone.tables.pop("networks", None)
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(case, folder / "one"), solved(alone, folder / "two")
    if two.exit_code == 0:
        assert one.exit_code == 0, one.output
        name, value = next(iter(two.values.items()))
        assert one.values[name] <= value + (2e-4 if whole(case) else 1e-7) * max(1.0, abs(value))
