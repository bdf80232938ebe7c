"""The decision first: which option the figures speak for, what it costs, what it leaves unmet, what to start."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.report.choices import choices
from optimiser.report.figures import (
    asked_by,
    by_year,
    label,
    largest,
    period,
    prices,
    services,
    titles,
    unmet_by,
    years,
)
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import counted, fte, joined, money, percent

_RULE = (
    "Chosen by rule among {} options: the best by the priorities the options themselves set, in their order, shortage "
    "weighted as they say and every modelled year counted. "
    "What can be afforded is for the board to say; every option's figures are below."
)


@dataclass(frozen=True)
class Decision:
    """The recommendation in words, and the few figures beside it."""

    heading: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    """What, and how much."""
    rule: str
    """How the option was chosen, so that the board can choose otherwise."""


def decide(material: Material) -> Decision:
    """The option recommended, or what is known where there is no plan to recommend."""
    plan = material.focus
    if plan is None:
        return _without(material)
    base = material.base
    heading = f"Recommended: {plan.name}" if base is not None else f"The plan: {plan.name}"
    return Decision(heading, tuple(_sentences(material, plan)), _figures(plan), _rule(material, plan))


def _without(material: Material) -> Decision:
    """Where no plan was named: the best of a comparison, or what is known."""
    found = choices(material)
    if found is not None:
        best, base = found.best, found.base
        worth = (
            f"It costs {money(best.cost or 0.0, found.currency)} and leaves {fte(best.unmet or 0.0)} FTE-years unmet "
            f"over the reported years; “{base.name}” costs {money(base.cost or 0.0, found.currency)} and leaves "
            f"{fte(base.unmet or 0.0)}."
        )
        said = [worth, "Solve the option and name its results folder too, to see what to commission."]
        figures = (
            ("Status", best.status), ("Cost", money(best.cost or 0.0, found.currency)),
            ("Unmet demand, FTE-years", fte(best.unmet or 0.0)),
        )  # fmt: skip
        return Decision(f"Recommended: {best.name}", tuple(said), figures, _RULE.format(len(found.ranked)))
    failed = [f"“{plan.name}” ended as {plan.record['status']}" for plan in material.plans]
    heading = "No plan to recommend" if failed else "What the runs found"
    many = "These results compare many plans; the pictures below say what they found."
    return Decision(heading, (f"{joined(failed)}." if failed else many,), (), "")


def _sentences(material: Material, plan: PlanResult) -> list[str]:
    last = years(plan)[-1]
    total = sum(asked_by(plan, services(plan)).values())
    share = f" ({percent(plan.unmet / total)} of demand)" if total else ""
    said = [
        (
            f"From {period(plan)} it costs {money(plan.cost, plan.currency)} and leaves {fte(plan.unmet)} FTE-years of "
            f"demand unmet{share}."
        )
    ]
    broken = plan.record.get("broken") or []
    if broken:
        said.append(f"No plan keeps to every rule of this option; it breaks {'; '.join(map(str, broken))}.")
    if material.base is not None:
        said.append(_against(plan, material))
    here = {name: amount for (name, year), amount in unmet_by(plan, services(plan)).items() if year == last}
    asked = asked_by(plan, services(plan))
    worst = [name for name in largest(here, 3) if here[name] >= 0.05]
    if worst:
        each = [f"{name} {fte(here[name])} FTE ({percent(here[name] / asked[name, last])})" for name in worst]
        said.append(f"What stays unmet in {label(plan, last)}: {fte(sum(here.values()))} FTE, most in {joined(each)}.")
    else:
        said.append(f"In {label(plan, last)} no demand is left unmet.")
    return [*said, *_steadiness(plan), *_first_starts(plan)]


def _steadiness(plan: PlanResult) -> list[str]:
    """By how many people a year the intakes change that the option wants steady."""
    change = plan.record.get("steady")
    if not change:
        return []
    return [f"The intakes that are to be steady change by {fte(float(change['people_a_year']))} people a year."]


def _first_starts(plan: PlanResult) -> list[str]:
    """What to commission in the first year: all of it, and the largest routes."""
    starts, named, first = plan.table("starts"), titles(plan.facts, "routes"), years(plan)[0]
    sums = by_year(plan, "starts", starts.text("route"), starts.numbers("commissions"))
    here = {route: amount for (route, year), amount in sums.items() if year == first and amount >= 0.5}
    if not here:
        return []
    each = joined([f"{named[route]} {here[route]:,.0f}" for route in largest(here, 4)])
    routes = counted(len(here), "route")
    return [f"To commission in {label(plan, first)}: {sum(here.values()):,.0f} places on {routes}, most on {each}."]


def _against(plan: PlanResult, material: Material) -> str:
    others = [other for other in material.comparable if other is not plan]
    base = material.base
    if plan is base or base is None:
        near = min(others, key=lambda other: other.unmet)
        return (
            f"It is business as usual, and no other option does better; “{near.name}” leaves "
            f"{fte(near.unmet)} FTE-years unmet for {money(near.cost, near.currency)}."
        )
    extra, fewer = plan.cost - base.cost, base.unmet - plan.unmet
    more, less = "more" if extra >= 0 else "less", "fewer" if fewer >= 0 else "more"
    said = (
        f"Against “{base.name}” it costs {money(abs(extra), plan.currency)} {more} and leaves {fte(abs(fewer))} "
        f"{less} FTE-years unmet"
    )
    return f"{said}: {money(extra / fewer, plan.currency)} for each." if extra > 0 and fewer > 0 else f"{said}."


def _figures(plan: PlanResult) -> tuple[tuple[str, str], ...]:
    last = years(plan)[-1]
    short = sum(amount for (_, year), amount in unmet_by(plan, services(plan)).items() if year == last)
    gap = plan.record.get("gap")
    status = "optimal" if not gap else f"optimal within {percent(gap)}"
    said = prices(plan)
    return (
        ("Status", status),
        (f"Cost{f', {said}' if said else ''}", money(plan.cost, plan.currency)),
        ("Cost, discounted", money(plan.discounted, plan.currency)),
        ("Unmet demand, FTE-years", fte(plan.unmet)),
        (f"Unmet in {label(plan, last)}, FTE", fte(short)),
    )


def _rule(material: Material, plan: PlanResult) -> str:
    if material.base is None:
        said = "One plan was given, so there is nothing to choose between; name several results folders to compare."
    elif material.wanted is not None:
        said = f"“{plan.name}” was chosen by the authors of this report, not by a rule."
    else:
        said = _RULE.format(len(material.comparable))
    apart = [other.name for other in material.solved if other not in material.comparable]
    if apart:
        said += f" Not ranked, being on other evidence or another scenario: {joined(apart)}."
    lost = [other.name for other in material.plans if not other.solved]
    if lost:
        said += f" Without a plan: {joined(lost)}."
    return said


def report_title(material: Material) -> str:
    """What the report is about."""
    facts = material.facts
    return (facts.settings.title or facts.folder.name) if facts is not None else "Workforce options"
