"""One constraint family is one module, one page and one test file, all of the same name."""

from __future__ import annotations

import re

import pytest

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.family import Family
from optimiser.constraints.keys import DEMAND, STEADY, TIER, TOP
from tests.architecture.sources import PACKAGE, ROOT

NAMES = tuple(family.name for family in FAMILIES)
PAGES = ROOT / "docs" / "constraints"


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_the_families_are_those_of_the_contract() -> None:
    assert set(NAMES) == {
        "budgets", "training_capacity", "skill_mix", "outsourcing", "service_levels", "fairness", "pace", "adoption",
        "hold", "cohorts", "limits",
    }  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "demand"])
def test_a_family_has_its_module_and_its_tests(name: str) -> None:
    assert (PACKAGE / "constraints" / "families" / f"{name}.py").is_file()
    assert (ROOT / "tests" / "constraints" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", [*NAMES, "demand"])
def test_a_page_shows_an_example_and_says_where_the_family_is_made(name: str) -> None:
    text = page(name)
    assert text.startswith(f"# {name}\n")
    assert re.search(rf"^{name}:", text, re.MULTILINE)
    assert f"`optimiser/constraints/families/{name}.py::expand`" in text
    assert "| dual |" in text


@pytest.mark.parametrize("family", FAMILIES, ids=NAMES)
def test_a_page_explains_every_key(family: Family) -> None:
    rows = "\n".join(line.split("|")[1] for line in page(family.name).splitlines() if line.startswith("| `"))
    assert [key.name for key in family.keys if f"`{key.name}`" not in rows] == []


def test_the_keys_outside_families_are_explained() -> None:
    about_all = page("README")
    assert [key.name for key in TOP if key.name not in about_all] == []
    assert [key.name for key in (*DEMAND, *TIER) if key.name not in page("demand") + about_all] == []
    assert [key.name for key in STEADY if key.name not in page("steady") + about_all] == []


def test_no_page_is_about_a_family_that_does_not_exist() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*NAMES, "demand", "steady", "README", "keys"}
