"""Puts a repair into sentences, into lines for a constraints file, and into keys and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimiser.diagnose.already_certain import Known
from optimiser.diagnose.clash import WHOLE
from optimiser.diagnose.numbers import family_of
from optimiser.diagnose.repair import Change, Repair
from optimiser.inputs.settings import Settings
from optimiser.model.programme import Programme
from optimiser.text.by_year import ByYear

UNMET = "demand unmet"

Value = ByYear | float | int | None


def repair_lines(repair: Repair, programme: Programme, known: tuple[Known, ...]) -> Iterator[str]:
    """Each change as a sentence of one line."""
    settings = programme.evidence.settings
    for change in repair.changes:
        was = "" if change.before is None else f" instead of {in_words(change, change.before, settings)}"
        yield f"“{change.entry}”: {change.key} {in_words(change, change.after, settings)}{was}."
        if _of_what_goes_unmet(change, programme):
            yield from _out_of_reach(change, settings, known)
    for entry in repair.dropped:
        yield f"“{entry}”: {_without(entry)}."


def in_words(change: Change, value: Value, settings: Settings) -> str:
    """`0.87 from 2028, 0.91 from 2030`, exactly as the number is to be written; a year as people see it."""
    if change.key in ("from", "to") and value is not None and not isinstance(value, ByYear):
        return settings.label(int(value))
    if not isinstance(value, ByYear):
        return written(0.0 if value is None else value)
    if not value.years:
        return written(value.values[0])
    between, word = (" to ", "in") if value.ramp else (", ", "from")
    return between.join(
        f"{written(number)} {word} {settings.label(year)}" if year > 0 else written(number)
        for year, number in zip(value.years, value.values, strict=True)
    )


def written(number: float) -> str:
    """A number as it can be written in a constraints file, to the last digit: `1_250_000`, `0.87`."""
    if float(number).is_integer():
        return f"{int(number):_}" if abs(number) >= 10_000 else str(int(number))
    return repr(float(number))


def _of_what_goes_unmet(change: Change, programme: Programme) -> bool:
    """True for a share of a volume that must be met: a level that may be out of reach in the first years alone."""
    return any(
        limit.quantity == "unmet" and limit.number is not None
        and (limit.entry, limit.number.key, limit.number.acts_on) == (change.entry, change.key, "volume")
        and limit.number.sign < 0
        for limit in programme.policy.limits
    )  # fmt: skip


def _out_of_reach(change: Change, settings: Settings, known: tuple[Known, ...]) -> Iterator[str]:
    """`95 % is out of reach; 87 % from 2030/31 is not.`: the level that every year from then on can keep."""
    after, before = change.after, change.before
    if not isinstance(after, ByYear) or not isinstance(before, ByYear):
        return
    most = max(before.values)
    soon = [one.earliest for one in known if one.entry == change.entry and one.earliest is not None]
    first = max([*(year for year in after.years[:1]), *soon], default=settings.first_year)
    level = min(after.at(year) for year in settings.years if year >= first)
    yield f"  {_share(most)} in every year is out of reach; {_share(level)} from {settings.label(first)} is not."


def _share(share: float) -> str:
    """`97 %`, `87.5 %`."""
    return f"{round(100 * share, 3):.10g} %"


def _without(entry: str) -> str:
    if entry == WHOLE:
        return "allow parts of people (whole_numbers: no)"
    return "allow demand to go unmet (unmet: allowed)" if entry == UNMET else "drop it"


def option_of(repair: Repair, programme: Programme) -> dict[str, Any]:
    """The repair as an option that extends the one diagnosed: what a file beside it would hold."""
    policy = programme.policy
    option: dict[str, Any] = {"title": f"{policy.title}, repaired", "extends": policy.path.name}
    by_entry: dict[tuple[str, str], dict[str, Any]] = {}
    for change in repair.changes:
        entry = by_entry.setdefault((change.family, change.entry), {"name": change.entry})
        entry[change.key] = plain(change.after)
    families = {entry.name: entry.family for entry in policy.entries if family_of(entry) is not None}
    for name in repair.dropped:
        if name in families:
            by_entry[families[name], name] = {"name": name, "drop": True}
        elif name == WHOLE:
            option["whole_numbers"] = False
        else:
            option["demand"] = {"unmet": "allowed"}
    for (family, _), entry in by_entry.items():
        option.setdefault(family, []).append(entry)
    return option


def plain(value: Value) -> Any:
    """A value by year as a number or a mapping of years to numbers."""
    if not isinstance(value, ByYear):
        return value
    if not value.years:
        return value.values[0]
    points = dict(zip(value.years, value.values, strict=True))
    return {"ramp": points} if value.ramp else points


def file_lines(option: Mapping[str, Any]) -> Iterator[str]:
    """The option as lines of YAML, one entry a line."""
    for key, value in option.items():
        if isinstance(value, list):
            yield f"{key}:"
            yield from (f"  - {_inline(entry)}" for entry in value)
        else:
            yield f"{key}: {_inline(value)}"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return written(value)
    text = str(value)
    plain_text = text.replace("_", "").replace(" ", "").replace(".", "").replace("-", "").isalnum()
    return text if plain_text and text[0].isalpha() else "'" + text.replace("'", "''") + "'"


def as_json(repair: Repair | None, programme: Programme) -> dict[str, Any] | None:
    """A repair as keys and values: each change with its value, and the whole as an option."""
    if repair is None:
        return None
    return {
        "changes": [
            {
                "entry": change.entry, "family": change.family, "key": change.key,
                "before": plain(change.before), "value": plain(change.after),
            }
            for change in repair.changes
        ],
        "drop": list(repair.dropped),
        "option": option_of(repair, programme),
    }  # fmt: skip
