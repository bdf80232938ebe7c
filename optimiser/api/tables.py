"""Makes pandas DataFrames of result tables, with declared types; pandas is loaded when the first is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.plan.columns import Kind, kind_of
from optimiser.plan.frame import Column, Frame, read_frame

if TYPE_CHECKING:
    from pandas import DataFrame


def plan_table(name: str, columns: Mapping[str, Column]) -> DataFrame:
    """Return a table of a plan: text as str (missing where it does not apply), whole years, numbers as floats."""
    return _frame(columns, {column: kind_of(name, column) for column in columns})


def study_table(frame: Frame) -> DataFrame:
    """Return a table of a study, typed as it is declared."""
    return plan_table(frame.name, frame.columns)


def amount(value: float) -> str:
    """Write a value in a line of text: whole from a thousand up, to six digits below."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}"


def records(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> DataFrame:
    """Return rows as a table with these columns, even where there are no rows."""
    import pandas

    return pandas.DataFrame(list(rows), columns=list(columns))


def table_of_folder(folder: Path, name: str, run_out: bool) -> dict[str, list[str]]:
    """Read a result table of a results folder as text by column; with `run_out`, later years too."""
    columns = read_frame(folder / f"{name}.csv")
    later = folder / "run_out" / f"{name}.csv"
    if run_out and later.is_file():
        more = read_frame(later)
        columns = {column: [*cells, *more[column]] for column, cells in columns.items()}
    return columns


def _frame(columns: Mapping[str, Column], kinds: Mapping[str, Kind]) -> DataFrame:
    import pandas

    return pandas.DataFrame({name: _series(column, kinds[name]) for name, column in columns.items()})


def _series(column: Column, kind: Kind) -> Any:
    import pandas

    cells = list(column)
    if kind == "number":
        # As in the files, no zero has a sign.
        numbers = [float("nan") if _blank(cell) else float(cell) + 0.0 for cell in cells]
        return pandas.Series(numbers, dtype="float64")
    if kind == "year":
        blank = any(map(_blank, cells))
        years = [None if _blank(cell) else int(cell) for cell in cells]
        return pandas.Series(years, dtype="Int64" if blank else "int64")
    return pandas.Series([None if _blank(cell) else str(cell) for cell in cells], dtype="str")


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and cell == "")
