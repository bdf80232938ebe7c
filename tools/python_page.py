"""docs/python.md: its examples run in order, and what they print put below them.

`uv run --group dev python -m tools.python_page` writes the page again; a test compares.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "python.md"
_EXAMPLE = re.compile(r"(```python\n)(.*?)(```\n\n```text\n)(.*?)(```\n)", re.DOTALL)


def written(text: str) -> str:
    """The page with what each example prints below it; every example has a block for that."""
    names: dict[str, Any] = {}

    def run(example: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(example[2], "docs/python.md", "exec"), names)  # noqa: S102
        printed = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
        return f"{example[1]}{example[2]}{example[3]}{printed}\n{example[5]}"

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "example", Path(folder) / "docs" / "example")
        os.chdir(folder)
        try:
            return _EXAMPLE.sub(run, text)
        finally:
            os.chdir(before)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
