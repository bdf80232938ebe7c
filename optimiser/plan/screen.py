"""The first screen of an answer: at most 30 lines of at most 100 columns, in words; `--full` has every table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from optimiser.model.steady import changes_of
from optimiser.plan.beside import Beside, beside
from optimiser.plan.broken import broken_rows, broken_sentences
from optimiser.plan.budget_screen import unspent
from optimiser.plan.full_screen import full_tables
from optimiser.plan.holding_back import holding_back
from optimiser.plan.make import Plan
from optimiser.plan.screen_tables import commissions, short
from optimiser.text.invocation import command_line
from optimiser.text.wording import fte, money, percent

LINES, WIDTH = 30, 100
_LEAST_ROWS = 2
_SERVICES = 5


def one_screen(plan: Plan, folder: Path, full: bool = False) -> list[str]:
    """What it costs and leaves unmet, what to commission, what is short, what holds it back, and what to do next."""
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, LINES)).columns)
    head = [
        *_wrapped([_title(plan), _worth(plan), *_against(plan, beside(plan, folder))], width),
        *_broken(plan, width),
    ]
    foot = [*holding_back(plan, width), *_wrapped([*unspent(plan), *_steadiness(plan)], width), *_next(folder, width)]
    if full:
        return [
            *head,
            "",
            *full_tables(plan),
            *_wrapped([*unspent(plan), *_steadiness(plan)], width),
            *_next(folder, width),
        ]
    room = LINES - len(head) - len(foot) - 3
    services = short(plan, max(_LEAST_ROWS, min(_SERVICES, room - 4)), width)
    routes = commissions(plan, max(_LEAST_ROWS, room - len(services) - 2), width)
    return [*head, "", *routes, "", *services, "", *foot]


def _wrapped(sentences: Sequence[str], width: int) -> Iterator[str]:
    """Each sentence on lines that fit; those after its first are set in."""
    for sentence in sentences:
        yield from wrap(sentence, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _title(plan: Plan) -> str:
    evidence, policy = plan.programme.evidence, plan.programme.policy
    title = f"{evidence.settings.title or evidence.folder.name}: {policy.title}"
    return f"{title} (scenarios: {', '.join(evidence.scenarios)})" if evidence.scenarios else title


def _worth(plan: Plan) -> str:
    content, settings = plan.content(""), plan.programme.evidence.settings
    cost = content["cost"]
    prices = f", {settings.label(settings.price_year)} prices" if settings.price_year is not None else ""
    ended = "optimal" if not content["gap"] else f"optimal within {percent(content['gap'])}"
    if plan.near is not None and plan.near.asked.within:
        ended = f"within {100 * plan.near.asked.within:g} % of optimal, near {plan.near.asked.results}"
    return (
        f"Status: {ended}. {settings.label(settings.first_year)} to {settings.label(settings.last_year)}: "
        f"cost {money(cost['undiscounted'], settings.currency)} ({money(cost['discounted'], settings.currency)} "
        f"discounted{prices}); unmet demand {fte(content['unmet_fte_years'])} FTE-years."
    )


def _against(plan: Plan, other: Beside | None) -> Iterator[str]:
    """The same totals against business as usual, where that has been solved."""
    if other is None:
        return
    content, currency = plan.content(""), plan.programme.evidence.settings.currency
    cost = content["cost"]["undiscounted"] - other.content["cost"]["undiscounted"]
    discounted = content["cost"]["discounted"] - other.content["cost"]["discounted"]
    unmet = content["unmet_fte_years"] - other.content["unmet_fte_years"]
    yield (
        f"Against “{other.title}”: {money(abs(cost), currency)} {'more' if cost >= 0 else 'less'} "
        f"({money(discounted, currency)} discounted), {fte(abs(unmet))} FTE-years {'more' if unmet > 0 else 'less'} "
        f"unmet ({other.folder})."
    )


def _broken(plan: Plan, width: int) -> Iterator[str]:
    """What the plan breaks, where its option lets rules be broken and no plan keeps to all of them."""
    answer, settings = plan.outcome.answer, plan.programme.evidence.settings
    if answer is None:
        return
    said = broken_sentences(broken_rows(plan.programme, answer.decisions), settings)
    if said:
        first = "No plan keeps to every rule. Of those that may be broken, this one breaks the least, by weight:"
        yield from _wrapped([first, *(f"  {one}" for one in said)], width)


def _steadiness(plan: Plan) -> Iterator[str]:
    """By how many people a year the intakes change that are to be kept steady."""
    answer, policy = plan.outcome.answer, plan.programme.policy
    if answer is not None and policy.steady is not None:
        change = changes_of(plan.programme.quantities, answer.decisions)
        yield (
            f"Intakes that are to be steady change by {fte(change.a_year)} people a year, {fte(change.total)} in all; "
            f"each weighs {policy.steady.weight:g}."
        )


def _next(folder: Path, width: int) -> Iterator[str]:
    """Commands as they can be typed, on a line each; what they are for stands beside them where there is room.

    Room is judged by the folder's own name: where it lies changes nothing that is shown.
    """
    for word, verb, what in (
        ("Next:", "explain", "(what holds it back)"),
        ("  or:", "report", "(a page for the board); --full shows all tables"),
    ):
        room = len(f"{word} {command_line(verb, Path('results', folder.name))} {what}") <= width
        yield f"{word} {command_line(verb, folder)}" + (f" {what}" if room else "")
