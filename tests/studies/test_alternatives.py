"""What may be changed while every priority stays near its best."""

from pathlib import Path

from pytest import approx

from tests.studies.calls import call, inputs, made_up, option

TWO_ROUTES = {
    "staff_in_post": "role,fte\nnurse,0",
    "routes": "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers\n"
    "a,A,recruitment,,nurse,0,1,1,\nb,B,recruitment,,nurse,0,1,0.5,",
    "costs": "item,line,per,amount,budget\na,a,start,10,o\nb,b,start,12,o",
}
"""Ten nurses are needed from 2026 on; route a costs £10 a head, b £12, and half of b's places stay empty."""


def test_ranges_on_paper(tmp_path: Path) -> None:
    """Proves: the best plan is 10 from a for £100, none missing. 2 % is £2: one head from b instead of a (2 places of
    b), or 0.2 heads too many from a. Sensitivity: 1 of b if places were not commissioned; more if unmet gave way too
    (it is 0, and 2 % of 0 is 0).
    """
    folder, policy = inputs(tmp_path, TWO_ROUTES), option(tmp_path, "o", "demand: {unmet: allowed}")
    done = call("alternatives", folder, policy, "--within", "2%", "--block", "1", out=tmp_path / "out")
    found = {(row["route"], row["years"]): [float(row[name]) for name in ("least", "best", "most")]
             for row in done.table("alternatives")}  # fmt: skip
    assert found["a", "2026"] == approx([9, 10, 10.2], abs=1e-6)
    assert found["b", "2026"] == approx([0, 0, 2], abs=1e-6)
    assert found["a", "2027"] == approx([0, 0, 0.2], abs=1e-6)


def test_years_go_in_blocks(tmp_path: Path) -> None:
    """Proves: blocks of two years of three: the last is shorter; within nothing, only the best plan is left."""
    folder, policy = inputs(tmp_path, TWO_ROUTES), option(tmp_path, "o", "demand: {unmet: allowed}")
    done = call("alternatives", folder, policy, "--within", "0", "--block", "2", out=tmp_path / "out")
    assert [row["years"] for row in done.rows("alternatives", route="a")] == ["2026-2027", "2028"]
    row = done.row("alternatives", route="a", years="2026-2027")
    assert [float(row[name]) for name in ("least", "best", "most")] == approx([10, 10, 10], abs=1e-6)


def test_every_end_keeps_every_priority(tmp_path: Path) -> None:
    """Proves: where everything binds, least ≤ best ≤ most, and no end gives up more than 3 % of either priority."""
    folder, policy = made_up(tmp_path)
    done = call("alternatives", folder, policy, "--within", "3%", "--jobs", "1", out=tmp_path / "out")
    for row in done.table("alternatives"):
        least, best, most = (float(row[name]) for name in ("least", "best", "most"))
        assert least - 1e-6 <= best <= most + 1e-6
    best_plan, *ends = done.table("points")
    for row in ends:
        assert row["status"] == "optimal"
        for name in ("priority_unmet", "priority_cost"):
            assert float(row[name]) <= float(best_plan[name]) * (1.03 + 1e-7)
    assert any(float(row["most"]) - float(row["least"]) > 1 for row in done.table("alternatives"))


def test_without_a_plan_there_is_nothing_to_change(tmp_path: Path) -> None:
    folder = inputs(tmp_path, {"staff_in_post": "role,fte\nnurse,5"})
    policy = option(tmp_path, "o", "demand: {unmet: forbidden}")
    done = call("alternatives", folder, policy, out=tmp_path / "out", expect=3)
    assert "no plan satisfies its constraints" in done.stderr
