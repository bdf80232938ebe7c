"""Reads the option of `used/constraints`, merged as the contract says: what is allowed, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from optimiser.inputs.read.workbook_options import Layout, extended, in_workbook, read_option_book
from optimiser.text import yamltext
from optimiser.text.by_year import ByYear, read_by_year
from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import read_flag, read_number, read_year
from optimiser.text.yamltext import Node, Scalar, read_yaml

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "budgets": ("budget",), "training_capacity": ("route",), "skill_mix": ("task", "role"), "outsourcing": ("task",),
    "service_levels": ("task",), "fairness": ("service",), "pace": ("route",), "adoption": ("role",),
    "hold": ("route",), "cohorts": ("route",), "limits": (),
}  # fmt: skip
"""The families in the order of the contract, and what an entry without a name is called after."""

LAYOUT = Layout(
    dict.fromkeys(SUBJECTS, ("name", "budget", "route", "task", "role", "quantity", "set_by", "reference")),
    ("route", "task", "role", "each"),
    ("where", "of"),
)
"""What a workbook's sheets hold: words that mark a header, lists, and keys with values."""

Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Number:
    """Hold a number by year as one file wrote it, with the later files' ("times" or "plus", amount) in turn."""

    written: ByYear
    steps: tuple[tuple[str, ByYear], ...] = ()

    def at(self, year: int) -> float:
        """Return the number in a year; a step counts from its first year on."""
        value = self.written.at(year)
        for how, amount in self.steps:
            if amount.years and year < amount.years[0]:
                continue
            value = value * amount.at(year) if how == "times" else value + amount.at(year)
        return value


@dataclass(frozen=True)
class Entry:
    """Hold one entry as written; a list of subjects is split unless the entry has a name of its own."""

    name: str
    family: str
    keys: Mapping[str, Node]
    financial_years: bool
    steps: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """What files that extend the first do to a key's number: `{times: …}` or `{plus: …}`, in turn."""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a word or a list of words; none where the key is absent."""
        return texts(self.keys.get(key))

    def number(self, key: str) -> float | None:
        """Return one number; None where the key is absent."""
        found = self.by_year(key)
        return None if found is None else found.at(0)

    def by_year(self, key: str) -> Number | None:
        """Return a number by year; None where the key is absent."""
        node = self.keys.get(key)
        return None if node is None else number_of(node, self.steps.get(key, ()), self.financial_years)

    def year(self, key: str, otherwise: int) -> int:
        """Return a year, or the given one where the key is absent."""
        node = self.keys.get(key)
        return read_year(node.text, self.financial_years) if isinstance(node, Scalar) else otherwise

    def where(self, key: str = "where") -> Where:
        """Return which part of a quantity is meant."""
        return where_of(self.keys.get(key))


@dataclass
class Option:
    """Hold everything in an option, after every file it extends."""

    title: str = ""
    demand: Entry = field(default_factory=lambda: Entry("", "demand", {}, False))
    priorities: list[tuple[str, str, Where | None]] = field(default_factory=list)
    """(name, quantity, where); `where` is None for the two built in."""
    whole_numbers: bool = False
    steady_keys: Entry = Entry("", "steady", {}, False)
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def may_break(self) -> bool:
        """Return whether any entry lets its rows be broken."""
        return any("may_break" in entry.keys for entry in self.entries.values())

    @property
    def unmet(self) -> str:
        """Return whether demand may go unmet: allowed, forbidden or priced."""
        return (*self.demand.texts("unmet"), "allowed")[0]

    @property
    def price_per_fte(self) -> float | None:
        """Return the price of unmet demand; None where there is none."""
        return self.demand.number("price_per_fte")

    @property
    def tiers(self) -> list[tuple[float | None, float]]:
        """Return where each slice of a shortage ends, and what it weighs."""
        node = self.demand.keys.get("tiers")
        items = node.items if isinstance(node, yamltext.Sequence) else ()
        return [_tier(item) for item in items if isinstance(item, yamltext.Mapping)] or [(None, 1.0)]

    @property
    def steady(self) -> tuple[float, Where] | None:
        """Return what a start more or fewer than the year before weighs, and which starts are meant; or None."""
        weight = self.steady_keys.number("weight")
        return None if weight is None else (weight, self.steady_keys.where())

    def of_family(self, family: str) -> Iterator[Entry]:
        """Yield the entries of one family in their order."""
        return (entry for entry in self.entries.values() if entry.family == family)


def read_option(path: Path, financial_years: bool) -> Option:
    """Read the option in a file. Raises FaultsFound where a copy cannot be read."""
    option = Option(title=path.stem)
    for file in reversed(_chain(path)):
        option.title = path.stem  # A title is never inherited.
        _lay_over(option, file, financial_years)
    if option.unmet == "priced":
        option.priorities = [("cost", "cost", None)]
    option.priorities = option.priorities or [("unmet", "unmet", None), ("cost", "cost", None)]
    return option


def _chain(path: Path) -> list[yamltext.Mapping]:
    """Read the file and all it extends, the one named first."""
    files: list[yamltext.Mapping] = []
    seen: set[Path] = set()
    at: Path | None = path
    while at is not None:
        faults = Faults()
        book = in_workbook(at)
        written = None if book is None else read_option_book(book, LAYOUT, faults)
        node = written.node if written is not None else None if book is not None else read_yaml(at, faults, str(at))
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
        at = extended(at, extends.text) if isinstance(extends, Scalar) else None
    return files


def _lay_over(option: Option, file: yamltext.Mapping, financial_years: bool) -> None:
    """Lay one file over what it extends."""
    for key, _, node in file.items:
        if isinstance(node, Scalar) and node.text == "none" and not node.quoted:
            _take_away(option, key)
        elif key == "title" and isinstance(node, Scalar):
            option.title = node.text
        elif key == "whole_numbers" and isinstance(node, Scalar):
            option.whole_numbers = read_flag(node.text)
        elif key == "priorities" and isinstance(node, yamltext.Sequence):
            option.priorities = list(_priorities(node))
        elif key in ("demand", "steady") and isinstance(node, yamltext.Mapping):
            _keyed(option, key, node, financial_years)
        elif key in SUBJECTS and isinstance(node, yamltext.Sequence):
            for item in node.items:
                if isinstance(item, yamltext.Mapping):
                    _entry(option, key, item, financial_years)


def _take_away(option: Option, key: str) -> None:
    """Take away what is inherited of a key, for `key: none` at the top of a file."""
    if key == "whole_numbers":
        option.whole_numbers = False
    elif key == "priorities":
        option.priorities = []
    elif key == "demand":
        option.demand = Entry("", "demand", {}, False)
    elif key == "steady":
        option.steady_keys = Entry("", "steady", {}, False)
    else:
        option.entries = {name: entry for name, entry in option.entries.items() if entry.family != key}


def _entry(option: Option, family: str, node: yamltext.Mapping, financial_years: bool) -> None:
    """Add an entry, change the keys it gives of the inherited one of its name, or take that one away."""
    keys = {key: value for key, _, value in node.items}
    drop, name = keys.get("drop"), keys.get("name")
    if isinstance(drop, Scalar) and read_flag(drop.text) and isinstance(name, Scalar):
        option.entries.pop(name.text, None)
        return
    if isinstance(name, Scalar):
        inherited = option.entries.get(name.text, Entry(name.text, family, {}, financial_years))
        option.entries[name.text] = _changed(inherited, keys)
        return
    by_area = " by area" if "area" in texts(keys.get("each")) else ""
    subjects = SUBJECTS[family]
    for codes in product(*(texts(keys[subject]) for subject in subjects)):
        own = {subject: Scalar(code, node.line, True) for subject, code in zip(subjects, codes, strict=True)}
        called = " ".join((family, *codes)) + by_area
        inherited = option.entries.get(called, Entry(called, family, {}, financial_years))
        option.entries[called] = _changed(inherited, {**keys, **own})


def _changed(entry: Entry, own: Mapping[str, Node]) -> Entry:
    """Change an entry by a later file's keys: replace, take away (none), or go a step further (times, plus)."""
    keys, steps = dict(entry.keys), dict(entry.steps)
    for key, node in own.items():
        if isinstance(node, yamltext.Mapping) and any(how in node.keys for how in ("times", "plus")):
            steps[key] = (*steps.get(key, ()), node)
            continue
        steps.pop(key, None)
        if isinstance(node, Scalar) and node.text == "none" and not node.quoted:
            keys.pop(key, None)
        else:
            keys[key] = node
    return replace(entry, keys=keys, steps=steps)


