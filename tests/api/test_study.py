"""Studies in Python: the tables of the commands."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import optimiser as wo
from optimiser.cli import main
from tests.api.test_api import INPUTS, OPTION, TOO_LITTLE
from tests.architecture.sources import ROOT

MORE = ROOT / "docs/example/more.yaml"


@pytest.fixture(scope="module")
def model() -> wo.Model:
    return wo.read(INPUTS, OPTION)


def unmet(points: pd.DataFrame) -> pd.Series:
    """The value of the first priority at each point."""
    return points[next(name for name in ("priority_unmet", "unmet") if name in points)]


def run(tmp_path: Path, *arguments: str) -> Path:
    done = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path / "study")])
    assert done.exit_code == 0, done.output
    return tmp_path / "study"


def same(study: wo.Study, folder: Path, tmp_path: Path) -> None:
    """The same tables, and the same bytes when written."""
    written = study.write(tmp_path / "mine")
    assert {path.name for path in written.glob("*.csv")} == {path.name for path in folder.glob("*.csv")}
    for path in folder.glob("*.csv"):
        assert (written / path.name).read_bytes() == path.read_bytes(), path.name
        table = study[path.stem]
        assert list(table.columns) == list(pd.read_csv(path).columns)
        assert len(table) == len(pd.read_csv(path))


def test_compare_gives_the_commands_tables(model: wo.Model, tmp_path: Path) -> None:
    study = wo.compare(model, wo.read(INPUTS, MORE))
    same(study, run(tmp_path, "compare", str(INPUTS), str(OPTION), str(MORE)), tmp_path)
    assert study.points["cost"].dtype == "float64"
    assert list(study.points["status"]) == ["optimal", "optimal"]
    assert "2 points, 0 without a plan" in repr(study)


def test_plans_are_compared_as_they_are(model: wo.Model, tmp_path: Path) -> None:
    """Proves: a plan solved here, one read again and a model give the same row."""
    plan = model.solve()
    again = wo.load(plan.write(tmp_path / "plan"))
    points = wo.compare(plan, again, model).points
    assert list(points["point"]) == ["option", "option 2", "option 3"]
    assert set(unmet(points)) == {plan.priorities["unmet"]}


def test_a_point_without_a_plan_is_a_row(model: wo.Model) -> None:
    points = wo.compare(model, wo.read(INPUTS, TOO_LITTLE)).points
    assert list(points["status"]) == ["optimal", "infeasible"]
    assert points["cost"].isna().tolist() == [False, True]


def test_sweep_gives_the_commands_tables(model: wo.Model, tmp_path: Path) -> None:
    study = wo.sweep(model, {"budgets training": ["80%", "100%"], "training_capacity pgcert": [30, 60.0]})
    folder = run(
        tmp_path, "sweep", str(INPUTS), str(OPTION), "--vary", "budgets training=80%,100%",
        "--vary", "training_capacity pgcert=30.0,60.0",
    )  # fmt: skip
    same(study, folder, tmp_path)
    assert len(study.points) == 4
    assert set(study.tables.columns) == {"point", "table", "keys", "year", "value"}


def test_sweep_refuses_what_it_cannot_vary(model: wo.Model) -> None:
    with pytest.raises(wo.FaultsFound, match="budgets training"):
        wo.sweep(model, {"training budget": [1e6]})
    with pytest.raises(ValueError, match="below 0"):
        wo.sweep(model, {"budgets training": [-1e6]})


def test_frontier_gives_the_commands_curve(model: wo.Model, tmp_path: Path) -> None:
    study = wo.frontier(model, "training", tolerance=0.01)
    folder = run(tmp_path, "frontier", str(INPUTS), str(OPTION), "--budget", "training", "--tolerance", "0.01")
    same(study, folder, tmp_path)
    curve = study.frontier
    assert list(curve.columns)[:4] == ["budget", "unmet_low", "unmet_high", "slope"]
    assert curve["unmet_high"].is_monotonic_decreasing
    assert "frontier" in dir(study)
    with pytest.raises(AttributeError, match="its tables are"):
        _ = study.regret
    with pytest.raises(KeyError):
        study["regret"]


def test_models_of_different_inputs_are_compared_but_share_no_folder(model: wo.Model, tmp_path: Path) -> None:
    tables = {path.stem: pd.read_csv(path) for path in INPUTS.glob("*.csv")}
    settings = {"first_year": 2026, "last_year": 2028, "run_out_years": 2, "discount_rate": 0.035, "price_year": 2026}
    tables["roles"]["leaver_rate"] *= 2
    study = wo.compare(model, wo.read({**tables, "settings": settings}, OPTION))
    assert unmet(study.points).is_monotonic_increasing
    with pytest.raises(wo.CannotWrite, match="different inputs"):
        study.write(tmp_path / "study")
    assert not (tmp_path / "study").exists()
