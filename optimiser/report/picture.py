"""Defines a picture: what it finds, the table it is drawn from, how it is drawn, and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from optimiser.text.wording import amount, fte, money, percent

if TYPE_CHECKING:
    from altair.typing import ChartType

    from optimiser.report.report_inputs import Material

Kind = Literal["text", "fte", "count", "number", "money", "percent"]
Size = Literal["wide", "narrow"]


@dataclass(frozen=True)
class Column:
    """Describe a column of a data table: its heading and what its cells are.

    `percent` cells are shares (0.12); `money` cells are in the currency, not in millions.
    """

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class DataTable:
    """Hold a table as the reader sees it; the cells are unrounded, None where there is nothing to say."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    currency: str = "GBP"

    def shown(self, row: Sequence[Any]) -> list[str]:
        """Write a row as text."""
        return [cell_text(cell, column.kind, self.currency) for cell, column in zip(row, self.columns, strict=True)]


@dataclass(frozen=True)
class Native:
    """Describe how a spreadsheet draws the first table: the categories and the columns that are its series."""

    kind: Literal["bar", "column", "line", "scatter"]
    categories: int
    series: tuple[int, ...]
    stacked: bool = False
    colours: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    """Columns drawn as lines over the columns."""
    by_rows: bool = False
    """True where each row is a series and the columns after `categories` are its points."""
    axis: str = ""
    rows: int | None = None
    """Only so many of the first rows are drawn."""


@dataclass(frozen=True)
class Picture:
    """Hold one finding: `headline` states it from the figures; `alternative` says what the drawing shows."""

    key: str
    headline: str
    measure: str
    """Measure, place and period."""
    tables: tuple[DataTable, ...]
    """The first is what is drawn."""
    alternative: str
    draw: Callable[[Size], ChartType] | None = None
    native: Native | None = None
    sentences: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Name a picture whose table is missing: what it would show, and how to have it."""

    title: str
    why: str


@dataclass(frozen=True)
class Maker:
    """Make one kind of picture: `make` returns None where what it needs is missing."""

    key: str
    title: str
    section: str
    make: Callable[[Material], Picture | None]
    missing: str
    """What makes the table it needs: a sentence."""
    options: Mapping[str, Any] = field(default_factory=dict)


def cell_text(cell: object, kind: Kind, currency: str = "GBP") -> str:
    """Write a cell as people read it; an en dash where there is nothing."""
    if cell is None or cell != cell:
        return "–"
    if not isinstance(cell, int | float) or kind == "text":
        return str(cell)
    if kind == "fte":
        return fte(cell)
    if kind == "money":
        return money(cell, currency)
    if kind == "percent":
        return percent(cell)
    return amount(cell, "") if kind == "number" or abs(cell) >= 0.95 else f"{cell:.1f}".replace("-0.0", "0.0")
