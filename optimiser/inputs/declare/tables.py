"""Gathers the declarations of every table and column of the inputs.

Reading, checking, empty templates and the documentation all come from these declarations, so a
column added to one is read, checked and documented everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from optimiser.inputs.declare import tables_staff as staff
from optimiser.inputs.declare import tables_work as work
from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.declare.columns_often import ANYWHERE
from optimiser.inputs.declare.settings_keys import SETTINGS

__all__ = ["ANYWHERE", "SETTINGS", "TABLES", "Column", "TableDeclaration"]

TABLES: Mapping[str, TableDeclaration] = {
    table.name: table
    for table in (
        staff.AREAS,
        staff.ROLES,
        staff.STAFF_IN_POST,
        staff.LEAVERS,
        staff.TRANSITIONS,
        staff.ROUTES,
        staff.PAST_STARTS,
        staff.DESTINATIONS,
        work.TASKS,
        work.DEMAND,
        work.WAITING_LIST,
        work.NETWORKS,
        work.PATIENTS,
        work.CARE,
        work.PRODUCTIVITY,
        staff.PATTERNS,
        work.COSTS,
        work.SCENARIOS,
    )
}
"""Every table beside the settings, by name, in the order of the documentation."""
