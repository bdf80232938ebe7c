"""The commands are clients of the Python API, but for those named here."""

from __future__ import annotations

from tests.architecture.sources import imported, modules

HELPERS = {"endings", "main", "parameters", "results", "scaffold", "streams", "study", "warnings"}
"""Files of the command line that are no command."""

BELOW_THE_API = {
    "alternatives": "a study that the API does not have yet",
    "appraise": "its stages go on where a stopped run was, which an object in memory cannot",
    "backcast": "tests the inputs against the past; the API does not have it",
    "compare": "studies on the command line show progress, resume and go to a cluster",
    "convert": "reads and writes files only",
    "frontier": "studies on the command line show progress, resume and go to a cluster",
    "init": "writes files only",
    "report": "takes several folders, of studies and appraisals too",
    "robust": "a study that the API does not have yet",
    "roll": "reads and writes files only",
    "simulate": "makes an option of starts; the API does not have it",
    "solve": "writes the record of an option without a plan, which in Python is an exception",
    "sweep": "studies on the command line show progress, resume and go to a cluster",
    "tornado": "a study that the API does not have yet",
}
"""The commands that use what lies below the API, each with the reason."""

ALLOWED = ("optimiser.api", "optimiser.cli", "optimiser.errors", "optimiser.text", "optimiser.plan.marker",
           "optimiser.plan.store", "optimiser.plan.frame")  # fmt: skip
"""What a client of the API may use beside it: words, and putting a file in its place."""


def test_commands_are_clients_of_the_api() -> None:
    """Proves: check, diagnose, explain and audit ask the API; a new command does, or gives a reason here."""
    below = {
        module.rpartition(".")[2]
        for module, tree in modules().items()
        if module.startswith("optimiser.cli.") and module.rpartition(".")[2] not in HELPERS
        for _, name in imported(tree)
        if name.startswith("optimiser.") and not name.startswith(ALLOWED)
    }
    assert below <= set(BELOW_THE_API), below - set(BELOW_THE_API)
    assert not {"audit", "check", "diagnose", "explain"} & below
