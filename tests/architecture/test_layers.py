"""Imports run one way, and what is slow to load is loaded late."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT, imported, modules

LAYERS = (
    "reading", "inputs", "audit", "constraints", "model", "solving", "plan", "answers", "options", "report", "cli",
)  # fmt: skip
"""Each may import those before it, never those after it."""


def layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "optimiser" and len(parts) > 1 else None


def test_every_package_has_its_place_in_the_order() -> None:
    """Proves: nothing escapes the test below by living in a folder it does not know."""
    packages = {layer(module) for module in modules()} - {None, "__main__"}
    assert packages <= set(LAYERS)


def test_imports_run_one_way() -> None:
    """Proves: reading → inputs → constraints → model → solving → plan → answers → options → report → cli."""
    wrong = [
        f"{module}, line {line}: imports {name}"
        for module, tree in modules().items()
        if layer(module) in LAYERS
        for line, name in imported(tree)
        if layer(name) in LAYERS and LAYERS.index(str(layer(name))) > LAYERS.index(str(layer(module)))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_audit_shares_no_formula() -> None:
    """Proves: the audit stands on the reading of text and tables alone, and nobody but the command leans on it."""
    allowed = ("optimiser.reading", "optimiser.audit", "optimiser.inputs.workbook", "optimiser.inputs.read_tables")
    for module, tree in modules().items():
        for line, name in imported(tree):
            if layer(module) == "audit" and name.startswith("optimiser."):
                assert name.startswith(allowed), f"{module}, line {line}: imports {name}"
            if name.startswith("optimiser.audit"):
                assert layer(module) in ("audit", "cli"), f"{module}, line {line}: imports {name}"


def test_packages_before_the_command_line_do_not_import_click() -> None:
    """Proves: only optimiser.cli speaks to a terminal, so everything else can be called from Python."""
    wrong = [
        f"{module}, line {line}: imports {name}"
        for module, tree in modules().items()
        if layer(module) not in {"cli", None, "__main__"}
        for line, name in imported(tree)
        if name.split(".")[0] == "click"
    ]
    assert not wrong, "\n".join(wrong)


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that are loaded when the command has run, in a Python of its own."""
    code = (
        "import sys\n"
        "from optimiser.cli import main\n"
        "try:\n"
        f"    main({list(arguments)!r}, prog_name='optimiser')\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "print('\\nloaded:', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.rpartition("loaded:")[2].split())


def test_help_loads_nothing_slow() -> None:
    """Proves: `optimiser --help` answers at once; Sensitivity: pulp or numpy alone would double its time."""
    assert not loaded_by("--help") & {"numpy", "pulp", "highspy", "pandas", "yaml"}


def test_the_solve_path_does_not_load_pandas(tmp_path: object) -> None:
    """Proves: solving never pays pandas' second of loading, not even through a library."""
    results = f"{tmp_path}/plan"
    loaded = loaded_by("solve", "docs/example/inputs", "docs/example/option.yaml", "--out", results)
    assert "highspy" in loaded
    assert "pandas" not in loaded
