"""Regret, one set of early starts for all futures, and what every future commissions."""

from pathlib import Path

import pytest
from pytest import approx

from tests.studies.calls import Many, call, inputs, made_up, option

NEWS = {
    "settings": {"last_year": 2027},
    "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\ncourse,Course,training,,nurse,1,1,",
    "past_starts": "route,year,starts\ncourse,2025,0",
    "costs": "item,line,per,amount,budget\ncourse,fees,start,60,training",
    "scenarios": "scenario,table,item,task,area,year,multiplier\nhigh,demand,visit,,,2027,2",
}
"""Ten nurses meet 100 visits. In 2027 the demand is 100 again or 200: then ten more are needed, who must start a course
at £60 in 2026, before anyone knows. A missing nurse costs £100."""

PRICED = "demand: {unmet: priced, price_per_fte: 100}"
BOTH = ["--scenario", "none", "--scenario", "high", "--decide-until", "2026"]


def measures(done: Many, priority: str = "cost") -> dict[str, float]:
    return {row["measure"]: float(row["value"]) for row in done.rows("stochastic", priority=priority)}


def decided(done: Many) -> float:
    return float(done.row("decided", route="course", year=2026)["starts"])


def test_two_futures_on_paper(tmp_path: Path) -> None:
    """Proves: with high demand at 0.7, x starts cost 60x + 0.7 × 100 (10 − x): 10 is best, £600 in either future.

    Knowing better: £0 or £600, so £420; perfect information is worth £180. Planning for the mean demand of 170 starts
    7 and then pays 420 + 0.7 × 300 = £630: the stochastic solution is worth £30.
    Sensitivity: 0 starts at equal weights; VSS 0 if the mean were of the plans.
    """
    folder, policy = inputs(tmp_path, NEWS), option(tmp_path, "o", PRICED)
    weights = ["--weight", "none=0.3", "--weight", "high=0.7"]
    done = call("robust", folder, policy, *BOTH, *weights, out=tmp_path / "out")
    assert decided(done) == approx(10)
    assert measures(done) == approx({
        "here_and_now": 600, "wait_and_see": 420, "expected_value_of_perfect_information": 180,
        "mean_value_starts": 630, "value_of_stochastic_solution": 30,
    })  # fmt: skip


def test_weights_matter(tmp_path: Path) -> None:
    """Proves: at equal weights a start saves 0.5 × £100 < £60, so nobody starts: £500; the mean starts 5: £550."""
    folder, policy = inputs(tmp_path, NEWS), option(tmp_path, "o", PRICED)
    done = call("robust", folder, policy, *BOTH, out=tmp_path / "out")
    assert decided(done) == approx(0, abs=1e-9)
    found = measures(done)
    assert [found["here_and_now"], found["mean_value_starts"]] == approx([500, 550])


def test_the_worst_case_on_paper(tmp_path: Path) -> None:
    """Proves: nobody started costs £0 or £1,000, all ten £600 in both: the worst case wants ten.

    Sensitivity: 0 starts if the mean of equal weights decided.
    """
    folder, policy = inputs(tmp_path, NEWS), option(tmp_path, "o", PRICED)
    done = call("robust", folder, policy, *BOTH, "--worst-case", out=tmp_path / "out")
    assert decided(done) == approx(10)
    assert measures(done)["here_and_now"] == approx(600)


def test_with_shortage_first_everything_is_started(tmp_path: Path) -> None:
    """Proves: in order of priority the early starts serve the future that needs them, and cost comes second.

    None missing in either future; knowing would save 0.5 × £600.
    """
    folder, policy = inputs(tmp_path, NEWS), option(tmp_path, "o", "demand: {unmet: allowed}")
    done = call("robust", folder, policy, *BOTH, out=tmp_path / "out")
    assert decided(done) == approx(10)
    assert measures(done, "unmet")["expected_value_of_perfect_information"] == approx(0, abs=1e-6)
    assert measures(done)["expected_value_of_perfect_information"] == approx(300)


def test_regret_on_paper(tmp_path: Path) -> None:
    """Proves: £300 trains five of ten: 5 FTE short when demand is high, a regret of 5 against £600; none otherwise.

    Sensitivity: regret of the money, −300, if cost were compared.
    """
    folder = inputs(tmp_path, NEWS)
    less = option(tmp_path, "less", "budgets: [{budget: training, limit: 300}]")
    more = option(tmp_path, "more", "budgets: [{budget: training, limit: 600}]")
    done = call("robust", folder, less, more, *BOTH[:4], out=tmp_path / "out")
    found = {
        (row["option"], row["scenario"]): (float(row["value"]), float(row["regret"])) for row in done.table("regret")
    }
    assert found[("less", "high")] == approx((5, 5))
    assert found[("more", "high")] == approx((0, 0), abs=1e-9)
    assert found[("less", "")] == approx((0, 0), abs=1e-9)
    assert "Least maximum regret: more" in done.stdout


