"""The page: one file, one h1, everything labelled, every figure that of the tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from optimiser.text.wording import fte, money
from tests.report import results
from tests.support.engine import solve_case

TWO_MB = 2_000_000
VOID = {"meta", "link", "input", "br"}


class Reader(HTMLParser):
    """Elements in order with their attributes, and the text of each table by its caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.captions: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.captions.append("")
            self.rows: list[list[str]] = []
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} closes out of order"
        if tag == "table":
            self.tables.setdefault(self.captions[-1], self.rows)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "caption":
            self.captions[-1] += data
        elif self.open and self.open[-1] in {"th", "td"}:
            self.rows[-1][-1] += data.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(text: str) -> Reader:
    return Reader(text)


def test_the_page_is_one_small_file_that_asks_for_nothing(text: str) -> None:
    """Proves: it works from a shared drive with no network; Sensitivity: one linked font or script is found."""
    assert len(text.encode()) < TWO_MB
    assert not re.search(r"""(?:src|href|action)=["'](?!#|data:,)""", text)
    assert not re.search(r"url\((?!#)|@import", text)
    assert "default-src 'none'" in text


def test_headings_are_in_order_and_there_is_one_h1(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_a_skip_link_and_a_language(read: Reader) -> None:
    tags = [tag for tag, _ in read.elements]
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert dict(read.elements)["html"]["lang"] == "en-GB"
    links = [attributes["href"] for tag, attributes in read.elements if tag == "a"]
    assert links[0] == "#main"
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link} <= set(ids)


def test_every_drawing_says_what_it_is(read: Reader) -> None:
    """Proves: each picture is drawn wide and narrow, and each drawing has a title, a description and a table."""
    from optimiser.report.pictures import PICTURES

    ids = {attributes.get("id") for _, attributes in read.elements}
    drawings = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert len(drawings) == 2 * len(PICTURES)
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert set((drawing["aria-labelledby"] or "").split()) <= ids
    assert all(caption.strip() for caption in read.captions)


def test_every_picture_is_there_and_nothing_is_missing(text: str) -> None:
    from optimiser.report.pictures import PICTURES

    assert [maker.key for maker in PICTURES if f'<article id="{maker.key}"' not in text] == []
    assert "Not in this report" not in text


def test_a_picture_without_its_table_is_named_with_the_command_that_makes_it(plans: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "one.html"
    done = results.run(plans[1], "--out", out)
    assert done.exit_code == 0, done.output
    text = out.read_text(encoding="utf-8")
    for title, command in (
        ("What matters most", "tornado"),
        ("Options at a glance", "compare"),
        ("How the gap closes", "explain"),
    ):
        assert f"<li>{title}: made by optimiser {command}" in text
        assert f"{title} (made by optimiser {command}" in done.stdout
    assert "The plan: Flat cash" in text
    assert 'type="range"' not in text


def test_the_figures_of_the_options_are_those_of_their_records(read: Reader, plans: list[Path]) -> None:
    """Proves: unmet demand, cost and the difference from the first option, reckoned here from the CSV files alone."""
    shown = {row[0]: row for row in read.tables["Options against “Do nothing”"][1:]}
    worth = {}
    for folder, name in zip(plans, ("Do nothing", "Flat cash", "Expansion"), strict=True):
        unmet = sum(float(row["unmet_fte"]) for row in results.rows(folder, "demand"))
        cost = sum(float(row["amount"]) for row in results.rows(folder, "spend"))
        worth[name] = (unmet, cost)
        assert shown[name][2] == fte(unmet)
        assert shown[name][4] == money(cost)
    assert shown["Expansion"][6] == money(worth["Expansion"][1] - worth["Do nothing"][1])
    assert shown["Expansion"][7] == fte(worth["Do nothing"][0] - worth["Expansion"][0])
    assert shown["Do nothing"][6] == "–"


def test_an_fte_year_has_one_cost_both_sides_discounted(read: Reader, plans: list[Path]) -> None:
    """Proves: extra cost ÷ FTE-years less unmet, both at 3.5 % from the first year, reckoned here from the CSV files.

    Sensitivity: with neither side discounted, or only the cost, the figure is another by hundreds of pounds.
    """
    shown = {row[0]: row for row in read.tables["Options against “Do nothing”"]}

    def discounted(folder: Path, table: str, column: str) -> float:
        rows = results.rows(folder, table)
        first = min(int(row["year"]) for row in rows)
        return sum(float(row[column]) / 1.035 ** (int(row["year"]) - first) for row in rows)

    costs = [discounted(folder, "spend", "amount") for folder in plans]
    unmet = [discounted(folder, "demand", "unmet_fte") for folder in plans]
    each = (costs[2] - costs[0]) / (unmet[0] - unmet[2])
    assert shown["Option"][8:12] == [
        "Cost per FTE-year, average", "Cost per FTE-year, each step", "Step from", "Dominated by"
    ]  # fmt: skip
    assert shown["Expansion"][8] == money(each)
    assert shown["Expansion"][12] == fte(unmet[2])
    assert shown["Do nothing"][8] == "–"


def test_the_decision_comes_first_with_status_money_and_what_stays_unmet(text: str, plans: list[Path]) -> None:
    top = re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index('<section id="budget"')])
    unmet = sum(float(row["unmet_fte"]) for row in results.rows(plans[2], "demand"))
    cost = sum(float(row["amount"]) for row in results.rows(plans[2], "spend"))
    last = sum(float(row["unmet_fte"]) for row in results.rows(plans[2], "demand") if row["year"] == "2035")
    for part in (
        "3 options side by side",
        "Expansion",
        "optimal",
        fte(unmet),
        money(cost),
        f"2035/36: {fte(last)} FTE",
    ):
        assert part in top, part


