"""The duals of every row that has one: what an audit needs to prove, without the solver, that no plan is better."""

from __future__ import annotations

import numpy as np

from optimiser.model.programme import Programme
from optimiser.plan.frame import Column, Frame
from optimiser.solving.priorities import Answer

DUALS = "duals.csv"


def duals_table(programme: Programme, answer: Answer) -> Frame:
    """One row for each identity's or limit's row with a dual for any priority, named by the row's own keys.

    A dual is what the priority's value gains as the row's number (bound − level's constant) grows by one. Rows without
    one are left out; with whole numbers or cohorts, which have none, so are all.
    """
    duals = np.stack([priced.rows for priced in answer.prices]) if answer.prices else np.zeros((0, 0))
    keys = sorted({key for rows in programme.blocks for key in rows.keys} - {"year"})
    columns: dict[str, list[str]] = {name: [] for name in ("row", *keys, "year")}
    found = []
    for block, first in zip(programme.blocks, programme.offsets, strict=False):
        mine = duals[:, first : first + len(block)] if len(duals) else np.zeros((0, len(block)))
        used = np.flatnonzero(mine.any(axis=0))
        columns["row"] += [block.name] * len(used)
        for key in (*keys, "year"):
            if key in block.keys:
                columns[key] += [block.labels[key][code] for code in block.keys[key][used].tolist()]
            else:
                columns[key] += [""] * len(used)
        found.append(mine[:, used])
    whole = np.concatenate(found, axis=1)
    named: dict[str, Column] = dict(columns)
    for place, objective in enumerate(programme.objectives):
        named[f"dual_{objective.name}"] = whole[place] if len(whole) else []
    return Frame("duals", named)
