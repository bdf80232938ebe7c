"""Compares the results of two revisions on every shipped case: a change of the code's shape changes none of them.

`python -m tools.same_bytes [REVISION] [--all]` solves the shipped cases with the code of REVISION (main, unless one is
given) and with the working tree, asks the commands that answer questions, and compares every CSV byte for byte, the
record without what may differ (seconds, command), and what is written on the screen. `--all` adds the other options
of the alliance and the solves of England, which take minutes.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
ALLIANCE = "west-yorkshire-and-harrogate"
MAY_DIFFER = ("seconds", "command")
"""Keys of plan.json that say how a plan was found, not what it is."""


def commands(everything: bool) -> Iterator[tuple[str, list[str]]]:
    """The name of each run and its command; results lie in a folder `out` of the tree."""
    options = sorted(path.stem for path in (ROOT / "constraints" / ALLIANCE).glob("*.yaml"))
    few = ("flat-real", "do-nothing", "new-roles-first")
    place = f"constraints/{ALLIANCE}"
    for option in options if everything else few:
        name = f"alliance-{option}"
        yield name, ["solve", f"inputs/{ALLIANCE}", f"{place}/{option}.yaml", "--out", f"out/{name}", "--full"]
    scenario = ["--scenario", "high_growth"]
    yield (
        "alliance-high",
        ["solve", f"inputs/{ALLIANCE}", f"{place}/flat-cash.yaml", *scenario, "--out", "out/alliance-high"],
    )
    for option in ("least-cost", "least-redundancy"):
        constraints = f"constraints/williams/{option}.yaml"
        yield f"williams-{option}", ["solve", "inputs/williams", constraints, "--out", f"out/williams-{option}"]
    yield from questions(place)
    if everything:
        for option in ("flat-cash", "flat-real"):
            given = ["solve", "inputs/england", f"constraints/{option}.yaml", "--out", f"out/england-{option}"]
            yield f"england-{option}", given


def questions(place: str) -> Iterator[tuple[str, list[str]]]:
    """What is asked of the plans, and the studies of one alliance."""
    inputs, option = f"inputs/{ALLIANCE}", f"{place}/flat-real.yaml"
    yield "check", ["check", inputs, option]
    yield "explain", ["explain", "out/alliance-flat-real", "--top", "3", "--jobs", "1"]
    yield "audit", ["audit", "out/alliance-flat-real"]
    yield "diagnose", ["diagnose", "inputs/williams", "out/impossible.yaml"]
    yield "compare", ["compare", inputs, f"{place}/do-nothing.yaml", option, "--out", "out/compare"]
    yield "sweep", ["sweep", inputs, option, "--vary", "budgets training=90%:110%:10%", "--out", "out/sweep"]
    yield (
        "frontier",
        ["frontier", inputs, option, "--budget", "training", "--tolerance", "0.1", "--out", "out/frontier"],
    )
    yield "tornado", ["tornado", "inputs/williams", "constraints/williams/least-cost.yaml", "--out", "out/tornado"]


IMPOSSIBLE = "title: Impossible\nextends: ../constraints/williams/least-cost.yaml\ndemand: {unmet: forbidden}\n"


def solved(tree: Path, asked: Sequence[tuple[str, list[str]]]) -> None:
    """Runs every command with the code of a tree; the screen of each is kept beside its results."""
    (tree / "out").mkdir(exist_ok=True)
    (tree / "out" / "impossible.yaml").write_text(IMPOSSIBLE, encoding="utf-8")
    quiet = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONPATH": str(tree)}
    for name, command in asked:
        if (tree / "out" / f"{name}.txt").exists():
            continue  # Kept from a run that was stopped.
        run = subprocess.run([sys.executable, "-m", "optimiser", *command], cwd=tree, env=quiet, text=True,
                             capture_output=True, check=False)  # fmt: skip
        screen = "\n".join(line for line in run.stdout.splitlines() if " seconds" not in line)
        (tree / "out" / f"{name}.txt").write_text(f"exit {run.returncode}\n{screen}\n", encoding="utf-8")
        if run.returncode not in (0, 3):
            print(f"  {name}: exit {run.returncode}\n{run.stderr}", file=sys.stderr)


def differences(old: Path, new: Path) -> list[str]:
    """The files of `out` that are not the same in both trees."""
    names = {path.relative_to(tree / "out") for tree in (old, new) for path in (tree / "out").rglob("*")}
    return [str(name) for name in sorted(names) if not _same(old / "out" / name, new / "out" / name)]


def _same(old: Path, new: Path) -> bool:
    if old.is_dir() and new.is_dir():
        return True
    if not (old.is_file() and new.is_file()):
        return False
    if old.suffix == ".json":
        return bool(_record(old) == _record(new))
    if old.suffix in (".csv", ".txt", ".yaml"):
        return filecmp.cmp(old, new, shallow=False)
    return True


def _record(path: Path) -> object:
    content = json.loads(path.read_text(encoding="utf-8"))
    return {key: value for key, value in content.items() if key not in MAY_DIFFER} if path.name == "plan.json" else 0


def main() -> int:
    """Compares; 0 where nothing differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("revision", nargs="?", default="main")
    parser.add_argument("--all", action="store_true", help="every option of the alliance, and England")
    parser.add_argument("--keep", type=Path, help="a folder where the results of each commit are kept for next time")
    given = parser.parse_args()
    asked = list(commands(given.all))
    with TemporaryDirectory() as folder:
        kept = given.keep or Path(folder)
        old, new = (_solved_once(kept, revision, asked) for revision in (given.revision, _working_tree()))
        different = differences(old, new)
        files = sum(path.is_file() for path in (new / "out").rglob("*"))
    print("\n".join(f"differs: {name}" for name in different) or f"The same: {files} files of {len(asked)} runs.")
    return 1 if different else 0


def _solved_once(kept: Path, revision: str, asked: Sequence[tuple[str, list[str]]]) -> Path:
    """The code of a revision with the results of every command, made unless they are there already."""
    found = subprocess.run(
        ["git", "rev-parse", f"{revision}^{{tree}}"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    tree, done = kept / found.stdout.strip(), kept / f"{found.stdout.strip()}.{len(asked)}"
    if not done.exists():
        tree.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive, check=True)
        solved(tree, asked)
        done.touch()
    return tree


def _working_tree() -> str:
    """The tracked files as they are now, changes included."""
    stash = subprocess.run(["git", "stash", "create"], cwd=ROOT, check=True, capture_output=True, text=True)
    return stash.stdout.strip() or "HEAD"


if __name__ == "__main__":
    sys.exit(main())
