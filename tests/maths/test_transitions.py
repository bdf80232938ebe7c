"""Transitions: a share of last year's staff of one role becomes staff of another, whatever is decided."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from pytest import approx

from tests.support.engine import Result, solve_case
from tests.support.examples import examples, numbers

TWO_ROLES = "role,title,leaver_rate\nnurse,Nurse,0.05\nsenior,Senior nurse,0.1"
STAFF = "role,fte\nnurse,100\nsenior,20"
HEAD = "from_role,to_role,share,fte_per_mover\n"


def grades(folder: Path, transitions: str, **tables: str) -> Result:
    """Nurses and senior nurses, 2026 to 2028, with the transitions given."""
    return solve_case(folder, {"roles": TWO_ROLES, "staff_in_post": STAFF, "transitions": HEAD + transitions, **tables})


def test_a_share_of_last_years_staff_moves_on(tmp_path: Path) -> None:
    """Proves: nurses 100 − 5 − 10 = 85, then 85 × 0.85 = 72.25; seniors 20 − 2 + 0.9 × 10 = 27, then
    27 × 0.9 + 0.9 × 8.5 = 31.95.

    Sensitivity: 85.5 nurses if the share were of those who did not leave; 28 seniors if fte_per_mover were ignored;
    25.95 or 27.585 if it were of this year's staff.
    """
    result = grades(tmp_path, "nurse,senior,0.1,0.9")
    assert result.series("staff", "fte", role="nurse")[:2] == approx([85, 72.25])
    assert result.series("staff", "fte", role="senior")[:2] == approx([27, 31.95])
    assert result.series("staff", "transitions_out", role="nurse")[:2] == approx([10, 8.5])
    assert result.series("staff", "transitions_in", role="senior")[:2] == approx([9, 7.65])
    assert result.series("staff", "transitions_in", role="nurse") == approx([0, 0, 0])
    assert result.series("staff", "transitions_out", role="senior") == approx([0, 0, 0])


def test_a_mover_is_one_fte_unless_the_table_says_otherwise(tmp_path: Path) -> None:
    """Proves: a blank fte_per_mover is 1: seniors 18 + 10 = 28. Sensitivity: 18 if blank were nothing."""
    result = grades(tmp_path, "nurse,senior,0.1,")
    assert result.figure("staff", "fte", role="senior", year=2026) == approx(28)


def test_those_who_join_in_a_year_do_not_move_on_in_it(tmp_path: Path) -> None:
    """Proves: 40 nurses who join in 2026 move on from 2027: 10 movers in 2026, (85 + 40) × 0.1 = 12.5 in 2027.

    Sensitivity: 14 in 2026 if this year's joiners moved on at once.
    """
    folder = {"routes": "route,title,kind,from_role,to_role,years\nrecruit,Recruit,recruitment,,nurse,0"}
    result = solve_case(
        tmp_path,
        {"roles": TWO_ROLES, "staff_in_post": STAFF, "transitions": HEAD + "nurse,senior,0.1,", **folder},
        "limits: [{name: once, quantity: starts, exactly: {2026: 40, 2027: 0}}]",
    )
    assert result.series("staff", "transitions_out", role="nurse")[:2] == approx([10, 12.5])


def test_a_ladder_of_several_rungs_moves_one_rung_a_year(tmp_path: Path) -> None:
    """Proves: with shares of 1, 100 at the bottom are in the middle after one year and at the top after two.

    Sensitivity: all at the top in 2026 if the rungs were climbed one after the other in one year.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\na,A,0\nb,B,0\nc,C,0",
            "staff_in_post": "role,fte\na,100\nb,0\nc,0",
            "productivity": "role,task,units_per_fte\na,visit,10",
            "transitions": HEAD + "a,b,1,\nb,c,1,",
        },
    )
    assert result.series("staff", "fte", role="b") == approx([100, 0, 0])
    assert result.series("staff", "fte", role="c") == approx([0, 100, 100])


def test_the_same_share_holds_in_every_area(tmp_path: Path) -> None:
    """Proves: movers stay in their area: 10 of 100 in the north, 5 of 50 in the south.

    Sensitivity: 15 in each if areas were added up.
    """
    result = solve_case(
        tmp_path,
        {
            "areas": "area,title\nnorth,North\nsouth,South",
            "roles": TWO_ROLES,
            "staff_in_post": "area,role,fte\nnorth,nurse,100\nnorth,senior,0\nsouth,nurse,50\nsouth,senior,0",
            "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100",
            "transitions": HEAD + "nurse,senior,0.1,",
        },
    )
    assert result.figure("staff", "transitions_in", role="senior", area="north", year=2026) == approx(10)
    assert result.figure("staff", "transitions_in", role="senior", area="south", year=2026) == approx(5)


law = examples(6, derandomize=True, suppress_health_check=list(HealthCheck))


@law
@given(share=numbers(0, 0.5), young_leave=numbers(0, 0.4), old_leave=numbers(0, 1), each=numbers(0.2, 1.2))
def test_two_age_bands_follow_the_closed_form(
    tmp_path_factory: pytest.TempPathFactory, share: float, young_leave: float, old_leave: float, each: float
) -> None:
    """Proves: with a = 1 − leavers − share and b = 1 − leavers of the older band, young[t] = N aᵗ and
    old[t] = M bᵗ + fte_per_mover × share × N × Σ_{v<t} aᵛ bᵗ⁻¹⁻ᵛ.

    Sensitivity: any other order of leaving, moving and joining gives other powers.
    """
    result = solve_case(
        tmp_path_factory.mktemp("bands"),
        {
            "settings": {"last_year": 2030},
            "roles": f"role,title,leaver_rate\nyoung,Under 55,{young_leave!r}\nold,55 and over,{old_leave!r}",
            "staff_in_post": "role,fte\nyoung,100\nold,30",
            "productivity": "role,task,units_per_fte\nyoung,visit,10\nold,visit,10",
            "transitions": HEAD + f"young,old,{share!r},{each!r}",
        },
    )
    a, b = 1 - young_leave - share, 1 - old_leave
    years = range(1, 6)
    assert result.series("staff", "fte", role="young") == approx([100 * a**t for t in years], abs=1e-7)
    older = [30 * b**t + each * share * 100 * sum(a**v * b ** (t - 1 - v) for v in range(t)) for t in years]
    assert result.series("staff", "fte", role="old") == approx(older, abs=1e-7)
