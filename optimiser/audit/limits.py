"""Compares limits.csv and budgets.csv with the rows the option makes, and checks that the plan keeps to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations

from optimiser.audit.difference import TOLERANCE, Difference, apart
from optimiser.audit.results import KEYS, Numbers, Results
from optimiser.audit.rule import Rule
from optimiser.audit.rules import Rules

Identity = tuple[str, ...]
_NOT_KEYS = {"limit", "family", "year", "sense", "unit"}
_FEW = 6
"""Rows of one identity up to which every way to pair them is tried (there are rarely more than two)."""


def limit_differences(rules: Rules, results: Results) -> Iterator[Difference]:
    """Yield limits that are broken, reported otherwise, missing or made up, and budgets likewise."""
    keys = _key_columns(results)
    expected: dict[Identity, list[Rule]] = defaultdict(list)
    for rule in rules.rows():
        expected[_identity(rule, keys)].append(rule)
        yield from _broken(rule, rules.one_fte(rule))
    found: dict[Identity, list[tuple[Mapping[str, str], Numbers]]] = defaultdict(list)
    for words, numbers in results.limits:
        identity = tuple(words.get(name, "") for name in ("limit", "family", *keys, "year", "sense"))
        found[identity].append((words, numbers))
    for identity in dict.fromkeys((*expected, *found)):
        yield from _paired(found[identity], expected[identity], dict(zip(_names(keys), identity, strict=True)))
    yield from _budgets(rules)


def _names(keys: tuple[str, ...]) -> tuple[str, ...]:
    return ("limit", "family", *keys, "year", "sense")


def _key_columns(results: Results) -> tuple[str, ...]:
    """Return the columns of limits.csv that give what a row is about: area, role, route, task, and any other."""
    seen = {name for words, _ in results.limits for name in words}
    return tuple(sorted({"area", "role", "route", "task", *seen} - _NOT_KEYS))


def _identity(rule: Rule, keys: tuple[str, ...]) -> Identity:
    """Return what identifies a row: a key of its own, or the one code its limit selects."""

    def code(key: str) -> str:
        only = rule.where.get(key, ())
        return rule.keys[key] if key in rule.keys else only[0] if len(only) == 1 else ""

    return (rule.name, rule.family, *(code(key) for key in keys), rule.keys.get("year", ""), rule.sense)


def _broken(rule: Rule, least: float) -> Iterator[Difference]:
    """Yield a difference where the plan breaks a row, beyond what its figures (or `least`) can be solved for.

    A row that may be broken is left out.
    """
    if not rule.may_break and rule.over > TOLERANCE * max(least, abs(rule.level), abs(rule.bound)):
        words = {"at_most": "above", "at_least": "below", "exactly": "off"}[rule.sense]
        where = {"limit": rule.name, **rule.keys}
        yield Difference("the option", where, "level", rule.level, rule.bound, f"The plan is {words} its bound.")


def _paired(
    found: list[tuple[Mapping[str, str], Numbers]], expected: list[Rule], where: Mapping[str, str]
) -> Iterator[Difference]:
    """Compare rows of one name, paired so that they agree best."""
    for _ in range(len(expected), len(found)):
        meaning = "The option makes no such row."
        yield Difference("limits.csv", where, "row", found[-1][1]["level"], None, meaning)
    for rule in expected[len(found) :]:
        yield Difference("limits.csv", where, "row", None, rule.level, "The row is missing.")
    few = min(len(found), len(expected))
    if not few:
        return
    orders = permutations(expected, few) if len(expected) <= _FEW else iter([tuple(expected[:few])])
    best = min((list(_row_differences(found, order, where)) for order in orders), key=len)
    yield from best


def _row_differences(
    found: list[tuple[Mapping[str, str], Numbers]], order: tuple[Rule, ...], where: Mapping[str, str]
) -> Iterator[Difference]:
    for (words, numbers), rule in zip(found, order, strict=False):
        bound = rule.bound
        if rule.otherwise is not None and not apart(numbers["bound"], rule.otherwise, exact=True):
            bound = rule.otherwise
        slack = rule.level - bound if rule.sense == "at_least" else bound - rule.level
        if rule.sense == "exactly" and rule.may_break and numbers["broken"] > 0:
            slack = -abs(slack)
        over = rule.over if rule.may_break else 0.0
        if apart(numbers["broken"], over) and abs(numbers["broken"] - over) > TOLERANCE * abs(rule.bound):
            yield Difference("limits.csv", where, "broken", numbers["broken"], over)
        for name, value in (("level", rule.level), ("bound", bound), ("slack", slack)):
            # A slack is the difference of two large figures, so it is held to the rounding of those.
            given = numbers[name]
            size = max(abs(rule.level), abs(bound)) if name == "slack" else 0.0
            if apart(given, value, exact=True) and not abs(given - value) <= 1e-9 * size:
                yield Difference("limits.csv", where, name, given, value)
        if words.get("unit", "") != rule.unit:
            yield Difference("limits.csv", where, "unit", words.get("unit", ""), rule.unit)
        yield from _prices(numbers, rule, slack, where)


def _prices(numbers: Numbers, rule: Rule, slack: float, where: Mapping[str, str]) -> Iterator[Difference]:
    """Yield each price given to a row with room to spare; of other rows the replay cannot know the price."""
    spare = slack > 1e-4 * max(1.0, abs(rule.level), abs(rule.bound))
    if not spare or rule.follows or rule.otherwise is not None:
        return
    for name, price in numbers.items():
        if name.startswith("price_") and abs(price) > TOLERANCE:
            yield Difference("limits.csv", where, name, price, 0.0, "A limit with room to spare has no price.")


def _budgets(rules: Rules) -> Iterator[Difference]:
    """Compare budgets.csv: the limit, what was brought in, spent and passed on."""
    for key, expected, given in rules.budgets:
        where = dict(zip(KEYS["budgets"], key, strict=True))
        if given is None:
            yield Difference("budgets.csv", where, "row", None, expected["limit"], "The row is missing.")
            continue
        for column, value in expected.items():
            if apart(given[column], value, exact=True):
                yield Difference("budgets.csv", where, column, given[column], value)
    for key in rules.left_over():
        where = dict(zip(KEYS["budgets"], key, strict=True))
        yield Difference("budgets.csv", where, "row", "a row", None, "The option makes no such row.")
