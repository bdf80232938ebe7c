"""One good data set and a list of one-line mutations, each with its exact message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import Faults, FaultsFound
from tests.support.books import evidence_or_faults
from tests.support.examples import examples
from tests.support.tiny import FULL, TINY, change, write_inputs


def mutations() -> Iterator[tuple[str, str, str, list[str]]]:
    """The blocks of mutations.txt: a file, `-` the text taken out, `+` the text put in, `=` each message."""
    text = Path(__file__).with_name("mutations.txt").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        file, old, new, *messages = block.split("\n")
        parts = [part[2:].replace("⏎", "\n") for part in (old, new)]
        yield file, parts[0], parts[1], [message.removeprefix("= ") for message in messages]


def said_of(folder: Path, *scenarios: str) -> list[str]:
    """Every message about an inputs folder, as `file: sentence`."""
    faults = Faults()
    with suppress(FaultsFound):
        read_evidence(folder, scenarios, faults)
    return [
        f"{Path(fault.place.file).name}: {'warning: ' if fault.severity == 'warning' else ''}{fault.sentence()}"
        for fault in faults.found
    ]


@pytest.mark.parametrize("base", [TINY, FULL], ids=["tiny", "full"])
def test_the_data_set_itself_has_no_fault(base: dict[str, str], tmp_path: Path) -> None:
    assert said_of(write_inputs(tmp_path, base)) == []


@pytest.mark.parametrize(("file", "old", "new", "messages"), list(mutations()))
def test_a_changed_line_gives_its_messages(file: str, old: str, new: str, messages: list[str], tmp_path: Path) -> None:
    change(write_inputs(tmp_path, FULL), file, old, new)
    assert said_of(tmp_path) == messages


@pytest.mark.parametrize("table", ["roles", "staff_in_post", "routes", "tasks", "demand", "productivity", "costs"])
def test_a_missing_table_is_the_only_fault(table: str, tmp_path: Path) -> None:
    """What other tables say about it is not held against them."""
    said = said_of(write_inputs(tmp_path, **{table: None}))
    assert len(said) == 1
    assert said[0].startswith(f"{table}.csv: Found no such table, expected the table {table}. Add it: ")


def test_missing_settings(tmp_path: Path) -> None:
    assert said_of(write_inputs(tmp_path, settings=None)) == [
        (
            "settings.yaml: Found no such file, expected the settings of the inputs. "
            "Add it, with at least first_year, last_year and discount_rate."
        )
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert said_of(tmp_path / "gone") == [
        "gone: Found no such folder, expected an inputs folder with settings.yaml and CSV files, or an .xlsx workbook."
    ]


def test_a_csv_file_that_is_no_table(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    (tmp_path / "scenario.csv").write_text("a\n", encoding="utf-8")
    assert said_of(tmp_path) == [
        "scenario.csv: A CSV file that is no table of the inputs. Rename it scenarios.csv, or move it elsewhere."
    ]


@pytest.mark.parametrize("name", ["README.md", ".hidden.csv", "~$roles.csv", ".~lock.roles.csv#", "figures.xlsx"])
def test_other_files_are_passed_over(name: str, tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    (tmp_path / name).write_bytes(b"\x81anything;")
    assert said_of(tmp_path) == []


def test_areas_without_their_table(tmp_path: Path) -> None:
    said = said_of(write_inputs(tmp_path, FULL, areas=None))
    assert said[0] == (
        'staff_in_post.csv: line 2, column area: found "north" (also on lines 3, 4), expected an area. '
        "Add the table areas: without it there is one area, called all."
    )


def test_a_code_that_is_unknown_in_many_rows_is_one_message(tmp_path: Path) -> None:
    rows = "\n".join(f"vist,{year},1" for year in range(2020, 2030))
    said = said_of(write_inputs(tmp_path, demand=f"task,year,volume\nvisit,2026,1\n{rows}\n"))
    assert said == [
        (
            'demand.csv: line 3, column task: found "vist" (also on lines 4, 5, 6, 7 and 5 more), '
            'expected a task in tasks. Did you mean "visit"?'
        )
    ]


def test_an_unknown_scenario(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    assert said_of(tmp_path, "hgh") == [
        'scenarios.csv: Found the scenario "hgh", expected a scenario of the inputs. Did you mean "high"?'
    ]
    assert said_of(tmp_path, "high", "high") == [
        'scenarios.csv: Found the scenario "high" named twice, expected every scenario once. Name it once.'
    ]


def test_a_leaver_rate_that_a_scenario_lifts_above_1(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    change(tmp_path, "scenarios.csv", "2028,0.5", "2028,10")
    assert said_of(tmp_path) == []
    assert said_of(tmp_path, "flow") == []
    change(tmp_path, "leavers.csv", "north,radiologist,2027,0.12", "north,radiologist,2028,0.12")
    assert said_of(tmp_path, "flow") == [
        (
            "leavers.csv: line 3, column leaver_rate: found a leaver rate of 1.2 in 2028/29 under flow, "
            "expected at most 1. Lower the rate or the multiplier."
        )
    ]
    change(tmp_path, "roles.csv", "Medical,no,0.05", "Medical,no,0.2")
    assert said_of(tmp_path, "flow")[1] == (
        "roles.csv: line 3, column leaver_rate: found a leaver rate of 2 in 2029/30 under flow, expected at most 1. "
        "Lower the rate or the multiplier."
    )


def test_growth_beyond_any_number(tmp_path: Path) -> None:
    demand = "task,year,volume,growth\nvisit,1,1e10,10\n"
    assert said_of(write_inputs(tmp_path, demand=demand)) == [
        (
            "tasks.csv: line 2, column task: found figures of visit that grow beyond any number by 2028, "
            "expected a number. Check growth and multipliers."
        )
    ]


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    for file, old, new in (
        ("settings.yaml", "discount_rate: 3.5%", "discount_rate: x"),
        ("roles.csv", "Medical,no,0.05", "Medical,no,1.05"),
        ("staff_in_post.csv", "north,radiologist,20", "north,radiologst,-20"),
        ("care.csv", "lung,scan_report,4", "lung,scan_report,four"),
        ("costs.csv", "trainee-year", "trainee-day"),
    ):
        change(tmp_path, file, old, new)
    assert [said.split(": found")[0] for said in said_of(tmp_path)] == [
        "settings.yaml: line 5, key discount_rate",
        "roles.csv: line 3, column leaver_rate",
        "staff_in_post.csv: line 3, column fte",
        "care.csv: line 2, column units_per_patient",
        "costs.csv: line 2, column per",
        "staff_in_post.csv: line 3, column role",
    ]


def test_a_short_run_out_is_a_warning_and_no_fault(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    change(tmp_path, "settings.yaml", "run_out_years: 3", "run_out_years: 2")
    assert said_of(tmp_path) == [
        (
            "settings.yaml: warning: line 4, key run_out_years: found 2 run-out years, expected 3 or more, "
            "the years of degree. With fewer, the last reported years train for nobody."
        )
    ]


def test_patients_whom_nobody_cares_for_are_a_warning(tmp_path: Path) -> None:
    write_inputs(tmp_path, FULL)
    change(tmp_path, "patients.csv", "south,lung,2025,400,", "south,lung,2025,400,\nsouth,breast,2025,1,")
    assert said_of(tmp_path) == [
        (
            "patients.csv: warning: line 4, column group: found patients of group breast, for whom care has no row, "
            "expected care for every group. They make no demand."
        )
    ]


_FILES = sorted("settings.yaml" if name == "settings" else f"{name}.csv" for name in FULL)


@examples(50)
@given(
    st.sampled_from(_FILES),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 12),
    st.text(alphabet="0129.,-+eE%£\"'/ \n\r\t:{}[]&*!#xyznorth\ufeff\u00a0\x00\x81ü", max_size=6),
)
def test_no_change_whatever_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, file: str, where: float, length: int, new: str
) -> None:
    """Any few characters of any file replaced: evidence or faults, never another error."""
    folder = write_inputs(tmp_path_factory.mktemp("inputs"), FULL)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    start = int(where * len(text))
    path.write_bytes((text[:start] + new + text[start + length :]).encode())
    evidence_or_faults(folder)


def test_what_is_raised_is_what_was_recorded(tmp_path: Path) -> None:
    faults = Faults()
    change(write_inputs(tmp_path, FULL), "settings.yaml", "run_out_years: 3", "run_out_years: 2")
    change(tmp_path, "costs.csv", "trainee-year", "trainee-day")
    with pytest.raises(FaultsFound) as caught:
        read_evidence(tmp_path, (), faults)
    assert caught.value.faults == tuple(faults.found)
    assert [fault.code for fault in faults.found] == ["unknown-choice", "run-out-short"]
