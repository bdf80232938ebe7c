"""Files that may not be read are faults, folders that may not be written in are exit 5, for root as for others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import write_case
from optimiser.cli import main
from tests.studies.calls import SMALL
from tests.support.plain_user import CAN_RUN, run

pytestmark = pytest.mark.skipif(not CAN_RUN, reason="root passes over permissions here")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """inputs/ with leavers.csv, option.yaml, child.yaml that extends it, inputs.xlsx and results in res/."""
    folder = tmp_path_factory.mktemp("made")
    inputs, option = map(str, write_case(folder, SMALL))
    role = (folder / "inputs/roles.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    (folder / "inputs/leavers.csv").write_text(f"role,year,leaver_rate\n{role},2026,0.2\n", encoding="utf-8")
    (folder / "child.yaml").write_text("title: Child\nextends: option.yaml\n", encoding="utf-8")
    for words in (["solve", inputs, option, "--out", str(folder / "res")],
                  ["convert", inputs, str(folder / "inputs.xlsx")]):  # fmt: skip
        assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it; every right is given back at the end, so that it can be removed."""
    folder = tmp_path / "study"
    shutil.copytree(made, folder)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
        if path.is_dir():
            for inside in path.iterdir():
                inside.chmod(0o755)


@pytest.mark.parametrize(
    ("locked", "mode", "words", "named"),
    [
        ("option.yaml", 0o000, "check inputs option.yaml", "option.yaml"),
        ("option.yaml", 0o000, "solve inputs child.yaml --out out", "option.yaml"),
        ("inputs", 0o000, "solve inputs option.yaml --out out", "inputs"),
        ("inputs", 0o444, "solve inputs option.yaml --out out", "inputs"),
        ("inputs/roles.csv", 0o000, "solve inputs option.yaml --out out", "roles.csv"),
        ("inputs/leavers.csv", 0o000, "solve inputs option.yaml --out out", "leavers.csv"),
        ("inputs/settings.yaml", 0o000, "check inputs", "settings.yaml"),
        ("inputs.xlsx", 0o000, "check inputs.xlsx", "inputs.xlsx"),
        ("res/plan.json", 0o000, "audit res", "plan.json"),
        ("res/staff.csv", 0o000, "audit res", "staff.csv"),
        ("res/demand.csv", 0o000, "report res --out page.html", "demand.csv"),
        ("res/plan.json", 0o000, "report res --out page.html", "plan.json"),
        ("res/plan.json", 0o000, "explain res", "plan.json"),
        ("res/plan.json", 0o000, "solve inputs option.yaml --near res --out out", "plan.json"),
        ("res/used", 0o000, "audit res", "used"),
    ],
)
def test_what_may_not_be_read_is_a_fault(study: Path, locked: str, mode: int, words: str, named: str) -> None:
    """Proves: exit 1 with the file's name, never as if it were not there; nothing is written.

    Sensitivity: a table that may be left out, taken for absent, gives another plan and exit 0.
    """
    (study / locked).chmod(mode)
    before = sorted(study.iterdir())
    done = run(study, *words.split())
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert named in done.stdout + done.stderr
    assert "no such file" not in done.stderr.lower()
    assert "unexpected" not in done.stderr
    assert sorted(study.iterdir()) == before


@pytest.mark.parametrize(
    ("locked", "words"),
    [
        ("res", "solve inputs option.yaml --out res"),
        (".", "solve inputs option.yaml --out new"),
        (".", "compare inputs option.yaml --out new"),
        (".", "convert inputs new.xlsx"),
        (".", "report res --out new.html"),
        (".", "init new --empty"),
        (".", "roll inputs --to 2027 --out new"),
        (".", "check inputs.xlsx --annotate new.xlsx"),
        (".", "solve inputs option.yaml --out res/new --write-lp new.lp"),
    ],
)
def test_where_nothing_may_be_written(study: Path, locked: str, words: str) -> None:
    """Proves: exit 5, nothing is left beside, and what was there is as it was."""
    (study / locked).chmod(0o555)
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    done = run(study, *words.split())
    assert (done.returncode, "Traceback" in done.stderr) == (5, False), done.stderr
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before
