"""Reads an inputs folder as text: settings.yaml and a CSV file for each table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.read.settings_reader import settings_of
from optimiser.inputs.settings import RawSettings
from optimiser.inputs.write.settings_text import comments_of
from optimiser.text.csvtext import read_csv
from optimiser.text.faults import Faults, Place, did_you_mean, nearest
from optimiser.text.rawtable import RawTable
from optimiser.text.textfile import is_file, no_file, read_text
from optimiser.text.yamltext import parse_yaml

SETTINGS_FILE = "settings.yaml"


@dataclass(frozen=True)
class Sources:
    """Hold as text what a folder and a workbook have in common: tables, settings and files."""

    shown: str
    """The folder or workbook as the user wrote it."""
    settings: RawSettings | None
    tables: Mapping[str, RawTable]
    unreadable: frozenset[str]
    """Tables that are there but could not be read; their faults are recorded."""
    files: tuple[Path, ...]
    missing: Mapping[str, Place]
    """For every table that is not there, the place that a message about it names."""


def read_folder(folder: Path, faults: Faults) -> Sources:
    """Read every table and the settings of an inputs folder as text, and record the faults of the files.

    Files that are not CSV, hidden files and lock files are passed over; a CSV file that is no table
    is a fault.
    """
    shown = str(folder)
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        found = "a file" if is_file(folder) else "no such folder"
        expected = "an inputs folder with settings.yaml and CSV files, or an .xlsx workbook"
        faults.add("no-folder", Place(shown), found, expected, _swapped(folder))
        return Sources(shown, None, {}, frozenset(TABLES), (), {name: Place(shown) for name in TABLES})
    by_table = _tables_by_name(folder, names, faults)
    tables = {name: read_csv(path, faults, str(path)) for name, path in by_table.items()}
    settings = _read_settings_file(folder, names, faults)
    files = [folder / SETTINGS_FILE] if settings is not None else []
    files += [by_table[name] for name in TABLES if name in by_table]
    return Sources(
        shown,
        settings,
        {name: table for name, table in tables.items() if table is not None},
        frozenset(name for name, table in tables.items() if table is None),
        tuple(files),
        {name: Place(str(folder / f"{name}.csv")) for name in TABLES},
    )


def _tables_by_name(folder: Path, names: list[str], faults: Faults) -> dict[str, Path]:
    """Return the CSV file of each table; any other CSV file is a fault."""
    found: dict[str, Path] = {}
    for name in names:
        path = folder / name
        if path.suffix.lower() != ".csv" or name.startswith((".", "~")):
            continue
        table = path.stem.lower()
        what = no_file(path)
        if what and table not in TABLES:
            continue
        if table not in TABLES:
            near = nearest(table, TABLES)
            mend = f"Rename it {near}.csv, or move it elsewhere." if near else did_you_mean(table, TABLES)
            faults.add("unknown-table", Place(str(path)), "a CSV file that is no table of the inputs", "", mend)
        elif table in found:
            mend = "Remove one of them."
            faults.add("unknown-table", Place(str(path)), f"a second file for {table}", "one", mend)
        else:
            found[table] = path
    return found


def _swapped(folder: Path) -> str:
    """Suggest what to do where the path of the inputs is no folder of inputs."""
    if folder.suffix.lower() in (".yaml", ".yml"):
        return "The inputs come first, then the constraints: exchange the two."
    beside = [one.name for one in folder.parent.glob("*") if one.is_dir()] if folder.parent.is_dir() else []
    near = nearest(folder.name, beside, 0.5)
    return f'Did you mean "{folder.with_name(near)}"?' if near else ""


def _read_settings_file(folder: Path, names: list[str], faults: Faults) -> RawSettings | None:
    """Read the settings as text; None with the fault recorded where they cannot be read."""
    path = folder / SETTINGS_FILE
    if SETTINGS_FILE not in names:
        other = next((name for name in names if name.lower() in ("settings.yml", "settings.csv", "setting.yaml")), None)
        mend = f"Rename {other}." if other else "Add it, with at least first_year, last_year and discount_rate."
        faults.add("missing-table", Place(str(path)), "no such file", "the settings of the inputs", mend)
        return None
    text = read_text(path, faults, str(path))
    node = None if text is None else parse_yaml(text, faults, Place(str(path)))
    return None if node is None or text is None else settings_of(node, str(path), faults, comments_of(text))