def test_areas_services_and_budgets_add_up(read: Reader, plans: list[Path]) -> None:
    """Proves: the tables under the drawings are the result tables, summed."""
    demand, spend = results.rows(plans[2], "demand"), results.rows(plans[2], "spend")
    total = read.tables["All services, FTE"]
    for row in total[1:]:
        year = row[0][:4]
        assert row[-1] == fte(sum(float(one["unmet_fte"]) for one in demand if one["year"] == year))
    for row in read.tables["Spend by budget and year"][1:]:
        mine = [one for one in spend if one["budget"] == row[0] and one["year"] == row[1][:4]]
        committed = sum(float(one["committed"]) for one in mine)
        assert row[2] == money(committed)
        assert row[3] == money(sum(float(one["amount"]) for one in mine) - committed)


def test_commissions_by_route_are_those_of_the_plan(read: Reader, plans: list[Path]) -> None:
    starts = results.rows(plans[2], "starts")
    row = next(row for row in read.tables["Commissions by route and year"] if row[0] == "Diagnostic radiography degree")
    here = [float(one["commissions"]) for one in starts if one["route"] == "diagnostic_degree"]
    assert [cell.replace(",", "") for cell in row[2:]] == [f"{number:.0f}" for number in here]
    assert row[1] == "59"


def test_the_page_says_run_versions_hashes_and_what_is_left_out(text: str, plans: list[Path]) -> None:
    import hashlib
    import json

    record = json.loads((plans[0] / "plan.json").read_text(encoding="utf-8"))
    for name, value in record["versions"].items():
        assert f"{name} {value}" in text
    hashed = hashlib.sha256((plans[0] / "used" / "inputs" / "roles.csv").read_bytes()).hexdigest()
    assert hashed in text
    assert "What this model leaves out" in text
    runs = re.findall(r"Run ([0-9a-f]{12})\.", text)
    assert len(set(runs)) == len(runs) == 5


def test_the_same_results_give_the_same_bytes(plans: list[Path], tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert results.run(plans[1], "--out", tmp_path / name).exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_names_from_the_files_are_text_and_never_markup(tmp_path: Path) -> None:
    """Proves: a title with a script in it is shown, not run, in the page and in the data of the slider."""
    bad = "<script>alert(1)</script>"
    solved = solve_case(
        tmp_path, {"settings": {"title": bad}, "tasks": f"task,title,unit\nvisit,{bad},visits"}, f"title: '{bad}'\n"
    )
    points = results.frontier(tmp_path / "many")
    for name in ("points", "tables"):
        content = (points / f"{name}.csv").read_text(encoding="utf-8")
        (points / f"{name}.csv").write_text(content.replace("certificate", "</script><b>"), encoding="utf-8")
    out = tmp_path / "page.html"
    done = results.run(solved.folder, points, "--out", out)
    assert done.exit_code == 0, done.output
    text = out.read_text(encoding="utf-8")
    assert bad not in text
    assert "<b>" not in text
    assert text.count("<script") == text.count("</script>") == 2
