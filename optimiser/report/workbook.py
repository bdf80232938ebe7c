"""Writes the report as an Excel workbook: a sheet for each table, with charts that anybody may edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from optimiser.report.palette import FOUR, GREY, MOST_CATEGORIES
from optimiser.report.picture import Column, DataTable, Native, Picture
from optimiser.report.report import Progress, Report
from optimiser.text.wording import symbol

_HEAD = 4
"""Rows above a table: headline, measure, note and an empty one."""
_LONGEST_ALTERNATIVE = 2000
_MADE = "2000-01-01"
_DASHES = ("solid", "dash", "round_dot", "long_dash")


@dataclass(frozen=True)
class Sheet:
    """Hold one table and its place in the workbook."""

    name: str
    table: DataTable
    picture: Picture | None
    drawn: bool


def workbook(report: Report, progress: Progress) -> bytes:
    """Make the workbook's bytes; the same results give the same bytes."""
    from datetime import UTC, datetime

    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    )
    book.set_properties(
        {
            "title": f"{report.decision.heading} – {report.title}"[:255], "subject": report.title[:255],
            "created": datetime.fromisoformat(_MADE).replace(tzinfo=UTC), "comments": "Made by the workforce optimiser",
        }
    )  # fmt: skip
    look = _formats(book)
    sheets = _sheets(report)
    _contents(book, look, report, sheets)
    for number, sheet in enumerate(sheets):
        progress(f"sheet: {sheet.name}")
        _write(book, look, sheet, number)
    _notes(book, look, report)
    book.close()
    return out.getvalue()


def _sheets(report: Report) -> list[Sheet]:
    found = [
        Sheet("", table, picture, place == 0 and picture.native is not None)
        for picture in report.pictures
        for place, table in enumerate(picture.tables)
    ]
    if report.slider is not None:
        found.append(Sheet("", report.slider.table, None, False))
    names: list[str] = []
    for sheet in found:
        names.append(_sheet_name(sheet.table.caption, names))
    return [Sheet(name, sheet.table, sheet.picture, sheet.drawn) for name, sheet in zip(names, found, strict=True)]


def _sheet_name(caption: str, taken: Sequence[str]) -> str:
    """Make a sheet name of at most 31 letters, none that Excel refuses, and none taken."""
    plain = re.sub(r"[\[\]:*?/\\'“”]", "", caption).strip()[:31].strip()
    name, number = plain, 2
    while name.casefold() in {other.casefold() for other in taken} | {"contents", "notes"}:
        name = f"{plain[:28].strip()} {number}"
        number += 1
    return name


def _formats(book: Any) -> dict[str, Any]:
    number = {"fte": "#,##0.0", "count": "#,##0.0", "number": "#,##0.00", "percent": "0.0%", "money": "#,##0"}
    look = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in number.items()}
    look["text"] = book.add_format({"valign": "top"})
    look["h1"] = book.add_format({"bold": True, "font_size": 16, "font_color": "#005EB8"})
    look["h2"] = book.add_format({"bold": True, "font_size": 12})
    look["quiet"] = book.add_format({"font_color": "#4A5158"})
    look["wrap"] = book.add_format({"text_wrap": True, "valign": "top"})
    look["link"] = book.add_format({"font_color": "#12436D", "underline": 1})
    return look


def _page(book: Any, name: str) -> Any:
    """Add a sheet that prints on A4, as wide as one page."""
    page = book.add_worksheet(name)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    return page


def _contents(book: Any, look: dict[str, Any], report: Report, sheets: Sequence[Sheet]) -> None:
    page = _page(book, "Contents")
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 90)
    page.write(0, 0, report.decision.heading, look["h1"])
    page.write(1, 0, report.title, look["h2"])
    row = 2
    for sentence in (*report.decision.sentences, report.decision.rule):
        page.write(row, 0, sentence, look["quiet"])
        row += 1
    row += 1
    page.write(row, 0, "Sheet", look["h2"])
    page.write(row, 1, "What it shows", look["h2"])
    for sheet in sheets:
        row += 1
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", look["link"], sheet.name, f"Go to {sheet.name}")
        said = sheet.picture.headline if sheet.picture and sheet.drawn else sheet.table.caption
        page.write(row, 1, said, look["wrap"])
        page.set_row(row, 15 * _lines(said, 90))
    page.write_url(row + 1, 0, "internal:'Notes'!A1", look["link"], "Notes", "Go to Notes")
    page.write(row + 1, 1, "What the model leaves out, what is not here, runs, versions and hashes", look["wrap"])


