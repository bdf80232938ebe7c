"""The declarations of tables and columns: complete, consistent, and those of the contract."""

from __future__ import annotations

import pytest

from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES, Column
from optimiser.text.numbers import read_flag, read_number, read_whole, read_year
from tests.support.tiny import FULL

CONTRACT = {
    "areas": "area title region",
    "roles": "role title staff_group new_role leaver_rate available_share",
    "staff_in_post": "area role fte",
    "leavers": "area role year leaver_rate",
    "transitions": "from_role to_role share fte_per_mover",
    "routes": "route title kind from_role to_role years completion fte_per_completer fill_rate non_completers "
    "study_release trainee_work supervisor_role supervisor_fte",
    "past_starts": "route area year starts",
    "destinations": "route area to_area share",
    "tasks": "task title unit service priority returns",
    "demand": "area task year volume growth",
    "waiting_list": "area task volume",
    "networks": "network task area",
    "patients": "area group year number growth",
    "care": "group task units_per_patient growth",
    "productivity": "role task units_per_fte growth current_share",
    "patterns": "pattern title role extra_fte",
    "costs": "item line per amount budget growth",
    "scenarios": "scenario table item task area year multiplier",
}
OPTIONAL = {
    "demand",
    "areas",
    "leavers",
    "transitions",
    "past_starts",
    "destinations",
    "waiting_list",
    "networks",
    "patients",
    "care",
    "patterns",
    "scenarios",
}
SETTINGS_KEYS = (
    "title first_year last_year run_out_years discount_rate unmet_discount_rate price_year inflation first_year_part "
    "currency financial_years"
)
ALL = [(name, column) for name, table in TABLES.items() for column in table.columns]
ALL += [("settings", column) for column in SETTINGS] + [("any", column) for column in ANYWHERE]


def test_the_tables_and_columns_are_those_of_the_contract() -> None:
    assert {name: " ".join(column.name for column in table.columns) for name, table in TABLES.items()} == CONTRACT
    assert {name for name, table in TABLES.items() if table.optional} == OPTIONAL
    assert " ".join(column.name for column in SETTINGS) == SETTINGS_KEYS


def test_the_full_data_set_of_the_tests_uses_every_column() -> None:
    headers = {name: text.strip().splitlines()[0].strip().replace(",", " ") for name, text in FULL.items()}
    assert {name: header for name, header in headers.items() if name != "settings"} == CONTRACT


@pytest.mark.parametrize(("table", "column"), ALL, ids=lambda value: value if isinstance(value, str) else value.name)
def test_every_column_says_what_it_is(table: str, column: Column) -> None:
    assert column.help.endswith(".")
    assert column.help[0].isupper()
    assert column.example
    assert not (column.required and column.default is not None)
    if column.kind == "number" and column.name not in ("priority", "multiplier"):
        assert column.unit


@pytest.mark.parametrize(("table", "column"), ALL, ids=lambda value: value if isinstance(value, str) else value.name)
def test_every_example_is_one(table: str, column: Column) -> None:
    if column.is_number:
        value = read_number(column.example)
        assert column.allows(value)
    elif column.kind == "whole":
        read_whole(column.example)
    elif column.kind == "year":
        read_year(column.example)
    elif column.kind == "yes_no":
        read_flag(column.example)
    elif column.choices:
        assert column.example in column.choices


def test_references_lead_to_tables_that_define_codes() -> None:
    for name, column in ALL:
        targets = [column.refers, *column.refers_by.values()]
        for target in filter(None, targets):
            assert TABLES[target].defines, (name, column.name)
            assert TABLES[target].one
        if column.refers_on:
            assert set(TABLES[name].column(column.refers_on).choices) == set(column.refers_by)


def test_keys_are_columns() -> None:
    for table in TABLES.values():
        assert all(table.column(name) for name in table.key)
        assert table.help.endswith(".")
        with pytest.raises(KeyError):
            table.column("nothing")


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("roles", "leaver_rate", "a share from 0 to 1"),
        ("routes", "completion", "a share above 0 and at most 1"),
        ("routes", "years", "a whole number from 0 to 60"),
        ("staff_in_post", "fte", "a number of 0 or more"),
        ("productivity", "units_per_fte", "a number above 0"),
        ("patterns", "extra_fte", "a number"),
        ("demand", "growth", "a number above -1 and at most 10"),
        ("routes", "non_completers", "one of return, leave"),
        ("roles", "role", "a code"),
        ("roles", "title", "some text"),
        ("demand", "year", "a year"),
    ],
)
def test_what_a_cell_must_be_in_words(table: str, column: str, words: str) -> None:
    assert TABLES[table].column(column).range_words == words
