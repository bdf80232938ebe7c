"""Scenario multipliers worked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.scenarios import line_through
from tests.support.tiny import FULL, write_inputs

HEAD = "scenario,table,item,task,area,year,multiplier\n"


def under(folder: Path, rows: str, *scenarios: str) -> tuple[Evidence, Evidence]:
    """The evidence of the full data set without a scenario and under some, `rows` being the scenarios table."""
    write_inputs(folder, FULL, scenarios=HEAD + rows)
    return read_evidence(folder), read_evidence(folder, scenarios)


def test_a_line_from_1_in_the_first_year_through_the_points() -> None:
    """Proves: half way to 1.2 in 2027, then down to 0.9, then constant. Sensitivity: a step would give 1 in 2027."""
    assert line_through([(2030, 0.9), (2028, 1.2)], range(2026, 2033)) == pytest.approx(
        [1, 1.1, 1.2, 1.05, 0.9, 0.9, 0.9]
    )


def test_a_point_in_the_first_year_takes_the_place_of_the_1() -> None:
    assert line_through([(2026, 0.5)], range(2026, 2029)).tolist() == [0.5, 0.5, 0.5]
    assert line_through([(2026, 2), (2028, 4)], range(2026, 2030)).tolist() == [2, 3, 4, 4]


def test_a_point_beyond_the_modelled_years_still_sets_the_line() -> None:
    assert line_through([(2036, 2)], range(2026, 2029)) == pytest.approx([1, 1.1, 1.2])


def test_rows_for_all_and_for_one_item_multiply(tmp_path: Path) -> None:
    """Proves: 1.2 × 1.1 for north scans in 2028. Sensitivity: the named row alone would give 1.1."""
    before, after = under(tmp_path, "s,demand,,,,2026,1.2\ns,demand,scan_report,,north,2026,1.1\n", "s")
    factor = after.volume / before.volume
    assert factor[0, 1] == pytest.approx(np.full(7, 1.32))
    assert factor[0, 0] == pytest.approx(np.full(7, 1.2))
    assert factor[1] == pytest.approx(np.full((2, 7), 1.2))


def test_several_scenarios_multiply(tmp_path: Path) -> None:
    rows = "a,demand,,,,2026,1.5\nb,demand,,,,2028,2\nc,demand,,,,2026,9\n"
    before, after = under(tmp_path, rows, "a", "b")
    assert (after.volume / before.volume)[0, 0] == pytest.approx([1.5, 2.25, 3, 3, 3, 3, 3])
    assert after.scenarios == ("a", "b")


def test_a_demand_multiplier_acts_on_the_patients_part_too_and_on_no_waiting_list(tmp_path: Path) -> None:
    before, after = under(tmp_path, "s,demand,scan_report,,south,2026,3\n", "s")
    assert after.volume[1, 1] == pytest.approx(3 * before.volume[1, 1])
    assert after.volume[0] == pytest.approx(before.volume[0])
    assert after.waiting_list == pytest.approx(before.waiting_list)


def test_a_patients_multiplier_acts_on_their_part_alone(tmp_path: Path) -> None:
    """Proves: north scans in 2026 = 3000 + 2 × 2000. Sensitivity: acting on all of it would give 10,000."""
    _, after = under(tmp_path, "s,patients,lung,,north,2026,2\n", "s")
    assert after.volume[0, 1, 0] == pytest.approx(7000)
    assert after.volume[1, 1, 0] == pytest.approx(1600)


def test_productivity_by_role_and_task_leaves_the_yardstick(tmp_path: Path) -> None:
    before, after = under(tmp_path, "s,productivity,radiologist,scan_report,,2028,2\n", "s")
    factor = after.units_per_fte / before.units_per_fte
    pairs = [
        (after.roles[role], after.tasks[task]) for role, task in zip(after.pair_role, after.pair_task, strict=True)
    ]
    scans = pairs.index(("radiologist", "scan_report"))
    assert factor[scans] == pytest.approx([1, 1.5, 2, 2, 2, 2, 2])
    assert np.delete(factor, scans, axis=0) == pytest.approx(np.ones((2, 7)))
    assert after.yardstick.tolist() == before.yardstick.tolist() == [5000, 1500]


def test_productivity_of_all_roles_in_one_task(tmp_path: Path) -> None:
    before, after = under(tmp_path, "s,productivity,,plain_report,,2026,2\n", "s")
    assert (after.units_per_fte / before.units_per_fte)[:, 0].tolist() == [2, 1, 2]


def test_leaver_rates_of_single_years_are_multiplied_too(tmp_path: Path) -> None:
    """Proves: half of 12 % in the north in 2027. Sensitivity: multiplying the role's own rate would give 2.5 %."""
    _, after = under(tmp_path, "s,leaver_rate,radiologist,,,2026,0.5\n", "s")
    radiologist = after.roles.index("radiologist")
    assert after.leaver_rate[:, radiologist, :3] == pytest.approx(
        np.array([[0.025, 0.06, 0.025], [0.025, 0.045, 0.025]])
    )
    assert after.leaver_rate[0, after.roles.index("reporter")] == pytest.approx(np.full(7, 0.04))


def test_costs_by_item(tmp_path: Path) -> None:
    before, after = under(tmp_path, "s,costs,degree,,,2027,1.5\n", "s")
    factor = after.amount / before.amount
    degree = after.cost_item.index("degree")
    assert factor[degree] == pytest.approx([1, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5])
    assert np.delete(factor, degree, axis=0) == pytest.approx(np.ones((4, 7)))


def test_the_order_of_scenarios_and_rows_changes_no_bit(tmp_path: Path) -> None:
    rows = [f"{name},demand,{item},,{area},2028,1.{n}" for n, (name, item, area) in enumerate(
        (name, item, area) for name in "ab" for item in ("", "scan_report") for area in ("", "north")
    )]  # fmt: skip
    one = under(tmp_path / "one", "\n".join(rows), "a", "b")[1]
    other = under(tmp_path / "other", "\n".join(reversed(rows)), "b", "a")[1]
    assert one.volume.tobytes() == other.volume.tobytes()
