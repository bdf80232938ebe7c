"""Writes the report as a board paper of two to four pages: what is asked, why, at what risk, on what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.report.assurance import Auditor, assurance
from optimiser.report.drawing import png
from optimiser.report.figures import label, period, prices, years
from optimiser.report.picture import Picture, cell_text
from optimiser.report.queries import queries
from optimiser.report.report import Progress, Report
from optimiser.report.report_inputs import PlanResult
from optimiser.text.faults import Faults, Place
from optimiser.text.printable import printable
from optimiser.text.wording import fte, joined, money

if TYPE_CHECKING:
    from docx.document import Document

_CHARTS = ("demand", "commissions", "cost")
"""The three charts of the paper; where one is not there, the next of all the others takes its place."""
_LONGEST_TITLE = 255
"""Letters of a document's title, where Word keeps it apart from the text."""
_JUDGE = "[for the board to complete]"
_QUERIES = 10
_OPTION_WIDTHS = (34, 20, 19, 18, 21, 18, 18, 22)
"""mm; `discounted` and a title's longest word fit on one line."""
_SHARPNESS = 2.0
_TALLEST = 74
"""mm: with it, the first chart stands on the first page."""


def paper(report: Report, progress: Progress, audit: Auditor, template: Path | None = None) -> bytes:
    """Make the paper's bytes, in the template given or the one that comes with the optimiser. Raises FaultsFound."""
    document = _opened(template)
    document.core_properties.title = printable(f"{report.decision.heading} – {report.title}")[:_LONGEST_TITLE]
    document.core_properties.language = "en-GB"
    for write in (_recommendation, _options, _charts, _risks, _assumptions):
        progress(f"paper: {write.__name__.strip('_')}")
        write(document, report)
    progress("paper: the audit of the plan")
    _assurance(document, report, audit)
    _origin(document, report)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(template: Path | None) -> Document:
    import docx

    if template is None:
        shipped = files("optimiser.report").joinpath("templates/board-paper.docx").read_bytes()
        return docx.Document(BytesIO(shipped))
    try:
        return docx.Document(str(template))
    except Exception as error:  # python-docx raises whatever its parser meets in a file that is none
        if isinstance(error, MemoryError):
            raise
        faults = Faults()
        found, mend = (
            "a file that cannot be opened as a Word document",
            "Save your template as .docx and name it again.",
        )
        faults.add("bad-template", Place(str(template)), found, "a .docx template", mend)
        faults.stop_if_any()
        raise


def _heading(document: Document, text: str, level: int) -> None:
    """Add a heading in the template's own style, or in bold where the template lacks it."""
    _paragraph(document, text, "Title" if level == 0 else f"Heading {level}", bold=True)


def _paragraph(document: Document, text: str, style: str = "", bold: bool = False) -> Any:
    text = printable(text)
    known = {one.name for one in document.styles}
    if style in known:
        return document.add_paragraph(text, style=style)
    paragraph = document.add_paragraph()
    paragraph.add_run(f"– {text}" if style.startswith("List") else text).bold = bold
    return paragraph


def _recommendation(document: Document, report: Report) -> None:
    _heading(document, report.decision.heading, 0)
    _paragraph(document, report.title)
    if report.decision.figures:
        _paragraph(document, " · ".join(f"{what}: {amount}" for what, amount in report.decision.figures), bold=True)
    recommended = report.material.wanted is not None
    _heading(document, "Recommendation" if recommended else "What the figures say", 1)
    for sentence in report.decision.sentences:
        _paragraph(document, sentence)
    if report.decision.rule:
        _paragraph(document, report.decision.rule)
    plan = report.material.focus
    if plan is not None:
        said = prices(plan)
        _paragraph(
            document,
            f"Price base: {f'real, {said}' if said else 'real prices; the evidence does not say of which year'}. "
            f"Discounted cost is at {cell_text(plan.facts.settings.discount_rate, 'percent')} a year from "
            f"{label(plan, years(plan)[0])}. Period: {period(plan)}.",
        )


def _options(document: Document, report: Report) -> None:
    picture = report.picture("options")
    if picture is None:
        return
    _heading(document, "Options against business as usual", 1)
    _paragraph(document, f"{picture.headline}.")
    table = picture.tables[0]
    keep = [0, 1, 2, 4, 5, 6, 7, 8]
    rows = [[text for place, text in enumerate(table.shown(row)) if place in keep] for row in table.rows]
    _table(document, [table.columns[place].title for place in keep], rows, widths=_OPTION_WIDTHS)
    _paragraph(document, picture.note)


