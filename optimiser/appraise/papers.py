"""Writes what people read: the explanation, the audits, and the report as page, workbook and paper."""

from __future__ import annotations

from optimiser.appraise.progress import EXPLAIN, REPORT
from optimiser.appraise.state import Appraisal, key_of
from optimiser.appraise.summary import text_of
from optimiser.explain import gap_steps_words, words
from optimiser.explain.explanation import explain as explained
from optimiser.explain.gap_steps import steps
from optimiser.plan.marker import RECORD, STEPS, file_hash
from optimiser.plan.reload import reload
from optimiser.plan.store import put_bytes
from optimiser.report.report_inputs import Choice
from optimiser.report.write import contents

EXPLANATION = ("explain.txt", "explain.json")
AUDIT = "audit.json"
REPORTS = ("report.html", "report.xlsx", "report.docx")
_TOP = 10


def explain(made: Appraisal) -> None:
    """Explain the plan in detail, as text and as JSON, with steps.csv beside the plan."""
    opened, folder = made.in_detail, made.plan_in_detail
    if opened is None or folder is None:
        return
    option, key = made.ask.name(opened.case.option), key_of(file_hash(folder / RECORD))
    earlier = made.summary.earlier("explain", option, "", key)
    if earlier is not None and (folder / STEPS).is_file():
        made.progress.known(EXPLAIN)
        made.summary.add(earlier)
        return
    with made.summary.timed("explain", option, key=key) as said:
        plan = reload(folder)
        found, gap = explained(plan, _TOP, (), lambda _line: None, made.ask.jobs), steps(plan)
        lines = [*words.sentences(found), *gap_steps_words.sentences(gap, plan.programme.evidence.settings)]
        made.summary.put(EXPLANATION[0], ("\n".join(lines) + "\n").encode())
        made.summary.put(EXPLANATION[1], text_of({**words.content(found), "steps": gap_steps_words.content(gap)}))
        put_bytes(folder / STEPS, gap.frame().text().encode())
        said(files=EXPLANATION)
    made.progress.finished(f"{option} explained", EXPLAIN)


def report(made: Appraisal) -> None:
    """Write the audits; then page, workbook and paper, from what is read and drawn once."""
    audits = {task.folder: solved.audit for task, solved in zip(made.tasks, made.solved, strict=True)}
    found = {made.folders[task.point.case.option, task.point.scenarios]: audits[task.folder] for task in made.tasks}
    made.summary.put(
        AUDIT, text_of({name: made.auditor.content(one) for name, one in found.items() if one is not None})
    )
    folders = [made.folder / name for name in made.summary.content["report_from"]]
    detail = made.plan_in_detail
    recommended = detail if made.in_detail is not None and made.in_detail.case.option == made.ask.recommend else None
    with made.summary.timed("report") as said:
        for name, content_ in contents(folders, REPORTS, Choice(recommended, detail), audits.__getitem__):
            made.summary.put(name, content_)
            made.progress.finished(f"{name} written", REPORT / len(REPORTS))
        said(files=REPORTS)
