"""`check`: every fault at once, what it counts, its JSON and the copy it annotates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import optimiser as wo
from optimiser.api.checking import out_of_date
from optimiser.inputs.shipped import shipped_inputs
from tests.check.calls import SOURCED, checked, option, run
from tests.support.books import write_book
from tests.support.tiny import FULL, TINY, change, write_inputs


def test_faults_of_inputs_and_of_every_option_come_together(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    change(folder, "roles.csv", "Medical,no,0.05", "Medical,no,1.05")
    options = [option(tmp_path, "budget: []\n", "a.yaml"), option(tmp_path, "demand: {unmet: never}\n", "b.yaml")]
    done = run(folder, *options)
    assert done.exit_code == 1
    for part in ("[out-of-range]", "[unknown-key]", "[unknown-word]", "3 faults. docs/faults.md explains each code"):
        assert part in done.output


def test_a_fault_in_one_option_leaves_the_others_counted(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    good = option(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n", "good.yaml")
    done = run(folder, option(tmp_path, "hold: [{route: none}]\n", "bad.yaml"), good)
    assert done.exit_code == 1
    assert "[unknown-route]" in done.output
    assert "good.yaml: good." in done.output
    assert "bad.yaml: bad." not in done.output


def test_what_is_counted(tmp_path: Path) -> None:
    """Numbers only, years left out: leaver_rate; fte; years of the route; volume; units_per_fte; amount; discount."""
    found = checked(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n")
    assert found.values == {"published": 2, "derived": 1, "recalled": 1, "assumed": 2, "other": 0, "none": 1}
    assert found.rows["roles"] == 1
    (one,) = found.options
    assert [(entry.name, entry.rows) for entry in one.entries] == [("few", 3)]
    assert one.ranges["coefficients"] == (0.9, 10)
    assert one.ranges["bounds"] == (9, 100)
    # staff: 2, 3 and 3; time: work, idle and staff; demand: work and unmet; the limit.
    assert one.terms == 8 + 9 + 6 + 3


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", {**TINY, **SOURCED})
    limits = option(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n")
    done = run(folder, limits, "--json")
    assert done.exit_code == 0
    content: dict[str, Any] = json.loads(done.stdout)
    assert content["sound"] is True
    assert content["faults"] == content["warnings"] == []
    assert content["sizes"] == {"areas": 1, "roles": 1, "routes": 1, "tasks": 1, "patterns": 0, "years": 3}
    assert content["options"][0]["entries"] == [
        {"name": "few", "family": "limits", "rows": 3, "file": str(limits), "line": 1}
    ]
    change(folder, "roles.csv", "0.1", "1.1")
    done = run(folder, limits, "--json")
    assert done.exit_code == 1
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["page"] == "docs/faults.md#out-of-range"
    assert (fault["file"], fault["line"], fault["column"]) == (str(folder / "roles.csv"), 2, "leaver_rate")


def test_an_annotated_copy_has_a_comment_on_each_faulty_cell(tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        book["roles"]["E5"] = 5
        book["routes"]["E5"] = "radiografer"
        book["past_starts"].delete_rows(6)
        book.remove(book["costs"])

    book = write_book(tmp_path / "inputs.xlsx", spoil)
    before = book.read_bytes()
    done = run(book, "--annotate", tmp_path / "copy.xlsx")
    assert done.exit_code == 1
    assert book.read_bytes() == before
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    comment = copy["roles"]["E5"].comment.text
    assert comment.startswith('Found "5", expected a share from 0 to 1.')
    assert comment.endswith("[out-of-range]")
    assert "[unknown-role]" in copy["routes"]["E5"].comment.text
    assert "[missing-row]" in copy["past_starts"]["A5"].comment.text
    rows = list(copy["faults"].iter_rows(min_row=2, values_only=True))
    assert sorted(row[5] for row in rows) == ["missing-row", "missing-table", "out-of-range", "unknown-role"]
    assert copy["roles"]["E5"].value == 5
    again = run(book, "--annotate", tmp_path / "copy.xlsx")
    assert again.exit_code == 5
    assert "nothing is overwritten" in again.output


def test_annotating_needs_a_workbook(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert run(folder, "--annotate", tmp_path / "copy.xlsx").exit_code == 2
    (tmp_path / "bad.xlsx").write_bytes(b"x")
    assert run(tmp_path / "bad.xlsx", "--annotate", tmp_path / "copy.xlsx").exit_code == 1
    assert not (tmp_path / "copy.xlsx").exists()


def test_strict_takes_warnings_for_faults(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert run(folder).exit_code == 0
    done = run(folder, "--strict")
    assert done.exit_code == 1
    assert "warning: " not in done.output
    assert "No faults." not in done.output
    sourced = write_inputs(tmp_path / "sourced", {**TINY, **SOURCED})
    assert run(sourced, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 24), ""),
        (date(2027, 3, 31), ""),
        (date(2027, 4, 1), "2026/27, is over"),
        (date(2029, 1, 5), "--to 2028/29 --out DIR"),
        (date(2031, 1, 1), "All years of these inputs are over, the last in 2029/30."),
    ],
)
def test_a_first_year_that_is_over_is_named(today: date, words: str, tmp_path: Path) -> None:
    """Proves: a financial year ends in March; what to run names the year that is now, and no JSON has it."""
    found = wo.check(write_inputs(tmp_path / "inputs", FULL))
    assert words in out_of_date(found, today)
    assert bool(words) == bool(out_of_date(found, today))
    assert "is over" not in found.json


def test_a_textbook_counts_from_1(tmp_path: Path) -> None:
    assert out_of_date(wo.check(shipped_inputs("williams")), date(2026, 11, 24)) == ""
