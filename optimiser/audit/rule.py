"""Describes one row of a limit as the audit words it, and names the rows of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimiser.audit.option import SUBJECTS, Entry, Where, texts, where_of
from optimiser.text import yamltext


@dataclass(frozen=True)
class Rule:
    """Hold one row of one limit: level (sense) bound."""

    name: str
    family: str
    where: Where
    keys: Mapping[str, str]
    """The row's own keys: what `each` makes rows by."""
    sense: str
    unit: str
    level: float
    bound: float
    otherwise: float | None = None
    """Another bound that would be as right (a cohort of nobody may run or not)."""
    label: str = ""
    """What the row's own duals are called by: the name, with the subject and the key where there are several."""
    follows: bool = False
    """True where easing the number eases another row as well, so that its price may not be nothing."""
    always_holds: bool = False
    """True for what may never be broken, whatever the entry says."""
    may_break: bool = False
    """True where the entry lets the row be broken."""

    @property
    def over(self) -> float:
        """Return by how much the plan breaks the row; 0 where it keeps to it."""
        above, below = self.level - self.bound, self.bound - self.level
        return max(0.0, {"at_most": above, "at_least": below, "exactly": abs(above)}[self.sense])


def label_of(entry: Entry, where: Where, part: str = "") -> str:
    """Join an entry's name, the code of each of its subjects that is a list, and the key a row comes from."""
    several = (subject for subject in SUBJECTS.get(entry.family, ()) if len(entry.texts(subject)) > 1)
    return "/".join((entry.name, *(where[subject][0] for subject in several), *((part,) if part else ())))


def where_and_quantity(entry: Entry) -> tuple[str, Where] | None:
    """Return what the number of a limit is a share of; None where it is a number by itself."""
    node = entry.keys.get("of")
    if not isinstance(node, yamltext.Mapping):
        return None
    (quantity,) = texts(node.get("quantity"))
    return quantity, where_of(node.get("where"))
