"""Working patterns: what one FTE on them adds or takes away."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_extra_sessions_add_time(tmp_path: Path) -> None:
    """Proves: 105 visits need 10.5 FTE; half an FTE more is 0.5 ÷ 0.1 = 5 FTE on the pattern, £1000 each a year.

    Sensitivity: £500 a year if the cost were per extra FTE; 0.5 on the pattern if one FTE on it added a whole one.
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,105",
            "patterns": "pattern,title,role,extra_fte\nextra,Extra session,nurse,0.1",
            "costs": "item,line,per,amount,budget\nextra,extra sessions,pattern-fte-year,1000,pay",
        },
    )
    assert result.values["unmet"] == approx(0, abs=1e-9)
    assert result.series("patterns", "fte") == approx([5, 5, 5])
    assert result.values["cost"] == approx(15000)


def test_all_patterns_of_a_role_share_its_staff(tmp_path: Path) -> None:
    """Proves: 10 FTE can be on one of two patterns; all on the better (+0.2) give 12 FTE, 120 of 200 visits.

    Unmet 80 ÷ 10 × 3 years = 24 FTE. Sensitivity: 21 if each pattern had all staff for itself (13 FTE).
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,200",
            "patterns": "pattern,title,role,extra_fte\none,One,nurse,0.1\ntwo,Two,nurse,0.2",
        },
    )
    assert result.values["unmet"] == approx(24)
    assert result.series("patterns", "fte", pattern="two") == approx([10, 10, 10])


def test_patterns_follow_staff_not_available_time(tmp_path: Path) -> None:
    """Proves: with available_share 0.5, 10 FTE in post may be on +0.2: 5 + 2 = 7 available FTE, 70 visits.

    Sensitivity: 60 if only the 5 available could be on it, or if what it adds were scaled too.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.5",
            "patterns": "pattern,title,role,extra_fte\ntwo,Two,nurse,0.2",
        },
    )
    assert result.series("demand", "by_staff") == approx([70, 70, 70])


def test_short_time_takes_time_away(tmp_path: Path) -> None:
    """Proves: 8 of 10 FTE are needed; idle time costs £300, short time (−0.5) £100: 4 on short time, £400 a year.

    Sensitivity: £600 a year (2 idle FTE) if short time gave nothing back; £200 if one on it took a whole FTE away.
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,80",
            "patterns": "pattern,title,role,extra_fte\nshort,Short time,nurse,-0.5",
            "costs": """item,line,per,amount,budget
                nurse,idle,idle-fte-year,300,pay
                short,short time,pattern-fte-year,100,pay""",
        },
    )
    assert result.values["cost"] == approx(1200)
    assert result.series("patterns", "fte") == approx([4, 4, 4])
