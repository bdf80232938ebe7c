"""Where every number of a plan comes from: one row for each row of the evidence and each entry of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from optimiser.constraints.families import BY_NAME
from optimiser.constraints.policy import Entry, Policy
from optimiser.inputs.check.source_kinds import kind_of
from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.table import Table
from optimiser.plan.frame import Frame
from optimiser.plan.record import relative_paths
from optimiser.text.faults import Place

PROVENANCE = "provenance/index.csv"
"""Where the index lies in a results folder: apart, because tables are the same whatever the format of the inputs."""

FEEDS: Mapping[str, str] = {
    "settings": "all tables",
    "areas": "all tables",
    "roles": "staff work",
    "staff_in_post": "staff",
    "leavers": "staff",
    "transitions": "staff",
    "routes": "starts staff spend",
    "past_starts": "starts staff spend",
    "destinations": "staff",
    "tasks": "demand work",
    "demand": "demand work",
    "waiting_list": "demand work",
    "networks": "demand work",
    "patients": "demand work",
    "care": "demand work",
    "productivity": "work demand",
    "patterns": "patterns work",
    "costs": "spend budgets",
    "scenarios": "",
}
"""The result tables that each table of the inputs enters first; a plan as a whole depends on all of them."""

_SCENARIO_FEEDS = {
    "demand": "demand work", "patients": "demand work", "productivity": "work demand", "leaver_rate": "staff",
    "completion": "starts staff spend", "fill_rate": "starts",
    "costs": "spend budgets",
}  # fmt: skip


class Origin(NamedTuple):
    """Where one row or entry stands, what it is about, what it rests on, and which result tables show it."""

    table: str
    key: str
    file: str
    place: str
    kind: str
    source: str
    note: str
    set_by: str
    reference: str
    feeds: str


def provenance(evidence: Evidence, policy: Policy) -> Frame:
    """The index of a results folder: table, key, file below `used`, line or cell, kind of source, source.

    Policy entries have their family as table and their name as key, which is what limits.csv calls them; one that takes
    keys over from a file it extends has a row more for each of those.
    """
    origins = [*_settings(evidence), *_tables(evidence), *_entries(policy)]
    columns = zip(*origins, strict=True) if origins else [()] * len(Origin._fields)
    return Frame("provenance", {name: list(cells) for name, cells in zip(Origin._fields, columns, strict=True)})


def _settings(evidence: Evidence) -> Iterator[Origin]:
    for key, place in evidence.settings.places.items():
        said = evidence.settings.sources.get(key, "")
        yield Origin("settings", key, _input(place), place.words(), kind_of(said), said, "", "", "", FEEDS["settings"])


def _tables(evidence: Evidence) -> Iterator[Origin]:
    for name, table in evidence.tables.items():
        keys = [(column, table.column(column)) for column in TABLES[name].key]
        file = _input(table.place())
        for row in range(len(table)):
            if name == "scenarios" and table.column("scenario")[row] not in evidence.scenarios:
                continue
            said = ", ".join(f"{column} {cells[row]}" for column, cells in keys if cells[row] != "")
            source, note = table.source(row), str(table.column("note")[row])
            place, feeds = table.place(row).words(), _feeds(name, table, row)
            yield Origin(name, said, file, place, kind_of(source), source, note, "", "", feeds)


def _feeds(name: str, table: Table, row: int) -> str:
    return _SCENARIO_FEEDS[table.column("table")[row]] if name == "scenarios" else FEEDS[name]


def _entries(policy: Policy) -> Iterator[Origin]:
    names = relative_paths(policy.files)

    def file_of(place: Place) -> str:
        return f"used/constraints/{names[Path(place.file).resolve()]}"

    for entry in policy.entries:
        source, note = str(entry.values.get("source", "")), str(entry.values.get("note", ""))
        feeds = " ".join(BY_NAME[entry.family].feeds) if entry.family in BY_NAME else "limits"
        for place, words in _places(entry):
            yield Origin(
                entry.family, entry.name, file_of(place), words, "policy", source, note, entry.set_by,
                entry.reference, feeds,
            )  # fmt: skip
    for limit in policy.of_no_entry:
        words = _line(limit.place)
        yield Origin(
            limit.family,
            limit.name,
            file_of(limit.place),
            words,
            "policy",
            "",
            "",
            limit.set_by,
            limit.reference,
            "limits",
        )


def _places(entry: Entry) -> Iterator[tuple[Place, str]]:
    """Where an entry stands, and where each of its keys does that is inherited from another file."""
    yield entry.place, _line(entry.place)
    for key in entry.values:
        place = entry.places.get(key, entry.place)
        if place.file != entry.place.file:
            yield place, f"{_line(place)}, key {key}"


def _line(place: Place) -> str:
    return place.cell or f"line {place.line}"


def _input(place: Place) -> str:
    return f"used/inputs/{Path(place.file).name}"
