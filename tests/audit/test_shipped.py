"""Every shipped example, under every option of its own and every scenario, stands up to the audit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from optimiser.audit.audit import audit
from optimiser.inputs.shipped import shipped_constraints, shipped_examples, shipped_inputs
from tests.support.engine import solve_folder


def cases() -> Iterator[tuple[str, str, str]]:
    """Example, option, scenario (blank for none); the common rules alone are no option."""
    for example in shipped_examples():
        names = [""]
        table = shipped_inputs(example) / "scenarios.csv"
        if table.is_file():
            with table.open(encoding="utf-8-sig", newline="") as file:
                names += sorted({row["scenario"] for row in csv.DictReader(file)})
        for option in shipped_constraints(example):
            if option.stem != "base":
                yield from ((example, option.stem, name) for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(("example", "option", "scenario"), list(cases()))
def test_every_figure_is_confirmed(example: str, option: str, scenario: str, tmp_path: Path) -> None:
    path = next(path for path in shipped_constraints(example) if path.stem == option)
    chosen = (scenario,) if scenario else ()
    result = solve_folder(shipped_inputs(example), path, tmp_path / "plan", chosen)
    assert result.exit_code == 0, result.output
    found = audit(result.folder)
    assert found.passed, found.differences[0].sentence()
