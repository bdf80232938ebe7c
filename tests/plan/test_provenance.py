"""Every row of the evidence and every entry of the option has its line in the index of a results folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.write.convert import folder_to_workbook
from optimiser.plan.provenance import FEEDS
from optimiser.text.faults import Faults
from tests.support.engine import solve_folder
from tests.support.tiny import FULL, change, write_inputs

BASE = """
set_by: the board
budgets:
  - {budget: training, limit: 5e6, set_by: finance, reference: letter 7}
"""
OPTION = """
extends: base.yaml
demand: {unmet: allowed}
training_capacity:
  - {route: [degree, reporting], places: 50, source: "published: the plan", note: checked}
"""


def index(tmp_path: Path, workbook: bool = False) -> list[dict[str, str]]:
    folder = write_inputs(tmp_path / "inputs", FULL)
    change(folder, "settings.yaml", "discount_rate: 3.5%", "discount_rate: 3.5%  # published: Green Book")
    change(folder, "roles.csv", "available_share\n", "available_share,source,note\n")
    change(folder, "roles.csv", "Medical,no,0.05,0.8", "Medical,no,0.05,0.8,published: census,headcount")
    change(folder, "roles.csv", "no,0.08,0.9", "no,0.08,0.9,,")
    change(folder, "roles.csv", "yes,0.04,", "yes,0.04,,guess,")
    source = folder
    if workbook:
        source = tmp_path / "inputs.xlsx"
        folder_to_workbook(folder, source, Faults())
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "option.yaml").write_text(OPTION, encoding="utf-8")
    result = solve_folder(source, tmp_path / "option.yaml", tmp_path / "out", ["flow"])
    assert result.exit_code == 0, result.output
    with (tmp_path / "out" / "provenance" / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one(rows: list[dict[str, str]], table: str, key: str) -> dict[str, str]:
    (found,) = [row for row in rows if (row["table"], row["key"]) == (table, key)]
    return found


def test_every_row_and_entry_is_there_and_leads_to_its_line(tmp_path: Path) -> None:
    """Proves: file and line name the copy in the results folder; of the scenarios only the chosen one counts."""
    rows = index(tmp_path)
    for row in rows:
        path = tmp_path / "out" / row["file"]
        line = int(row["place"].removeprefix("line ").partition(",")[0])
        text = path.read_text(encoding="utf-8").splitlines()[line - 1]
        assert all(part.split(" ", 1)[-1] in text for part in row["key"].split(", ")) or row["kind"] == "policy", row
    counted = {name: sum(row["table"] == name and row["kind"] != "policy" for row in rows) for name in TABLES}
    assert counted == {name: len(FULL[name].strip().splitlines()) - 1 for name in TABLES} | {"scenarios": 1}
    assert sum(row["table"] == "settings" for row in rows) == 10


def test_what_a_row_says_of_its_source(tmp_path: Path) -> None:
    rows = index(tmp_path)
    assert one(rows, "roles", "role radiologist") == {
        "table": "roles", "key": "role radiologist", "file": "used/inputs/roles.csv", "place": "line 3",
        "kind": "published", "source": "published: census", "note": "headcount", "set_by": "", "reference": "",
        "feeds": "staff work",
    }  # fmt: skip
    assert [one(rows, "roles", f"role {role}")["kind"] for role in ("radiographer", "reporter")] == ["none", "other"]
    rate = one(rows, "settings", "discount_rate")
    assert (rate["kind"], rate["source"], rate["place"]) == (
        "published", "published: Green Book", "line 5, key discount_rate")  # fmt: skip
    assert one(rows, "demand", "area north, task plain_report, year 2027")["place"] == "line 3"
    assert one(rows, "scenarios", "scenario flow, table leaver_rate, item radiologist, year 2028")["feeds"] == "staff"


def test_entries_have_their_owner_and_the_file_they_were_inherited_from(tmp_path: Path) -> None:
    rows = index(tmp_path)
    budget = one(rows, "budgets", "budgets training")
    assert (budget["file"], budget["place"]) == ("used/constraints/base.yaml", "line 4")
    assert (budget["set_by"], budget["reference"], budget["kind"]) == ("finance", "letter 7", "policy")
    places = one(rows, "training_capacity", "training_capacity reporting")
    assert (places["file"], places["place"]) == ("used/constraints/option.yaml", "line 5")
    assert (places["source"], places["note"]) == ("published: the plan", "checked")
    with (tmp_path / "out" / "limits.csv").open(encoding="utf-8", newline="") as file:
        shown = {row["limit"] for row in csv.DictReader(file)}
    entries = {row["key"] for row in rows if row["kind"] == "policy"}
    assert entries == shown


def test_a_key_that_is_taken_over_leads_to_the_file_that_has_it(tmp_path: Path) -> None:
    """Proves: the limit is the option's, carry_forward still base.yaml's. Sensitivity: one row would hide the other."""
    (tmp_path / "base.yaml").write_text(BASE.replace("limit:", "carry_forward: 0.1, limit:"), encoding="utf-8")
    text = "extends: base.yaml\nbudgets:\n  - {budget: training, limit: {times: 2}}\n"
    (tmp_path / "option.yaml").write_text(text, encoding="utf-8")
    folder = write_inputs(tmp_path / "inputs", FULL)
    result = solve_folder(folder, tmp_path / "option.yaml", tmp_path / "out", [])
    assert result.exit_code == 0, result.output
    with (tmp_path / "out" / "provenance" / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["key"] == "budgets training"]
    assert [(row["file"], row["place"]) for row in rows] == [
        ("used/constraints/option.yaml", "line 3"),
        ("used/constraints/base.yaml", "line 4, key carry_forward"),
    ]


def test_a_workbook_names_the_cell(tmp_path: Path) -> None:
    rows = index(tmp_path, workbook=True)
    row = one(rows, "roles", "role radiologist")
    assert (row["file"], row["place"]) == ("used/inputs/inputs.xlsx", "roles!6")
    assert one(rows, "settings", "discount_rate")["place"] == "settings!B9"
    assert one(rows, "settings", "discount_rate")["source"] == "published: Green Book"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_which_results_it_feeds(name: str) -> None:
    assert name in FEEDS
