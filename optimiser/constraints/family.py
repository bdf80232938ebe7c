"""Declares what a family of entries is: its name, the keys of its entries, and how they become limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from optimiser.constraints.context import Context
from optimiser.constraints.keys import COMMON, MAY_BREAK, Key
from optimiser.constraints.limit import Carry, Cohort, CommonShare, Limit
from optimiser.constraints.policy import Entry

Expand = Callable[["Entry", "Context"], "Iterator[Limit | Carry | Cohort | CommonShare]"]


@dataclass(frozen=True)
class Family:
    """Declare one family: its keys, what an entry is named after, and the function that makes its limits."""

    name: str
    help: str
    subject: tuple[str, ...]
    """The keys an entry without a name is called after; a list in one of them means each separately."""
    keys: tuple[Key, ...]
    one_of: tuple[str, ...]
    """An entry needs at least one of these keys."""
    expand: Expand
    may_break: bool = True
    """Whether an entry may have `may_break`."""
    heading: str = ""
    """What a board calls an entry, before its subject: `Budget for`; empty where every entry has a name."""
    in_a_sentence: str = ""
    """What a sentence calls an entry, around its subject: `the {} budget`; empty where it goes by its name."""
    feeds: tuple[str, ...] = ("limits",)
    """The result tables that show its entries."""
    reads_others: bool = False
    """Whether its limits also depend on entries of other families."""

    @property
    def common(self) -> tuple[Key, ...]:
        """Return the keys that an entry may have beside the family's own."""
        return (*COMMON, MAY_BREAK) if self.may_break else COMMON

    @property
    def named(self) -> bool:
        """Return True where every entry must have a name, because nothing else identifies it."""
        return not self.subject

    def key(self, name: str) -> Key:
        """Return the declared key of that name. Raises KeyError where there is none."""
        return {key.name: key for key in (*self.keys, *self.common)}[name]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the names of all keys an entry may have."""
        return tuple(key.name for key in (*self.keys, *self.common))
