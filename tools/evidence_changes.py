"""docs/evidence-changes.md: each figure that was replaced, old beside new, and what each group of them changes.

`python -m tools.evidence_changes` writes the table of figures; with `--solve` it builds England once with each group of
`tools/build_england/before.csv` put back and solves it under flat real, whose money is what today's intakes cost then.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.support.engine import Result, solve_folder
from tools.build_england.figures import FIRST
from tools.ledger import ROOT, paths
from tools.validation_page import Table, markdown, refilled

PAGE = ROOT / "docs" / "evidence-changes.md"
BUILD = ROOT / "tools" / "build_england"
Row = dict[str, str]
Key = tuple[str, str, str]
GROUPS = {
    "doctors": ("specialty training",),
    "radiographers": ("degree", "apprenticeship"),
    "new roles, nurse specialists": ("upskilling", "promotion"),
    "from abroad, returners": ("international recruitment", "return to practice"),
}
"""Kinds of route that a column of the second table adds up."""


def read(file: Path) -> list[Row]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def before() -> dict[str, dict[Key, dict[int, str]]]:
    """The figures that were replaced: group → (table, item, quantity) → year → value."""
    found: dict[str, dict[Key, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in read(BUILD / "before.csv"):
        found[row["group"]][row["table"], row["item"], row["quantity"]][int(row["year"])] = row["value"]
    return found


def now() -> dict[Key, dict[int, Row]]:
    """Today's figures and costs likewise, each with its flag; a cost has the year of its prices."""
    found: dict[Key, dict[int, Row]] = defaultdict(dict)
    for row in read(BUILD / "figures.csv"):
        found[row["table"], row["item"], row["quantity"]][int(row["year"])] = row
    for row in read(BUILD / "costs.csv"):
        found["costs", row["item"], row["per"]][2024] = row | {"value": row["amount"]}
    return found


def _values(by_year: Mapping[int, str]) -> str:
    """Values by year in few words: one alone, or each with its year."""
    if not by_year:
        return "no longer used"
    years = sorted(by_year)
    numbers = [f"{float(by_year[year]):,.10g}" for year in years]
    if len(set(numbers)) == 1:
        return numbers[0]
    return f"{', '.join(numbers)} ({years[0]} to {years[-1]})"


def figures(_: Path) -> str:
    """Every figure that was replaced; equal changes of several items are one row."""
    today, rows = now(), []
    for group, changed in before().items():
        merged: dict[tuple[str, str, str, str], list[str]] = {}
        for key, old in changed.items():
            new = {year: row for year, row in today.get(key, {}).items() if key[0] != "past_starts" or year >= min(old)}
            flags = sorted({row["flag"] for row in new.values()})
            was, is_now = _values(old), _values({year: row["value"] for year, row in new.items()})
            if was == is_now:  # the same number, of another year
                was, is_now = f"{was} (of {min(old)})", f"{is_now} (of {min(new)})"
            merged.setdefault((key[2], was, is_now, ", ".join(flags) or "–"), []).append(key[1])
        for (quantity, was, is_now, flag), items in merged.items():
            named = ", ".join(item.replace("_", " ") for item in items)
            rows.append([group, named, quantity.replace("_", " "), was, is_now, flag])
    return markdown(["group", "of what", "figure", "was", "is", "status"], rows, words=6)


