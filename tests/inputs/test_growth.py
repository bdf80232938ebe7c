"""Growth paths worked by hand, from the rows of demand and patients."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.growth import Point, follow
from tests.support.tiny import FULL, change, write_inputs

NAN = math.nan


def test_a_volume_grows_until_the_next_row() -> None:
    """Proves: 100 × 1.1² in 2028. Sensitivity: growing from 2025 would give 133.1."""
    assert follow([Point(2026, 100, 0.1, 0)], (2026, 2027, 2028)) == pytest.approx([100, 110, 121])


def test_a_later_row_with_a_volume_starts_afresh() -> None:
    points = [Point(2026, 100, 0.1, 0), Point(2028, 50, -0.5, 1)]
    assert follow(points, (2026, 2027, 2028, 2029)) == pytest.approx([100, 110, 50, 25])


def test_a_later_row_without_a_volume_keeps_the_path_and_changes_the_growth() -> None:
    """Proves: 2027 still grows by the old 10 %. Sensitivity: the new growth in 2027 would give 200 and 400."""
    points = [Point(2026, 100, 0.1, 0), Point(2027, NAN, 1.0, 1)]
    assert follow(points, (2026, 2027, 2028)) == pytest.approx([100, 110, 220])


def test_a_path_may_start_earlier_and_change_before_the_first_year() -> None:
    """Proves: 100 × 2 × 2 × 1.5 in 2026. Sensitivity: leaving out the row of 2025 would give 800."""
    points = [Point(2023, 100, 1.0, 0), Point(2025, NAN, 0.5, 1)]
    assert follow(points, (2026, 2027)) == pytest.approx([600, 900])


def test_rows_after_the_modelled_years_change_nothing() -> None:
    points = [Point(2026, 100, 0.0, 0), Point(2040, 7, 0.0, 1)]
    assert follow(points, (2026, 2027)) == [100, 100]


def test_years_between_rows_are_not_needed() -> None:
    points = [Point(2026, 100, 0.0, 0), Point(2027, 10, 0.0, 1), Point(2028, NAN, 1.0, 2)]
    assert follow(points, (2026, 2030)) == pytest.approx([100, 40])


def test_growth_without_end_is_infinite_and_no_error() -> None:
    assert follow([Point(1, 1e300, 10, 0)], (2026,)) == [math.inf]


def test_demand_and_patients_add_up(tmp_path: Path) -> None:
    """Proves: north scans = 3000 × 1.05^k + 500 × 1.1^k × 4 × 1.5^k; south scans from 400 patients alone.

    Sensitivity: care growing from the patients' own first row (2025) would give 2,400 in the south in 2026.
    """
    evidence = read_evidence(write_inputs(tmp_path, FULL))
    scans = evidence.tasks.index("scan_report")
    assert evidence.volume[0, scans, :3] == pytest.approx([5000, 3150 + 550 * 6, 3307.5 + 605 * 9])
    assert evidence.volume[1, scans, :3] == pytest.approx([1600, 2400, 3600])
    plain = evidence.tasks.index("plain_report")
    assert evidence.volume[0, plain, :4] == pytest.approx([10404, 10612.08, 10612.08 * 1.01, 10612.08 * 1.01**2])
    assert evidence.waiting_list.tolist() == [[0, 120], [0, 0]]
    assert evidence.has_demand.all()


def test_an_area_and_task_in_neither_table_has_no_such_work(tmp_path: Path) -> None:
    change(write_inputs(tmp_path, FULL), "patients.csv", "south,lung,2025,400,\n", "")
    (tmp_path / "networks.csv").unlink()
    evidence = read_evidence(tmp_path)
    assert evidence.has_demand.tolist() == [[True, True], [True, False]]
    assert evidence.volume[1, 1].tolist() == [0] * 7


def test_no_volume_is_still_work(tmp_path: Path) -> None:
    demand = "task,year,volume\nvisit,2026,0\n"
    evidence = read_evidence(write_inputs(tmp_path, demand=demand))
    assert evidence.has_demand.tolist() == [[True]]
