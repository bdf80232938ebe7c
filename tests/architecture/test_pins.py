"""The pins: `uv run` installs those of pyproject.toml, pip those of requirements.txt, and both are the same."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import ROOT, pyproject

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
PLACES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.3",
        "sys_platform": system,
        "os_name": SYSTEMS[system][0],
        "platform_system": SYSTEMS[system][1],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    for python, system in product(PYTHONS, SYSTEMS)
]
"""Every Python and system that a marker may ask for."""


def requirements_txt() -> list[str]:
    """The lines of requirements.txt, each with its hashes, comments aside."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def pins(texts: Iterable[str]) -> list[Requirement]:
    """Pins as they are written, hashes aside."""
    return [Requirement(text.split(" --hash")[0].strip()) for text in texts]


FOR_UV = pins(pyproject()["tool"]["uv"]["constraint-dependencies"])
FOR_BUILDING = pins(pyproject()["tool"]["uv"]["build-constraint-dependencies"])
FOR_PIP = pins(requirements_txt())
RUNTIME = [Requirement(text) for text in pyproject()["project"]["dependencies"]]
EXTRAS = [Requirement(text) for texts in pyproject()["project"]["optional-dependencies"].values() for text in texts]
GROUPS = [Requirement(text) for texts in pyproject()["dependency-groups"].values() for text in texts]
BUILDING = [Requirement(text) for text in pyproject()["build-system"]["requires"]]


def where(place: dict[str, str], among: Iterable[Requirement]) -> dict[str, str]:
    """Name → version of the pins that hold on a Python and system; two that both hold are one too many."""
    held: dict[str, str] = {}
    for pin in among:
        if pin.marker is None or pin.marker.evaluate(place):
            assert pin.name not in held, f"{pin.name} is pinned twice on {place}"
            held[pin.name] = str(pin.specifier).removeprefix("==")
    return held


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place['python_version']}-{place['sys_platform']}")
def test_pins_and_ranges_agree(place: dict[str, str]) -> None:
    """Proves: on every Python and system each package we ask for has one pin, within our range, and pip's are uv's."""
    for_uv, for_pip = where(place, FOR_UV), where(place, FOR_PIP)
    for held, needed in ((for_pip, RUNTIME), (for_uv, [*RUNTIME, *EXTRAS, *GROUPS]),
                         (where(place, FOR_BUILDING), BUILDING)):  # fmt: skip
        for one in needed:
            version = held.get(canonicalize_name(one.name))
            assert version, f"{one.name} has no pin"
            assert Version(version) in one.specifier, f"{one.name} is pinned to {version}, outside {one.specifier}"
    assert for_pip.items() <= for_uv.items()
    assert "pytest" not in for_pip


def test_every_pin_is_one_version_and_names_no_place() -> None:
    """Proves: no host, no file, no option line, in pyproject.toml and requirements.txt alike."""
    for pin in [*FOR_UV, *FOR_BUILDING, *FOR_PIP]:
        assert [part.operator for part in pin.specifier] == ["=="], pin
        assert (pin.url, pin.name) == (None, canonicalize_name(pin.name)), pin
    for name in ("requirements.txt", "pyproject.toml"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert not [line for line in requirements_txt() if line.lstrip().startswith("-")], (
        "an option line, such as an index"
    )
    assert all("--hash=sha256:" in line for line in requirements_txt())


def test_every_range_has_a_lower_bound_and_a_cap() -> None:
    for needed in [*RUNTIME, *EXTRAS, *GROUPS, *BUILDING]:
        assert {part.operator for part in needed.specifier} == {">=", "<"}, needed


def test_the_pins_are_for_the_oldest_python_too() -> None:
    """Proves: .ci/pins resolves from the Python that pyproject.toml begins with."""
    (oldest,) = SpecifierSet(pyproject()["project"]["requires-python"])
    assert oldest.version == PYTHONS[0]
    assert f"--python-version {oldest.version} " in (ROOT / ".ci" / "pins").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.tools("uv")
def test_uv_takes_the_pins_and_no_more_than_is_asked_for(tmp_path: Path) -> None:
    """Proves: `uv run` alone resolves to requirements.txt, with the group and extras to all the pins.

    Sensitivity: without the pins it would take packages released since; with a default group, pytest.
    """
    for name in ("pyproject.toml", "README.md", "LICENCE", "optimiser/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    plain = ["uv", "export", "--quiet", "--no-emit-project", "--no-hashes", "--no-annotate", "--no-header"]
    for options, expected in (([], FOR_PIP), (["--group", "dev", "--all-extras"], FOR_UV)):
        run = subprocess.run([*plain, *options], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert {str(pin) for pin in pins(run.stdout.splitlines())} == {str(pin) for pin in expected}
