"""What a command suggests can be typed: each way of calling the optimiser, as a process of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.support.engine import UNDER_UV

ROOT = Path(__file__).resolve().parents[2]
CASE = ("docs/example/inputs", "docs/example/option.yaml")
SCRIPT = Path(sysconfig.get_path("scripts")) / "optimiser"
WAYS = {
    "optimiser": (["optimiser"], {}),
    "python -m optimiser": (["python", "-m", "optimiser"], {}),
    "uv run optimiser": (["optimiser"], UNDER_UV),
    "uv run python -m optimiser": (["python", "-m", "optimiser"], UNDER_UV),
}


def process(
    words: Sequence[object], environment: Mapping[str, str] | None = None, found: bool = True
) -> tuple[str, str]:
    """stdout and stderr of a command; with `found`, this Python's scripts come first on the path."""
    path = [str(SCRIPT.parent), os.environ["PATH"]] if found else [os.defpath]
    env = {name: value for name, value in os.environ.items() if name not in UNDER_UV}
    done = subprocess.run(
        [str(word) for word in words], cwd=ROOT, env={**env, "PATH": os.pathsep.join(path), **(environment or {})},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout, done.stderr


@pytest.mark.parametrize("way", WAYS)
def test_the_next_command_is_called_as_this_one_was(way: str, tmp_path: Path) -> None:
    """Proves: `solve`, `init` and usage show what was typed. Sensitivity: after `uv run`, `optimiser` is not found."""
    words, environment = WAYS[way]
    solved, _ = process([*words, "solve", *CASE, "--out", tmp_path / "plan"], environment)
    assert f"Next: {way} explain {tmp_path / 'plan'}" in solved
    assert f"  or: {way} report {tmp_path / 'plan'}" in solved
    laid_out, _ = process([*words, "init", tmp_path / "mine", "--example", "williams"], environment)
    verb, *paths = shlex.split(laid_out.splitlines()[-1].removeprefix(f"Now run: {way} "))
    assert verb == "solve"
    assert all(Path(path).exists() for path in paths)
    _, refused = process([*words, "solve"], environment)
    assert f"Usage: {way} solve" in refused
    assert f"Try '{way} solve -" in refused


@pytest.mark.tools("uv")
def test_uv_says_that_it_runs_the_optimiser(tmp_path: Path) -> None:
    """Proves: this uv sets what is looked for."""
    words = ["uv", "run", "--no-project", "--python", sys.executable, "python", "-c", "import os; print(*os.environ)"]
    printed, _ = process(words)
    assert set(UNDER_UV) <= set(printed.split())


def test_a_program_that_is_not_on_the_path_is_named_by_its_place(tmp_path: Path) -> None:
    """Proves: `…/bin/python -m optimiser` is not shortened to a `python` that is another or none at all."""
    printed, _ = process([sys.executable, "-m", "optimiser", "init", tmp_path / "a", "--empty"], found=False)
    assert f"then run: {sys.executable} -m optimiser check" in printed
    printed, _ = process([SCRIPT, "init", tmp_path / "b", "--empty"], found=False)
    assert f"then run: {SCRIPT} check" in printed


def test_words_with_spaces_are_quoted(tmp_path: Path) -> None:
    printed, _ = process(["optimiser", "init", tmp_path / "my plans", "--empty"])
    suggested = printed.splitlines()[-1].removeprefix("Fill in the inputs, then run: ")
    inputs, option = tmp_path / "my plans" / "inputs", tmp_path / "my plans" / "constraints" / "option.yaml"
    assert shlex.split(suggested) == ["optimiser", "check", str(inputs), str(option)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_be_taught_the_commands(shell: str) -> None:
    """Proves: what docs/commands.md says of completion works, `uv run` or not."""
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("completion for bash asks bash for its version")
    for environment in ({}, UNDER_UV):
        script, _ = process(["optimiser"], {"_OPTIMISER_COMPLETE": f"{shell}_source", **environment})
        assert "_OPTIMISER_COMPLETE" in script
        assert "uv run" not in script
    typed = {"_OPTIMISER_COMPLETE": "zsh_complete", "COMP_WORDS": "optimiser fro", "COMP_CWORD": "1"}
    assert process(["optimiser"], typed)[0].split()[1] == "frontier"
