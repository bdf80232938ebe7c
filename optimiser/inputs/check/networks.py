"""Checks networks: whose work is shared, with whom, and that there is any."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from optimiser.inputs.check.work import pairs_with_demand, points_subject
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.tables_read import Typed
from optimiser.text.faults import Faults


def check_networks(typed: Typed, faults: Faults) -> None:
    """Check that an area and task is in one network only, with another area, and has such work."""
    table = typed.tables["networks"]
    if not typed.ready("networks", "demand", "patients", "care"):
        return
    has_work = pairs_with_demand(typed)
    network_of: dict[tuple[str, str], str] = {}
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, (network, task, area) in enumerate(zip(*map(table.column, ("network", "task", "area")), strict=True)):
        if not table.sound(row, "network", "task", "area"):
            continue
        members[network, task].append(row)
        whose = points_subject(typed, "networks", row, "task")
        other = network_of.setdefault((area, task), network)
        if other != network:
            found = f"{network}, though {whose} is in {other}"
            faults.add("two-networks", table.place(row, "network"), found, "one network", "Remove one of the two rows.")
        if (area, task) not in has_work:
            found = f"a share in the work of {whose}, which has no demand"
            mend = "Add its demand, or remove the row."
            faults.add("no-demand", table.place(row), found, "an area with a volume of the task", mend)
    for (network, task), rows in members.items():
        if len(rows) == 1:
            found = f"{points_subject(typed, 'networks', rows[0], 'task')} alone in network {network}"
            mend = f"Add the areas that share {task} with it, or remove the row."
            faults.add("network-of-one", table.place(rows[0]), found, "two areas or more", mend)


def check_volumes_shared(evidence: Evidence, under: str, faults: Faults) -> None:
    """Check that every member of a network has some volume of the task in some modelled year."""
    table = evidence.tables["networks"]
    nothing = (evidence.network_of >= 0) & evidence.has_demand & ~(evidence.volume > 0).any(axis=2)
    for area, task in np.argwhere(nothing).tolist():
        at = list(zip(*map(table.column, ("area", "task")), strict=True))
        row = at.index((evidence.areas[area], evidence.tasks[task]))
        found = f"area {evidence.areas[area]}, whose volume of {evidence.tasks[task]} is 0 in every year{under}"
        faults.add("no-volume", table.place(row, "area"), found, "an area with a volume of the task",
                   "Correct its demand, or remove the row.")  # fmt: skip
