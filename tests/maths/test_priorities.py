"""The order of priorities, and priorities of one's own."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

CASE = {
    "staff_in_post": "role,fte\nnurse,0",
    "routes": """route,title,kind,from_role,to_role,years
        home,Home,training,,nurse,0
        agency,Agency,agency,,nurse,0""",
    "costs": "item,line,per,amount,budget\nhome,training,start,100,b\nagency,agency,start,10,b",
}
"""10 nurses are needed at once: from the agency at £10, or trained at home at £100."""


def test_unmet_comes_before_cost(tmp_path: Path) -> None:
    """Proves: all is met, with the cheap route: 100. Sensitivity: 30 FTE unmet at no cost if cost came first."""
    assert solve_case(tmp_path, CASE).values == approx({"unmet": 0, "cost": 100}, abs=1e-6)


def test_cost_first_meets_nothing(tmp_path: Path) -> None:
    """Proves: the order is the user's: nothing is spent and 10 FTE × 3 are unmet. Sensitivity: 100 if unmet led."""
    result = solve_case(tmp_path, CASE, "priorities: [cost, unmet]")
    assert list(result.values) == ["cost", "unmet"]
    assert result.values == approx({"cost": 0, "unmet": 30}, abs=1e-6)


def test_a_priority_of_ones_own(tmp_path: Path) -> None:
    """Proves: fewest agency starts before cost: all ten are trained at home: £1000.

    Sensitivity: £100 if cost came first or `where` were not read.
    """
    policy = "priorities: [unmet, {quantity: starts, where: {kind: agency}}, cost]"
    result = solve_case(tmp_path, CASE, policy)
    assert result.values == approx({"unmet": 0, "starts": 0, "cost": 1000}, abs=1e-6)
    assert "price_starts" in result.table("demand")[0]


def test_ones_own_priority_counts_every_modelled_year_undiscounted(tmp_path: Path) -> None:
    """Proves: idle time of 10 nurses with 50 visits, 5 FTE a year, also in the run-out year: 20, at any discount rate.

    Sensitivity: 15 over the reported years; 14.76 if it were discounted at 25 % (5 × 2.952).
    """
    result = solve_case(
        tmp_path,
        {
            "settings": {"run_out_years": 1, "discount_rate": 0.25},
            "demand": "task,year,volume\nvisit,2026,50",
        },
        "priorities: [unmet, {quantity: idle}]",
    )
    assert result.values == approx({"unmet": 0, "idle": 20}, abs=1e-6)


def test_what_is_known_counts_in_a_priority(tmp_path: Path) -> None:
    """Proves: leavers of the first year (10 of 100) are known, and count: 10 + 9 + 8.1 = 27.1.

    Sensitivity: 17.1 if only what depends on decisions were summed.
    """
    result = solve_case(
        tmp_path,
        {"roles": "role,title,leaver_rate\nnurse,Nurse,0.1", "staff_in_post": "role,fte\nnurse,100"},
        "priorities: [unmet, {quantity: leavers}]",
    )
    assert result.values["leavers"] == approx(27.1)


def test_a_later_price_is_what_the_earlier_one_makes_it(tmp_path: Path) -> None:
    """Proves: with 100, 110, 120 visits 12 nurses are hired, each when first needed, at £10 whenever that is. One more
    visit in 2028 needs 0.1 nurse more, £1; in 2026 or 2027 only an earlier hire, at no more cost. Nothing is unmet
    either way, so price_unmet is 0 throughout.
    Sensitivity: 0.1 FTE in price_unmet if what is unmet were priced without its remedy; −1 if the sign were turned.
    """
    demand = "task,year,volume\nvisit,2026,100\nvisit,2027,110\nvisit,2028,120"
    result = solve_case(tmp_path, {**CASE, "demand": demand})
    assert result.values == approx({"unmet": 0, "cost": 120}, abs=1e-6)
    assert result.series("demand", "price_unmet") == approx([0, 0, 0], abs=1e-9)
    assert result.series("demand", "price_cost") == approx([0, 0, 1], abs=1e-6)
