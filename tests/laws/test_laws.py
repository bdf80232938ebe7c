"""Laws of the optimiser on random cases: what more money, more places, another order or another currency may do."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, reject
from hypothesis import strategies as st

from optimiser.text.numbers import SMALLEST
from tests.laws.scales import in_money, times
from tests.oracle.cases import Case, WithoutAliases, make_case, write_case
from tests.support.engine import Result, solve_folder
from tests.support.examples import examples

law = examples(8, derandomize=True, suppress_health_check=list(HealthCheck))
TABLES = ("starts", "staff", "work", "patterns", "demand", "spend", "budgets", "limits")


def solved(case: Case, folder: Path) -> Result:
    """The command's answer to a case; another case is drawn where whole numbers take more than twenty seconds."""
    inputs, option = write_case(case, folder)
    result = solve_folder(inputs, option, folder / "results", case.scenarios, more=("--time-limit", "20"))
    if whole(case) and "the time limit was reached" in result.output:
        reject()
    return result


def entries(case: Case, family: str) -> list[dict[str, Any]]:
    """Every entry of a family in every constraints file."""
    return [entry for option in case.constraints.values() for entry in option.get(family, []) if "drop" not in entry]


def whole(case: Case) -> bool:
    """Whether the case has whole numbers, whose optimum is proved within a gap only."""
    return any("whole_numbers" in option or "cohorts" in option for option in case.constraints.values())


def no_worse(case: Case, more: Case, folder: Path) -> None:
    """What more allows is no worse in its first priority, and has a plan where there was one."""
    before, after = solved(case, folder / "before"), solved(more, folder / "after")
    if before.exit_code == 3:
        return
    assert after.exit_code == 0, after.output
    name, value = next(iter(before.values.items()))
    slack = (2e-4 if whole(case) else 1e-9) * max(1.0, abs(value))
    assert after.values[name] <= value + slack


