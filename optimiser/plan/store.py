"""Writing a results folder, or a file, whole or not at all: made beside its place, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from optimiser.errors import CannotWrite as CannotWrite
from optimiser.plan import in_place
from optimiser.plan.frame import Frame
from optimiser.plan.marker import RECORD, RUN, hashes_below, owned
from optimiser.plan.swap import beside, put_right, real, swap_in

_LONGEST = 230
"""Bytes of a folder's name that leave room for the endings of the folders made beside it."""


def refuse_foreign(out: Path) -> None:
    """Stop before any work where `out` holds something but no earlier result, or cannot be written."""
    place = real(out)
    if len(os.fsencode(place.name)) > _LONGEST:
        raise CannotWrite(f"{out} cannot be made: the name is too long. Name a folder with a shorter name.")
    try:
        put_right(out)
        if place.is_dir():
            if any(place.iterdir()) and owned(place) is None:
                raise CannotWrite(
                    f"{out} holds files that are not results (no {RECORD} or {RUN} of the optimiser is in it). "
                    "Name an empty or new folder."
                )
        elif os.path.lexists(place):
            raise CannotWrite(f"{out} is a file, or a link that leads nowhere, and results are a folder. Name another.")
        _refuse_locked(out, place)
    except OSError as error:
        raise CannotWrite(_said(out, error)) from error


def _refuse_locked(out: Path, place: Path) -> None:
    """Whoever takes away the right to write in a folder wants it to stay as it is."""
    parent = next(folder for folder in place.parents if folder.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise CannotWrite(f"{out} cannot be made: {parent} does not allow writing. Name another folder.")
    locked = next((folder for folder in _emptied(place) if not os.access(folder, os.W_OK | os.X_OK)), None)
    if locked is not None:
        raise CannotWrite(f"{out} cannot be replaced: {locked} does not allow writing. Name another folder.")


def _emptied(place: Path) -> Iterator[Path]:
    """The folders that are written in when a new result comes: those that hold ours, and those that move as a whole."""
    ours = owned(place)
    for folder, inside, _ in os.walk(place):
        yield Path(folder)
        name = Path(folder).relative_to(place).as_posix()
        if name != "." and not (ours is not None and ours.has_below(name)):
            inside.clear()


def write_whole(path: Path, write: Callable[[str], object]) -> None:
    """Let `write` make a file beside `path`, then put it in place. Raises CannotWrite."""
    try:
        with fresh_file(path) as fresh:
            write(str(fresh))
    except OSError as error:
        raise CannotWrite(f"{path} could not be written: {error.strerror or error}. Name another file.") from error


def put_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    with fresh_file(path) as fresh:
        fresh.write_bytes(content)


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A file beside `path`, which takes its place when all is well; a link is followed. Raises OSError."""
    place = real(path)
    fresh = beside(place, "new").with_suffix(place.suffix)
    # A library may say in its own way that a file cannot be made; the system says why. Never through a planted link.
    fresh.touch(exist_ok=False)
    try:
        yield fresh
        fresh.replace(place)
        in_place.put(path)
    finally:
        fresh.unlink(missing_ok=True)


def write_plan(
    out: Path,
    record: Callable[[Mapping[str, Any]], str],
    frames: Iterable[tuple[Frame, Frame | None]],
    used: Mapping[str, Path],
    name: str = RECORD,
    texts: Mapping[str, str | bytes] | None = None,
) -> None:
    """Write every table (and its run-out part), copies of what was used and the record; then put it in place.

    `texts` are other files by their path below `out`.

    `record` is called last, so that it can say how long the writing took, with the hashes of what was written.
    Everything is written beside `out` and renamed, so a crash leaves an earlier result whole.
    """
    place = real(out)
    fresh = beside(place, "new")
    try:
        fresh.mkdir(parents=True)
        for frame, run_out in frames:
            frame.write(fresh)
            if run_out is not None:
                (fresh / "run_out").mkdir(exist_ok=True)
                run_out.write(fresh / "run_out")
        for used_as, path in used.items():
            copy = fresh / "used" / used_as
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        for text_of, text in (texts or {}).items():
            (fresh / text_of).parent.mkdir(parents=True, exist_ok=True)
            (fresh / text_of).write_bytes(text.encode() if isinstance(text, str) else text)
        said = record({"files": hashes_below(fresh)})
        (fresh / name).write_text(said, encoding="utf-8", newline="")
        swap_in(fresh, place, out)
    except OSError as error:
        raise CannotWrite(_said(out, error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_record_alone(out: Path, record: Callable[[Mapping[str, Any]], str]) -> bool:
    """Write plan.json alone into a fresh folder; an earlier plan stays. True where it was written."""
    if out.is_dir() and any(out.iterdir()):
        return False
    write_plan(out, record, (), {})
    return True


def _said(out: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{out} could not be written: {reason}. Close it in Excel or any other program, or name another folder."
