"""The years after the last reported one."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_the_last_reported_year_trains_for_the_run_out(tmp_path: Path) -> None:
    """Proves: identities and priorities cover 2028, the one run-out year; result tables and totals end in 2027.

    10 nurses meet 100 visits in 2026 and 2027; 2028 has 200, so ten must have started. Pay of £50 makes later better:
    they start in 2027, at £100 each. Cost of the priority: 500 + 500 + 1000 + 1000 = 3000; of the reported years: 2000.
    Sensitivity: no starts and 10 FTE unmet in run_out/ if priorities ended in 2027; cost 3000 in plan.json's totals if
    they did not.
    """
    result = solve_case(
        tmp_path,
        {
            "settings": {"last_year": 2027, "run_out_years": 1},
            "demand": "task,year,volume\nvisit,2026,100\nvisit,2028,200",
            "routes": "route,title,kind,from_role,to_role,years\ntrain,Training,training,,nurse,1",
            "costs": """item,line,per,amount,budget
                nurse,pay,fte-year,50,pay
                train,training,start,100,training""",
        },
    )
    assert result.series("starts", "starts") == approx([0, 10])
    assert result.values == approx({"unmet": 0, "cost": 3000}, abs=1e-6)
    assert result.plan["cost"] == approx({"discounted": 2000, "undiscounted": 2000})
    assert [row["year"] for row in result.table("staff")] == ["2026", "2027"]
    assert result.series("staff", "fte", part="run_out") == approx([20])
    assert result.figure("spend", "amount", part="run_out", item="nurse") == approx(1000)


def test_unmet_demand_of_the_run_out_counts_in_the_priority_only(tmp_path: Path) -> None:
    """Proves: 20 of 120 visits are unmet every year: 2 FTE × 3 modelled years = 6 in the priority, 4 reported.

    Sensitivity: 4 and 4, or 6 and 6, if both covered the same years.
    """
    result = solve_case(
        tmp_path,
        {"settings": {"last_year": 2027, "run_out_years": 1}, "demand": "task,year,volume\nvisit,2026,120"},
    )
    assert result.values["unmet"] == approx(6)
    assert result.plan["unmet_fte_years"] == approx(4)
