"""What a plan breaks, in words: which rule, where, when and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from optimiser.inputs.evidence import Floats
from optimiser.inputs.settings import Settings
from optimiser.model.breaking import broken
from optimiser.model.programme import Programme
from optimiser.text.wording import amount, counted, money

NOTHING = 1e-6
"""What is broken by less, in the row's own unit, is within the solver's tolerance."""
_MOST_SHOWN = 8


@dataclass(frozen=True)
class BrokenRow:
    """Hold one row of one limit that a plan breaks."""

    limit: str
    keys: Mapping[str, str]
    """area, role, route, task …: what the row is about, beside its year."""
    year: int | None
    """None for a limit over all years together."""
    unit: str
    amount: float
    """By how much, in the unit."""
    above: bool
    """True where the level lies above the bound, False where it lies below."""


def broken_rows(programme: Programme, decisions: Floats) -> Iterator[BrokenRow]:
    """Yield every row of limits.csv that the plan breaks, in the order of the table."""
    for limit, rows, _ in programme.limits():
        if limit.may_break is None:
            continue
        over = broken(programme, rows, decisions)
        rise = rows.level.values(decisions) - rows.bound.values(decisions)
        for row in range(len(rows)):
            if over[row] > NOTHING:
                labels = {name: str(rows.labels[name][codes[row]]) for name, codes in rows.keys.items()}
                year = labels.pop("year", None)
                if len(programme.evidence.areas) == 1:
                    labels.pop("area", None)
                when = None if year is None else int(year)
                yield BrokenRow(limit.name, labels, when, limit.unit, float(over[row]), bool(rise[row] > 0))


def broken_sentences(rows: Iterable[BrokenRow], settings: Settings) -> list[str]:
    """Write one sentence for each rule that is broken: by how much in all, and where and when most."""
    ordered = sorted(rows, key=lambda one: (one.limit, one.unit))
    said = [_sentence(list(group), settings) for _, group in groupby(ordered, key=lambda one: (one.limit, one.unit))]
    if len(said) > _MOST_SHOWN:
        left = len(said) - _MOST_SHOWN
        return [*said[:_MOST_SHOWN], f"… and {counted(left, 'more rule')}: see the column broken of limits.csv"]
    return said


def _sentence(rows: Sequence[BrokenRow], settings: Settings) -> str:
    """`“budgets training” by £12.3m above its bound in 2026/27` or, of several rows, the sum and the worst of them."""
    worst = max(rows, key=lambda one: one.amount)
    side = "above" if worst.above else "below"
    at = _where(worst, settings)
    if len(rows) == 1:
        return f"“{worst.limit}” by {_amount(worst.amount, worst.unit, settings)}, {side} its bound{at}"
    total = sum(one.amount for one in rows)
    return (
        f"“{worst.limit}” by {_amount(total, worst.unit, settings)} in all, in {counted(len(rows), 'row')}; "
        f"most{at}: {_amount(worst.amount, worst.unit, settings)} {side} its bound"
    )


def _where(row: BrokenRow, settings: Settings) -> str:
    about = "".join(f", {code}" for code in row.keys.values())
    when = "" if row.year is None else f" in {settings.label(row.year)}"
    return f"{when}{about}" if when else about.replace(", ", " in ", 1)


def _amount(value: float, unit: str, settings: Settings) -> str:
    return money(value, settings.currency) if unit == settings.currency else amount(value, unit)
