"""Commands run as a user for whom the permissions of files count, even where the tests are run by root."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_DROP, _OVERRIDE, _READ_SEARCH = 24, 1, 2
"""PR_CAPBSET_DROP, and what lets root pass over permissions: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""

CAN_RUN = sys.platform.startswith("linux") or (os.name == "posix" and os.geteuid() != 0)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`optimiser` with these words, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "optimiser", *words], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, preexec_fn=_as_others if os.geteuid() == 0 else None,
    )  # fmt: skip


def _as_others() -> None:
    """Take from this process, for good, what root may do beyond the owner of a file."""
    library = ctypes.CDLL(None, use_errno=True)
    for right in (_OVERRIDE, _READ_SEARCH):
        if library.prctl(_DROP, right, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "the right to pass over permissions could not be given up")
