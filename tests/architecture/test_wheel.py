"""What is built: every shipped file, byte for byte, and none that a user saved beside them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from optimiser.inputs.shipped import constraints_notes, shipped_constraints, shipped_examples, shipped_inputs
from tests.architecture.sources import OWN, ROOT, git_lists

OURS = ("inputs", "constraints")
SCHEMA = "constraints/constraints.schema.json"
"""Made from docs/ when the wheel is built, for the editors of those who installed it."""


def tracked() -> set[str]:
    """The files of inputs and constraints that git knows; skips where there is no git."""
    try:
        return {path.relative_to(ROOT).as_posix() for path in git_lists("--cached", *OURS)}
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git repository to compare with")


def copied(folder: Path) -> Path:
    """The project in another folder, with what a user may have saved: options and inputs."""
    for path in (path for name in OWN for path in ROOT.glob(name)):
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / path.name)
    minutes = "\\".join(("C:", "Users", "me", "minutes.docx"))
    option = (
        f"title: Mine\nextends: base.yaml\nreference: {minutes}\n"
        "training_capacity:\n  - {route: radiology_training, places: {2026: 310}}\n"
    )
    for name in ("mine.yaml", "west-yorkshire-and-harrogate/mine.yaml", "own/mine.yaml"):
        (folder / "constraints" / name).parent.mkdir(exist_ok=True)
        (folder / "constraints" / name).write_text(option, encoding="utf-8")
    shutil.copytree(folder / "inputs" / "williams", folder / "inputs" / "mine")
    return folder


def test_the_list_of_what_is_shipped_is_what_git_tracks() -> None:
    """Proves: an option that is added is listed, and one that is listed is there."""
    listed = [path for example in shipped_examples() for path in shipped_constraints(example)]
    listed += [path for example in shipped_examples() for path in constraints_notes(example)]
    named = {path.relative_to(ROOT).as_posix() for path in listed}
    assert named == {name for name in tracked() if name.startswith("constraints/")}
    settings = {name for name in tracked() if name.endswith("/settings.yaml")}
    assert settings == {f"inputs/{shipped_inputs(example).name}/settings.yaml" for example in shipped_examples()}


@pytest.mark.tools("uv")
@pytest.mark.slow
def test_what_is_built_has_our_files_and_nothing_of_a_users(tmp_path: Path) -> None:
    """Proves: the wheel, built by way of the sdist, has each shipped file and no more; the sdist too."""
    folder = copied(tmp_path)
    (folder / "inputs" / "england" / "notes.docx").touch()
    subprocess.run(
        ["uv", "build", "--quiet", "--out-dir", tmp_path / "dist"], cwd=folder, check=True, capture_output=True
    )
    (wheel,), (sdist,) = (tmp_path / "dist").glob("*.whl"), (tmp_path / "dist").glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert {name.split("/")[0].split("-")[0] for name in held} == {"optimiser", "workforce_optimiser"}
    prefix = "optimiser/examples/"
    shipped = {name.removeprefix(prefix): text for name, text in held.items() if name.startswith(prefix)}
    assert shipped.pop(SCHEMA) == (ROOT / "docs" / "constraints.schema.json").read_bytes()
    for name, text in shipped.items():
        assert text == (ROOT / name).read_bytes()
    assert set(shipped) == tracked()
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name for name in names if name.startswith(tuple(f"{folder}/" for folder in OURS))} == tracked()


@pytest.mark.slow
def test_files_of_a_user_fail_no_test(tmp_path: Path) -> None:
    """Proves: whoever saves an option or a folder of inputs where the README says so can still run the tests."""
    folder = copied(tmp_path)
    tests = ["tests/data", "tests/inputs/test_shipped.py", "tests/docs/test_reference.py", "tests/architecture"]
    tests += ["tests/cli/test_init.py", "tests/inputs/test_convert.py"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-5000:]
