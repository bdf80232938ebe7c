"""The audit confirms what the optimiser writes, and names whatever is changed afterwards."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.audit.audit import Audit, audit
from optimiser.cli import main
from optimiser.text.faults import FaultsFound
from tests.oracle.cases import make_case, write_case
from tests.support.engine import solve_case, solve_folder
from tests.support.full import solve_full

WILLIAMS = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return solve_full(tmp_path_factory.mktemp("full")).folder


@pytest.fixture
def plan(solved: Path, tmp_path: Path) -> Path:
    """A copy of the plan, to be spoilt."""
    return Path(shutil.copytree(solved, tmp_path / "plan"))


def test_an_untouched_plan_is_confirmed(solved: Path) -> None:
    found = audit(solved)
    assert found.passed, found.differences[0].sentence()
    assert found.figures > 1000
    assert found.limits > 100


@pytest.mark.parametrize("option", ["least-cost", "least-redundancy"])
def test_williams_is_confirmed(option: str, tmp_path: Path) -> None:
    root = WILLIAMS
    result = solve_folder(root / "inputs/williams", root / f"constraints/williams/{option}.yaml", tmp_path / "plan")
    assert audit(result.folder).passed


@pytest.mark.parametrize("seed", range(12))
def test_random_cases_are_confirmed(seed: int, tmp_path: Path) -> None:
    """Proves: the audit words every family as the optimiser does, on cases nobody wrote by hand."""
    case = make_case(random.Random(seed))
    inputs, option = write_case(case, tmp_path)
    result = solve_folder(inputs, option, tmp_path / "plan", case.scenarios)
    if result.exit_code == 0:
        found = audit(result.folder)
        assert found.passed, found.differences[0].sentence()
    else:
        with pytest.raises(FaultsFound):
            audit(result.folder)


def change(path: Path, spoil: Callable[[list[dict[str, str]]], None]) -> None:
    """Read a CSV file, let `spoil` change its rows, write it back."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    spoil(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


NUMBERS = {
    "starts": ("starts", "commissions", "in_training"),
    "staff": ("fte", "joiners", "leavers", "moved_out", "idle"),
    "work": ("fte", "units"),
    "patterns": ("fte",),
    "demand": ("volume", "waiting", "by_staff", "outsourced", "unmet", "unmet_fte"),
    "spend": ("amount", "committed"),
    "budgets": ("limit", "carried_in", "spend", "carried_out"),
    "limits": ("level", "bound", "slack"),
}
FIGURES = [(table, column) for table, columns in NUMBERS.items() for column in columns]


@pytest.mark.parametrize(("table", "column"), FIGURES, ids=["-".join(figure) for figure in FIGURES])
def test_one_figure_changed_is_named(plan: Path, table: str, column: str) -> None:
    """Proves: 26 columns, in a row and part drawn by lot, off by one part in a thousand (or 0.001): each is found.

    Sensitivity: without the column's own check, the audit would pass or name another figure.
    """
    rng = random.Random(f"{table} {column}")
    part = rng.choice(["", "run_out"])
    seen: dict[str, str] = {}

    def spoil(rows: list[dict[str, str]]) -> None:
        row = rng.choice(rows)
        before = float(row[column])
        row[column] = repr(before * 1.001 + 0.001)
        seen.update(row)

    change(plan / part / f"{table}.csv", spoil)
    differences = audit(plan).differences
    own = [one for one in differences if one.file.endswith(f"{table}.csv") and one.figure == column]
    decisions = {("starts", "starts"), ("work", "fte"), ("patterns", "fte"), ("demand", "outsourced")}
    if (table, column) in decisions:
        # A decision is what the replay starts from: what follows from it is named instead.
        assert differences
    else:
        assert any(one.where.get("year", "") == seen["year"] for one in own), [one.sentence() for one in differences]
        (found,) = {one.found for one in own if dict(one.where).items() <= seen.items()} or {float(seen[column])}
        assert found == float(seen[column])
    done = CliRunner().invoke(main, ["audit", str(plan)])
    assert done.exit_code == 1


