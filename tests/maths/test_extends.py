"""Options that extend another: what is merged, appended, replaced and dropped."""

from pathlib import Path

from pytest import approx

from tests.support.engine import Result, solve_case

CASE = {
    "staff_in_post": "role,fte\nnurse,0",
    "demand": "task,year,volume\nvisit,2026,10000",
    "routes": """route,title,kind,from_role,to_role,years
        home,Home,training,,nurse,0
        abroad,Abroad,recruitment,,nurse,0""",
}
BASE = """title: Base
demand: {unmet: allowed, tiers: [{up_to: 0.5, weight: 1}, {weight: 2}]}
training_capacity:
  - {route: [home, abroad], places: 10}
limits:
  - {name: at most fifteen, quantity: starts, at_most: 15}
"""


def extended(tmp_path: Path, child: str) -> Result:
    """Solve a child of the base file."""
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return solve_case(tmp_path, CASE, f"title: Child\nextends: base.yaml\n{child}")


def of_2026(result: Result) -> dict[str, float]:
    """Starts of the first year by route."""
    return {row["route"]: float(row["starts"]) for row in result.rows("starts", year=2026)}


def test_everything_is_inherited(tmp_path: Path) -> None:
    """Proves: 10 + 10 places, but 15 in all. Sensitivity: 20 if the limit were lost."""
    assert sum(of_2026(extended(tmp_path, "")).values()) == approx(15)


def test_a_dropped_entry_is_gone(tmp_path: Path) -> None:
    """Proves: without the limit 20 start. Sensitivity: 15 if it stayed."""
    result = extended(tmp_path, "limits: [{name: at most fifteen, drop: true}]")
    assert sum(of_2026(result).values()) == approx(20)


def test_an_entry_of_the_same_name_replaces_one_half_of_a_list(tmp_path: Path) -> None:
    """Proves: `home` has 2 places now, `abroad` keeps 10: 12. Sensitivity: 15 in all, the cap, if it
    were not replaced; 2 in all if the whole list were."""
    result = extended(tmp_path, "training_capacity: [{route: home, places: 2}]")
    assert of_2026(result) == approx({"home": 2, "abroad": 10})


def test_a_replacing_entry_may_be_looser(tmp_path: Path) -> None:
    """Proves: 40 places for `home` really replace 10; the cap of 15 is replaced by 50 too: 40 + 10.

    Sensitivity: 20 if old and new rows both held.
    """
    child = """training_capacity: [{route: home, places: 40}]
limits: [{name: at most fifteen, quantity: starts, at_most: 50}]"""
    assert of_2026(extended(tmp_path, child)) == approx({"home": 40, "abroad": 10})


def test_a_different_name_is_one_more_entry(tmp_path: Path) -> None:
    """Proves: "by area" is another name, so both hold: home ≤ 10 in all and ≤ 3 in the one area: 3 + 10 = 13.

    Sensitivity: 15 if it were lost.
    """
    result = extended(tmp_path, "training_capacity: [{route: home, places: 3, each: [area]}]")
    assert of_2026(result) == approx({"home": 3, "abroad": 10})


def test_an_entry_is_dropped_by_the_name_of_its_subject(tmp_path: Path) -> None:
    """Proves: "training_capacity abroad" names one half of the list; without it `abroad` fills up to the cap of 15.

    Sensitivity: a fault if lists were not split first.
    """
    result = extended(
        tmp_path,
        """training_capacity: [{name: training_capacity abroad, drop: true}, {route: home, places: 1}]""",
    )
    assert of_2026(result)["abroad"] >= 14 - 1e-6


def test_mappings_merge(tmp_path: Path) -> None:
    """Proves: `unmet: priced` joins the inherited tiers; nobody starts where the cap is 0.

    1000 FTE a year at £10: (500 × 1 + 500 × 2) × 10 × 3 = 45,000. Sensitivity: 30,000 if the tiers were lost.
    """
    child = """demand: {unmet: priced, price_per_fte: 10}
limits: [{name: at most fifteen, quantity: starts, at_most: 0}]"""
    assert extended(tmp_path, child).values == approx({"cost": 45000})


def test_other_lists_are_replaced(tmp_path: Path) -> None:
    """Proves: the child's tiers are all there are: 1000 FTE × 3 × 3 years = 9000 where nobody starts.

    Sensitivity: 4500 if the base's tiers stayed.
    """
    child = """demand: {tiers: [{weight: 3}]}
limits: [{name: at most fifteen, quantity: starts, at_most: 0}]"""
    assert extended(tmp_path, child).values["unmet"] == approx(9000)
