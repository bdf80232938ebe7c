"""What an option says, and what it changes of what it extends, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from optimiser.constraints.families import BY_NAME
from optimiser.constraints.families.priorities import Wanted
from optimiser.constraints.keys import SECTIONS, TOP, Key
from optimiser.constraints.limit import Priority, Selection, Tier, Where
from optimiser.constraints.policy import Changed
from optimiser.inputs.settings import Settings
from optimiser.plan.frame import Frame
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Place
from optimiser.text.wording import money, symbol

CHANGES = "changes.csv"
_NOTHING = "none"


def where_words(where: Where) -> str:
    """`kind degree or apprenticeship, region north`."""
    return ", ".join(f"{key} {' or '.join(codes)}" for key, codes in where.items())


def value_words(value: object) -> str:
    """A value of an entry as compare and changes show it; `none` where there is none."""
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ByYear):
        return value.words()
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, Selection):
        return f"{value.quantity} ({where_words(value.where)})" if value.where else value.quantity
    if isinstance(value, Wanted):
        return value_words(value.priority)
    if isinstance(value, Priority):
        return f"{value.name} ({where_words(value.where)})" if value.where else value.name
    if isinstance(value, Tier):
        return f"weight {value.weight:g}" + (f" up to {value.up_to:g}" if value.up_to is not None else "")
    if isinstance(value, Mapping):
        return where_words(value)
    return ", ".join(map(value_words, value)) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class _Words:
    """How the numbers of one key are said: money, shares as per cent, or as they are."""

    settings: Settings
    kind: str

    def number(self, value: float) -> str:
        if self.kind == "share":
            return f"{100 * value:,.6g} %"
        return money(value, self.settings.currency) if self.kind == "money" else f"{value:,.6g}"

    def exact(self, value: float) -> str:
        sign = symbol(self.settings.currency) if self.kind == "money" else ""
        return f"{sign}{value:,.10g}"

    def both(self, before: ByYear, after: ByYear) -> str:
        """`£156.2m → £187.4m from 2026/27`; otherwise each as it runs over the years."""
        years = self.settings.years
        old, new = _steps(before, years), _steps(after, years)
        turn = next((year for year in years if _at(before, year) != _at(after, year)), None)
        if len(old) == 1 and turn is not None and [year for year, _ in new] in ([years[0]], [years[0], turn]):
            since = f" from {self.settings.label(turn)}" if turn != years[0] else ""
            a, b = old[0][1], new[-1][1]
            say = self.exact if a is None or b is None or self.number(a) == self.number(b) else self.number
            return f"{_NOTHING if a is None else say(a)} → {_NOTHING if b is None else say(b)}{since}"
        return f"{self.by_year(before)} → {self.by_year(after)}"

    def by_year(self, value: ByYear) -> str:
        """`£170.0m from 2026/27, £180.0m from 2028/29`, `300 in 2024/25 to 602 in 2032/33`."""
        label = self.settings.label
        if value.ramp:
            points = zip(value.years, value.values, strict=True)
            return " to ".join(f"{self.number(number)} in {label(year)}" for year, number in points)
        if value.first_year is None and len(value.values) == 1:
            return self.number(value.values[0])
        steps = _steps(value, self.settings.years)
        return ", ".join(f"{self.number(number)} from {label(year)}" for year, number in steps if number is not None)


def _at(value: ByYear, year: int) -> float | None:
    return None if value.first_year is not None and year < value.first_year else value.at(year)


def _steps(value: ByYear, years: Sequence[int]) -> list[tuple[int, float | None]]:
    """The first year of each run of years with the same number."""
    return [(next(run), number) for number, run in groupby(years, lambda year: _at(value, year))]


def _kind(key: Key) -> str:
    if key.is_money:
        return "money"
    return "share" if key.most == 1 else "number"


def _key(change: Changed) -> Key:
    family = BY_NAME.get(change.family)
    declared = family.keys if family is not None else SECTIONS.get(change.entry, TOP)
    return next(key for key in declared if key.name == change.key)


def _arrow(change: Changed, settings: Settings) -> str:
    """`£156.2m → £187.4m from 2026/27 (times 1.2)`."""
    words, before, after = _Words(settings, _kind(_key(change))), change.before, change.after
    if isinstance(before, ByYear) and isinstance(after, ByYear):
        said = words.both(before, after)
    else:
        said = f"{_said(before, words)} → {_said(after, words)}"
    return f"{said} ({_relative(change, settings)})" if change.relative is not None else said


def _relative(change: Changed, settings: Settings) -> str:
    """`times 1.2`; the year stands before it already where there is only one."""
    if change.relative is None:
        return ""
    amount = change.relative.amount
    if len(amount.values) == 1:
        return f"{change.relative.how} {amount.values[0]:,.10g}"
    return change.relative.words(settings.financial_years)


def _said(value: Any, words: _Words) -> str:
    if isinstance(value, ByYear):
        return words.by_year(value)
    return words.number(value) if isinstance(value, float) else value_words(value)


def changes_frame(changes: Sequence[Changed], settings: Settings) -> Frame:
    """changes.csv: entry, key, what the option inherits, what it makes of it, and how it says so."""
    rows: list[tuple[str, str, str, str, str]] = []
    for change in changes:
        if change.how == "dropped":
            rows.append((change.entry, "", "", "", "dropped"))
            continue
        words = _Words(settings, _kind(_key(change)))
        how = _relative(change, settings) if change.relative is not None else change.how
        before = "" if change.before is None else _said(change.before, words)
        after = "" if change.after is None else _said(change.after, words)
        rows.append((change.entry, change.key, before, after, "taken away" if change.after is None else how))
    names = ("entry", "key", "inherited", "here", "how")
    return Frame("changes", {name: [row[place] for row in rows] for place, name in enumerate(names)})


def change_lines(changes: Sequence[Changed], settings: Settings) -> Iterator[str]:
    """One line for each change: what was, what is, and the lines of the files that say so."""
    for (entry, how), group in groupby(changes, lambda one: (one.entry, one.how)):
        found = list(group)
        if how == "changed":
            for one in found:
                name = f"{entry}: {one.key}" if entry else one.key
                yield f"{name} {_arrow(one, settings)}{_from(one.places)}"
            continue
        if how == "dropped":
            yield f"{entry}: dropped{_from(found[0].places)}"
            continue
        said = [f"{one.key} {_said(one.after, _Words(settings, _kind(_key(one))))}" for one in found]
        yield f"{entry}: new: {', '.join(said)}{_from(found[0].places)}"


def _from(places: Sequence[Place]) -> str:
    """`; from flat-real.yaml line 7, mine.yaml line 4`."""
    said = [f"{Path(place.file).name} {place.cell or f'line {place.line}'}" for place in places]
    return f"; from {', '.join(dict.fromkeys(said))}" if said else ""
