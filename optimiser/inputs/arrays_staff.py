"""Makes the evidence's arrays of areas, roles and routes from tables that have no faults.

Each function named `…_arrays` returns fields of `Evidence`; their axes and units are given there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimiser.inputs.evidence import NONE, Floats, Integers
from optimiser.inputs.read.table import Table
from optimiser.inputs.scenarios import Multipliers
from optimiser.inputs.settings import Settings

Tables = Mapping[str, Table]


@dataclass(frozen=True)
class Codes:
    """Hold every code in alphabetical order; arrays are indexed by position in these tuples."""

    areas: tuple[str, ...]
    roles: tuple[str, ...]
    routes: tuple[str, ...]
    tasks: tuple[str, ...]
    patterns: tuple[str, ...]


def positions(codes: Sequence[str]) -> dict[str, int]:
    """Return the position of each code."""
    return {code: position for position, code in enumerate(codes)}


def order_of(table: Table, key: str) -> list[int]:
    """Return the row numbers of a table in alphabetical order of their code."""
    codes = table.column(key)
    return sorted(range(len(codes)), key=codes.__getitem__)


def in_order(table: Table, column: str, order: Sequence[int]) -> list[Any]:
    """Return the cells of a column in the given order of rows."""
    cells = table.column(column)
    return [cells[row] for row in order]


def area_arrays(tables: Tables, codes: Codes) -> dict[str, Any]:
    """Return the region of each area; empty text where none is given."""
    regions = dict(zip(tables["areas"].column("area"), tables["areas"].column("region"), strict=True))
    return {"regions": tuple(regions.get(area, "") for area in codes.areas)}


def role_arrays(tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers) -> dict[str, Any]:
    """Return what the evidence holds about roles: groups, shares, leaver rates and staff in post."""
    roles = tables["roles"]
    order = order_of(roles, "role")
    area_at, role_at = positions(codes.areas), positions(codes.roles)
    staff = np.zeros((len(codes.areas), len(codes.roles)))
    table = tables["staff_in_post"]
    for area, role, fte in zip(*map(table.column, ("area", "role", "fte")), strict=True):
        staff[area_at[area], role_at[role]] = fte
    return {
        "staff_groups": tuple(in_order(roles, "staff_group", order)),
        "available_share": np.array(in_order(roles, "available_share", order), dtype=float),
        "leaver_rate": _leaver_rates(tables, codes, settings, multipliers, in_order(roles, "leaver_rate", order)),
        "staff_in_post": staff,
    }


def _leaver_rates(
    tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers, of_role: Sequence[float]
) -> Floats:
    """Return [area, role, year]: the role's rate, or that of a single year (a named area wins), times scenarios."""
    rates = np.empty((len(codes.areas), len(codes.roles), len(settings.years)))
    rates[:] = np.array(of_role)[None, :, None]
    area_at, role_at, year_at = positions(codes.areas), positions(codes.roles), _year_positions(settings)
    table = tables["leavers"]
    rows = list(zip(*map(table.column, ("area", "role", "year", "leaver_rate")), strict=True))
    # Rows for all areas sort first, so that rows of a named area overwrite them.
    for area, role, year, rate in sorted(rows):
        if year in year_at:
            where = area_at[area] if area else slice(None)
            rates[where, role_at[role], year_at[year]] = rate
    for role, position in role_at.items():
        rates[:, position, :] *= multipliers.factor("leaver_rate", role)
    return rates


def transition_arrays(tables: Tables, codes: Codes) -> dict[str, Any]:
    """Return who moves from role to role every year, whatever is decided, one element for each transition."""
    table = tables["transitions"]
    role_at = positions(codes.roles)
    rows = sorted(zip(*map(table.column, ("from_role", "to_role", "share", "fte_per_mover")), strict=True))
    return {
        "transition_from": np.array([role_at[row[0]] for row in rows], dtype=np.int64),
        "transition_to": np.array([role_at[row[1]] for row in rows], dtype=np.int64),
        "transition_share": np.array([row[2] for row in rows], dtype=float),
        "fte_per_mover": np.array([row[3] for row in rows], dtype=float),
    }


def _year_positions(settings: Settings) -> dict[int, int]:
    """Return the position of each modelled year."""
    return {year: position for position, year in enumerate(settings.years)}


def route_arrays(tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers) -> dict[str, Any]:
    """Return what the evidence holds about routes: ends, durations, shares, past intakes and destinations."""
    routes = tables["routes"]
    order = order_of(routes, "route")
    role_at = positions(codes.roles)

    def floats(column: str) -> Floats:
        return np.array(in_order(routes, column, order), dtype=float)

    def roles(column: str) -> Integers:
        found = [role_at[role] if role else NONE for role in in_order(routes, column, order)]
        return np.array(found, dtype=np.int64)

    years = np.array(in_order(routes, "years", order), dtype=np.int64)
    numbers = ("fte_per_completer", "study_release", "trainee_work", "supervisor_fte")

    def by_year(column: str) -> Floats:
        factors = [multipliers.factor(column, route) for route in codes.routes]
        return floats(column)[:, None] * np.array(factors).reshape(len(codes.routes), len(settings.years))

    return {
        "kinds": tuple(in_order(routes, "kind", order)),
        "years": years,
        "non_completers_return": np.array(
            [said == "return" for said in in_order(routes, "non_completers", order)], dtype=bool
        ),
        **{column: floats(column) for column in numbers},
        **{column: by_year(column) for column in ("completion", "fill_rate")},
        **{f"past_{column}": floats(column) for column in ("completion", "fill_rate")},
        **{column: roles(column) for column in ("from_role", "to_role", "supervisor_role")},
        **_past_starts(tables["past_starts"], codes, settings, max(1, int(years.max(initial=0)))),
        "destinations": _destinations(tables["destinations"], codes),
    }


def _past_starts(table: Table, codes: Codes, settings: Settings, longest: int) -> dict[str, Any]:
    """Return the starts before first_year, latest first, and which areas and routes have any row."""
    starts = np.zeros((len(codes.areas), len(codes.routes), longest))
    has = np.zeros((len(codes.areas), len(codes.routes)), dtype=bool)
    area_at, route_at = positions(codes.areas), positions(codes.routes)
    for route, area, year, number in zip(*map(table.column, ("route", "area", "year", "starts")), strict=True):
        has[area_at[area], route_at[route]] = True
        ago = settings.first_year - 1 - year
        if ago < longest:
            starts[area_at[area], route_at[route], ago] = number
    return {"past_starts": starts, "has_past_starts": has}


def _destinations(table: Table, codes: Codes) -> Floats:
    """Return [route, area trained in, area joined]: shares; all join where they trained if no row says otherwise."""
    area_at, route_at = positions(codes.areas), positions(codes.routes)
    shares = np.zeros((len(codes.routes), len(codes.areas), len(codes.areas)))
    shares[:] = np.eye(len(codes.areas))
    rows = list(zip(*map(table.column, ("route", "area", "to_area", "share")), strict=True))
    for route, area, _, _ in rows:
        shares[route_at[route], area_at[area]] = 0.0
    for route, area, to_area, share in rows:
        shares[route_at[route], area_at[area], area_at[to_area]] = share
    return shares
