"""The basis of a plan, kept with its results: later solves of the same model, or a near one, go on from there.

It holds no figure and decides none: every solve that starts from it proves its optimum as one from nothing does. A
file that is lost, damaged or of another model is left aside, and the solve then takes as long as the first one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from optimiser.model.programme import Programme
from optimiser.solving.basis import as_codes
from optimiser.solving.priorities import Outcome

BASIS = "basis.bin"
_FORM = b"workforce optimiser basis 1\n"
_HASH = 32
_MOST_CODE = 4
"""HiGHS has five places for a column or a row: lower, basic, upper, zero, non-basic."""

Codes = tuple[bytes, bytes]
"""A basis as bytes: one for each column, one for each row."""


def basis_bytes(programme: Programme, outcome: Outcome) -> bytes | None:
    """What `basis.bin` holds: the shape of the model, then a byte for each column and row; None without a basis."""
    codes = as_codes(outcome.basis)
    if codes is None or not _fits(codes, programme):
        return None
    return _FORM + _shape(programme) + codes[0] + codes[1]


def kept_basis(folder: Path, programme: Programme) -> Codes | None:
    """Read the basis that a results folder keeps for a model of this shape; None where it has none."""
    try:
        content = (folder / BASIS).read_bytes()
    except OSError:
        return None
    head, columns = len(_FORM) + _HASH, programme.matrix.columns
    if content[:head] != _FORM + _shape(programme):
        return None
    codes = content[head : head + columns], content[head + columns :]
    sound = _fits(codes, programme) and max(content[head:], default=0) <= _MOST_CODE
    return codes if sound else None


def _fits(codes: Codes, programme: Programme) -> bool:
    return len(codes[0]) == programme.matrix.columns and len(codes[1]) == len(programme.matrix.lower)


def _shape(programme: Programme) -> bytes:
    """Hash what the columns and rows are about, whatever their numbers: two models of one shape share a basis."""
    found = hashlib.sha256()
    columns = programme.quantities.decisions.columns
    for block in columns.blocks:
        found.update(f"{block.name}\n{len(block.columns)}\n".encode())
        for key, codes in block.keys.items():
            found.update(key.encode() + codes.tobytes())
    for rows in programme.blocks:
        found.update(f"{rows.name}\n{rows.sense}\n{len(rows)}\n".encode())
        for key, codes in rows.keys.items():
            found.update(f"{key} {list(rows.labels[key])}".encode() + codes.tobytes())
    evidence = programme.evidence
    for names in (evidence.areas, evidence.roles, evidence.routes, evidence.tasks, evidence.patterns):
        found.update("\n".join(names).encode() + b"\n\n")
    found.update(repr(evidence.settings.years).encode())
    return found.digest()
