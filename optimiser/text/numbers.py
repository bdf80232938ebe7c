"""Turns text into typed values: numbers, shares, whole numbers, years, yes or no.

Nothing is guessed. `1200`, `1,200`, `170e6`, `170_000_000`, `£1,200`, `£170m`, `1.2m`, `£50k` and `12%`
are numbers; `1,2OO`, `nan` and `1,20` are not, and the message says what to write instead.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<currency>[£$€]?)(?P<sign_after>[-+]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:_\d+)*(?:\.\d*)?|\.\d+)"
    r"(?P<end>[eE][-+]?\d+|[kK]|[mM]|bn|BN|Bn|%)?",
    re.ASCII,
)
_POWER = {"": "", "k": "e3", "m": "e6", "bn": "e9", "%": "e-2"}
_YEAR = re.compile(
    r"(?P<fy>FY ?)?(?P<first>\d{1,4})(?: ?(?:/|(?P<dash>[\u2010-\u2014-])) ?(?P<second>\d{2}|\d{4}))?",
    re.ASCII | re.IGNORECASE,
)
SMALLEST = 1e-15
"""The least number but 0 that is read: nobody counts in less, and a solver cannot."""
CENTURY = 2000
"""That of `26/27`."""
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d{1,2}", re.ASCII)
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class NotReadable(ValueError):
    """Is raised for text that is not of the wanted kind: what was found, what was expected, how to put it right."""

    def __init__(self, found: str, expected: str, mend: str, code: str) -> None:
        super().__init__(f"found {found}, expected {expected}. {mend}".strip())
        self.found, self.expected, self.mend, self.code = found, expected, mend, code


LARGEST = 1e18
"""The largest number that is read: products of a few such numbers are still numbers."""


def quoted(text: str) -> str:
    """Write the text as a message shows it: in quotation marks, on one line, shortened; `nothing` when blank."""
    shown = " ".join(text.split())
    if not shown:
        return "nothing"
    return f'"{shown[:60]}…"' if len(shown) > 60 else f'"{shown}"'


def read_number(text: str) -> float:
    """Return the number that a text means; `12%` is 0.12 and `£1.2m` is 1,200,000.

    Raises NotReadable for anything else, blank text, nan and infinity included.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None or (match["sign"] and match["sign_after"]):
        raise NotReadable(quoted(text), "a number", _mend_number(text), "not-a-number")
    if match["digits"].startswith("0,"):
        point = match["digits"].replace(",", ".", 1)
        raise NotReadable(quoted(text), "a number", f"Write {point} for the decimal, with a point.", "not-a-number")
    end = (match["end"] or "").lower()
    if end == "%" and match["currency"]:
        raise NotReadable(quoted(text), "a number", "It is money or a percentage, not both.", "not-a-number")
    digits = match["digits"].replace(",", "").replace("_", "")
    value = float(match["sign"] + match["sign_after"] + digits + _POWER.get(end, end))
    if not abs(value) <= LARGEST:
        raise NotReadable(quoted(text), "a number", "It is too large.", "not-a-number")
    if is_too_small(text, value):
        mend = f"It is too small to count: write 0, or at least {SMALLEST:g}."
        raise NotReadable(quoted(text), "a number", mend, "not-a-number")
    return value


def is_too_small(text: str, value: float) -> bool:
    """Return True for a number that is not written as 0 but is too small to make a difference to any other."""
    return abs(value) < SMALLEST and re.search("[1-9]", re.split("[eE]", text)[0]) is not None


def read_whole(text: str) -> int:
    """Return the whole number that a text means. Raises NotReadable for a fraction or anything else."""
    try:
        value = read_number(text)
    except NotReadable as error:
        raise NotReadable(error.found, "a whole number", error.mend, "not-a-number") from None
    if not value.is_integer():
        raise NotReadable(quoted(text), "a whole number", "Round it to a whole number.", "not-whole")
    return int(value)


def read_year(text: str, financial_years: bool = False) -> int:
    """Return the year that a text means: `2026`, or with financial_years also `2026/27`, which is 2026.

    `2026-27` with any dash, `2026/2027`, `FY26/27` and `26/27` are the same year. Raises NotReadable for anything
    else, and where the second part is not the following year.
    """
    match = _YEAR.fullmatch(text.strip())
    expected = "a year such as 2026 or 2026/27" if financial_years else "a year such as 2026"
    # 26-27 alone might as well be days or ages.
    if match is None or (match["dash"] and len(match["first"]) < 4 and not match["fy"]):
        raise NotReadable(quoted(text), expected, "", "not-a-year")
    year, second = int(match["first"]), match["second"]
    if second is None and not match["fy"]:
        return year
    if len(match["first"]) == 2:
        year += CENTURY
    if not financial_years:
        mend = f"Write {year}, or set financial_years: true in the settings."
        raise NotReadable(quoted(text), expected, mend, "not-a-year")
    if second is None:
        return year
    if int(second) != (year + 1) % (100 if len(second) == 2 else 10_000):
        mend = f"The year after {year} is {(year + 1) % 100:02d}: write {year_label(year, True)}."
        raise NotReadable(quoted(text), expected, mend, "not-a-year")
    return year


def is_financial(text: str) -> bool:
    """Return True where a year is written as a financial one: `2026/27`, `FY26`."""
    try:
        read_year(text)
    except NotReadable:
        match = _YEAR.fullmatch(text.strip())
        return match is not None
    return False


def read_flag(text: str) -> bool:
    """Return True for `yes` or `true`, False for `no` or `false`. Raises NotReadable for anything else."""
    flag = _FLAGS.get(text.strip().lower())
    if flag is None:
        raise NotReadable(quoted(text), "yes or no", "", "not-yes-or-no")
    return flag


def year_label(year: int, financial_years: bool) -> str:
    """Write a year as people see it: `2026/27` or `2026`."""
    return f"{year}/{(year + 1) % 100:02d}" if financial_years else str(year)


def _mend_number(text: str) -> str:
    """Suggest what to write instead of a text that is no number."""
    text = text.strip()
    if not text:
        return "Write a number."
    if _DECIMAL_COMMA.fullmatch(text):
        return "Write decimals with a point, and thousands in groups of three."
    letters = sorted({letter for letter in text if letter.isalpha()})
    if letters and len(letters) <= 3 and any(character.isdigit() for character in text):
        return f"Remove the letter{'s' if len(letters) > 1 or text.count(letters[0]) > 1 else ''} {', '.join(letters)}."
    return "Write a number such as 1200, 0.25, 12% or £1.2m."
