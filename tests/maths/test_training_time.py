"""What training takes from the time of others, and what trainees give."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

TEN_ONCE = "limits: [{name: ten at once, quantity: starts, exactly: {2026: 10, 2027: 0}}]"


def test_supervisors_lose_available_time(tmp_path: Path) -> None:
    """Proves: 10 FTE × 0.5 available − 10 trainees × 0.2 = 3, in both training years: 30 visits; then 20 × 0.5 → 100.

    Sensitivity: 40 if supervision were taken from FTE before the available share ((10 − 2) × 0.5 = 4); 50 without it.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.5",
            "routes": """route,title,kind,from_role,to_role,years,supervisor_role,supervisor_fte
                train,Training,training,,nurse,2,nurse,0.2""",
            "demand": "task,year,volume\nvisit,2026,1000",
        },
        TEN_ONCE,
    )
    assert result.series("demand", "by_staff") == approx([30, 30, 100])


def test_supervision_follows_those_still_in_training(tmp_path: Path) -> None:
    """Proves: with completion 0.81 over two years, 10 × 0.2 = 2 FTE supervise in 2026 and 9 × 0.2 = 1.8 in 2027.

    10 − 2 = 8 → 80 visits, 8.2 → 82, then 10 + 8.1 = 18.1 → 181.
    Sensitivity: 80 in 2027 if starters rather than those in training were supervised.
    """
    result = solve_case(
        tmp_path,
        {
            "routes": """route,title,kind,from_role,to_role,years,completion,supervisor_role,supervisor_fte
                train,Training,training,,nurse,2,0.81,nurse,0.2""",
            "demand": "task,year,volume\nvisit,2026,1000",
        },
        TEN_ONCE,
    )
    assert result.series("demand", "by_staff") == approx([80, 82, 181])


def test_study_release_is_lost_from_the_available_time(tmp_path: Path) -> None:
    """Proves: 0.5 × (10 − 0.4 × 5) = 4 FTE → 40 visits; in 2027 five have moved out: 0.5 × 5 = 2.5 → 25.

    Sensitivity: 30 if release were not scaled by the available share (5 − 2 = 3); 50 without release.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.5\nreporter,Reporter,0,1",
            "staff_in_post": "role,fte\nnurse,10\nreporter,0",
            "routes": """route,title,kind,from_role,to_role,years,non_completers,study_release
                up,Up,upskilling,nurse,reporter,1,return,0.4""",
        },
        "limits: [{name: five at once, quantity: starts, exactly: {2026: 5, 2027: 0}}]",
    )
    assert result.series("demand", "by_staff") == approx([40, 25, 25])


def test_trainees_do_work_of_the_role_they_train_for(tmp_path: Path) -> None:
    """Proves: 10 trainees × 0.3 = 3 available FTE do 30 visits, 9 in their second year 27; available_share is for the
    8.1 nurses they become, who do 40.5.
    Sensitivity: 15 in 2026 if it were scaled; 0 if trainees did not work; 30 in 2027 if drop-outs went on working.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.5",
            "staff_in_post": "role,fte\nnurse,0",
            "routes": """route,title,kind,from_role,to_role,years,completion,trainee_work
                train,Training,training,,nurse,2,0.81,0.3""",
        },
        TEN_ONCE,
    )
    assert result.series("demand", "by_staff") == approx([30, 27, 40.5])
