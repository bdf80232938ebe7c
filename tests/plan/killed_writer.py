"""A results folder replaced by a process that is killed before each of its file operations in turn.

Run as a program of its own: `python -m tests.plan.killed_writer FOLDER` prints how many kills it survived. It has no
other threads, so that it may fork.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from optimiser.plan.frame import Frame
from optimiser.plan.marker import changed, file_hash, owned
from optimiser.plan.store import write_plan
from optimiser.plan.swap import put_right

OPERATIONS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
MINE = {"notes.md": b"n", "sub/deep/thesis.docx": b"t", "run_out/own.csv": b"o", "used/inputs/own.txt": b"u"}
EDITED = b"edited by hand\n"


def write(out: Path, turn: str, names: tuple[str, ...]) -> None:
    """The results of one turn; the later turn has one table less and one more than the earlier."""
    frames = [Frame(name, {"turn": [turn], "table": [name]}) for name in names]
    option = out.parent / "option.yaml"

    def record(written: Mapping[str, Any]) -> str:
        copies = {"constraints/option.yaml": file_hash(option)}
        return json.dumps({"command": turn, "versions": {"optimiser": "0"}, "sha256": copies, **written})

    used = {"constraints/option.yaml": option}
    write_plan(out, record, [(frame, frame) for frame in frames], used, texts={"provenance/index.csv": turn})


def lay_out(top: Path) -> None:
    """Earlier results with the user's own files among them, one of ours edited, and nothing else."""
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir()
    (top / "option.yaml").write_text("title: o\n", encoding="utf-8")
    out = top / "res"
    write(out, "earlier", ("starts", "staff", "points"))
    for name, content in MINE.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    (out / "staff.csv").write_bytes(EDITED)
    (top / "link").symlink_to("res")
    (out / "link").symlink_to(top / "option.yaml")


def killed_before(number: int, act: Callable[[], None]) -> bool:
    """Do it in another process, killed before file operation `number`; False where it ended by itself."""
    child = os.fork()
    if child == 0:
        seen = 0

        def hook(event: str, words: tuple[object, ...]) -> None:
            nonlocal seen
            writes = event == "open" and isinstance(words[2], int) and words[2] & (os.O_WRONLY | os.O_CREAT)
            if event in OPERATIONS or writes:
                seen += 1
                if seen > number:
                    os._exit(9)

        sys.addaudithook(hook)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 9):
        raise AssertionError(f"ended with {code}")
    return code == 9


def check(out: Path) -> str:
    """Whole results of one turn, all that is the user's, nothing beside; the turn."""
    beside = sorted(path.name for path in out.parent.iterdir())
    if beside != ["link", "option.yaml", "res"]:
        raise AssertionError(f"left beside: {beside}")
    for name, content in MINE.items():
        if (out / name).read_bytes() != content:
            raise AssertionError(f"lost: {name}")
    if not (out / "link").is_symlink():
        raise AssertionError("lost: link")
    ours = owned(out)
    if ours is None:
        raise AssertionError("no record")
    turn = str(ours.content["command"])
    wrong = changed(out)
    edited = out / "staff.csv" if turn == "earlier" else out / "edited/staff.csv"
    if edited.read_bytes() != EDITED or wrong != (["staff.csv"] if turn == "earlier" else []):
        raise AssertionError(f"{turn}: {wrong}")
    if turn == "later" and (out / "points.csv").exists():
        raise AssertionError("a table of the earlier results stays")
    return turn


def main(top: Path, deep: bool) -> None:
    """Kill at every operation of the writing, and (`deep`) at every operation of putting it right again."""
    out = top / "link"
    kills, turns = 0, []
    for number in count():
        for again in count() if deep else (None,):
            lay_out(top)
            alive = not killed_before(number, lambda: write(out, "later", ("starts", "staff", "work")))
            ended = again is None or not killed_before(again, lambda: put_right(out))
            kills += (not alive) + (not ended)
            put_right(out)
            turns.append(check(top / "res"))
            if ended:
                break
        if alive:
            break
    sys.stdout.write(f"{kills} {turns.count('earlier')} {turns.count('later')}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "deep" in sys.argv)
