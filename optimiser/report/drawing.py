"""Turns charts into pictures when the report is made: SVG for the page, PNG for the paper. Nothing is fetched."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from optimiser.report.palette import themed
from optimiser.report.picture import Picture, Size
from optimiser.text.printable import printable

_OPENING = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="([^"]+)"')
_IDENTITY = re.compile(r'(\bid="|url\(#|href="#)')
_TAG = re.compile(r"<[a-z][^>]*>")
_INNER = re.compile(r'\s(?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
"""Roles within: a drawing is one image, and says what it shows as a whole."""
_LONG_NUMBER = re.compile(r"(?<=\d)(\.\d{2})\d+")


def svg(picture: Picture, size: Size) -> str:
    """Draw one SVG element with a title and a description; its ids are unique on a page."""
    import vl_convert

    made: str = vl_convert.vegalite_to_svg(specification(picture, size))
    return _named(made, f"{picture.key}-{size}", picture.headline, picture.alternative)


def png(picture: Picture, scale: float = 2.0) -> bytes:
    """Draw the wide drawing as a bitmap, `scale` times the size of the page's."""
    import vl_convert

    made: bytes = vl_convert.vegalite_to_png(specification(picture, "wide"), scale=scale)
    return made


def specification(picture: Picture, size: Size, validate: bool = False) -> dict[str, Any]:
    """Return the drawing in Vega-Lite, in the house look. Raises ValueError where the picture is not drawn.

    Altair checks every chart against its schema only when asked: that takes longer than the drawing.
    """
    from altair.utils.schemapi import debug_mode

    if picture.draw is None:
        raise ValueError(f"{picture.key} is not drawn")
    with debug_mode(validate):
        made: dict[str, Any] = picture.draw(size).to_dict(validate=validate)
    return themed(_printable(made))


def _printable(content: Any) -> Any:
    """Strip control characters from all its words: on one of those the drawing would end the whole process."""
    if isinstance(content, str):
        return printable(content)
    if isinstance(content, dict):
        return {_printable(key): _printable(value) for key, value in content.items()}
    return [_printable(one) for one in content] if isinstance(content, list | tuple) else content


def _named(made: str, name: str, title: str, description: str) -> str:
    """Replace the SVG's opening tag, so that it says what the drawing is and grows and shrinks with the page."""
    opening = _OPENING.search(made)
    view = _VIEW.search(opening[0]) if opening else None
    if opening is None or view is None:
        raise ValueError(f"{name}: the drawing is no SVG")
    width, height = view[1].split()[2:]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" focusable="false" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="{view[1]}" width="{width}" height="{height}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    )
    inner = _TAG.sub(lambda tag: _INNER.sub("", tag[0]), made[opening.end() :])
    body = _IDENTITY.sub(lambda match: f"{match[1]}{name}-", inner)
    return head + _LONG_NUMBER.sub(r"\1", body)
