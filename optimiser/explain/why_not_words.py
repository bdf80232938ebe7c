"""Writes why a route is not used more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimiser.explain.why_not import WhyNot
from optimiser.explain.words import amount_of
from optimiser.model.programme import Programme
from optimiser.text.wording import amount, money

_SHOWN = 5


def sentences(found: WhyNot, priority: str, programme: Programme) -> Iterator[str]:
    """Write what one more start brings and takes, and the price at which it would be made."""
    settings = programme.evidence.settings

    def worth(value: float) -> str:
        return amount_of(priority, value, programme)

    starts = "no starts" if found.starts < 1e-6 else amount(found.starts, "starts")
    yield f"{found.route} in {settings.label(found.year)}, {found.area}: {starts}."
    takes = [one for one in found.takes if one[1] > 0]
    rooms = [one for one in found.takes if one[1] < 0]
    yield f"One start more brings {worth(found.brings)} by the people it trains, less the time it takes of others."
    for name, value in rooms[-_SHOWN:]:
        yield f"  It makes room under “{name}”: worth {worth(-value)}."
    for name, value in takes[:_SHOWN]:
        yield f"  It uses up “{name}”: worth {worth(value)} elsewhere."
    if found.used:
        yield "So it is worth just what it takes: with these limits, more of it would cost as much elsewhere."
        return
    yield f"So it is worth {worth(found.short)} less than what it takes, and is not made."
    if found.price is not None:
        yield (
            f"It would be made where a start took no more than {money(found.price, settings.currency)} out of budgets "
            f"that bind; it takes {money(found.cost, settings.currency)}."
        )
    else:
        yield "No price would change that: even at no cost to any budget it would be worth less than it takes."


def content(found: WhyNot, priority: str, programme: Programme) -> dict[str, Any]:
    """Return the same as keys and values."""
    return {
        "route": found.route, "area": found.area, "year": found.year, "starts": found.starts, "priority": priority,
        "brings": found.brings, "takes": dict(found.takes), "short": found.short, "used": found.used,
        "cost": found.cost, "price": found.price, "sentences": list(sentences(found, priority, programme)),
    }  # fmt: skip
