"""Runs the solver so that Ctrl-C takes effect at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

_PATIENCE = 1.0
"""Seconds in which the solver may come to a stop. Some of its stages (presolve, crossover) do not look up."""

_left_behind: list[Event] = []


def run_interruptibly(run: Callable[[], object], cancel: Callable[[], object]) -> None:
    """Run in a separate thread and wait for it; on Ctrl-C stop it, and wait no longer than a second.

    Whatever the thread raises (memory that runs out above all) is raised here.
    """
    raised: list[BaseException] = []
    # Not `join`: one that Ctrl-C interrupts takes the thread for ended (Python 3.11) while the solver still runs.
    done = Event()

    def work() -> None:
        try:
            run()
        except BaseException as error:  # noqa: BLE001  raised again below
            raised.append(error)
        finally:
            done.set()

    thread = Thread(target=work, daemon=True)
    try:
        thread.start()
        while not done.wait(0.1):  # a wait without end would not be woken by Ctrl-C everywhere
            pass
    except KeyboardInterrupt:
        cancel()
        if thread.ident is not None and not done.wait(_PATIENCE):
            _left_behind.append(done)
        raise
    if raised:
        raise raised[0]


def still_at_work() -> bool:
    """Return True where a solver has ignored the order to stop: only the end of the process stops it then."""
    return any(not done.is_set() for done in _left_behind)
