"""Declares the columns that several tables share, and gives short ways to declare the common kinds."""

from __future__ import annotations

from functools import partial

from optimiser.inputs.declare.columns import Column

code = partial(Column, kind="code", required=True)
optional_code = partial(Column, kind="code", default="")
text = partial(Column, kind="text", default="")
number = partial(Column, kind="number")
share = partial(Column, kind="share", least=0, most=1)
whole = partial(Column, kind="whole", required=True)
year = partial(Column, kind="year", required=True, example="2026")

TITLE = partial(text, "title", help="The name as reports show it.")
AREA = code("area", refers="areas", help="The area. May be left out where there is one area.", example="north")
ROLE = partial(code, "role", refers="roles", example="radiologist")
TASK = partial(code, "task", refers="tasks", example="scan_report")
ROUTE = partial(code, "route", refers="routes", example="specialty_training")
GROWTH = partial(number, "growth", above=-1, most=10, unit="share per year", example="0.02")

SOURCE = text(
    "source",
    help="Begins with published:, derived:, recalled: or assumed:, the weakest that applies, then says where.",
    example="published: workforce census 2024, table 3",
)
NOTE = text("note", help="Anything a reader of this row should know.", example="Headcount converted at 0.92 FTE.")
ANYWHERE = (SOURCE, NOTE)
"""Columns that any table may have."""