def record(spoil: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """Change plan.json."""

    def done(folder: Path) -> None:
        path = folder / "plan.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        spoil(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return done


def rows(table: str, spoil: Callable[[list[dict[str, str]]], object]) -> Callable[[Path], None]:
    """Change the rows of a table."""
    return lambda folder: change(folder / f"{table}.csv", lambda given: spoil(given) and None)


def text(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a copy in `used/`."""

    def done(folder: Path) -> None:
        path = folder / "used" / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return done


CORRUPTIONS: dict[str, tuple[Callable[[Path], None], str]] = {
    "cost": (record(lambda plan: plan["cost"].update(discounted=1.0)), "cost discounted"),
    "undiscounted": (record(lambda plan: plan["cost"].update(undiscounted=1.0)), "cost undiscounted"),
    "unmet": (record(lambda plan: plan.update(unmet_fte_years=plan["unmet_fte_years"] + 0.01)), "unmet_fte_years"),
    "priority": (record(lambda plan: plan["priorities"][0].update(value=0.0)), "priority unmet"),
    "order": (record(lambda plan: plan["priorities"].reverse()), "priorities"),
    "years": (record(lambda plan: plan["years"].update(run_out=2)), "years"),
    "gap": (record(lambda plan: plan.update(gap=0.5)), "gap"),
    "scenario": (record(lambda plan: plan.update(scenarios=[])), "volume"),
    "hash": (record(lambda plan: plan["sha256"].update({"inputs/roles.csv": "0" * 64})), "SHA-256"),
    "no hash": (record(lambda plan: plan["sha256"].pop("inputs/roles.csv")), "SHA-256"),
    "evidence": (text("inputs/roles.csv", "0.08", "0.07"), "SHA-256"),
    "budget": (text("constraints/option.yaml", "£900k", "£800k"), "limit"),
    "capacity": (text("constraints/option.yaml", "places: 40", "places: 4"), "bound"),
    "a limit more": (text("constraints/option.yaml", "limits:", "hold: [{route: degree}]\nlimits:"), "row"),
    "unreadable copy": (text("inputs/roles.csv", "leaver_rate", "leaver"), "SHA-256"),
    "extra file": (lambda folder: (folder / "used/inputs/care2.txt").write_text("x", encoding="utf-8"), "SHA-256"),
    "row gone": (rows("staff", lambda given: given.pop(3)), "row"),
    "limit gone": (rows("limits", lambda given: given.pop(20)), "row"),
    "row twice": (rows("work", lambda given: given.append(given[0])), "row"),
    "unknown role": (rows("work", lambda given: given[0].update(role="nobody")), "row"),
    "no number": (rows("demand", lambda given: given[2].update(unmet="")), "unmet"),
    "not finite": (rows("demand", lambda given: given[2].update(unmet="nan")), "unmet"),
    "negative": (rows("work", lambda given: given[0].update(fte="-1")), "fte"),
    "wrong part": (rows("starts", lambda given: given[-1].update(year="2031")), "year"),
    "sense": (rows("limits", lambda given: given[0].update(sense="at_least")), "row"),
    "unit": (rows("limits", lambda given: given[0].update(unit="FTE")), "unit"),
    "renamed": (rows("limits", lambda given: given[0].update(limit="budgets other")), "row"),
    "table gone": (lambda folder: (folder / "run_out/work.csv").unlink(), ""),
    "column gone": (
        lambda folder: (folder / "patterns.csv").write_text("pattern,area,year\n", encoding="utf-8"), "columns",
    ),
    "price": (
        lambda folder: change(
            folder / "limits.csv",
            lambda given: next(
                row for row in given if float(row["slack"]) > 100 and row["family"] == "skill_mix"
            ).update(price_unmet="0.5"),
        ),
        "price_unmet",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_one_thing_spoilt_is_named(plan: Path, name: str) -> None:
    """Proves: thirty ways to spoil a results folder, one by one, each found and called by its name."""
    spoil, figure = CORRUPTIONS[name]
    spoil(plan)
    found = audit(plan)
    assert figure in {one.figure for one in found.differences}, [one.sentence() for one in found.differences]


def test_both_figures_are_named(plan: Path) -> None:
    change(plan / "staff.csv", lambda given: given[0].update(fte=repr(float(given[0]["fte"]) + 1.5)))
    done = CliRunner().invoke(main, ["audit", str(plan)])
    assert done.exit_code == 1
    assert "staff.csv, role radiographer, area north, year 2026, fte: the results say" in done.stdout
    assert "(1.5 apart)" in done.stdout
    said = CliRunner().invoke(main, ["audit", str(plan), "--json"])
    content = json.loads(said.stdout)
    assert said.exit_code == 1
    assert not content["passed"]
    first = content["differences"][0]
    assert abs(first["found"] - first["expected"] - 1.5) < 1e-6


def test_a_plan_outside_its_limits_is_named(tmp_path: Path) -> None:
    """Proves: a plan that breaks the option is found even where every table agrees with every other."""
    option = {"training_capacity": [{"route": "recruit", "places": 2}]}
    routes = "route,title,kind,from_role,to_role,years,completion,non_completers\nrecruit,R,recruitment,,nurse,0,1,"
    inputs = {"routes": routes, "demand": "task,year,volume\nvisit,2026,200"}
    folder = solve_case(tmp_path, inputs, option).folder
    path = folder / "used/constraints/option.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("places: 2", "places: 1"), encoding="utf-8")
    broken = [one for one in audit(folder).differences if one.file == "the option"]
    assert [one.where["year"] for one in broken] == ["2026", "2027", "2028"]
    assert {(one.found, one.expected) for one in broken} == {(2.0, 1.0)}


def test_no_plan_to_audit(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["audit", str(tmp_path)])
    assert done.exit_code == 1
    assert "no such file" in done.stderr
    (tmp_path / "plan.json").write_text("[]", encoding="utf-8")
    with pytest.raises(FaultsFound, match="no record"):
        audit(tmp_path)


def test_whole_people_are_checked(tmp_path: Path) -> None:
    inputs = {
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nrecruit,R,x,,nurse,0,1,",
        "demand": "task,year,volume\nvisit,2026,125",
        "costs": "item,line,per,amount,budget\nrecruit,r,start,100,b",
    }
    folder = solve_case(tmp_path, inputs, {"whole_numbers": True}).folder
    found: Audit = audit(folder)
    assert found.passed, found.differences[0].sentence()
    change(folder / "starts.csv", lambda given: given[0].update(starts="2.5"))
    assert any(one.meaning == "Starts are whole people here." for one in audit(folder).differences)
