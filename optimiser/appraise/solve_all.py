"""Solves every option under every future, writes and audits each plan, and diagnoses where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimiser.appraise.plans import PlanTask, Solved, task_points
from optimiser.appraise.progress import PLAN
from optimiser.appraise.state import Appraisal
from optimiser.appraise.summary import DONE, FAILED, NO_PLAN, STOPPED, Step
from optimiser.plan.marker import RECORD, changed, file_hash
from optimiser.solving.processes import cores, in_processes
from optimiser.solving.status import Status
from optimiser.studies.engine.case import Case
from optimiser.studies.engine.futures import called
from optimiser.studies.engine.points import point_key


def solve_all(made: Appraisal) -> None:
    """Solve every option under every future; keep what an earlier run finished. Raises CannotWrite."""
    ask, opened = made.ask, {one.case.option: one for one in made.opened}
    cases = [Case(ask.inputs, option, (), ask.time_limit) for option in ask.options]
    points = task_points(cases, ask.options, ask.futures)
    made.tasks = tuple(
        PlanTask(
            number,
            point,
            made.folder / made.folders[point.case.option, point.scenarios],
            ask.command,
            made.auditor.audit,
        )
        for number, point in enumerate(points)
    )
    files = [
        (*opened[point.case.option].programme.evidence.files, *opened[point.case.option].policy.files)
        for point in points
    ]
    keys = [point_key(point, used) for point, used in zip(points, files, strict=True)]
    found: dict[int, Solved] = {}
    for task, key in zip(made.tasks, keys, strict=True):
        known = made.work.result(key)
        # One without a plan is diagnosed again: what was found out is in no file.
        if known is not None and known.solved and (task.folder / RECORD).is_file() and not changed(task.folder):
            found[task.number] = task.again(known)
            made.progress.known(PLAN)
            made.progress.finished(f"{task.point.name}: solved already", 0.0)
    todo = [task for task in made.tasks if task.number not in found]
    for number, solved in _in_parallel(todo, ask.jobs):
        found[number] = solved
        made.work.keep(keys[number], solved.result)
        how = _how(solved)
        made.progress.finished(f"{points[number].name}: {how} ({len(found)} of {len(points)})", PLAN)
    made.solved = tuple(found[number] for number in range(len(points)))
    for task, solved, key in zip(made.tasks, made.solved, keys, strict=True):
        _record(made, task, solved, key)


def _in_parallel(tasks: Sequence[PlanTask], jobs: int) -> Iterator[tuple[int, Solved]]:
    if min(cores(jobs), len(tasks)) > 1:
        yield from in_processes(tasks, cores(jobs))
        return
    for task in tasks:
        yield from task.solve()


def _how(solved: Solved) -> str:
    if solved.result.solved:
        return "solved and audited" if solved.audit.passed else "solved, but the audit differs"
    if solved.clash:
        return f"no plan: {', '.join(solved.clash)} cannot hold together"
    return f"no plan: {solved.result.reason}"


def _record(made: Appraisal, task: PlanTask, solved: Solved, key: str) -> None:
    result = solved.result
    status = {Status.OPTIMAL.value: DONE, Status.INFEASIBLE.value: NO_PLAN, Status.STOPPED.value: STOPPED}
    how = status.get(result.status, FAILED)
    code = {DONE: 0, NO_PLAN: 3}.get(how, 4)
    name = made.folder_of(task.point)
    scenario = called(task.point.scenarios)
    files = (name,) if (task.folder / RECORD).is_file() else ()
    detail = {"clash": list(solved.clash), "diagnosis": list(solved.diagnosis)} if how == NO_PLAN else {}
    made.summary.steps.append(
        Step("solve", result.option, scenario, how, code, solved.seconds, files, result.reason, key, detail)
    )
    if result.solved:
        passed = bool(solved.audit.passed)
        reason = "" if passed else f"{len(solved.audit.differences):,} figures differ: see audit.json"
        audited = Step("audit", result.option, scenario, DONE if passed else FAILED, 0 if passed else 1, 0.0,
                       ("audit.json",), reason, file_hash(task.folder / RECORD))  # fmt: skip
        made.summary.steps.append(audited)
