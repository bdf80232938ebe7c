"""Linear rules of one's own: any quantity, in any grouping, absolute or as a share of another."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

TWO_ROUTES = {
    "areas": "area,title,region\nnorth,North,cold\nsouth,South,warm",
    "staff_in_post": "area,role,fte\nnorth,nurse,0\nsouth,nurse,0",
    "demand": "area,task,year,volume\nnorth,visit,2026,10000\nsouth,visit,2026,10000",
    "routes": """route,title,kind,from_role,to_role,years
        home,Home,training,,nurse,0
        abroad,Abroad,recruitment,,nurse,0""",
}
"""Nobody in post, endless work, two ways in: every start helps."""
HOME = "training_capacity: [{route: home, places: 30}]\n"


def joined(tmp_path: Path, limits: str) -> list[float]:
    """Starts of both routes and areas together, by year."""
    result = solve_case(tmp_path, TWO_ROUTES, limits)
    years = ("2026", "2027", "2028")
    return [sum(float(row["starts"]) for row in result.rows("starts", year=year)) for year in years]


def test_a_share_of_another_quantity(tmp_path: Path) -> None:
    """Proves: those from abroad at most a quarter of all joiners: x ≤ 0.25 × (30 + x), so 10: 40 join a year.

    Sensitivity: 37.5 if the share were of the others (0.25 × 30).
    """
    limit = """limits:
        - name: from abroad at most a quarter
          quantity: joiners
          where: {route: abroad}
          at_most: 0.25
          of: {quantity: joiners, where: {role: nurse}}"""
    assert joined(tmp_path, HOME + limit) == approx([40, 40, 40])


def test_by_year_is_the_default(tmp_path: Path) -> None:
    """Proves: at most 8 a year, areas and routes together. Sensitivity: 16 if by area or route; 8 once if by none."""
    assert joined(tmp_path, "limits: [{name: l, quantity: starts, at_most: 8}]") == approx([8, 8, 8])


def test_by_area_and_year(tmp_path: Path) -> None:
    """Proves: 8 in each of two areas: 16 a year. Sensitivity: 8 if `each` were not read."""
    limit = "limits: [{name: l, quantity: starts, at_most: 8, each: [area, year]}]"
    assert joined(tmp_path, limit) == approx([16, 16, 16])


def test_by_kind_and_year(tmp_path: Path) -> None:
    """Proves: 8 of each of two kinds: 16 a year. Sensitivity: 8 if kinds were counted together."""
    limit = "limits: [{name: l, quantity: starts, at_most: 8, each: [kind, year]}]"
    assert joined(tmp_path, limit) == approx([16, 16, 16])


def test_all_years_in_one_row(tmp_path: Path) -> None:
    """Proves: 9 over all years; the earlier the more they do, so all in 2026. Sensitivity: 27 if by year."""
    assert joined(tmp_path, "limits: [{name: l, quantity: starts, at_most: 9, each: []}]") == approx(
        [9, 0, 0], abs=1e-6
    )


def test_one_row_from_a_year_to_a_year(tmp_path: Path) -> None:
    """Proves: 2026 has its own 1; 2027 and 2028 share 9, taken in 2027. Sensitivity: [1, 8, 0] if 2026 counted too."""
    limits = """limits:
        - {name: first, quantity: starts, at_most: 1, to: 2026}
        - {name: rest, quantity: starts, at_most: 9, each: [], from: 2027, to: 2028}"""
    assert joined(tmp_path, limits) == approx([1, 9, 0], abs=1e-6)


def test_values_by_year_from_a_year(tmp_path: Path) -> None:
    """Proves: exactly 5 in 2026 by one rule; {2027: 6, 2028: 7} from 2027 by another.

    Sensitivity: a fault if a value had to begin with the first year even where its rows do not.
    """
    limits = """limits:
        - {name: first, quantity: starts, exactly: 5, to: 2026}
        - {name: rest, quantity: starts, at_most: {2027: 6, 2028: 7}, from: 2027}"""
    assert joined(tmp_path, limits) == approx([5, 6, 7])


def test_a_minimum(tmp_path: Path) -> None:
    """Proves: at least 4 even where only money counts. Sensitivity: 0 if the sense were turned round."""
    case = {**TWO_ROUTES, "costs": "item,line,per,amount,budget\nhome,x,start,1,b\nabroad,x,start,1,b"}
    result = solve_case(tmp_path, case, "priorities: [cost]\nlimits: [{name: l, quantity: starts, at_least: 4}]")
    assert result.values == approx({"cost": 12})
    rows = result.table("limits")
    assert [float(row["price_cost"]) for row in rows] == approx([1, 1, 1])
    assert [float(row["slack"]) for row in rows] == approx([0, 0, 0])


def test_by_region(tmp_path: Path) -> None:
    """Proves: only the cold region is limited to 3; the warm has 20 places of its own.

    Sensitivity: 3 in all if the region were not read.
    """
    limits = """limits:
        - {name: cold, quantity: starts, where: {region: cold}, at_most: 3}
        - {name: warm, quantity: starts, where: {area: south}, at_most: 20}"""
    assert joined(tmp_path, limits) == approx([23, 23, 23])


def test_demand_is_a_base(tmp_path: Path) -> None:
    """Proves: outsourced at most a tenth of demand, visits and scans together: 20 of 200.

    Sensitivity: 10 if only the task's own volume counted; 25 with the waiting list of 50.
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,0",
            "tasks": "task,title\nvisit,Visit\nscan,Scan",
            "demand": "task,year,volume\nvisit,2026,100\nscan,2026,100",
            "waiting_list": "task,volume\nscan,50",
            "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,scan,10",
            "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
        },
        "limits: [{name: l, quantity: outsourced, at_most: 0.1, of: {quantity: demand}}]",
    )
    assert result.series("demand", "outsourced", task="visit") == approx([20, 20, 20])


