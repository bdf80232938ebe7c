"""Reads results folders, makes the pictures, and writes the page, the workbook or the paper."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.plan.sealed import refuse_others, sealed_package, sealed_text
from optimiser.plan.store import CannotWrite, put_bytes
from optimiser.plan.swap import real
from optimiser.report.assurance import Auditor
from optimiser.report.report import Progress, Report, make_report
from optimiser.report.report_inputs import Choice, read_material

KINDS = (".html", ".xlsx", ".docx")
"""The endings of files that can be written."""


@dataclass(frozen=True)
class Form:
    """Describe what is to be written, and in which form."""

    out: Path
    """Its ending chooses page, workbook or paper."""
    recommend: str | None = None
    """The option to recommend, by title, file name or folder; None recommends none."""
    template: Path | None = None
    """The organisation's own template for the paper."""
    detail: Path | None = None
    """The results folder of the plan to show in detail where none is recommended."""


def write_report(folders: Sequence[Path], form: Form, progress: Progress, audit: Auditor) -> str:
    """Write the report; returns what to say at the end. Raises FaultsFound and CannotWrite."""
    out = form.out
    _refuse(out)
    material = read_material(folders, Choice(form.recommend, form.detail))
    refuse_others(out)
    report = make_report(material, folders, lambda _said: None)
    progress(f"{len(report.pictures)} pictures from {len(folders)} results folders")
    content = _maker(form, audit)(report, progress)
    _put(out, content)
    lines = [f"{out}: {len(report.pictures)} pictures, {len(content) / 1e6:.1f} MB. {report.decision.heading}."]
    lines += [f"Left out: {one.title} (made by {one.why})." for one in report.missing]
    others = " or ".join(kind for kind in KINDS if kind != out.suffix.lower())
    return "\n".join([*lines, f"The same report in another form: --out with {others}."])


def contents(
    folders: Sequence[Path], names: Sequence[str], choice: Choice, audit: Auditor
) -> Iterator[tuple[str, bytes]]:
    """Make one report in several forms, each chosen by a name's ending. Raises FaultsFound."""
    report = make_report(read_material(folders, choice), folders, lambda _said: None)
    for name in names:
        yield name, _maker(Form(Path(name)), audit)(report, lambda _said: None)


def _maker(form: Form, audit: Auditor) -> Callable[[Report, Progress], bytes]:
    ending = form.out.suffix.lower()
    if ending == ".html":
        from optimiser.report.page import page

        return lambda report, progress: sealed_text(page(report, progress).encode(), b"<!--", b"-->")
    if ending == ".xlsx":
        from optimiser.report.workbook import workbook

        return lambda report, progress: sealed_package(workbook(report, progress))
    from optimiser.report.paper import paper

    return lambda report, progress: sealed_package(paper(report, progress, audit, form.template))


def _refuse(out: Path) -> None:
    """Stop before any work where the file cannot be written. Raises CannotWrite."""
    try:
        _refuse_place(out)
    except OSError as error:
        raise CannotWrite(f"{out} cannot be written: {error.strerror}. Name another file.") from error


def _refuse_place(out: Path) -> None:
    folder = real(out).parent
    if out.is_dir():
        raise CannotWrite(f"{out} is a folder, and a report is a file. Name a file.")
    if not folder.is_dir():
        raise CannotWrite(f"{out} cannot be written: there is no folder {folder.name}. Make it, or name another.")
    if not os.access(folder, os.W_OK):
        raise CannotWrite(f"{out} cannot be written: {folder} does not allow it. Name another folder.")


def _put(out: Path, content: bytes) -> None:
    """Write beside and rename, so that an earlier report stays whole until the new one is."""
    try:
        put_bytes(out, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"{out} could not be written: {reason}. Close it in Excel, Word or a browser.") from error
