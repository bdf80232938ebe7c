"""Checks inputs and options from Python: every fault at once, and never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from optimiser.api.findings import Checked
from optimiser.api.origin import AnyPath, Inputs, folder_of
from optimiser.errors import FaultsFound


def check(inputs: Inputs, *constraints: AnyPath) -> Checked:
    """Read the evidence and every option, build each model, solve nothing; faults are returned, not raised.

    `inputs` as for `read`; `constraints` are YAML files or workbooks, none or several.
    """
    from optimiser.check.check import check as check_files

    try:
        folder, names, _kept = folder_of(inputs)
    except FaultsFound as error:
        return Checked(error.faults, (), None)
    found = check_files(folder, [Path(path) for path in constraints])
    faults = tuple(names.renamed(fault) for fault in found.faults.errors)
    return Checked(faults, tuple(names.renamed(fault) for fault in found.faults.warnings), found)


def workbooks_of(paths: Iterable[Path]) -> list[Path]:
    """Return the workbooks among inputs and options, each once; `options.xlsx/mine` is in options.xlsx."""
    from optimiser.inputs.read.workbook_options import in_workbook

    return list(dict.fromkeys(book.file for path in paths if (book := in_workbook(path)) is not None))


def out_of_date(checked: Checked, today: date) -> str:
    """Suggest what to do where the first year of the evidence is over on a day; empty where it is not."""
    from optimiser.check.words import first_year_over

    return "" if checked.found is None else first_year_over(checked.found, today)
