"""National stocks and volumes of a year: what was counted, carried on by the rates and intakes of the evidence.

Staff follow the staff identity of the optimiser (`optimiser roll` does the same with evidence that is already built);
a volume grows by its growth from the last year that was counted, and shrinks by it before the first.
"""

from __future__ import annotations

from functools import cache

from tools.build_england.figures import FIGURES, ROUTES, Row, text


def completion(route: str) -> float:
    """Share of starters who complete: (1 - attrition a year) to the power of the years."""
    years = FIGURES.number("routes", route, "years")
    return float(pow(1 - FIGURES.number("routes", route, "attrition"), years))


def starts(route: str, year: int) -> float:
    """People who started in a year; where nobody wrote it down, as in the nearest year that is."""
    return FIGURES.in_year("past_starts", route, "starts", year)


def in_training(route: str, year: int) -> float:
    """People on the route in a year, those who have left it taken off year by year."""
    years = int(FIGURES.number("routes", route, "years"))
    return float(sum(starts(route, year - j) * completion(route) ** (j / years) for j in range(years)))


@cache
def staff(role: str, year: int) -> float:
    """FTE of a role in a year, from the year it was counted in. Raises `ValueError` before that year."""
    counted = FIGURES.row("roles", role, "staff_fte")
    if year == int(counted["year"]):
        return float(counted["value"])
    if year < int(counted["year"]):
        raise ValueError(f"{role} was counted in {counted['year']}, after {year}")
    return staff(role, year - 1) * (1 - FIGURES.number("roles", role, "leaver_rate")) + _net(role, year)


def _net(role: str, year: int) -> float:
    """Joiners of a year less those who move on to another role; whoever does not complete goes back."""
    found = 0.0
    for route in ROUTES:
        name = route["route"]
        completers = starts(name, year - int(FIGURES.number("routes", name, "years"))) * completion(name)
        if route["to_role"] == role:
            found += completers * FIGURES.number("routes", name, "fte_per_completer")
        if route["from_role"] == role:
            found -= completers
    return found


def staff_row(role: str, year: int) -> Row:
    """The stock of a year as a figure with its flag: as counted, or weaker where it was carried there."""
    counted = FIGURES.row("roles", role, "staff_fte")
    since, number = int(counted["year"]), float(counted["value"])
    if since == year:
        return counted
    carried = (
        f"{number:,.10g} in {since}/{since % 100 + 1} ({counted['flag']}: {counted['source']}), "
        "carried on by leavers and joiners"
    )
    return counted | {"value": text(round(staff(role, year), 1)), "flag": "assumed", "source": carried}


def volume(task: str, year: int) -> float:
    """Units of a task in a year: counted, or grown from the nearest year that was."""
    known = FIGURES.by_year("demand", task, "volume")
    near = min(known, key=lambda other: (abs(other - year), other))
    return float(known[near]["value"]) * (1 + FIGURES.number("demand", task, "growth")) ** (year - near)
