"""Finds results folders whole before they are read, or reports what is damaged in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from optimiser.plan.damage import damage
from optimiser.plan.store import CannotWrite
from optimiser.plan.swap import put_right
from optimiser.text.faults import FaultsFound


@contextmanager
def whole(folders: Sequence[Path]) -> Iterator[None]:
    """Complete what a killed run left in them; what then cannot be read in a damaged folder is a fault of its files.

    Raises FaultsFound.
    """
    for folder in folders:
        put_right(folder)
        form = damage(folder, contents=False)
        if form:
            raise FaultsFound(form)
    try:
        yield
    except (FaultsFound, CannotWrite, MemoryError):
        raise
    except Exception as error:
        found = [fault for folder in folders for fault in damage(folder, contents=True)]
        if not found:
            raise
        raise FaultsFound(found) from error
