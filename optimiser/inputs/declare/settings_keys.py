"""Declares the keys of settings.yaml, once."""

from __future__ import annotations

from optimiser.inputs.declare.columns import Column
from optimiser.inputs.declare.columns_often import share, text, year

SETTINGS: tuple[Column, ...] = (
    text("title", help="The name of this body of evidence.", example="Cancer workforce, England"),
    year("first_year", help="The first year decided and reported."),
    year("last_year", help="The last year reported.", example="2035"),
    Column(
        "run_out_years",
        "whole",
        "Years modelled after last_year, so that the last reported years still train for what follows.",
        "6",
        unit="years",
        default=0,
        least=0,
        most=100,
    ),
    share(
        "discount_rate", help="Discount rate a year for costs.", unit="share per year", required=True, example="0.035"
    ),
    share(
        "unmet_discount_rate",
        help="What a shortage of a later year weighs less, a year, in the priority unmet; a priced shortage is "
        "discounted like any cost.",
        unit="share per year",
        default=0.0,
        example="0.01",
    ),
    Column("price_year", "year", "The year in whose prices all money is.", "2024", blank="not said"),
    Column(
        "inflation",
        "by_year",
        "Inflation a year, by year; needed for budgets in cash.",
        "{2025: 0.024, 2026: 0.02}",
        unit="share per year",
        blank="not said",
    ),
    share(
        "first_year_part",
        help="Part of an intake's first year that falls into the year it starts in (September: 7/12).",
        default=1.0,
        example="0.583333333333",
    ),
    text("currency", help="The currency of all money.", example="GBP", default="GBP"),
    Column("financial_years", "yes_no", "Whether 2026 means 2026/27, and is shown so.", "true", default="false"),
)
"""The keys of settings.yaml (in a workbook: a sheet with the columns key and value)."""
