"""Guards what is shown: a reader that has gone ends no command, and no text steers the terminal."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

_STEERING = re.compile(r"(\x1b\[\?25[hl])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters; the first group is a progress bar's own, which hides the cursor and shows it again."""


class Shown:
    """Wrap a standard stream whose end may close, or fill up, before the command is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.failed: OSError | None = None
        """Why not everything could be shown; a reader that wanted no more is no failure."""

    def write(self, text: str) -> int:
        """Write the text, each control character as `�`: titles of the user's files may hold any."""
        clean = _STEERING.sub(lambda match: match[1] or "\ufffd", text)
        with self._forgiving():
            self._stream.write(clean)
        return len(text)

    def flush(self) -> None:
        """Show what was written."""
        with self._forgiving():
            self._stream.flush()

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as error:
            self._stream.write(error.object.encode(error.encoding, "backslashreplace").decode(error.encoding))
        except OSError as error:
            if error.errno != errno.EPIPE and not isinstance(error, BrokenPipeError):
                self.failed = error
            self._forget()

    def _forget(self) -> None:
        """Write to nowhere from here on: what is still buffered must not fail again at the end."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def forgiving() -> Iterator[Shown]:
    """Wrap both standard streams meanwhile and give stdout's wrapper; a closed one leads nowhere."""
    before = sys.stdout, sys.stderr
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        out, err = Shown(sys.stdout or nowhere), Shown(sys.stderr or nowhere)
        sys.stdout, sys.stderr = out, err
        try:
            yield out
        finally:
            for stream in (out, err):
                stream.flush()
            sys.stdout, sys.stderr = before
