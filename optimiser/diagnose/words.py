"""A diagnosis as sentences and as keys and values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from optimiser.constraints.limit import VOLUMES, Limit
from optimiser.diagnose.already_certain import Known
from optimiser.diagnose.clash import WHOLE
from optimiser.diagnose.diagnosis import Diagnosis, Suspect, found, limit_of
from optimiser.diagnose.repair import Easing, Step
from optimiser.inputs.settings import Settings
from optimiser.model.breaking import breakable
from optimiser.model.entry_numbers import POINTS
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.text.by_year import ByYear
from optimiser.text.invocation import command_line
from optimiser.text.phrases import listed, number, of_unit
from optimiser.text.wording import money, percent

_ROWS_SHOWN = 3
_STEPS_SHOWN = 6


def sentences(diagnosis: Diagnosis, inputs: Path, constraints: Path) -> Iterator[str]:
    """What clashes, what is known beforehand, and the repairs, cheapest first."""
    programme = diagnosis.programme
    if diagnosis.clash is None:
        run = command_line("solve", inputs, constraints)
        yield f"A plan satisfies {constraints}: there is nothing to diagnose. Run: {run}"
        return
    if not diagnosis.suspects:
        yield from _evidence_alone(diagnosis, inputs)
        return
    count = len(diagnosis.suspects)
    if count == 1:
        yield f"No plan satisfies {constraints}: one entry cannot hold, whatever the others say."
    else:
        yield (
            f"No plan satisfies {constraints}: these {count} entries cannot hold together. "
            "Without any one of them, the others can."
        )
    if breakable(programme):
        yield "Some of its rules may be broken: optimiser solve finds the plan that breaks the least, where one does."
    for suspect in diagnosis.suspects:
        yield f"  - “{suspect.name}” ({suspect.place.file}, {_line(suspect)}){_set_by(suspect)}"
        yield from (f"      {line}" for line in _rows_in_words(programme, suspect))
    known = [known_in_words(one, programme.evidence.settings) for one in diagnosis.known]
    if known:
        yield "Known before anything is decided:"
        yield from (f"  - {line}" for line in known)
    yield "The least that gives a plan, each alone, the cheapest first:"
    for suspect in diagnosis.suspects:
        yield from _repair(programme, suspect)
    yield f"Change an entry, or agree to drop it, and run: {command_line('solve', inputs, constraints)}"


def _line(suspect: Suspect) -> str:
    return f"line {suspect.place.line}" if suspect.place.line else suspect.place.column


def _set_by(suspect: Suspect) -> str:
    return f", set by {suspect.set_by}" if suspect.set_by else ""


def _rows_in_words(programme: Programme, suspect: Suspect) -> Iterator[str]:
    shown = [_row(programme, rows, place) for rows, place in suspect.rows[:_ROWS_SHOWN]]
    yield from shown
    more = len(suspect.rows) - len(shown)
    if more > 0:
        yield f"and {more} more row{'s' if more > 1 else ''} of it"


def _row(programme: Programme, rows: Rows, place: int) -> str:
    """`2027/28, north: at most 300 starts`."""
    limit, settings = limit_of(rows), programme.evidence.settings
    at = where_of(rows, place, settings)
    sense = {"at_most": "at most", "at_least": "at least", "exactly": "exactly"}[limit.sense]
    what = "" if limit.quantity in (limit.unit, "spend") else limit.quantity.replace("_", " ")
    by_decision = len(rows.bound.terms()[0]) and bool((rows.bound.terms()[0] == place).any())
    if by_decision:
        said = f"{what} {sense} a share of what the plan itself decides"
    else:
        said = f"{what} {sense} {of_unit(float(rows.bound.constant[place]), limit.unit, settings.currency)}"
    return f"{at}: {said.strip()}" if at else said.strip()


def where_of(rows: Rows, place: int, settings: Settings) -> str:
    """What a row is about: its year as people see it, and its other keys."""
    parts = []
    for name, codes in rows.keys.items():
        if name == "area" and len(rows.labels[name]) == 1:
            continue
        label = str(rows.labels[name][codes[place]])
        parts.append((name != "year", settings.label(int(label)) if name == "year" else label))
    return ", ".join(text for _, text in sorted(parts, key=lambda part: part[0]))


def known_in_words(known: Known, settings: Settings) -> str:
    """One fact as a sentence."""
    when = f"in {settings.label(known.year)}" if known.year is not None else "over the years"
    if known.kind == "committed":
        return (
            f"“{known.entry}”: {money(known.owed, settings.currency)} is committed {when} to people who started before "
            f"{settings.label(settings.first_year)}, more than the {money(known.limit, settings.currency)} there is. "
            "Nothing decided now can keep within it."
        )
    who = listed(known.roles, "or")
    if known.earliest is None:
        return f"“{known.entry}” {when}: no route leads to {who}, so their number cannot grow at all."
    return (
        f"“{known.entry}” {when}: nobody who starts now can join as {who} before {settings.label(known.earliest)}; "
        "until then there are only those in post and in training already."
    )


def _repair(programme: Programme, suspect: Suspect) -> Iterator[str]:
    easing = suspect.easing
    if easing is None:
        yield f"  - “{suspect.name}”: {'drop it' if suspect.name == WHOLE else 'not alone'}."
        return
    share = f", {percent(easing.percent)} of its bound" if easing.percent is not None else ""
    if easing.factor:
        yield f"  - “{suspect.name}”: {_factor(easing)} in every year{share}."
        return
    settings = programme.evidence.settings
    if len(easing.steps) == 1:
        yield f"  - “{suspect.name}”: {_step(programme, easing.steps[0])}{share}."
        return
    total = of_own(easing.amount, easing.unit, settings)
    yield f"  - “{suspect.name}”: {total} in all{share}:"
    lines = list(_steps(programme, easing.steps))
    yield from (f"      {line}" for line in lines[:_STEPS_SHOWN])
    if len(lines) > _STEPS_SHOWN:
        yield f"      and {len(lines) - _STEPS_SHOWN} more"


def _steps(programme: Programme, steps: Sequence[Step]) -> Iterator[str]:
    """Each step once; the same step in years that follow each other is said together."""
    for same, group in groupby(steps, key=lambda step: _step(programme, step, "{when}")):
        years = [step.lever.year for step in group]
        label = programme.evidence.settings.label
        first, last = years[0], years[-1]
        if first is None or last is None or len(years) == 1:
            yield from (same.replace("{when}", f"in {label(year)}" if year is not None else "") for year in years)
        else:
            yield same.replace("{when}", f"in each year from {label(first)} to {label(last)}")


def _factor(easing: Easing) -> str:
    if easing.unit == POINTS:
        return f"{number(100 * easing.factor)} percentage points of easing"
    return f"{number(easing.factor)} {easing.unit} of easing"


def _step(programme: Programme, step: Step, when: str | None = None) -> str:
    """`41.796875 starts more, so at_most: 841.796875`."""
    settings, lever = programme.evidence.settings, step.lever
    limit = next(limit for limit, _, _ in programme.limits() if limit.label == lever.label)
    said = f"{of_own(step.amount, lever.unit, settings)} {'more' if _raises(limit, step) else 'less'}"
    if lever.year is not None:
        said += f" in {settings.label(lever.year)}" if when is None else f" {when}"
    about = [code for key, code in lever.keys if key != "area" or len(programme.evidence.areas) > 1]
    if about:
        said += f" ({', '.join(about)})"
    written = rewritten(programme, step)
    if written is not None:
        key, new = written
        said += f", so {key}: {_outwards(new, _raises(limit, step))}"
    return said


def _raises(limit: Limit, step: Step) -> bool:
    """True where the number as the entry has it grows: a service level's share falls as its bound is eased."""
    downwards = limit.number is not None and limit.number.sign < 0
    return (step.signed > 0) != (limit.family == "service_levels" or downwards)


