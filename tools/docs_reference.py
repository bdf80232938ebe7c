"""The reference pages and the JSON Schema, made from the declarations of tables, columns and keys.

Write them again with `uv run --group dev python -m tools.docs_reference`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.keys import COMMON, DEMAND, MAY_BREAK, STEADY, TIER, TOP, Key
from optimiser.constraints.limit import QUANTITY_KEYS, QUANTITY_UNITS
from optimiser.constraints.schema import FILE, schema_text
from optimiser.constraints.values import SELECTION
from optimiser.inputs.declare.columns import Column
from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES
from optimiser.inputs.write.cell_help import blank_means
from optimiser.plan.columns import OTHER_TABLES, RESULT_TABLES, STUDY_TABLES

ROOT = Path(__file__).resolve().parents[1]
MADE = "Made from the declarations in the code by `uv run --group dev python -m tools.docs_reference`; do not edit.\n"


def inputs_page() -> str:
    """docs/inputs.md: every table and column."""
    lines = [
        "# Inputs: every table and column",
        "",
        MADE,
        (
            "An inputs folder holds `settings.yaml` and a CSV file for each table; an inputs "
            "workbook (`.xlsx`) holds a "
            "sheet, or a real Excel table, for each, of the same name. Any table may also have the "
            "columns `source` and "
            "`note`. `area` may be left out everywhere where there is one area. How to write numbers "
            "and years, and what "
            "is refused, is on the page about [workbooks and checking](workbooks.md)."
        ),
        "",
        "## settings",
        "",
        (
            "The keys of `settings.yaml`; in a workbook the sheet `settings` with the columns `key` and `value` "
            "(and `source`, `note`)."
        ),
        "",
        *_columns(SETTINGS, "key"),
    ]
    for name, table in TABLES.items():
        keys = ", ".join(f"`{key}`" for key in table.key)
        optional = " May be left out." if table.optional else ""
        lines += [
            "",
            f"## {name}",
            "",
            f"{table.help}{optional} One row for each {keys}.",
            "",
            *_columns(table.columns),
        ]
    lines += ["", "## In every table", "", *_columns(ANYWHERE)]
    return "\n".join(lines) + "\n"


def _columns(columns: Iterable[Column], word: str = "column") -> list[str]:
    rows = [(word, "what it is", "unit", "must be", "blank means", "example")]
    for column in columns:
        also = "".join(f" (also `{header}`)" for header in column.headers[1:])
        must = _refers(column) or {"by_year": "a number, or numbers by year", "yes_no": "yes or no"}.get(
            column.kind, column.range_words
        )
        blank = "*required*" if column.required else blank_means(column)
        rows.append((f"`{column.name}`{also}", column.help, column.unit, must, blank, f"`{column.example}`"))
    return _table(rows)


def _refers(column: Column) -> str:
    if column.refers:
        return f"{TABLES[column.refers].one} of `{column.refers}`"
    if column.refers_by:
        tables = dict.fromkeys(column.refers_by.values())
        return f"a code of {', '.join(f'`{table}`' for table in tables)}, as `{column.refers_on}` says"
    return ""


def keys_page() -> str:
    """docs/constraints/keys.md: every key of a constraints file."""
    lines = [
        "# Constraints: every key",
        "",
        MADE,
        (
            "One YAML file is one option. What the families mean, with their equations, is on [their "
            "own pages](README.md). "
            f"Editors complete and check the file by its [JSON Schema](../{FILE}); put this line at "
            "the top, with the way "
            "to the schema as seen from your file (`optimiser init` puts a copy beside the constraints):"
        ),
        "",
        "```yaml",
        f"# yaml-language-server: $schema={FILE}",
        "```",
        "",
        "## The file",
        "",
        *_keys(TOP),
        "",
        "## On any entry",
        "",
        *_keys((*COMMON, MAY_BREAK)),
        "",
        "## demand",
        "",
        *_keys(DEMAND),
        "",
        "Each of the `tiers`:",
        "",
        *_keys(TIER),
        "",
        "## steady",
        "",
        *_keys(STEADY),
    ]
    for family in FAMILIES:
        called = f"An entry is called after its {' and '.join(family.subject)}." if family.subject else ""
        one_of = f"At least one of {', '.join(f'`{key}`' for key in family.one_of)}." if family.one_of else ""
        named = "Every entry needs a `name`." if family.named else ""
        said = " ".join(filter(None, (family.help, called, named, one_of)))
        lines += ["", f"## {family.name}", "", said, "", *_keys(family.keys)]
    lines += ["", "## A quantity, as in `of` and `priorities`", "", *_keys(SELECTION), "", *_quantities()]
    return "\n".join(lines) + "\n"


def _keys(keys: Iterable[Key]) -> list[str]:
    rows = [("key", "what it is", "must be", "required", "example")]
    for key in keys:
        must = key.bounds or key.expected
        if key.kind == "by_year" and key.bounds:
            must = f"{key.bounds}, or numbers by year"
        rows.append((f"`{key.name}`", key.help, must, "yes" if key.required else "", f"`{key.example}`"))
    return _table(rows)


def _quantities() -> list[str]:
    rows = [("quantity", "keys of `where`, beside `area` and `region`", "unit")]
    for name, keys in QUANTITY_KEYS.items():
        unit = QUANTITY_UNITS.get(name, "the task's unit" if "task" in keys else "the currency")
        rows.append((f"`{name}`", ", ".join(f"`{key}`" for key in keys), unit))
    return _table(rows)


def results_page() -> str:
    """docs/results.md: every table that is written, and its columns."""
    lines = [
        "# Results: every table and column",
        "",
        MADE,
        (
            "Tables are CSV files: UTF-8, commas, a header, sorted by their keys. Numbers are written in full, never "
            "rounded; an empty cell means that there is no such number, never 0. A name with a part in angle brackets "
            "stands for a column for each: `price_<priority>` for `price_unmet` and `price_cost`. £ is the currency of "
            "the settings. [Reading a plan](reading-a-plan.md) goes through the tables of a small example."
        ),
    ]
    parts = (
        (
            "A plan",
            "The tables that `optimiser solve` writes; `run_out/` has the same for the run-out years.",
            RESULT_TABLES,
        ),
        (
            "Beside a plan",
            "What a results folder may also hold, and what `explain` and `backcast` write.",
            OTHER_TABLES,
        ),
        ("Many solves", "The tables of the [commands that solve many times](studies/README.md).", STUDY_TABLES),
    )
    kinds = {"text": "text", "year": "whole number", "number": "number"}
    for title, words, tables in parts:
        lines += ["", f"## {title}", "", words]
        for name, columns in tables.items():
            rows = [("column", "what it is", "unit", "holds")]
            rows += [(f"`{one.name}`", one.help, one.unit, kinds[one.kind]) for one in columns]
            lines += ["", f"### {name}.csv", "", *_table(rows)]
    return "\n".join(lines) + "\n"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """A Markdown table; the first row is its header."""
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in escaped]
    return [lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]]


PAGES: Mapping[Path, Callable[[], str]] = {
    ROOT / "docs" / "inputs.md": inputs_page,
    ROOT / "docs" / "constraints" / "keys.md": keys_page,
    ROOT / "docs" / "results.md": results_page,
    ROOT / "docs" / FILE: schema_text,
}


def main() -> None:
    """Write every page again."""
    for path, made in PAGES.items():
        path.write_text(made(), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
