"""The audit proves from the duals alone that no plan is better, and believes neither stale nor wrong ones."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.audit.audit import audit
from optimiser.audit.traced import Trail
from optimiser.cli import main
from optimiser.plan.make import Request, make_plan
from tests.audit.test_audit import change
from tests.laws.scales import in_money, in_work
from tests.oracle.cases import Case, make_case, write_case
from tests.support.engine import Result, solve_case, solve_folder
from tests.support.examples import seeds

NURSES = {
    "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nhire,Hire,recruitment,,nurse,0,1,",
    "demand": "task,year,volume\nvisit,2026,200",
    "costs": "item,line,per,amount,budget\nhire,fee,start,100,hiring",
}
"""10 nurses do 100 of 200 visits; another costs £100 to recruit."""


@pytest.fixture
def nurses(tmp_path: Path) -> Result:
    """£300 a year: 3 nurses join each year, so 7, 4 and 1 FTE are short: 12 FTE-years for £900."""
    return solve_case(tmp_path, NURSES, "budgets: [{budget: hiring, limit: 300}]")


def linear(case: Case) -> bool:
    return not any("whole_numbers" in option or "cohorts" in option for option in case.constraints.values())


def audited(case: Case, folder: Path) -> None:
    """Solve the case and audit it: every figure confirmed, every priority proved."""
    inputs, option = write_case(case, folder)
    result = solve_folder(inputs, option, folder / "plan", case.scenarios)
    if result.exit_code == 0:
        found = audit(result.folder)
        assert found.passed, found.differences[0].sentence()
        assert [one.name for one in found.proved] == (list(result.values) if linear(case) else [])
    else:
        assert result.exit_code == 3


def test_a_plan_is_certified(nurses: Result) -> None:
    """Proves: 12 FTE-years and then £900 are certified, by name and value, on the screen and as JSON."""
    found = audit(nurses.folder)
    assert found.passed, found.differences[0].sentence()
    assert [(one.name, one.value) for one in found.proved] == [("unmet", 12), ("cost", 900)]
    assert [one.bound for one in found.proved] == pytest.approx([12, 900], rel=1e-9)
    done = CliRunner().invoke(main, ["audit", str(nurses.folder)])
    assert "no plan has less unmet than 12, nor then less cost than 900." in done.output


@pytest.mark.parametrize("seed", seeds(range(100, 124), quick=10))
def test_random_plans_are_certified(seed: int, tmp_path: Path) -> None:
    """Proves: the audit's own rows, families, tiers and priorities, weighed with the duals, bound every priority.

    Sensitivity: a coefficient of any row or cost that the audit read otherwise would leave a gap.
    """
    audited(make_case(random.Random(seed)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4000, 4200))
def test_hundreds_of_plans_are_certified(seed: int, tmp_path: Path) -> None:
    """Proves: the same for 200 more cases, every fourth of them bigger."""
    audited(make_case(random.Random(seed), size=2 if seed % 4 == 0 else 1), tmp_path)


@pytest.mark.parametrize("factor", [1e-6, 5e4, 1e8])
@pytest.mark.parametrize("change_units", [in_money, in_work])
@pytest.mark.parametrize("seed", [0, 16, 211, 229])
def test_no_scale_is_contradicted(
    seed: int, change_units: Callable[[Case, float], Case], factor: float, tmp_path: Path
) -> None:
    """Proves: in other money or units of work the audit confirms the same plans, and proves them.

    Sensitivity: figures held to an absolute millionth, whatever they are differences of, failed at 1e5 visits an FTE.
    """
    audited(change_units(make_case(random.Random(seed)), factor), tmp_path)


def spoilt(result: Result, spoil: Callable[[list[dict[str, str]]], None], table: str = "duals") -> list[str]:
    """What the audit says once a table was changed."""
    change(result.folder / f"{table}.csv", spoil)
    found = audit(result.folder)
    assert not found.passed
    return [difference.sentence() for difference in found.differences]


def test_wrong_duals_prove_nothing(nurses: Result) -> None:
    """Proves: every dual that matters, made half as large or a tenth larger, or taken out, is noticed."""
    with (nurses.folder / "duals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = shutil.copytree(nurses.folder, nurses.folder.parent / "whole")
    tried = 0
    for place, row in enumerate(rows):
        if row["row"] not in ("budgets hiring", "demand_balance") or not float(row["dual_unmet"]):
            continue
        for factor in (0.0, 0.5, 1.1):
            shutil.copyfile(whole / "duals.csv", nurses.folder / "duals.csv")

            def spoil(given: list[dict[str, str]], at: int = place, factor: float = factor) -> None:
                given[at]["dual_unmet"] = repr(float(given[at]["dual_unmet"]) * factor)

            (sentence,) = spoilt(nurses, spoil)
            assert "priority unmet" in sentence
            tried += 1
    assert tried >= 12


def test_a_dual_of_no_row_is_named(nurses: Result) -> None:
    """Proves: a dual for a limit that the option does not have is no proof but a difference."""
    (sentence,) = spoilt(nurses, lambda rows: rows[0].update(row="budgets heaven"))
    assert sentence.startswith("duals.csv, row budgets heaven")
    assert sentence.endswith("The model has no such row.")


def test_no_duals_are_no_proof(nurses: Result) -> None:
    """Proves: a linear plan whose duals were taken away is not confirmed."""
    (nurses.folder / "duals.csv").unlink()
    assert [one.file for one in audit(nurses.folder).differences] == ["duals.csv"]


def test_a_worse_plan_with_true_tables_is_not_called_optimal(tmp_path: Path) -> None:
    """Proves: a plan that keeps to every limit, and whose every figure adds up, but does less, fails on its duals.

    The worse plan is that of £200 a year with the files, duals and bounds of £300: 18 FTE-years short in place of 12.
    """
    good = solve_case(tmp_path / "good", NURSES, "budgets: [{budget: hiring, limit: 300}]").folder
    lean = solve_case(tmp_path / "lean", NURSES, "budgets: [{budget: hiring, limit: 200}]").folder
    option = good / "used" / "constraints"
    shutil.rmtree(lean / "used")
    shutil.copytree(good / "used", lean / "used")
    shutil.copyfile(good / "duals.csv", lean / "duals.csv")
    assert option.is_dir()
    plan, right = (json.loads((folder / "plan.json").read_text(encoding="utf-8")) for folder in (lean, good))
    plan["sha256"] = right["sha256"]
    (lean / "plan.json").write_text(json.dumps(plan), encoding="utf-8")

    def eased(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["bound"], row["slack"] = "300.0", "100.0"
            row["price_unmet"] = row["price_cost"] = "0.0"

    change(lean / "limits.csv", eased)
    change(lean / "budgets.csv", lambda rows: [row.update(limit="300.0") for row in rows] and None)
    (difference,) = audit(lean).differences
    assert (difference.figure, difference.found) == ("priority unmet", 18)
    assert difference.expected == pytest.approx(12)


def test_the_same_case_has_the_same_duals(nurses: Result, tmp_path: Path) -> None:
    """Proves: duals.csv is the same to the byte when the case is solved again, and whole numbers have none."""
    again = solve_case(tmp_path / "again", NURSES, "budgets: [{budget: hiring, limit: 300}]").folder
    assert (again / "duals.csv").read_bytes() == (nurses.folder / "duals.csv").read_bytes()
    whole = solve_case(tmp_path / "whole", NURSES, "budgets: [{budget: hiring, limit: 300}]\nwhole_numbers: true")
    assert not (whole.folder / "duals.csv").exists()
    assert audit(whole.folder).passed


def test_an_untitled_option_is_called_after_its_own_file(tmp_path: Path) -> None:
    """Proves: a title is the file's own: an option that extends a titled one is called by its file name, and audits."""
    solve_case(tmp_path, NURSES, "title: Titled\nbudgets: [{budget: hiring, limit: 300}]")
    child = tmp_path / "child.yaml"
    child.write_text("extends: option.yaml\n", encoding="utf-8")
    result = solve_folder(tmp_path / "inputs", child, tmp_path / "plan")
    assert result.plan["title"] == "child"
    assert audit(result.folder).passed


