"""Ends every command with one message and one exit code, never a traceback unless asked for."""

from __future__ import annotations

import functools
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from optimiser.errors import CannotWrite, FaultsFound, NoPlan, ProcessDied, Stopped
from optimiser.plan import in_place
from optimiser.text.numbers import quoted
from optimiser.text.temporary import FULL

DONE, USAGE = 0, 2
FAULTS, NO_PLAN, STOPPED = FaultsFound.exit_code, NoPlan.exit_code, Stopped.exit_code
CANNOT_WRITE = CannotWrite.exit_code


def ends_well(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn every known error into its message and exit code; `--debug` shows the traceback of unknown ones."""

    @click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
    @functools.wraps(function)
    def wrapped(*args: Any, debug: bool, **kwargs: Any) -> Any:
        in_place.begin()
        heard = _hear_the_end()
        try:
            return function(*args, **kwargs)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            _interrupted()
        except Exception as error:
            if heard:
                # An import that is interrupted may say so as a failure of its own.
                _interrupted()
            if debug:
                raise
            _end(error)
        finally:
            for note in in_place.notes():
                click.echo(note, err=True)

    return wrapped


def _hear_the_end() -> list[int]:
    """Let a scheduler's SIGTERM end the command as Ctrl-C does: with a sentence, and nothing left half done.

    Returns a list that will hold each signal received. A Ctrl-C that is ignored (a command in the background) stays so.
    """
    heard: list[int] = []

    def stop_now(number: int, _frame: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop_now)
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, stop_now)
    return heard


def _interrupted() -> NoReturn:
    message = f"Interrupted. {in_place.sentence()}"
    solving = sys.modules.get("optimiser.solving.interruptible")
    if solving is None or not solving.still_at_work():
        stop(message, STOPPED)
    # The solver's thread cannot be interrupted, and Python's own ending would free what it works on.
    click.echo(message, err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(STOPPED)


def _end(error: Exception) -> NoReturn:
    if isinstance(error, MemoryError):
        # First of all: there may be no memory left to import what the others need.
        stop(f"The machine ran out of memory. {in_place.sentence()}", STOPPED)
    if isinstance(error, FaultsFound):
        count = sum(fault.severity == "error" for fault in error.faults)
        stop(f"{error}\n{count} fault{'s' if count != 1 else ''} to mend. Nothing was solved or written.", FAULTS)
    if isinstance(error, CannotWrite):
        stop(str(error), CANNOT_WRITE)
    if isinstance(error, ProcessDied):
        stop(f"{error} {in_place.sentence()}", STOPPED)
    full = isinstance(error, OSError) and error.errno in FULL
    if isinstance(error, OSError) and (full or error.filename is not None):
        verb = "written" if full else "opened"
        reason = (error.strerror or str(error)).lower()
        what = f"{error.filename or 'A file'} cannot be {verb}: {reason}."
        stop(f"{what} {in_place.sentence()}", CANNOT_WRITE if full else FAULTS)
    if isinstance(error, UnicodeEncodeError):
        stop(f"{_not_text(error.object)} {in_place.sentence()}", FAULTS)
    stop(
        f"An unexpected error: {type(error).__name__}: {error}. {in_place.sentence()} "
        "Run again with --debug and report what it shows.",
        STOPPED,
    )


def refuse_half_characters(words: Sequence[str]) -> None:
    """End with 1 where a word of the command line is no text: results could not record it."""
    wrong = [word for word in words if not _is_text(word)]
    if wrong:
        stop("\n".join([*map(_not_text, wrong), "Nothing was solved or written."]), FAULTS)


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_text(text: str) -> str:
    return f"Found {quoted(text)}, which is not UTF-8 text, expected a name that is. Rename the file or folder."


def stop(message: str, code: int) -> NoReturn:
    """Print the message on stderr and end with the exit code."""
    click.echo(message, err=True)
    sys.exit(code)
