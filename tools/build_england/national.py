"""England as one area, for looking back: the roles whose stocks were published, with every intake that is known.

`python -m tools.build_england --national DIR` writes the folder and `actuals.csv` beside it; then
`optimiser backcast DIR/inputs --from 2018 DIR/actuals.csv`. Reporting radiographers count as radiographers, as in the
published stocks, so the certificate that leads from one to the other is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from tools.build_england.figures import FIGURES, FIRST, ROLES, ROUTES, Row, as_csv, read, text
from tools.build_england.stocks import completion

LEAVE = "leaver_rate"
SETTINGS = f"""title: England, looking back
first_year: {FIRST}
last_year: {FIRST}
run_out_years: 5
financial_years: true
discount_rate: 0
"""


def roles_with_stocks() -> list[str]:
    """The roles of actuals.csv, in the order of roles.csv."""
    known = {row["role"] for row in read("actuals")}
    return [row["role"] for row in ROLES if row["role"] in known]


def national(
    rates: Mapping[str, float] | None = None, intakes: Mapping[str, float] | None = None, without: Collection[str] = ()
) -> dict[str, list[Row]]:
    """The tables. `rates`: leaver rates by role and `intakes`: starts a year by route in place of the evidence's;
    `without`: routes that are left out.
    """
    roles = roles_with_stocks()
    routes = [r["route"] for r in ROUTES if r["to_role"] in roles and not r["from_role"] and r["route"] not in without]
    leads = {r["route"]: r["to_role"] for r in ROUTES}
    leave = {role: FIGURES.number("roles", role, LEAVE) for role in roles} | dict(rates or {})
    return {
        "roles": [{"role": role, "title": role, LEAVE: text(leave[role])} for role in roles],
        "staff_in_post": [{"role": role, "fte": "1"} for role in roles],
        "routes": [
            {"route": route, "title": route, "kind": "training", "to_role": leads[route],
             "years": text(FIGURES.number("routes", route, "years")), "completion": text(completion(route)),
             "fte_per_completer": text(FIGURES.number("routes", route, "fte_per_completer"))}
            for route in routes
        ],
        "past_starts": [row for route in routes for row in _starts(route, (intakes or {}).get(route))],
        "tasks": [{"task": "work", "title": "Work", "unit": "years"}],
        "demand": [{"task": "work", "year": str(FIRST), "volume": "1"}],
        "productivity": [{"role": roles[0], "task": "work", "units_per_fte": "1"}],
        "costs": [{"item": roles[0], "line": "staff", "per": "fte-year", "amount": "0", "budget": "pay"}],
    }  # fmt: skip


def _starts(route: str, level: float | None) -> list[Row]:
    known = FIGURES.by_year("past_starts", route, "starts")
    return [
        {"route": route, "year": str(year), "starts": row["value"] if level is None else text(level)}
        for year, row in known.items()
    ]


def write(folder: Path, tables: Mapping[str, list[Row]], roles: Collection[str] = ()) -> Path:
    """The inputs in `folder/inputs` and published stocks in `folder/actuals.csv`, whose path is returned.

    Only the stocks of `roles`, where any are named.
    """
    (folder / "inputs").mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / "inputs" / f"{name}.csv").write_text(as_csv(rows), encoding="utf-8")
    (folder / "inputs" / "settings.yaml").write_text(SETTINGS, encoding="utf-8")
    stocks = [
        {key: row[key] for key in ("role", "year", "fte")} | {"source": f"{row['flag']}: {row['source']}"}
        for row in read("actuals")
        if not roles or row["role"] in roles
    ]
    (folder / "actuals.csv").write_text(as_csv(stocks), encoding="utf-8")
    return folder / "actuals.csv"
