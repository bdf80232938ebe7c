"""Records where a model comes from: its files, what the user calls them, and that none has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias, Union

from optimiser.api.dataframes import Names, write_inputs
from optimiser.api.own_folder import OwnFolder
from optimiser.errors import FaultsFound
from optimiser.plan.destination import Study
from optimiser.text.faults import Fault, Faults, Place
from optimiser.text.temporary import temporary_files

AnyPath: TypeAlias = Union[str, "PathLike[str]"]
Inputs: TypeAlias = AnyPath | Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """Hold the files of a model, and the call that would make it again."""

    inputs: Path
    constraints: Path
    scenarios: tuple[str, ...]
    call: str
    """`optimiser.read('inputs', 'option.yaml')`"""
    names: Names = field(default_factory=Names)
    kept: tuple[OwnFolder, ...] = ()
    """Folders that exist for as long as something refers to them here."""
    option: Path | None = None
    """The option that the user named, where `constraints` is made from it."""

    @property
    def study(self) -> Study:
        """Return the inputs and options that results are made from."""
        return Study(self.inputs, (self.option or self.constraints,))

    def renamed(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Return faults in the user's words."""
        return tuple(self.names.renamed(fault) for fault in faults)


def folder_of(inputs: Inputs) -> tuple[Path, Names, tuple[OwnFolder, ...]]:
    """Return the inputs as a path; DataFrames are written into a folder of their own first. Raises FaultsFound."""
    if not isinstance(inputs, Mapping):
        return Path(inputs), Names(), ()
    with temporary_files():
        kept = OwnFolder("inputs")
        folder = kept.path / "inputs"
        folder.mkdir()
        return folder, write_inputs(inputs, folder), (kept,)


def origin_of(inputs: Inputs, constraints: AnyPath, scenarios: Sequence[str]) -> Origin:
    """Return the origin of a model of these inputs and constraints. Raises FaultsFound and TypeError."""
    if isinstance(scenarios, str):
        raise TypeError(f"scenarios is a list of names: write scenarios=[{scenarios!r}]")
    folder, names, kept = folder_of(inputs)
    shown = "DataFrames" if isinstance(inputs, Mapping) else repr(str(inputs))
    said = f", scenarios={list(scenarios)!r}" if scenarios else ""
    call = f"optimiser.read({shown}, {str(constraints)!r}{said})"
    return Origin(folder, Path(constraints), tuple(scenarios), call, names, kept)


def hashes(files: Iterable[Path]) -> dict[Path, str]:
    """Return the SHA-256 of each file."""
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in dict.fromkeys(files)}


def refuse_changed(known: Mapping[Path, str]) -> None:
    """Stop where a file has changed since it was read: results and copies would differ. Raises FaultsFound."""
    faults = Faults()
    for path, before in known.items():
        try:
            now = hashes([path])[path]
        except OSError:
            now = ""
        if now != before:
            found = "a file that is gone" if not now else "a file that has changed since it was read"
            faults.add("changed-since-read", Place(str(path)), found, "the file as it was read", "Read it again.")
    if faults.errors:
        raise FaultsFound(faults.found)
