"""Signs that do not belong to a number, titles in place of codes, years with two digits, years as people write them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import Faults, FaultsFound
from tests.support.tiny import FULL, TINY, write_inputs


def errors(folder: Path) -> list[str]:
    """The errors of an inputs folder."""
    faults = Faults()
    with contextlib.suppress(FaultsFound):
        read_evidence(folder, (), faults)
    return [fault.sentence() for fault in faults.errors]


@pytest.mark.parametrize(
    ("table", "column", "old", "new"),
    [
        ("staff_in_post", "fte", "nurse,10", "nurse,150%"),
        ("staff_in_post", "fte", "nurse,10", "nurse,£240"),
        ("demand", "volume", "2026,100", "2026,230%"),
        ("routes", "years", "nurse,0,1", "nurse,400%,1"),
        ("routes", "years", "nurse,0,1", "nurse,£4,1"),
        ("roles", "leaver_rate", "Nurse,0.1", "Nurse,£0.05"),
        ("costs", "amount", "start,1000", "start,37000%"),
        ("costs", "amount", "start,1000", "start,€1000"),
        ("costs", "amount", "start,1000", "start,$1000"),
        ("productivity", "units_per_fte", "visit,10", "visit,10%"),
    ],
)
def test_signs_that_do_not_belong_to_a_number(table: str, column: str, old: str, new: str, tmp_path: Path) -> None:
    text = TINY[table]
    assert text.count(old) == 1
    (fault,) = errors(write_inputs(tmp_path / "inputs", TINY, **{table: text.replace(old, new)}))
    assert fault.startswith(f"line 2, column {column}: found ")


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("roles", "Nurse,0.1", "Nurse,10%"),
        ("costs", "start,1000", "start,£1k"),
        ("routes", "nurse,0,1,", "nurse,0,90%,"),
    ],
)
def test_signs_where_they_belong(table: str, old: str, new: str, tmp_path: Path) -> None:
    assert TINY[table].count(old) == 1
    assert errors(write_inputs(tmp_path / "inputs", TINY, **{table: TINY[table].replace(old, new)})) == []


def test_other_currencies_have_their_own_sign(tmp_path: Path) -> None:
    settings, costs = TINY["settings"], TINY["costs"].replace("start,1000", "start,€1000")
    euro = settings.replace("title: Tiny", "title: Tiny\n        currency: EUR")
    assert errors(write_inputs(tmp_path / "inputs", TINY, settings=euro, costs=costs)) == []


def test_a_title_in_place_of_a_code_is_told_its_code(tmp_path: Path) -> None:
    """Proves: a title leads to its own code, not to the code most like it, and makes one fault."""
    folder = write_inputs(tmp_path / "inputs", FULL, productivity=FULL["productivity"].replace(
        "radiologist,scan_report", "Radiologist,CT and MRI reports"))  # fmt: skip
    found = errors(folder)
    assert len(found) == 2
    assert 'This is a title: write its code "radiologist".' in found[0]
    assert 'This is a title: write its code "scan_report".' in found[1]


def test_years_of_a_textbook_may_be_small(tmp_path: Path) -> None:
    settings = "title: T\nfirst_year: 1\nlast_year: 3\ndiscount_rate: 0\n"
    folder = write_inputs(tmp_path / "inputs", TINY, settings=settings, demand="task,year,volume\nvisit,1,100\n")
    assert errors(folder) == []


@pytest.mark.parametrize("written", ["2026/27", "2026-27", "FY26/27"])
def test_financial_years_are_inferred_from_the_first_year(written: str, tmp_path: Path) -> None:
    settings = f"title: T\nfirst_year: {written}\nlast_year: 2028\ndiscount_rate: 0\n"
    demand = "task,year,volume\nvisit,2026\u201327,100\n"
    folder = write_inputs(tmp_path / "inputs", TINY, settings=settings, demand=demand)
    evidence = read_evidence(folder)
    assert evidence.settings.financial_years
    assert evidence.settings.first_year == 2026
    folder = write_inputs(tmp_path / "said", TINY, settings=settings + "financial_years: no\n")
    assert "financial_years" in errors(folder)[0]


@pytest.mark.parametrize("small", ["5.55e-17", "2e-309", "1e-400", "0." + "0" * 400 + "1"])
def test_a_number_too_small_to_count_is_a_fault(small: str, tmp_path: Path) -> None:
    """Proves: a remainder of a spreadsheet's arithmetic, or less than a computer holds, is neither taken nor made 0.

    Sensitivity: the solver could prove nothing about such a figure, and the command ended with 4.
    """
    folder = write_inputs(tmp_path / "inputs", TINY, staff_in_post=f"role,fte\nnurse,{small}\n")
    (sentence,) = errors(folder)
    assert sentence.startswith("line 2, column fte: found")
    assert sentence.endswith("It is too small to count: write 0, or at least 1e-15.")
