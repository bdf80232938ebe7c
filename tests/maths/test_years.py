"""Years as people write them, and years that are no calendar years."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_financial_years_are_written_by_people_and_kept_as_integers(tmp_path: Path) -> None:
    """Proves: 2026/27 is 2026, in tables and constraints; result tables keep the integer.

    100 visits in 2026/27, 150 from 2027/28; 10 nurses do 100, so 0, 50, 50 are unmet: 10 FTE. Sensitivity: a fault, or
    years 2027 to 2029 if the second half were read; 0 bought in 2028 if the limit's years were not understood.
    """
    result = solve_case(
        tmp_path,
        {
            "settings": {"first_year": "2026/27", "last_year": "2028/29", "financial_years": True},
            "demand": "task,year,volume\nvisit,2026/27,100\nvisit,2027/28,150",
            "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
        },
        "budgets: [{budget: o, limit: {2026/27: 0, 2028/29: 20}}]",
    )
    assert [row["year"] for row in result.table("demand")] == ["2026", "2027", "2028"]
    assert result.series("demand", "unmet") == approx([0, 50, 30])
    assert result.series("demand", "outsourced") == approx([0, 0, 20])


def test_years_may_count_from_one(tmp_path: Path) -> None:
    """Proves: years are integers, whatever they count: 1 to 3. Sensitivity: a fault if only calendar years pass."""
    result = solve_case(
        tmp_path,
        {"settings": {"first_year": 1, "last_year": 3}, "demand": "task,year,volume,growth\nvisit,1,100,0.1"},
    )
    assert result.series("demand", "volume") == approx([100, 110, 121])
