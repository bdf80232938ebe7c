"""Damaged results folders: audit, explain and report say what is damaged (exit 1), or work; never anything else."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from optimiser.cli import main

READERS = ("audit", "explain", "report")
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda content: content[: len(content) // 2],
    "bytes": lambda content: content[:40] + b"\xff\xfe\x00" + content[40:],
    "words": lambda content: content.replace(b",2", b",two"),
    "header": lambda content: content.split(b"\n")[0],
    "ragged": lambda content: content + b"a,b\n",
    "json": lambda _: b"[1, 2]",
}
KEYS = (
    "status", "title", "inputs", "constraints", "scenarios", "years", "currency", "priorities", "cost", "gap",
    "versions", "unmet_fte_years", "sha256", "files", "made_from", "command", "price_year",
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, 5, "x", [], {}, [None], {"a": None}, -1, 1e400, "../..", True)


@pytest.fixture
def results(study: Path) -> Path:
    return study / "res"


def endings(folder: Path, readers: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    for reader in readers:
        out = ["--out", str(folder.parent / "r.html")] if reader == "report" else []
        done = CliRunner().invoke(main, [reader, str(folder), *out])
        yield reader, done.exit_code, done.output


def damaged(results: Path, to: Path, file: str, change: Callable[[bytes], bytes]) -> Path:
    folder = to / "res"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(results, folder)
    (folder / file).write_bytes(change((folder / file).read_bytes()))
    return folder


def mutations() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """Every kind of damage to every kind of file, and every value for every key of the record."""
    files = ("starts.csv", "limits.csv", "demand.csv", "run_out/limits.csv", "used/inputs/roles.csv", "used/option")
    for file in files:
        for change in BYTES.values():
            yield file.replace("used/option", "used/constraints/option.yaml"), change
    for key in KEYS:
        for value in VALUES:
            yield "plan.json", _with(key, value)


def _with(key: str, value: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps({**json.loads(content), key: copy.deepcopy(value)}).encode()


@pytest.mark.parametrize(("key", "value"), [("inputs", None), ("scenarios", 5), ("cost", "x"), ("years", {})])
def test_a_record_of_another_form_is_a_fault(results: Path, tmp_path: Path, key: str, value: object) -> None:
    """Proves: a key of plan.json that holds something else is one sentence with its name, from every reader."""
    folder = damaged(results, tmp_path, "plan.json", _with(key, value))
    for reader, code, said in endings(folder, READERS):
        assert code == 1, (reader, said)
        assert f"plan.json\n  - key {key}: found " in said, reader


def test_a_table_that_cannot_be_read_is_a_fault(results: Path, tmp_path: Path) -> None:
    """Proves: bytes that are no text in a table are said with the file that holds them."""
    folder = damaged(results, tmp_path, "run_out/limits.csv", BYTES["bytes"])
    ((_, code, said),) = endings(folder, ("audit",))
    assert (code, "run_out/limits.csv" in said) == (1, True), said


def test_damage_of_every_kind_sampled(results: Path, tmp_path: Path) -> None:
    """Proves: of a sample of all damages none ends a reader but with 0 or 1."""
    _all_end_well(results, tmp_path, random.Random(14).sample(list(mutations()), 12), ("audit", "explain"))


@pytest.mark.slow
def test_damage_of_every_kind(results: Path, tmp_path: Path) -> None:
    """Proves: so it is with all of them, and with the report."""
    _all_end_well(results, tmp_path, list(mutations()), READERS)


def _all_end_well(
    results: Path, to: Path, changes: list[tuple[str, Callable[[bytes], bytes]]], readers: tuple[str, ...]
) -> None:
    assert len(changes) > 10
    wrong = [
        (file, reader, code, said[-300:])
        for file, change in changes
        for reader, code, said in endings(damaged(results, to, file, change), readers)
        if code not in (0, 1)
    ]
    assert not wrong, wrong
