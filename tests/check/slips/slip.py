"""The exam of the checks of sense: slips as people make them, each with the code and the place that must be named."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.inputs.shipped import shipped_constraints, shipped_inputs
from tests.support.slips import Base, Change, base_of


@dataclass(frozen=True)
class Slip:
    """One slip: what it is in words, where it is made, and what must be said of it."""

    what: str
    table: str
    change: Change | tuple[str, str]
    code: str
    words: str = ""
    """Words that the message must hold; the table's own file must be its place, or `place`."""
    place: str = ""
    base: str = "alliance"


SEVEN = (
    "cheshire_merseyside",
    "greater_manchester",
    "humber_north_yorkshire",
    "lancashire_south_cumbria",
    "northern",
    "south_yorkshire",
    "west_yorkshire_harrogate",
)
NORTH = "northern"
AREA = "west_yorkshire_harrogate"


def base(name: str) -> Base:
    """The data set of a slip: one alliance with its option, or seven alliances of the north without one."""
    if name == "alliance":
        inputs = shipped_inputs("west-yorkshire-and-harrogate")
        option = next(path for path in shipped_constraints("west-yorkshire-and-harrogate") if path.stem == "flat-cash")
        return base_of(inputs, option)
    return base_of(shipped_inputs("england"), None, SEVEN)


def north(what: str, table: str, change: Change, code: str, words: str = "", place: str = "") -> Slip:
    """A slip in the data set of seven alliances."""
    return Slip(what, table, change, code, words, place, "north")
