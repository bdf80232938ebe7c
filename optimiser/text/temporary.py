"""Guards what we write to the system's folder for temporary files, which may be full, locked or missing."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from optimiser.errors import CannotWrite

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""What the system says where no more can be written."""


@contextmanager
def temporary_files() -> Iterator[None]:
    """Raise CannotWrite where temporary files cannot be written inside the `with` block."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL and error.filename is not None:
            raise  # of a file that is read
        reason = (error.strerror or str(error)).lower()
        raise CannotWrite(
            f"The folder for temporary files cannot be written: {reason}. Free some space there, or name another "
            "folder in TMPDIR (TEMP on Windows)."
        ) from error
