"""Makes the folders that files are written into on the user's behalf."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp


class OwnFolder:
    """Make a temporary folder that is deleted when nothing refers to it any more, or Python ends."""

    def __init__(self, purpose: str) -> None:
        self.path = Path(mkdtemp(prefix=f"optimiser-{purpose}-"))
        weakref.finalize(self, shutil.rmtree, str(self.path), ignore_errors=True)
