"""Imports run one way, and what is slow to load is loaded late."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT, imported, modules

LAYERS = (
    ("errors",), ("text",), ("inputs",), ("constraints",), ("model",), ("solving",), ("check.plausible",), ("plan",),
    ("audit", "backcast", "check", "diagnose", "explain", "roll", "studies"), ("report",), ("appraise",),
    ("api",), ("cli",),
)  # fmt: skip
"""Each may import those before it, never those after it; those of one row are siblings and none imports another."""

ALLOWED_BETWEEN_SIBLINGS: set[tuple[str, str]] = set()
"""Files of one sibling that another may import, each with its reason."""


def layer(module: str) -> str | None:
    parts = module.split(".")
    if parts[:3] == ["optimiser", "check", "plausible"]:
        return "check.plausible"
    return parts[1] if parts[0] == "optimiser" and len(parts) > 1 else None


def height(module: str) -> int | None:
    """The row of the layers a module lies in; None for the package itself and for what is not ours."""
    return next((row for row, names in enumerate(LAYERS) if layer(module) in names), None)


def arrows() -> dict[str, dict[str, int]]:
    """Module → the modules of ours it imports, with the line; imports inside functions and for types included."""
    known = modules()
    found: dict[str, dict[str, int]] = {module: {} for module in known}
    for module, tree in known.items():
        for line, name in imported(tree):
            target = name if name in known else name.rpartition(".")[0]
            if target in known and target != module:
                found[module].setdefault(target, line)
    return found


def test_every_package_has_its_place_in_the_order() -> None:
    """Proves: nothing escapes the tests below by living in a folder they do not know."""
    packages = {layer(module) for module in modules()} - {None, "__main__"}
    assert packages <= {name for row in LAYERS for name in row}


def test_imports_run_one_way() -> None:
    """Proves: no file imports one of a layer above its own, nor of a sibling."""
    wrong = [
        f"{module}, line {line}: imports {name}"
        for module, targets in arrows().items()
        for name, line in targets.items()
        if (mine := height(module)) is not None and (theirs := height(name)) is not None
        and (theirs > mine or (theirs == mine and layer(module) != layer(name)))
        and (module, name) not in ALLOWED_BETWEEN_SIBLINGS
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_files_do_not_import_in_a_circle() -> None:
    """Proves: the files can be read one after the other; a circle inside a folder is found too."""
    assert circles({module: set(targets) for module, targets in arrows().items()}) == []


def test_a_circle_would_be_found() -> None:
    """Proves: the test above can fail, through a file in between as well."""
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def circles(targets: dict[str, set[str]]) -> list[list[str]]:
    """The files that import each other, however long the way round: what is left when all others are taken away."""
    left = {module: set(names) for module, names in targets.items()}
    for keep in (lambda module: left[module], lambda module: {one for one in left if module in left[one]}):
        while loose := [module for module in left if not keep(module) & left.keys()]:
            for module in loose:
                del left[module]
    return [sorted(left)] if left else []


def test_the_audit_shares_no_formula() -> None:
    """Proves: the audit rests on the reading of text and tables alone, and only what presents it leans on it."""
    allowed = (
        "optimiser.errors", "optimiser.text", "optimiser.audit", "optimiser.inputs.read.workbook",
        "optimiser.inputs.read.tables_read",
    )  # fmt: skip
    for module, tree in modules().items():
        for line, name in imported(tree):
            if layer(module) == "audit" and name.startswith("optimiser."):
                assert name.startswith(allowed), f"{module}, line {line}: imports {name}"
            if name.startswith("optimiser.audit"):
                assert layer(module) in ("audit", "api", "cli"), f"{module}, line {line}: imports {name}"


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
