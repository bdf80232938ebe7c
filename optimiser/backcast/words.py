"""Writes a backcast in lines, and as keys and values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from optimiser.backcast.backcast import Backcast, Fit, Past
from optimiser.text.wording import counted, fte, percent, table


def sentences(done: Backcast) -> Iterator[str]:
    """Errors by role and year, bias and MAPE, and what would fit."""
    label, years = done.evidence.settings.label, done.years
    yield f"From the stocks of {label(years[0])}: modelled less observed, FTE, all areas with a figure."
    rows = []
    for fit in done.fits:
        role = done.evidence.roles.index(fit.role)
        cells = [_error(done, at, role) for at in range(1, len(years))]
        rows.append([fit.role, *cells, fte(fit.bias), "–" if math.isnan(fit.mape) else percent(fit.mape)])
    yield from table(["role", *(label(year) for year in years[1:]), "bias", "MAPE"], rows)
    held = Past(done.evidence, years).held
    if held:
        yield f"{counted(len(held), 'intake')} of past_starts not written down: as in the nearest year that is."
    for fit in done.fits:
        yield from _what_fits(fit, done)


def _error(done: Backcast, at: int, role: int) -> str:
    there = ~np.isnan(done.observed[at, :, role])
    if not there.any():
        return "–"
    return fte(float((done.modelled[at, there, role] - done.observed[at, there, role]).sum()))


def _what_fits(fit: Fit, done: Backcast) -> Iterator[str]:
    label = done.evidence.settings.label
    if fit.mape_tested is None or fit.joiners is None:
        yield f"{fit.role}: too few years to fit and to test."
        return
    fitted, tested = (", ".join(label(year) for year in years) for years in (fit.fitted_on, fit.tested_on))
    yield f"{fit.role}: fitted on {fitted}, tested on {tested}, where the MAPE is {percent(fit.mape_tested)}."
    if fit.leaver_rate is None or fit.mape_with_rate is None:
        yield "  no leaver rate from 0 to 1 fits"
    else:
        yield f"  a leaver rate of {fit.leaver_rate:.4f}: {percent(fit.mape_with_rate)}"
    if fit.mape_with_joiners is not None:
        word = "joiners more" if fit.joiners >= 0 else "joiners fewer"
        yield f"  or {fte(abs(fit.joiners))} {word} a year: {percent(fit.mape_with_joiners)}"


def as_keys(done: Backcast) -> dict[str, Any]:
    """The same, numbers in full; what is not known is null."""
    fits = [{key: _known(value) for key, value in asdict(fit).items()} for fit in done.fits]
    frame = done.frame()
    names = list(frame.columns)
    rows = zip(*(list(frame.columns[name]) for name in names), strict=True)
    return {
        "years": list(done.years),
        "roles": fits,
        "stocks": [{name: _plain(cell) for name, cell in zip(names, row, strict=True)} for row in rows],
    }


def _plain(cell: Any) -> Any:
    return _known(float(cell)) if isinstance(cell, float) else cell


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
