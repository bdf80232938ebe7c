"""Running the solver so that Ctrl-C is heard at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


def run_interruptibly(run: Callable[[], object], cancel: Callable[[], object]) -> None:
    """Run in a thread of its own and wait for it; on Ctrl-C tell it to stop, and go on only when it has.

    Whatever the thread raises (memory that runs out above all) is raised here.
    """
    raised: list[BaseException] = []

    def work() -> None:
        try:
            run()
        except BaseException as error:  # noqa: BLE001  raised again below
            raised.append(error)

    thread = Thread(target=work, daemon=True)
    try:
        thread.start()
        while thread.is_alive():
            thread.join(0.1)  # a wait without end would not be woken by Ctrl-C everywhere
    except KeyboardInterrupt:
        cancel()
        if thread.ident is not None:
            thread.join()
        raise
    if raised:
        raise raised[0]
