"""Every family in a clash: the entries that clash are named, and every repair solves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from optimiser.cli import main
from tests.diagnose.calls import BUSY, COSTS, PAST, RECRUIT, beside, diagnosed, names_of, repairs_of, written
from tests.support.engine import solve_folder

Case = tuple[Mapping[str, Any], Mapping[str, Any], set[str], str]

CASES: dict[str, Case] = {
    "budgets": (
        {"routes": RECRUIT, "past_starts": PAST, "costs": COSTS},
        {"budgets": [{"budget": "training", "limit": 3000}], "hold": [{"route": "recruit"}]},
        {"budgets training", "hold recruit"}, "budgets training",
    ),
    "budgets by total, in all years": (
        {"routes": RECRUIT, "past_starts": PAST, "costs": COSTS, "settings": {"run_out_years": 1}},
        {"budgets": [{"budget": "training", "total": 9000}], "hold": [{"route": "recruit"}]},
        {"budgets training", "hold recruit"}, "budgets training",
    ),
    "budgets in cash, carried forward": (
        {
            "routes": RECRUIT, "past_starts": PAST, "costs": COSTS,
            "settings": {"price_year": 2025, "inflation": 0.1},
        },
        {
            "budgets": [{"budget": "training", "limit": 4000, "prices": "cash", "carry_forward": 0.1}],
            "hold": [{"route": "recruit"}],
        },
        {"budgets training", "hold recruit"}, "budgets training",
    ),
    "training_capacity": (
        {"routes": RECRUIT, "past_starts": PAST},
        {"training_capacity": [{"route": "recruit", "places": 2}], "hold": [{"route": "recruit"}]},
        {"training_capacity recruit", "hold recruit"}, "training_capacity recruit",
    ),
    "skill_mix": (
        {"demand": "task,year,volume\nvisit,2026,200"},
        {"skill_mix": [{"task": "visit", "role": "nurse", "min_share": 0.6}]},
        {"skill_mix visit nurse"}, "skill_mix visit nurse",
    ),
    "outsourcing and service_levels": (
        {"costs": COSTS, "routes": RECRUIT, "demand": BUSY},
        {
            "outsourcing": [{"task": "visit", "max_share": {2026: 0.1, 2028: 0.2}}],
            "service_levels": [{"task": "visit", "at_least": 0.9}],
            "training_capacity": [{"route": "recruit", "places": 0}],
        },
        {"outsourcing visit", "service_levels visit", "training_capacity recruit"}, "service_levels visit",
    ),
    "pace": (
        {"routes": RECRUIT, "past_starts": PAST},
        {
            "pace": [{"route": "recruit", "max_increase": 0.25}],
            "limits": [{"name": "seven", "quantity": "starts", "at_least": 7, "from": 2027, "to": 2027}],
        },
        {"pace recruit", "seven"}, "seven",
    ),
    "adoption": (
        {}, {"adoption": [{"role": "nurse", "max_fte": 9}]}, {"adoption nurse"}, "adoption nurse",
    ),
    "hold": (
        {"routes": RECRUIT, "past_starts": PAST},
        {"hold": [{"route": "recruit"}], "limits": [{"name": "few", "quantity": "staff", "at_most": 15}]},
        {"hold recruit", "few"}, "few",
    ),
    "cohorts": (
        {"routes": RECRUIT},
        {
            "training_capacity": [{"route": "recruit", "places": 20}],
            "cohorts": [{"route": "recruit", "at_least": 8}],
            "limits": [{"name": "four", "quantity": "starts", "exactly": 4}],
        },
        {"cohorts recruit", "four"}, "",
    ),
    "limits, a share of another quantity": (
        {"routes": RECRUIT},
        {
            "limits": [
                {"name": "recruits", "quantity": "joiners", "at_most": 0.1, "of": {"quantity": "staff"}},
                {"name": "two a year", "quantity": "starts", "at_least": 2},
            ]
        },
        {"recruits", "two a year"}, "",
    ),
    "demand": (
        {"demand": BUSY, "routes": RECRUIT},
        {"demand": {"unmet": "forbidden"}, "training_capacity": [{"route": "recruit", "places": 5}]},
        {"demand unmet", "training_capacity recruit"}, "training_capacity recruit",
    ),
    "whole numbers": (
        {"routes": RECRUIT},
        {"whole_numbers": True, "limits": [{"name": "half", "quantity": "starts", "exactly": 2.5}]},
        {"whole_numbers", "half"}, "half",
    ),
    "three together": (
        {"demand": BUSY, "routes": RECRUIT, "costs": COSTS},
        {
            "demand": {"unmet": "forbidden"},
            "budgets": [{"budget": "training", "limit": 1500}, {"budget": "agency", "limit": 500}],
        },
        {"demand unmet", "budgets training", "budgets agency"}, "budgets training",
    ),
    "by area": (
        {
            "areas": "area,title\nnorth,North\nsouth,South",
            "staff_in_post": "area,role,fte\nnorth,nurse,10\nsouth,nurse,5",
            "demand": "area,task,year,volume\nnorth,visit,2026,150\nsouth,visit,2026,50",
            "routes": RECRUIT,
        },
        {
            "training_capacity": [{"route": "recruit", "places": 3, "each": ["area"]}],
            "service_levels": [{"task": "visit", "at_least": 0.9, "from": 2026, "to": 2026}],
        },
        {"training_capacity recruit by area", "service_levels visit"}, "service_levels visit",
    ),
}  # fmt: skip


def option_shown(sentences: list[str]) -> Any:
    """The lines of the text that are a file, read as YAML."""
    start = next(number for number, line in enumerate(sentences) if line.startswith("The first as an option"))
    return yaml.safe_load("\n".join(line for line in sentences[start + 1 :] if line.startswith("    ")))


@pytest.mark.parametrize("name", CASES)
def test_the_clash_is_named_and_every_repair_solves(name: str, tmp_path: Path) -> None:
    """Proves: exactly the entries that clash are named, and every repair, written into a file, gives a plan.

    The lines shown as a file are, read as YAML, the option of --json.
    Sensitivity: without the search for fewer, entries that have nothing to do with it are named; with a value that is
    rounded the wrong way, or that the key may not take, the option is refused or still has no plan.
    """
    inputs, option, names, cheapest = CASES[name]
    folder, path = written(tmp_path, inputs, option)
    assert solve_folder(folder, path, tmp_path / "before").exit_code == 3
    said = diagnosed(folder, path)
    assert {entry["entry"] for entry in said["entries"]} == names
    assert names_of(said["repair"]) <= names
    if cheapest:
        assert names_of(said["repair"]) == {cheapest}, said["sentences"]
    assert json.loads(json.dumps(option_shown(said["sentences"]))) == said["repair"]["option"]
    for repair in repairs_of(said):
        again = beside(path, repair)
        assert solve_folder(folder, again, tmp_path / "after").exit_code == 0, again.read_text()


def test_it_reads_aloud(tmp_path: Path) -> None:
    inputs, option, _, _ = CASES["training_capacity"]
    folder, path = written(tmp_path, inputs, option)
    done = CliRunner().invoke(main, ["diagnose", str(folder), str(path)])
    assert done.stdout.splitlines() == [
        f"No plan satisfies {path}: these 2 entries cannot hold together; without any one of them the others can.",
        f"  - “training_capacity recruit” ({path}, line 3)",
        "      2026: at most 1.6 starts",
        "      2027: at most 1.6 starts",
        "      and 1 more limit of it",
        f"  - “hold recruit” ({path}, line 6)",
        "      2026: exactly 4 starts",
        "      2027: exactly 4 starts",
        "      and 1 more limit of it",
        "The smallest change found that gives a plan (confirmed by solving):",
        "  - “training_capacity recruit”: places 5 instead of 2.",
        "Or one of these alone (each confirmed by solving):",
        "  - “hold recruit”: drop it.",
        "The first as an option, in a file beside option.yaml:",
        "    title: 'Test, repaired'",
        "    extends: option.yaml",
        "    training_capacity:",
        "      - {name: training_capacity recruit, places: 5}",
        f"Change an entry, or agree to drop it, and run: optimiser solve {folder} {path}",
    ]
