"""Writes a diagnosis as sentences and as keys and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimiser.diagnose.already_certain import Known
from optimiser.diagnose.diagnosis import Diagnosis, Suspect, limit_of
from optimiser.diagnose.repair_words import as_json, file_lines, option_of, repair_lines, written
from optimiser.inputs.settings import Settings
from optimiser.model.entry_numbers import of_decision
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.text.invocation import command_line
from optimiser.text.phrases import listed
from optimiser.text.wording import amount as rounded
from optimiser.text.wording import counted, money

_ROWS_SHOWN = 2
_BROKEN_SHOWN = 12


def sentences(diagnosis: Diagnosis, inputs: Path, constraints: Path) -> Iterator[str]:
    """What clashes, what is certain beforehand, and what would give a plan."""
    programme, solve = diagnosis.programme, command_line("solve", inputs, constraints)
    if diagnosis.plan_exists:
        yield f"A plan satisfies {constraints}: there is nothing to diagnose. Run: {solve}"
        return
    if diagnosis.broken:
        yield from _broken(diagnosis, constraints, solve)
    if not diagnosis.clashes:
        yield from _evidence_alone(diagnosis, inputs)
        return
    yield from _clashes(diagnosis, constraints)
    known = [known_in_words(one, programme.evidence.settings) for one in diagnosis.known]
    if known:
        yield "Certain before anything is decided:"
        yield from (f"  - {line}" for line in known)
    yield from _repairs(diagnosis)
    yield f"Change an entry, or agree to drop it, and run: {solve}"


def _clashes(diagnosis: Diagnosis, constraints: Path) -> Iterator[str]:
    """Each clash with its entries."""
    count = len(diagnosis.clashes)
    if count > 1:
        yield f"No plan satisfies {constraints}, for {count} separate reasons. Each has to be resolved."
    for number, clash in enumerate(diagnosis.clashes, start=1):
        start = f"No plan satisfies {constraints}" if count == 1 else f"Reason {number}"
        if len(clash) == 1:
            yield f"{start}: one entry cannot hold, even without the others."
        else:
            yield f"{start}: these {len(clash)} entries cannot hold together; without any one of them the others can."
        for suspect in clash:
            yield f"  - “{suspect.name}” ({suspect.place.file}, {_line(suspect)}){_set_by(suspect)}"
            yield from (f"      {line}" for line in _rows_in_words(diagnosis.programme, suspect))


def _repairs(diagnosis: Diagnosis) -> Iterator[str]:
    """The cheapest repair, the changes that are enough alone, and the cheapest as a file."""
    together, programme = diagnosis.together, diagnosis.programme
    if together is None:
        yield "No repair could be confirmed by solving."
        return
    many = len(together.entries) > 1
    yield f"The smallest change found that gives a plan{', all of it together' if many else ''} (confirmed by solving):"
    yield from (f"  - {line}" if line[0] != " " else f"    {line}" for line in
                repair_lines(together, programme, diagnosis.known))  # fmt: skip
    single = [one for one in diagnosis.suspects if one.alone is not None and one.alone != together]
    if single:
        yield "Or one of these alone (each confirmed by solving):"
        for suspect in sorted(single, key=lambda one: one.alone.cost if one.alone else 0.0):
            if suspect.alone is not None:
                yield from (f"  - {line}" if line[0] != " " else f"    {line}" for line in
                            repair_lines(suspect.alone, programme, diagnosis.known))  # fmt: skip
    yield f"The first as an option, in a file beside {programme.policy.path.name}:"
    yield from (f"    {line}" for line in file_lines(option_of(together, programme)))


def _line(suspect: Suspect) -> str:
    return f"line {suspect.place.line}" if suspect.place.line else suspect.place.column


def _set_by(suspect: Suspect) -> str:
    return f", set by {suspect.set_by}" if suspect.set_by else ""


def _rows_in_words(programme: Programme, suspect: Suspect) -> Iterator[str]:
    lines = list(dict.fromkeys(_row(programme, rows, place) for rows, place in suspect.rows))
    yield from lines[:_ROWS_SHOWN]
    more = len(lines) - _ROWS_SHOWN
    if more > 0:
        yield f"and {counted(more, 'more limit')} of it"


def _row(programme: Programme, rows: Rows, place: int) -> str:
    """`2027/28, north: at most 300 starts`; a share of a decision as its entry has it: `max_increase 0.25`."""
    limit, settings = limit_of(rows), programme.evidence.settings
    at = where_of(rows, place, settings)
    if limit.number is not None and of_decision(limit):
        entry = next(entry for entry in programme.policy.entries if entry.name == limit.entry)
        value = entry.values[limit.number.key]
        number = value.at(settings.years[rows.keys["year"][place]]) if hasattr(value, "at") else float(value)
        said = f"{limit.number.key} {written(number)}"
    else:
        sense = {"at_most": "at most", "at_least": "at least", "exactly": "exactly"}[limit.sense]
        what = "" if limit.quantity in (limit.unit, "spend") else limit.quantity.replace("_", " ")
        bound = float(rows.bound.constant[place])
        currency = settings.currency
        said = f"{what} {sense} {money(bound, currency) if limit.unit == currency else _in_unit(bound, limit.unit)}"
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


def _in_unit(value: float, unit: str) -> str:
    """A bound as a person reads it: no more digits than count."""
    size = abs(value)
    return f"{value:,.0f} {unit}" if size >= 100 else f"{value:.3g} {unit}"


def _broken(diagnosis: Diagnosis, constraints: Path, solve: str) -> Iterator[str]:
    """What the plan breaks that breaks the least, where the option lets rules be broken."""
    settings = diagnosis.programme.evidence.settings
    yield f"{constraints} lets some entries be broken. {solve} gives a plan, which breaks at least:"
    for one in diagnosis.broken[:_BROKEN_SHOWN]:
        amount = (
            money(one.amount, settings.currency) if one.unit == settings.currency else rounded(one.amount, one.unit)
        )
        yield f"  - “{one.entry}”{'' if one.year is None else ' in ' + settings.label(one.year)} by {amount}"
    more = len(diagnosis.broken) - _BROKEN_SHOWN
    if more > 0:
        yield f"    and {more} more"
    yield "Why they cannot all hold:"


def _evidence_alone(diagnosis: Diagnosis, inputs: Path) -> Iterator[str]:
    """No entry is at fault: the inputs themselves do not add up."""
    programme = diagnosis.programme
    yield f"No option can have a plan on {inputs}: the evidence itself does not add up, whatever is decided."
    for row, amount in diagnosis.short[:10]:
        rows, place = programme.at(row)
        at = where_of(rows, place, programme.evidence.settings)
        yield f"  - {at}: {_identity(rows.name)} by {rounded(amount, '')}"
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
    programme, settings = diagnosis.programme, diagnosis.programme.evidence.settings
    return {
        "inputs": str(inputs),
        "constraints": str(constraints),
        "plan_exists": diagnosis.plan_exists,
        "clashes": [[suspect.name for suspect in clash] for clash in diagnosis.clashes],
        "entries": [_as_json(programme, suspect) for suspect in diagnosis.suspects],
        "known": [
            {"kind": one.kind, "entry": one.entry, "year": one.year, "sentence": known_in_words(one, settings)}
            for one in diagnosis.known
        ],
        "broken": [
            {"entry": one.entry, "year": one.year, "amount": one.amount, "unit": one.unit} for one in diagnosis.broken
        ],
        "repair": as_json(diagnosis.together, programme),
        "sentences": list(sentences(diagnosis, inputs, constraints)),
    }


def _as_json(programme: Programme, suspect: Suspect) -> Mapping[str, Any]:
    rows = [_row(programme, block, place) for block, place in suspect.rows]
    return {
        "entry": suspect.name, "family": suspect.family, "file": suspect.place.file, "line": suspect.place.line,
        "rows": rows, "alone": as_json(suspect.alone, programme),
    }  # fmt: skip
