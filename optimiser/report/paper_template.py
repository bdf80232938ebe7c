"""Makes the shipped template of the board paper from plain parts: `python -m optimiser.report.paper_template`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

PATH = Path(__file__).parent / "templates" / "board-paper.docx"


def template() -> bytes:
    """Make a template with A4, Arial, dark text, blue headings, page numbers and a table style of its own."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(16)
    for name, size, before, after in (
        ("Normal", 10, 0, 3), ("Title", 20, 0, 6), ("Heading 1", 13, 9, 3), ("Heading 2", 10.5, 7, 1),
        ("List Bullet", 9.5, 0, 1),
    ):  # fmt: skip
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Arial"
        _every_script(style)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name in {"Title", "Heading 1"}:
            style.font.color.rgb = RGBColor(0x00, 0x5E, 0xB8)
        elif name == "Heading 2":
            style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
    table = document.styles.add_style("Board Table", WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Table Grid"]
    _page_number(section.footer.paragraphs[0])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _every_script(style: object) -> None:
    """Set the same font in headings, to which the plain parts give a theme font."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _page_number(paragraph: object) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run("Page ")  # type: ignore[attr-defined]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._r.addnext(field)  # noqa: SLF001


if __name__ == "__main__":
    PATH.write_bytes(template())
