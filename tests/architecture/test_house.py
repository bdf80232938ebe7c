"""The house itself: pins, the wheel, and files that speak of no machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from tests.architecture.sources import ROOT, tracked_text_files

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp|mnt|var/folders)/[\w.-]|\b[A-Za-z]:\\{1,2}Users\b")
REGISTRY_HOST = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|conda\.anaconda|localhost|\b127\.0\.0\.1\b|file:///"
)


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned() -> list[Requirement]:
    """The pins of requirements.txt, hashes and comments aside."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash")[0].strip() for line in text.splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("python", ["3.11", "3.12"])
def test_the_pins_satisfy_pyproject(python: str) -> None:
    """Proves: on each Python, every dependency has exactly one pin and it lies within our bounds."""
    where = {"python_version": python, "python_full_version": f"{python}.7"}
    pins = [pin for pin in pinned() if pin.marker is None or pin.marker.evaluate(where)]
    for text in project()["dependencies"]:
        needed = Requirement(text)
        versions = [str(pin.specifier).removeprefix("==") for pin in pins if pin.name.lower() == needed.name.lower()]
        assert len(versions) == 1, needed.name
        assert Version(versions[0]) in needed.specifier, f"{needed.name} is pinned to {versions[0]}, not {needed}"


def test_every_pin_has_a_hash_and_no_host_is_named() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("\\\n", " "), re.MULTILINE), "an option line, such as an index"
    entries = [line for line in text.replace("\\\n", " ").splitlines() if "==" in line and not line.startswith("#")]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_dependency_has_a_lower_bound_and_a_cap() -> None:
    for text in project()["dependencies"]:
        operators = {part.operator for part in SpecifierSet(str(Requirement(text).specifier))}
        assert operators == {">=", "<"}, text


def test_every_dependency_is_imported_somewhere() -> None:
    """Proves: only packages that are used are asked for."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "optimiser").rglob("*.py"))
    import_names = {"pyyaml": "yaml", "python-docx": "docx", "vl-convert-python": "vl_convert"}
    for text in project()["dependencies"]:
        name = Requirement(text).name
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


@pytest.mark.tools("uv")
@pytest.mark.slow
def test_the_wheel_carries_the_shipped_inputs_and_constraints(tmp_path: Path) -> None:
    """Proves: an installed copy has every shipped file, byte for byte, and nothing of tests or docs."""
    subprocess.run(["uv", "build", "--wheel", "--out-dir", tmp_path], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("inputs", "constraints"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path in tracked_text_files():
                assert held[f"optimiser/examples/{path.relative_to(ROOT).as_posix()}"] == path.read_bytes()
    assert {name.split("/")[0].split("-")[0] for name in held} == {"optimiser", "workforce_optimiser"}


def test_the_module_runs_as_a_command() -> None:
    """Proves: `python -m optimiser` works where no script may be installed."""
    run = subprocess.run(
        [sys.executable, "-m", "optimiser", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "solve" in run.stdout
