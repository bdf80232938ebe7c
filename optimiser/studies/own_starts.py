"""Makes an option of the user's own starts, with the work shared out as well as it can be."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from optimiser.constraints.option import read_policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.starts_file import Starts, rows_of
from optimiser.inputs.read.workbook_options import in_workbook
from optimiser.plan.record import option_below, relative_paths
from optimiser.text.faults import Faults, Place
from optimiser.text.temporary import temporary_files
from optimiser.text.textfile import free_name

NOTHING_ELSE = "nothing else is started"


@dataclass(frozen=True)
class Own:
    """Hold the starts given, completed for every modelled year, and what was assumed to complete them."""

    starts: Starts
    said: tuple[str, ...]


@contextmanager
def own_option(
    inputs: Path, starts: Path, constraints: Path | None, scenarios: Sequence[str], faults: Faults
) -> Iterator[tuple[Path, Own]]:
    """Write an option that extends another, fixes every start as given and lets all else be chosen.

    It is a file beside copies of what it extends, so that the results folder records it as any other option; the
    copies are gone after use. Raises FaultsFound with every fault of the starts and of the option.
    """
    evidence = read_evidence(inputs, scenarios, faults)
    own = read_starts(starts, evidence, faults)
    files: Mapping[Path, str] = {}
    if constraints is not None:
        files = relative_paths(read_policy(constraints, evidence, faults).files)
    faults.stop_if_any()
    with ExitStack() as kept:
        with temporary_files():
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
            for path, name in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
            option = None if constraints is None else folder / option_below(constraints, files)
            book = None if option is None else in_workbook(option)
            place = folder if option is None else option.parent if book is None else book.file.parent
            extends = None if option is None else option.relative_to(place).as_posix()
            written = free_name(place, f"simulated-{starts.stem}")
            written.write_text(option_text(own, evidence, starts.name, extends), encoding="utf-8", newline="")
        yield written, own


def option_text(own: Own, evidence: Evidence, name: str, extends: str | None) -> str:
    """Write the option as YAML: a limit for every route and area with starts, and one for all others."""
    lines = [f"title: {_text(f'As in {name}')}"]
    if extends is not None:
        lines.append(f"extends: {_text(extends)}")
    lines += [f"set_by: {_text(f'whoever wrote {name}')}", "limits:"]
    for (route, area), by_year in sorted(own.starts.items()):
        numbers = ", ".join(f"{year}: {value!r}" for year, value in _changes(by_year))
        lines.append(
            f"  - {{name: {_text(f'starts as given: {route} in {area}')}, quantity: starts, "
            f"where: {{route: {_text(route)}, area: {_text(area)}}}, exactly: {{{numbers}}}}}"
        )
    pairs = [(route, area) for route in evidence.routes for area in evidence.areas]
    none = sorted(set(pairs) - set(own.starts))
    whole = [route for route in evidence.routes if all((route, area) in none for area in evidence.areas)]
    if whole:
        routes = ", ".join(_text(route) for route in whole)
        lines.append(
            f"  - {{name: {NOTHING_ELSE}, quantity: starts, where: {{route: [{routes}]}}, exactly: 0, "
            "each: [route, area, year]}"
        )
    for route, area in none:
        if route not in whole:
            lines.append(
                f"  - {{name: {_text(f'{NOTHING_ELSE}: {route} in {area}')}, quantity: starts, "
                f"where: {{route: {_text(route)}, area: {_text(area)}}}, exactly: 0}}"
            )
    return "\n".join(lines) + "\n"


def _changes(by_year: Mapping[int, float]) -> Iterator[tuple[int, float]]:
    """Keep the years in which the number changes; each number holds until the next."""
    before: float | None = None
    for year, value in sorted(by_year.items()):
        if value != before:
            yield year, value
        before = value


def _text(text: str) -> str:
    """Put text in quotation marks in the way that YAML and JSON share."""
    return json.dumps(text, ensure_ascii=False)


def read_starts(path: Path, evidence: Evidence, faults: Faults) -> Own:
    """Read the starts of a CSV file with the columns route, area, year and starts (or commissions).

    A route and area with any row needs one for every reported year; with none nobody starts there. Rows for run-out
    years are optional: without any, the last reported year's starts go on (of a plan's own starts.csv its run-out part
    is read too). Every fault is recorded.
    """
    found = rows_of(path, evidence, faults)
    return Own({}, ()) if found is None else _completed(found, evidence, path, faults)


def _completed(found: Starts, evidence: Evidence, path: Path, faults: Faults) -> Own:
    """Return the starts in every modelled year for every route and area that has a row."""
    settings, went_on, complete = evidence.settings, False, {}
    for (route, area), by_year in found.items():
        missing = [year for year in settings.reported_years if year not in by_year]
        if missing:
            when = ", ".join(settings.label(year) for year in missing[:6]) + (" …" if len(missing) > 6 else "")
            faults.add("missing-row", Place(str(path)), f"no starts of {route} in {area} in {when}",
                       "a row for every reported year", "Add the rows (write 0 where nobody starts).")  # fmt: skip
            continue
        complete[route, area] = dict(by_year)
        for year in settings.run_out:
            went_on |= year not in by_year
            complete[route, area].setdefault(year, complete[route, area][year - 1])
    said = []
    if went_on:
        last = settings.label(settings.last_year)
        said.append(f"Starts after {last} are not all given: they stay as they were for the rest of the run-out.")
    idle = len(evidence.routes) * len(evidence.areas) - len(complete)
    if idle:
        said.append(
            f"{idle} of {len(evidence.routes) * len(evidence.areas)} routes and areas have no row: nobody starts there."
        )
    return Own(complete, tuple(said))
