"""Running the solver so that Ctrl-C is heard at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


def run_interruptibly(run: Callable[[], object], cancel: Callable[[], object]) -> None:
    """Run in a thread of its own and wait for it; on Ctrl-C tell it to stop, and go on only when it has.

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
        if thread.ident is not None:
            done.wait()
        raise
    if raised:
        raise raised[0]
