"""Reads a file as text, whatever Excel or an editor made of its encoding."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from optimiser.text.faults import Faults, Place, nearest


def read_text(path: Path, faults: Faults, shown: str) -> str | None:
    """Read the text of a file: UTF-8 with or without a byte order mark, or cp1252 with a warning.

    `shown` is the path as the user wrote it. Returns None, with the fault recorded, where the file
    cannot be opened or is no text.
    """
    place = Place(shown)
    what = no_file(path)
    if what:
        mend = "Put the file itself there, or remove it."
        if what == "a folder" and path.suffix.lower() not in (".csv", ".yaml", ".yml"):
            mend = "Name a file; the inputs come first, then the constraints."
        faults.add("cannot-read", place, what, "a file", mend)
        return None
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        beside = [file.name for file in path.parent.glob(f"*{path.suffix}")] if path.parent.is_dir() else []
        near = nearest(path.name, beside)
        mend = f'Did you mean "{path.with_name(near)}"?' if near else "Check the path."
        faults.add("cannot-read", place, "no such file", "a file that exists", mend)
        return None
    except OSError as error:
        refuse_unreadable(place, error, faults)
        return None
    if b"\0" in data:
        mend = "Save it again as CSV UTF-8 (comma delimited), or as plain UTF-8 text."
        faults.add("not-text", place, "a file that is not UTF-8 text", "UTF-8 text", mend)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _half_characters(data) or _read_cp1252(data, error.start, faults, shown)


def _half_characters(data: bytes) -> str | None:
    """Return the text where only half characters (lone surrogates) are wrong; later checks say where they are."""
    try:
        return data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        return None


def refuse_unreadable(place: Place, error: OSError, faults: Faults) -> None:
    """Record that a file which is there cannot be opened, and why."""
    why = (error.strerror or "it cannot be opened").lower()
    mend = "Close it elsewhere, or allow access."
    faults.add("cannot-read", place, f"this file cannot be read ({why})", "", mend)


def no_file(path: Path) -> str:
    """Name what is where a file should be: a folder, a link that leads nowhere, a pipe; empty for a file or nothing."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else ""
    except OSError as error:
        # A loop of links; without the right to look, opening the file says so.
        return "a link that leads back to itself" if error.errno == errno.ELOOP else ""
    if stat.S_ISREG(mode):
        return ""
    return "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"


def free_name(folder: Path, stem: str) -> Path:
    """Return a YAML file's name that nothing in the folder has yet: the stem, or with -2, -3 …"""
    path, number = folder / f"{stem}.yaml", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.yaml", number + 1
    return path


def is_file(path: Path) -> bool:
    """Return True for a file that exists; False too where the path is none, or may not be looked at."""
    try:
        return path.is_file()
    except OSError:
        return False


def _read_cp1252(data: bytes, start: int, faults: Faults, shown: str) -> str | None:
    """Read the text of a file that is not UTF-8 in the older Windows encoding, and warn."""
    place = Place(shown, line=data.count(b"\n", 0, start) + 1)
    mend = "Save the file as CSV UTF-8, and check the accents and pound signs."
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        faults.add("not-text", place, "bytes that are not UTF-8 text", "UTF-8 text", mend)
        return None
    faults.warn("not-utf-8", place, "text that is not UTF-8, read as Windows-1252", "UTF-8", mend)
    return text
