"""The house itself: what is imported, what the wheel carries, and files that speak of no machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

from tests.architecture.sources import ROOT, pyproject, tracked_text_files

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp|mnt|var/folders)/[\w.-]|\b[A-Za-z]:\\{1,2}Users\b")
REGISTRY_HOST = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|conda\.anaconda|localhost|\b127\.0\.0\.1\b|file:///"
)


def test_every_dependency_is_imported_somewhere() -> None:
    """Proves: only packages that are used are asked for. (pandas is for those who call the optimiser from Python.)"""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "optimiser").rglob("*.py"))
    import_names = {"pyyaml": "yaml", "python-docx": "docx", "vl-convert-python": "vl_convert"}
    names = {Requirement(text).name for text in pyproject()["project"]["dependencies"]}
    for name in names - {"pandas"}:
        assert re.search(rf"^\s*(import|from) {import_names.get(name, name)}\b", sources, re.MULTILINE), name


def test_no_file_names_a_machine_or_a_registry() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}, line {number}: {line.strip()[:120]}"
        for path in tracked_text_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_module_runs_as_a_command() -> None:
    """Proves: `python -m optimiser` works where no script may be installed."""
    run = subprocess.run(
        [sys.executable, "-m", "optimiser", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "solve" in run.stdout
