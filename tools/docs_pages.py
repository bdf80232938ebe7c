"""Blocks of the pages that the optimiser makes: what a command prints, and tables of its results.

A block follows a comment that says what it is, and runs to the next empty line (or to the end of its fence):

    <!-- run: optimiser solve docs/example/inputs docs/example/option.yaml -->
    <!-- table: starts.csv: year route starts; route=specialty -->

A table is of the results of the run before it on the page, with the columns named and the rows selected; numbers are
shown to at most four significant digits after the point, where the file has all of them. A comment that begins
`uv run optimiser` shows the screen as `uv run` prints it. Write the pages again with
`uv run --group dev python -m tools.docs_pages`, and read what changed: they are meant to be read with their numbers.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from optimiser.plan.destination import Study, default_name
from tests.support.engine import UNDER_UV

ROOT = Path(__file__).resolve().parents[1]
MANY = ("alternatives", "compare", "frontier", "robust", "sweep", "tornado")
"""Commands that solve many times, each with a page of its own."""
ABOUT_A_PLAN = ("audit", "explain")
"""Commands about results that are there: on a page, those of the run before."""
PAGES = (
    ROOT / "README.md",
    ROOT / "docs" / "reading-a-plan.md",
    ROOT / "docs" / "worked-reading.md",
    ROOT / "docs" / "commands.md",
    *(ROOT / "docs" / f"{name}.md" for name in (*ABOUT_A_PLAN, "diagnose", "simulate", "roll")),
    *(ROOT / "docs" / "studies" / f"{name}.md" for name in MANY),
)

MARK = re.compile(r"<!-- (run|table): (.+) -->\n((?s:```.*?\n```\n)|(?:\|.*\n)*)")


def made_again(page: str, work: Path) -> str:
    """The page with every block made anew; results go to folders below `work`."""
    results = work

    def block(match: re.Match[str]) -> str:
        nonlocal results
        kind, what = match.group(1), match.group(2)
        if kind == "run":
            about_a_plan = what.partition("optimiser ")[2].split()[0] in ABOUT_A_PLAN
            results = results if about_a_plan else Path(tempfile.mkdtemp(dir=work))
            return f"<!-- run: {what} -->\n{ran(what, results)}"
        return f"<!-- table: {what} -->\n{table(what, results)}"

    return MARK.sub(block, page)


def ran(command: str, results: Path) -> str:
    """What a command prints, with its results in the given folder but named as they would be by default."""
    program, _, rest = command.partition("optimiser ")
    verb, *arguments = shlex.split(rest)
    out = ["--out", str(results / "plan")] if verb in ("solve", "simulate", *MANY) else []
    named = next((one for one in arguments if one.startswith("results/")), "")
    arguments = [str(results / "plan") if one == named else one for one in arguments]
    environment = {name: value for name, value in os.environ.items() if name not in UNDER_UV}
    if "--help" not in arguments:
        environment["COLUMNS"] = "100"  # the width of the screens on the pages, whatever terminal makes them
    run = subprocess.run(
        [sys.executable, "-c", "from optimiser.cli import main; main()", verb, *arguments, *out],
        cwd=ROOT, env={**environment, "NO_COLOR": "1", "PYTHONUTF8": "1", **(UNDER_UV if program == "uv run " else {})},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(f"{command}: exit {run.returncode}\n{run.stderr}")
    name = ""
    if len(arguments) > 1:
        study = Study(ROOT / arguments[0], (Path(arguments[1]),))
        name = default_name(study, [verb] if verb in MANY else [])
    said = run.stdout.replace(str(results / "plan"), named or f"results/{name}").rstrip()
    return f"```text\n{said}\n```\n"


def table(what: str, results: Path) -> str:
    """A Markdown table of some columns and rows of a result file."""
    file, _, rest = what.partition(":")
    names, _, conditions = rest.partition(";")
    columns = names.split()
    wanted = dict(condition.strip().split("=") for condition in conditions.split(",") if condition.strip())
    with (results / "plan" / file.strip()).open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if all(row[key] == value for key, value in wanted.items())]
    if not rows:
        raise RuntimeError(f"{what}: no such rows")
    lines = [columns, ["---" if _is_text(rows, name) else "---:" for name in columns]]
    lines += [[_shown(row[name], name) for name in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _is_text(rows: list[dict[str, str]], name: str) -> bool:
    try:
        return not [float(row[name]) for row in rows if row[name]]
    except ValueError:
        return True


def _shown(text: str, name: str) -> str:
    """Years and words as they are; large numbers whole, small ones with four digits that count."""
    try:
        number = float(text)
    except ValueError:
        return text
    if name == "year":
        return text
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    if abs(number) >= 0.001:
        return f"{number:.3f}".rstrip("0").rstrip(".")
    return f"{number:.7f}".rstrip("0").rstrip(".") if abs(number) >= 5e-8 else "0"


def main() -> None:
    """Write every page again."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as work:
            text = made_again(page.read_text(encoding="utf-8"), Path(work))
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
