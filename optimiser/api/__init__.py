"""Holds what an analyst works with in Python: models, plans and studies. `import optimiser` gives the same names."""

from optimiser.api.checking import check
from optimiser.api.findings import Audit, Checked, Diagnosis, Explanation, Reason
from optimiser.api.model import Model, read
from optimiser.api.plan import Plan, audit_folder, load
from optimiser.api.study import Study, compare, frontier, sweep

__all__ = [
    "Audit", "Checked", "Diagnosis", "Explanation", "Model", "Plan", "Reason", "Study", "audit_folder", "check",
    "compare", "frontier", "load", "read", "sweep",
]  # fmt: skip
