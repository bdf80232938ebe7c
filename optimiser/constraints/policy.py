"""Holds an option once it is read, merged with what it extends, and expanded into limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from optimiser.constraints.limit import Carry, Cohort, CommonShare, Limit, Priority, Steady, Tier
from optimiser.constraints.relative import Relative
from optimiser.text.faults import Place

Unmet = Literal["allowed", "forbidden", "priced"]


@dataclass(frozen=True)
class Entry:
    """Hold one entry of a family after merging: one name, about one route, task or role.

    It is about several only where the user gave a list its own name.
    """

    name: str
    family: str
    place: Place
    set_by: str
    reference: str
    values: Mapping[str, Any]
    """The entry's own keys with typed values: codes as tuples, values by year as `ByYear`."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """The place of each key; of a value inside one under `route specialty` or `where role`."""

    def place_of(self, *path: str) -> Place:
        """Return the place of a key (or of a value inside one); where it is absent, of what it would be in."""
        for end in range(len(path), 0, -1):
            found = self.places.get(" ".join(path[:end]))
            if found is not None:
                return found
        return replace(self.place, column=" ".join((self.family, *path[:1])))


@dataclass(frozen=True)
class Changed:
    """Hold one thing an option changes of what it extends: a key of an entry or at the top, or a whole entry."""

    family: str
    entry: str
    key: str
    """Empty for an entry that is dropped."""
    before: Any
    """The typed value, None where there was none."""
    after: Any
    how: Literal["changed", "new", "dropped"]
    """Of the entry."""
    relative: Relative | None = None
    """What the option says of the inherited value, where it is relative to it."""
    places: tuple[Place, ...] = ()
    """The places of the inherited value and of the new one (or its removal)."""


@dataclass(frozen=True)
class Policy:
    """Hold what is allowed under one option: every limit expanded, every priority in order."""

    title: str
    path: Path
    """The file the user named."""
    files: tuple[Path, ...]
    """It and every file it extends, for hashes and copies."""
    unmet: Unmet
    price_per_fte: float | None
    """£ per weighted FTE-year of unmet demand, where unmet is priced."""
    tiers: tuple[Tier, ...]
    """At least one; the last is open. Without tiers in the file: one open tier of weight 1."""
    priorities: tuple[Priority, ...]
    steady: Steady | None
    """None where changes of intakes weigh nothing."""
    limits: tuple[Limit, ...]
    carries: tuple[Carry, ...]
    cohorts: tuple[Cohort, ...]
    common_shares: tuple[CommonShare, ...]
    whole_numbers: bool
    entries: tuple[Entry, ...]
    changes: tuple[Changed, ...] = ()
    """What the option changes of what it extends; nothing where it extends no file."""

    @property
    def of_no_entry(self) -> tuple[Limit, ...]:
        """Return the limits that no entry of a family makes: that no demand may go unmet."""
        names = {entry.name for entry in self.entries}
        return tuple(limit for limit in self.limits if limit.entry not in names)