def _table(
    document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool = True,
    widths: Sequence[float] = (),
) -> None:  # fmt: skip
    """Add a table whose first row is its heading; `numbers` to the right where a cell begins as one; widths in mm."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(heads))
    known = {one.name for one in document.styles}
    table.style = next((name for name in ("Board Table", "Table Grid") if name in known), None)
    for place, width in enumerate(widths):
        table.autofit, table.columns[place].width = False, Mm(width)
    for row_number, cells in enumerate([heads, *rows]):
        row = table.rows[0] if row_number == 0 else table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        for place, text in enumerate(cells):
            paragraph = row.cells[place].paragraphs[0]
            run = paragraph.add_run(printable(text))
            run.bold, run.font.size = row_number == 0, Pt(8.5)
            paragraph.paragraph_format.space_after = Pt(1)
            if widths:
                row.cells[place].width = Mm(widths[place])
            if numbers and place > 0 and row_number and text[:1] in "£€$−–0123456789":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Screen readers, and pages the table runs over to, take the first row as its heading.
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _charts(document: Document, report: Report) -> None:
    chosen = [picture for key in _CHARTS if (picture := report.picture(key)) is not None]
    spare = [one for one in report.pictures if one.draw is not None and one not in chosen and one.key != "options"]
    for picture in [*chosen, *spare][:3]:
        _chart(document, picture)


def _chart(document: Document, picture: Picture) -> None:
    from docx.shared import Mm

    _heading(document, picture.headline, 2)
    measure = _paragraph(document, picture.measure)
    measure.paragraph_format.keep_with_next = True
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    shape = document.add_picture(BytesIO(png(picture, _SHARPNESS)), width=min(room, Mm(150)))
    tallest = Mm(_TALLEST)
    if shape.height > tallest:
        shape.width, shape.height = round(shape.width * tallest / shape.height), tallest
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("descr", printable(picture.alternative))
    properties.set("title", printable(picture.headline))
    if picture.note:
        _paragraph(document, picture.note)


def _risks(document: Document, report: Report) -> None:
    plan = report.material.focus
    rows = [[what, figure, _JUDGE, _JUDGE] for what, figure in (_risk_rows(report, plan) if plan else [])]
    if not rows:
        return
    _heading(document, "Risks", 1)
    _table(
        document,
        ["Risk", "What the figures say", "Likelihood (red, amber or green, in words)", "Owner and response"],
        rows,
        False,
        (32, 78, 30, 30),
    )


def _risk_rows(report: Report, plan: PlanResult) -> list[tuple[str, str]]:
    rows = [("Demand stays unmet", f"{fte(plan.unmet)} FTE-years over the period, with the plan carried out in full")]
    picked = (
        ("holding-back", "A limit is tighter than assumed"), ("pipeline", "Trainees do not arrive when planned"),
        ("tornado", "An assumption is wrong"), ("assumptions", "The evidence is weak"),
        ("cost", "Costs exceed the budgets"),
    )  # fmt: skip
    for key, risk in picked:
        picture = report.picture(key)
        if picture is not None:
            rows.append((risk, picture.headline))
    base = report.material.base
    if base is not None and base is not plan:
        rows.append(
            (
                "The money is not found",
                f"{money(plan.cost - base.cost, plan.currency)} more than “{base.name}” is needed",
            )
        )
    return rows


def _assumptions(document: Document, report: Report) -> None:
    picture = report.picture("assumptions")
    if picture is None:
        return
    _heading(document, "Assumptions", 1)
    _paragraph(document, f"{picture.headline}. The most used of the weakest sources:")
    for strength, table, number, source in picture.tables[1].rows[:5]:
        said = str(source) if len(str(source)) <= 180 else f"{str(source)[:180].rsplit(' ', 1)[0]} …"
        _paragraph(document, f"{table} ({strength}, {number} rows): {said}", "List Bullet")
    _paragraph(document, "What the model leaves out:")
    for line in report.left_out:
        _paragraph(document, line, "List Bullet")


def _assurance(document: Document, report: Report, audit: Auditor) -> None:
    _heading(document, "Assurance", 1)
    plan = report.material.focus
    if plan is not None:
        _paragraph(document, assurance(plan, audit))
        found = queries([plan], advice=False)
        if found:
            _paragraph(document, "What looked wrong when it was solved, and should be looked at before it is used:")
        for line in found[:_QUERIES]:
            _paragraph(document, line, "List Bullet")
        if len(found) > _QUERIES:
            _paragraph(
                document, f"{len(found) - _QUERIES} more are in the list of warnings of {plan.folder / 'plan.json'}."
            )
        others = [other.name for other in report.material.solved if other is not plan]
        if others:
            _paragraph(document, f"Not audited for this paper: {joined(others)}.")
    _paragraph(document, f"Reviewed by: {_JUDGE}. Date: {_JUDGE}.")


def _origin(document: Document, report: Report) -> None:
    _heading(document, "Where these figures come from", 1)
    for origin in report.origins:
        versions = f" Versions: {origin.versions}." if origin.versions else ""
        hashes = joined([f"{name} {text[:12]}" for name, text in origin.hashes[:2]])
        more = f" and {len(origin.hashes) - 2} more" if len(origin.hashes) > 2 else ""
        _paragraph(document, f"{origin.name}: run {origin.run_id}.{versions} SHA-256 begins: {hashes}{more}.")
