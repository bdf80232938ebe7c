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
    CENSUSES,
    EARLIER,
    HELD_OUT,
    OBSERVED,
    PIPELINE,
    RADIOLOGY_LATER,
    ROOT,
    SPLIT,
    HeldOut,
    figure,
)
from tools.build_england.figures import CENSUS, FIRST
from tools.build_england.national import LEAVE
from tools.build_england.stocks import staff, starts, volume

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
        for words, money, pay in (("the same £280m a year: FTE-years unmet", 280e6, False),
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


def v4_fits(work: Path) -> str:
    """What fits between two published stocks, and what the inputs have."""
    folders, rows = _folders(work), []
    for case in (*HELD_OUT, EARLIER):
        rate = case.fitted == LEAVE
        found = cases.fitted(next(folders), case)
        has = figure("roles", case.role, LEAVE) if rate else _abroad(case)
        words = ("{:.2%}" if rate else "{:,.0f}").format
        years = f"{_label(case.since)} to {_label(case.until)}"
        rows.append([case.title, "leaver rate, a year" if rate else "people from abroad, a year", years,
                     words(found).replace("%", " %"), words(has).replace("%", " %")])  # fmt: skip
    return markdown(["role", "what was fitted", "between the stocks of", "fits", "inputs"], rows, words=3)


def _abroad(case: HeldOut) -> float:
    """The recruits from abroad of the inputs in the first year that was held out."""
    return starts(case.fitted, case.until + 1)


def _label(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def v4(work: Path) -> str:
    """Stocks that were not used, at the rates of the England inputs: each year, and bias and mean error."""
    folders, rows = _folders(work), []
    for case in HELD_OUT:
        later = {
            year: pair for year, pair in cases.back_cast(next(folders), case, case.since).items() if year > case.until
        }
        errors = [model / seen - 1 for seen, model in later.values()]
        for year, (seen, model) in later.items():
            rows.append([case.title, _label(year), f"{seen:,.0f}", f"{model:,.0f}", _against(model, seen), "", ""])
        bias, mean = sum(errors) / len(errors), sum(map(abs, errors)) / len(errors)
        rows[-1][-2:] = [_percent(bias), f"{100 * mean:.1f} %"]
    return markdown(["role", "held out", "published", "model", "difference", "bias", "mean error"], rows, words=2)


def v4_missed(work: Path) -> str:
    """What does not come right, and the joiners it would take."""
    folders, rows = _folders(work), []
    frozen = cases.fitted(next(folders), EARLIER)
    later = cases.back_cast(next(folders), EARLIER, EARLIER.since, frozen)
    said = {year: pair for year, pair in later.items() if year > EARLIER.until}
    runs = [(f"radiologists, {frozen:.0f} a year from abroad as to 2018/19", said, "")]
    for role, title, since in (("gastroenterologist", "gastroenterologists (from 2021 with locums)", 2015),
                               ("histopathologist", "histopathologists (nothing fitted)", 2020)):  # fmt: skip
        case = HeldOut(role, title, LEAVE, since, since)
        found = cases.back_cast(next(folders), case, since)
        runs.append((title, found, f"{cases.needed(next(folders), case, since):,.0f}"))
    for words, found, more in runs:
        for year, (seen, model) in found.items():
            rows.append([words, _label(year), f"{seen:,.0f}", f"{model:,.0f}", _against(model, seen), ""])
        rows[-1][-1] = more or f"{_more(found):,.0f}"
    header = ["role", "at", "published", "model", "difference", "joiners a year it would take besides, FTE"]
    return markdown(header, rows, words=2)


def _more(found: Mapping[int, tuple[float, float]]) -> float:
    """Joiners a year since 2018/19 that close the last gap of radiologists, FTE."""
    last = max(found)
    stay = 1 - figure("roles", EARLIER.role, LEAVE)
    return (found[last][0] - found[last][1]) / sum(stay**k for k in range(last - EARLIER.until))


def _percent(value: float) -> str:
    return f"{100 * value:+.1f} %".replace("-", "−")


def v5(work: Path) -> str:
    """Share of endoscopies by clinical endoscopists: arithmetic on the national figures, and two solved plans."""
    endoscopists, rate = staff("clin_endoscopist", CENSUS), figure(
        "productivity", "clin_endoscopist:gi_endoscopy", "rate_before_gap")  # fmt: skip
    asked, published = volume("gi_endoscopy", CENSUS), 0.23
    shares = [("staff × rate ÷ volume, England 2023/24", endoscopists * rate / asked)]
    place = "west-yorkshire-and-harrogate"
    for option in ("do-nothing", "flat-real"):
        out = work / option
        result = solve_folder(ROOT / "inputs" / place, ROOT / "constraints" / place / f"{option}.yaml", out)
        by_them = result.figure("work", "units", role="clin_endoscopist", task="gi_endoscopy", year=FIRST)
        asked = result.figure("demand", "volume", task="gi_endoscopy", year=FIRST)
        shares.append((f"solved, {option}, West Yorkshire and Harrogate, {_label(FIRST)}", by_them / asked))
    rows = []
    for words, share in shares:
        apart = round(100 * (share - published), 1) or 0.0
        rows.append([words, _share(published), _share(share, 1), f"{apart:+.1f} points".replace("-", "−")])
    return markdown(["share of endoscopies", "published", "model", "difference"], rows)


TABLES: Mapping[str, Table] = {
    "v1": v1,
    "v1_observed": v1_observed,
    "v2": v2,
    "v3": v3,
    "v4_fits": v4_fits,
    "v4": v4,
    "v4_missed": v4_missed,
    "v5": v5,
}


def main() -> None:
    """Write the tables of the page again."""
    with tempfile.TemporaryDirectory() as work:
        text = refilled(PAGE.read_text(encoding="utf-8"), TABLES, Path(work))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
