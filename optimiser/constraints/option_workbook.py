"""Writes an option as a workbook that a person can fill in: a sheet for each family, a row for each entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.family import Family
from optimiser.constraints.keys import ABOUT, DEMAND, STEADY, TOP, Key
from optimiser.constraints.option_cells import cell, over_years, top_rows
from optimiser.inputs.read.option_value import SHAPES
from optimiser.inputs.read.workbook_options import IN_DEMAND, KEY, OPTION, TOP_SHEET, VALUE
from optimiser.inputs.write.cell_help import Codes
from optimiser.inputs.write.workbook import AS_WRITTEN, HEADER_ROW, MADE, SPARE_ROWS, styles_of, write_cell
from optimiser.text import yamltext
from optimiser.text.yamltext import Node

_LONGEST = 255
_HOW_TO = "One row for each {one}. Leave cells blank for keys that are not given. "
_YEARS = (
    "A value by year has a column for each year, such as “{key} 2026/27”; “{key}” itself then stays blank, or says "
    "ramp, times, plus, times ramp or plus ramp."
)


Options = Mapping[str, yamltext.Mapping]
"""Options by name; one alone may have the name "" and is then the column `value`."""


def write_option(path: Path, tree: yamltext.Mapping) -> None:
    """Write a new workbook with an option; every family has its sheet, with entries or not. Raises OSError."""
    import xlsxwriter

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {**AS_WRITTEN, "in_memory": True})
    try:
        book.set_properties({"title": "An option of the workforce optimiser", "created": MADE})
        add_options(book, styles_of(book), {"": tree})
    finally:
        book.close()
    path.write_bytes(made.getvalue())


def add_options(book: Any, styles: Mapping[str, Any], options: Options, codes: Codes | None = None) -> None:
    """Add the sheets of options: one of the keys at the top, and one for each family with the entries of all."""
    _top(book.add_worksheet(TOP_SHEET), options, styles)
    for family in FAMILIES:
        entries = [
            (name, one)
            for name, tree in options.items()
            for one in getattr(tree.get(family.name), "items", ())
            if isinstance(tree.get(family.name), yamltext.Sequence) and isinstance(one, yamltext.Mapping)
        ]
        _family(book.add_worksheet(family.name), family, entries, list(options), styles, codes)


def _top(sheet: Any, options: Options, styles: Mapping[str, Any]) -> None:
    """Write the keys at the top of a file, each with its meaning, and a column for each option."""
    sheet.write_string(0, 0, "Option" if len(options) == 1 else "Options", styles["title"])
    sheet.write_string(
        1, 0, "What holds for the whole option; each family of rules has a sheet of its own.", styles["help"]
    )
    heads = [(KEY, 24), *((name or VALUE, 60 if len(options) == 1 else 34) for name in options), ("note", 90)]
    for at, (header, width) in enumerate(heads):
        sheet.write_string(HEADER_ROW - 1, at, header, styles["header" if header == "note" else "required"])
        sheet.set_column(at, at, width)
    declared = {key.name: key for key in TOP} | {
        "demand": DEMAND[0], **{key.name: key for key in DEMAND if key.name in IN_DEMAND[1:]},
        **{f"steady {key.name}": key for key in STEADY if key not in ABOUT},
    }  # fmt: skip
    inside = {f"demand {key}": key for key in IN_DEMAND}
    columns = []
    for tree in options.values():
        given = dict(top_rows(tree, [family.name for family in FAMILIES]))
        columns.append({name if name in declared else inside.get(name, name): text for name, text in given.items()})
    rows = list(dict.fromkeys([*declared, *(name for column in columns for name in column)]))
    for number, name in enumerate(rows, HEADER_ROW):
        sheet.write_string(number, 0, name)
        for at, column in enumerate(columns, 1):
            write_cell(sheet, number, at, column.get(name, ""))
            if name in declared:
                sheet.data_validation(number, at, number, at, _validation(declared[name], None))
        if name in declared:
            sheet.write_string(
                number, len(columns) + 1, f"{declared[name].help} {declared[name].example}", styles["help"]
            )
    sheet.freeze_panes(HEADER_ROW, 1)


def _family(
    sheet: Any, family: Family, entries: Sequence[tuple[str, yamltext.Mapping]], options: Sequence[str],
    styles: Mapping[str, Any], codes: Codes | None,
) -> None:  # fmt: skip
    """Write the sheet of one family: its meaning, the header, and an entry on each row."""
    others = [key for key in family.common if key.name not in ("name", "drop")]
    keys = [family.key("name"), *family.keys, *others, family.key("drop")]
    columns = list(_columns(keys, [entry for _, entry in entries]))
    by_year = next((key.name for key in family.keys if key.kind == "by_year"), "")
    sheet.write_string(0, 0, family.name, styles["title"])
    said = _HOW_TO.format(one="entry") + (_YEARS.format(key=by_year) if by_year else "")
    sheet.write_string(1, 0, f"{family.help} {said}", styles["help"])
    last = HEADER_ROW + len(entries) + SPARE_ROWS
    first = 1 if len(options) > 1 else 0
    if first:
        sheet.write_string(HEADER_ROW - 1, 0, OPTION, styles["required"])
        rule = {"validate": "list", "source": list(options), "input_title": OPTION, "show_error": False}
        sheet.data_validation(HEADER_ROW, 0, last - 1, 0, {**rule, "input_message": "The option the row belongs to."})
        for number, (name, _) in enumerate(entries, HEADER_ROW):
            sheet.write_string(number, 0, name)
        sheet.set_column(0, 0, max([10, *(len(name) + 2 for name in options)]))
    for at, (key, year) in enumerate(columns, first):
        needed = key.required or key.name in family.subject
        header = f"{key.name} {year}".strip()
        sheet.write_string(HEADER_ROW - 1, at, header, styles["required" if needed else "header"])
        sheet.data_validation(HEADER_ROW, at, last - 1, at, _validation(key, codes))
        texts = [_text(key, year, entry.get(key.name)) for _, entry in entries]
        for number, text in enumerate(texts, HEADER_ROW):
            write_cell(sheet, number, at, text)
        sheet.set_column(at, at, min(max([len(header) + 2, 8, *(len(text) + 2 for text in texts)]), 45))
    sheet.freeze_panes(HEADER_ROW, first)


def _columns(keys: Sequence[Key], entries: Sequence[yamltext.Mapping]) -> Iterator[tuple[Key, str]]:
    """Yield every key and, after one that goes by year, the years that some entry gives."""
    for key in keys:
        yield key, ""
        if key.kind == "by_year":
            nodes = [node for entry in entries if (node := entry.get(key.name)) is not None]
            years = {year for node in nodes for year in (over_years(node) or ("", {}))[1]}
            yield from ((key, year) for year in sorted(years))


def _text(key: Key, year: str, node: Node | None) -> str:
    """Return the text of a cell; for a value with columns of its years, its shape or the number of one year."""
    if node is None:
        return ""
    found = over_years(node) if key.kind == "by_year" else None
    if found is None:
        return "" if year else cell(key.name, key, node)
    return found[1].get(year, "") if year else found[0]


def _validation(key: Key, codes: Codes | None) -> dict[str, Any]:
    """Offer a list to choose from where there is one, and always a message; other values are let through."""
    message = {"input_title": key.name[:32], "input_message": f"{key.help} Example: {key.example}"[:_LONGEST]}
    choices = {"flag": ("yes", "no"), "choice": key.choices, "quantity": key.choices}.get(key.kind, ())
    if key.kind == "by_year":
        choices = SHAPES
    offered: Sequence[str] | str = [*choices, "none"] if choices and key.name != "drop" else list(choices)
    if key.kind in ("code", "codes") and codes is not None:
        offered = codes.of(key.of)
    if not offered or (not isinstance(offered, str) and len(",".join(offered)) >= _LONGEST):
        return {"validate": "any", **message}
    return {"validate": "list", "source": offered, "ignore_blank": True, "show_error": False, **message}
