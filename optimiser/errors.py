"""Defines every exception of the optimiser, as one tree:

    OptimiserError
    ├─ FaultsFound        the user's files have faults: all of them, in `.faults`             exit code 1
    ├─ NoSuchCell         a cell of the inputs that is to be changed is not there             exit code 1
    ├─ NoPlan             no plan satisfies the constraints; `.diagnose()` says why           exit code 3
    ├─ Stopped            nothing was proved: out of time, of memory, or of digits            exit code 4
    │  ├─ NotProved       the solver's answer fails a check of its rows or prices
    │  ├─ BrokenRow       the solver's answer breaks a row or a bound
    │  ├─ Undecided       neither a plan, nor that there is none, could be proved
    │  ├─ ProcessDied     another process that solved a part of it ended
    │  └─ OptionNotTaken  the solver does not know an option it was given
    ├─ CannotWrite        the results cannot be written where they were asked for             exit code 5
    └─ NoCluster          the scheduler of a cluster does not answer                          exit code 2

Wrong calls of a function (two of `to`, `times` and `plus`, say) are TypeError or ValueError, as everywhere in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar


class OptimiserError(Exception):
    """Is raised, as one of its kinds, where the optimiser has no answer to give."""

    exit_code: ClassVar[int] = 4
    """What a command ends with."""


class FaultsFound(OptimiserError):
    """The user's files have faults, all of which it carries.

    Each of `faults` has `code`, `place`, `found`, `expected`, `mend`, `severity` and `sentence()`; warnings are among
    them. The message lists every one, grouped by file.
    """

    exit_code = 1

    def __init__(self, faults: Iterable[Any]) -> None:
        self.faults: tuple[Any, ...] = tuple(faults)
        super().__init__(bullets(self.faults))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults,)


class NoSuchCell(OptimiserError):
    """A change names a table, column or row that the inputs do not have; says what was expected and what to do."""

    exit_code = 1

    def __init__(self, found: str, expected: str, mend: str = "") -> None:
        super().__init__(f"found {found}, expected {expected}. {mend}".strip())
        self.found, self.expected, self.mend = found, expected, mend


class NoPlan(OptimiserError):
    """No plan satisfies the constraints."""

    exit_code = 3

    def __init__(self, message: str, diagnose: Callable[[], Any] | None = None) -> None:
        self._diagnose = diagnose
        super().__init__(message)

    def diagnose(self) -> Any:
        """Say which entries clash and what would help: an `optimiser.api.Diagnosis`. Raises Stopped where undecided."""
        if self._diagnose is None:
            raise TypeError("this one knows no model to diagnose: use Model.diagnose")
        return self._diagnose()


class Stopped(OptimiserError):
    """The solve ended before anything was proved."""

    exit_code = 4


class NotProved(Stopped):
    """The solver's answer failed a check of every row, or of the duals, in natural units."""


class BrokenRow(Stopped):
    """A returned value breaks a row or bound by more than the tolerance."""


class Undecided(Stopped):
    """The solver stopped before it was known whether there is a plan, or where the end of a curve is."""


class ProcessDied(Stopped):
    """A process that solves a part of the work ended without an answer."""


class OptionNotTaken(Stopped):
    """The installed solver does not know an option, or not this value of it."""


class CannotWrite(OptimiserError):
    """The results cannot be written where they were asked for; nothing there was touched."""

    exit_code = 5


class NoCluster(OptimiserError):
    """There is no cluster at the address that was given, or what talks to it is not installed."""

    exit_code = 2


def bullets(faults: Iterable[Any]) -> str:
    """Write one message of bullets grouped by file: errors of a file first, then its warnings."""
    return "\n".join(_lines(sorted(faults, key=lambda f: (f.place.file, f.severity, f.place.line, f.place.column))))


def _lines(faults: list[Any]) -> Iterator[str]:
    file = None
    for fault in faults:
        if fault.place.file != file:
            file = fault.place.file
            yield file or "(no file)"
        label = "warning: " if fault.severity == "warning" else ""
        yield f"  - {label}{fault.sentence()}"
