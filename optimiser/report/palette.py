"""Gives every chart its look: the Analysis Function palette, dark text, and no meaning by colour alone."""

from __future__ import annotations

from typing import Any

BLUE, TEAL, PLUM, ORANGE, GREY = "#12436D", "#28A197", "#801650", "#F46A25", "#BFBFBF"
"""Analysis Function categorical palette and focus grey. Only blue and plum are dark enough for text."""
FOUR = (BLUE, TEAL, PLUM, ORANGE)
INK, QUIET, GRID = "#1B1F24", "#4A5158", "#E3E6E9"
EDGE = "#767B80"
"""Outline that gives the focus grey its 3:1 against white."""
BLUES = ("#E9F0F6", "#12436D")
"""Ends of the ramp for amounts in cells; the numbers stand in them."""

FONT = "Arial, Helvetica, sans-serif"
MOST_CATEGORIES = 4


def ramp(part: float, ends: tuple[str, str] = BLUES) -> str:
    """Return a colour between two ends; `part` runs from 0 to 1."""
    pale, dark = (_channels(code) for code in ends)
    return "#" + "".join(f"{round(low + part * (high - low)):02X}" for low, high in zip(pale, dark, strict=True))


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG reckons it, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """Choose white or black, whichever reads better on the colour: one always has 4.5:1, as ink has not."""
    return max("#FFFFFF", "#000000", key=lambda text: contrast(text, colour))


def _channels(code: str) -> list[int]:
    return [int(code[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(code: str) -> float:
    parts = [channel / 255 for channel in _channels(code)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def themed(specification: dict[str, Any]) -> dict[str, Any]:
    """Give a chart's specification the house look. Chart-wide roles are left to the page, which names each drawing."""
    axis = {
        "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK,
        "gridColor": GRID, "domainColor": EDGE, "tickColor": EDGE, "labelLimit": 260, "titleLimit": 500,
    }  # fmt: skip
    look = {
        "font": FONT, "background": "white", "aria": False, "view": {"stroke": None}, "axis": axis,
        "text": {"fontSize": 13, "color": INK, "font": FONT},
        "header": {"labelFontSize": 14, "labelColor": INK, "labelFontWeight": "bold", "titleFontSize": 13},
        "title": {"fontSize": 14, "color": INK, "anchor": "start", "fontWeight": "bold"},
        "legend": {"labelFontSize": 13, "labelColor": INK, "symbolStrokeWidth": 2, "labelLimit": 280},
    }  # fmt: skip
    given = specification.get("config", {})
    return {**specification, "config": {**look, **{key: value for key, value in given.items() if key != "view"}}}
