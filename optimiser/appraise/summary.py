"""Keeps summary.json: what an appraisal has done so far, and which files in its folder are its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from optimiser.appraise.progress import Progress
from optimiser.plan import in_place
from optimiser.plan.marker import SUMMARY, changed, file_hash, owned
from optimiser.plan.record import as_json
from optimiser.plan.store import CannotWrite, put_bytes
from optimiser.plan.swap import EDITED

DONE, NO_PLAN, STOPPED, LEFT_OUT, FAILED = "done", "no plan", "stopped", "left out", "failed"
EXIT_CODES = {DONE: 0, LEFT_OUT: 0, NO_PLAN: 3, STOPPED: 4, FAILED: 4}
"""The exit code that the command of a step would have had."""


@dataclass(frozen=True)
class Step:
    """Hold one step of the appraisal and how it ended."""

    step: str
    """solve, compare, explain, sweep, tornado, robust, audit or report"""
    option: str
    scenario: str
    status: str
    exit_code: int
    seconds: float
    """By the clock; solves of several plans overlap."""
    files: tuple[str, ...] = ()
    """Folders and files written, below the appraisal's own."""
    reason: str = ""
    key: str = ""
    """SHA-256 of what the step was made from."""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Summary:
    """Keep the record of an appraisal, written anew after each step, so that a stopped run knows what is finished."""

    folder: Path
    content: dict[str, Any]
    """command, versions, sha256, made_from and what was asked for."""
    progress: Progress
    steps: list[Step] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file of ours that lies in the folder itself."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """summary.json as an earlier run left it."""

    def begin(self) -> None:
        """Read what an earlier run left and mark the folder as an appraisal's. Raises CannotWrite."""
        ours = owned(self.folder)
        if ours is not None and ours.record != SUMMARY:
            raise CannotWrite(f"{self.folder} holds results of another command. Name another folder with --out.")
        if ours is not None:
            self.before = ours.content
            self.hashes = {name: text for name, text in ours.hashes.items() if text is not None}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write(finished=False)

    def earlier(self, step: str, option: str, scenario: str, key: str) -> Step | None:
        """Return the same step of a stopped run, where it was made from the same and its files are whole."""
        if self.before.get("finished") is not False:
            return None
        for one in self.before.get("steps", ()):
            with suppress(TypeError, KeyError):
                found = Step(**{**one, "files": tuple(one["files"])})
                same = (found.step, found.option, found.scenario, found.key) == (step, option, scenario, key)
                if same and found.status in (DONE, NO_PLAN) and all(map(self._whole, found.files)):
                    return found
        return None

    def _whole(self, name: str) -> bool:
        path = self.folder / name
        if path.is_dir():
            return owned(path) is not None and not changed(path)
        with suppress(OSError):
            return file_hash(path) == self.hashes.get(name)
        return False

    def add(self, step: Step) -> None:
        """Record a step that has ended. Raises CannotWrite."""
        self.steps.append(step)
        self.write(finished=False)

    @contextmanager
    def timed(self, step: str, option: str = "", scenario: str = "", key: str = "") -> Iterator[Callable[..., None]]:
        """Time a step and record how it ended: `done`, unless the body says otherwise before its end."""
        said: dict[str, Any] = {"status": DONE}
        began = perf_counter()
        yield lambda **more: said.update(more)
        status = str(said.pop("status"))
        seconds = round(perf_counter() - began, 2)
        self.add(Step(step, option, scenario, status, EXIT_CODES[status], seconds, key=key, **said))

    def put(self, name: str, content: bytes) -> None:
        """Write a file of ours; what is there and not as we wrote it is kept in `edited`. Raises CannotWrite."""
        path = self.folder / name
        try:
            if os.path.lexists(path) and not (path.is_file() and file_hash(path) == self.hashes.get(name)):
                kept = self._kept(name)
                kept.parent.mkdir(parents=True, exist_ok=True)
                path.rename(kept)
                in_place.note(f"{path} was not as it was written: your copy is now {kept}.")
            put_bytes(path, content)
        except OSError as error:
            reason = f"{error.strerror or error}. Close it in Excel, Word or a browser."
            raise CannotWrite(f"{path} could not be written: {reason}") from error
        self.hashes[name] = file_hash(path)

    def _kept(self, name: str) -> Path:
        wanted = self.folder / EDITED / name
        number, free = 2, wanted
        while os.path.lexists(free):
            free, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
        return free

    def as_content(self, finished: bool) -> dict[str, Any]:
        """Return what summary.json holds."""
        steps = [{**asdict(one), "files": list(one.files)} for one in self.steps]
        return {**self.content, "finished": finished, "steps": steps, "files": dict(sorted(self.hashes.items()))}

    def write(self, finished: bool) -> None:
        """Write summary.json. Raises CannotWrite."""
        try:
            # Steps of a run that was stopped stay known until this one has come as far.
            known = {(one.step, one.option, one.scenario) for one in self.steps}
            content = self.as_content(finished)
            if not finished and self.before.get("finished") is False:
                content["steps"] += [
                    one for one in self.before.get("steps", ())
                    if (one.get("step"), one.get("option"), one.get("scenario")) not in known
                ]  # fmt: skip
            put_bytes(self.folder / SUMMARY, as_json(content).encode())
        except OSError as error:
            raise CannotWrite(f"{self.folder / SUMMARY} could not be written: {error.strerror or error}.") from error


def parts_for_report(folder: Path) -> tuple[list[Path], Path | None] | None:
    """Return the folders of an appraisal that a report is made from, and that in detail; None for another folder."""
    ours = owned(folder)
    if ours is None or ours.record != SUMMARY:
        return None
    shown, detail = ours.content.get("report_from"), ours.content.get("in_detail")
    inside = [folder / name for name in shown if _below(name)] if isinstance(shown, list) else []
    return inside, folder / str(detail) if _below(detail) else None


def parts_of(results: Sequence[Path]) -> tuple[list[Path], Path | None]:
    """Return the folders, an appraisal's own in its place; and the plan that an appraisal shows in detail."""
    folders: list[Path] = []
    detail = None
    for folder in results:
        found = parts_for_report(folder)
        folders += [folder] if found is None else found[0]
        detail = detail or (None if found is None else found[1])
    return folders, detail


def _below(name: object) -> bool:
    """Return True for a name inside the folder: a record from elsewhere may name no other."""
    return isinstance(name, str) and ".." not in Path(name).parts and not Path(name).is_absolute()


def text_of(content: Any) -> bytes:
    """Return the bytes of a JSON file."""
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
