"""Cleans text of the characters that steer terminals or that XML cannot hold, so that any program can show it."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Replace each such character by `\ufffd`; tabs and new lines stay."""
    return _UNPRINTABLE.sub("\ufffd", text)
