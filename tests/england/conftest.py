"""England under flat cash, solved once for all tests that read its plan."""

from __future__ import annotations

import pytest

from tests.support.engine import UNDER_UV, Result, solve_folder
from tools.ledger import paths


@pytest.fixture(scope="session")
def flat_cash(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The results folder of `inputs/england` under `constraints/flat-cash.yaml`."""
    folder = tmp_path_factory.mktemp("england") / "flat-cash"
    result = solve_folder(*paths("england", "flat-cash"), folder, environment={**UNDER_UV, "COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    return result
