"""The one place where tests meet the command: write a small case, solve it, read the results back.

Tables are given as CSV text, one line a row (blank lines and indents do not count); see `TINY` for what is written
where a test says nothing: one nurse team of 10 FTE, 10 visits per FTE, 100 visits demanded every year 2026–2028.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

TINY: dict[str, Any] = {
    "settings": {"title": "Tiny", "first_year": 2026, "last_year": 2028, "discount_rate": 0},
    "roles": "role,title,leaver_rate\nnurse,Nurse,0",
    "staff_in_post": "role,fte\nnurse,10",
    "routes": "route,title,kind,from_role,to_role,years,completion,non_completers",
    "tasks": "task,title,unit\nvisit,Visit,visits",
    "demand": "task,year,volume\nvisit,2026,100",
    "productivity": "role,task,units_per_fte\nnurse,visit,10",
    "costs": "item,line,per,amount,budget",
}


UNDER_UV = {"UV_RUN_RECURSION_DEPTH": "1"}
"""What `uv run` adds to the environment of what it runs; the tests' own run takes it away (tests/conftest.py)."""


@dataclass(frozen=True)
class Result:
    """What a solve left behind: exit code, what was said, and the results folder."""

    exit_code: int
    output: str
    folder: Path

    @property
    def plan(self) -> dict[str, Any]:
        """plan.json."""
        plan: dict[str, Any] = json.loads((self.folder / "plan.json").read_text(encoding="utf-8"))
        return plan

    @property
    def status(self) -> str:
        """`optimal`, `infeasible` or `stopped`."""
        return str(self.plan["status"])

    @property
    def values(self) -> dict[str, float]:
        """The value of each priority, in order."""
        return {priority["name"]: priority["value"] for priority in self.plan["priorities"]}

    def table(self, name: str, part: str = "") -> list[dict[str, str]]:
        """The rows of a result table; `part` is `run_out` for the years after the last."""
        with (self.folder / part / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def rows(self, name: str, part: str = "", **keys: object) -> list[dict[str, str]]:
        """The rows whose columns have the given values."""
        wanted = {key: str(value) for key, value in keys.items()}
        return [row for row in self.table(name, part) if all(row[key] == value for key, value in wanted.items())]

    def figure(self, name: str, column: str, part: str = "", **keys: object) -> float:
        """The one number in a column of the one row with the given keys."""
        (row,) = self.rows(name, part, **keys)
        return float(row[column])

    def series(self, name: str, column: str, part: str = "", **keys: object) -> list[float]:
        """A column of the rows with the given keys, by year."""
        rows = sorted(self.rows(name, part, **keys), key=lambda row: int(row["year"]))
        return [float(row[column]) for row in rows]


def solve_folder(
    inputs: Path,
    constraints: Path,
    out: Path,
    scenarios: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> Result:
    """Run the `solve` command on files that are there, in this process; `more` are other words of the command."""
    from optimiser.cli import main

    words = ["solve", str(inputs), str(constraints), "--out", str(out), *more]
    for scenario in scenarios:
        words += ["--scenario", scenario]
    done = CliRunner(env=environment).invoke(main, words, catch_exceptions=False)
    return Result(done.exit_code, done.output, out)


def solve_case(
    tmp_path: Path,
    inputs: Mapping[str, Any],
    constraints: Mapping[str, Any] | str = "",
    scenarios: Sequence[str] = (),
    expect: int = 0,
) -> Result:
    """Write `TINY` with the given tables in place of its own, and the constraints; solve; the exit code is as expected.

    `settings` are merged with those of `TINY`; a table given as None is left out.
    """
    folder = write_inputs(tmp_path / "inputs", inputs)
    policy = tmp_path / "option.yaml"
    written = constraints if isinstance(constraints, str) else yaml.safe_dump(dict(constraints), sort_keys=False)
    policy.write_text(f"title: Test\n{written}" if "title:" not in written else written, encoding="utf-8")
    result = solve_folder(folder, policy, tmp_path / "results", scenarios)
    assert result.exit_code == expect, result.output
    return result


def write_inputs(folder: Path, inputs: Mapping[str, Any]) -> Path:
    """Write an inputs folder: `TINY`, changed as given."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {**TINY, **inputs}
    settings = {**TINY["settings"], **inputs.get("settings", {})}
    (folder / "settings.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    for name, content in tables.items():
        if name != "settings" and content is not None:
            lines = [line.strip() for line in content.strip().splitlines() if line.strip()]
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
