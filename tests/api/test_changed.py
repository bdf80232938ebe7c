"""A model changed: the same as an option file that says so, and a plan whose copies tell how it was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optimiser as wo
from tests.api.test_api import INPUTS, OPTION


@pytest.fixture(scope="module")
def model() -> wo.Model:
    return wo.read(INPUTS, OPTION)


def by_file(tmp_path: Path, body: str) -> wo.Model:
    (tmp_path / "option.yaml").write_bytes(OPTION.read_bytes())
    (tmp_path / "changed.yaml").write_text(f"title: changed\nextends: option.yaml\n{body}\n")
    return wo.read(INPUTS, tmp_path / "changed.yaml")


@pytest.mark.parametrize(
    ("entry", "key", "change", "body"),
    [
        ("budgets training", None, {"times": 1.1}, "budgets: [{name: budgets training, limit: {times: 1.1}}]"),
        ("budgets training", "limit", {"times": np.float64(1.1)}, "budgets: [{budget: training, limit: {times: 1.1}}]"),
        ("budgets training", "carry_forward", {"to": 0}, "budgets: [{budget: training, carry_forward: 0}]"),
        ("budgets training", None, {"plus": {2027: 1e5}}, "budgets: [{budget: training, limit: {plus: {2027: 1e5}}}]"),
        ("training_capacity pgcert", None, {"to": {"ramp": {2026: 20, 2030: 60}}},
         "training_capacity: [{route: pgcert, places: {ramp: {2026: 20, 2030: 60}}}]"),
        ("skill_mix report reporting_radiographer", None, {"plus": 0.05},
         "skill_mix: [{task: report, role: reporting_radiographer, max_share: {plus: 0.05}}]"),
    ],
)  # fmt: skip
def test_a_change_is_what_an_option_file_says(
    model: wo.Model, entry: str, key: str | None, change: dict[str, Any], body: str, tmp_path: Path
) -> None:
    mine, theirs = model.changed(entry, key, **change).solve(), by_file(tmp_path, body).solve()
    assert mine.priorities == theirs.priorities
    assert mine.cost == theirs.cost
    assert mine.limits.equals(theirs.limits)
    assert mine.priorities != model.solve().priorities or key == "carry_forward"


def test_changes_add_up_and_leave_the_model_as_it_was(model: wo.Model) -> None:
    before = model.solve().priorities
    twice = model.changed("budgets training", times=1.1).changed("budgets training", times=1.2)
    once = model.changed("budgets training", times=1.1 * 1.2)
    assert twice.solve().priorities == pytest.approx(once.solve().priorities, rel=1e-9)
    assert model.solve().priorities == before
    both = model.changed("budgets training", times=1.1).changed("training_capacity pgcert", to=10)
    assert both.title.endswith("budgets training limit times 1.1; training_capacity pgcert places 10")


def test_a_changed_plan_can_be_written_and_audited(model: wo.Model, tmp_path: Path) -> None:
    plan = model.changed("budgets training", times=1.1).changed("budgets training", plus=5e4).solve()
    folder = plan.write(tmp_path / "plan")
    assert wo.load(folder).audit().passed
    used = folder / "used" / "constraints"
    assert {path.name for path in used.iterdir()} == {
        "option.yaml",
        "option-changed.yaml",
        "option-changed-changed.yaml",
    }
    record = json.loads((folder / "plan.json").read_text())
    assert record["command"].endswith(
        ".changed('budgets training', times=1.1).changed('budgets training', plus=50000.0).solve()"
    )
    assert "optimiser-option-" not in json.dumps(record)
    assert wo.load(folder).explain(top=1).prices["name"].tolist()


def test_what_extends_other_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "base.yaml").write_bytes(OPTION.read_bytes())
    (tmp_path / "sub" / "mine.yaml").write_text("extends: ../base.yaml\nsteady: {weight: 0.5}\n")
    model = wo.read(INPUTS, tmp_path / "sub" / "mine.yaml").changed("steady", times=4)
    assert model.policy.steady is not None
    assert model.policy.steady.weight == 2.0
    used = model.solve().write(tmp_path / "plan") / "used" / "constraints"
    assert (used / "base.yaml").is_file()
    assert (used / "sub" / "mine-changed.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("budget training",), 'Did you mean "budgets training"'),
        (("budgets training", "limits"), 'Did you mean "limit"'),
        (("budgets training", "set_by"), "no number called"),
    ],
)
def test_an_unknown_entry_or_key_is_a_fault(model: wo.Model, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(wo.FaultsFound, match=message):
        model.changed(*arguments, times=1.1)


def test_a_value_that_is_not_allowed_is_a_fault_in_the_users_words(model: wo.Model) -> None:
    with pytest.raises(wo.FaultsFound) as raised:
        model.changed("skill_mix report reporting_radiographer", to=1.5)
    assert "changed('skill_mix report reporting_radiographer', to=1.5)" in str(raised.value)
    assert "/tmp" not in str(raised.value)
    assert "optimiser-option" not in str(raised.value)


@pytest.mark.parametrize("change", [{}, {"to": 1, "times": 2}, {"to": "much"}, {"times": [1, 2]}])
def test_a_wrong_call_is_a_type_error(model: wo.Model, change: dict[str, Any]) -> None:
    if change == {"to": "much"}:
        with pytest.raises(wo.FaultsFound):
            model.changed("budgets training", **change)
        return
    with pytest.raises(TypeError):
        model.changed("budgets training", **change)
