"""`backcast`: observed stocks beside those of the evidence, and the rates that would fit."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from tests.support.engine import TINY, write_inputs

INPUTS = {
    "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
    "routes": "route,title,kind,from_role,to_role,years,completion\nnew,New,training,,nurse,2,0.5",
    "past_starts": "route,year,starts\n" + "\n".join(f"new,{year},20" for year in range(2017, 2026)),
}
YEARS = range(2019, 2026)


def run(folder: Path, stocks: str, *words: str, since: str = "2019", **tables: str) -> Result:
    inputs = write_inputs(folder / "inputs", {**TINY, **INPUTS, **tables})
    actuals = folder / "actuals.csv"
    actuals.write_text(stocks, encoding="utf-8")
    return CliRunner().invoke(
        main, ["backcast", str(inputs), str(actuals), "--from", since, *words], catch_exceptions=False
    )


def stocks(after: Callable[[float, int], float], start: float = 100.0) -> str:
    """Nurses from 2019 to 2025, each year from the one before."""
    rows, staff = ["role,year,fte"], start
    for year in YEARS:
        staff = staff if year == YEARS[0] else after(staff, year)
        rows.append(f"nurse,{year},{staff!r}")
    return "\n".join(rows) + "\n"


def fit(folder: Path, text: str, **tables: str) -> dict[str, Any]:
    done = run(folder, text, "--json", **tables)
    assert done.exit_code == 0, done.output
    (role,) = json.loads(done.stdout)["roles"]
    return dict(role)


def test_stocks_that_follow_the_evidence_have_no_error(tmp_path: Path) -> None:
    """Proves: 100, then nine tenths and 10 joiners a year (20 started two years before, half complete): nothing is off,
    and the evidence's own rate and no more joiners are what fits.
    """
    role = fit(tmp_path, stocks(lambda staff, _: staff * 0.9 + 10))
    assert role["bias"] == pytest.approx(0, abs=1e-9)
    assert role["mape"] == pytest.approx(0, abs=1e-12)
    assert role["leaver_rate"] == pytest.approx(0.1)
    assert role["joiners"] == pytest.approx(0, abs=1e-9)
    assert role["fitted_on"] == [2020, 2021, 2022]
    assert role["tested_on"] == [2023, 2024, 2025]


def test_a_higher_leaver_rate_is_found(tmp_path: Path) -> None:
    """Proves: where 15 % left, the model is above by 5 in 2020, 0.9 × 5 + 0.05 × 95 = 9.25 in 2021, and 0.15 fits to
    the digit the years it has not seen.

    Sensitivity: a fit on totals of levels, not of one year's change, would not find 0.15.
    """
    text = stocks(lambda staff, _: staff * 0.85 + 10)
    role = fit(tmp_path, text)
    assert role["leaver_rate"] == pytest.approx(0.15)
    assert role["mape_with_rate"] == pytest.approx(0, abs=1e-12)
    assert role["mape_tested"] > 0.04
    done = run(tmp_path / "text", text) if (tmp_path / "text").mkdir() is None else None
    assert done is not None
    assert "a leaver rate of 0.1500: 0.0 %" in done.output
    errors = next(line for line in done.output.splitlines() if line.split()[0] == "nurse").split()
    assert errors[1:3] == ["5.0", "9.2"]


def test_joiners_nobody_wrote_down_are_found(tmp_path: Path) -> None:
    """Proves: 3 more a year than the evidence knows of; no other leaver rate does as well in the later years."""
    role = fit(tmp_path, stocks(lambda staff, _: staff * 0.9 + 13))
    assert role["joiners"] == pytest.approx(3)
    assert role["mape_with_joiners"] == pytest.approx(0, abs=1e-12)
    assert role["mape_with_rate"] > 0


def test_transitions_and_areas_count(tmp_path: Path) -> None:
    """Proves: in two areas, a tenth of the nurses become seniors each year, at 0.9 FTE; stocks of that are not off."""
    tables = {
        "areas": "area,title\nnorth,North\nsouth,South",
        "roles": "role,title,leaver_rate\nnurse,Nurse,0.1\nsenior,Senior,0.2",
        "staff_in_post": "\n".join(
            ["area,role,fte", *(f"{area},{role},1" for area in ("north", "south") for role in ("nurse", "senior"))]
        ),
        "demand": "area,task,year,volume\nnorth,visit,2026,1",
        "past_starts": "\n".join(["route,area,year,starts", *(f"new,north,{year},20" for year in range(2017, 2026))]),
        "transitions": "from_role,to_role,share,fte_per_mover\nnurse,senior,0.1,0.9",
    }
    rows = ["role,area,year,fte"]
    for area, joining, nurse, senior in (("north", 10, 50.0, 10.0), ("south", 0, 40.0, 8.0)):
        for year in YEARS:
            rows += [f"nurse,{area},{year},{nurse!r}", f"senior,{area},{year},{senior!r}"]
            nurse, senior = nurse * 0.8 + joining, senior * 0.8 + 0.09 * nurse
    done = run(tmp_path, "\n".join(rows) + "\n", "--out", str(tmp_path / "out"), **tables)
    assert done.exit_code == 0, done.output
    with (tmp_path / "out" / "backcast.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert len(table) == 2 * 2 * len(YEARS)
    assert max(abs(float(row["error"])) for row in table) < 1e-9


def test_intakes_not_written_down_are_held_and_counted(tmp_path: Path) -> None:
    """Proves: with intakes of 2024 and 2025 alone, those of 2018 to 2023 are taken as the nearest one, and said."""
    done = run(
        tmp_path, stocks(lambda staff, _: staff * 0.9 + 10), past_starts="route,year,starts\nnew,2024,20\nnew,2025,20"
    )
    assert done.exit_code == 0
    assert "6 intakes of past_starts not written down" in done.output
    assert next(line for line in done.output.splitlines() if line.split()[0] == "nurse").split()[1:3] == ["0.0", "0.0"]


@pytest.mark.parametrize(
    ("text", "since", "found"),
    [
        ("role,year,fte\nnurse,2020,5\n", "2019", "no stock of nurse in all in 2019"),
        ("role,year,fte\nnurse,2019,5\n", "2019", "stocks up to 2019, expected years after 2019"),
        ("role,year,fte\nmatron,2019,5\nnurse,2020,-1\n", "2019", 'found "matron"'),
        ("role,year,fte\nmatron,2019,5\nnurse,2020,-1\n", "2019", "a number of 0 or more"),
        ("role,year,heads\nnurse,2019,5\n", "2019", "no column fte"),
        ("role,year,fte\nnurse,2019,5\nnurse,2019,5\n", "2019", "a second time in 2019"),
        ("role,year,fte\nnurse,2019,5\nnurse,2060,5\n", "2019", "stocks up to 2060"),
        ("role,year,fte\nnurse,2019,5\n", "soon", "soon"),
    ],
)
def test_what_is_wrong_is_named(text: str, since: str, found: str, tmp_path: Path) -> None:
    done = run(tmp_path, text, since=since)
    assert done.exit_code == 1
    assert found in done.output
