"""Starts of one's own: taken exactly, and everything else follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from optimiser.audit.audit import audit
from optimiser.cli import main
from tests.support.engine import write_inputs
from tests.support.full import solve_full

ROUTES = (
    "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers\n"
    "recruit,Recruit,recruitment,,nurse,0,1,0.5,\ntrain,Train,training,,nurse,1,1,1,"
)


def simulate(tmp_path: Path, starts: str, option: str = "", **tables: str) -> tuple[Result, Path]:
    inputs = write_inputs(
        tmp_path / "inputs", {"routes": ROUTES, "demand": "task,year,volume\nvisit,2026,150", **tables}
    )
    path, out = tmp_path / "mine.csv", tmp_path / "plan"
    path.write_text(starts, encoding="utf-8")
    words = ["simulate", str(inputs), str(path), "--out", str(out)]
    if option:
        (tmp_path / "option.yaml").write_text(option, encoding="utf-8")
        words.insert(3, str(tmp_path / "option.yaml"))
    return CliRunner().invoke(main, words, catch_exceptions=False), out


def test_what_follows_is_as_by_hand(tmp_path: Path) -> None:
    """Proves: 2 recruits in 2026 and 1 in 2027 and nobody else: 12, 13, 13 FTE, so 3, 2, 2 FTE are short of 15.

    Sensitivity: were the starts only a maximum or a first guess, nothing would be short.
    """
    done, out = simulate(tmp_path, "route,year,starts\nrecruit,2026,2\nrecruit,2027,1\nrecruit,2028,0\n")
    assert done.exit_code == 0, done.output
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert plan["unmet_fte_years"] == pytest.approx(7)
    assert audit(out).passed
    assert "1 of 2 routes and areas have no row: nobody starts there." in done.stderr


def test_commissions_are_filled_in_part(tmp_path: Path) -> None:
    rows = "".join(f"recruit,{year},4\n" for year in (2026, 2027, 2028))
    done, out = simulate(tmp_path, f"route,year,commissions\n{rows}")
    assert done.exit_code == 0, done.output
    assert "recruit,all,2026,2.0,4.0" in (out / "starts.csv").read_text(encoding="utf-8")


def test_a_plan_simulated_is_the_plan(tmp_path: Path) -> None:
    """Proves: the starts of an optimal plan, given back under its own option, have its shortage and its cost."""
    first = solve_full(tmp_path)
    done = CliRunner().invoke(
        main,
        ["simulate", str(tmp_path / "inputs"), str(first.folder / "starts.csv"), str(tmp_path / "option.yaml"),
         "--scenario", "high", "--out", str(tmp_path / "again"), "--json"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    again = json.loads(done.stdout)
    for one, other in zip(first.plan["priorities"], again["priorities"], strict=True):
        assert other["value"] == pytest.approx(one["value"], rel=1e-6)
    assert audit(tmp_path / "again").passed
    assert set(again["sha256"]) > {"constraints/option.yaml"}


def test_starts_an_option_does_not_allow(tmp_path: Path) -> None:
    rows = "".join(f"recruit,{year},4\n" for year in (2026, 2027, 2028))
    option = "title: Few\ntraining_capacity: [{route: recruit, places: 2}]\n"
    done, out = simulate(tmp_path, f"route,year,starts\n{rows}", option)
    assert done.exit_code == 3
    assert "“training_capacity recruit”; “starts as given: recruit in all”" in done.stderr
    assert [path.name for path in out.iterdir()] == ["plan.json"]


def test_run_out_years_go_on(tmp_path: Path) -> None:
    rows = "".join(f"recruit,{year},{number}\n" for year, number in ((2026, 1), (2027, 1), (2028, 2)))
    settings = "title: T\nfirst_year: 2026\nlast_year: 2028\ndiscount_rate: 0\nrun_out_years: 2\n"
    inputs = write_inputs(tmp_path / "inputs", {"routes": ROUTES})
    (inputs / "settings.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "mine.csv").write_text(f"route,year,starts\n{rows}", encoding="utf-8")
    out = tmp_path / "plan"
    done = CliRunner().invoke(main, ["simulate", str(inputs), str(tmp_path / "mine.csv"), "--out", str(out)])
    assert "Starts after 2028 are not all given" in done.stderr
    assert "recruit,all,2029,2.0" in (out / "run_out/starts.csv").read_text(encoding="utf-8")


FAULTS = {
    "route,year,starts\nrecuit,2026,1\n": 'Did you mean "recruit"',
    "route,year,starts\nrecruit,2026,x\n": "a number",
    "route,year,starts\nrecruit,2026,-1\n": "0 or more",
    "route,year,starts\nrecruit,2031,1\n": "2026 to 2028",
    "route,year,starts\nrecruit,2026,1\nrecruit,2026,2\n": "a second time in 2026",
    "route,year,starts\nrecruit,2026,1\n": "no starts of recruit in all in 2027, 2028",
    "route,yeer,starts\nrecruit,2026,1\n": "no column year",
    "route,year,number\nrecruit,2026,1\n": "neither starts nor commissions",
    "route,year,starts\nrecruit,2026,\n": "found nothing",
}


@pytest.mark.parametrize("starts", FAULTS)
def test_faults_of_the_starts(tmp_path: Path, starts: str) -> None:
    done, out = simulate(tmp_path, starts)
    assert done.exit_code == 1
    assert FAULTS[starts] in done.stderr
    assert not out.exists()
