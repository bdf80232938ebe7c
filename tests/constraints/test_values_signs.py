"""Signs that do not belong to a number of an option."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "training_capacity: [{route: degree, places: 110%}]",
            'found "110%", expected a number without a per cent sign',
        ),
        ("budgets: [{budget: training, limit: {2026: 120%}}]", 'found "120%", expected an amount of money without'),
        (
            "training_capacity: [{route: degree, places: £110}]",
            'found "£110", expected a number without a currency sign',
        ),
    ],
)
def test_signs_that_do_not_belong(options, text: str, found: str) -> None:
    assert found in options.fault(text)
