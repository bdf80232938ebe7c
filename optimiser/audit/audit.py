"""Audits a results folder: from `used/` and the decisions to every figure there is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimiser.audit.amounts import Amounts
from optimiser.audit.book import Book
from optimiser.audit.certificate import Proved, certificate_of
from optimiser.audit.difference import Difference
from optimiser.audit.limits import limit_differences
from optimiser.audit.money import Money
from optimiser.audit.near import near_differences, near_queries
from optimiser.audit.option import read_option
from optimiser.audit.replay import Replay
from optimiser.audit.results import Results, hash_differences
from optimiser.audit.rules import Rules
from optimiser.audit.totals import Totals
from optimiser.text.faults import Faults, FaultsFound, Place
from optimiser.text.textfile import refuse_unreadable


@dataclass(frozen=True)
class Audit:
    """Hold what the audit looked at and what it found."""

    folder: Path
    figures: int
    """How many figures of the tables were set beside the replay's."""
    limits: int
    """Rows of limits worked out from the option."""
    files: int
    """Copies whose hash was taken."""
    differences: tuple[Difference, ...]
    proved: tuple[Proved, ...] = ()
    """What the duals prove of each priority; nothing with whole numbers or cohorts, which have none."""
    extra_rules: tuple[str, ...] = ()
    """Rules that were added in Python: no file says them, so they are not replayed."""

    queries: tuple[str, ...] = ()
    """What could not be looked at, in sentences; no difference."""

    @property
    def passed(self) -> bool:
        """Return True where nothing differs."""
        return not self.differences


def audit(folder: Path) -> Audit:
    """Replay a plan and reconcile every table with it. Raises FaultsFound where there is no plan to audit."""
    plan = _record(folder)
    differences = list(hash_differences(folder, plan.get("sha256") or {}))
    try:
        book = Book(folder / str(plan.get("inputs")), plan.get("scenarios") or ())
        option = read_option(folder / str(plan.get("constraints")), book.settings.financial_years)
    except FaultsFound:
        if not differences:
            raise
        # A copy that was changed until it no longer reads is named by its hash; nothing else can be replayed.
        return Audit(folder, 0, 0, len(plan.get("sha256") or {}), tuple(differences))
    results = Results(folder, plan, book.last)
    replay = Replay(book, results)
    money = Money(replay)
    amounts = Amounts(replay, money)
    rules, totals = Rules(option, amounts), Totals(plan, option, amounts)
    differences += [*results.broken, *replay.differences(), *money.differences()]
    differences += [*limit_differences(rules, results), *totals.differences(), *_whole(option.whole_numbers, results)]
    differences += near_differences(plan, results)
    queries = near_queries(plan, folder)
    proved: list[Proved] = []
    extra = tuple(plan.get("extra_rules") or ())
    if not totals.whole and not differences and not extra:
        proved, unproved = certificate_of(replay, option, results.within)
        differences += unproved
    figures = sum(len(row) for table in results.tables.values() for row in table.values())
    figures += sum(len(numbers) for _, numbers in results.limits)
    files = len(plan.get("sha256") or {})
    return Audit(folder, figures, len(results.limits), files, tuple(differences), tuple(proved), extra, queries)


def _record(folder: Path) -> Mapping[str, Any]:
    """Read plan.json of an optimal plan. Raises FaultsFound."""
    faults, path = Faults(), folder / "plan.json"
    place, mend = Place(str(path)), "Name a results folder of optimiser solve or simulate."
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except PermissionError as error:
        refuse_unreadable(place, error, faults)
        raise FaultsFound(faults.found) from None
    except OSError:
        faults.add("no-results", place, "no such file", "a results folder", mend)
        raise FaultsFound(faults.found) from None
    except ValueError as error:
        faults.add("bad-json", place, f"JSON that cannot be read ({error})", "", mend)
        raise FaultsFound(faults.found) from None
    if not isinstance(plan, dict) or plan.get("status") != "optimal":
        found = f'a run that ended as "{plan.get("status")}"' if isinstance(plan, dict) else "no record of a plan"
        faults.add("no-plan", place, found, "an optimal plan", "There are no tables to audit.")
        raise FaultsFound(faults.found)
    return plan


def _whole(whole: bool, results: Results) -> Iterator[Difference]:
    """Yield each start that is no whole person, where the option asks for whole people."""
    for (route, area, year), row in results.tables["starts"].items() if whole else ():
        if row["starts"] != round(row["starts"]):
            where = {"route": route, "area": area, "year": year}
            nearest = float(round(row["starts"]))
            yield Difference("starts.csv", where, "starts", row["starts"], nearest, "Starts are whole people here.")
