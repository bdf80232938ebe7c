"""The pages hold together: links lead somewhere, and names of the code are names in the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT, functions, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
CODE = re.compile(r"`(optimiser/[\w/]+\.py)(?:::(\w+))?`")


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def named_in_code() -> Iterator[tuple[Path, str, str]]:
    for page in PAGES:
        for module, name in CODE.findall(page.read_text(encoding="utf-8")):
            yield page, module, name


def test_names_of_the_code_are_in_the_code() -> None:
    """Proves: a module or function that moves takes its pages along."""
    for page, module, name in named_in_code():
        tree = modules().get(module.removesuffix(".py").replace("/", "."))
        assert tree is not None, f"{ids(page)} names {module}"
        there = {function.name for function in functions(tree)} | {getattr(node, "name", "") for node in tree.body}
        assert not name or name in there, f"{ids(page)} names {name} in {module}"


def test_every_page_can_be_found_from_the_index() -> None:
    """Proves: no page is an orphan: each is linked from another page."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    assert [ids(page) for page in PAGES if page not in linked and page != ROOT / "README.md"] == []


def test_identities_and_quantities_of_the_formulation_are_those_of_the_code() -> None:
    """Proves: every identity and every derived quantity has its equation on the page."""
    from optimiser.model.identities import IDENTITIES
    from optimiser.model.quantities import PAID_PER

    text = (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8")
    assert [identity.__name__ for identity in IDENTITIES if f"(`{identity.__name__}`)" not in text] == []
    assert [per for per in PAID_PER if f"\\text{{{per}}}" not in text] == []
    derived = ("in_training", "joiners", "moves_out", "leavers", "activity", "trainee_years", "spend")
    assert [name for name in derived if f"(`{name}`" not in text] == []


def test_the_option_of_the_readme_can_be_checked_as_written(tmp_path: Path) -> None:
    """Proves: the first file a user writes by our example is right."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (option,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for shipped in (ROOT / "constraints").glob("*.yaml"):
        (tmp_path / shipped.name).write_bytes(shipped.read_bytes())
    (tmp_path / "mine.yaml").write_text(option, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "optimiser", "check", "inputs/england", str(tmp_path / "mine.yaml")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "training_capacity radiology_training" in run.stdout
