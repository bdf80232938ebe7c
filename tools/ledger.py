"""The golden ledger: what the shipped options gave when their evidence was last changed on purpose.

`python -m tools.ledger` solves every option again and rewrites `ledger.csv`; a change of figures belongs
under "Results change" in CHANGELOG.md, with its reason.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from pathlib import Path

from tests.support.engine import solve_folder

ROOT = Path(__file__).resolve().parents[1]
LEDGER = ROOT / "tests" / "england" / "ledger.csv"
ENGLAND = (
    "do-nothing", "do-minimum", "flat-cash", "flat-real", "cut-5", "cut-10", "one-year-settlement",
    "multi-year-settlement", "one-year-same-money", "expansion", "new-roles-first", "national-cancer-plan",
    "meet-demand",
)  # fmt: skip
ALLIANCE = "west-yorkshire-and-harrogate"
COLUMNS = ("place", "option", "rows", "columns", "nonzeros", "unmet", "cost", "undiscounted", "unmet_fte_years",
           "discounted", "unmet_fte_years_discounted")  # fmt: skip


def paths(place: str, option: str) -> tuple[Path, Path]:
    """The inputs and the constraints of one line of the ledger."""
    constraints = ROOT / "constraints" / ("" if place == "england" else place) / f"{option}.yaml"
    return ROOT / "inputs" / place, constraints


def line(place: str, option: str, folder: Path) -> dict[str, object]:
    """What a results folder says, as a line of the ledger."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    values = {one["name"]: one["value"] for one in plan["priorities"]}
    return {
        "place": place,
        "option": option,
        **plan["model"],
        "unmet": values.get("unmet", ""),  # least cost is the only priority of meet-demand
        "cost": values["cost"],
        "undiscounted": plan["cost"]["undiscounted"],
        "unmet_fte_years": plan["unmet_fte_years"],
        "discounted": plan["cost"]["discounted"],
        "unmet_fte_years_discounted": plan["unmet_fte_years_discounted"],
    }


def lines() -> list[dict[str, str]]:
    """The ledger as it stands."""
    with LEDGER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refresh() -> None:
    """Solve every option of both places and write the ledger again."""
    with tempfile.TemporaryDirectory() as temporary, LEDGER.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for place in (ALLIANCE, "england"):
            for option in ENGLAND:
                out = Path(temporary) / f"{place}-{option}"
                result = solve_folder(*paths(place, option), out)
                if result.exit_code:
                    sys.exit(result.output)
                writer.writerow(line(place, option, out))
                file.flush()
                sys.stderr.write(f"{place} {option} {result.plan['seconds']}\n")


if __name__ == "__main__":
    refresh()
