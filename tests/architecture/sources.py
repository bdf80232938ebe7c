"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "optimiser"
OWN = (
    "optimiser",
    "inputs",
    "constraints",
    "tests",
    "docs",
    "benchmarks",
    "tools",
    ".ci",
    "*.md",
    "*.toml",
    "*.txt",
    "LICENCE",
)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name, parsed."""
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def dotted(path: Path) -> str:
    """`optimiser/model/to_pulp.py` → `optimiser.model.to_pulp`; a package has its folder's name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, inside functions and for types only included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def imported_on_loading(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What loading the module itself imports: nothing inside functions, nothing for types only."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)


def pyproject() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def git_lists(*arguments: str) -> list[Path]:
    """The files `git ls-files` names. Raises OSError or CalledProcessError where there is no git or no repository."""
    command = ["git", "ls-files", *arguments]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed]


def tracked_text_files() -> list[Path]:
    """Every text file of the project: those git tracks or is about to; without git, all in its folders.

    In inputs and constraints only what git tracks is the project's; the rest is a user's own.
    """
    try:
        paths = [
            *git_lists("--cached"),
            *git_lists("--others", "--exclude-standard", "--", ".", ":!inputs", ":!constraints"),
        ]
    except (OSError, subprocess.CalledProcessError):
        own = (top for name in OWN if name not in ("inputs", "constraints") for top in ROOT.glob(name))
        paths = [path for top in own for path in (top, *top.rglob("*"))]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000]]
