"""Gives every family's function what it needs to turn a typed entry into limits, and to report faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optimiser.constraints.limit import EntryNumber, Limit, Part, Selection, Sense, Where
from optimiser.constraints.policy import Entry, Unmet
from optimiser.constraints.selection import A_CODE, can_be_outsourced, codes_of, known_codes, pairs, titles_of, unit_of
from optimiser.inputs.evidence import Evidence
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Faults, by_title, did_you_mean
from optimiser.text.numbers import quoted

BY_YEAR = ("year",)
BY_AREA = ("area", "year")
Numbers = tuple[float, ...]
"""One number for each modelled year."""


@dataclass(frozen=True)
class Context:
    """Hold what an entry is checked against: the evidence, and the rest of the option after merging."""

    evidence: Evidence
    faults: Faults
    entries: tuple[Entry, ...]
    whole_numbers: bool
    unmet: Unmet = "allowed"
    unread: frozenset[str] = frozenset()
    """Families of which some entry could not be read, so that nothing they lack is reported."""

    @property
    def years(self) -> tuple[int, ...]:
        """Return the modelled years as calendar years."""
        return self.evidence.settings.years

    @property
    def zeros(self) -> Numbers:
        """Return 0 for every modelled year."""
        return (0.0,) * len(self.years)

    @property
    def ones(self) -> Numbers:
        """Return 1 for every modelled year."""
        return (1.0,) * len(self.years)

    def fault(self, entry: Entry, path: Sequence[str], code: str, found: str, expected: str, mend: str = "") -> None:
        """Record a fault at a key of an entry."""
        self.faults.add(code, entry.place_of(*path), found, expected, mend)

    def numbers(self, entry: Entry, key: str, first: int | None = None) -> Numbers | None:
        """Return a key's value in every modelled year; None where the key is absent or starts too late.

        `first` is the first year it is needed for (otherwise the first modelled one); years before it have
        that year's value, and no row.
        """
        value = entry.values.get(key)
        if not isinstance(value, ByYear):
            return None
        first = self.years[0] if first is None else first
        if value.first_year is not None and value.first_year > first:
            label = self.evidence.settings.label
            found, expected = f"a value that starts in {label(value.first_year)}", f"one from {label(first)} on"
            self.fault(entry, [key], "starts-late", found, expected, f"Add what holds in {label(first)}.")
            return None
        return tuple(value.at(max(year, first)) for year in self.years)

    def span(self, entry: Entry) -> tuple[int, ...] | None:
        """Return the modelled years `from`..`to` (all where neither is given); None where a fault was recorded."""
        modelled, label, sound = self.years, self.evidence.settings.label, True
        for key in ("from", "to"):
            year = entry.values.get(key, modelled[0])
            if year not in modelled:
                found, expected = label(year), f"a year from {label(modelled[0])} to {label(modelled[-1])}"
                self.fault(entry, [key], "year-outside", found, expected, "Only modelled years have limits.")
                sound = False
        first, last = entry.values.get("from", modelled[0]), entry.values.get("to", modelled[-1])
        if sound and first > last:
            found = f"from {label(first)} to {label(last)}"
            self.fault(entry, ["from"], "from-after-to", found, "from no later than to", "Swap them.")
            sound = False
        return tuple(year for year in modelled if first <= year <= last) if sound else None

    def needs(self, entry: Entry, key: str, other: str) -> None:
        """Record a fault where a key is given without the one it belongs to."""
        if key in entry.values and other not in entry.values:
            found, mend = f"{key} without {other}", f"Add {other}, or remove {key}."
            self.fault(entry, [key], f"no-{other.replace('_', '-')}", found, other, mend)

    def known(self, entry: Entry, key: str) -> tuple[str, ...]:
        """Return the codes of a key that the inputs know; record a fault for each other one."""
        given = entry.values[key]
        codes = (given,) if isinstance(given, str) else given
        known = codes_of(self.evidence, key)
        for code in codes:
            if code not in known:
                mend = by_title(code, titles_of(self.evidence, key)) or did_you_mean(code, known)
                self.fault(entry, [key, code], f"unknown-{key}", quoted(code), A_CODE[key], mend)
        return tuple(code for code in codes if code in known)

    def check_codes(self, entry: Entry) -> None:
        """Record a fault for each unknown code of an entry that cannot be expanded, because other values are faulty."""
        for key in ("budget", "route", "task", "role", "service"):
            if key in entry.values:
                self.known(entry, key)
        quantity, of = entry.values.get("quantity"), entry.values.get("of")
        if quantity is not None:
            known_codes(Selection(quantity, entry.values.get("where", {})), self.evidence, self.faults, entry.place_of)
        if of is not None:
            known_codes(of, self.evidence, self.faults, lambda *path: entry.place_of("of", *path))

    def tasks_with_demand(self, entry: Entry) -> Iterator[str]:
        """Yield the entry's known tasks; record a fault for each that no area demands."""
        for task in self.known(entry, "task"):
            if self.evidence.has_demand[:, self.evidence.tasks.index(task)].any():
                yield task
            else:
                found = f"{quoted(task)}, which no area demands"
                mend = "Add its demand to the inputs, or remove the entry."
                self.fault(entry, ["task", task], "no-demand", found, "a task with demand", mend)

    def routes_with_past(self, entry: Entry) -> Iterator[str]:
        """Yield the entry's known routes; record a fault for each without past starts in some area."""
        evidence = self.evidence
        for route in self.known(entry, "route"):
            there = evidence.has_past_starts[:, evidence.routes.index(route)]
            if there.all():
                yield route
                continue
            missing = [area for area, has in zip(evidence.areas, there, strict=True) if not has]
            year = evidence.settings.label(evidence.settings.first_year - 1)
            shown = ", ".join(missing[:6]) + (f" and {len(missing) - 6} more" if len(missing) > 6 else "")
            found = f"{quoted(route)} without past starts in {shown}"
            mend = f"Add the rows to past_starts.csv, up to {year} (write 0 where there were none)."
            self.fault(entry, ["route", route], "no-past-starts", found, "past starts in every area", mend)

    def can_do(self, entry: Entry, role: str, task: str) -> bool:
        """Return True where productivity.csv has the role and task; otherwise record a fault."""
        if (role, task) in pairs(self.evidence):
            return True
        found, mend = f"{role} with {task}", "Add the pair to productivity.csv, or remove it here."
        self.fault(entry, ["role", role], "no-such-pair", found, "a role and task of productivity.csv", mend)
        return False

    def can_be_outsourced(self, entry: Entry, task: str) -> bool:
        """Return True where costs.csv has a price for a unit of the task; otherwise record a fault."""
        if can_be_outsourced(self.evidence)[self.evidence.tasks.index(task)]:
            return True
        found, mend = (
            f"{quoted(task)}, which has no outsourced-unit row",
            "Add the row to costs.csv, or remove it here.",
        )
        self.fault(entry, ["task", task], "not-outsourced", found, "a task that can be outsourced", mend)
        return False

    def ordered(self, entry: Entry, low: str, high: str) -> bool:
        """Return True where `low` is never above `high`; otherwise no plan could keep both: record a fault."""
        least, most = self.numbers(entry, low), self.numbers(entry, high)
        if least is None or most is None:
            return True
        for year, a, b in zip(self.years, least, most, strict=True):
            if a > b:
                label = self.evidence.settings.label(year)
                found, mend = f"{low} {a:g} above {high} {b:g} in {label}", f"Lower {low} or raise {high}."
                self.fault(entry, [low], "min-above-max", found, f"{low} of at most {high}", mend)
                return False
        return True


