"""A new results folder in the place of an old one: ours is replaced, all else in the folder comes back to it.

The folder is set aside, the new one takes its place, and whatever is not ours moves back from the one set aside. A run
that is killed on the way is completed by the next command (`put_right`).
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from optimiser.plan import in_place
from optimiser.plan.marker import RECORD, Owned, owned

EDITED = "edited"
"""Where a file of ours that was changed afterwards is kept when new results take its name."""


def real(path: Path) -> Path:
    """The path itself: a link is followed, not replaced; one that leads in a circle stays what it is."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """True for a folder; False for a name that no file system takes."""
    try:
        return path.is_dir()
    except OSError:
        return False


def put_right(out: Path) -> None:
    """Complete what a run that was killed while writing has left: whole results are in their place afterwards."""
    out = real(out)
    for left in sorted(out.parent.glob(f".{escape(out.name)}.*-*")):
        word, _, number = left.name.rpartition(".")[2].partition("-")
        if word not in ("new", "old") or not number.isdecimal() or left.is_symlink() or _at_work(int(number)):
            continue
        with suppress(OSError):
            if word == "new":
                _remove(left)
            elif os.path.lexists(out):
                _settle(left, out)
            else:
                left.rename(out)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()


def _at_work(process: int) -> bool:
    """True where the process may still be writing. Where that cannot be asked without harm (Windows), it may be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def swap_in(fresh: Path, place: Path, out: Path) -> None:
    """Put the folder `fresh` in its place, called `out` by the user. Raises OSError; all is then as it was."""
    old = beside(place, "old")
    if os.path.lexists(old):
        raise FileExistsError(f"{old} is in the way: an earlier run could not put it right")
    try:
        if place.exists():
            shutil.copymode(place, fresh)
            place.rename(old)
        fresh.rename(place)
    except BaseException:
        # Ctrl-C included: between the two renames there is no result in its place.
        with _unheard():
            if fresh.exists():
                if old.exists() and not place.exists():
                    old.rename(place)
            else:
                _finish(old, place, out)
        raise
    with _unheard():
        _finish(old, place, out)


def _finish(old: Path, place: Path, out: Path) -> None:
    """The new result is in its place: what is not ours comes back to it from the folder set aside."""
    in_place.put(out)
    if not old.exists():
        return
    try:
        edited = _settle(old, place)
    except OSError as error:
        reason = error.strerror or error
        in_place.note(f"{out} is whole, but what else was in it is still in {old} ({reason}). Move it back.")
        return
    for name, kept in edited.items():
        in_place.note(f"{name} in {out} had been changed after it was written: your copy is now {kept.as_posix()}.")


def _settle(old: Path, place: Path) -> dict[str, Path]:
    """Take from `old` what is ours, give the rest back to `place`; our files that were changed, and where they are.

    The record goes last: a run that is killed meanwhile can be completed from it.
    """
    ours = owned(old) or Owned(RECORD, {}, {})
    edited: dict[str, Path] = {}
    _empty(old, "", place, ours, edited)
    with suppress(FileNotFoundError):
        (old / ours.record).unlink()
    old.rmdir()
    return edited


def _empty(folder: Path, below: str, place: Path, ours: Owned, edited: dict[str, Path]) -> None:
    for entry in sorted(folder.iterdir()):
        name = f"{below}{entry.name}"
        target = place / name
        if name == ours.record and ours.content:
            continue
        if entry.is_dir() and not entry.is_symlink():
            if not os.path.lexists(target) and not ours.has_below(name):
                target.parent.mkdir(parents=True, exist_ok=True)
                entry.rename(target)
                continue
            _empty(entry, f"{name}/", place, ours, edited)
            entry.rmdir()
        elif entry.is_file() and not entry.is_symlink() and ours.is_ours(name, entry):
            entry.unlink()
        elif name in ours.hashes or _in_the_way(target, place):
            target = _free(place, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            entry.rename(target)
            edited[name] = target.relative_to(place)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            entry.rename(target)


def _in_the_way(target: Path, place: Path) -> bool:
    """True where something of the new result has this name, or has a file where this one needs a folder."""
    between = [parent for parent in target.parents if parent != place and parent.is_relative_to(place)]
    return os.path.lexists(target) or any(os.path.lexists(parent) and not parent.is_dir() for parent in between)


def _free(place: Path, name: str) -> Path:
    """A name below `edited` that nothing has yet."""
    wanted = place / EDITED / name
    number, free = 2, wanted
    while os.path.lexists(free):
        free, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
    return free


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the few renames meanwhile are done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    # One that is ignored, or left to the system, stays so.
    before = {one: handler for one in (signal.SIGINT, signal.SIGTERM) if callable(handler := signal.getsignal(one))}
    for one in before:
        signal.signal(one, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    if heard:
        raise KeyboardInterrupt


def beside(place: Path, word: str) -> Path:
    """What this process makes beside a place: hidden, with `new` or `old` and the process in its name."""
    return place.parent / f".{place.name}.{word}-{os.getpid()}"