def test_an_option_without_a_plan_in_some_future_is_never_chosen(tmp_path: Path) -> None:
    folder = inputs(tmp_path, NEWS)
    strict = option(
        tmp_path, "strict", "budgets: [{budget: training, limit: 300}]\nservice_levels: [{task: visit, at_least: 1}]"
    )
    loose = option(tmp_path, "loose", "budgets: [{budget: training, limit: 0}]")
    done = call("robust", folder, strict, loose, *BOTH[:4], out=tmp_path / "out")
    row = done.row("regret", option="strict", scenario="high")
    assert (row["value"], row["regret"]) == ("", "")
    assert "Least maximum regret: loose" in done.stdout


def test_commissions_without_regret(tmp_path: Path) -> None:
    """Proves: what every future's own plan has: five where demand is 150, ten where it is 200, so five in both."""
    scenarios = NEWS["scenarios"] + "\nmid,demand,visit,,,2027,1.5"
    folder, policy = inputs(tmp_path, {**NEWS, "scenarios": scenarios}), option(tmp_path, "o", PRICED)
    done = call("robust", folder, policy, "--scenario", "mid", "--scenario", "high", out=tmp_path / "out")
    row = done.row("no_regret", route="course", year=2026)
    assert [float(row["commissions"]), float(row["most"])] == approx([5, 10])


def test_measures_of_different_things_are_not_compared(tmp_path: Path) -> None:
    folder = inputs(tmp_path, NEWS)
    one, other = option(tmp_path, "one", PRICED), option(tmp_path, "other", "demand: {unmet: allowed}")
    done = call("robust", folder, one, other, *BOTH[:4], out=tmp_path / "out", expect=1)
    assert "Regret compares one measure" in done.stderr


def test_one_future_is_wrong_usage(tmp_path: Path) -> None:
    folder, policy = inputs(tmp_path, NEWS), option(tmp_path, "o", PRICED)
    call("robust", folder, policy, "--scenario", "high", out=tmp_path / "out", expect=2)


@pytest.fixture(scope="module")
def futures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Many]:
    """An alliance where everything binds, under three futures, planned both ways."""
    tmp_path = tmp_path_factory.mktemp("robust")
    folder, policy = made_up(tmp_path)
    (folder / "scenarios.csv").write_text(
        "scenario,table,item,task,year,multiplier\nmore,demand,,,2031,1.15\nleave,leaver_rate,,,2031,1.4\n"
    )
    words = [
        folder,
        policy,
        "--scenario",
        "none",
        "--scenario",
        "more",
        "--scenario",
        "leave",
        "--decide-until",
        "2028",
    ]
    return {
        "mean": call("robust", *words, out=tmp_path / "mean"),
        "worst": call("robust", *words, "--worst-case", out=tmp_path / "worst"),
    }


def by_future(done: Many, name: str) -> dict[str, float]:
    return {
        row["scenario"]: float(row["priority_unmet"]) for row in done.table("points") if row["point"].endswith(name)
    }


def test_no_plan_beats_the_worst_case_plan_in_its_worst_future(futures: dict[str, Many]) -> None:
    """Proves: its largest shortage is no larger than that of the mean's plan or of the mean future's plan."""
    worst = max(by_future(futures["worst"], " until 2028").values())
    mean = by_future(futures["mean"], "none until 2028") | by_future(futures["mean"], "more until 2028")
    mean |= by_future(futures["mean"], "leave until 2028")
    of_mean_future = by_future(futures["mean"], "starts until 2028")
    assert worst <= max(mean.values()) * (1 + 1e-9)
    assert worst <= max(of_mean_future.values()) * (1 + 1e-9)


def test_knowing_and_planning_for_all_never_hurt(futures: dict[str, Many]) -> None:
    """Proves: wait and see ≤ here and now ≤ the mean future's starts, on the first priority."""
    found = measures(futures["mean"], "unmet")
    assert found["wait_and_see"] <= found["here_and_now"] * (1 + 1e-9) <= found["mean_value_starts"] * (1 + 2e-9)


def test_the_early_starts_are_one_and_the_same(futures: dict[str, Many]) -> None:
    """Proves: commissions up to 2028 are equal in all futures' plans, and later ones are not."""
    rows = [row for row in futures["mean"].table("tables") if row["table"] == "commissions"
            and row["point"].endswith("until 2028") and "starts until" not in row["point"]]  # fmt: skip
    spread: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        spread.setdefault((row["keys"], row["year"]), []).append(float(row["value"]))
    assert all(len(values) == 3 for values in spread.values())
    early = [max(v) - min(v) for (_, year), v in spread.items() if int(year) <= 2028]
    late = [max(v) - min(v) for (_, year), v in spread.items() if int(year) > 2028]
    assert max(early) < 1e-6 < max(late)
