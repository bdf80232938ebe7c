"""The published figures of the validation cases, with where they were read, and the national figures of the inputs."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Census:
    """A shortfall of a census and where it said the shortfall would be five years later; UK, FTE."""

    name: str
    year: int
    opening_gap: float
    opening_share: float
    need_growth: float
    stock_growth: float
    closing_gap: float
    closing_share: float

    @property
    def need(self) -> float:
        """FTE needed in the opening year: gap ÷ share."""
        return self.opening_gap / self.opening_share


# Royal College of Radiologists, clinical radiology census 2023 and clinical oncology censuses 2023 and 2021. Both
# growths are solved from the closing gap, to two decimals of a per cent.
CENSUSES = (
    Census("clinical radiology", 2023, 1962, 0.30, 0.0701, 0.0376, 3670, 0.40),
    Census("clinical oncology", 2023, 185, 0.15, 0.0466, 0.0314, 325, 0.21),
    Census("clinical oncology", 2021, 189, 0.17, 0.0567, 0.0327, 381, 0.26),
)
# The same censuses with growth that the Royal College published for one year and did not solve from the forecast:
# (case, what was published, need growth, stock growth).
OBSERVED = (
    (CENSUSES[0], "2023: CT and MRI +11 %, radiologists +6.3 %", 0.11, 0.063),
    (CENSUSES[0], "2024: CT and MRI +8 %, radiologists +4.2 %", 0.08, 0.042),
    (CENSUSES[1], "2023: drug treatment +7 % (6 to 8), oncologists +3.5 %", 0.07, 0.035),
)

# Health Education England's plan of 2017: written answer 137137 (2018); base of 2016 = 1,281 ÷ 21 %.
BASE_2016, PIPELINE, SYSTEM_ACTIONS, AMBITION = 6100.0, 746.0, 535.0, 1281.0
SPLIT = {"gastroenterology": 316, "oncology": 243, "histopathology": 94, "radiology": 628}
GROSS_LEAVERS = 0.049
"""All consultants who left NHS trusts in the year to September 2024 (written answer HL4444): gross, as in 2017."""
RADIOLOGY_LATER = 668
"""A later answer's figure for radiology (written question of 26 November 2018, 195567)."""


@dataclass(frozen=True)
class HeldOut:
    """A rate or a number of recruits that was fitted between two published stocks, and what is left to test it on."""

    role: str
    title: str
    fitted: str
    """What was fitted: `leaver_rate`, or the route from abroad, whose starts a year were."""
    since: int
    until: int
    """Financial years of the two stocks of the fit; later stocks of actuals.csv were not used."""


# The stocks are those of tools/build_england/actuals.csv. Gastroenterologists and histopathologists have too few.
HELD_OUT = (
    HeldOut("clin_oncologist", "clinical oncologists", "overseas_oncology", 2010, 2018),
    HeldOut("radiologist", "radiologists", "overseas_radiology", 2018, 2021),
    HeldOut("diag_radiographer", "diagnostic radiographers", "leaver_rate", 2010, 2018),
    HeldOut("ther_radiographer", "therapeutic radiographers", "leaver_rate", 2010, 2018),
)
EARLIER = HeldOut("radiologist", "radiologists", "overseas_radiology", 2009, 2018)
"""The same for radiologists, on the stocks that the others were fitted on."""
CHOSEN_LATER = ("overseas_therapeutic",)
"""Routes whose recruits were chosen with the last stocks in view: left out of what is held out."""


@cache
def _figures() -> dict[tuple[str, str, str], float]:
    """The latest year of every national figure."""
    with (ROOT / "tools" / "build_england" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["year"]))
    return {(row["table"], row["item"], row["quantity"]): float(row["value"]) for row in rows}


def figure(table: str, item: str, quantity: str) -> float:
    """A national figure of the inputs, of its latest year."""
    return _figures()[table, item, quantity]


@cache
def price(item: str, per: str) -> float:
    """What something costs in the national figures, £ of 2024/25."""
    with (ROOT / "tools" / "build_england" / "costs.csv").open(encoding="utf-8", newline="") as file:
        (amount,) = [row["amount"] for row in csv.DictReader(file) if (row["item"], row["per"]) == (item, per)]
    return float(amount)


def completion(route: str) -> float:
    """Share of starters who complete: (1 − attrition a year) ^ years."""
    return float((1 - figure("routes", route, "attrition")) ** figure("routes", route, "years"))
