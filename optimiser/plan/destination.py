"""Where results go: a name that tells studies apart, and never a folder that the study is read from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from optimiser.plan import in_place
from optimiser.plan.marker import owned
from optimiser.plan.store import CannotWrite, refuse_foreign
from optimiser.plan.swap import is_folder, put_right, real

_LONGEST = 200
"""Bytes of a default name: file systems take 255, and a number may follow."""


@dataclass(frozen=True)
class Study:
    """What a results folder is made from, by where it lies: the evidence, then the options (or starts), in order."""

    inputs: Path
    options: tuple[Path, ...]
    under: Path | None = None
    """The option that starts of the user's own are held against."""

    def recorded(self, out: Path) -> dict[str, Any]:
        """The paths as seen from the results folder, so that a project that moves as a whole stays the same study."""
        folder = real(out)
        return {
            "inputs": seen_from(folder, self.inputs),
            "options": [seen_from(folder, option) for option in self.options],
        }


def default_name(study: Study, before: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """`<before>-<inputs>-<option>-<after>`: the evidence is called by its folder, or by that folder's own where it
    is just called inputs; the option by the first file's name.
    """
    inputs = real(study.inputs)
    called = inputs.name if is_folder(inputs) else inputs.stem
    if called.lower() == "inputs" and inputs.parent.name:
        called = inputs.parent.name
    name = "-".join([*before, called, real(study.options[0]).stem, *after])
    return os.fsencode(name)[:_LONGEST].decode(errors="ignore")


def choose(
    out: Path | None, study: Study, before: Sequence[str] = (), after: Sequence[str] = ()
) -> tuple[Path, list[str]]:
    """The results folder, and what the user should know of it before any work. Raises CannotWrite.

    Without `out` it is below `results`; where a folder of that name holds another study, the next number is put
    behind the name.
    """
    try:
        return _chosen(out, study, before, after)
    except OSError as error:
        raise CannotWrite(
            f"{out or 'The results'} cannot be written: {error.strerror}. Name another folder."
        ) from error


def _chosen(out: Path | None, study: Study, before: Sequence[str], after: Sequence[str]) -> tuple[Path, list[str]]:
    notes: list[str] = []
    folder = out
    if folder is None:
        base = Path("results") / default_name(study, before, after)
        folder = _free(base, study)
        if folder != base:
            notes.append(f"{base} holds results of {_made_from(base)}; these go to {folder}.")
    refuse_inputs(folder, study)
    refuse_foreign(folder)
    other = _other(folder, study)
    if other is not None:
        in_place.note_if_written(f"The results of {other} that were in {folder} are replaced.")
    return folder, notes


def _free(base: Path, study: Study) -> Path:
    """The folder of this study where there is one already, else the first that holds no other's results."""
    for folder in _numbered(base):
        put_right(folder)
        made = _recorded(folder)
        same = made is None or (
            made["inputs"] == study.recorded(folder)["inputs"]
            and made["options"][:1] == study.recorded(folder)["options"][:1]
        )
        if same:
            return folder
    raise AssertionError("numbers do not end")


def _numbered(base: Path) -> Iterator[Path]:
    yield base
    for number in count(2):
        yield base.with_name(f"{base.name}-{number}")


def _recorded(folder: Path) -> dict[str, Any] | None:
    """What the results there were made from; None where there are none, or they do not say."""
    ours = owned(real(folder))
    made = None if ours is None else ours.content.get("made_from")
    if (
        not isinstance(made, dict)
        or not isinstance(made.get("inputs"), str)
        or not isinstance(made.get("options"), list)
    ):
        return None
    return made


def _other(folder: Path, study: Study) -> str | None:
    """What the results there were made from, where that is another study."""
    made = _recorded(folder)
    return None if made is None or made == study.recorded(folder) else _made_from(folder)


def _made_from(folder: Path) -> str:
    made = _recorded(folder)
    if made is None:
        return "another study"

    def seen(path: object) -> str:
        return seen_from(Path.cwd(), real(folder) / str(path))

    return f"{', '.join(seen(option) for option in made['options'])} on {seen(made['inputs'])}"


def refuse_inputs(out: Path, study: Study) -> None:
    """Results are no part of what they are made from, and do not hold it."""
    folder, inputs, here = real(out), real(study.inputs), Path.cwd()
    if is_folder(inputs) and folder.is_relative_to(inputs):
        raise CannotWrite(
            f"{out} is, or lies within, the inputs {study.inputs}. Name a folder outside them with --out."
        )
    if here.is_relative_to(folder):
        raise CannotWrite(f"{out} is, or holds, the folder you are in. Name a folder of its own with --out.")
    if folder.is_dir():
        held = next((path for path in _read(study) if real(path).is_relative_to(folder)), None)
        if held is not None:
            raise CannotWrite(f"{out} holds {held}, which is read. Name a folder of its own with --out.")


def _read(study: Study) -> Iterator[Path]:
    """Every file or folder of the user's that the study is read from, what an option extends included."""
    yield study.inputs
    for option in (*study.options, *([study.under] if study.under is not None else [])):
        yield option
        if option.suffix.lower() in (".yaml", ".yml"):
            from optimiser.constraints.option import files_of

            yield from files_of(option)


def seen_from(folder: Path, path: Path) -> str:
    """A path as seen from a folder; as it is where there is no way (another drive)."""
    try:
        return Path(os.path.relpath(real(path), folder)).as_posix()
    except ValueError:
        return real(path).as_posix()
