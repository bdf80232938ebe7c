"""What happens between the first year of the evidence and a later one: from a plan, a file, or as last year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats
from optimiser.inputs.read.starts_file import Starts, rows_of
from optimiser.plan.reload import Reloaded
from optimiser.text.faults import Faults, FaultsFound, Place


@dataclass(frozen=True)
class Between:
    """What happens from the first year to the year before the new one."""

    starts: Floats
    """[area, route, year]: people who start."""
    staff: Floats
    """[area, role]: FTE in post just before the new first year."""
    words: str
    """Where the starts come from, for the source of every row made of them."""
    every_pair: bool
    """True where the starts of every route and area are known, also where nobody starts."""
    unmet: Floats | None = None
    """[area, task]: units unmet in the last of the years; None where no plan says so."""
    share: Floats | None = None
    """[pair, area]: share of the area's volume that the role does in the last of the years; NaN without a volume."""


def between_years(evidence: Evidence, year: int, starts: Path | Reloaded | None, faults: Faults) -> Between:
    """What happens before `year`: as in the CSV file or the plan, or (None) as in the last intake.

    Raises FaultsFound where a file or folder cannot be read; every other fault is recorded.
    """
    if starts is None:
        last = evidence.past_starts[:, :, :1]
        held = np.repeat(last, year - evidence.settings.first_year, axis=2)
        words = f"starts as in {evidence.settings.label(evidence.settings.first_year - 1)}"
        return Between(held, _staff_after(evidence, held, faults), words, False)
    if isinstance(starts, Reloaded):
        return _of_plan(evidence, year, starts, faults)
    given = rows_of(starts, evidence, faults)
    if given is None:
        raise FaultsFound(faults.found)
    held = _complete(given, evidence, year, starts, faults)
    return Between(held, _staff_after(evidence, held, faults), f"starts of {starts.name}", True)


def _complete(given: Starts, evidence: Evidence, year: int, path: Path, faults: Faults) -> Floats:
    """[area, route, year]: the starts of the years between; a fault for each route and area that lacks one."""
    settings = evidence.settings
    found = np.zeros((len(evidence.areas), len(evidence.routes), year - settings.first_year))
    for (route, area), by_year in given.items():
        years = range(settings.first_year, year)
        missing = [settings.label(one) for one in years if one not in by_year]
        if missing:
            faults.add(
                "missing-row",
                Place(str(path)),
                f"no starts of {route} in {area} in {', '.join(missing)}",
                f"a row for each year before {settings.label(year)}",
                "Add them; write 0 where nobody started.",
            )
            continue
        where = evidence.areas.index(area), evidence.routes.index(route)
        found[where] = [by_year[one] for one in years]
    return found


def _staff_after(evidence: Evidence, starts: Floats, faults: Faults) -> Floats:
    """[area, role]: staff just before the new first year, by the identities of people."""
    staff, longest = evidence.staff_in_post, evidence.past_starts.shape[2]
    known = np.concatenate([evidence.past_starts[:, :, ::-1], starts], axis=2)
    for t in range(starts.shape[2]):
        after = staff * (1.0 - evidence.leaver_rate[:, :, t])
        for from_role, to_role, share, each in zip(
            evidence.transition_from, evidence.transition_to, evidence.transition_share, evidence.fte_per_mover,
            strict=True,
        ):  # fmt: skip
            after[:, from_role] -= share * staff[:, from_role]
            after[:, to_role] += share * each * staff[:, from_role]
        for route in range(len(evidence.routes)):
            begun = t - int(evidence.years[route])
            people, completion = known[:, route, longest + begun], float(evidence.completion_of(route, begun))
            if evidence.to_role[route] >= 0:
                joining = people * completion * evidence.fte_per_completer[route]
                after[:, evidence.to_role[route]] += joining @ evidence.destinations[route]
            if evidence.from_role[route] >= 0:
                after[:, evidence.from_role[route]] -= people * (
                    completion if evidence.non_completers_return[route] else 1.0
                )
        staff = after
    for area, role in np.argwhere(staff < -1e-9).tolist():
        found = f"{staff[area, role]:.6g} FTE of {evidence.roles[role]} in {evidence.areas[area]} after these starts"
        faults.add(
            "too-few-staff", Place("--starts"), found, "0 or more", "Correct the starts: more leave than there are."
        )
    return np.maximum(staff, 0.0)  # What is left of a rounding below 0.


