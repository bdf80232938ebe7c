"""Texts of an option: blank ones are queried, names that begin like a formula refused."""

from __future__ import annotations

import pytest

from optimiser.constraints.option import read_policy
from optimiser.text.faults import Faults


def test_words_that_are_blank_are_queried(options) -> None:
    """Proves: `set_by: ""` names nobody, and says so with its place, on the file and on an entry."""
    faults = Faults()
    text = 'title: One\nset_by: ""\ntraining_capacity:\n  - {route: degree, places: 4, note: "", reference: "  "}\n'
    read_policy(options.write(text, "one.yaml"), options.evidence, faults)
    found = [(one.code, one.place.line, one.place.column, one.severity) for one in faults.found]
    assert found == [
        ("blank-text", 2, "set_by", "warning"),
        ("blank-text", 4, "training_capacity note", "warning"),
        ("blank-text", 4, "training_capacity reference", "warning"),
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_name_like_a_formula_is_refused(options, sign: str) -> None:
    """Proves: limits.csv, opened in a spreadsheet, calculates no entry's name."""
    (said,) = options.said(f'hold: [{{route: degree, name: "{sign}cmd"}}]')
    assert said.startswith(f'option.yaml: line 1, key hold name: found "{sign}cmd", expected a name that a spreadsheet')
