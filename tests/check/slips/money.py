"""Slips of costs."""

from __future__ import annotations

from tests.check.slips.slip import Slip
from tests.support.slips import alike, put, times, without

SLIPS: tuple[Slip, ...] = (
    # Costs
    Slip(
        "pay in thousands",
        "costs",
        times("amount", 1e-3, item="radiologist", per="fte-year"),
        "amount-far-off",
        "radiologist",
    ),
    Slip(
        "pay with a nought too many",
        "costs",
        times("amount", 10, item="diag_radiographer", per="fte-year"),
        "amount-far-off",
        "diag_radiographer",
    ),
    Slip("pay a month", "costs", times("amount", 1 / 12, item="cns"), "amount-far-off", "cns"),
    Slip(
        "training a month",
        "costs",
        times("amount", 1 / 12, item="histopathology_training"),
        "amount-far-off",
        "histopathology_training",
    ),
    Slip(
        "all amounts in thousands", "costs", times("amount", 1e-3), "other-inputs,budget-far-off", "training", "option"
    ),
    Slip("pay row lost", "costs", without(item="cns"), "role-without-pay", "cns", "roles"),
    Slip(
        "cost of a route lost",
        "costs",
        without(item="clinical_oncology_training"),
        "route-without-cost",
        "clinical_oncology_training",
        "routes",
    ),
    Slip(
        "cost of a retention route lost",
        "costs",
        without(item="retain_cns"),
        "route-without-cost",
        "retain_cns",
        "routes",
    ),
    Slip(
        "cost of a pattern lost",
        "costs",
        without(item="sessions_radiologist"),
        "free-pattern",
        "sessions_radiologist",
        "patterns",
    ),
    Slip(
        "training paid per start",
        "costs",
        put("per", "start", item="radiology_training"),
        "per-differs",
        "radiology_training",
    ),
    Slip(
        "budget with a capital",
        "costs",
        put("budget", "Training", item="radiology_training"),
        "nearly-same",
        "Training",
    ),
    Slip(
        "budget left blank",
        "costs",
        put("budget", "", item="radiology_training"),
        "budget-unlimited",
        "radiology_training",
    ),
    Slip(
        "budget of another name",
        "costs",
        put("budget", "education", item="radiology_training"),
        "budget-unlimited",
        "education",
    ),
    Slip("growth of 2 for 2 %", "costs", put("growth", 2, item="radiologist"), "fast-growth", "200%"),
    Slip(
        "amount and growth exchanged",
        "costs",
        lambda rows: [
            row | ({"amount": "0.02", "growth": "8"} if row["item"] == "radiologist" else {}) for row in rows
        ],
        "fast-growth",
        "",
    ),
    Slip("unit price in pence", "costs", times("amount", 100, item="xs_report"), "amount-far-off", "xs_report"),
    Slip(
        "fte-year twice under two lines",
        "costs",
        alike("line", "Staff", "staff", item="radiologist"),
        "nearly-same",
        "Staff",
    ),
)