def _write(file: Path, rows: Iterable[Row], columns: Iterable[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def put_back(build: Path, changed: Mapping[Key, Mapping[int, str]]) -> None:
    """Write the old values into the figures and costs of a copy of the build; an intake of a year that had none is as
    in the nearest year.
    """
    rows = read(build / "figures.csv")
    kept = [row for row in rows if (row["table"], row["item"], row["quantity"]) not in changed]
    for key, old in changed.items():
        mine = [row for row in rows if (row["table"], row["item"], row["quantity"]) == key]
        years = {int(row["year"]) for row in mine} if key[0] == "past_starts" else set(old)
        for year in sorted(years) if key[0] in {row["table"] for row in rows} else ():
            near = min(old, key=lambda other: (abs(other - year), other))
            kept.append(
                {"table": key[0], "item": key[1], "quantity": key[2], "year": str(year), "value": old[near],
                 "unit": "", "flag": "assumed", "source": "as it was before"}
            )  # fmt: skip
    _write(build / "figures.csv", kept, rows[0])
    costs = read(build / "costs.csv")
    for row in costs:
        row["amount"] = next(iter(changed.get(("costs", row["item"], row["per"]), {2024: row["amount"]}).values()))
    _write(build / "costs.csv", costs, costs[0])


def _built(work: Path, changed: Mapping[Key, Mapping[int, str]]) -> tuple[Path, dict[str, float]]:
    """England's inputs with some figures put back, and what today's intakes cost then, £ by budget."""
    shutil.copytree(BUILD, work / "tools" / "build_england")
    (work / "tools" / "__init__.py").touch()
    shutil.copytree(ROOT / "inputs", work / "inputs")
    put_back(work / "tools" / "build_england", changed)

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "tools.build_england", *words]
        return subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout

    run("--out", str(work / "inputs"))
    spend = [line.split() for line in run("--spend").splitlines()]
    return work / "inputs" / "england", {
        name: 1e6 * float(amount) for place, name, amount, *_ in spend if place == "england"
    }


def _option(work: Path, spend: Mapping[str, float]) -> Path:
    """Flat real with the money of this evidence; places for all that started last year."""
    shutil.copytree(ROOT / "constraints", work / "constraints")
    budgets = [{"budget": name, "limit": spend[name]} for name in ("training", "workforce", "outsourcing")]
    option: dict[str, object] = {"title": "Flat real", "extends": "flat-real.yaml", "budgets": budgets}
    last = defaultdict[str, float](float)
    for row in read(work / "inputs" / "england" / "past_starts.csv"):
        if row["year"] == str(FIRST - 1):
            last[row["route"]] += float(row["starts"])
    if last["gastroenterology_training"] > 77:
        ratio = last["gastroenterology_training"] / 77
        option["training_capacity"] = [{"route": "gastroenterology_training", "places": {"times": ratio}}]
    file = work / "constraints" / "as-before.yaml"
    file.write_text(json.dumps(option), encoding="utf-8")
    return file


@cache
def _kinds() -> dict[str, str]:
    return {row["route"]: row["kind"] for row in read(ROOT / "inputs" / "england" / "routes.csv")}


def _said(result: Result) -> tuple[float, list[float]]:
    """Unmet FTE-years, and first-year commissions by group of routes."""
    if result.exit_code:
        raise RuntimeError(result.output)
    found = [0.0] * len(GROUPS)
    for row in result.rows("starts", year=FIRST):
        for at, kinds in enumerate(GROUPS.values()):
            found[at] += float(row["commissions"]) * (_kinds()[row["route"]] in kinds)
    return float(result.plan["unmet_fte_years"]), found


def effects(work: Path) -> str:
    """Flat real for England as it is, and with each group put back alone."""
    unmet, first = _said(solve_folder(*paths("england", "flat-real"), work / "now"))
    rows = [["as it is", f"{unmet:,.0f}", "", *(f"{value:,.0f}" for value in first)]]
    for number, (group, changed) in enumerate(before().items()):
        folder = work / str(number)
        inputs, spend = _built(folder, changed)
        old, starts = _said(solve_folder(inputs, _option(folder, spend), folder / "results"))
        changes = (f"{mine - theirs:+,.0f}" for mine, theirs in zip(first, starts, strict=True))
        rows.append([f"old {group}", f"{old:,.0f}", *(c.replace("-", "−") for c in (f"{unmet - old:+,.0f}", *changes))])
    header = [
        "flat real",
        "unmet, FTE-years",
        "change makes",
        *(f"{name}, {FIRST}/{FIRST % 100 + 1}" for name in GROUPS),
    ]
    return markdown(header, rows)


def main(solve: bool) -> None:
    """Write the tables again; the solved one only when asked."""
    page = PAGE.read_text(encoding="utf-8")
    kept = page.split("<!-- computed: effects -->\n")[1].split("\n\n")[0] + "\n"
    tables: dict[str, Table] = {"figures": figures, "effects": effects if solve else lambda _: kept}
    with tempfile.TemporaryDirectory() as work:
        PAGE.write_text(refilled(page, tables, Path(work)), encoding="utf-8")


if __name__ == "__main__":
    main("--solve" in sys.argv[1:])
