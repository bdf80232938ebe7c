"""Options without a plan: the right entries are named, and what is said to help does."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from optimiser.cli import main
from tests.diagnose.calls import (
    BUSY,
    COSTS,
    PAST,
    RECRUIT,
    ROUTES,
    TRAIN,
    beside,
    diagnosed,
    names_of,
    repairs_of,
    written,
)
from tests.support.engine import solve_folder

ROOT = Path(__file__).resolve().parents[2]


def test_williams_with_too_few_redundancies(tmp_path: Path) -> None:
    """Proves: 800 redundancies are too few, the published least number, 841.796875, being rounded up to 842.

    Sensitivity: with the change counted per year, or the clash found without the cap, another number comes out.
    """
    path = tmp_path / "capped.yaml"
    (tmp_path / "least-cost.yaml").write_bytes((ROOT / "constraints/williams/least-cost.yaml").read_bytes())
    cap = "{name: redundancies, quantity: starts, where: {kind: exit}, at_most: 800, each: []}"
    path.write_text(f"extends: least-cost.yaml\nlimits:\n  - {cap}\n", encoding="utf-8")
    said = diagnosed(ROOT / "inputs/williams", path)
    (entry,) = [one for one in said["entries"] if one["entry"] == "redundancies"]
    assert (entry["file"], entry["line"]) == (str(path), 3)
    single = [repair for repair in repairs_of(said) if names_of(repair) == {"redundancies"}]
    assert [change["value"] for change in single[0]["changes"]] == [842]
    for repair in repairs_of(said):
        done = solve_folder(ROOT / "inputs/williams", beside(path, repair), tmp_path / "after")
        assert done.exit_code == 0


TWO_REASONS = {
    "routes": f"{ROUTES}\ntrain,Train,training,,nurse,2,1,1,\nrecruit,Recruit,recruitment,,clerk,0,1,1,",
    "roles": "role,title,staff_group,leaver_rate\nnurse,Nurse,N,0.1\nclerk,Clerk,C,0",
    "staff_in_post": "role,fte\nnurse,10\nclerk,5",
    "tasks": "task,title,unit,service\nvisit,Visit,visits,s\nletter,Letter,letters,s",
    "demand": "task,year,volume\nvisit,2026,150\nletter,2026,50",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\nclerk,letter,10",
    "past_starts": "route,year,starts\ntrain,2024,3\ntrain,2025,3\nrecruit,2025,4",
    "costs": "item,line,per,amount,budget\nrecruit,fees,start,1000,training",
}


def test_every_independent_clash_is_named(tmp_path: Path) -> None:
    """Proves: a budget below the intake that is held and a level nobody can reach are two reasons, and one repair
    of both gives a plan. Sensitivity: with the first clash alone the level is never mentioned.
    """
    option = {
        "budgets": [{"budget": "training", "limit": 3000}],
        "hold": [{"route": "recruit"}],
        "service_levels": [{"task": "visit", "at_least": 0.95}],
    }
    folder, path = written(tmp_path, TWO_REASONS, option)
    said = diagnosed(folder, path)
    clashes = [set(clash) for clash in said["clashes"]]
    assert {"budgets training", "hold recruit"} in clashes
    assert {"service_levels visit"} in clashes
    assert "service_levels visit" in names_of(said["repair"])
    assert len(names_of(said["repair"])) == 2
    assert all(entry["alone"] is None for entry in said["entries"])
    assert "for 2 separate reasons" in said["sentences"][0]
    assert solve_folder(folder, beside(path, said["repair"]), tmp_path / "after").exit_code == 0


def test_a_level_over_a_waiting_list_larger_than_the_volume(tmp_path: Path) -> None:
    """Proves: no share below 0 is offered: where a list that comes back is longer than the volume, the level holds
    from a later year, or not at all. Sensitivity: it was at_least: -4.055.
    """
    inputs = {
        "routes": TRAIN,
        "tasks": "task,title,unit,service,returns\nvisit,Visit,visits,s,1",
        "waiting_list": "task,volume\nvisit,900",
        "demand": "task,year,volume\nvisit,2026,100",
    }
    folder, path = written(tmp_path, inputs, {"service_levels": [{"task": "visit", "at_least": 0.9}]})
    said = diagnosed(folder, path)
    for change in said["repair"]["changes"]:
        given = change["value"] if isinstance(change["value"], dict) else {0: change["value"]}
        assert all(0 <= number <= 1 for number in given.values()) or change["key"] == "from"
    assert solve_folder(folder, beside(path, said["repair"]), tmp_path / "after").exit_code == 0


def test_an_entry_called_like_a_total(tmp_path: Path) -> None:
    """Proves: the key comes from the family, not from the name: a budget called training/total has a limit."""
    entry = {"name": "training/total", "budget": "training", "limit": 3000, "carry_forward": 0.1}
    inputs = {"routes": RECRUIT, "past_starts": PAST, "costs": COSTS}
    folder, path = written(tmp_path, inputs, {"budgets": [entry], "hold": [{"route": "recruit"}]})
    said = diagnosed(folder, path)
    assert {one["entry"] for one in said["entries"]} == {"training/total", "hold recruit"}
    keys = {change["key"] for repair in repairs_of(said) for change in repair["changes"]}
    assert keys == {"limit"}


def test_rules_that_may_be_broken(tmp_path: Path) -> None:
    """Proves: where a plan exists that breaks rules, it is said what is broken, and what would break nothing."""
    option = {
        "budgets": [{"budget": "training", "limit": 3000, "may_break": 0.001}],
        "hold": [{"route": "recruit"}],
    }
    folder, path = written(tmp_path, {"routes": RECRUIT, "past_starts": PAST, "costs": COSTS}, option)
    said = diagnosed(folder, path)
    assert [(one["entry"], one["year"], round(one["amount"])) for one in said["broken"]] == [
        ("budgets training", year, 1000) for year in (2026, 2027, 2028)
    ]
    assert "breaks at least" in said["sentences"][0]
    assert {one["entry"] for one in said["entries"]} == {"budgets training", "hold recruit"}


def test_solve_points_to_it(tmp_path: Path) -> None:
    folder, path = written(tmp_path, {}, {"adoption": [{"role": "nurse", "max_fte": 9}]})
    done = CliRunner().invoke(main, ["solve", str(folder), str(path), "--out", str(tmp_path / "plan")])
    assert done.exit_code == 3
    assert f"optimiser diagnose {folder} {path}" in done.stderr


def test_money_that_is_owed_already(tmp_path: Path) -> None:
    """Proves: a budget below what trainees of earlier years cost is recognised: 6 × £1,000 in 2026 and 3 in 2027."""
    inputs = {
        "routes": TRAIN,
        "past_starts": "route,year,starts\ntrain,2024,3\ntrain,2025,3",
        "costs": "item,line,per,amount,budget\ntrain,fees,trainee-year,1000,training",
    }
    folder, path = written(tmp_path, inputs, {"budgets": [{"budget": "training", "limit": 2000}]})
    said = diagnosed(folder, path)
    (known,) = said["known"]
    assert known["kind"] == "committed"
    assert known["year"] == 2026
    assert "£3,000 is committed in 2026 to people who started before 2026, more than the £2,000" in known["sentence"]
    (change,) = said["repair"]["changes"]
    assert (change["key"], change["value"]) == ("limit", {"2026": 3000, "2027": 2000})


def test_nobody_can_qualify_so_soon(tmp_path: Path) -> None:
    """Proves: a level asked for before the first trainee qualifies is recognised: two years of training from 2026."""
    folder, path = written(
        tmp_path,
        {"routes": TRAIN, "demand": BUSY},
        {"service_levels": [{"task": "visit", "at_least": 0.9, "to": 2027}]},
    )
    said = diagnosed(folder, path)
    assert {(known["kind"], known["year"]) for known in said["known"]} <= {("too_soon", 2026), ("too_soon", 2027)}
    assert said["known"]
    assert "nobody who starts now can join as nurse before 2028" in said["known"][0]["sentence"]


def test_the_evidence_alone(tmp_path: Path) -> None:
    """Proves: where past intakes already take more time than there is, no entry is blamed."""
    inputs = {
        "routes": f"{ROUTES},supervisor_role,supervisor_fte\ntrain,Train,training,,nurse,2,1,1,,nurse,5",
        "past_starts": "route,year,starts\ntrain,2024,3\ntrain,2025,3",
    }
    folder, path = written(tmp_path, inputs, {"adoption": [{"role": "nurse", "max_fte": 90}]})
    said = diagnosed(folder, path)
    assert said["entries"] == []
    assert "the evidence itself does not add up" in said["sentences"][0]


def test_an_option_with_a_plan(tmp_path: Path) -> None:
    folder, path = written(tmp_path, {}, {})
    said = diagnosed(folder, path)
    assert said["plan_exists"]
    assert "nothing to diagnose" in said["sentences"][0]
