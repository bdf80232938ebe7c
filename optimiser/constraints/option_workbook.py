"""Writing an option as a workbook that a person can fill in: a sheet for each family, a row for each entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.family import Family
from optimiser.constraints.keys import ABOUT, DEMAND, STEADY, TOP, Key
from optimiser.constraints.option_cells import cell, over_years, top_rows
from optimiser.inputs.read.workbook_options import IN_DEMAND, KEY, SHAPES, TOP_SHEET, VALUE
from optimiser.inputs.write.workbook import AS_WRITTEN, HEADER_ROW, MADE, SPARE_ROWS, styles_of, write_cell
from optimiser.text import yamltext
from optimiser.text.yamltext import Node

_LONGEST = 255
_HOW_TO = "One row for each {one}. Leave cells blank for keys that are not given. "
_YEARS = (
    "A value by year has a column for each year, such as “{key} 2026/27”; “{key}” itself then stays blank, or says "
    "ramp, times, plus, times ramp or plus ramp."
)


def write_option(path: Path, tree: yamltext.Mapping) -> None:
    """Write a new workbook with an option; every family has its sheet, with entries or not. Raises OSError."""
    import xlsxwriter

    # By way of memory: without it each sheet is first a file in the temporary folder.
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {**AS_WRITTEN, "in_memory": True})
    try:
        book.set_properties({"title": "An option of the workforce optimiser", "created": MADE})
        styles = styles_of(book)
        _top(book.add_worksheet(TOP_SHEET), tree, styles)
        for family in FAMILIES:
            entries = tree.get(family.name)
            rows = entries.items if isinstance(entries, yamltext.Sequence) else ()
            _family(book.add_worksheet(family.name), family, [one for one in rows if isinstance(one, yamltext.Mapping)],
                    styles)  # fmt: skip
    finally:
        book.close()
    path.write_bytes(made.getvalue())


def _top(sheet: Any, tree: yamltext.Mapping, styles: Mapping[str, Any]) -> None:
    """The keys at the top of a file, each with what it is."""
    sheet.write_string(0, 0, "Option", styles["title"])
    sheet.write_string(
        1, 0, "What holds for the whole option; each family of rules has a sheet of its own.", styles["help"]
    )
    for at, (header, width) in enumerate(((KEY, 24), (VALUE, 60), ("note", 90))):
        sheet.write_string(HEADER_ROW - 1, at, header, styles["required" if at < 2 else "header"])
        sheet.set_column(at, at, width)
    given = dict(top_rows(tree, [family.name for family in FAMILIES]))
    declared = {key.name: key for key in TOP} | {
        "demand": DEMAND[0], **{key.name: key for key in DEMAND if key.name in IN_DEMAND[1:]},
        **{f"steady {key.name}": key for key in STEADY if key not in ABOUT},
    }  # fmt: skip
    inside = {f"demand {key}": key for key in IN_DEMAND}
    rows = {name: given.pop(name, "") for name in declared}
    for name, text in given.items():
        rows[inside.get(name, name)] = text
    for number, (name, text) in enumerate(rows.items(), HEADER_ROW):
        sheet.write_string(number, 0, name)
        write_cell(sheet, number, 1, text)
        if name in declared:
            sheet.write_string(number, 2, f"{declared[name].help} {declared[name].example}", styles["help"])
            sheet.data_validation(number, 1, number, 1, _validation(declared[name]))
    sheet.freeze_panes(HEADER_ROW, 0)


def _family(sheet: Any, family: Family, entries: Sequence[yamltext.Mapping], styles: Mapping[str, Any]) -> None:
    """One family: what it is, the header, an entry on each row."""
    others = [key for key in family.common if key.name not in ("name", "drop")]
    keys = [family.key("name"), *family.keys, *others, family.key("drop")]
    columns = list(_columns(keys, entries))
    by_year = next((key.name for key in family.keys if key.kind == "by_year"), "")
    sheet.write_string(0, 0, family.name, styles["title"])
    said = _HOW_TO.format(one="entry") + (_YEARS.format(key=by_year) if by_year else "")
    sheet.write_string(1, 0, f"{family.help} {said}", styles["help"])
    last = HEADER_ROW + len(entries) + SPARE_ROWS
    for at, (key, year) in enumerate(columns):
        needed = key.required or key.name in family.subject
        header = f"{key.name} {year}".strip()
        sheet.write_string(HEADER_ROW - 1, at, header, styles["required" if needed else "header"])
        sheet.data_validation(HEADER_ROW, at, last - 1, at, _validation(key))
        texts = [_text(key, year, entry.get(key.name)) for entry in entries]
        for number, text in enumerate(texts, HEADER_ROW):
            write_cell(sheet, number, at, text)
        sheet.set_column(at, at, min(max([len(header) + 2, 8, *(len(text) + 2 for text in texts)]), 45))
    sheet.freeze_panes(HEADER_ROW, 0)


def _columns(keys: Sequence[Key], entries: Sequence[yamltext.Mapping]) -> Iterator[tuple[Key, str]]:
    """Every key, and after one that goes by year the years that some entry gives."""
    for key in keys:
        yield key, ""
        if key.kind == "by_year":
            nodes = [node for entry in entries if (node := entry.get(key.name)) is not None]
            years = {year for node in nodes for year in (over_years(node) or ("", {}))[1]}
            yield from ((key, year) for year in sorted(years))


def _text(key: Key, year: str, node: Node | None) -> str:
    """The text of a cell; for a value with columns of its years, its shape or the number of one year."""
    if node is None:
        return ""
    found = over_years(node) if key.kind == "by_year" else None
    if found is None:
        return "" if year else cell(key.name, key, node)
    return found[1].get(year, "") if year else found[0]


def _validation(key: Key) -> dict[str, Any]:
    """A list to choose from where there is one, and always a message; what is not in the list is let through."""
    message = {"input_title": key.name[:32], "input_message": f"{key.help} Example: {key.example}"[:_LONGEST]}
    choices = {"flag": ("yes", "no"), "choice": key.choices, "quantity": key.choices}.get(key.kind, ())
    if key.kind == "by_year":
        choices = SHAPES
    offered = [*choices, "none"] if choices and key.name != "drop" else list(choices)
    if not offered or len(",".join(offered)) >= _LONGEST:
        return {"validate": "any", **message}
    return {"validate": "list", "source": offered, "ignore_blank": True, "show_error": False, **message}