@pytest.mark.parametrize("price_year", [2025, 2026, 2027, 2062])
def test_cash_before_the_price_year_stands_as_it_is(price_year: int, tmp_path: Path) -> None:
    """Proves: limits in cash of years up to price_year are taken as they are, by the plan and by its audit."""
    settings = {"price_year": price_year, "inflation": 0.1}
    case = {**NURSES, "settings": settings}
    result = solve_case(tmp_path, case, "budgets: [{budget: hiring, limit: 300, prices: cash}]")
    found = audit(result.folder)
    assert found.passed, found.differences[0].sentence()
    real = [300 / 1.1 ** max(0, year - price_year) for year in (2026, 2027, 2028)]
    assert result.series("budgets", "limit") == pytest.approx(real)


def test_a_long_chain_of_files_can_be_audited(tmp_path: Path) -> None:
    """Proves: 300 files that extend one another are replayed as they were solved."""
    solve_case(tmp_path, NURSES, "budgets: [{budget: hiring, limit: 300}]")
    for number in range(300):
        before = f"c{number - 1}.yaml" if number else "option.yaml"
        (tmp_path / f"c{number}.yaml").write_text(f"extends: {before}\n", encoding="utf-8")
    result = solve_folder(tmp_path / "inputs", tmp_path / "c299.yaml", tmp_path / "plan")
    found = audit(result.folder)
    assert found.passed, found.differences[0].sentence()


def test_a_trail_knows_every_slope() -> None:
    """Proves: 3 × (2a − b) ÷ 4 + a − 5 rises by 2.5 with a and falls by 0.75 with b; a × b is refused."""
    trail = Trail()
    a, b = trail.decision(("a",), 7.0), trail.decision(("b",), 2.0)
    figure = 3 * (2 * a - b) / 4 + a - 5
    assert figure == 3 * (2 * 7 - 2) / 4 + 7 - 5
    assert trail.slopes([(1.0, figure)]) == {("a",): (2.5, 2.5), ("b",): (-0.75, 0.75)}
    assert trail.slopes([(2.0, 1 - sum([0.0, a, -b]))]) == {("a",): (-2.0, 2.0), ("b",): (2.0, 2.0)}
    with pytest.raises(TypeError, match="not linear"):
        _ = a * b


def test_duals_come_from_the_plan_that_is_written(tmp_path: Path) -> None:
    """Proves: what `solve` writes is what `make_plan` found: one dual column for each priority."""
    solve_case(tmp_path, NURSES, "priorities: [cost, unmet]")
    plan = make_plan(Request(tmp_path / "inputs", tmp_path / "option.yaml"))
    with (tmp_path / "results" / "duals.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    names = [objective.name for objective in plan.programme.objectives]
    assert header[-2:] == [f"dual_{name}" for name in names]
