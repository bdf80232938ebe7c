"""Every result table is declared, as the contract has it, and what is written is what is declared."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from optimiser.plan.columns import ALL_TABLES, STUDY_TABLES, column_of, kind_of
from tests.architecture.sources import ROOT

INPUTS, OPTION = "docs/example/inputs", "docs/example/option.yaml"

CONTRACT = {
    "starts": "route area year starts commissions in_training",
    "staff": "role area year fte joiners leavers moved_out transitions_in transitions_out idle",
    "work": "role task area year fte units",
    "patterns": "pattern area year fte",
    "demand": "task area year volume waiting by_staff received outsourced unmet unmet_fte",
    "spend": "budget line item area year amount committed",
    "budgets": "budget year limit carried_in spend carried_out",
    "limits": "limit family area role route task year sense unit level bound slack broken",
    "points": "option scenario point status reason unmet_fte_years cost cost_discounted",
    "tables": "point table keys year value",
    "regret": "option scenario value regret",
    "alternatives": "route years least best most",
    "tornado": "assumption low high unmet_low unmet_high cost_low cost_high",
    "steps": "service step fte",
}
"""Section 5 of the contract, word for word."""


@pytest.mark.parametrize("table", CONTRACT)
def test_the_tables_of_the_contract_are_declared(table: str) -> None:
    """Proves: no column of the contract is renamed, dropped or moved; others may only come after them."""
    named = [column.name for column in ALL_TABLES[table] if not column.is_pattern]
    wanted = CONTRACT[table].split()
    assert named[: len(wanted)] == wanted


def headers(folder: Path) -> dict[str, list[str]]:
    found = {}
    for path in [*folder.glob("*.csv"), *folder.glob("run_out/*.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = next(csv.reader(file))
    return found


def made(command: list[str], out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    monkeypatch.chdir(ROOT)
    run = CliRunner().invoke(main, [*command, "--out", str(out)])
    assert run.exit_code == 0, run.output
    return headers(out)


def check_declared(found: dict[str, list[str]]) -> None:
    """Every column that is written is declared, and every declared one is written, in that order."""
    for table, header in found.items():
        declared = [column_of(table, column) for column in header]
        named = [one.name for one in ALL_TABLES[table] if not one.is_pattern]
        assert [one.name for one in declared if not one.is_pattern] == named, table


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["compare", INPUTS, OPTION, OPTION],
        ["sweep", INPUTS, OPTION, "--vary", "budgets training=90%:110%:20%"],
        ["frontier", INPUTS, OPTION, "--budget", "training"],
        ["robust", INPUTS, OPTION, "--scenario", "none", "--scenario", "high"],
        ["alternatives", INPUTS, OPTION],
        ["tornado", INPUTS, OPTION],
    ],
    ids=lambda command: str(command[0]),
)
def test_studies_have_the_columns_that_are_declared(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = made(command, tmp_path / "study", monkeypatch)
    assert {"points", "tables"} <= set(found) <= {*STUDY_TABLES}
    check_declared(found)


def test_a_column_that_is_not_declared_is_refused() -> None:
    """Proves: a name with a part in angle brackets stands for its columns, and for no other."""
    assert kind_of("demand", "price_unmet") == "number"
    assert kind_of("limits", "service") == "text"
    assert kind_of("tornado", "priority_cost_high") == "number"
    with pytest.raises(KeyError, match=r"starts\.csv has no column start"):
        kind_of("starts", "start")
