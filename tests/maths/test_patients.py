"""Demand from patients and the care each of them needs."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

CASE = {
    "tasks": "task,title\nvisit,Visit\nscan,Scan",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,scan,10",
    "demand": "task,year,volume\nvisit,2026,50",
}


def test_patients_times_care_adds_to_demand(tmp_path: Path) -> None:
    """Proves: patients 100, 110, 121; two visits each growing by 50 % from the first year, half a scan without growth.

    Visits: 50 + 200 = 250; 50 + 110 × 3 = 380; 50 + 121 × 4.5 = 594.5. Scans: 50, 55, 60.5.
    Sensitivity: 200 visits in 2026 if patients replaced demand; 350 if care had grown already.
    """
    result = solve_case(
        tmp_path,
        {
            **CASE,
            "patients": "group,year,number,growth\nbreast,2026,100,0.1",
            "care": "group,task,units_per_patient,growth\nbreast,visit,2,0.5\nbreast,scan,0.5,",
        },
    )
    assert result.series("demand", "volume", task="visit") == approx([250, 380, 594.5])
    assert result.series("demand", "volume", task="scan") == approx([50, 55, 60.5])


def test_patients_may_start_early_while_care_grows_from_the_first_year(tmp_path: Path) -> None:
    """Proves: 100 patients in 2025 are 110 in 2026; two groups add up: 50 + 110 × 1 + 10 × 2 = 180 visits in 2026.

    2027: 50 + 121 × 1.1 + 20 = 203.1; 2028: 50 + 133.1 × 1.21 + 20 = 231.051.
    Sensitivity: 191 in 2026 if care grew from 2025; 70 if only the last group counted.
    """
    result = solve_case(
        tmp_path,
        {
            **CASE,
            "patients": "group,year,number,growth\nbreast,2025,100,0.1\nlung,2026,10,",
            "care": "group,task,units_per_patient,growth\nbreast,visit,1,0.1\nlung,visit,2,",
        },
    )
    assert result.series("demand", "volume", task="visit") == approx([180, 203.1, 231.051])
    assert result.rows("demand", task="scan") == []


def test_an_area_without_patients_or_demand_has_no_such_work(tmp_path: Path) -> None:
    """Proves: only the north has patients, so only there are visits.

    Sensitivity: rows for the south, with volume 0, if every area had every task.
    """
    result = solve_case(
        tmp_path,
        {
            **CASE,
            "areas": "area,title\nnorth,North\nsouth,South",
            "staff_in_post": "area,role,fte\nnorth,nurse,10\nsouth,nurse,10",
            "demand": "area,task,year,volume\nsouth,scan,2026,30",
            "patients": "area,group,year,number\nnorth,breast,2026,7",
            "care": "group,task,units_per_patient\nbreast,visit,1",
        },
    )
    found = {(row["area"], row["task"]) for row in result.table("demand")}
    assert found == {("north", "visit"), ("south", "scan")}


def test_patients_and_care_may_be_all_there_is(tmp_path: Path) -> None:
    """Proves: without a table demand, 100 patients × two visits are 200 visits, 100 of them unmet: 10 FTE a year.

    Sensitivity: a fault, were demand needed; 0 if an absent table meant no work.
    """
    patients = {
        "patients": "group,year,number\nbreast,2026,100",
        "care": "group,task,units_per_patient\nbreast,visit,2",
    }
    result = solve_case(tmp_path, {"demand": None, **patients})
    assert result.series("demand", "volume") == approx([200, 200, 200])
    assert result.values["unmet"] == approx(30)


def test_without_either_nothing_is_demanded_and_that_is_a_fault(tmp_path: Path) -> None:
    refused = solve_case(tmp_path, {"demand": None}, expect=1)
    assert "demand.csv" in refused.output
    assert "Found no such table, expected the table demand." in refused.output
