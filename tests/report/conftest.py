"""Plans solved once for all tests of reports, and the report of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.inputs.shipped import shipped_constraints, shipped_inputs
from tests.report import results
from tests.support.engine import solve_folder

ALLIANCE = "west-yorkshire-and-harrogate"


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three options of one alliance."""
    folder = tmp_path_factory.mktemp("plans")
    options = {path.stem: path for path in shipped_constraints(ALLIANCE)}
    for name in results.SEVERAL:
        assert solve_folder(shipped_inputs(ALLIANCE), options[name], folder / name).exit_code == 0
    return [folder / name for name in results.SEVERAL]


@pytest.fixture(scope="session")
def everything(plans: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The plans, and every other table a report can show, made by hand."""
    folder = tmp_path_factory.mktemp("many")
    extra = {"steps": results.STEPS, "tornado": results.TORNADO, "alternatives": results.ALTERNATIVES}
    return [*plans, results.frontier(folder / "frontier"), results.write(folder / "extra", **extra)]


@pytest.fixture(scope="session")
def page(everything: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole report as a page."""
    out = tmp_path_factory.mktemp("page") / "report.html"
    done = results.run(*everything, "--out", out)
    assert done.exit_code == 0, done.output
    return out
