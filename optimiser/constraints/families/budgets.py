"""Limits the money that may be spent in a year, or over the reported years, with what may be carried forward."""

from __future__ import annotations

import math
from collections.abc import Iterator

from optimiser.constraints.context import Context, Numbers, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import Key, share
from optimiser.constraints.limit import Carry, EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit | Carry]:
    """Require spend[t] + carry[t] ≤ limit[t] + carry[t−1], and Σ spend ≤ total over the reported years.

    What is carried is limited too: carry[t] ≤ carry_forward × limit[t].
    """
    for key in ("carry_forward", "prices"):
        if key in entry.values and "limit" not in entry.values:
            found, mend = f"{key} without limit", f"Add a limit, or remove {key}: a total is real and carries nothing."
            context.fault(entry, [key], "no-limit", found, "a limit by year", mend)
    for budget in context.known(entry, "budget"):
        yield from _by_year(entry, context, budget)
        yield from _total(entry, context, budget)


def _by_year(entry: Entry, context: Context, budget: str) -> Iterator[Limit | Carry]:
    money = context.numbers(entry, "limit")
    prices = _prices(entry, context)
    if money is None or prices is None:
        return
    real = tuple(number / price for number, price in zip(money, prices, strict=True))
    carried = context.numbers(entry, "carry_forward")
    years = context.years[:-1]
    where, number = {"budget": (budget,)}, EntryNumber("limit", real, in_file=prices)
    if not years or carried is None or not any(carried):
        yield limit(
            entry, context, "spend", where, "at_most", label=entry.name, each=("year",), constant=real, number=number
        )
        return
    here = {"entry": (entry.name,)}
    yield Carry(entry.name, budget, years)
    yield limit(
        entry,
        context,
        "spend",
        where,
        "at_most",
        label=entry.name,
        each=("year",),
        constant=real,
        plus=(Part("carry", here, context.ones),),
        parts=(Part("carry", here, context.ones, when="year_before"),),
        number=number,
    )
    yield limit(
        entry,
        context,
        "carry",
        here,
        "at_most",
        label=f"{entry.name}/carry",
        name=f"{entry.name} carry_forward",
        each=("year",),
        constant=tuple(share * number for share, number in zip(carried, real, strict=True)),
        years=years,
        unit=context.evidence.settings.currency,
        follows=(entry.name, carried),
        always_holds=True,
    )


def _total(entry: Entry, context: Context, budget: str) -> Iterator[Limit]:
    total = entry.values.get("total")
    if total is None:
        return
    settings, where, label = context.evidence.settings, {"budget": (budget,)}, f"{entry.name}/total"
    yield limit(
        entry,
        context,
        "spend",
        where,
        "at_most",
        label=label,
        each=(),
        constant=(total,) * len(context.years),
        years=settings.reported_years,
        number=EntryNumber("total", (total,) * len(context.years)),
    )
    if settings.run_out:
        part = 1 / len(settings.reported_years)
        yield limit(
            entry,
            context,
            "spend",
            where,
            "at_most",
            label=f"{label} run-out",
            each=("year",),
            constant=(total / len(settings.reported_years),) * len(context.years),
            years=settings.run_out,
            follows=(label, (part,) * len(context.years)),
        )


def _prices(entry: Entry, context: Context) -> Numbers | None:
    """Return what £1 of price_year costs in each modelled year: 1 for real limits, the price level for cash."""
    if entry.values.get("prices", "real") == "real":
        return context.ones
    settings, years = context.evidence.settings, context.years
    if settings.price_year is None or settings.inflation is None:
        missing = "price_year" if settings.price_year is None else "inflation"
        mend = f"Add {missing} to the settings, or write prices: real."
        context.fault(
            entry, ["prices"], "no-inflation", f"prices: cash without {missing}", "both in the settings", mend
        )
        return None
    base, inflation = settings.price_year, settings.inflation
    needed = base + 1
    if inflation.first_year is not None and needed < inflation.first_year and years[-1] >= needed:
        found = f"inflation that starts in {settings.label(inflation.first_year)}"
        mend = f"Add inflation for {settings.label(needed)} to the settings."
        context.fault(entry, ["prices"], "no-inflation", found, f"inflation from {settings.label(needed)} on", mend)
        return None
    if years[0] < base:
        found = f"cash limits of years before {settings.label(base)}, in whose prices all money is"
        mend = "They are taken as they stand. Write them in prices of the price_year, or set an earlier price_year."
        context.faults.warn("cash-before-prices", entry.place, found, "", mend)
    return tuple(math.prod(1 + inflation.at(year) for year in range(base + 1, t + 1)) for t in years)


FAMILY = Family(
    name="budgets",
    help="Money that may be spent: by year, with part of it carried forward, or over the reported years together.",
    subject=("budget",),
    keys=(
        Key("budget", "code", "The budget of costs.csv.", "budget: training", required=True, of="budget"),
        Key(
            "limit", "by_year", "The most that may be spent in a year.", "limit: {2026: 170e6, 2028: 180e6}",
            least=0.0, is_money=True,
        ),
        share("carry_forward", "Share of a year's limit that may be carried into the next (0).", "carry_forward: 0.05"),
        Key(
            "prices", "choice", "Whether the limit is in real prices (price_year's) or in cash.", "prices: cash",
            choices=("real", "cash"),
        ),
        Key(
            "total", "number", "The most that may be spent over the reported years, always real; each run-out year "
            "then has an equal share.", "total: 600e6", least=0.0, is_money=True,
        ),
    ),
    one_of=("limit", "total"),
    expand=expand,
    heading="Budget for",
    in_a_sentence="the {} budget",
    feeds=("limits", "budgets"),
)  # fmt: skip
