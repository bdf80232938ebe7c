"""What this process has put in its place so far, so that every ending can say what is there and what is not."""

from __future__ import annotations

from pathlib import Path

_written: list[str] = []
_notes: list[str] = []
_if_written: list[str] = []


def begin() -> None:
    """Forget what an earlier command of this process wrote."""
    _written.clear()
    _notes.clear()
    _if_written.clear()


def put(path: Path) -> None:
    """Record a folder or file that is now whole and in its place."""
    if str(path) not in _written:
        _written.append(str(path))


def note(sentence: str) -> None:
    """Record what the user should read once the command has ended."""
    _notes.append(sentence)


def note_if_written(sentence: str) -> None:
    """Record what the user should read once something is in its place, and only then."""
    _if_written.append(sentence)


def notes() -> tuple[str, ...]:
    """Return what the user should read, each sentence once."""
    said = (*_notes, *(_if_written if _written else ()))
    _notes.clear()
    _if_written.clear()
    return said


def anything() -> bool:
    """True where something was put in its place."""
    return bool(_written)


def sentence() -> str:
    """Say what was written, or that nothing was."""
    if not _written:
        return "Nothing was written; earlier results are whole."
    return f"Whole and in place: {', '.join(_written)}."