def label_of(entry: Entry, **codes: str) -> str:
    """Return the start of a limit's label: the entry's name, and the codes of its subjects where it has several."""
    return "/".join((entry.name, *(code for key, code in codes.items() if len(entry.values[key]) > 1)))


def limit(
    entry: Entry,
    context: Context,
    quantity: str,
    where: Where,
    sense: Sense,
    *,
    label: str,
    each: tuple[str, ...] = BY_AREA,
    constant: Numbers | None = None,
    parts: tuple[Part, ...] = (),
    plus: tuple[Part, ...] = (),
    years: Sequence[int] | None = None,
    name: str = "",
    unit: str = "",
    follows: tuple[str, Numbers] | None = None,
    number: EntryNumber | None = None,
    with_volume: bool = False,
    always_holds: bool = False,
) -> Limit:
    """Make one limit of an entry, with its name, owner and place; one that always holds may not be broken."""
    return Limit(
        label=label,
        name=name or entry.name,
        family=entry.family,
        quantity=quantity,
        where=where,
        each=each,
        sense=sense,
        constant=context.zeros if constant is None else constant,
        years=tuple(context.years if years is None else years),
        unit=unit or unit_of(Selection(quantity, where), context.evidence),
        place=entry.place,
        plus=plus,
        parts=parts,
        set_by=entry.set_by,
        reference=entry.reference,
        follows=follows,
        number=number,
        with_volume=with_volume,
        entry=entry.name,
        may_break=None if always_holds else entry.values.get("may_break"),
    )
