"""Declares one thing that a user may write: a column, a key of the settings or a key of an option."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """Declare its name, what it holds and which numbers are allowed; columns and keys of options add to that.

    `least` and `most` are themselves allowed; `above` is a lower bound that is not.
    """

    name: str
    kind: str
    help: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    least: float = -math.inf
    most: float = math.inf
    above: float = -math.inf

    def allows(self, number: float) -> bool:
        """Return True where the number is within the range."""
        return self.least <= number <= self.most and number > self.above

    def numbers_allowed(self, what: str = "a number") -> str:
        """Write the range, `a share from 0 to 1`, `a number above 0`; empty where any number will do."""
        low, high = not math.isinf(self.least), not math.isinf(self.most)
        if not math.isinf(self.above):
            return f"{what} above {self.above:g}" + (f" and at most {self.most:g}" if high else "")
        if low and high:
            return f"{what} from {self.least:g} to {self.most:g}"
        return f"{what} of {self.least:g} or more" if low else f"{what} of {self.most:g} or less" if high else ""

    def mend(self, number: float) -> str:
        """Suggest what was meant by a number outside the range of a share: 3.5 for 3.5 per cent."""
        if (self.least, self.most) == (0.0, 1.0) and 1 < number <= 100:
            return f"For {number:g} per cent write {number:g}% or {number / 100:.6g}."
        return ""
