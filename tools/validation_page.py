"""The tables of docs/validation.md, computed; `python -m tools.validation_page` writes them into the page.

A table follows a comment `<!-- computed: name -->` and runs to the next empty line. The prose around it
is written by hand.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.support.engine import Result, solve_folder
from tests.validation import cases
from tests.validation.published import (
    AMBITION,
    BACKCASTS,
    CENSUSES,
    OBSERVED,
    PIPELINE,
    RADIOLOGY_INTAKES,
    RADIOLOGY_LATER,
    ROOT,
    SPLIT,
    Backcast,
    figure,
)

PAGE = ROOT / "docs" / "validation.md"
MARK = re.compile(r"<!-- computed: (\w+) -->\n((?:\|.*\n)*)")
Table = Callable[[Path], str]


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """A table; the first `words` columns are text, the others numbers."""
    rule = ["---"] * words + ["---:"] * (len(header) - words)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (header, rule, *rows))


def refilled(page: str, tables: Mapping[str, Table], work: Path) -> str:
    """The page with every computed table made anew, in a folder of its own below `work`."""

    def block(match: re.Match[str]) -> str:
        folder = work / match.group(1)
        folder.mkdir()
        return f"<!-- computed: {match.group(1)} -->\n{tables[match.group(1)](folder)}"

    return MARK.sub(block, page)


def _folders(work: Path) -> Iterator[Path]:
    """A fresh folder for each solve."""
    while True:
        yield Path(tempfile.mkdtemp(dir=work))


def _against(model: float, published: float) -> str:
    """How far the model is from what was published: in FTE, and in per cent of it."""
    apart = round(model) - published
    share = round(100 * (model / published - 1), 1)
    return f"{f'{apart:+,.0f}' if apart else '0'} ({f'{share:+.1f}' if share else '0.0'} %)".replace("-", "−")


def _share(value: float, digits: int = 0) -> str:
    return f"{100 * value:.{digits}f} %"


def v1(work: Path) -> str:
    """Closing gaps with the growth that was solved from them."""
    rows = []
    for case, folder in zip(CENSUSES, _folders(work), strict=False):
        gap, share = cases.census(folder, case, case.need_growth, case.stock_growth)
        published = f"{case.closing_gap:,.0f} ({_share(case.closing_share)})"
        name = f"{case.name} {case.year} → {case.year + 5}"
        rows.append([name, published, f"{gap:,.0f} ({_share(share)})", _against(gap, case.closing_gap)])
    return markdown(["case, UK, FTE short", "published", "model", "difference"], rows)


def v1_observed(work: Path) -> str:
    """Closing gaps with one year's published growth instead."""
    rows = []
    for (case, words, need, stock), folder in zip(OBSERVED, _folders(work), strict=False):
        gap, share = cases.census(folder, case, need, stock)
        published = f"{case.closing_gap:,.0f} ({_share(case.closing_share)})"
        cells = [f"{case.name}, {words}", published, f"{gap:,.0f} ({_share(share)})", _against(gap, case.closing_gap)]
        rows.append(cells)
    return markdown(["case to 2028, growth held for five years", "published", "model", "difference"], rows)


def v2(work: Path) -> str:
    """The ambition of the 2017 plan with and without levers."""
    asked = [
        ("pipeline alone, no lever", PIPELINE, None),
        ("with system actions, any number of leavers kept", AMBITION, 1.0),
        ("with system actions, at most 30 % of leavers kept", AMBITION, 0.3),
        ("with system actions, at most 36.3 % of leavers kept", AMBITION, 0.363),
    ]
    rows = []
    for (words, published, kept), folder in zip(asked, _folders(work), strict=False):
        grown = cases.ambition(folder, kept)
        rows.append([words, f"{published:,.0f}", f"{grown:,.0f}", _against(grown, published)])
    split = sum(SPLIT.values())
    later = split - SPLIT["radiology"] + RADIOLOGY_LATER
    rows.append(["split: 316 + 243 + 94 + 628", f"{AMBITION:,.0f}", f"{split:,}", _against(split, AMBITION)])
    rows.append(["split with the later 668 for radiology", f"{AMBITION:,.0f}", f"{later:,}", _against(later, AMBITION)])
    return markdown(["growth of consultants 2016 to 2021, FTE", "published", "model", "difference"], rows)


