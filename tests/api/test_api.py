"""The optimiser in Python: the same answers as the commands, as objects and DataFrames."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import optimiser as wo
from optimiser.cli import main
from optimiser.plan.columns import RESULT_TABLES
from tests.architecture.sources import ROOT

INPUTS, OPTION = ROOT / "docs/example/inputs", ROOT / "docs/example/option.yaml"
TOO_LITTLE = ROOT / "docs/example/too-little.yaml"


@pytest.fixture(scope="module")
def model() -> wo.Model:
    return wo.read(INPUTS, OPTION)


@pytest.fixture(scope="module")
def plan(model: wo.Model) -> wo.Plan:
    return model.solve()


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "plan"
    run = CliRunner().invoke(main, ["solve", str(INPUTS), str(OPTION), "--out", str(folder)])
    assert run.exit_code == 0, run.output
    return folder


def test_a_plan_is_worth_what_the_command_says(plan: wo.Plan, solved: Path) -> None:
    content = json.loads((solved / "plan.json").read_text())
    assert plan.status == "optimal"
    assert plan.cost == content["cost"]["undiscounted"]
    assert plan.discounted_cost == content["cost"]["discounted"]
    assert plan.unmet_fte_years == content["unmet_fte_years"]
    assert plan.priorities == {one["name"]: one["value"] for one in content["priorities"]}


@pytest.mark.parametrize("name", RESULT_TABLES)
def test_tables_are_those_of_the_folder_with_declared_types(name: str, plan: wo.Plan, solved: Path) -> None:
    """Proves: solved here, written and read again, or solved by the command: one table, to the last digit."""
    here, there = getattr(plan, name), getattr(wo.load(solved), name)
    pd.testing.assert_frame_equal(here, there, check_exact=True)
    # As text: how pandas rounds a number as it reads differs between its versions.
    by_pandas = pd.read_csv(solved / f"{name}.csv", dtype=str, keep_default_na=False)
    assert list(here.columns) == list(by_pandas.columns)
    for column in here.select_dtypes("number"):
        assert [float(text or "nan") for text in by_pandas[column]] == pytest.approx(
            here[column], rel=0, abs=0, nan_ok=True
        )
    for column in (column for column in RESULT_TABLES[name] if not column.is_pattern):
        kind = here[column.name].dtype.kind
        assert kind == {"year": "i", "number": "f"}.get(column.kind, "O"), column.name


def test_the_run_out_years_are_added_when_asked_for(plan: wo.Plan, solved: Path) -> None:
    assert set(plan.starts["year"]) == {2026, 2027, 2028}
    for one in (plan, wo.load(solved)):
        assert set(one.table("starts", run_out=True)["year"]) == {2026, 2027, 2028, 2029, 2030}
    with pytest.raises(KeyError, match='Did you mean "starts"'):
        plan.table("start")


def test_a_written_plan_is_the_commands_folder(plan: wo.Plan, solved: Path, tmp_path: Path) -> None:
    """Proves: every CSV has the same bytes; only plan.json tells who made it."""
    folder = plan.write(tmp_path / "plan")
    files = {path.relative_to(solved) for path in solved.rglob("*") if path.is_file()}
    assert files == {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    for file in files - {Path("plan.json")}:
        assert (folder / file).read_bytes() == (solved / file).read_bytes(), file
    command = json.loads((folder / "plan.json").read_text())["command"]
    assert command == f"optimiser.read({str(INPUTS)!r}, {str(OPTION)!r}).solve()"


def test_a_loaded_plan_is_written_again_whole(solved: Path, tmp_path: Path) -> None:
    again = wo.load(solved).write(tmp_path / "deep" / "copy")
    assert wo.load(again).audit().passed
    assert wo.load(again).unmet_fte_years == wo.load(solved).unmet_fte_years
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(wo.CannotWrite, match="not results"):
        wo.load(solved).write(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_plan_introduces_itself_in_at_most_twelve_lines(plan: wo.Plan, model: wo.Model) -> None:
    assert len(repr(plan).splitlines()) <= 12
    assert "cost £117.7m" in repr(plan) or "cost £" in repr(plan)
    assert "budgets training" in repr(model)
    assert "<table" in plan._repr_html_()
    assert "One imaging network" in model._repr_html_()


def test_an_explanation_prints_the_commands_sentences(plan: wo.Plan, solved: Path) -> None:
    run = CliRunner().invoke(main, ["explain", str(solved), "--top", "2"])
    found = plan.explain(top=2)
    assert repr(found) == run.stdout.rstrip("\n")
    prices = found.prices
    assert list(prices.columns[:4]) == ["kind", "name", "year", "number"]
    assert len(prices[prices["kind"] == "limit"]) == 2
    assert (prices["gain"] > 0).all()
    assert "<table" in found._repr_html_()
    named = plan.explain(limits=["budgets training"]).prices
    assert set(named["name"]) == {"budgets training"}
    with pytest.raises(wo.FaultsFound, match="no limit called"):
        plan.explain(limits=["budget"])
    with pytest.raises(TypeError, match="list of names"):
        plan.explain(limits="budgets training")


def test_a_price_is_what_a_changed_model_gains(model: wo.Model, plan: wo.Plan) -> None:
    """Proves: the price of the explanation is the difference that solving again makes; Sensitivity: 0 if unchanged."""
    prices = plan.explain(limits=["budgets training"]).prices
    first = prices[prices["year"] == 2026].iloc[0]
    more = model.changed("budgets training", plus={2026: 100, 2027: 0}).solve()
    gained = plan.priorities["unmet"] - more.priorities["unmet"]
    assert gained > 0
    assert gained == pytest.approx(100 * first["gain"], rel=0.15)  # what is carried forward grows with the limit, too


def test_the_audit_confirms_a_plan(plan: wo.Plan) -> None:
    found = plan.audit()
    assert found.passed
    assert "Every figure is confirmed" in repr(found)
    assert found.to_frame().empty


def test_a_report_is_written(plan: wo.Plan, tmp_path: Path) -> None:
    page = plan.report(tmp_path / "board.html")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    with pytest.raises(ValueError, match="ends in none of"):
        plan.report(tmp_path / "board.pdf")


def test_no_plan_is_an_exception_that_can_say_why() -> None:
    model = wo.read(INPUTS, TOO_LITTLE)
    with pytest.raises(wo.NoPlan) as raised:
        model.solve()
    diagnosis = raised.value.diagnose()
    assert not diagnosis.plan_exists
    run = CliRunner().invoke(main, ["diagnose", str(INPUTS), str(TOO_LITTLE)])
    assert repr(diagnosis) == run.stdout.rstrip("\n")
    assert set(diagnosis.to_frame()["entry"]) == set(diagnosis.entries)
    assert isinstance(raised.value, wo.OptimiserError)


def test_a_solve_without_time_is_stopped(model: wo.Model) -> None:
    with pytest.raises(wo.Stopped, match="Stopped before an optimum was proved"):
        model.solve(time_limit=1e-9)


def test_a_check_returns_what_reading_raises(tmp_path: Path) -> None:
    option = tmp_path / "wrong.yaml"
    option.write_text("budgets:\n  - {budget: trainin, limit: 1e6}\npace:\n  - {route: pgcert}\n")
    found = wo.check(INPUTS, option)
    assert len(found.faults) == 2
    assert list(found.to_frame()["severity"])[:2] == ["error", "error"]
    with pytest.raises(wo.FaultsFound) as raised:
        wo.read(INPUTS, option)
    assert {one.sentence() for one in raised.value.faults if one.severity == "error"} == {
        one.sentence() for one in found.faults
    }
    assert "trainin" in repr(found)
    assert not wo.check(INPUTS, OPTION).faults
    assert wo.check(tmp_path / "nowhere").faults


def test_files_that_change_after_reading_are_not_mixed(tmp_path: Path) -> None:
    """Proves: `used/` never holds another file than the one that was solved."""
    option = tmp_path / "option.yaml"
    option.write_bytes(OPTION.read_bytes())
    model = wo.read(INPUTS, option)
    plan = model.solve()
    option.write_text(option.read_text().replace("1.2e6", "1.3e6"))
    for late in (
        model.solve,
        lambda: plan.write(tmp_path / "plan"),
        lambda: wo.sweep(model, {"budgets training": [1]}),
    ):
        with pytest.raises(wo.FaultsFound, match="changed since it was read"):
            late()
    assert not (tmp_path / "plan").exists()


def test_the_problem_is_a_pulp_problem(model: wo.Model, tmp_path: Path) -> None:
    problem = model.to_pulp()
    assert len(problem.constraints()) == len(model.programme.matrix.lower)
    run = CliRunner().invoke(
        main, ["solve", str(INPUTS), str(OPTION), "--out", str(tmp_path / "plan"), "--write-lp", str(tmp_path / "a.lp"),
               "--write-mps", str(tmp_path / "a.mps")],
    )  # fmt: skip
    assert run.exit_code == 0
    assert model.write_lp(tmp_path / "b.lp").read_bytes() == (tmp_path / "a.lp").read_bytes()
    assert model.write_mps(tmp_path / "b.mps").read_bytes() == (tmp_path / "a.mps").read_bytes()
    with pytest.raises(wo.CannotWrite):
        model.write_lp(tmp_path / "nowhere" / "a.lp")


def test_importing_loads_nothing_slow_and_pandas_waits_for_a_table() -> None:
    code = (
        "import sys, optimiser as wo\n"
        "assert not {'numpy', 'pandas', 'pulp', 'highspy'} & set(sys.modules)\n"
        "assert set(wo.__all__) <= set(dir(wo))\n"
        f"plan = wo.read({str(INPUTS)!r}, {str(OPTION)!r}).solve()\n"
        "print(plan, plan.unmet_fte_years, plan.audit().passed)\n"
        "assert 'pandas' not in sys.modules\n"
        "plan.starts\n"
        "assert 'pandas' in sys.modules\n"
        "assert callable(wo.check) and not wo.check(" + repr(str(INPUTS)) + ").faults\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_public_name_is_there() -> None:
    for name in wo.__all__:
        assert getattr(wo, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute"):
        wo.nothing  # noqa: B018