def _of_plan(evidence: Evidence, year: int, plan: Reloaded, faults: Faults) -> Between:
    """The starts, staff and shortage of a plan made from the same evidence."""
    used = plan.programme.evidence
    place = Place(str(plan.folder))
    for what, mine, theirs in (
        ("areas", evidence.areas, used.areas), ("roles", evidence.roles, used.roles),
        ("routes", evidence.routes, used.routes), ("tasks", evidence.tasks, used.tasks),
        ("first year", (evidence.settings.first_year,), (used.settings.first_year,)),
    ):  # fmt: skip
        if mine != theirs:
            faults.add("other-plan", place, f"a plan with other {what}", f"a plan of {evidence.folder}",
                       "Solve these inputs, and name the results folder of that.")  # fmt: skip
    if used.settings.last_year + used.settings.run_out_years < year - 1:
        faults.add("other-plan", place, "a plan that ends before that year", f"years up to {year - 1}", "")
    faults.stop_if_any()
    if used.scenarios:
        found = f"a plan under {', '.join(used.scenarios)}"
        faults.warn(
            "plan-scenario",
            place,
            found,
            "a plan without scenarios",
            "Staff and shortage are those of the scenario; the tables stay as they are without it.",
        )
    codes = {"area": evidence.areas, "route": evidence.routes, "role": evidence.roles, "task": evidence.tasks}
    place_of = {key: {code: at for at, code in enumerate(names)} for key, names in codes.items()}
    first, last = evidence.settings.first_year, year - 1

    def filled(table: str, column: str, key: str, shape: tuple[int, ...], by_year: bool = False) -> Floats:
        cells, found = plan.table(table), np.zeros(shape)
        for area, code, when, value in zip(*(cells[name] for name in ("area", key, "year", column)), strict=True):
            if by_year and first <= int(when) <= last:
                found[place_of["area"][area], place_of[key][code], int(when) - first] = float(value)
            elif not by_year and int(when) == last:
                found[place_of["area"][area], place_of[key][code]] = float(value)
        return found

    areas = len(evidence.areas)
    starts = filled("starts", "starts", "route", (areas, len(evidence.routes), year - first), True)
    staff = filled("staff", "fte", "role", (areas, len(evidence.roles)))
    unmet = filled("demand", "unmet", "task", (areas, len(evidence.tasks)))
    return Between(starts, staff, f"starts of the plan {plan.folder.name}", True, unmet, _shares(plan, evidence, last))


def warn_of_budgets(plan: Reloaded, year: int, faults: Faults) -> None:
    """Money that belongs to the years before: part of a total, and what was carried forward. For an option of a
    workbook, which is not written again.
    """
    budgets, spend = plan.table("budgets"), plan.table("spend")
    label = plan.programme.evidence.settings.label
    place = Place(str(plan.folder / "budgets.csv"))
    rows = zip(*(budgets[name] for name in ("budget", "year", "limit", "carried_out")), strict=True)
    for budget, when, limit, carried in rows:
        if not when:
            cells = zip(spend["budget"], spend["year"], spend["amount"], strict=True)
            gone = sum(float(amount) for of, at, amount in cells if of == budget and int(at) < year)
            faults.warn("total-spent", place, f"{gone:,.0f} of the total of {budget} spent before {label(year)}", "",
                        f"In the option for the rolled inputs write total: {float(limit) - gone!r}.")  # fmt: skip
        elif int(when) == year - 1 and float(carried) > 0:
            faults.warn("carried-over", place, f"{float(carried):,.0f} of {budget} carried into {label(year)}", "",
                        f"Add it to the limit of {label(year)} in the option for the rolled inputs.")  # fmt: skip


def _shares(plan: Reloaded, evidence: Evidence, year: int) -> Floats:
    """[pair, area]: units of a role on a task ÷ the area's volume, in one year; NaN where there is no volume."""
    pairs = {(evidence.roles[role], evidence.tasks[task]): at for at, (role, task) in enumerate(
        zip(evidence.pair_role.tolist(), evidence.pair_task.tolist(), strict=True))}  # fmt: skip
    done = np.zeros((len(pairs), len(evidence.areas)))
    work, demand = plan.table("work"), plan.table("demand")
    for role, task, area, when, units in zip(
        *(work[k] for k in ("role", "task", "area", "year", "units")), strict=True
    ):
        if int(when) == year:
            done[pairs[role, task], evidence.areas.index(area)] = float(units)
    volume = np.zeros((len(evidence.tasks), len(evidence.areas)))
    for task, area, when, units in zip(*(demand[k] for k in ("task", "area", "year", "volume")), strict=True):
        if int(when) == year:
            volume[evidence.tasks.index(task), evidence.areas.index(area)] = float(units)
    asked = volume[evidence.pair_task]
    return np.divide(done, asked, out=np.full_like(done, np.nan), where=asked > 0)
