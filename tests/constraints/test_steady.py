"""Steady intakes: what a change weighs, and which starts are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.constraints.limit import Steady
from tests.support.engine import solve_case


def test_a_weight_and_a_where(options) -> None:
    policy = options.policy("steady: {weight: 0.5, where: {kind: [training, upskilling]}}")
    assert policy.steady == Steady(0.5, {"kind": ("training", "upskilling")})


def test_without_the_key_nothing_is_steady(options) -> None:
    assert options.policy("").steady is None


def test_the_keys_of_files_merge_one_by_one(options) -> None:
    """Proves: another weight keeps the inherited `where`. Sensitivity: all starts if the mapping were replaced."""
    policy = options.policy("extends: base.yaml\nsteady: {weight: 2}", base="steady: {weight: 1, where: {area: north}}")
    assert policy.steady == Steady(2.0, {"area": ("north",)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steady: 0.5", "line 1, key steady: found"),
        ("steady: {where: {area: north}}", "key steady: found no weight, expected a number. Add weight: 0.5."),
        ("steady: {weight: -1}", "key steady weight: found -1, expected a number of 0 or more."),
        ("steady: {weight: 1, where: {task: endoscopy}}", 'key steady where task: found the key "task" of starts'),
        ("steady: {weight: 1, where: {kind: apprenticeship}}", 'found "apprenticeship", expected a kind of route'),
        ("steady: {weigth: 1}", 'found the key "weigth", expected a known key. Did you mean "weight"?'),
    ],
)
def test_what_is_refused(options, text: str, message: str) -> None:
    assert any(message in said for said in options.said(text)), options.said(text)


def test_what_weighs_no_change_is_refused(tmp_path: Path) -> None:
    """Proves: with one reported year and no past starts nothing could weigh; with past starts the first year does."""
    tables = {
        "settings": {"last_year": 2026},
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nhire,Hire,hire,,nurse,0,1,",
    }
    refused = solve_case(tmp_path / "alone", tables, "steady: {weight: 1}", expect=1)
    assert "steady, which weighs no change" in refused.output
    known = {**tables, "past_starts": "route,year,starts\nhire,2025,3"}
    fewer = "steady: {weight: 1}\ntraining_capacity: [{route: hire, places: 1}]"
    assert solve_case(tmp_path / "past", known, fewer).values["unmet"] == 2