@law
@given(chance=st.randoms(use_true_random=False), factor=st.floats(1.01, 3.0))
def test_more_money_never_hurts(chance: random.Random, factor: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves: with every budget larger, the first priority is no worse.

    Sensitivity: a budget read as a minimum would be worse with more.
    """
    case = make_case(chance)
    more = copy.deepcopy(case)
    for entry in entries(more, "budgets"):
        for key in ("limit", "total"):
            if key in entry:
                entry[key] = times(entry[key], factor)
    no_worse(case, more, tmp_path_factory.mktemp("law"))


@law
@given(chance=st.randoms(use_true_random=False), factor=st.floats(1.01, 3.0))
def test_more_places_never_hurt(chance: random.Random, factor: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves: with more training places, the first priority is no worse."""
    case = make_case(chance)
    more = copy.deepcopy(case)
    for entry in entries(more, "training_capacity"):
        entry["places"] = times(entry["places"], factor)
    no_worse(case, more, tmp_path_factory.mktemp("law"))


@law
@given(chance=st.randoms(use_true_random=False), shuffle=st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_byte(
    chance: random.Random, shuffle: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: the same rows in another order give the same bytes in every table.

    Sensitivity: columns laid out in the order of the file let the solver end in another of several equal corners.
    """
    case = make_case(chance)
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
@given(chance=st.randoms(use_true_random=False), factor=st.sampled_from([0.5, 2.0, 1000.0]))
def test_another_currency_changes_the_cost_alone(
    chance: random.Random, factor: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: with every amount of money multiplied, costs are multiplied and no other priority moves."""
    case = make_case(chance)
    speaks_of_money = [entry for entry in entries(case, "limits") if entry["quantity"] == "spend" and "of" not in entry]
    asks_for_money = [
        one for option in case.constraints.values() for one in option.get("priorities", []) if one != "unmet"
    ]
    if speaks_of_money or whole(case) or any(isinstance(one, dict) for one in asks_for_money):
        return
    other = in_money(case, factor)
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(case, folder / "one"), solved(other, folder / "two")
    assert one.exit_code == two.exit_code
    for name, value in one.values.items() if one.exit_code == 0 else ():
        expected = value * factor if name == "cost" else value
        assert two.values[name] == pytest.approx(expected, rel=1e-6, abs=1e-6 * (factor if name == "cost" else 1))


@law
@given(chance=st.randoms(use_true_random=False))
def test_two_runs_give_the_same_bytes(chance: random.Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves: nothing depends on chance, the clock or memory; plan.json differs in seconds and command."""
    case = make_case(chance)
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(case, folder / "one"), solved(case, folder / "two")
    assert one.exit_code == two.exit_code
    for name in TABLES if one.exit_code == 0 else ():
        assert (one.folder / f"{name}.csv").read_bytes() == (two.folder / f"{name}.csv").read_bytes(), name
    same = [{k: v for k, v in run.plan.items() if k not in ("seconds", "command")} for run in (one, two)]
    assert same[0] == same[1]


def first_option(case: Case) -> dict[str, Any]:
    """The constraints file that is solved."""
    return case.constraints["option.yaml"]


FAMILIES = (
    "budgets", "training_capacity", "skill_mix", "outsourcing", "service_levels", "fairness", "pace", "adoption",
    "hold", "limits",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(300, 305))
def test_what_may_be_broken_is_kept_where_a_plan_exists(seed: int, tmp_path: Path) -> None:
    """Proves: `may_break` on everything changes no byte of a plan but for the columns of what is broken; without a plan
    the option may still have one that breaks something. Sensitivity: a breach at a price would be taken where it pays.
    """
    case = make_case(random.Random(seed))
    strict, free = copy.deepcopy(case), copy.deepcopy(case)
    for family in FAMILIES:
        for entry in entries(strict, family):
            entry.pop("may_break", None)
        for entry in entries(free, family):
            entry["may_break"] = 0.000001
    one, two = solved(strict, tmp_path / "strict"), solved(free, tmp_path / "free")
    if one.exit_code == 3:
        assert two.exit_code == 3 or two.values["broken"] > 0
        return
    assert two.exit_code == 0
    if not any(entries(free, family) for family in FAMILIES):
        return
    assert two.values == {"broken": 0.0, **one.values}
    for name in TABLES:
        plain = [{key: row[key] for key in row if key != "price_broken"} for row in two.table(name)]
        assert plain == one.table(name), name


@law
@given(
    chance=st.randoms(use_true_random=False),
    weights=st.tuples(st.just(0.0) | st.floats(SMALLEST, 2), st.floats(0.01, 2)),
)
def test_a_heavier_weight_never_raises_the_change(
    chance: random.Random, weights: tuple[float, float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: with more weight on steadiness the intakes change no more, and the rest of the priority is no better.

    Sensitivity: a weight that counted rises alone could trade them for falls.
    """
    case = make_case(chance)
    if whole(case):
        return
    light, heavy = copy.deepcopy(case), copy.deepcopy(case)
    for one, weight in ((light, weights[0]), (heavy, weights[0] + weights[1])):
        first_option(one)["steady"] = {"weight": weight}
    folder = tmp_path_factory.mktemp("law")
    before, after = solved(light, folder / "light"), solved(heavy, folder / "heavy")
    assert before.exit_code == after.exit_code
    if before.exit_code == 3:
        return
    found = []
    for result, weight in ((before, weights[0]), (after, weights[0] + weights[1])):
        first = next(one for one in result.plan["priorities"] if one["name"] != "broken")
        found.append((result.plan["steady"]["people"], first["value"] - weight * result.plan["steady"]["people"]))
    (people, rest), (fewer, more) = found
    # Two optima of nearly one value may differ in what the values leave open.
    room = 1e-6 * (1 + abs(rest) + people)
    if weights[0] > 0:
        assert fewer <= people + room / weights[1]
    assert more >= rest - room


@law
@given(chance=st.randoms(use_true_random=False))
def test_a_wide_band_of_fairness_changes_nothing(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves: where no area's share of shortage can lie more than the whole volume above the common one, the rule moves
    no priority. Sensitivity: a band that were a share of the common share would bind.
    """
    case = make_case(chance)
    option = first_option(case)
    forbidden = any(one.get("demand", {}).get("unmet") == "forbidden" for one in case.constraints.values())
    waits = any(row.get("returns") for row in case.tables["tasks"]) or case.tables.get("waiting_list")
    if len(case.areas) < 2 or forbidden or waits:
        return
    plain, wide = copy.deepcopy(case), copy.deepcopy(case)
    first_option(plain).pop("fairness", None)
    demanded = {row["task"] for row in [*case.tables.get("demand", []), *case.tables.get("care", [])]}
    services = sorted({row["service"] for row in case.tables["tasks"] if row["task"] in demanded and row["service"]})
    if not services:
        return
    option = first_option(wide)
    option["fairness"] = [{"service": services, "within": 1}]
    folder = tmp_path_factory.mktemp("law")
    one, two = solved(plain, folder / "plain"), solved(wide, folder / "wide")
    assert one.exit_code == two.exit_code
    if one.exit_code == 0:
        size = 2e-4 if whole(case) else 1e-6
        assert two.values == pytest.approx(one.values, rel=size, abs=1e-6)


RELATIVE = (
    ("budgets", ("limit", "total")), ("training_capacity", ("places",)), ("skill_mix", ("max_share", "min_share")),
    ("outsourcing", ("max_share",)), ("adoption", ("max_fte",)), ("limits", ("at_most", "at_least")),
)  # fmt: skip
"""Keys that take a number by year, by family."""


@pytest.mark.parametrize(
    "how", [{"times": 1}, {"plus": 0}, {"times": {2027: 1}}, {"plus": {"ramp": {2026: 0, 2028: 0}}}]
)
@pytest.mark.parametrize("seed", [320])
def test_a_relative_change_of_nothing_changes_nothing(seed: int, how: dict[str, Any], tmp_path: Path) -> None:
    """Proves: an option that extends another and says `times: 1`, or `plus: 0`, of its numbers gives the same tables,
    to the byte. Sensitivity: a step laid over the wrong entry, or a value by year that lost its later years.
    """
    case = make_case(random.Random(seed))
    case.constraints = {"option.yaml": {k: v for k, v in first_option(case).items() if k != "extends"}}
    child: dict[str, Any] = {"title": case.constraints["option.yaml"].get("title"), "extends": "option.yaml"}
    by_year = isinstance(next(iter(how.values())), dict)
    for family, keys in RELATIVE:
        for number, entry in enumerate(entries(case, family)):
            entry.setdefault("name", f"{family} no. {number}")
            alone = {"total"} if by_year else set()  # Numbers that are one for all years take no steps by year.
            own = {key: how for key in keys if key in entry and key not in alone}
            if by_year and entry.get("each") == []:
                own = {}
            if own:
                child.setdefault(family, []).append({"name": entry["name"], **own})
    inputs, option = write_case(case, tmp_path)
    (option.parent / "child.yaml").write_text(yaml.dump(child, Dumper=WithoutAliases, sort_keys=False))
    one = solve_folder(inputs, option, tmp_path / "one", case.scenarios)
    two = solve_folder(inputs, option.parent / "child.yaml", tmp_path / "two", case.scenarios)
    assert one.exit_code == two.exit_code, two.output
    for name in TABLES if one.exit_code == 0 else ():
        assert (one.folder / f"{name}.csv").read_bytes() == (two.folder / f"{name}.csv").read_bytes(), name
