"""Declares the tables about work and money: tasks, demand, patients, productivity, costs, scenarios."""

from __future__ import annotations

from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.declare.columns_often import (
    AREA,
    GROWTH,
    ROLE,
    TASK,
    TITLE,
    code,
    number,
    optional_code,
    share,
    text,
    year,
)

TASKS = TableDeclaration(
    "tasks",
    "Tasks",
    "The work that is demanded.",
    (
        code("task", help="A short code for the task.", example="scan_report"),
        TITLE(example="CT and MRI reporting"),
        text("unit", help="What one unit of it is.", example="reports"),
        text("service", help="The service it belongs to.", example="Imaging"),
        number("priority", help="How much a shortage of it weighs beside others.", default=1.0, least=0, example="1"),
        share(
            "returns",
            help="Share of a year's unmet demand that comes back next year: a waiting list.",
            default=0.0,
            example="0.5",
        ),
    ),
    key=("task",),
    defines="task",
    one="a task",
)
DEMAND = TableDeclaration(
    "demand",
    "Demand",
    "Volumes by area and task. A volume grows by growth until the next row; a later row without a volume keeps the "
    "path and changes the growth from then on. May start before the first year, not after. Not needed where patients "
    "and care make all of the demand.",
    (
        AREA,
        TASK(help="The task."),
        year("year", help="The year of the volume."),
        number(
            "volume",
            help="Units demanded in that year.",
            unit="the task's unit",
            blank="the path so far",
            least=0,
            example="120000",
        ),
        GROWTH(help="Growth a year from this row to the next.", default=0.0),
    ),
    key=("area", "task", "year"),
    optional=True,
)
WAITING_LIST = TableDeclaration(
    "waiting_list",
    "Waiting list",
    "Units waiting before the first year; they add to the demand of the first year.",
    (
        AREA,
        TASK(help="The task."),
        number("volume", help="Units waiting.", unit="the task's unit", required=True, least=0, example="4000"),
    ),
    key=("area", "task"),
    optional=True,
)
NETWORKS = TableDeclaration(
    "networks",
    "Networks",
    "Areas that share a task's work, such as an imaging or pathology network: staff of one may do the work of another. "
    "An area and task is in at most one network, beside at least one other area, and has some volume of the task.",
    (
        code("network", help="A short code for the network.", example="northern_imaging"),
        TASK(help="The task whose work is shared."),
        AREA,
    ),
    key=("network", "task", "area"),
    optional=True,
)
PATIENTS = TableDeclaration(
    "patients",
    "Patients",
    "Patients by area and group, with growth as in demand; with care they make demand.",
    (
        AREA,
        code("group", help="A short code for the group of patients.", example="breast"),
        year("year", help="The year of the number."),
        number(
            "number", help="Patients in that year.", unit="patients", blank="the path so far", least=0, example="5200"
        ),
        GROWTH(help="Growth a year from this row to the next.", default=0.0),
    ),
    key=("area", "group", "year"),
    optional=True,
    defines="group",
    one="a group of patients",
)
CARE = TableDeclaration(
    "care",
    "Care per patient",
    "Units of each task that a patient of a group needs.",
    (
        code("group", refers="patients", help="The group of patients.", example="breast"),
        TASK(help="The task."),
        number(
            "units_per_patient",
            help="Units of the task per patient.",
            unit="the task's unit per patient",
            required=True,
            least=0,
            example="2.4",
        ),
        GROWTH(help="Growth a year from the first year.", default=0.0),
    ),
    key=("group", "task"),
    optional=True,
)
PRODUCTIVITY = TableDeclaration(
    "productivity",
    "Who can do what, and how much",
    "Units one available FTE of a role delivers of a task in a year. A pair that is absent cannot do that task.",
    (
        ROLE(help="The role."),
        TASK(help="The task."),
        number(
            "units_per_fte",
            help="Units per available FTE-year.",
            unit="the task's unit per FTE-year",
            required=True,
            above=0,
            example="9500",
        ),
        GROWTH(help="Growth a year from the first year.", default=0.0, example="0.005"),
        share(
            "current_share",
            help="Share of every area's volume that the role does just before the first year.",
            blank="not known",
            example="0.42",
        ),
    ),
    key=("role", "task"),
)
_PER_TABLE = {
    "start": "routes",
    "trainee-year": "routes",
    "joiner": "routes",
    "fte-year": "roles",
    "idle-fte-year": "roles",
    "leaver": "roles",
    "pattern-fte-year": "patterns",
    "outsourced-unit": "tasks",
}
COSTS = TableDeclaration(
    "costs",
    "Costs",
    "What things cost, and which budget pays. A task can be outsourced only if it has an outsourced-unit row.",
    (
        code(
            "item",
            refers_on="per",
            refers_by=_PER_TABLE,
            help="What is paid for: a route, role, pattern or task, as per says.",
            example="specialty_training",
        ),
        text("line", help="The line of the accounts.", example="education and training"),
        Column(
            "per", "choice", "What the amount is paid per.", "trainee-year", required=True, choices=tuple(_PER_TABLE)
        ),
        number(
            "amount",
            help="Money per unit, in prices of price_year.",
            unit="the currency",
            required=True,
            least=0,
            example="52000",
        ),
        optional_code("budget", help="The budget that pays.", blank="no budget", example="training"),
        GROWTH(help="Growth a year above inflation, from the first year.", default=0.0, example="0.01"),
    ),
    key=("per", "item", "line", "budget"),
    defines="item",
    one="an item",
)
_SCENARIO_TABLE = {
    "demand": "tasks",
    "patients": "patients",
    "productivity": "roles",
    "leaver_rate": "roles",
    "completion": "routes",
    "fill_rate": "routes",
    "costs": "costs",
}
SCENARIOS = TableDeclaration(
    "scenarios",
    "Scenarios",
    "Other futures: multipliers that run in a straight line from 1 in the first year through the given years, then "
    "stay. Everything that applies multiplies. completion is of those who start in the year.",
    (
        code("scenario", help="A short code for the scenario.", example="high_growth"),
        Column(
            "table", "choice", "Which figures it multiplies.", "demand", required=True, choices=tuple(_SCENARIO_TABLE)
        ),
        optional_code(
            "item",
            refers_on="table",
            refers_by=_SCENARIO_TABLE,
            help="The task, group, role, role, route, route or cost item.",
            blank="all",
            example="scan_report",
        ),
        optional_code(
            "task", refers="tasks", help="The task, for productivity only.", blank="all", example="scan_report"
        ),
        optional_code(
            "area", refers="areas", help="The area, for demand and patients only.", blank="all", example="north"
        ),
        year("year", help="The year of the multiplier.", example="2035"),
        number(
            "multiplier", help="The figure is multiplied by this in that year.", required=True, least=0, example="1.15"
        ),
    ),
    key=("scenario", "table", "item", "task", "area", "year"),
    optional=True,
    defines="scenario",
    one="a scenario",
)
