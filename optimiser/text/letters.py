"""Names the characters that a reader cannot see or cannot tell apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
"""Control characters other than tab and line breaks, and what is no character: no page or paper can hold them."""

FORMULA = frozenset("=+-@")
"""What a spreadsheet takes for the beginning of a formula."""


def characters_in(text: str) -> str:
    """Name the unprintable characters of a text: `the control character U+000B in the text`."""
    codes = dict.fromkeys(f"U+{ord(sign):04X}" for sign in UNPRINTABLE.findall(text))
    return f"the control character{'s' if len(codes) > 1 else ''} {', '.join(codes)} in the text"


def difference(word: str, known: str) -> str:
    """Say what tells two words apart that may look the same; empty where plain letters do.

    For example ` It has U+200B ZERO WIDTH SPACE, which looks like nothing or like another letter.`
    """
    odd = _odd(word, known) or _odd(known, word)
    if not odd:
        return ""
    which = "It" if _odd(word, known) else f'"{known}"'
    named = ", ".join(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in odd)
    return f" {which} has {named}, which looks like nothing or like another letter."


def _odd(word: str, other: str) -> Iterable[str]:
    """Return the characters beyond ASCII that one word has and the other has not."""
    return list(dict.fromkeys(sign for sign in word if ord(sign) > 127 and sign not in other))
