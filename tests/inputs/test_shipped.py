"""The shipped examples are found in a checkout and in an installed copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.inputs import shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder as a wheel leaves it: the examples inside, and other people's folders beside."""
    package = tmp_path / "site-packages" / "optimiser"
    for example in ("england", "williams"):
        (package / "examples" / "inputs" / example).mkdir(parents=True)
        (package / "examples" / "inputs" / example / "settings.yaml").touch()
    (package / "examples" / "inputs" / "national").mkdir()
    (package / "examples" / "constraints" / "williams").mkdir(parents=True)
    for name in ("base", "williams/least-cost"):
        (package / "examples" / "constraints" / f"{name}.yaml").touch()
    (package.parent / "inputs").mkdir()
    monkeypatch.setattr(shipped, "PACKAGE", package)
    return package


def test_a_checkout_has_them_beside_the_package() -> None:
    assert shipped.shipped_folder("inputs") == ROOT / "inputs"
    assert shipped.shipped_folder("constraints") == ROOT / "constraints"
    assert {"england", "williams"} <= set(shipped.shipped_examples())


def test_an_installed_copy_has_them_in_the_package(installed: Path) -> None:
    """Proves: a folder called inputs that stands beside the package in site-packages is not taken for ours."""
    assert shipped.shipped_folder("inputs") == installed / "examples" / "inputs"


def test_examples_are_the_folders_with_settings(installed: Path) -> None:
    assert shipped.shipped_examples() == ("england", "williams")
    assert shipped.shipped_inputs("williams") == installed / "examples" / "inputs" / "williams"


def test_constraints_of_an_example_are_its_own_or_those_at_the_top(installed: Path) -> None:
    top = installed / "examples" / "constraints"
    assert shipped.shipped_constraints("williams") == (top / "williams" / "least-cost.yaml",)
    assert shipped.shipped_constraints("england") == (top / "base.yaml",)


@pytest.mark.usefixtures("installed")
def test_an_unknown_example_is_said_so() -> None:
    with pytest.raises(KeyError):
        shipped.shipped_inputs("scotland")


def test_an_incomplete_copy_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "optimiser")
    with pytest.raises(FileNotFoundError, match="install it again"):
        shipped.shipped_folder("inputs")