def of_own(amount: float, unit: str, settings: Settings) -> str:
    """An easing in the entry's own unit, to the digit."""
    return f"{number(100 * amount)} {POINTS}" if unit == POINTS else of_unit(amount, unit, settings.currency)


def _outwards(new: float, up: bool) -> str:
    """A number to write in the file: six decimals, rounded to the safe side."""
    scaled = new * 1e6
    near = round(scaled)
    whole = near if abs(scaled - near) < 1e-3 * max(1.0, 0.0) else math.ceil(scaled) if up else math.floor(scaled)
    return f"{whole / 1e6:,.6f}".rstrip("0").rstrip(".").replace(",", "_")


def rewritten(programme: Programme, step: Step) -> tuple[str, float] | None:
    """The key of the entry and the number it would have after a step; None where it has no such number."""
    lever = step.lever
    limit = next(limit for limit, _, _ in programme.limits() if limit.label == lever.label)
    at = 0 if lever.year is None else lever.year - programme.evidence.settings.first_year
    if lever.unit == POINTS:
        part = next(part for part in limit.parts if part.quantity in VOLUMES)
        share = part.factor[at] + step.signed
        key = lever.label.rpartition("/")[2]
        if limit.family == "service_levels":
            return "at_least", 1.0 - share
        if limit.number is not None:
            return limit.number.key, limit.number.sign * share
        return (
            key if limit.family == "skill_mix" else "max_share" if limit.family == "outsourcing" else limit.sense
        ), share
    if limit.family in ("hold", "demand"):
        return None
    new = (limit.constant[at] + step.signed * float(lever.slope[0])) / float(lever.slope[0])
    if limit.family == "budgets":
        return _budget(programme, limit, at, new)
    key = {"training_capacity": "places", "adoption": "max_fte"}.get(limit.family, limit.sense)
    return key, new


