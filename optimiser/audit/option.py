"""The budget option of `used/constraints`, merged as the contract says: what is allowed, entry by entry."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from optimiser.reading import yamltext
from optimiser.reading.by_year import ByYear, read_by_year
from optimiser.reading.faults import Faults, Place
from optimiser.reading.numbers import read_flag, read_number, read_year
from optimiser.reading.yamltext import Node, Scalar, read_yaml

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "budgets": ("budget",), "training_capacity": ("route",), "skill_mix": ("task", "role"), "outsourcing": ("task",),
    "service_levels": ("task",), "fairness": ("service",), "pace": ("route",), "adoption": ("role",),
    "hold": ("route",), "cohorts": ("route",), "limits": (),
}  # fmt: skip
"""The families in the order of the contract, and what an entry without a name is called after."""

Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Entry:
    """One entry as written; a list of subjects is split unless the entry has a name of its own."""

    name: str
    family: str
    keys: Mapping[str, Node]
    financial_years: bool

    def texts(self, key: str) -> tuple[str, ...]:
        """A word or a list of words; none where the key is absent."""
        return texts(self.keys.get(key))

    def number(self, key: str) -> float | None:
        """One number, where the key is there."""
        node = self.keys.get(key)
        return read_number(node.text) if isinstance(node, Scalar) else None

    def by_year(self, key: str) -> ByYear | None:
        """A number by year, where the key is there."""
        node = self.keys.get(key)
        return None if node is None else by_year(node, self.financial_years)

    def year(self, key: str, otherwise: int) -> int:
        """A year, or the given one where the key is absent."""
        node = self.keys.get(key)
        return read_year(node.text, self.financial_years) if isinstance(node, Scalar) else otherwise

    def where(self, key: str = "where") -> Where:
        """Which part of a quantity is meant."""
        return where_of(self.keys.get(key))


@dataclass
class Option:
    """Everything an option says, after every file it extends."""

    title: str = ""
    unmet: str = "allowed"
    price_per_fte: float | None = None
    tiers: list[tuple[float | None, float]] = field(default_factory=lambda: [(None, 1.0)])
    priorities: list[tuple[str, str, Where | None]] = field(default_factory=list)
    """(name, quantity, where); `where` is None for the two built in."""
    whole_numbers: bool = False
    steady: tuple[float, Where] | None = None
    """What a start more or fewer than the year before weighs, and which starts are meant."""
    entries: dict[str, Entry] = field(default_factory=dict)

    def of_family(self, family: str) -> Iterator[Entry]:
        """The entries of one family in their order."""
        return (entry for entry in self.entries.values() if entry.family == family)


def read_option(path: Path, financial_years: bool) -> Option:
    """The option in a file. Raises FaultsFound where a copy cannot be read."""
    files = _chain(path)
    # A title is the file's own: an option that extends another is not called the same.
    title = files[0].get("title") if files else None
    option = Option(title=title.text if isinstance(title, Scalar) else path.stem)
    for file in reversed(files):
        _lay_over(option, file, financial_years)
    if option.unmet == "priced":
        option.priorities = [("cost", "cost", None)]
    option.priorities = option.priorities or [("unmet", "unmet", None), ("cost", "cost", None)]
    return option


def _chain(path: Path) -> list[yamltext.Mapping]:
    """The file and all it extends, the one named first."""
    files: list[yamltext.Mapping] = []
    seen: set[Path] = set()
    at: Path | None = path
    while at is not None:
        faults = Faults()
        node = read_yaml(at, faults, str(at))
        faults.stop_if_any()
        if not isinstance(node, yamltext.Mapping):
            faults.add("not-keys", Place(str(at)), "no keys and values", "a constraints file")
            faults.stop_if_any()
            break
        if at.resolve() in seen:
            faults.add("extends-circular", Place(str(at)), "a file that extends itself", "a chain of files that ends")
            faults.stop_if_any()
        seen.add(at.resolve())
        files.append(node)
        extends = node.get("extends")
        at = Path(os.path.normpath(at.parent / extends.text)) if isinstance(extends, Scalar) else None
    return files


def _lay_over(option: Option, file: yamltext.Mapping, financial_years: bool) -> None:
    """One file on top of what it extends."""
    for key, _, node in file.items:
        if key == "whole_numbers" and isinstance(node, Scalar):
            option.whole_numbers = read_flag(node.text)
        elif key == "priorities" and isinstance(node, yamltext.Sequence):
            option.priorities = list(_priorities(node))
        elif key == "steady" and isinstance(node, yamltext.Mapping):
            before, chosen = option.steady or (0.0, {})
            weight, where = node.get("weight"), node.get("where")
            number = read_number(weight.text) if isinstance(weight, Scalar) else before
            option.steady = (number, chosen if where is None else where_of(where))
        elif key == "demand" and isinstance(node, yamltext.Mapping):
            _demand(option, node)
        elif key in SUBJECTS and isinstance(node, yamltext.Sequence):
            for item in node.items:
                if isinstance(item, yamltext.Mapping):
                    _entry(option, key, item, financial_years)


def _entry(option: Option, family: str, node: yamltext.Mapping, financial_years: bool) -> None:
    """Add an entry, put it in the place of the inherited one of its name, or take that one away."""
    keys = {key: value for key, _, value in node.items}
    drop, name = keys.get("drop"), keys.get("name")
    if isinstance(drop, Scalar) and read_flag(drop.text) and isinstance(name, Scalar):
        option.entries.pop(name.text, None)
        return
    if isinstance(name, Scalar):
        option.entries[name.text] = Entry(name.text, family, keys, financial_years)
        return
    by_area = " by area" if "area" in texts(keys.get("each")) else ""
    subjects = SUBJECTS[family]
    for codes in product(*(texts(keys[subject]) for subject in subjects)):
        own = {subject: Scalar(code, node.line) for subject, code in zip(subjects, codes, strict=True)}
        called = " ".join((family, *codes)) + by_area
        option.entries[called] = Entry(called, family, {**keys, **own}, financial_years)


def _demand(option: Option, node: yamltext.Mapping) -> None:
    for key, _, value in node.items:
        if key == "unmet" and isinstance(value, Scalar):
            option.unmet = value.text
        elif key == "price_per_fte" and isinstance(value, Scalar):
            option.price_per_fte = read_number(value.text)
        elif key == "tiers" and isinstance(value, yamltext.Sequence):
            option.tiers = [_tier(item) for item in value.items if isinstance(item, yamltext.Mapping)]


def _tier(node: yamltext.Mapping) -> tuple[float | None, float]:
    up_to, weight = node.get("up_to"), node.get("weight")
    share = read_number(up_to.text) if isinstance(up_to, Scalar) else None
    return share, read_number(weight.text) if isinstance(weight, Scalar) else 1.0


def _priorities(node: yamltext.Sequence) -> Iterator[tuple[str, str, Where | None]]:
    """Each priority with its name; a second one of a name gets a number."""
    taken = {item.text for item in node.items if isinstance(item, Scalar)}
    for item in node.items:
        if isinstance(item, Scalar):
            yield item.text, item.text, None
        elif isinstance(item, yamltext.Mapping):
            (quantity,) = texts(item.get("quantity"))
            name, number = quantity, 2
            while name in taken:
                name, number = f"{quantity}_{number}", number + 1
            taken.add(name)
            yield name, quantity, where_of(item.get("where"))


def by_year(node: Node, financial_years: bool) -> ByYear:
    """A number by year. Raises FaultsFound where it is none."""
    faults = Faults()
    value = read_by_year(node, faults, Place(), financial_years)
    faults.stop_if_any()
    return ByYear.of(0.0) if value is None else value


def where_of(node: Node | None) -> Where:
    """Keys with a value or a list of values; nothing selects everything."""
    if not isinstance(node, yamltext.Mapping):
        return {}
    return {key: texts(value) for key, _, value in node.items}


def texts(node: Node | None) -> tuple[str, ...]:
    """A word, or the words of a list."""
    if isinstance(node, Scalar):
        return (node.text,)
    if isinstance(node, yamltext.Sequence):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return ()