def _write(book: Any, look: dict[str, Any], sheet: Sheet, number: int) -> None:
    page = _page(book, sheet.name)
    table, picture = sheet.table, sheet.picture
    page.write(0, 0, picture.headline if picture and sheet.drawn else table.caption, look["h1"])
    page.write(1, 0, picture.measure if picture else "", look["quiet"])
    page.write(2, 0, picture.note if picture and sheet.drawn else "", look["quiet"])
    heads = _heads(table)
    last = _HEAD + max(1, len(table.rows))
    columns = [{"header": head, "format": look[column.kind]} for head, column in zip(heads, table.columns, strict=True)]
    page.add_table(
        _HEAD, 0, last, len(heads) - 1,
        {"columns": columns, "name": f"Table{number + 1}", "style": "Table Style Light 1", "autofilter": False},
    )  # fmt: skip
    for at, row in enumerate(table.rows, _HEAD + 1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(page, at, place, cell, look[column.kind])
    for place, column in enumerate(table.columns):
        longest = max((len(str(row[place])) for row in table.rows), default=8) if column.kind == "text" else 12
        page.set_column(place, place, min(60, max(longest + 2, min(26, len(heads[place]) + 2), 11 if place else 16)))
    page.freeze_panes(_HEAD + 1, 1)
    if sheet.drawn and picture is not None and picture.native is not None:
        _chart(book, page, sheet, picture, picture.native, heads)


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes in a column that holds so many letters."""
    return -(-len(text) // round(width * 0.92)) or 1


def _cell(page: Any, row: int, column: int, cell: object, look: Any) -> None:
    """Write numbers as numbers, and an empty cell where there is nothing to say."""
    if cell is None or cell != cell:
        page.write_blank(row, column, None, look)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, look)
    else:
        page.write_string(row, column, str(cell), look)


def _heads(table: DataTable) -> list[str]:
    """Return headings with their unit, none twice, as Excel tables want them."""
    heads: list[str] = []
    for column in table.columns:
        head = _with_unit(column, table.currency)
        heads.append(head if head not in heads else f"{head} ({len(heads) + 1})")
    return heads


def _with_unit(column: Column, currency: str) -> str:
    return f"{column.title}, {symbol(currency).strip()}" if column.kind == "money" else column.title


def _chart(book: Any, page: Any, sheet: Sheet, picture: Picture, native: Native, heads: Sequence[str]) -> None:
    drawn = min(len(sheet.table.rows), native.rows or len(sheet.table.rows))
    first, last = _HEAD + 1, _HEAD + drawn
    kind: dict[str, Any] = {"type": native.kind}
    if native.stacked:
        kind["subtype"] = "stacked"
    if native.kind == "scatter":
        kind["subtype"] = "straight_with_markers"
    chart = book.add_chart(kind)
    for series in _series(sheet, native, first, last):
        chart.add_series(series)
    if native.lines:
        chart.combine(_limits(book, sheet, native, first, last))
    chart.set_title({"name": picture.headline[:200], "name_font": {"size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom"} if len(native.series) > 1 or native.by_rows else {"none": True})
    number = {
        "name": native.axis,
        "num_font": {"size": 9},
        "major_gridlines": {"visible": True, "line": {"color": "#E3E6E9"}},
    }
    if native.kind == "bar":
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis(number)
    else:
        chart.set_y_axis(number)
        chart.set_x_axis(
            {"num_font": {"size": 9}, "name": heads[native.categories] if native.kind == "scatter" else ""}
        )
    chart.set_size({"width": 860, "height": 430 if native.kind != "bar" else max(320, 30 * drawn + 140)})
    said = f"{picture.headline}. {picture.alternative}"
    where = 0 if len(heads) > 8 else len(heads) + 1
    row = _HEAD + len(sheet.table.rows) + 2 if where == 0 else _HEAD
    page.insert_chart(row, where, chart, {"description": said[:_LONGEST_ALTERNATIVE], "object_position": 3})


def _series(sheet: Sheet, native: Native, first: int, last: int) -> list[dict[str, Any]]:
    name = sheet.name
    colours = [*native.colours, *FOUR, GREY]
    if native.by_rows:
        left, right = native.series[0], native.series[-1]
        return [
            {
                "name": [name, first + place, native.categories], "categories": [name, _HEAD, left, _HEAD, right],
                "values": [name, first + place, left, first + place, right],
                "line": {"color": colours[place], "width": 2.25, "dash_type": _DASHES[place]},
            }
            for place in range(min(MOST_CATEGORIES, last - first + 1))
        ]  # fmt: skip
    grouped = native.kind == "column" and native.categories == 1
    categories = [name, first, 0 if grouped else native.categories, last, native.categories]
    made = []
    for place, column in enumerate(native.series):
        series: dict[str, Any] = {
            "name": [name, _HEAD, column], "categories": categories, "values": [name, first, column, last, column],
        }  # fmt: skip
        colour = colours[place % len(colours)]
        if native.kind in {"line", "scatter"}:
            series |= {
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            }
        else:
            series |= {"fill": {"color": colour}, "border": {"color": "#767B80"}, "gap": 60}
        made.append(series)
    return made


def _limits(book: Any, sheet: Sheet, native: Native, first: int, last: int) -> Any:
    """Draw the columns named in `lines` as lines over the others."""
    over = book.add_chart({"type": "line"})
    for column in native.lines:
        over.add_series(
            {
                "name": [sheet.name, _HEAD, column],
                "categories": [sheet.name, first, 0, last, native.categories],
                "values": [sheet.name, first, column, last, column],
                "line": {"color": FOUR[2], "width": 2.5},
            }
        )
    return over


def _notes(book: Any, look: dict[str, Any], report: Report) -> None:
    page = _page(book, "Notes")
    page.set_column(0, 0, 60)
    page.set_column(1, 1, 110)
    row = 0
    page.write(row, 0, "Notes", look["h1"])
    blocks: list[tuple[str, list[tuple[str, str]]]] = [
        ("What this model leaves out", [(line, "") for line in report.left_out]),
        ("What looked wrong when the plans were solved", [(line, "") for line in report.queries]),
        ("Not in this workbook", [(one.title, f"made by {one.why}") for one in report.missing]),
        ("What the charts show, in words", [(picture.headline, picture.alternative) for picture in report.pictures]),
    ]
    for origin in report.origins:
        said = [("Run", origin.run_id), ("Versions", origin.versions), ("Command", origin.command), *origin.hashes]
        blocks.append((f"Where the figures come from: {origin.name}", said))
    for heading, lines in blocks:
        if not lines:
            continue
        row += 2
        page.write_string(row, 0, heading, look["h2"])
        for what, text in lines:
            row += 1
            page.write_string(row, 0, what, look["wrap"])
            page.write_string(row, 1, text, look["wrap"])
            page.set_row(row, 15 * max(_lines(what, 60), _lines(text, 110)))
