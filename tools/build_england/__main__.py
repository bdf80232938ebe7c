"""Builds the shipped evidence from national figures, spread over the 21 Cancer Alliances by one stated rule.

`python -m tools.build_england` writes `inputs/england/` and the alliance cut out of it, the same to the byte each
time; `--spend` prints what today's intakes cost instead. The figures with their flags and sources are in
`tools/build_england/`; the rules are in words in `inputs/england/README.md`. The optimiser never runs this script.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from tools.build_england.figures import STRENGTH, Row, as_csv, read
from tools.build_england.national import national, write
from tools.build_england.spend import spend_today
from tools.build_england.tables import tables

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
FOLDERS = {
    "england": ("", "England's cancer workforce"),
    "west-yorkshire-and-harrogate": (
        "west_yorkshire_harrogate",
        "West Yorkshire and Harrogate's cancer workforce",
    ),
}
SETTINGS = """title: {title}
first_year: 2026
last_year: 2035
run_out_years: 6          # assumed: a year more than the longest training, so that the last years still train
financial_years: true
first_year_part: 0.5833333333333334   # assumed: intakes start in September: 7 of the 12 months of a financial year
discount_rate: 0.035      # recalled: HM Treasury, Green Book: social time preference rate
price_year: 2024
currency: GBP
inflation: {{2024: 0, 2025: 0.025, 2026: 0.02}}   # assumed: 2.5 % in 2025/26, then the Bank of England's target of 2 %
"""
COUNTS = ("<!-- counts: written by tools.build_england -->", "<!-- end of counts -->")


def of_area(rows: list[Row], area: str) -> list[Row]:
    """The rows of one alliance, and those that speak of all; every row where no alliance is named."""
    return [row for row in rows if not area or row.get("area", "") in ("", area)]


def counts(found: dict[str, list[Row]]) -> str:
    """How many rows of each table are published, derived, recalled and assumed, as a table for the README."""
    lines = ["| rows of | " + " | ".join(STRENGTH) + " |", "|---|" + "---:|" * len(STRENGTH)]
    for name, rows in sorted(found.items()):
        flags = Counter(row["source"].split(":")[0] for row in rows)
        lines.append(f"| {name} | " + " | ".join(str(flags[flag]) for flag in STRENGTH) + " |")
    national = Counter(row["flag"] for name in ("figures", "costs", "scenarios") for row in read(name))
    every = Counter(row["source"].split(":")[0] for rows in found.values() for row in rows)
    for label, flags in (("**all tables**", every), ("**the national figures they come from**", national)):
        lines.append(f"| {label} | " + " | ".join(str(flags[flag]) for flag in STRENGTH) + " |")
    return "\n".join(lines)


def with_counts(readme: str, table: str) -> str:
    """The README with the table of counts between its two marks."""
    before, _, rest = readme.partition(COUNTS[0])
    _, _, after = rest.partition(COUNTS[1])
    return f"{before}{COUNTS[0]}\n{table}\n{COUNTS[1]}{after}" if rest else readme


def build(out: Path) -> None:
    """Write every shipped folder under `out`; a README's table of counts is brought up to date."""
    every = tables()
    for folder, (area, title) in FOLDERS.items():
        (out / folder).mkdir(parents=True, exist_ok=True)
        found = {name: of_area(rows, area) for name, rows in every.items()}
        for name, rows in found.items():
            (out / folder / f"{name}.csv").write_bytes(as_csv(rows).encode())
        (out / folder / "settings.yaml").write_bytes(SETTINGS.format(title=title).encode())
        words = (INPUTS / folder / "README.md").read_text(encoding="utf-8")
        (out / folder / "README.md").write_bytes(with_counts(words, counts(found)).encode())


def main() -> None:
    """Build the folders, or print what today's intakes cost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=INPUTS, help="where the folders are written (default: inputs/)")
    parser.add_argument(
        "--national", type=Path, help="write England as one area for `optimiser backcast` here, and stop"
    )
    parser.add_argument("--spend", action="store_true", help="print today's spend by budget and stop")
    asked = parser.parse_args()
    if asked.national:
        write(asked.national, national())
        return
    if not asked.spend:
        build(asked.out)
        return
    every = tables()
    for folder, (area, _) in FOLDERS.items():
        for budget, amount in spend_today({name: of_area(rows, area) for name, rows in every.items()}).items():
            print(f"{folder:30} {budget:12} {amount / 1e6:12.3f} GBP million a year")


if __name__ == "__main__":
    main()
