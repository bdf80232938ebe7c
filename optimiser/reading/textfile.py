"""Reading a file as text, whatever Excel or an editor made of its encoding."""

from __future__ import annotations

from pathlib import Path

from optimiser.reading.faults import Faults, Place, nearest


def read_text(path: Path, faults: Faults, shown: str) -> str | None:
    """The text of a file: UTF-8 with or without a byte order mark, or cp1252 with a warning.

    `shown` is the path as the user wrote it. Returns None, with the fault recorded, where the file
    cannot be opened or is no text.
    """
    place = Place(shown)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        beside = [file.name for file in path.parent.glob(f"*{path.suffix}")] if path.parent.is_dir() else []
        near = nearest(path.name, beside)
        mend = f'Did you mean "{path.with_name(near)}"?' if near else "Check the path."
        faults.add("cannot-read", place, "no such file", "a file that exists", mend)
        return None
    except OSError as error:
        why = (error.strerror or "it cannot be opened").lower()
        mend = "Close it elsewhere, or allow access."
        faults.add("cannot-read", place, f"this file cannot be read ({why})", "", mend)
        return None
    if b"\0" in data:
        mend = "Save it again as CSV UTF-8 (comma delimited), or as plain UTF-8 text."
        faults.add("not-text", place, "a file that is not UTF-8 text", "UTF-8 text", mend)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _read_cp1252(data, error.start, faults, shown)


def _read_cp1252(data: bytes, start: int, faults: Faults, shown: str) -> str | None:
    """The text of a file that is not UTF-8, read as the older Windows encoding."""
    place = Place(shown, line=data.count(b"\n", 0, start) + 1)
    mend = "Save the file as CSV UTF-8, and check the accents and pound signs."
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        faults.add("not-text", place, "bytes that are not UTF-8 text", "UTF-8 text", mend)
        return None
    faults.warn("not-utf-8", place, "text that is not UTF-8, read as Windows-1252", "UTF-8", mend)
    return text