def _budget(programme: Programme, limit: Limit, at: int, new: float) -> tuple[str, float]:
    """The limit in the prices it is written in."""
    entry = next(entry for entry in programme.policy.entries if entry.name == limit.name)
    if limit.label.endswith("/total"):
        return "total", new
    written = entry.values["limit"]
    if not isinstance(written, ByYear) or not limit.constant[at]:
        return "limit", new
    return "limit", new * written.at(programme.evidence.settings.years[at]) / limit.constant[at]


def _evidence_alone(diagnosis: Diagnosis, inputs: Path) -> Iterator[str]:
    """No entry is at fault: the inputs themselves do not add up."""
    programme = diagnosis.programme
    yield f"No option can have a plan on {inputs}: the evidence itself does not add up, whatever is decided."
    short = diagnosis.clash.short if diagnosis.clash is not None else {}
    for row, amount in list(short.items())[:10]:
        rows, place = found(programme, row)
        at = where_of(rows, place, programme.evidence.settings)
        yield f"  - {at}: {_identity(rows.name)} by {number(amount)}"
    yield "Correct past_starts, staff_in_post or routes, and check again."


def _identity(name: str) -> str:
    return {
        "staff_balance": "more people leave the role than it has",
        "time_balance": "training takes more of the role's time than there is",
        "training_within_staff": "more people of the role are in training than it has",
        "network_balance": "the work of a network's areas does not add up",
        "patterns_within_staff": "more people are on patterns than the role has",
    }.get(name, "demand does not add up")


def content(diagnosis: Diagnosis, inputs: Path, constraints: Path) -> dict[str, Any]:
    """The same as keys and values."""
    settings = diagnosis.programme.evidence.settings
    return {
        "inputs": str(inputs),
        "constraints": str(constraints),
        "plan_exists": diagnosis.clash is None,
        "entries": [_as_json(diagnosis.programme, suspect) for suspect in diagnosis.suspects],
        "known": [
            {"kind": one.kind, "entry": one.entry, "year": one.year, "sentence": known_in_words(one, settings)}
            for one in diagnosis.known
        ],
        "sentences": list(sentences(diagnosis, inputs, constraints)),
    }


def _as_json(programme: Programme, suspect: Suspect) -> Mapping[str, Any]:
    easing = suspect.easing
    told = {"entry": suspect.name, "family": suspect.family, "file": suspect.place.file, "line": suspect.place.line}
    rows = [_row(programme, block, place) for block, place in suspect.rows]
    if easing is None:
        return {**told, "rows": rows, "easing": None}
    steps = []
    for step in easing.steps:
        written = rewritten(programme, step)
        steps.append(
            {
                "year": step.lever.year, **dict(step.lever.keys), "easing": step.amount, "unit": step.lever.unit,
                **({} if written is None else {"key": written[0], "value": written[1]}),
            }
        )  # fmt: skip
    return {
        **told, "rows": rows, "easing": easing.amount, "unit": easing.unit, "share_of_bound": easing.percent,
        "steps": steps,
    }  # fmt: skip
