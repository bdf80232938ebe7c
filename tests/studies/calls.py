"""The commands that solve many times, run in this process, and what they left behind."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from benchmarks.generator import Size, write_case
from optimiser.studies.engine.points import Result
from optimiser.studies.engine.runner import Task
from tests.support.engine import solve_folder, write_inputs

ROOT = Path(__file__).resolve().parents[2]
SMALL = Size(areas=1, roles=4, routes=6, tasks=4, years=11)
"""A made-up place where money, places and time all bind somewhere; 0.05 s a solve."""


@dataclass(frozen=True)
class Many:
    """Exit code, what was said, and the results folder of one command."""

    exit_code: int
    stdout: str
    stderr: str
    folder: Path

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of one of its tables."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def rows(self, name: str, **keys: object) -> list[dict[str, str]]:
        """The rows whose columns have the given values."""
        wanted = {key: str(value) for key, value in keys.items()}
        return [row for row in self.table(name) if all(row[key] == value for key, value in wanted.items())]

    def row(self, name: str, **keys: object) -> dict[str, str]:
        """The one row with the given keys."""
        (row,) = self.rows(name, **keys)
        return row

    def point(self, name: str, column: str = "priority_unmet") -> float:
        """A value of a point."""
        return float(self.row("points", point=name)[column])

    def json(self) -> Any:
        """What --json said."""
        return json.loads(self.stdout)

    def bytes(self) -> dict[str, bytes]:
        """Every table's bytes."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*.csv"))}


class Dies(Task):
    """A task whose process dies on its second point; here, so that other processes can import it."""

    def solve(self) -> list[tuple[int, Result]]:
        if self.points[0][0] == 1:
            os._exit(1)
        return super().solve()


def call(command: str, *words: object, out: Path, expect: int = 0) -> Many:
    """Run a command; the exit code is as expected."""
    from optimiser.cli import main

    arguments = [command, *map(str, words), "--out", str(out)]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == expect, done.output
    return Many(done.exit_code, done.stdout, done.stderr, out)


def option(folder: Path, name: str, content: Mapping[str, Any] | str) -> Path:
    """Write one option."""
    text = content if isinstance(content, str) else yaml.safe_dump(dict(content), sort_keys=False)
    path = folder / f"{name}.yaml"
    path.write_text(f"title: {name}\n{text}", encoding="utf-8")
    return path


def inputs(folder: Path, tables: Mapping[str, Any]) -> Path:
    """Write inputs: the tiny case with some tables of its own."""
    return write_inputs(folder / "inputs", tables)


def made_up(folder: Path, seed: int = 1) -> tuple[Path, Path]:
    """A made-up alliance with a budget option."""
    return write_case(folder, SMALL, seed)


def cold(inputs_: Path, option_: Path, out: Path, **budget: float) -> dict[str, float]:
    """The priorities' values of an independent solve; `budget` multiplies limits written as plain numbers."""
    if budget:
        said = yaml.safe_load(option_.read_text(encoding="utf-8"))
        for entry in said["budgets"]:
            if entry["budget"] in budget:
                entry["limit"] *= budget[entry["budget"]]
        option_ = out.with_suffix(".yaml")
        option_.write_text(yaml.safe_dump(said), encoding="utf-8")
    result = solve_folder(inputs_, option_, out)
    assert result.exit_code == 0, result.output
    return result.values
