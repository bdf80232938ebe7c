"""The results that lie beside a plan's own and are of the same evidence: what it can be measured against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimiser.inputs.read.workbook_options import in_workbook
from optimiser.plan.destination import Study, default_name
from optimiser.plan.make import Plan
from optimiser.plan.marker import owned
from optimiser.plan.record import hashes

_USUAL = "do-nothing.yaml"
"""What business as usual is called among the options."""


@dataclass(frozen=True)
class Beside:
    """Hold the record of another plan and the folder it is in."""

    folder: Path
    title: str
    content: Mapping[str, Any]
    """plan.json."""


def beside(plan: Plan, folder: Path) -> Beside | None:
    """Find business as usual on the same evidence, else what the option extends; None where neither has been solved."""
    mine = hashes(plan.programme.evidence, plan.programme.policy)
    for name in _names(plan):
        there = folder.parent / name
        if there.resolve() == folder.resolve():
            continue
        ours = owned(there)
        if ours is not None and _same(ours.content, plan, mine):
            return Beside(there, str(ours.content["title"]), ours.content)
    return None


def _names(plan: Plan) -> Iterator[str]:
    """The folders such results go to by default: do-nothing's, then those of what the option extends, nearest first."""
    evidence, policy = plan.programme.evidence, plan.programme.policy
    if in_workbook(policy.path) is not None:
        return
    extended = [path for path in policy.files if path.resolve() != policy.path.resolve()]
    for option in (policy.path.with_name(_USUAL), *extended):
        if option.resolve() != policy.path.resolve():
            yield default_name(Study(evidence.folder, (option,)), after=evidence.scenarios)


def _same(content: Mapping[str, Any], plan: Plan, mine: Mapping[str, str]) -> bool:
    """True for an optimal plan of the same evidence, scenarios and years."""

    def evidence(files: Mapping[str, str]) -> dict[str, str]:
        return {name: text for name, text in files.items() if name.startswith("inputs/")}

    totals = isinstance(content.get("cost"), dict) and isinstance(content.get("unmet_fte_years"), int | float)
    return (
        content.get("status") == "optimal"
        and totals
        and isinstance(content.get("title"), str)
        and content.get("scenarios") == list(plan.programme.evidence.scenarios)
        and evidence(content["sha256"]) == evidence(mine)
    )
