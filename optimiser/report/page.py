"""Makes one HTML page with everything in it: no network, no server, and readable without JavaScript."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

from optimiser.report.drawing import svg
from optimiser.report.picture import DataTable
from optimiser.report.report import Progress, Report
from optimiser.text.printable import printable

_PER_CENT = re.compile(r"(?<=\d) %")


def page(report: Report, progress: Progress) -> str:
    """Make the page as text; the same results give the same bytes."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    shelf = files("optimiser.report").joinpath("templates")

    def part(name: str) -> str:
        return shelf.joinpath(name).read_text(encoding="utf-8")

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["table"] = _table
    drawn = {}
    for picture in report.pictures:
        if picture.draw is not None:
            progress(f"drawing: {picture.key}")
            drawn[picture.key] = {size: Markup(svg(picture, size)) for size in ("wide", "narrow")}  # noqa: S704
    made: str = environment.from_string(part("page.html")).render(
        report=report,
        drawn=drawn,
        style=Markup(part("page.css")),  # noqa: S704
        script=Markup(part("slider.js")),  # noqa: S704
        stops=Markup(_inline_json(report.slider.stops)) if report.slider else "",  # noqa: S704
    )
    # A number and its per cent sign stay on one line.
    return _PER_CENT.sub("\u00a0%", printable(made))


def _inline_json(content: Any) -> str:
    """Write JSON that cannot end the script element around it."""
    said = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _table(table: DataTable) -> dict[str, Any]:
    """Return a table as the template wants it: heads and cells with whether they are numbers."""
    kinds = [column.kind != "text" for column in table.columns]
    return {
        "caption": table.caption,
        "heads": list(zip((column.title for column in table.columns), kinds, strict=True)),
        "rows": [list(zip(table.shown(row), kinds, strict=True)) for row in table.rows],
    }
