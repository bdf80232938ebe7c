"""The command, as `optimiser` or `python -m optimiser`: an end that comes while it loads is heard too."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

_STOPPED = 4


def run() -> None:
    """Load the commands and run the one that is asked for."""
    for one in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, _ended_while_loading)
    from optimiser.cli import main

    main()


def _ended_while_loading(_number: int, _frame: object) -> None:
    """Nothing has begun. An import that is interrupted may turn the exception into another, so none is raised."""
    message = "Interrupted. Nothing was written; earlier results are whole.\n"
    if sys.stderr is not None:
        with suppress(OSError):  # nobody may be there to read it
            os.write(2, message.encode())
    os._exit(_STOPPED)


if __name__ == "__main__":
    run()
