"""Writes an appraisal's screen: the options side by side, those without a plan and why, where everything is."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.appraise.state import Appraisal
from optimiser.appraise.summary import FAILED, LEFT_OUT
from optimiser.plan.marker import SUMMARY
from optimiser.studies.compare import total
from optimiser.studies.engine.futures import called
from optimiser.text.wording import fte, money, table


def lines(made: Appraisal) -> Iterator[str]:
    """Write one screen, line by line."""
    several = len(made.ask.futures) > 1
    heads = ["option", *(["future"] if several else []), "unmet, FTE-years", "cost", "discounted", "audit"]
    rows = []
    for task, solved in zip(made.tasks, made.solved, strict=True):
        future = [called(task.point.scenarios)] if several else []
        rows.append([solved.result.option, *future, *_cells(made, task.number)])
    yield from table(heads, rows, indent="")
    yield from _without_a_plan(made)
    detail = made.in_detail
    if detail is None:
        yield f"No option has a plan. What was found out is in {made.folder / SUMMARY}."
        return
    name = made.ask.name(detail.case.option)
    how = "as recommended" if detail.case.option == made.ask.recommend else "the last option with a plan"
    if made.ask.recommend not in (None, detail.case.option):
        yield "The option to recommend has no plan, so the papers recommend none."
    yield f"In detail: {name}, {how}."
    for step in made.summary.steps:
        if step.status in (LEFT_OUT, FAILED) and step.step != "solve":
            yield f"{step.step}: {step.status}, {step.reason}."
    yield f"Everything is in {made.folder}: read report.html, report.xlsx or report.docx first."


def _cells(made: Appraisal, number: int) -> list[str]:
    solved = made.solved[number]
    if not solved.result.solved:
        return [f"no plan: {solved.result.reason}", "", "", ""]
    currency = made.opened[0].programme.evidence.settings.currency
    unmet = total(solved.result, "total", "unmet=fte_years") or 0.0
    cost, discounted = (total(solved.result, "total", f"cost={kind}") or 0.0 for kind in ("undiscounted", "discounted"))
    differs = f"{len(solved.audit.differences):,} differ"
    audit = "every figure confirmed" if solved.audit.passed else differs
    return [fte(unmet), money(cost, currency), money(discounted, currency), audit]


def _without_a_plan(made: Appraisal) -> Iterator[str]:
    for solved in made.solved:
        if solved.clash:
            yield f"{solved.result.point} has no plan: {', '.join(solved.clash)} cannot hold together."
        elif not solved.result.solved:
            yield f"{solved.result.point} has no plan: {solved.result.reason}."
