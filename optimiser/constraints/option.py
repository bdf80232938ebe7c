"""Reads an option: merges its file with every file it extends and expands the result into limits."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from optimiser.constraints.changes import InForce, OwnWords, changes
from optimiser.constraints.context import Context
from optimiser.constraints.document import Document, Stated, read_document
from optimiser.constraints.families import FAMILIES, demand, priorities, steady
from optimiser.constraints.keys import ABOUT, TOP
from optimiser.constraints.laying import Keys, Laying
from optimiser.constraints.limit import Carry, Cohort, CommonShare, Limit, Priority
from optimiser.constraints.merge import merged
from optimiser.constraints.policy import Changed, Entry, Policy
from optimiser.constraints.relative import NONE, Relative
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.workbook_options import extended, in_workbook
from optimiser.text.faults import Faults, FaultsFound, nearest
from optimiser.text.numbers import quoted
from optimiser.text.textfile import is_file


def read_policy(path: Path, evidence: Evidence, faults: Faults | None = None) -> Policy:
    """Read an option from its file, check it against the evidence and expand it into limits.

    Every fault of the file and of those it extends is recorded, in `faults` too where one is given.
    Raises FaultsFound with all of them where any is an error.
    """
    mine = Faults()
    try:
        return _read(path, evidence, mine)
    finally:
        if faults is not None:
            faults.extend(mine.found)


def check_form(path: Path, faults: Faults) -> None:
    """Record every fault of an option that can be seen without the evidence, of what it extends too."""
    documents, complete = _chain(path, True, faults)
    if documents:
        _layers(documents, faults, complete)
        _top_values(documents, faults, complete)


def files_of(path: Path) -> list[Path]:
    """List the file of an option and every file it extends, as far as they can be read."""
    documents, _ = _chain(path, True, Faults())
    return [document.path for document in documents]


def _read(path: Path, evidence: Evidence, faults: Faults) -> Policy:
    documents, complete = _chain(path, evidence.settings.financial_years, faults)
    if not documents:
        raise FaultsFound(faults.found)
    own = documents[-1]
    layers = _layers(documents, faults, complete)
    in_force = _in_order(layers[-1])
    entries = tuple(entry for entry, sound in in_force if sound)
    top = _top_values(documents, faults, complete)
    unread = frozenset(family for one in documents for family in one.unread)
    unread |= {entry.family for entry, sound in in_force if not sound}
    said = demand.settle([one.demand for one in documents], own.shown, Laying(faults, complete))
    context = Context(evidence, faults, entries, bool(top.values.get("whole_numbers")), said.unmet, unread)
    made = [one for entry in entries for one in _expand(entry, context)]
    for entry in (entry for entry, sound in in_force if not sound):
        context.check_codes(entry)
    made += demand.expand(said, evidence)
    limits = tuple(one for one in made if isinstance(one, Limit))
    _check_labels(limits, faults)
    wanted = _priorities(top, said, evidence, faults)
    kept = steady.settle_steady([one.steady for one in documents], evidence, Laying(faults, complete))
    faults.stop_if_any()
    return Policy(
        title=top.values.get("title") or path.stem,
        path=path,
        files=tuple(dict.fromkeys(_file(one.path) for one in reversed(documents))),
        unmet=said.unmet,
        price_per_fte=said.price_per_fte,
        tiers=said.tiers,
        priorities=wanted,
        steady=kept,
        limits=limits,
        carries=tuple(one for one in made if isinstance(one, Carry)),
        cohorts=tuple(one for one in made if isinstance(one, Cohort)),
        common_shares=tuple(one for one in made if isinstance(one, CommonShare)),
        whole_numbers=context.whole_numbers,
        entries=entries,
        changes=_changes(documents, layers, top),
    )


def _file(path: Path) -> Path:
    """Return the file an option is in: its own, or the workbook."""
    book = in_workbook(path)
    return path if book is None else book.file


def _chain(path: Path, financial_years: bool, faults: Faults) -> tuple[list[Document], bool]:
    """Read the file and all it extends, the first ancestor first; False where one of them could not be read."""
    documents: list[Document] = []
    seen: list[Path] = []
    at: Path | None = path
    while at is not None:
        seen.append(Path(os.path.realpath(at)))
        document = read_document(at, str(at), financial_years, faults)
        if document is None:
            return documents, False
        documents.insert(0, document)
        if "extends" not in document.places:
            return documents, True
        at = _extended(document, seen, faults)
    return documents, False


def _extended(document: Document, seen: Sequence[Path], faults: Faults) -> Path | None:
    """Return the file a document extends, or None with the fault recorded."""
    if "extends" not in document.values:
        return None
    given, place = document.values["extends"], document.places["extends"]
    if PurePosixPath(given).is_absolute() or PureWindowsPath(given).drive or "\\" in given:
        mend = "Write the way from this file to the other, with / between folders, such as ../base.yaml."
        faults.add("extends-absolute", place, quoted(given), "a relative path", mend)
        return None
    target = extended(document.path, given)
    if not is_file(_file(target)):
        near = nearest(Path(given).name, (file.name for file in _yaml_files(target.parent)))
        mend = (
            f'Did you mean "{Path(given).with_name(near).as_posix()}"?'
            if near
            else "The path is as seen from this file."
        )
        faults.add("extends-missing", place, quoted(given), "a file that exists", mend)
        return None
    if Path(os.path.realpath(target)) in seen:
        ring = [file.name for file in seen[seen.index(Path(os.path.realpath(target))) :]]
        found = f"{quoted(given)}, which leads back here ({' → '.join([*ring, target.name])})"
        faults.add("extends-circular", place, found, "a chain of files that ends", "Remove one extends.")
        return None
    return target


def _yaml_files(folder: Path) -> list[Path]:
    found = (file for ending in ("*.y*ml", "*.xlsx") for file in folder.glob(ending) if file.is_file())
    return sorted(found) if folder.is_dir() else []


def _layers(documents: Sequence[Document], faults: Faults, complete: bool) -> list[dict[str, Stated]]:
    """Return what is in force after each file, the first ancestor first."""
    layers: list[dict[str, Stated]] = []
    for document in documents:
        layers.append(merged(layers[-1] if layers else {}, document, faults, complete))
    return layers


def _changes(documents: Sequence[Document], layers: Sequence[Mapping[str, Stated]], top: Keys) -> tuple[Changed, ...]:
    """List what the last file changes of all before it. Their faults are recorded already."""
    if len(documents) < 2:
        return ()
    own, laying = documents[-1], Laying(Faults(), complete=True)
    before = documents[:-1]
    said = {(one.name, key): (value, one.entry.places[key])
            for one in own.stated if one.entry is not None for key, value in one.entry.values.items()
            if key in one.entry.places}  # fmt: skip
    for name, part in (("", own), ("demand", own.demand), ("steady", own.steady)):
        said |= {(name, key): (part.values[key], place) for key, place in part.places.items() if key in part.values}
    removed = {one.name: one.place for one in own.stated if one.entry is None} | dict(own.taken)
    removed |= {} if own.demand.taken is None else {"demand": own.demand.taken}
    removed |= {} if own.steady.taken is None else {"steady": own.steady.taken}
    words = OwnWords(
        {at: value for at, (value, _) in said.items() if isinstance(value, Relative)},
        removed,
        {at: place for at, (value, place) in said.items() if value is NONE},
    )
    return changes(
        InForce(
            tuple(entry for entry, _ in _in_order(layers[-2])),
            demand.laid([one.demand for one in before], laying)[0],
            steady.laid([one.steady for one in before], laying),
            _top_values(before, laying.faults, laying.complete),
        ),
        InForce(
            tuple(entry for entry, _ in _in_order(layers[-1])),
            demand.laid([one.demand for one in documents], laying)[0],
            steady.laid([one.steady for one in documents], laying),
            top,
        ),
        words,
    )


def _in_order(stated: Mapping[str, Stated]) -> list[tuple[Entry, bool]]:
    """Return the entries in force, family by family, and whether each could be read whole."""
    order = [family.name for family in FAMILIES]
    entries = [(one.entry, one.sound) for one in stated.values() if one.entry is not None]
    return sorted(entries, key=lambda pair: order.index(pair[0].family))


_NOT_INHERITED = ("title", "extends", *(key.name for key in ABOUT))
"""Top-level keys that describe their own file alone."""


def _top_values(documents: Sequence[Document], faults: Faults, complete: bool) -> Keys:
    """Return the top-level keys in force beside `demand` and the families, each file laid over what it extends."""
    found = Keys({}, {})
    for document in documents:
        below = Keys(*({key: said for key, said in part.items() if key.split(" ")[0] not in _NOT_INHERITED}
                       for part in (found.values, found.places)))  # fmt: skip
        found, _ = Laying(faults, complete).over(below, Keys(document.values, document.places), TOP)
    return found


def _expand(entry: Entry, context: Context) -> list[Limit | Carry | Cohort | CommonShare]:
    """Expand one entry into its limits. One that makes none, and has no fault that explains why, is a fault."""
    family = next(family for family in FAMILIES if family.name == entry.family)
    alone = replace(context, faults=Faults())
    made = list(family.expand(entry, alone))
    if not (made or alone.faults.found or context.unread):
        alone.faults.add("no-rows", entry.place, f"{quoted(entry.name)}, which limits nothing", "an entry that limits")
    context.faults.extend(alone.faults.found)
    return made


def _check_labels(limits: Sequence[Limit], faults: Faults) -> None:
    """Refuse two limits of one label, which could not be told apart."""
    seen: dict[str, Limit] = {}
    for limit in limits:
        if limit.label in seen:
            found, expected = f"{quoted(limit.label)} a second time", "names that differ"
            faults.add("same-name-twice", limit.place, found, expected, "Give one of them another name.")
        seen[limit.label] = limit


def _priorities(top: Keys, said: demand.Demand, evidence: Evidence, faults: Faults) -> tuple[Priority, ...]:
    """Return the priorities in force; with unmet demand at a price that is the cost, and none may be named."""
    if said.unmet == "priced":
        if "priorities" in top.places:
            mend = "Remove them (inherited ones with priorities: none): the price weighs unmet demand against cost."
            found = "priorities while unmet is priced"
            faults.add("priced-priorities", top.places["priorities"], found, "no priorities", mend)
        return priorities.PRICED
    given = top.values.get("priorities")
    if given is None:
        return priorities.DEFAULT
    priorities.check_priorities(given, evidence, faults)
    return tuple(one.priority for one in given)
