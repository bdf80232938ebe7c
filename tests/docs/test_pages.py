"""What the pages show is what the optimiser prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.docs_pages import MARK, PAGES, made_again

if TYPE_CHECKING:
    from pathlib import Path

BACKTICKS = "```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_shows_what_the_optimiser_makes(page: Path, tmp_path: Path) -> None:
    """Proves: what the pages show is true. `uv run --group dev python -m tools.docs_pages` writes them again."""
    text = page.read_text(encoding="utf-8")
    assert made_again(text, tmp_path) == text


def test_a_block_that_is_not_true_is_noticed(tmp_path: Path) -> None:
    """Proves: the test above can fail."""
    page = f"<!-- run: optimiser --version -->\n{BACKTICKS}text\nanother tool\n{BACKTICKS}\n\nProse stays.\n"
    assert MARK.search(page)
    made = made_again(page, tmp_path)
    assert "another tool" not in made
    assert "optimiser" in made
    assert made.endswith("Prose stays.\n")
