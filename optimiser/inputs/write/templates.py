"""Writes blank inputs to fill in, from the declarations of tables and columns."""

from __future__ import annotations

from pathlib import Path

from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES
from optimiser.inputs.read.folder import SETTINGS_FILE
from optimiser.inputs.write.cell_help import explained
from optimiser.inputs.write.convert import csv_text
from optimiser.inputs.write.workbook import blank_content, write_workbook


def blank_folder(folder: Path) -> None:
    """Write the settings to fill in, and a CSV file with its header for every table but areas.

    Without an areas file there is one area, called all; a file of areas without rows would be a fault, so none is
    written. Raises OSError.
    """
    for name, table in TABLES.items():
        if name != "areas":
            text = csv_text([[column.name for column in (*table.columns, *ANYWHERE)]])
            (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    (folder / SETTINGS_FILE).write_text(blank_settings(), encoding="utf-8", newline="")
    (folder / "README.md").write_text(_read_me(), encoding="utf-8", newline="")


def blank_workbook(path: Path) -> None:
    """Write a workbook with a sheet for every table and for the settings. Raises OSError."""
    write_workbook(path, blank_content())


def blank_settings() -> str:
    """Return a settings.yaml with every key, its meaning above it, and no values."""
    return "\n".join(f"# {explained(column)}\n{column.name}:\n" for column in SETTINGS)


def _read_me() -> str:
    lines = [
        "# Inputs",
        "",
        "One CSV file a table; the header is there, the rows are yours. Files marked * may be left out or left without",
        "rows. `source` begins with published:, derived:, recalled: or assumed:, the weakest that applies, then says",
        "where. `optimiser check` says everything that is still missing or wrong.",
        "",
    ]
    for name, table in TABLES.items():
        lines += [f"## {name}.csv{' *' if table.optional else ''}", "", table.help, ""]
        lines += [f"- `{column.name}`: {explained(column)}" for column in table.columns] + [""]
    return "\n".join(lines)