def _keyed(option: Option, key: str, node: yamltext.Mapping, financial_years: bool) -> None:
    """Lay the keys of `demand` or `steady` over the inherited ones."""
    inherited = replace(option.demand if key == "demand" else option.steady_keys, financial_years=financial_years)
    changed = _changed(inherited, {name: value for name, _, value in node.items})
    if key == "demand":
        option.demand = changed
    else:
        option.steady_keys = changed


def _tier(node: yamltext.Mapping) -> tuple[float | None, float]:
    up_to, weight = node.get("up_to"), node.get("weight")
    share = read_number(up_to.text) if isinstance(up_to, Scalar) else None
    return share, read_number(weight.text) if isinstance(weight, Scalar) else 1.0


def _priorities(node: yamltext.Sequence) -> Iterator[tuple[str, str, Where | None]]:
    """Yield each priority with its name; a second one of a name gets a number."""
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


def number_of(node: Node, steps: Sequence[Node], financial_years: bool) -> Number:
    """Read a number by year with what later files make of it. Raises FaultsFound where one of them is none."""
    said = [(step.keys[0], step.items[0][2]) for step in steps if isinstance(step, yamltext.Mapping)]
    later = tuple((how, by_year(amount, financial_years)) for how, amount in said)
    return Number(by_year(node, financial_years), later)


def by_year(node: Node, financial_years: bool) -> ByYear:
    """Read a number by year. Raises FaultsFound where it is none."""
    faults = Faults()
    value = read_by_year(node, faults, Place(), financial_years)
    faults.stop_if_any()
    return ByYear.of(0.0) if value is None else value


def where_of(node: Node | None) -> Where:
    """Read keys with a value or a list of values; an empty selection selects everything."""
    if not isinstance(node, yamltext.Mapping):
        return {}
    return {key: texts(value) for key, _, value in node.items}


def texts(node: Node | None) -> tuple[str, ...]:
    """Return a word, or the words of a list."""
    if isinstance(node, Scalar):
        return (node.text,)
    if isinstance(node, yamltext.Sequence):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return ()
