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
    for name in ("inputs/england", "inputs/williams", "constraints/williams"):
        (package / "examples" / name).mkdir(parents=True)
    (package.parent / "inputs").mkdir()
    monkeypatch.setattr(shipped, "PACKAGE", package)
    return package


def test_a_checkout_has_them_beside_the_package() -> None:
    assert shipped.shipped_folder("inputs") == ROOT / "inputs"
    assert shipped.shipped_folder("constraints") == ROOT / "constraints"


def test_an_installed_copy_has_them_in_the_package(installed: Path) -> None:
    """Proves: a folder called inputs that stands beside the package in site-packages is not taken for ours."""
    assert shipped.shipped_folder("inputs") == installed / "examples" / "inputs"


def test_every_example_and_every_option_is_there() -> None:
    for example in shipped.shipped_examples():
        assert (shipped.shipped_inputs(example) / "settings.yaml").is_file()
        for path in shipped.shipped_constraints(example):
            assert path.is_file()


def test_files_of_a_user_are_not_ours(installed: Path) -> None:
    """Proves: an option or an inputs folder that is saved beside the shipped ones is no shipped one."""
    (installed / "examples" / "inputs" / "mine").mkdir()
    (installed / "examples" / "inputs" / "mine" / "settings.yaml").touch()
    for folder in ("", "williams"):
        (installed / "examples" / "constraints" / folder / "mine.yaml").touch()
    assert "mine" not in shipped.shipped_examples()
    options = [path for example in shipped.shipped_examples() for path in shipped.shipped_constraints(example)]
    assert "mine" not in [path.stem for path in options]


def test_constraints_of_an_example_are_its_own_or_those_at_the_top(installed: Path) -> None:
    top = installed / "examples" / "constraints"
    assert shipped.shipped_constraints("williams")[0] == top / "williams" / "least-cost.yaml"
    assert shipped.shipped_constraints("england")[0] == top / "base.yaml"


@pytest.mark.usefixtures("installed")
def test_an_unknown_example_is_said_so() -> None:
    with pytest.raises(KeyError):
        shipped.shipped_inputs("scotland")


def test_an_incomplete_copy_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "optimiser")
    with pytest.raises(FileNotFoundError, match="install it again"):
        shipped.shipped_folder("inputs")
