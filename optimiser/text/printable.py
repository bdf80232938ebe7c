"""Text that any program can show: without the characters that steer terminals and that XML cannot hold."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with `\ufffd` for each such character; tabs and new lines stay."""
    return _UNPRINTABLE.sub("\ufffd", text)
