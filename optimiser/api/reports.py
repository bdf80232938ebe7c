"""Writes a report of one or several results folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from optimiser.plan.whole import whole

KINDS = (".html", ".xlsx", ".docx")
"""The endings of files that can be written."""


def write_report_of(
    folders: Sequence[Path],
    out: Path,
    recommend: str | None = None,
    template: Path | None = None,
    progress: Callable[[str], None] = lambda _line: None,
) -> str:
    """Write a page, a workbook or a paper, by the ending of `out`; returns the sentence to end with.

    Raises FaultsFound, CannotWrite, and ValueError for another ending.
    """
    from optimiser.appraise.summary import parts_of
    from optimiser.audit.audit import audit
    from optimiser.report.write import Form, write_report

    if out.suffix.lower() not in KINDS:
        raise ValueError(f"{out.name} ends in none of {', '.join(KINDS)}")
    named, detail = parts_of(folders)
    with whole(named):
        return write_report(named, Form(out, recommend, template, detail), progress, audit)
