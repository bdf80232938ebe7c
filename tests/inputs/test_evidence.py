"""The evidence is complete, in alphabetical order, and independent of how the files are written."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest

from optimiser.inputs.assemble import evidence_of, read_evidence
from optimiser.inputs.evidence import NONE, Evidence
from optimiser.inputs.read.folder import read_folder
from optimiser.text.faults import Faults, FaultsFound
from tests.support.tiny import FULL, change, write_inputs


def full(folder: Path, **tables: str | None) -> Evidence:
    """The evidence of the full data set, some tables replaced."""
    return read_evidence(write_inputs(folder, FULL, **tables))


def arrays(evidence: Evidence) -> dict[str, bytes | tuple[str, ...]]:
    """Every array and every tuple of codes, to compare bit by bit."""
    values = {field.name: getattr(evidence, field.name) for field in dataclasses.fields(evidence)}
    return {
        name: value.tobytes() if isinstance(value, np.ndarray) else value
        for name, value in values.items()
        if isinstance(value, np.ndarray) or (isinstance(value, tuple) and name != "files")
    }


def test_codes_are_in_alphabetical_order(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.areas == ("north", "south")
    assert evidence.regions == ("Upper", "Lower")
    assert evidence.roles == ("radiographer", "radiologist", "reporter")
    assert evidence.routes == ("degree", "reporting", "retire")
    assert evidence.tasks == ("plain_report", "scan_report")
    assert evidence.patterns == ("extra_sessions",)
    assert evidence.staff_groups == ("Allied health", "Medical", "Allied health")
    assert evidence.task_units == ("reports", "reports")
    assert evidence.services == ("Imaging", "Imaging")


def test_staff_and_shares(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.staff_in_post.tolist() == [[40, 20, 3], [30, 15, 0]]
    assert evidence.available_share.tolist() == [0.9, 0.8, 1]
    assert evidence.task_priority.tolist() == [1, 2]
    assert evidence.returns.tolist() == [0, 0.5]
    assert evidence.yardstick.tolist() == [5000, 1500]


def test_a_leaver_rate_of_one_year_and_a_named_area_that_wins(tmp_path: Path) -> None:
    """Proves: 12 % north and 9 % south in 2027 alone. Sensitivity: all areas winning would give 9 % north."""
    evidence = full(tmp_path)
    assert evidence.leaver_rate[:, 1, :4].tolist() == [[0.05, 0.12, 0.05, 0.05], [0.05, 0.09, 0.05, 0.05]]
    swapped = full(
        tmp_path, leavers="area,role,year,leaver_rate\nnorth,radiologist,2027,0.12\n,radiologist,2027,0.09\n"
    )
    assert arrays(swapped) == arrays(evidence)


def test_routes(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.kinds == ("training", "upskilling", "exit")
    assert evidence.from_role.tolist() == [NONE, 0, 1]
    assert evidence.to_role.tolist() == [0, 2, NONE]
    assert evidence.supervisor_role.tolist() == [0, 1, NONE]
    assert evidence.years.tolist() == [3, 1, 0]
    assert evidence.completion[:, 0].tolist() == [0.9, 0.95, 1]
    assert evidence.fte_per_completer.tolist() == [0.95, 1, 1]
    assert evidence.fill_rate[:, 0].tolist() == [0.9, 1, 1]
    assert evidence.non_completers_return.tolist() == [False, True, False]
    assert evidence.study_release.tolist() == [0, 0.2, 0]
    assert evidence.trainee_work.tolist() == [0, 0.3, 0]
    assert evidence.supervisor_fte.tolist() == [0.02, 0.05, 0]


def test_past_starts_count_back_from_the_first_year(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.past_starts[:, 0].tolist() == [[12, 11, 10], [9, 8, 7]]
    assert evidence.past_starts[:, 1:].tolist() == [[[0, 0, 0]] * 2] * 2
    assert evidence.has_past_starts.tolist() == [[True, False, False]] * 2


def test_older_past_starts_than_needed_are_passed_over(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    change(tmp_path, "past_starts.csv", "degree,north,2023,10", "degree,north,2023,10\ndegree,north,2010,99")
    assert read_evidence(tmp_path).past_starts[0, 0].tolist() == [12, 11, 10]


def test_a_route_of_no_years_needs_one_past_year(tmp_path: Path) -> None:
    past = "route,area,year,starts\nretire,north,2025,2\n"
    evidence = full(tmp_path, past_starts=past)
    assert evidence.past_starts[0, 2].tolist() == [2, 0, 0]
    assert evidence.has_past_starts.tolist() == [[False, False, True], [False, False, False]]


def test_destinations_replace_the_same_area(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.destinations[0].tolist() == [[0.75, 0.25], [0, 1]]
    assert evidence.destinations[1].tolist() == [[1, 0], [0, 1]]


def test_productivity_grows_from_the_first_year(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.pair_role.tolist() == [1, 1, 2]
    assert evidence.pair_task.tolist() == [0, 1, 0]
    assert evidence.units_per_fte[1, :3] == pytest.approx([1500, 1515, 1530.15])
    assert evidence.current_share[[0, 2]].tolist() == [0.5, 0.1]
    assert np.isnan(evidence.current_share[1])
    assert evidence.pattern_role.tolist() == [1]
    assert evidence.extra_fte.tolist() == [0.1]


def test_costs_are_sorted_and_grow_from_the_first_year(tmp_path: Path) -> None:
    evidence = full(tmp_path)
    assert evidence.cost_per == ("fte-year", "outsourced-unit", "pattern-fte-year", "start", "trainee-year")
    assert evidence.cost_item == ("radiologist", "scan_report", "extra_sessions", "reporting", "degree")
    assert evidence.cost_line == ("pay", "outsourcing", "pay", "education", "education")
    assert evidence.cost_budget == ("", "outsourcing", "pay", "training", "training")
    assert evidence.budgets == ("outsourcing", "pay", "training")
    assert evidence.amount[:, 0].tolist() == [140000, 60, 20000, 12000, 9000]
    assert evidence.amount[4, :3] == pytest.approx([9000, 9090, 9180.9])


def test_settings(tmp_path: Path) -> None:
    settings = full(tmp_path).settings
    assert settings.years == tuple(range(2026, 2033))
    assert settings.reported_years == (2026, 2027, 2028, 2029)
    assert settings.run_out == (2030, 2031, 2032)
    assert settings.discount_rate == 0.035
    assert settings.price_year == 2024
    assert settings.inflation is not None
    assert [settings.inflation.at(year) for year in (2025, 2026, 2030)] == [0.03, 0.02, 0.02]
    assert settings.label(2026) == "2026/27"


def test_defaults_of_the_settings(tmp_path: Path) -> None:
    text = "first_year: 2026\nlast_year: 2026\ndiscount_rate: 0\nprice_year: ~\n"
    settings = read_evidence(write_inputs(tmp_path, settings=text)).settings
    assert (settings.title, settings.currency, settings.financial_years) == ("", "GBP", False)
    assert (settings.run_out_years, settings.first_year_part) == (0, 1)
    assert (settings.price_year, settings.inflation) == (None, None)
    assert settings.label(2026) == "2026"


def test_the_files_read_are_known(tmp_path: Path) -> None:
    (write_inputs(tmp_path, FULL) / "README.md").write_text("About\n", encoding="utf-8")
    names = {file.name for file in read_evidence(tmp_path).files}
    assert names == {"settings.yaml", *(f"{name}.csv" for name in FULL if name != "settings")}


def test_the_order_of_rows_and_columns_changes_no_bit(tmp_path: Path) -> None:
    shuffled = {}
    generator = random.Random(7)
    for name, text in FULL.items():
        if name == "settings":
            continue
        rows = [line.strip().replace('"£12,000"', "12e3").split(",") for line in text.strip().splitlines()]
        order = generator.sample(range(len(rows[0])), len(rows[0]))
        body = generator.sample(rows[1:], len(rows) - 1)
        shuffled[name] = "\n".join(",".join(row[at] for at in order) for row in [rows[0], *body]) + "\n"
    assert arrays(full(tmp_path / "one")) == arrays(full(tmp_path / "other", **shuffled))


def test_the_area_may_be_left_out_where_there_is_one(tmp_path: Path) -> None:
    """With no areas table, with one row in it, with the column blank or filled: the same evidence."""
    plain = read_evidence(write_inputs(tmp_path / "plain"))
    assert plain.areas == ("all",)
    staff = "area,role,fte\n,nurse,10\n"
    blank = read_evidence(write_inputs(tmp_path / "blank", staff_in_post=staff))
    assert arrays(blank) == arrays(plain)
    named = read_evidence(
        write_inputs(
            tmp_path / "named",
            areas="area,title,region\nall,Everywhere,\n",
            staff_in_post=staff.replace(",nurse", "all,nurse"),
        )
    )
    assert arrays(named) == arrays(plain)
    assert named.tables["staff_in_post"].column("area") == ["all"]


def test_headers_and_cells_are_read_as_meant(tmp_path: Path) -> None:
    plain = read_evidence(write_inputs(tmp_path / "plain"))
    loose = read_evidence(
        write_inputs(
            tmp_path / "loose",
            staff_in_post="Role , WTE,note\n nurse\u00a0,\u00a010.0 ,[z]\n",
            roles="role,title,leaver_rate,available_share,new_role\nnurse,Nurse,10%,[x],NO\n",
        )
    )
    assert arrays(loose) == arrays(plain)
    assert loose.tables["roles"].column("new_role") == ["no"]


def test_a_table_knows_where_its_cells_stand(tmp_path: Path) -> None:
    evidence = full(tmp_path / "inputs", roles=FULL["roles"] + "\n\n")
    table = evidence.tables["roles"]
    assert table.place(1, "leaver_rate").words() == "line 3, column leaver_rate"
    assert Path(table.place(1).file) == tmp_path / "inputs" / "roles.csv"
    assert table.source(0) == ""
    assert [row["role"] for row in table.rows()] == ["radiographer", "radiologist", "reporter"]
    assert len(table) == 3


def test_the_same_tables_from_sheets_give_the_same_evidence_and_name_cells(tmp_path: Path) -> None:
    """Reading does not care where tables come from: here the same text as sheets of a workbook."""
    write_inputs(tmp_path, FULL)
    sources = read_folder(tmp_path, Faults())
    sheets = {
        name: dataclasses.replace(
            raw, file="inputs.xlsx", sheet=name, letters=tuple("ABCDEFGHIJKLMN"[: len(raw.header)])
        )
        for name, raw in sources.tables.items()
    }
    workbook = dataclasses.replace(sources, tables=sheets)
    evidence = evidence_of(workbook, Path("inputs.xlsx"), (), Faults())
    assert arrays(evidence) == arrays(read_evidence(tmp_path))
    rows = [list(row) for row in sheets["roles"].rows]
    rows[1][4] = "1.05"
    broken = dataclasses.replace(workbook, tables={**sheets, "roles": dataclasses.replace(sheets["roles"], rows=rows)})
    with pytest.raises(FaultsFound) as caught:
        evidence_of(broken, Path("inputs.xlsx"), (), Faults())
    assert [fault.sentence() for fault in caught.value.faults] == [
        'roles!E3: found "1.05", expected a share from 0 to 1. For 1.05 per cent write 1.05% or 0.0105.'
    ]
