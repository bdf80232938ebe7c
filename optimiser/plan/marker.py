"""What in a results folder is ours: the record says of every file beside it which bytes were written.

plan.json (or run.json, of a command that solves many times) lists each table under `files` and each copy under
`sha256`, with its SHA-256. Whatever is not listed there, or no longer has these bytes, is the user's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

RECORD = "plan.json"
RUN = "run.json"
"""What marks the folder of a command that solves many times."""
SUMMARY = "summary.json"
"""What marks the folder of an appraisal, which holds the folders of other commands."""
STEPS = "steps.csv"
"""What explain adds to a plan that is there."""
_STEPS_HEAD = b"service,step,fte\n"

_PLAN = ("starts", "staff", "work", "patterns", "demand", "spend", "budgets", "limits")
_MANY = (
    "points", "tables", "constraints", "frontier", "regret", "no_regret", "first_years", "alternatives", "tornado",
    "switches",
)  # fmt: skip
_BEFORE_HASHES = frozenset(
    [f"{part}{name}.csv" for part in ("", "run_out/") for name in _PLAN]
    + [f"{name}.csv" for name in _MANY]
    + ["provenance/index.csv"]
)
"""The files of results written before the record listed its tables: known by name alone."""


@dataclass(frozen=True)
class Owned:
    """The files of a results folder that are ours, by their path in it, with `/` between folders."""

    record: str
    """plan.json, run.json or summary.json."""
    content: Mapping[str, Any]
    """What the record says."""
    hashes: Mapping[str, str | None]
    """SHA-256 of each file beside the record; None where only the name is known."""

    def is_ours(self, name: str, path: Path) -> bool:
        """True where the file at `path` is the one that was written under this name."""
        if name == self.record:
            return True
        if name == STEPS and name not in self.hashes:
            return is_steps(path)
        if name not in self.hashes:
            return False
        written = self.hashes[name]
        return written is None or written == file_hash(path)

    def has_below(self, name: str) -> bool:
        """True where one of our files lies in the folder of that name."""
        return any(file.startswith(f"{name}/") for file in self.hashes)


def owned(folder: Path) -> Owned | None:
    """Return what is ours in a folder; None where it holds no record of ours."""
    for record in (RECORD, RUN, SUMMARY):
        content = _record(folder / record)
        if content is not None:
            # An appraisal keeps no copies of its own: each folder in it has them.
            copied = {} if record == SUMMARY else content["sha256"]
            copies = {f"used/{name}": text for name, text in copied.items()}
            listed = content.get("files")
            tables = listed if isinstance(listed, dict) else dict.fromkeys(_BEFORE_HASHES)
            both = {**copies, **tables}
            return Owned(record, content, {name: text for name, text in both.items() if _stays_inside(name)})
    return None


def changed(folder: Path) -> list[str]:
    """List the files that the record lists and that are no longer there, or no longer as they were written."""
    ours = owned(folder)
    listed = {} if ours is None else {name: text for name, text in ours.hashes.items() if text is not None}
    wrong = []
    for name, text in sorted(listed.items()):
        try:
            same = file_hash(folder / name) == text
        except OSError:
            same = False
        if not same:
            wrong.append(name)
    return wrong


def is_steps(path: Path) -> bool:
    """True where a file has the form of what explain adds. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_STEPS_HEAD)) == _STEPS_HEAD


def hashes_below(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder but the copies in `used`, by its path below it, sorted."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: file_hash(files[name]) for name in sorted(files) if not name.startswith("used/")}


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _record(path: Path) -> dict[str, Any] | None:
    """Read the record, where it has the form of ours: others write files called plan.json too."""
    try:
        content = json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("command"), str):
        return None
    versions, copies = content.get("versions"), content.get("sha256")
    if not isinstance(versions, dict) or "optimiser" not in versions or not isinstance(copies, dict):
        return None
    return content


def _stays_inside(name: str) -> bool:
    """A record that came from elsewhere names no file outside its folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name
