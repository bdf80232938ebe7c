"""Sheets of a workbook that look as if they were read, and are not."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.inputs.read.folder import SETTINGS_FILE
from optimiser.inputs.read.settings_reader import settings_of
from optimiser.inputs.settings import RawSettings
from optimiser.inputs.write.settings_text import flow
from optimiser.text.faults import Faults, Place
from optimiser.text.sheets import Sheet
from optimiser.text.yamltext import parse_yaml


def warn_carried_settings(sheets: Sequence[Sheet], settings: RawSettings | None, shown: str, faults: Faults) -> None:
    """Warn where the sheet that carries settings.yaml as text says other than the sheet settings, which counts."""
    carried = next((sheet for sheet in sheets if sheet.name == SETTINGS_FILE), None)
    if carried is None or settings is None:
        return
    lines = [carried.text(row, 1) for row in range(1, max(carried.rows, default=0) + 1)]
    node = parse_yaml("\n".join(lines) + "\n", Faults(), Place(shown))
    there = None if node is None else settings_of(node, shown, Faults(), {})
    if there is None:
        return
    for key, (value, place) in there.values.items():
        counts = settings.values.get(key)
        if counts is None or flow(value) != flow(counts[0]):
            cell = f"{SETTINGS_FILE}!A{place.line}"
            found = f"{key}: {flow(value)}, which is not read, where the sheet settings has " + (
                f"{flow(counts[0])}" if counts else "no such key"
            )
            mend = "Change the sheet settings: this one only keeps the comments."
            faults.warn("not-read", Place(shown, place.line, cell=cell), found, "the same value", mend)
