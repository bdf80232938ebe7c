"""Writes prices: what one more is worth, how far that holds, and what comes next."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from optimiser.explain.candidates import Push
from optimiser.explain.earliest_effect import RoleInTime, RunOut
from optimiser.explain.explanation import Explanation
from optimiser.explain.price import Price, Side
from optimiser.explain.range_words import beyond, how_far, is_narrow, size_of, step
from optimiser.inputs.settings import Settings
from optimiser.model.breaking import BROKEN
from optimiser.model.entry_numbers import POINTS
from optimiser.model.programme import Programme
from optimiser.text.phrases import listed, number
from optimiser.text.wording import fte, money

_SINGULAR = {
    "places": "place", POINTS: "percentage point", "starts": "start", "trainees": "trainee", "units": "unit",
}  # fmt: skip


def sentences(found: Explanation) -> Iterator[str]:
    """Write the whole answer as lines of text."""
    programme = found.plan.programme
    settings = programme.evidence.settings
    yield f"{settings.title or found.plan.folder}: {programme.policy.title}."
    broken = found.plan.content.get("broken") or []
    if broken:
        yield "No plan keeps to every rule; this one breaks:"
        yield from (f"  - {one}" for one in broken)
    if found.limits:
        yield "What holds the plan back, by what 1 % more of each would buy at today's price:"
        yield from (f"{place:3}. {priced(one, programme)}" for place, one in enumerate(found.limits, 1))
    elif not found.free:
        yield "No limit holds the plan back: easing any of them buys nothing."
    for name in found.free:
        yield f"“{name}” has room to spare, or something else binds first: easing it buys nothing."
    if found.demand:
        yield "What the work asks for:"
        yield from (f"  - {priced(one, programme)}" for one in found.demand)
    if found.people:
        yield "What people's time is worth (supervisors and the roles that routes draw on):"
        yield from (f"  - {priced(one, programme)}" for one in found.people)
    if found.whole:
        yield "With whole people there are no prices: each number was solved again with one more and one less."
    yield "What is decided already:"
    yield from (f"  - {role_in_words(one, settings)}" for one in found.in_time)
    yield from run_out_in_words(found.run_out, settings)


def priced(price: Price, programme: Programme) -> str:
    """Write one number's price as a sentence or two."""
    push, settings = price.push, programme.evidence.settings
    better = push.better or price.direction
    more, less = (price.more, price.less) if better > 0 else (price.less, price.more)
    gain, loss = -more.slope * better * push.one, -less.slope * better * push.one
    return f"{subject(push, settings)}: {_worth(price, gain, loss, better, programme)}{how_far(price, settings)}"


def subject(push: Push, settings: Settings) -> str:
    """Name a number, as in `“skill_mix report …” in 2028` or `Time of radiologist in 2027`."""
    when = f" in {settings.label(push.year)}" if push.year is not None else ""
    if push.years > 1:
        when = " in every year" + ("" if push.most is None else f", most in {settings.label(push.most)}")
    about = {
        code for key, code in push.keys.items() if key not in ("budget", "entry") and code not in push.name.split()
    }
    also = f" ({', '.join(sorted(about))})" if about and push.kind == "limit" else ""
    if push.kind == "limit":
        return f"“{push.name}”{when}{also}"
    if push.kind == "demand":
        return f"Demand for {push.name}{when}"
    return f"{'Time' if push.kind == 'time' else 'Staff'} of {push.name}{when}"


def one_of(push: Push, settings: Settings) -> str:
    """Name one unit of a number: `place`, `FTE`, `percentage point`, `£1.0m`."""
    if push.unit == settings.currency:
        return money(push.one, settings.currency)
    if push.unit != POINTS and push.one != 1:
        return f"{number(push.one)} {push.unit}"
    return _SINGULAR.get(push.unit, push.unit.removesuffix("s") if push.unit.islower() else push.unit)


