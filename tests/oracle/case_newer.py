"""Random cases with what the evidence learnt later: transitions between roles.

Drawn after everything else, so that a seed of `make_case` gives the case it always gave.
"""

from __future__ import annotations

import random

from tests.oracle.cases import Case, between, chance, make_case


def make_newer_case(rng: random.Random, size: int = 1) -> Case:
    """A random case of `make_case` with transitions added."""
    case = make_case(rng, size)
    if chance(rng, 0.8):
        add_transitions(rng, case)
    return case


def add_transitions(rng: random.Random, case: Case) -> None:
    """Shares that move on by the passing of a year: up a ladder, sometimes round, with FTE kept, lost or won."""
    roles = [row["role"] for row in case.tables["roles"]]
    pairs = [(roles[n], roles[n + 1]) for n in range(len(roles) - 1) if n == 0 or chance(rng, 0.5)]
    if chance(rng, 0.3):
        pairs.append((roles[-1], roles[0]))
    case.tables["transitions"] = [
        {
            "from_role": from_role,
            "to_role": to_role,
            "share": between(rng, 0, 0.25),
            "fte_per_mover": rng.choice(["", 1, 0.9, 1.1]),
        }
        for from_role, to_role in pairs
    ]
