"""Plans that many tests of the commands read and none changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generator import write_case
from optimiser.inputs.write.convert import folder_to_workbook
from optimiser.text.faults import Faults
from tests.studies.calls import SMALL
from tests.support.engine import solve_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs, as book.xlsx too, option.yaml and, in res, the results of a solve."""
    folder = tmp_path_factory.mktemp("study")
    inputs, option = write_case(folder, SMALL)
    assert solve_folder(inputs, option, folder / "res").exit_code == 0
    folder_to_workbook(inputs, folder / "book.xlsx", Faults())
    return folder


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The results of the example in docs/."""
    out = tmp_path_factory.mktemp("done") / "plan"
    example = ROOT / "docs" / "example"
    assert solve_folder(example / "inputs", example / "option.yaml", out).exit_code == 0
    return str(out)
