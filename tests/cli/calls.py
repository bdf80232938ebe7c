"""Every command, as a user calls it on the example in docs/ and on one small study."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUTS, OPTION, LESS = "docs/example/inputs", "docs/example/option.yaml", "docs/example/too-little.yaml"

CALLS: dict[str, list[str]] = {
    "alternatives": [INPUTS, OPTION, "--jobs", "2"],
    "appraise": [INPUTS, OPTION, "--jobs", "2"],
    "audit": ["{plan}"],
    "backcast": [INPUTS, "{actuals}", "--from", "2025"],
    "check": [INPUTS, OPTION],
    "compare": [INPUTS, OPTION, OPTION, "--jobs", "2"],
    "convert": [INPUTS, "{out}.xlsx"],
    "diagnose": [INPUTS, LESS],
    "explain": ["{plan}"],
    "frontier": [INPUTS, OPTION, "--budget", "training"],
    "init": ["{out}"],
    "report": ["{plan}", "--out", "{out}.html"],
    "robust": [INPUTS, OPTION, "--scenario", "none", "--scenario", "high"],
    "roll": [INPUTS, "--to", "2027", "--out", "{out}"],
    "simulate": [INPUTS, "docs/example/as-last-year.csv"],
    "solve": [INPUTS, OPTION],
    "sweep": [INPUTS, OPTION, "--vary", "budgets training=90%,110%", "--jobs", "2"],
    "tornado": [INPUTS, OPTION],
}
"""Every command; `called` fills in a plan, what was observed, and where the answer goes."""

WRITES_RESULTS = {
    "alternatives", "appraise", "compare", "frontier", "robust", "simulate", "solve", "sweep", "tornado"
}  # fmt: skip


def called(command: str, plan: str, out: Path) -> list[str]:
    """The words of a command whose answer goes to a path that does not exist yet."""
    observed = out.with_name("actuals.csv")
    if command == "backcast":
        _observe(observed)
    words = [word.format(plan=plan, actuals=observed, out=out) for word in CALLS[command]]
    return [command, *words, *(["--out", str(out)] if command in WRITES_RESULTS else [])]


def _observe(path: Path) -> None:
    """The staff in post of the inputs, as if observed the year before they start and the one after."""
    lines = (ROOT / INPUTS / "staff_in_post.csv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(lines[0].split(","), line.split(","), strict=False)) for line in lines[1:]]
    text = [f"{row['role']},{year},{row['fte']}" for row in rows for year in (2025, 2026)]
    path.write_text("\n".join(["role,year,fte", *text]) + "\n", encoding="utf-8")


COMMANDS = ("solve", "compare", "check", "audit", "convert", "init", "help")


def words_of(verb: str, study: Path, to: Path) -> list[str]:
    """A command on the study, by its name or by what it writes; its files go to a folder."""
    inputs, option = str(study / "inputs"), str(study / "option.yaml")
    words = {
        "solve": [inputs, option, "--out", str(to / "plan")],
        "compare": [inputs, option, "--out", str(to / "many")],
        "check": [inputs, option],
        "audit": [str(study / "res")],
        "convert": [inputs, str(to / "book.xlsx")],
        "init": [str(to / "place"), "--empty"],
        "roll": [inputs, "--to", "2027", "--out", str(to / "later")],
        "simulate": [inputs, str(study / "res" / "starts.csv"), option, "--out", str(to / "plan")],
    }
    others = {
        "option": ["convert", option, str(to / "option.xlsx")],
        "templates": ["init", str(to / "place"), "--empty", "--format", "xlsx"],
        "annotate": ["check", str(study / "book.xlsx"), "--annotate", str(to / "marked.xlsx")],
        "report": ["report", str(study / "res"), "--out", str(to / "page.xlsx")],
        "help": ["--help"],
    }
    return [verb, *words[verb]] if verb in words else others[verb]
