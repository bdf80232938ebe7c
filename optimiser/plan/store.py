"""Writing a results folder whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path

from optimiser.plan.frame import Frame

RECORD = "plan.json"
RUN = "run.json"
"""What marks the folder of a command that solves many times."""


class CannotWrite(Exception):
    """The results cannot be written where they were asked for. Exit code 5; nothing there was touched."""


def refuse_foreign(out: Path) -> None:
    """Stop before any work where `out` holds something that is not an earlier result, or cannot be written."""
    if out.is_dir():
        if any(out.iterdir()) and not any((out / name).exists() for name in (RECORD, RUN)):
            raise CannotWrite(
                f"{out} holds files that are not results (there is no {RECORD} in it). Name an empty or new folder."
            )
    elif out.exists():
        raise CannotWrite(f"{out} is a file, and results are a folder. Name a folder.")
    put_right(out)
    parent = next((folder for folder in out.resolve().parents if folder.exists()), None)
    if parent is None or not parent.is_dir() or not os.access(parent, os.W_OK):
        raise CannotWrite(f"{out} cannot be made: {parent} does not allow writing. Name another folder.")


def put_right(out: Path) -> None:
    """Clear away what a run that was killed while writing has left: an earlier result set aside comes back.

    Between the two renames that put a new result in place there is a moment in which neither is there.
    """
    for left in sorted(out.resolve().parent.glob(f".{escape(out.resolve().name)}.*-*")):
        word, _, number = left.name.rpartition(".")[2].partition("-")
        if word not in ("new", "old") or not number.isdecimal() or _at_work(int(number)):
            continue
        if word == "old" and not out.exists():
            with suppress(OSError):
                left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _at_work(process: int) -> bool:
    """True where the process may still be writing. Where that cannot be asked without harm (Windows), it may be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def write_whole(path: Path, write: Callable[[str], object]) -> None:
    """Let `write` make a file beside `path`, then put it in place. Raises CannotWrite."""
    fresh = _beside(path, "new").with_suffix(path.suffix)
    try:
        # A library may say in its own way that a file cannot be made; the system says why.
        fresh.touch()
        write(str(fresh))
        fresh.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path} could not be written: {error.strerror or error}. Name another file.") from error
    finally:
        fresh.unlink(missing_ok=True)


def write_plan(
    out: Path,
    record: Callable[[], str],
    frames: Iterable[tuple[Frame, Frame | None]],
    used: Mapping[str, Path],
    name: str = RECORD,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write every table (and its run-out part), copies of what was used and the record; then put it in place.

    `texts` are other files by their path below `out`.

    `record` is called last, so that it can say how long the writing took.
    Everything is written beside `out` and renamed, so a crash leaves an earlier result whole.
    """
    fresh = _beside(out, "new")
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
            (fresh / text_of).write_text(text, encoding="utf-8", newline="")
        (fresh / name).write_text(record(), encoding="utf-8", newline="")
        _put_in_place(fresh, out)
    except OSError as error:
        raise CannotWrite(_said(out, error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_record_alone(out: Path, record: str) -> bool:
    """Write plan.json alone into a fresh folder; an earlier plan stays. True where it was written."""
    if out.is_dir() and any(out.iterdir()):
        return False
    write_plan(out, lambda: record, (), {})
    return True


def _put_in_place(fresh: Path, out: Path) -> None:
    old = _beside(out, "old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        fresh.rename(out)
    except BaseException:
        # Ctrl-C included: between the two renames there is no result in its place.
        if old.exists() and not out.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(out: Path, word: str) -> Path:
    return out.resolve().parent / f".{out.resolve().name}.{word}-{os.getpid()}"


def _said(out: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{out} could not be written: {reason}. Close it in Excel or any other program, or name another folder."
