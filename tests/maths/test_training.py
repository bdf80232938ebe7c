"""From start to joining: pipelines, intakes already made, who completes and who drops out on the way."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def trained(years: int, completion: float, fte: float = 1.0) -> dict[str, str]:
    """A team of nobody and one training route into it."""
    return {
        "staff_in_post": "role,fte\nnurse,0",
        "routes": f"""route,title,kind,from_role,to_role,years,completion,fte_per_completer
            train,Training,training,,nurse,{years},{completion},{fte}""",
    }


def starts(by_year: str) -> str:
    """Exactly these starts."""
    return f"limits: [{{name: these, quantity: starts, exactly: {by_year}}}]"


def test_drop_out_is_even_over_the_course_and_past_intakes_count(tmp_path: Path) -> None:
    """Proves: with completion 0.81 over two years, √0.81 = 0.9 of an intake is there in its second year.

    In training 2026: 100 + 0.9 × 20 = 118; 2027: 0.9 × 100 = 90; 2028: none. The intake of 2024 (10) joins in 2026 with
    8.1, that of 2025 with 16.2, that of 2026 in 2028 with 81: staff 8.1, 24.3, 105.3.
    Sensitivity: 120 in training if nobody dropped out before the end, 116.2 if all did in the first year; 100 if past
    intakes were forgotten.
    """
    past = "route,year,starts\ntrain,2024,10\ntrain,2025,20"
    result = solve_case(tmp_path, {**trained(2, 0.81), "past_starts": past}, starts("{2026: 100, 2027: 0}"))
    assert result.series("starts", "in_training") == approx([118, 90, 0])
    assert result.series("staff", "joiners") == approx([8.1, 16.2, 81])
    assert result.series("staff", "fte") == approx([8.1, 24.3, 105.3])


def test_three_years_with_a_third_of_the_loss_each(tmp_path: Path) -> None:
    """Proves: completion 0.512 over three years keeps 0.8 a year: an intake of 100 in 2025 is 80, 64, then 51.2 join.

    Sensitivity: 100, 100 if in_training ignored completion; 83.7 in 2026 if the loss were linear (1 − 0.488/3).
    """
    past = "route,year,starts\ntrain,2023,0\ntrain,2024,0\ntrain,2025,100"
    result = solve_case(tmp_path, {**trained(3, 0.512), "past_starts": past}, starts("0"))
    assert result.series("starts", "in_training") == approx([80, 64, 0])
    assert result.series("staff", "joiners") == approx([0, 0, 51.2])


def test_completers_may_work_part_time(tmp_path: Path) -> None:
    """Proves: 10 starters × completion 0.5 × 0.8 FTE = 4 FTE join a year later.

    Sensitivity: 5 if fte_per_completer were ignored; 8 if completion were.
    """
    result = solve_case(tmp_path, trained(1, 0.5, 0.8), starts("{2026: 10, 2027: 0}"))
    assert result.series("staff", "joiners") == approx([0, 4, 0])


def test_a_route_of_no_years_has_nobody_in_training(tmp_path: Path) -> None:
    """Proves: in_training is a sum over j < years, so empty for 0 years, while its starters join at once.

    Sensitivity: in_training 10 if the year of the start always counted.
    """
    result = solve_case(tmp_path, trained(0, 1.0), starts("{2026: 10, 2027: 0}"))
    assert result.series("starts", "in_training") == approx([0, 0, 0])
    assert result.series("staff", "fte") == approx([10, 10, 10])


def upskilled(ending: str) -> dict[str, str]:
    """100 nurses, of whom some become reporters in a year; 60 % complete."""
    return {
        "roles": "role,title,leaver_rate\nnurse,Nurse,0\nreporter,Reporter,0",
        "staff_in_post": "role,fte\nnurse,100\nreporter,0",
        "routes": f"""route,title,kind,from_role,to_role,years,completion,non_completers
            up,Up,upskilling,nurse,reporter,1,0.6,{ending}""",
    }


def test_those_who_do_not_complete_may_return(tmp_path: Path) -> None:
    """Proves: of 10 who start in 2026, 6 move out in 2027 and 4 are nurses still: 100, 94, 94.

    Sensitivity: 90 in 2027 if all ten left their role; 90 in 2026 if they left at the start.
    """
    result = solve_case(tmp_path, upskilled("return"), starts("{2026: 10, 2027: 0}"))
    assert result.series("staff", "fte", role="nurse") == approx([100, 94, 94])
    assert result.series("staff", "fte", role="reporter") == approx([0, 6, 6])


def test_those_who_do_not_complete_may_leave(tmp_path: Path) -> None:
    """Proves: all 10 move out in 2027, 6 of them become reporters: 100, 90, 90.

    Sensitivity: 94 if those who fail stayed.
    """
    result = solve_case(tmp_path, upskilled("leave"), starts("{2026: 10, 2027: 0}"))
    assert result.series("staff", "fte", role="nurse") == approx([100, 90, 90])
    assert result.series("staff", "moved_out", role="nurse") == approx([0, 10, 0])
    assert result.series("staff", "joiners", role="reporter") == approx([0, 6, 0])


def test_no_more_can_be_in_training_from_a_role_than_it_has_staff(tmp_path: Path) -> None:
    """Proves: 10 nurses, half of whom complete and the rest return: 10 start, then (5 left) 5, then (2.5 left) 2.5.

    Reporters, of whom there are never enough: 0, 5, 7.5; one does 1000 reports, so 1,000,000 − 12,500 over three years
    of 1,000,000 are unmet: 3000 − 12.5 = 2987.5 FTE.
    Sensitivity: 20 starts in 2026 (of whom 10 move out) if only the balance of staff limited them.
    """
    result = solve_case(
        tmp_path,
        {
            **upskilled("return"),
            "staff_in_post": "role,fte\nnurse,10\nreporter,0",
            "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
                up,Up,upskilling,nurse,reporter,1,0.5,return""",
            "tasks": "task,title\nreport,Report",
            "demand": "task,year,volume\nreport,2026,1000000",
            "productivity": "role,task,units_per_fte\nreporter,report,1000",
        },
    )
    assert result.series("starts", "starts")[:2] == approx([10, 5])
    assert result.values["unmet"] == approx(2987.5)
