"""A results folder read again: the plan's record, its tables, and the model rebuilt from the copies in `used/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from optimiser.model.breaking import BROKEN, with_breaches
from optimiser.model.programme import Programme
from optimiser.plan.columns import RESULT_TABLES
from optimiser.plan.frame import read_frame
from optimiser.plan.marker import RECORD
from optimiser.plan.opening import open_files
from optimiser.text.faults import Faults, Place
from optimiser.text.invocation import command_line
from optimiser.text.textfile import refuse_unreadable

TABLES = tuple(RESULT_TABLES)
"""The tables of a plan, in the order of the contract."""


@dataclass(frozen=True)
class Reloaded:
    """A plan as it was written: everything after it (explain, compare, report) starts from here."""

    folder: Path
    content: Mapping[str, Any]
    """plan.json."""

    @cached_property
    def programme(self) -> Programme:
        """The model, built again from `used/`. Raises FaultsFound where the copies no longer read well."""
        faults = Faults()
        if self.content.get("extra_rules"):
            found = f"a plan with extra rules added in Python ({', '.join(self.content['extra_rules'])})"
            mend = "No file says what they are, so the model cannot be built again. Solve without them."
            faults.add("extra-rules", Place(str(self.folder / RECORD)), found, "a plan of its files alone", mend)
            faults.stop_if_any()
        inputs, option = self.folder / self.content["inputs"], self.folder / self.content["constraints"]
        programme = open_files(inputs, option, self.content["scenarios"], faults).programme
        first = self.content["priorities"][0]
        # A plan that breaks rules is an optimum only of the programme in which they may be broken.
        return with_breaches(programme) if first["name"] == BROKEN and first["value"] > 0 else programme

    def table(self, name: str) -> dict[str, list[str]]:
        """A result table over all modelled years, as text by column; the run-out years stand last."""
        columns = read_frame(self.folder / f"{name}.csv")
        later = self.folder / "run_out" / f"{name}.csv"
        if later.is_file():
            more = read_frame(later)
            columns = {column: [*cells, *more[column]] for column, cells in columns.items()}
        return columns


def reload(folder: Path) -> Reloaded:
    """The results folder of a plan. Raises FaultsFound where it holds no optimal plan."""
    faults = Faults()
    content = read_record(folder, faults) or {}
    faults.stop_if_any()
    if content.get("status") != "optimal":
        found = f'a run that ended as "{content.get("status")}"'
        mend = f"Run: {command_line('diagnose')}, with the inputs and constraints of that run."
        faults.add("no-plan", Place(str(folder / RECORD)), found, "an optimal plan", mend)
    for name in TABLES:
        if content.get("status") == "optimal" and not (folder / f"{name}.csv").is_file():
            faults.add(
                "missing-table", Place(str(folder / f"{name}.csv")), "no such file", "a result table", "Solve again."
            )
    faults.stop_if_any()
    return Reloaded(folder, content)


def read_record(folder: Path, faults: Faults) -> Mapping[str, Any] | None:
    """plan.json as a mapping, or None with the fault recorded."""
    path = folder / RECORD
    place = Place(str(path))
    mend = "Name a folder that optimiser solve has written."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except PermissionError as error:
        refuse_unreadable(place, error, faults)
        return None
    except OSError:
        faults.add("no-results", place, "no such file", "a results folder", mend)
        return None
    except ValueError as error:
        faults.add("bad-json", place, f"JSON that cannot be read ({error})", "", "Solve again.")
        return None
    if not isinstance(content, dict):
        faults.add("bad-json", place, "JSON that is no record of a plan", "keys and values", "Solve again.")
        return None
    return content
