"""The shipped budget options: every entry owned, money at today's spend, the alliance's part scaled by one rule."""

from __future__ import annotations

import csv
import math
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from optimiser.constraints.option import read_policy
from optimiser.constraints.policy import Policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.shipped import shipped_constraints

ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = "west-yorkshire-and-harrogate"
FOLDERS = {
    "england": ROOT / "constraints",
    "west-yorkshire-and-harrogate": ROOT / "constraints/west-yorkshire-and-harrogate",
}
OPTIONS = (
    "base", "do-nothing", "flat-cash", "flat-real", "one-year-settlement", "multi-year-settlement", "expansion",
    "new-roles-first", "cut-5", "cut-10", "do-minimum", "one-year-same-money", "national-cancer-plan",
    "meet-demand",
)  # fmt: skip
EVERY = [(folder, option) for folder in FOLDERS for option in OPTIONS]


@cache
def evidence(folder: str) -> Evidence:
    return read_evidence(ROOT / "inputs" / folder)


@cache
def policy(folder: str, option: str) -> Policy:
    return read_policy(FOLDERS[folder] / f"{option}.yaml", evidence(folder))


@cache
def spend_today() -> dict[tuple[str, str], float]:
    """What the script prints, in £ million by folder and budget."""
    command = [sys.executable, "-m", "tools.build_england", "--spend"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = (re.match(r"(\S+)\s+(\S+)\s+([\d.]+) GBP million", line) for line in said.splitlines())
    return {(found[1], found[2]): float(found[3]) for found in lines if found}


def entries(folder: str, option: str, family: str) -> list[dict[str, Any]]:
    return [dict(entry.values) for entry in policy(folder, option).entries if entry.family == family]


@pytest.mark.parametrize(("folder", "option"), EVERY)
def test_every_entry_says_who_set_it_and_where(folder: str, option: str) -> None:
    """Proves: nobody has to guess whether a number is policy or our assumption."""
    for entry in policy(folder, option).entries:
        where = f"{entry.place.file}, line {entry.place.line}: {entry.name}"
        assert entry.set_by, where
        assert entry.reference, where


def test_the_two_folders_have_the_same_options() -> None:
    for example, folder in FOLDERS.items():
        assert set(shipped_constraints(example)) == {folder / f"{option}.yaml" for option in OPTIONS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_flat_money_is_what_is_spent_today(folder: str) -> None:
    """Proves: the flat options begin where the country stands, so they cut or raise nothing by their start."""
    for option in ("flat-cash", "flat-real"):
        for budget in policy(folder, option).limits:
            if budget.family == "budgets":
                name = budget.name.removeprefix("budgets ")
                first = budget.constant[0] / 1e6
                assert first == pytest.approx(spend_today()[folder, name], rel=0.01), (option, name)


@pytest.mark.parametrize("folder", FOLDERS)
def test_doing_nothing_keeps_todays_shares(folder: str) -> None:
    with (ROOT / "inputs" / folder / "productivity.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["current_share"]]
    current = {(row["role"], row["task"]): float(row["current_share"]) for row in rows}
    made = {limit.name: limit for limit in policy(folder, "do-nothing").limits if limit.family == "skill_mix"}
    new = {"reporting_radiographer", "clin_endoscopist", "bms_reporter", "onc_acp"}
    for (role, task), share in current.items():
        if role in new:
            factors = [part.factor[0] for part in made[f"skill_mix {task} {role}"].parts]
            assert factors == [share], (role, task)


def shares_of_staff() -> dict[str, float]:
    """The alliance's share of England's staff, by the route that leads to them."""
    whole, here = evidence("england"), evidence(ALLIANCE)
    share = here.staff_in_post.sum(axis=0) / whole.staff_in_post.sum(axis=0)
    return {route: float(share[to]) for route, to in zip(whole.routes, whole.to_role, strict=True)}


@pytest.mark.parametrize("option", OPTIONS)
def test_places_of_the_alliance_are_its_share_of_englands(option: str) -> None:
    """Proves: England's places × the alliance's share of the staff, whole, and enough for today's intake."""
    here = evidence(ALLIANCE)
    shares, years = shares_of_staff(), len(here.settings.years)
    at = {route: number for number, route in enumerate(here.routes)}

    def places(folder: str) -> dict[str, tuple[float, ...]]:
        found = policy(folder, option).limits
        return {x.name.split()[1]: x.constant for x in found if x.family == "training_capacity"}

    england, alliance = places("england"), places(ALLIANCE)
    assert england.keys() == alliance.keys()
    for route, most in alliance.items():
        fill = float(here.fill_rate[at[route], 0])
        today = math.ceil(round(float(here.past_starts[0, at[route], 0]) / fill, 9))
        for year in (0, years - 1):
            scaled = max(round(england[route][year] / fill * shares[route]), today)
            assert most[year] / fill == pytest.approx(scaled, abs=1e-6), (route, year)
