"""Lists the pictures of a report in the order in which a board reads them; each has a module."""

from __future__ import annotations

from optimiser.report.picture import Maker
from optimiser.report.pictures import (
    alternatives,
    assumptions,
    commissions,
    cost,
    demand,
    gap_by_area,
    gap_steps,
    holding_back,
    money_curve,
    options,
    pipeline,
    skill_mix,
    tornado,
)

CHOICE, NEED, MONEY, PEOPLE, TRUST = (
    "The options", "The need", "The money", "The people", "What the answer rests on",
)  # fmt: skip

_SOLVE = "optimiser solve, with one plan of this evidence"

PICTURES: tuple[Maker, ...] = (
    Maker(
        "options",
        "Options at a glance",
        CHOICE,
        options.make,
        "optimiser compare, or optimiser solve for two options",
    ),
    Maker("demand", "Demand and supply by service", NEED, demand.make, _SOLVE),
    Maker("steps", "How the gap closes", NEED, gap_steps.make, "optimiser explain"),
    Maker("where", "Where the gap falls", NEED, gap_by_area.make, _SOLVE),
    Maker("cost", "Cost by year against the limits", MONEY, cost.make, _SOLVE),
    Maker(
        "money-curve", "Unmet demand against money", MONEY, money_curve.make, "optimiser frontier or optimiser sweep"
    ),
    Maker("holding-back", "What holds us back", MONEY, holding_back.make, "optimiser solve, without whole numbers"),
    Maker("commissions", "Commissions by route beside this year's", PEOPLE, commissions.make, _SOLVE),
    Maker("room", "What may be changed", PEOPLE, alternatives.make, "optimiser alternatives"),
    Maker("pipeline", "The training pipeline", PEOPLE, pipeline.make, _SOLVE),
    Maker("work", "Who does the work", PEOPLE, skill_mix.make, _SOLVE),
    Maker("tornado", "What matters most", TRUST, tornado.make, "optimiser tornado"),
    Maker("assumptions", "Assumptions and their sources", TRUST, assumptions.make, _SOLVE),
)
"""Every picture: its key, what it would show, where it stands, its maker, and the command that makes its table."""
