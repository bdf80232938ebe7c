"""The plan that starts are to be near: read from its results folder, set beside this plan's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.plan.destination import seen_from
from optimiser.plan.frame import Frame, read_frame
from optimiser.plan.marker import RECORD, file_hash
from optimiser.plan.reload import reload
from optimiser.plan.swap import real
from optimiser.solving.near import Starts
from optimiser.text.faults import Faults, Place
from optimiser.text.wording import counted, joined

NEAR = "near.csv"
STARTS = "starts.csv"
_NAMED = 3

Key = tuple[str, str, int]
"""Route, area, year."""


@dataclass(frozen=True)
class Near:
    """What the user asked for: the results folder, and the share of its value each priority may give up."""

    results: Path
    within: float = 0.0


@dataclass(frozen=True)
class Announced:
    """Another plan's starts, where this programme has the same route, area and reported year."""

    asked: Near
    keys: tuple[Key, ...]
    starts: Starts
    notes: tuple[str, ...]
    """What the two plans do not have in common, in sentences."""
    sha256: str
    """Of the file its starts were read from."""

    def recorded(self, decisions: Floats) -> dict[str, Any]:
        """What plan.json says of it."""
        return {
            "results": str(self.asked.results),
            "within": self.asked.within,
            "difference": self.starts.difference(decisions),
        }

    def file_in(self, out: Path) -> dict[str, str]:
        """What plan.json says of the file of its starts: where it is as seen from `out`, and its SHA-256."""
        return {"file": seen_from(real(out), self.asked.results / STARTS), "sha256": self.sha256}

    def frame(self, decisions: Floats) -> Frame:
        """near.csv: the starts of both plans, and how many more this one makes."""
        mine = decisions[self.starts.column]
        names: Mapping[str, Any] = {
            name: [key[place] for key in self.keys] for place, name in enumerate(("route", "area", "year"))
        }
        return Frame("near", {**names, "starts": mine, "other": self.starts.other, "more": mine - self.starts.other})


def announced(programme: Programme, asked: Near) -> Announced:
    """The starts of the results folder that this programme can be near to.

    Raises FaultsFound where the folder holds no plan, or no route, area and year of this one.
    """
    given = _given(asked.results)
    evidence = programme.evidence
    settings, column = evidence.settings, programme.quantities.decisions.starts
    places = {
        (name, area, year): int(column[of_area, route, at])
        for route, name in enumerate(evidence.routes)
        for of_area, area in enumerate(evidence.areas)
        for at, year in enumerate(settings.reported_years)
    }
    keys = tuple(sorted(key for key in places if key in given))
    if not keys:
        faults = Faults()
        faults.add(
            "nothing-common",
            Place(str(asked.results / STARTS)),
            "no route, area and reported year of this evidence",
            "a plan made from the same evidence, or from evidence with the same codes",
            "Name another results folder, or solve without --near.",
        )
        faults.stop_if_any()
    starts = Starts(np.array([places[key] for key in keys]), np.array([given[key] for key in keys]))
    notes = tuple(_notes(asked.results, set(given), set(places)))
    return Announced(asked, keys, starts, notes, file_hash(asked.results / STARTS))


def _given(folder: Path) -> dict[Key, float]:
    """The starts of the reported years of a results folder. Raises FaultsFound where they cannot be read."""
    reload(folder)
    path, faults = folder / STARTS, Faults()
    try:
        table = read_frame(path)
        columns = (table["route"], table["area"], table["year"], table["starts"])
        return {(route, area, int(year)): float(cell) for route, area, year, cell in zip(*columns, strict=True)}
    except (KeyError, ValueError, IndexError):
        faults.add(
            "damaged-results", Place(str(path)), "a file that is not as it was written", "",
            f"Make the results again; {RECORD} says how.",
        )  # fmt: skip
        faults.stop_if_any()
        raise


def _notes(folder: Path, theirs: set[Key], ours: set[Key]) -> Iterator[str]:
    """Codes and years that one of the two plans lacks: there is nothing to be near to."""
    for here, there, who in ((ours, theirs, f"{folder} has no"), (theirs, ours, "This evidence has no")):
        lacking = []
        for place, word in enumerate(("route", "area", "year")):
            codes = sorted({key[place] for key in here} - {key[place] for key in there}, key=str)
            if codes:
                shown = [str(code) for code in codes[:_NAMED]]
                more = [f"{len(codes) - _NAMED:,} more"] if len(codes) > _NAMED else []
                lacking.append(f"{word if len(codes) == 1 else counted(len(codes), word)} {joined(shown + more)}")
        if lacking:
            yield f"{who} {', no '.join(lacking)}: starts there are not compared."
