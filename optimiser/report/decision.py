"""States the decision: which option the figures favour, its cost, what it leaves unmet and what to commission."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.plan.cost_effectiveness import Sums, cost_effectiveness
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

_NONE = (
    "None of the options is recommended here: what can be afforded is for the board to say. The options stand in the "
    "order of their own priorities, shortage weighted as they say and every modelled year counted."
)
_MOST = 8
"""Options that have a sentence of their own before all are left to the table."""


@dataclass(frozen=True)
class Decision:
    """Hold the recommendation in words, and the few figures beside it."""

    heading: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    """What, and how much."""
    rule: str
    """How the option was chosen, so that the board can choose otherwise."""


def decide(material: Material) -> Decision:
    """Recommend an option, put options side by side if none is recommended, or say what is known without a plan."""
    plan = material.focus
    if plan is None:
        return _without(material)
    if material.base is None:
        heading, said, figures = f"The plan: {plan.name}", _sentences(material, plan), _figures(plan)
    elif material.wanted is not None:
        heading, said, figures = f"Recommended: {plan.name}", _sentences(material, plan), _figures(plan)
    else:
        heading, figures = _side_by_side(len(material.comparable)), (("In detail", plan.name), *_figures(plan))
        said = [*_each(material, plan), *_sentences(material, plan)]
    return Decision(heading, tuple(said), figures, _rule(material, plan))


def _side_by_side(options: int) -> str:
    return f"{counted(options, 'option')} side by side"


def _each(material: Material, plan: PlanResult) -> list[str]:
    """Compare each option with business as usual, where they are few; then say which one follows in detail."""
    base = material.base
    others = [one for one in material.comparable if one is not base]
    said = []
    if base is not None and len(others) <= _MOST:
        total = sum(asked_by(base, services(base)).values())
        share = f" ({percent(base.unmet / total)} of demand)" if total else ""
        said.append(
            f"“{base.name}”, business as usual, costs {money(base.cost, base.currency)} and leaves {fte(base.unmet)} "
            f"FTE-years unmet{share}."
        )
        said += [f"“{one.name}” {_beside(one, base)}." for one in others]
    return [*said, f"In detail, as an example and not as a recommendation: “{plan.name}”."]


def _without(material: Material) -> Decision:
    """Put the options of a comparison side by side, or say what is known, where no plan was named."""
    found = choices(material)
    if found is not None:
        ranked = found.ranked
        said = tuple(
            f"“{one.name}” costs {money(one.cost or 0.0, found.currency)} and leaves {fte(one.unmet or 0.0)} FTE-years "
            "unmet over the reported years."
            for one in ranked[:_MOST]
        )
        least = min(ranked, key=lambda one: one.cost or 0.0)
        figures = (
            ("Least unmet demand, FTE-years", f"{fte(ranked[0].unmet or 0.0)} ({ranked[0].name})"),
            ("Least cost", f"{money(least.cost or 0.0, found.currency)} ({least.name})"),
        )  # fmt: skip
        return Decision(_side_by_side(len(ranked)), said, figures, _NONE)
    failed = [f"“{plan.name}” ended as {plan.record['status']}" for plan in material.plans]
    heading = "No plan was found" if failed else "What the runs found"
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
    if material.base is not None and material.wanted is not None:
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
    """Say by how many people a year the intakes change that the option wants steady."""
    change = plan.record.get("steady")
    if not change:
        return []
    return [f"The intakes that are to be steady change by {fte(float(change['people_a_year']))} people a year."]


def _first_starts(plan: PlanResult) -> list[str]:
    """Say what to commission in the first year: all of it, and the largest routes."""
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
    return f"Against “{base.name}” it {_beside(plan, base)}."


def _beside(plan: PlanResult, base: PlanResult) -> str:
    """Say what an option costs and leaves unmet beside business as usual."""
    extra, fewer = plan.cost - base.cost, base.unmet - plan.unmet
    more, less = "more" if extra >= 0 else "less", "fewer" if fewer >= 0 else "more"
    said = f"costs {money(abs(extra), plan.currency)} {more} and leaves {fte(abs(fewer))} {less} FTE-years unmet"
    each = _cost_of_each(plan, base)
    return said if each is None else f"{said}: {money(each, plan.currency)} for each, both discounted"


def _cost_of_each(plan: PlanResult, base: PlanResult) -> float | None:
    """Return what an FTE-year less unmet costs against business as usual; None where there is no such cost."""
    sums = [
        Sums(one.name, one.discounted, one.unmet_discounted) for one in (base, plan) if one.unmet_discounted is not None
    ]
    return cost_effectiveness(sums)[1].average if len(sums) == 2 else None


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
        said = ""
    elif material.wanted is not None:
        said = f"“{plan.name}” was chosen by the authors of this report, not by a rule."
    else:
        said = _NONE
    apart = [other.name for other in material.solved if other not in material.comparable]
    if apart:
        said += f" Not ranked, being on other evidence or another scenario: {joined(apart)}."
    lost = [other.name for other in material.plans if not other.solved]
    if lost:
        said += f" Without a plan: {joined(lost)}."
    return said.strip()


def report_title(material: Material) -> str:
    """Return the report's title."""
    facts = material.facts
    return (facts.settings.title or facts.folder.name) if facts is not None else "Workforce options"
