"""A run-out that ends before training is repaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.check.plausible.evidence_run_out import training_repaid
from optimiser.inputs.assemble import read_evidence
from tests.support.engine import write_inputs

TRAINED = {
    "staff_in_post": "role,fte\nnurse,5",
    "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        train,Train,training,,nurse,2,0.25,
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "costs": """item,line,per,amount,budget
        train,training,start,10,training
        train,training,trainee-year,20,training
        nurse,pay,fte-year,80,pay""",
}


def test_what_repays_training(tmp_path: Path) -> None:
    """Proves: a start costs 10, and 1 + √0.25 years in training 30; one in four joins, so 160 each: two years of pay.

    Sensitivity: 2.5 if all who start were paid for to the end; 0.5 if each start joined. Recruiting costs nothing.
    """
    evidence = read_evidence(write_inputs(tmp_path, TRAINED))
    assert training_repaid(evidence) == {"train": pytest.approx(2.0)}


@pytest.mark.parametrize(("years", "code"), [(1, "run-out-short"), (2, "run-out-repays"), (3, "")])
def test_the_run_out_covers_the_route_and_half_of_that(years: int, code: str, tmp_path: Path) -> None:
    """Proves: 2 years of training and 1 of work ask for 3; below 2 the route itself is too long."""
    settings = {"first_year": 2026, "last_year": 2028, "run_out_years": years}
    found = check(write_inputs(tmp_path, {**TRAINED, "settings": settings}), []).faults
    queries = [one for one in found.found if one.code.startswith("run-out")]
    assert [one.code for one in queries] == ([code] if code else [])
    if code == "run-out-repays":
        assert "3 or more: the 2 years of train, and 1.0 of work" in queries[0].sentence()
