"""Where those who complete join the staff."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

CASE = {
    "areas": "area,title,region\nnorth,North,N\nsouth,South,S",
    "staff_in_post": "area,role,fte\nnorth,nurse,0\nsouth,nurse,0",
    "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100",
    "routes": "route,title,kind,from_role,to_role,years,completion\ntrain,Training,training,,nurse,1,0.5",
    "past_starts": "route,area,year,starts\ntrain,north,2025,100\ntrain,south,2025,20",
    "destinations": "route,area,to_area,share\ntrain,north,north,0.7\ntrain,north,south,0.3",
}


def test_completers_join_where_the_shares_send_them(tmp_path: Path) -> None:
    """Proves: 100 × 0.5 = 50 complete in the north: 35 stay, 15 go south; the south's own 10 stay: 35 and 25.

    Sensitivity: 50 and 10 if everyone stayed where they trained.
    """
    result = solve_case(tmp_path, CASE, "limits: [{name: no more, quantity: starts, exactly: 0}]")
    assert result.figure("staff", "joiners", area="north", year=2026) == approx(35)
    assert result.figure("staff", "joiners", area="south", year=2026) == approx(25)


def test_joiners_count_in_the_area_they_join(tmp_path: Path) -> None:
    """Proves: a joiner cost of £10 is paid in the area joined: £350 and £250; the limit on the south counts 25.

    Sensitivity: £500 and £100 if the area trained in paid.
    """
    result = solve_case(
        tmp_path,
        {**CASE, "costs": "item,line,per,amount,budget\ntrain,welcome,joiner,10,b"},
        """limits:
            - {name: no more, quantity: starts, exactly: 0}
            - {name: south, quantity: joiners, where: {area: south}, at_most: 25, each: [area, year]}""",
    )
    assert result.figure("spend", "amount", area="north", year=2026) == approx(350)
    assert result.figure("spend", "amount", area="south", year=2026) == approx(250)
    assert result.figure("limits", "level", limit="south", year=2026) == approx(25)


def test_a_limit_on_joiners_of_one_area_counts_who_comes_from_elsewhere(tmp_path: Path) -> None:
    """Proves: 25 join the south in 2026 whatever is done, so at most 24 is impossible.

    Sensitivity: a plan (exit 0) if only the south's own 10 completers counted.
    """
    result = solve_case(
        tmp_path,
        CASE,
        "limits: [{name: south, quantity: joiners, where: {area: south}, at_most: 24, each: [area, year]}]",
        expect=3,
    )
    assert result.status == "infeasible"
