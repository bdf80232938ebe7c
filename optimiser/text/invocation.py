"""Finds out how the optimiser was called, so that a command it suggests can be typed as it is shown."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

PROGRAM = "optimiser"


def invocation() -> str:
    """Return what was typed before the command's name: `uv run optimiser`, `python -m optimiser` or `optimiser`."""
    words = [_python(), "-m", PROGRAM] if _runs_as_a_module() else [_script()]
    if "UV_RUN_RECURSION_DEPTH" in os.environ:
        # Set by `uv run` for whatever it runs; it alone puts the project's environment on the path.
        words = ["uv", "run", _name(words[0]), *words[1:]]
    return " ".join(map(_quoted, words))


def command_line(*words: object) -> str:
    """Write a command of the optimiser that can be typed, called as this one was; words with spaces are quoted."""
    return f"{invocation()} {' '.join(_quoted(str(word)) for word in words)}"


def _runs_as_a_module() -> bool:
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return spec is not None and spec.name == f"{PROGRAM}.__main__"


def _python() -> str:
    return _as_typed(sys.orig_argv[0])


def _script() -> str:
    """Return the script's name; PROGRAM where another program calls the optimiser from Python."""
    called = sys.argv[0]
    return _as_typed(called) if _name(called) == PROGRAM else PROGRAM


def _as_typed(program: str) -> str:
    """Return a program's name where typing that would find it, otherwise its path as it was given."""
    found = shutil.which(_name(program))
    by_name = found is not None and _place(found) == _place(program)
    return _name(program) if by_name else program


def _place(program: str) -> str:
    return _without_suffix(str(Path(program).absolute()))


def _name(program: str) -> str:
    return _without_suffix(Path(program).name)


def _without_suffix(path: str) -> str:
    """Drop `.exe` and, on Windows, capitals: `optimiser.exe` is found there by the name `optimiser`."""
    return os.path.normcase(path).removesuffix(".exe")


def _quoted(word: str) -> str:
    """Quote a word as the shell takes it; on Windows with double quotes, the only ones it knows."""
    if os.name == "nt":
        return f'"{word}"' if " " in word else word
    return shlex.quote(word)
