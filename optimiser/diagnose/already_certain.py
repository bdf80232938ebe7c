"""What is clear before anything is decided: money that is owed, and years before anybody can qualify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Evidence
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.plan.spend_tables import TRAINING


@dataclass(frozen=True)
class Known:
    """One fact about a row of the clash that no decision can change."""

    kind: Literal["committed", "too_soon"]
    entry: str
    year: int | None
    """Calendar year; None where the row is about all years together."""
    owed: float = 0.0
    """committed: money owed to people who started before first_year."""
    limit: float = 0.0
    """committed: the most that may be spent, what may be carried into the year included."""
    roles: tuple[str, ...] = ()
    """too_soon: the roles that would be needed."""
    earliest: int | None = None
    """too_soon: the first year anybody who starts now can join them; None where no route leads to them."""


def known_beforehand(programme: Programme, rows: Sequence[int]) -> Iterator[Known]:
    """The facts about the rows of a clash, each said once for an entry and a year."""
    said = set()
    for row in rows:
        for known in _of_row(programme, *programme.at(row)):
            key = (known.kind, known.entry, known.year, known.roles)
            if key not in said:
                said.add(key)
                yield known


def _of_row(programme: Programme, rows: Rows, place: int) -> Iterator[Known]:
    limit = rows.limit
    if limit is None:
        return
    year = None if "year" not in rows.keys else int(rows.labels["year"][rows.keys["year"][place]])
    if limit.quantity == "spend" and limit.sense != "at_least":
        owed, most = committed(programme, limit, year), _most(programme, rows, place)
        if owed > most:
            yield Known("committed", limit.name, year, owed, most)
    elif year is not None and _wants_staff(limit):
        roles = _roles(programme.evidence, limit, rows, place)
        earliest = first_joiners(programme.evidence, roles)
        if earliest is None or year < earliest:
            names = tuple(programme.evidence.roles[role] for role in roles)
            yield Known("too_soon", limit.name, year, roles=names, earliest=earliest)


def committed(programme: Programme, limit: Limit, year: int | None) -> float:
    """Money a limit on spending has to find for people who started before first_year, whatever is decided."""
    evidence, spend = programme.evidence, programme.quantities.spend
    training = np.array([per in TRAINING for per in evidence.cost_per], dtype=bool)
    mine = training[spend.keys["cost"]] & np.isin(
        spend.keys["year"], np.array(limit.years if year is None else [year]) - evidence.settings.first_year
    )
    for key, labels in (
        ("budget", evidence.cost_budget), ("line", evidence.cost_line), ("item", evidence.cost_item)
    ):  # fmt: skip
        if key in limit.where:
            chosen = np.array([label in limit.where[key] for label in labels], dtype=bool)
            mine &= chosen[spend.keys["cost"]]
    if "area" in limit.where:
        areas = np.array([area in limit.where["area"] for area in evidence.areas], dtype=bool)
        mine &= areas[spend.keys["area"]]
    return float(spend.constant[mine].sum())


def _most(programme: Programme, rows: Rows, place: int) -> float:
    """The bound, and the most that may be carried into the year."""
    most = float(rows.bound.constant[place])
    for follower in followers(programme):
        limited = follower.rows.limit
        if follower.leader is rows and limited is not None and limited.quantity == "carry":
            before = follower.rows.keys["year"] == rows.keys["year"][place] - 1
            most += float(follower.rows.bound.constant[before].sum())
    return most


def _wants_staff(limit: Limit) -> bool:
    """True for a limit that more staff would help to keep."""
    if limit.quantity in ("unmet", "outsourced"):
        return limit.sense != "at_least"
    return limit.quantity in ("activity", "work", "staff", "joiners") and limit.sense != "at_most"


def _roles(evidence: Evidence, limit: Limit, rows: Rows, place: int) -> list[int]:
    """The roles that could help: the one named, or all who can do the task."""
    if "role" in rows.keys:
        return [evidence.roles.index(rows.labels["role"][rows.keys["role"][place]])]
    if "role" in limit.where:
        return [evidence.roles.index(role) for role in limit.where["role"]]
    tasks = np.ones(len(evidence.tasks), dtype=bool)
    if "task" in rows.keys:
        tasks = np.array([task == rows.labels["task"][rows.keys["task"][place]] for task in evidence.tasks])
    elif "task" in limit.where:
        tasks = np.array([task in limit.where["task"] for task in evidence.tasks])
    elif "service" in limit.where:
        tasks = np.array([service in limit.where["service"] for service in evidence.services])
    if limit.quantity in ("staff", "joiners"):
        return list(range(len(evidence.roles)))
    return sorted(set(evidence.pair_role[tasks[evidence.pair_task]].tolist()))


def first_joiners(evidence: Evidence, roles: Sequence[int]) -> int | None:
    """The first year in which a start decided now adds to any of the roles; None where nothing leads to them.

    A transition leads on from a role one year after the start has reached it. Where transitions alone lead to a role,
    its staff may grow at once, whatever is decided: that is the first year itself.
    """
    first = evidence.settings.first_year
    reached = {role: _shortest(evidence, role) for role in range(len(evidence.roles))}
    moves = [pair for pair, share in zip(
        zip(evidence.transition_from.tolist(), evidence.transition_to.tolist(), strict=True),
        evidence.transition_share * evidence.fte_per_mover, strict=True,
    ) if share > 0]  # fmt: skip
    for _ in evidence.roles:
        for from_role, to_role in moves:
            reached[to_role] = min(reached[to_role], reached[from_role] + 1)
    soonest = min(reached[role] for role in roles)
    if np.isfinite(soonest):
        return first + int(soonest)
    return first if any(to_role in roles for _, to_role in moves) else None


def _shortest(evidence: Evidence, role: int) -> float:
    """Years of the shortest route into a role; infinite without one."""
    return min(evidence.years[evidence.to_role == role].tolist(), default=np.inf)
