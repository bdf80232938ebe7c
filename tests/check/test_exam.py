"""The exam of the checks of sense: a hundred slips must be queried by name, sound data of every shape must not."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.inputs.shipped import shipped_inputs
from optimiser.text.faults import Fault
from tests.architecture.sources import modules
from tests.check.slips import SLIPS
from tests.check.slips.slip import SEVEN, Slip, base
from tests.check.test_plausible import SLIPS as OTHERS
from tests.docs.test_faults import codes
from tests.support.slips import Base, base_of, extra, put, times, without

ELSEWHERE = {
    "no-way-in", "never-finishes", "pattern-for-many", "leavers-beyond-routes", "min-above-max", "not-read",
    "run-out-repays",
}  # fmt: skip
"""Fired by tests of their own, in test_check.py, test_plausible.py and test_run_out.py."""
SOURCES = {"no-source", "source-kind"}
"""Provenance is another matter."""


def findings(case: Base, folder: Path) -> list[Fault]:
    """What is found in a data set and its option, provenance left out."""
    inputs, options = case.write(folder)
    return [one for one in check(inputs, options).faults.found if one.code not in SOURCES]


def _marked() -> list[object]:
    """Every slip; in a quick run the first of each code alone."""
    first: set[str] = set()
    marked = []
    for slip in SLIPS:
        marks = [pytest.mark.slow] if slip.code in first else []
        first.add(slip.code)
        marked.append(pytest.param(slip, id=slip.what, marks=marks))
    return marked


@pytest.mark.parametrize("slip", _marked())
def test_a_slip_is_queried_by_name(slip: Slip, tmp_path: Path) -> None:
    """Proves: the message has the code, names the thing, and stands at the file where the slip was made (or where its
    effect is first seen). Sensitivity: without the check there is no such message.
    """
    found = findings(base(slip.base).changed(slip.table, slip.change), tmp_path / "case")
    stems = {"flat-cash", "base"} if (slip.place or slip.table) == "option" else {slip.place or slip.table}
    there = [
        one for one in found
        if one.code in slip.code.split(",") and slip.words in one.sentence() and Path(one.place.file).stem in stems
    ]  # fmt: skip
    assert there, [(one.code, one.place.file, one.sentence()) for one in found]


def test_every_check_of_sense_has_a_slip_that_it_finds() -> None:
    """Proves: no code of the catalogue is without a data set that fires it."""
    fired = {code for slip in SLIPS for code in slip.code.split(",")} | {slip[-1] for slip in OTHERS}
    known = codes({path: tree for path, tree in modules().items() if ".plausible." in path or "/plausible/" in path})
    assert len(known) > 40
    assert sorted(known - fired - SOURCES - ELSEWHERE) == []


def _of(areas: tuple[str, ...]) -> Base:
    return base_of(shipped_inputs("england"), None, areas)


def _scaled(case: Base, factor: float) -> Base:
    """As many times the people, work and intakes; nothing about money or rates."""
    for table, column in (
        ("staff_in_post", "fte"),
        ("demand", "volume"),
        ("patients", "number"),
        ("past_starts", "starts"),
    ):
        case = case.changed(table, times(column, factor))
    return case


def _without_option(case: Base) -> Base:
    return Base(case.tables, case.settings, {})


def _plain(case: Base) -> Base:
    """The needed tables alone."""
    case = case.changed("costs", lambda rows: [row for row in rows if not row["per"].startswith("pattern")])
    tables = {name: rows for name, rows in case.tables.items() if name not in ("leavers", "scenarios", "patterns")}
    return Base(tables, case.settings, case.options)


def _alone(case: Base) -> Base:
    """One area without a table of areas or a column of that name."""
    tables = {
        name: tuple({key: cell for key, cell in row.items() if key != "area"} for row in rows)
        for name, rows in case.tables.items()
        if name != "areas"
    }
    return Base(tables, case.settings, case.options)


def _shared(case: Base) -> Base:
    """Networks of pathology everywhere and of imaging in two halves."""
    pairs = [("labs", "histo_case", area) for area in SEVEN]
    pairs += [("west" if at < 3 else "east", "xs_report", area) for at, area in enumerate(SEVEN)]
    return case.changed("networks", extra(*({"network": n, "task": t, "area": a} for n, t, a in pairs)))


def _moving(case: Base) -> Base:
    """A third of each area's new therapeutic radiographers go to the next area."""
    rows = [
        {"route": "therapeutic_degree", "area": area, "to_area": to, "share": share}
        for area, other in pairwise(SEVEN)
        for to, share in ((area, "0.67"), (other, "0.33"))
    ]
    return case.changed("destinations", extra(*rows))


def _waiting(case: Base) -> Base:
    rows = [{"area": area, "task": "gi_endoscopy", "volume": "4000"} for area in SEVEN]
    return case.changed("waiting_list", extra(*rows)).changed("tasks", put("returns", 0.5, task="gi_endoscopy"))


def _ladder(case: Base) -> Base:
    """One in fifty clinical nurse specialists becomes an advanced practitioner each year."""
    return case.changed("transitions", extra({"from_role": "cns", "to_role": "onc_acp", "share": "0.02"}))


def _in_thousands(case: Base) -> Base:
    return case.changed("costs", times("amount", 1e-3))


def _one_year(case: Base) -> Base:
    return case.changed("settings", ("last_year: 2035", "last_year: 2026"))


def _priced(case: Base) -> Base:
    text = "title: Priced\ndemand: {unmet: priced, price_per_fte: 150e3}\nbudgets: [{budget: training, limit: 6.3e6}]\n"
    return Base(_plain(case).tables, case.settings, {"priced.yaml": text})


def _forbidden(case: Base) -> Base:
    text = "title: All the work\ndemand: {unmet: forbidden}\npriorities: [cost]\n"
    return Base(_plain(case).tables, case.settings, {"all.yaml": text})


SOUND: Mapping[str, Base] = {
    "an alliance with its option": base("alliance"),
    "seven alliances": base("north"),
    "two areas": _of(SEVEN[:2]),
    "London": _of(("north_central_london", "north_east_london", "south_east_london", "west_london")),
    "the south": _of(("peninsula", "wessex", "kent_medway", "thames_valley", "surrey_sussex")),
    "a district": _scaled(_without_option(base("alliance")), 0.05),
    "a country": _scaled(_without_option(base("alliance")), 24),
    "no table that may be absent": _plain(_without_option(base("alliance"))),
    "one area without a name": _alone(_without_option(base("alliance"))),
    "networks": _shared(base("north")),
    "new staff who move": _moving(base("north")),
    "a waiting list": _waiting(base("north")),
    "a ladder": _ladder(base("alliance")),
    "thousands of pounds": _in_thousands(_without_option(base("alliance"))),
    "one year": _one_year(base("alliance")),
    "a priced shortage": _priced(base("alliance")),
    "a shortage forbidden": _forbidden(base("alliance")),
    "nobody trained yet": _without_option(base("alliance")).changed("past_starts", without(route="acp_masters")),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_data_of_every_shape_are_quiet(name: str, tmp_path: Path) -> None:
    found = findings(SOUND[name], tmp_path / "case")
    assert [(one.code, one.sentence()) for one in found] == []
