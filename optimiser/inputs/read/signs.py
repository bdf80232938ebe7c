"""Checks that per cent and currency signs are only where a share or money is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping

from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.read.cells import stripped
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Faults
from optimiser.text.numbers import quoted
from optimiser.text.rawtable import RawTable

COUNTED = frozenset(
    {"FTE", "people", "patients", "years", "the task's unit", "the task's unit per FTE-year", "the currency"}
)
"""Units of which a per cent sign makes no sense; the others are shares or ratios."""

MONEY = "the currency"
_SIGN = re.compile("[%£$€]")
_CODE = re.compile(r"[A-Z]{3}")
_USES: Mapping[str, frozenset[str]] = {
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SDG", "SSP", "SYP"}),
    "€": frozenset({"EUR"}),
    "$": frozenset(
        f"{code}D"
        for code in [
            "US",
            "AU",
            "CA",
            "NZ",
            "SG",
            "HK",
            "BB",
            "BM",
            "BN",
            "BS",
            "BZ",
            "FJ",
            "GY",
            "JM",
            "KY",
            "LR",
            "NA",
            "SB",
            "SR",
            "TT",
            "TW",
            "XC",
        ]
    ),
}


def check_signs(declaration: TableDeclaration, raw: RawTable, table: Table, currency: str, faults: Faults) -> None:
    """Record a fault for `150%` of a number of people, and for £ where no money, or other money, is meant."""
    for column in declaration.columns:
        position = table.positions.get(column.name)
        if position is None or not (column.is_number or column.is_whole):
            continue
        texts = stripped([row[position] for row in raw.rows])
        if not _SIGN.search("".join(texts)):
            continue
        for row, text in enumerate(texts):
            if _SIGN.search(text) and table.sound(row, column.name):
                wrong = wrong_sign(column, text, currency)
                if wrong:
                    faults.add("wrong-sign", table.place(row, column.name), quoted(text), *wrong)


def wrong_sign(column: Column, text: str, currency: str) -> tuple[str, str] | None:
    """Return what was expected in place of a number with a sign, and what to do; None where the sign is right."""
    if "%" in text:
        if column.unit not in COUNTED and column.kind != "year":
            return None
        what = "an amount of money" if column.unit == MONEY else f"a number of {column.unit or column.name}"
        return f"{what} without a per cent sign", "Write the number itself."
    sign = next(letter for letter in text if letter in "£$€")
    if column.unit != MONEY:
        return "a number without a currency sign", "This is not money: write the number alone."
    if _CODE.fullmatch(currency) and currency not in _USES[sign]:
        return f"an amount in {currency}", f"Convert it to {currency}, or leave the sign out."
    return None
