"""The declarations of keys: complete, explained, and true of what is read."""

from __future__ import annotations

import pytest

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.family import Family
from optimiser.constraints.keys import COMMON, DEMAND, TIER, TOP, Key
from optimiser.constraints.values import READERS, SELECTION

EVERY_KEY = [
    *((family.name, key) for family in FAMILIES for key in family.keys),
    *(("", key) for key in (*TOP, *COMMON, *DEMAND, *TIER, *SELECTION)),
]


@pytest.mark.parametrize(("family", "key"), EVERY_KEY, ids=lambda part: getattr(part, "name", part))
def test_every_key_says_what_it_means_and_shows_an_example(family: str, key: Key) -> None:
    assert key.help.endswith(".")
    assert key.example.startswith(f"{key.name}:")
    assert key.kind in READERS


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_familys_own_examples_make_an_entry_that_can_be_read(options, family: Family) -> None:
    """Proves: what the docs and messages tell users to write is right."""
    keys = [key for key in family.keys if key.required or key.name in family.one_of[:1]]
    lines = [*(["name: an example"] if family.named else []), *(key.example for key in keys)]
    entry = "\n".join(f"{'  - ' if number == 0 else '    '}{line}" for number, line in enumerate(lines))
    others = "training_capacity: [{route: [specialty, degree], places: 99}]\n" if family.name == "cohorts" else ""
    policy = options.policy(f"{others}{family.name}:\n{entry}\n")
    assert any(limit.family == family.name for limit in policy.limits)


def test_no_key_of_a_family_stands_twice() -> None:
    for family in FAMILIES:
        assert len(set(family.words)) == len(family.words)
        assert {*family.subject, *family.one_of} <= set(family.words)
        assert family.key(family.keys[0].name) is family.keys[0]
