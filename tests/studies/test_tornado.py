"""What matters most, and how far it must move to change the choice."""

from itertools import pairwise
from pathlib import Path

from pytest import approx

from tests.studies.calls import call, inputs, made_up, option
from tests.studies.test_sweep import SHORT


def test_effects_on_paper(tmp_path: Path) -> None:
    """Proves: 50 of 100 visits are missing: 15 FTE-years. A tenth more or less demand: 18 and 12. A tenth more or
    fewer visits per FTE: 45 and 55 by staff, so 55 ÷ 9 and 45 ÷ 11 FTE a year. Leaver rates of 0 cannot be moved.
    """
    folder = inputs(tmp_path, {"staff_in_post": "role,fte\nnurse,5"})
    policy = option(tmp_path, "o", "demand: {unmet: allowed}")
    done = call("tornado", folder, policy, out=tmp_path / "out")
    found = {row["assumption"]: row for row in done.table("tornado")}
    assert list(found) == ["units_per_fte nurse visit", "demand visit"]
    row = found["demand visit"]
    assert [float(row[name]) for name in ("low", "high", "unmet_low", "unmet_high")] == approx([0.9, 1.1, 12, 18])
    row = found["units_per_fte nurse visit"]
    assert [float(row["unmet_low"]), float(row["unmet_high"])] == approx([3 * 55 / 9, 3 * 45 / 11])
    assert done.point("o as it stands") == approx(15)


def test_effects_are_ranked_and_shares_stop_at_1(tmp_path: Path) -> None:
    """Proves: the largest effect on unmet demand comes first; a completion of 0.95 moves to 1 and says × 1.0526."""
    folder, policy = made_up(tmp_path)
    routes = (folder / "routes.csv").read_text().replace(",0.9,", ",0.95,")
    (folder / "routes.csv").write_text(routes)
    done = call("tornado", folder, policy, "--jobs", "1", out=tmp_path / "out")
    base = float(done.table("points")[0]["unmet_fte_years"])
    sizes = [
        max(abs(float(row[side] or "inf") - base) for side in ("unmet_low", "unmet_high"))
        for row in done.table("tornado")
    ]
    assert all(one >= other - 1e-6 for one, other in pairwise(sizes))
    assert sizes[0] > 0
    highs = {float(row["high"]) for row in done.table("tornado") if row["assumption"].startswith("completion")}
    assert list(highs) == approx([1 / 0.95])


def test_ranges_of_a_file(tmp_path: Path) -> None:
    """Proves: low and high are the values given: 4 and 8 nurses leave 60 and 20 visits: 18 and 6 FTE-years."""
    folder = inputs(tmp_path, {"staff_in_post": "role,fte\nnurse,5"})
    policy = option(tmp_path, "o", "demand: {unmet: allowed}")
    ranges = tmp_path / "ranges.csv"
    ranges.write_text("table,key,column,low,high\nstaff_in_post,role=nurse,fte,4,8\n")
    done = call("tornado", folder, policy, "--ranges", ranges, out=tmp_path / "out")
    (row,) = done.table("tornado")
    assert row["assumption"] == "staff_in_post nurse fte"
    assert [float(row[name]) for name in ("low", "high", "unmet_low", "unmet_high")] == approx([4, 8, 18, 6])


def test_a_range_that_names_nothing_is_a_fault(tmp_path: Path) -> None:
    folder, policy = inputs(tmp_path, {}), option(tmp_path, "o", "demand: {unmet: allowed}")
    ranges = tmp_path / "ranges.csv"
    ranges.write_text("table,key,column,low,high\nroles,role=doctor,leaver_rate,0,1\nrole,nurse,leaver_rate,0,1\n")
    done = call("tornado", folder, policy, "--ranges", ranges, out=tmp_path / "out", expect=1)
    assert "no row of roles with role doctor" in done.stderr
    assert 'Did you mean "roles"?' in done.stderr


def test_the_value_at_which_another_option_becomes_best(tmp_path: Path) -> None:
    """Proves: £30 buys 30 visits, a quarter of the volume buys 25 at 100 and 30 at 120: the choice turns at 1.2.

    Sensitivity: 1.0 or 1.5 if an end of the range were given; nothing if only the ends were compared by size.
    """
    folder = inputs(tmp_path, SHORT)
    money = option(tmp_path, "money", "budgets: [{budget: o, limit: 30}]")
    share = option(tmp_path, "share", "outsourcing: [{task: visit, max_share: 0.25}]")
    done = call("tornado", folder, money, "--against", share, "--spread", "50%", out=tmp_path / "out")
    row = done.row("switching", assumption="demand visit")
    assert float(row["value"]) == approx(1.2, abs=1e-3)
    assert row["better"] == "share"
    assert done.row("switching", assumption="units_per_fte nurse visit")["value"] == ""


def test_a_side_without_a_plan_is_blank_and_comes_first(tmp_path: Path) -> None:
    """Proves: with no demand allowed to go unmet, 10 % more of it has no plan; that outranks every number."""
    folder = inputs(tmp_path, {"costs": "item,line,per,amount,budget\nnurse,pay,fte-year,1,p"})
    policy = option(tmp_path, "o", "demand: {unmet: forbidden}")
    done = call("tornado", folder, policy, out=tmp_path / "out")
    first, *_, last = done.table("tornado")
    assert first["unmet_high"] == "" or first["unmet_low"] == ""
    assert last["assumption"] == "cost nurse"
    assert [float(last["cost_low"]), float(last["cost_high"])] == approx([27, 33])
