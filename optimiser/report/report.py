"""Makes a report before it has a form: the decision, the pictures made, those left out, and the origins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from optimiser.report.caveats import LEFT_OUT
from optimiser.report.decision import Decision, decide, report_title
from optimiser.report.picture import LeftOut, Picture
from optimiser.report.pictures import PICTURES
from optimiser.report.provenance import Origin, origins
from optimiser.report.queries import queries
from optimiser.report.report_inputs import Material
from optimiser.report.slider import Slider, slider
from optimiser.text.printable import printable

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Section:
    """Hold pictures that belong together, under one heading."""

    title: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Report:
    """Hold everything the page, the workbook and the paper show."""

    title: str
    decision: Decision
    slider: Slider | None
    sections: tuple[Section, ...]
    missing: tuple[LeftOut, ...]
    origins: tuple[Origin, ...]
    material: Material
    queries: tuple[str, ...] = ()
    """What looked wrong when the plans were solved."""
    left_out: tuple[str, ...] = LEFT_OUT

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return every picture in order."""
        return tuple(picture for section in self.sections for picture in section.pictures)

    def picture(self, key: str) -> Picture | None:
        """Return the picture of that key; None where it could not be made."""
        return next((picture for picture in self.pictures if picture.key == key), None)


def make_report(material: Material, folders: Sequence[Path], progress: Progress) -> Report:
    """Make every picture whose table is there. Raises FaultsFound where a table cannot be read."""
    made: dict[str, list[Picture]] = {}
    missing: list[LeftOut] = []
    for maker in PICTURES:
        progress(maker.title)
        picture = maker.make(material)
        if picture is None:
            missing.append(LeftOut(maker.title, maker.missing))
        else:
            made.setdefault(maker.section, []).append(picture)
    names = {plan.folder: plan.name for plan in material.plans}
    return Report(
        _printable(report_title(material)),
        _printable(decide(material)),
        slider(material),
        tuple(_printable(Section(title, tuple(pictures))) for title, pictures in made.items()),
        tuple(_printable(missing)),
        _printable(origins(folders, names)),
        material,
        queries(material.plans),
    )


Content = TypeVar("Content")


def _printable(content: Content) -> Content:
    """Make all its words printable, however deep: titles in the user's files may hold any character."""
    made: Any = content
    if isinstance(content, str):
        made = printable(content)
    elif isinstance(content, tuple | list):
        made = type(content)(map(_printable, content))
    elif is_dataclass(content) and not isinstance(content, type):
        made = replace(content, **{one.name: _printable(getattr(content, one.name)) for one in fields(content)})
    return cast("Content", made)