def _worth(price: Price, gain: float, loss: float, better: int, programme: Programme) -> str:
    push, settings = price.push, programme.evidence.settings
    unit = one_of(push, settings)
    words = ("more", "less") if better > 0 else ("less", "more")
    several = push.unit == settings.currency or push.one not in (1.0, 0.01)
    one, other = (_so_many(push, unit, word, settings) for word in words)
    first = one
    other = other if several else f"one {words[1]}"
    says = effect(price.priority, gain, programme)
    does = "does"
    if several and push.unit != settings.currency:
        says, does = says.replace("s ", " ", 1), "do"  # 1,000 fewer reports cut, not cuts
    if is_narrow(price) and not math.isnan(gain + loss):
        return _narrow(price, gain, loss, words, programme)
    if math.isnan(gain):
        return f"{first} leaves no plan"
    if math.isnan(loss):
        return f"{first} {says}; {other} leaves no plan"
    low, high = (amount_of(price.priority, value, programme) for value in (gain, loss))
    if low == high:
        return f"{first} {says}, and {other} {does} as much the other way"
    return f"{first} is worth at least {low}, up to {high} (what {other} would cost)"


def _narrow(price: Price, gain: float, loss: float, words: tuple[str, str], programme: Programme) -> str:
    """Write `£27,662 more cuts unmet demand by 77 FTE-years, at 2,789 FTE-years for each £1.0m; £30,930 less …`."""
    push, settings = price.push, programme.evidence.settings
    sides = (price.more, price.less) if words[0] == "more" else (price.less, price.more)
    said = []
    for side, word, worth in zip(sides, words, (gain, -loss), strict=True):
        amount = step(price, side)
        whole = amount >= push.one * (1 - 1e-9)
        many = (
            _so_many(push, one_of(push, settings), word, settings)
            if whole
            else (f"{size_of(amount, price, settings)} {word}")
        )
        said.append(f"{many} {effect(price.priority, worth * amount / push.one, programme)}")
    rate = f"at {amount_of(price.priority, gain, programme)} for each {one_of(push, settings)}"
    return f"{said[0]}, {rate}{beyond(sides[0], settings)}; {said[1]}"


def _so_many(push: Push, unit: str, word: str, settings: Settings) -> str:
    """Write `one more place`, `£1.0m less` or `1,000 fewer reports`."""
    if push.unit == settings.currency:
        return f"{unit} {word}"
    if push.one in (1.0, 0.01):
        return f"one {word} {unit}"
    many, _, what = unit.partition(" ")
    return f"{many} {'fewer' if word == 'less' else word} {what}"


def effect(priority: str, gain: float, programme: Programme) -> str:
    """Write `cuts unmet demand by 3.1 weighted FTE-years`, or a loss in the same words turned round."""
    size = amount_of(priority, abs(gain), programme)
    if priority == "unmet":
        return f"cuts unmet demand by {size}" if gain >= 0 else f"adds {size} to unmet demand"
    if priority == "cost":
        return f"{'saves' if gain >= 0 else 'costs'} {size}"
    what = "what is broken, by weight," if priority == BROKEN else priority
    return f"{'cuts' if gain >= 0 else 'raises'} {what} by {size}"


def amount_of(priority: str, value: float, programme: Programme) -> str:
    """Write an amount of a priority with its unit."""
    settings, policy = programme.evidence.settings, programme.policy
    if priority == "unmet":
        weighted = any(tier.weight != 1 for tier in policy.tiers) or (programme.evidence.task_priority != 1).any()
        discounted = ", discounted" if settings.unmet_discount_rate else ""
        return f"{small(value)} {'weighted ' if weighted else ''}FTE-years{discounted}"
    if priority == "cost":
        discounted = ", discounted" if settings.discount_rate else ""
        return f"{_cash(value, settings)}{discounted}"
    return number(round(value, 6))


def _cash(value: float, settings: Settings) -> str:
    return money(value, settings.currency) if abs(value) >= 10 else f"{money(0, settings.currency)[:-1]}{value:,.2f}"


def small(value: float) -> str:
    """Write whole FTE, one decimal under ten, and two significant digits where even that would be nothing."""
    return fte(value) if abs(value) >= 0.95 else f"{value:.2g}"


