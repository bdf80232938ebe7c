"""Prices in words: true on both sides, with the range they hold over and what comes next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from optimiser.explain.candidates import Push, demand_pushes, limit_pushes, moved, people_pushes
from optimiser.explain.explanation import explain
from optimiser.explain.price import NEAR, Pricer
from optimiser.model.to_pulp import to_pulp
from optimiser.plan.reload import reload
from optimiser.solving.priorities import solve
from optimiser.text.faults import FaultsFound
from tests.support.engine import Result, solve_case, solve_folder
from tests.support.full import solve_full

ROOT = Path(__file__).resolve().parents[2]
ROUTES = "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return solve_full(tmp_path_factory.mktemp("full")).folder


def explained(folder: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["explain", str(folder), "--json", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_williams_last_marginal_cost(tmp_path: Path) -> None:
    """Proves: the marginal cost of skilled work in year 3 is £748 and holds from 1,913 to 2,093.5, to the digit.

    Sensitivity: a range read off one basis alone, or off a search by steps, would end elsewhere.
    """
    result = solve_folder(ROOT / "inputs/williams", ROOT / "constraints/williams/least-cost.yaml", tmp_path / "plan")
    said = explained(result.folder, "--limit", "demand skilled_work")
    (last,) = [one for one in said["demand"] if one["year"] == 3]
    assert last["more"]["slope"] == pytest.approx(747.9224376731)
    assert (last["from"], last["to"]) == (pytest.approx(1913), pytest.approx(2093.5))
    assert "that holds from 1,913 to 2,093.5 FTE" in last["sentence"]


def solved_again(pricer: Pricer, push: Push, amount: float) -> float:
    """The priority's value with the number moved, from a cold start in a solver of its own."""
    changed = moved(pricer.programme, push, amount)
    outcome = solve(changed, to_pulp(changed))
    assert outcome.answer is not None
    return outcome.answer.values[pricer.priority]