def v3(work: Path) -> str:
    """The same money with and without more training places, and the cost of closing the whole gap."""
    folders, rows = _folders(work), []
    for last in (2030, 2025):
        for words, money, pay in (("the same £260m a year: FTE-years unmet", 260e6, False),
                                  ("no shortage: £m", None, False),
                                  ("no shortage, pay counted: £m", None, True)):  # fmt: skip
            without, more = (cases.strategy(next(folders), last, places, money, pay) for places in (0, 130))
            extra = sum(more.series("starts", "starts", route="radiology_training")) - 300 * (last - 2020)
            one, two = (_worth(result, money) for result in (without, more))
            better = (f"{two - one:+,.0f}" if round(two - one) else "0").replace("-", "−")
            rows.append([f"2021 to {last}, {words}", f"{one:,.0f}", f"{two:,.0f}", better, f"{extra:,.0f}"])
    header = ["case", "outsourcing and overseas only", "with 130 more places", "difference", "extra starts chosen"]
    return markdown(header, rows)


def _worth(result: Result, money: float | None) -> float:
    plan = result.plan
    return float(plan["cost"]["undiscounted"] / 1e6 if money is None else plan["unmet_fte_years"])


def v4(work: Path) -> str:
    """Stocks of later years at the rates of the England inputs."""
    folders, rows = _folders(work), []
    for case in BACKCASTS:
        runs = [("intakes of the inputs", cases.backcast(next(folders), case))]
        if case.role == "radiologist":
            runs.append(("published intakes", cases.backcast(next(folders), case, RADIOLOGY_INTAKES)))
        for words, found in runs:
            for (when, changes, published), model in zip(case.later, found, strict=True):
                opens = f"{case.title}, {case.opening:,.0f} ({case.opening_year}), {words}"
                rows.append([opens, when, f"{published:,.0f}", f"{model:,.0f}", _against(model, published),
                             *(f"{_joiners(case, changes, stock):,.0f}" for stock in (published, model))])  # fmt: skip
    header = ["stock, England, FTE", "at", "published", "model", "difference", "joiners a year it took", "model's"]
    return markdown(header, rows, words=2)


def _joiners(case: Backcast, changes: int, stock: float) -> float:
    """Joiners a year, FTE, that bring the opening stock to this one at the inputs' leaver rate."""
    stay = 1 - figure("roles", case.role, "leaver_rate")
    return float((stock - case.opening * stay**changes) / sum(stay**k for k in range(changes)))


def v5(work: Path) -> str:
    """Share of endoscopies by clinical endoscopists: arithmetic on the national figures, and two solved plans."""
    staff, rate = figure("roles", "clin_endoscopist", "staff_fte"), figure(
        "productivity", "clin_endoscopist:gi_endoscopy", "rate_before_gap")  # fmt: skip
    volume, published = figure("demand", "gi_endoscopy", "volume"), 0.23
    shares = [("staff × rate ÷ volume, England 2023", staff * rate / volume)]
    place = "west-yorkshire-and-harrogate"
    for option in ("do-nothing", "flat-real"):
        out = work / option
        result = solve_folder(ROOT / "inputs" / place, ROOT / "constraints" / place / f"{option}.yaml", out)
        by_them = result.figure("work", "units", role="clin_endoscopist", task="gi_endoscopy", year=2024)
        asked = result.figure("demand", "volume", task="gi_endoscopy", year=2024)
        shares.append((f"solved, {option}, West Yorkshire and Harrogate, 2024/25", by_them / asked))
    rows = [
        [words, _share(published), _share(share, 1), f"{100 * (share - published):+.1f} points".replace("-", "−")]
        for words, share in shares
    ]
    return markdown(["share of endoscopies", "published", "model", "difference"], rows)


TABLES: Mapping[str, Table] = {
    "v1": v1,
    "v1_observed": v1_observed,
    "v2": v2,
    "v3": v3,
    "v4": v4,
    "v5": v5,
}


def main() -> None:
    """Write the tables of the page again."""
    with tempfile.TemporaryDirectory() as work:
        text = refilled(PAGE.read_text(encoding="utf-8"), TABLES, Path(work))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