def test_trainees_per_supervisor(tmp_path: Path) -> None:
    """Proves: in training ≤ half of the nurses: 5 of 10 start; they join, 7.5 of 15; then 11.25 of 22.5.

    Sensitivity: 5 every year if last year's staff were meant.
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,10000",
            "settings": {"run_out_years": 1},
            "routes": "route,title,kind,from_role,to_role,years\ntrain,Train,training,,nurse,1",
        },
        "limits: [{name: l, quantity: in_training, at_most: 0.5, of: {quantity: staff}}]",
    )
    assert result.series("starts", "starts") == approx([5, 7.5, 11.25])


def test_a_limit_on_money_of_a_line(tmp_path: Path) -> None:
    """Proves: £6 in all for one line buys 6 of the 300 visits of three years: 294 unmet ÷ 10 = 29.4 FTE.

    Sensitivity: 28.2 if £6 were for each year.
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,0",
            "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
        },
        "limits: [{name: l, quantity: spend, where: {line: outsourcing}, at_most: 6, each: []}]",
    )
    assert result.values == approx({"unmet": 29.4, "cost": 6})


def test_work_is_counted_in_fte_and_activity_in_units(tmp_path: Path) -> None:
    """Proves: at most 4 FTE of work is 40 visits; at most 4 units of activity is 4 visits.

    Sensitivity: both the same if FTE and units were mixed up.
    """
    work = solve_case(tmp_path / "work", {}, "limits: [{name: l, quantity: work, where: {role: nurse}, at_most: 4}]")
    activity = solve_case(
        tmp_path / "activity", {}, "limits: [{name: l, quantity: activity, where: {task: visit}, at_most: 4}]"
    )
    assert work.series("demand", "by_staff") == approx([40, 40, 40])
    assert activity.series("demand", "by_staff") == approx([4, 4, 4])


def test_staff_groups_and_idle_time(tmp_path: Path) -> None:
    """Proves: 70 visits take 7 of 10 nurses, at most 2 may be idle, so 1 must go, for £100; idle doctors do not count.

    Sensitivity: no plan at all if the group were not read, as ten doctors are idle whatever is done.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,staff_group,leaver_rate\nnurse,Nurse,nursing,0\ndoctor,Doctor,medical,0",
            "staff_in_post": "role,fte\nnurse,10\ndoctor,10",
            "demand": "task,year,volume\nvisit,2026,70",
            "routes": """route,title,kind,from_role,to_role,years,non_completers
                out,Out,exit,nurse,,0,leave""",
            "costs": "item,line,per,amount,budget\nout,redundancy,start,100,pay",
        },
        "limits: [{name: l, quantity: idle, where: {staff_group: nursing}, at_most: 2}]",
    )
    assert result.series("starts", "starts") == approx([1, 0, 0], abs=1e-6)
    assert result.values["cost"] == approx(100)
