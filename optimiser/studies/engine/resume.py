"""Keeps finished points beside the results folder until it is written, so that a stopped run can go on."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from optimiser.plan.store import CannotWrite
from optimiser.plan.swap import real
from optimiser.solving.status import Status
from optimiser.studies.engine.points import FAILED, Result, result_of


class WorkFile:
    """Keep one line for each finished point: its key, a tab, its result.

    A line that a crash cut short is passed over. Points that a time limit stopped, or that failed, are not kept:
    they are tried again.
    """

    def __init__(self, out: Path) -> None:
        whole = real(out)
        self.path = whole.parent / f".{whole.name}.work"
        self._known: dict[str, Result] = {}
        self._file: IO[str] | None = None
        if self.path.is_symlink():
            raise CannotWrite(f"{self.path} is a link that this command did not make. Remove it, then run again.")
        with contextlib.suppress(FileNotFoundError):
            for line in self._written().split(b"\n")[:-1]:
                key, _, text = line.partition(b"\t")
                with contextlib.suppress(ValueError, TypeError):
                    self._known[key.decode()] = result_of(text.decode())

    def result(self, key: str) -> Result | None:
        """Return the result of a finished point; None where it is not finished."""
        return self._known.get(key)

    def keep(self, key: str, result: Result) -> None:
        """Record a finished point at once. Raises CannotWrite."""
        if result.status in (Status.STOPPED.value, FAILED):
            return
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.write(f"{key}\t{result.as_json()}\n")
            self._file.flush()
        except OSError as error:
            raise CannotWrite(f"{self.path} cannot be written: {error.strerror or error}.") from error

    def close(self) -> None:
        """Leave the file for a later run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def done(self) -> None:
        """Remove the work file once the results are written."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _written(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise CannotWrite(f"{self.path} cannot be read: {error.strerror or error}. Remove it.") from error

    def _opened(self) -> IO[str]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
        # In a folder that others may write to, a link planted under this name is not followed.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(self.path, flags, 0o666), "a", encoding="utf-8", newline="")
        if torn:
            file.write("\n")
        return file
