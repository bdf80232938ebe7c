"""Inputs as DataFrames: the same model as the files, and faults placed in table and row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import optimiser as wo
from tests.api.test_api import INPUTS, OPTION

SETTINGS = {"title": "One imaging network", "first_year": 2026, "last_year": 2028, "run_out_years": 2,
            "discount_rate": 0.035, "price_year": 2026}  # fmt: skip


def frames(**others: Any) -> dict[str, Any]:
    tables: dict[str, Any] = {path.stem: pd.read_csv(path) for path in INPUTS.glob("*.csv")}
    return {**tables, "settings": SETTINGS, **others}


def test_dataframes_give_the_plan_of_the_files() -> None:
    """Proves: floats travel by all their digits, and blank cells stay blank (NaN makes years floats on the way)."""
    mine, theirs = wo.read(frames(), OPTION).solve(), wo.read(INPUTS, OPTION).solve()
    assert mine.priorities == theirs.priorities
    pd.testing.assert_frame_equal(mine.limits, theirs.limits, check_exact=True)
    assert mine.audit().passed


def test_a_number_travels_in_full() -> None:
    staff = pd.read_csv(INPUTS / "staff_in_post.csv").astype({"fte": float})
    staff.loc[0, "fte"] = np.nextafter(600.0, 601.0)
    evidence = wo.read(frames(staff_in_post=staff), OPTION).evidence
    assert np.nextafter(600.0, 601.0) in np.asarray(evidence.staff_in_post)


def test_settings_may_be_a_table_and_an_index_may_hold_a_column() -> None:
    settings = pd.DataFrame({"key": list(SETTINGS), "value": pd.Series(list(SETTINGS.values()), dtype=object)})
    roles = pd.read_csv(INPUTS / "roles.csv").set_index("role")
    model = wo.read(frames(settings=settings, roles=roles), OPTION)
    assert model.solve().priorities == wo.read(INPUTS, OPTION).solve().priorities


def test_a_value_by_year_of_the_settings_is_a_mapping() -> None:
    model = wo.read(frames(settings={**SETTINGS, "inflation": {2026: 0.02, 2027: 0.03}}), OPTION)
    assert model.evidence.settings.inflation.at(2028) == 0.03


def test_faults_name_the_table_and_the_row() -> None:
    roles = pd.read_csv(INPUTS / "roles.csv").astype({"leaver_rate": object})
    roles.loc[1, "leaver_rate"] = "a tenth"
    with pytest.raises(wo.FaultsFound) as raised:
        wo.read(frames(roles=roles), OPTION)
    (fault,) = [one for one in raised.value.faults if one.severity == "error"]
    assert fault.place.file == 'DataFrame "roles"'
    assert fault.place.words() == "row 1, column leaver_rate"
    assert "optimiser-inputs" not in str(raised.value)
    assert [one.place for one in wo.check(frames(roles=roles), OPTION).faults] == [fault.place]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"role": pd.DataFrame()}, 'Did you mean "roles"'),
        ({"roles": [1, 2]}, "a list, expected a DataFrame"),
        ({"settings": pd.DataFrame({"name": ["first_year"]})}, 'no column "key"'),
    ],
)
def test_what_is_no_table_is_a_fault(tables: dict[str, Any], message: str) -> None:
    with pytest.raises(wo.FaultsFound, match=message):
        wo.read(frames(**tables), OPTION)
    assert wo.check(frames(**tables), OPTION).faults


def test_a_missing_table_is_a_fault_in_the_users_words() -> None:
    tables = frames()
    del tables["routes"], tables["settings"]
    with pytest.raises(wo.FaultsFound) as raised:
        wo.read(tables, OPTION)
    assert 'DataFrame "settings"' in str(raised.value)
    assert "optimiser-inputs" not in str(raised.value)


def test_half_a_character_is_a_fault_of_its_row() -> None:
    """Proves: a lone surrogate in a DataFrame is found and placed. Sensitivity: it could not be written at all."""
    roles = pd.read_csv(INPUTS / "roles.csv")
    roles.loc[1, "title"] = "half \ud800"
    found = wo.check(frames(roles=roles), OPTION).faults
    assert [(one.code, one.place.file) for one in found] == [("control-character", 'DataFrame "roles"')]