def check_sample(folder: Path, families: int) -> None:
    """Two numbers of each family, demand and people: on both sides, half a unit costs what is said."""
    programme = reload(folder).programme
    pricer = Pricer(programme, 0)
    chosen: dict[str, list[Push]] = {}
    for push in (*limit_pushes(programme), *demand_pushes(programme), *people_pushes(programme)):
        if abs(pricer.slope(push)) * max(push.one, push.one_percent) > 1e-6:
            chosen.setdefault(f"{push.kind} {push.family}", []).append(push)
    assert len(chosen) >= families, list(chosen)
    for push in (push for group in chosen.values() for push in (group[0], group[len(group) // 2])):
        price = pricer.price(push)
        for side, sign in ((price.more, 1.0), (price.less, -1.0)):
            if side.slope == side.slope:
                step = min(side.end, push.one) / 2
                found = (solved_again(pricer, push, sign * step) - pricer.value) / (sign * step)
                # A price holds until it has changed by one per cent.
                assert found == pytest.approx(side.slope, rel=NEAR, abs=1e-7 * pricer.value / step), (
                    push.name,
                    push.year,
                )
        if price.more.slope == price.more.slope and price.less.slope == price.less.slope:
            low, high = sorted((price.less.slope, price.more.slope))
            assert low - 1e-7 * abs(low) - 1e-9 <= pricer.slope(push) <= high + 1e-7 * abs(high) + 1e-9


def test_prices_lie_between_finite_differences(full: Path) -> None:
    """Proves: for numbers of every family, demand and people, a small step to either side costs what is said.

    Sensitivity: a price that forgot what follows a number (what may be carried, a total's run-out) is off by a tenth.
    """
    check_sample(full, 5)


@pytest.mark.slow
def test_prices_of_a_shipped_example(tmp_path: Path) -> None:
    """Proves: the same on the evidence of one alliance, across all families of its option that bind."""
    name = "west-yorkshire-and-harrogate"
    option = ROOT / "constraints" / name / "multi-year-settlement.yaml"
    check_sample(solve_folder(ROOT / "inputs" / name, option, tmp_path / "plan").folder, 7)


CAPPED = {
    "routes": f"{ROUTES}\nrecruit,Recruit,recruitment,,nurse,0,1,1,",
    "demand": "task,year,volume\nvisit,2026,140",
    "costs": "item,line,per,amount,budget\nrecruit,fees,start,1000,training",
}


def capped(tmp_path: Path, **option: Any) -> Result:
    places = [{"route": "recruit", "places": {2026: 1, 2027: 0}}]
    return solve_case(tmp_path, CAPPED, {"training_capacity": places, **option})


def test_the_range_ends_where_another_limit_takes_over(tmp_path: Path) -> None:
    """Proves, by hand: 14 FTE are needed, 10 are there and one is recruited. One more place in 2026 gives three years
    of an FTE; after three more nothing is short. With £2,500 for 2026 the money takes over at two and a half.
    """
    result = capped(tmp_path, budgets=[{"budget": "training", "limit": 2500}])
    (price,) = [one for one in explained(result.folder)["limits"] if one["year"] == 2026]
    assert price["more"]["slope"] == pytest.approx(-3)
    assert (price["from"], price["to"]) == (pytest.approx(0), pytest.approx(2.5))
    assert price["more"]["next_limit"] == "budgets training in 2026"
    assert price["sentence"] == (
        "“training_capacity recruit” in 2026: one more place cuts unmet demand by 3.0 FTE-years, and one less does as "
        "much the other way; that holds from 0 to 2.5 places; beyond it the next limit is “budgets training” in 2026."
    )


def test_a_range_ends_at_the_first_corner_though_plans_end_later(tmp_path: Path) -> None:
    """Proves: below £891,010 for 2026 another piece begins; plans end only at £702,026.

    Sensitivity: a search that takes all to be straight up to where plans end says £702,026.
    """
    folder = solve_folder(ROOT / "docs/example/inputs", ROOT / "docs/example/option.yaml", tmp_path / "plan").folder
    programme = reload(folder).programme
    (push,) = [one for one in limit_pushes(programme) if one.name == "budgets training" and one.year == 2026]
    less = Pricer(programme, 0).price(push).less
    assert less.end == pytest.approx(308_989.8, abs=1)
    assert less.possible


def test_beyond_enough_more_buys_nothing(tmp_path: Path) -> None:
    (price,) = [one for one in explained(capped(tmp_path).folder)["limits"] if one["year"] == 2026]
    assert price["to"] == pytest.approx(4)
    assert price["sentence"].endswith("beyond it more of it buys nothing.")


def test_a_corner_is_worth_at_least_and_up_to(tmp_path: Path) -> None:
    """Proves: where a place less costs three FTE-years and a place more buys nothing, both are said."""
    inputs = {**CAPPED, "demand": "task,year,volume\nvisit,2026,110"}
    option = {"training_capacity": [{"route": "recruit", "places": {2026: 1, 2027: 0}}]}
    folder = solve_case(tmp_path, inputs, option).folder
    programme = reload(folder).programme
    (push,) = [one for one in limit_pushes(programme) if one.year == 2026]
    price = Pricer(programme, 0).price(push)
    assert price.more.slope == pytest.approx(0, abs=1e-9)
    assert price.less.slope == pytest.approx(-3)


def test_limits_by_name_and_names_nobody_knows(tmp_path: Path) -> None:
    folder = capped(tmp_path, budgets=[{"budget": "training", "limit": 99000}]).folder
    said = explained(folder, "--limit", "budgets training")
    assert said["limits"] == []
    assert said["free"] == ["budgets training"]
    with pytest.raises(FaultsFound, match="Did you mean"):
        explain(reload(folder), names=["budget training"], said=lambda _: None)


def test_supervisors_and_feeders_have_a_price(full: Path) -> None:
    said = explained(full)
    assert {one["kind"] for one in said["people"]} <= {"time", "staff"}
    assert {one["name"] for one in said["people"]} & {"radiologist", "radiographer"}


def test_whole_people_are_priced_by_solving_again(tmp_path: Path) -> None:
    """Proves: with whole numbers one more place is solved for: three FTE-years, as by hand."""
    said = explained(capped(tmp_path, whole_numbers=True).folder)
    (price,) = [one for one in said["limits"] if one["year"] == 2026]
    assert price["more"]["slope"] == pytest.approx(-3)
    assert price["less"]["slope"] == pytest.approx(-3)


def test_what_is_decided_already(full: Path) -> None:
    """Proves: a degree of three years from 2026/27 and a course of one; the run-out is as long as the degree."""
    said = explained(full, "--top", "1")
    first = {one["role"]: one["first_year"] for one in said["decided"]}
    assert first == {"radiographer": 2027, "radiologist": 2026, "reporter": 2027}
    reporter = next(one for one in said["decided"] if one["role"] == "reporter")
    assert reporter["sentence"] == "reporter before 2027/28 is already decided: reporting takes 1 year."
    assert said["run_out"]["hidden"] == []


def test_a_short_run_out_is_said(tmp_path: Path) -> None:
    routes = f"{ROUTES}\ntrain,Train,training,,nurse,2,1,1,"
    folder = solve_case(tmp_path, {"routes": routes, "settings": {"run_out_years": 1}}).folder
    (hidden,) = explained(folder)["run_out"]["hidden"]
    assert hidden == {"route": "train", "years": 2, "until": 2027}


def test_why_a_number_is_what_it_is(full: Path) -> None:
    """Proves: the balance of people adds up to the staff, that of time to the work; every input has file and line."""
    for role in ("radiographer", "radiologist", "reporter"):
        for area in ("", ",area=north"):
            done = CliRunner().invoke(
                main, ["explain", str(full), "--why", f"role={role},year=2028/29{area}", "--json"]
            )
            said = json.loads(done.stdout)
            assert sum(line["fte"] for line in said["people"]) == pytest.approx(said["fte"], abs=1e-6)
            assert sum(line["fte"] for line in said["time"]) == pytest.approx(
                sum(line["fte"] for line in said["work"]), abs=1e-6
            )
            cited = [one for line in (*said["people"], *said["time"]) for one in line["inputs"]]
            assert cited
            assert all(Path(one["file"]).is_file() and one["line"] > 1 for one in cited)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("role=radiologst,year=2028", "Did you mean"), ("role=radiologist", "no year"),
     ("role=radiologist,year=1999", "1999"),
     ("rolle=radiologist,year=2028", "Did you mean"), ("role=radiologist,year=x", "a year such as")],
)  # fmt: skip
def test_a_question_that_cannot_be_answered(full: Path, asked: str, expected: str) -> None:
    done = CliRunner().invoke(main, ["explain", str(full), "--why", asked])
    assert done.exit_code == 1
    assert expected in done.stderr


def test_no_results_to_explain(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["explain", str(tmp_path)])
    assert done.exit_code == 1
    assert "no such file" in done.stderr