def role_in_words(role: RoleInTime, settings: Settings) -> str:
    """Write `radiologist before 2029/30 is already decided: radiology_training takes 5 years`."""
    first = settings.first_year
    if role.first is None:
        held = f"; {listed(role.held)} stay{'s' if len(role.held) == 1 else ''} as held" if role.held else ""
        return f"{role.role}: nothing that may be decided changes its number{held}."
    coming = f", and {fte(role.in_training)} people are in training for it" if role.in_training else ""
    at_once = [name for name, year in role.routes if year == first]
    later = [(name, year) for name, year in role.routes if year > first]
    if role.first > first:
        years = f"{role.first - first} year{'s' if role.first > first + 1 else ''}"
        taken = f"{later[0][0]} takes" if later else "training of those who leave it takes"
        return f"{role.role} before {settings.label(role.first)} is already decided: {taken} {years}{coming}."
    if not later:
        by = f" ({listed(at_once)})" if at_once else ""
        return f"{role.role}: its number can be changed from {settings.label(first)} on{by}{coming}."
    name, year = later[0]
    until = (
        f"until then only {listed(at_once)} add{'s' if len(at_once) == 1 else ''} to it"
        if at_once
        else "until then people can only leave it"
    )
    return (
        f"{role.role} before {settings.label(year)}: what training adds is already decided ({name} takes "
        f"{year - first} year{'s' if year > first + 1 else ''}{coming}); {until}."
    )


def run_out_in_words(found: RunOut, settings: Settings) -> Iterator[str]:
    """Write what the plan does not take into account after its last year."""
    last = settings.label(settings.last_year)
    if found.hidden:
        routes = listed([f"{route} ({years} years)" for route, years, _ in found.hidden])
        until = settings.label(min(year for _, _, year in found.hidden))
        yield (
            f"The run-out of {found.years} years hides what longer training is for: {routes}. Starts after {until} "
            f"join nobody the plan can see, so it trains too few in the years up to {last}."
        )
    elif found.years:
        yield f"The run-out of {found.years} years covers every route: starts up to {last} still join within the model."
    if found.years:
        yield (
            f"After {last} the model goes on with {fte(found.unmet)} unmet FTE-years and "
            f"{money(found.spend, settings.currency)} of spending, which no total counts."
        )


def content(found: Explanation) -> dict[str, Any]:
    """Return the same as keys and values."""
    programme = found.plan.programme
    settings = programme.evidence.settings
    return {
        "results": str(found.plan.folder),
        "priority": found.priority,
        **{
            name: [_as_json(one, programme) for one in group]
            for name, group in (("limits", found.limits), ("demand", found.demand), ("people", found.people))
        },
        "decided": [
            {
                "role": one.role, "first_year": one.first, "routes": dict(one.routes), "held": list(one.held),
                "in_training": one.in_training, "sentence": role_in_words(one, settings),
            }
            for one in found.in_time
        ],
        "run_out": {
            "years": found.run_out.years, "unmet_fte_years": found.run_out.unmet, "spend": found.run_out.spend,
            "hidden": [dict(zip(("route", "years", "until"), one, strict=True)) for one in found.run_out.hidden],
            "sentences": list(run_out_in_words(found.run_out, settings)),
        },
        "free": list(found.free),
    }  # fmt: skip


def _as_json(price: Price, programme: Programme) -> dict[str, Any]:
    push = price.push
    return {
        "name": push.name, "family": push.family, "kind": push.kind, "year": push.year,
        "years": push.years, "most": push.most, "keys": dict(push.keys), "unit": push.unit,
        "number": _known(push.number), "priority": price.priority, "one": push.one,
        "better": push.better or price.direction,
        "more": _side(price.more), "less": _side(price.less), "one_percent": _known(price.one_percent),
        "from": _known(push.number - price.less.end), "to": _known(push.number + price.more.end),
        "sentence": priced(price, programme),
    }  # fmt: skip


def _side(side: Side) -> dict[str, Any]:
    return {
        "slope": _known(side.slope), "holds_for": _known(side.end), "next_limit": side.next_limit.replace("|", " in "),
        "plan_beyond": side.possible, "half_for": _known(side.half),
    }  # fmt: skip


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
