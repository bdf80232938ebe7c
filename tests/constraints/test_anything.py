"""Whatever a constraints file holds, reading it gives an option or says what is wrong: never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.keys import COMMON, DEMAND, TIER, TOP
from optimiser.constraints.limit import QUANTITY_KEYS
from optimiser.constraints.option import read_policy
from optimiser.constraints.policy import Policy
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import FaultsFound
from tests.support.examples import examples

KEYS = sorted(
    {key.name for family in FAMILIES for key in family.keys} | {key.name for key in (*TOP, *COMMON, *DEMAND, *TIER)}
)
WORDS = ["specialty", "degree", "radiologist", "xs_report", "north", "exit", "training", "area", "year", "ramp"]
WORDS += ["allowed", "priced", "unmet", "cost", "option.yaml", "base.yaml", "", "~", "-1", "0.5", "1e9", "12%", "x"]
SCALARS = st.sampled_from([*WORDS, *QUANTITY_KEYS]) | st.text(max_size=4) | st.integers(-9, 3000) | st.booleans()
NAMES = st.sampled_from([*KEYS, *QUANTITY_KEYS, "quantity", "where", "role", "2026", "2028", "2026/27", "ramp"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


def entry(family: Any) -> st.SearchStrategy[Any]:
    """Mostly the family's own keys, with anything under them."""
    own = st.sampled_from([key.name for key in (*family.keys, *COMMON)])
    return st.dictionaries(own, VALUES, max_size=6) | VALUES


FILES = st.fixed_dictionaries(
    {},
    optional={
        **{family.name: st.lists(entry(family), max_size=3) | VALUES for family in FAMILIES},
        "demand": st.dictionaries(st.sampled_from([key.name for key in DEMAND]), VALUES) | VALUES,
        **{key.name: VALUES for key in TOP},
    },
)


def outcome(text: str, folder: Path, evidence: Evidence) -> Policy | FaultsFound:
    path = folder / "option.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        return read_policy(path, evidence)
    except FaultsFound as found:
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("anything")


@examples(30)
@given(content=FILES)
def test_any_keys_and_values_give_an_option_or_faults(
    content: dict[str, Any], folder: Path, evidence: Evidence
) -> None:
    found = outcome(yaml.safe_dump(content, allow_unicode=True), folder, evidence)
    assert isinstance(found, Policy) or str(found)


@examples(30)
@given(data=st.data())
def test_the_full_file_with_some_characters_changed_gives_an_option_or_faults(
    data: st.DataObject, folder: Path, evidence: Evidence
) -> None:
    text = (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8").replace("extends", "# extends")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    changed = text[:start] + data.draw(st.text(max_size=6)) + text[end:]
    found = outcome(changed, folder, evidence)
    if isinstance(found, FaultsFound):
        assert all(fault.place.file.endswith("option.yaml") for fault in found.faults)
        assert all(fault.found for fault in found.faults)
