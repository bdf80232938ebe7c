"""The page in a real browser, from a file: no error, no request, keyboard, phone width, axe-core's rules."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report import results
from tests.report.test_page import Reader

pytestmark = pytest.mark.tools("chromium", "chromedriver")

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1100,900",
)  # fmt: skip
AXE = "OPTIMISER_AXE"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Chromium with an empty profile, keeping a log of everything it asks for."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    options.binary_location = next(found for name in names if (found := shutil.which(name)))
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, page: Path) -> Any:
    """The whole report, freshly opened at desktop width."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.get("about:blank")
    browser.get_log("performance")  # what the browser asked for at its own start is not the page's
    browser.get(page.as_uri())
    return browser


def text_of(browser: Any, element: str) -> str:
    return str(browser.find_element("id", element).text)


def test_no_error_and_no_request(opened: Any, page: Path) -> None:
    """Proves: the page asks for nothing but itself, whatever is opened on it."""
    for summary in opened.find_elements("css selector", "summary"):
        opened.execute_script("arguments[0].click()", summary)
    assert [entry for entry in opened.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}] == []
    asked = []
    for entry in opened.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"].partition("#")[0])
    asked = [url for url in asked if not url.startswith("data:")]
    assert asked
    assert set(asked) == {page.as_uri()}


def test_the_slider_moves_by_keyboard_and_shows_what_was_solved(opened: Any) -> None:
    """Proves: each stop shows the figures of its point in tables.csv; Sensitivity: the neighbour's would differ."""
    from selenium.webdriver.common.keys import Keys

    slider = opened.find_element("id", "slider-stop")
    assert "100 %" in text_of(opened, "slider-money")
    assert (text_of(opened, "slider-unmet"), text_of(opened, "slider-cost")) == ("20 FTE-years", "£9.0m")
    assert [cell.text for cell in opened.find_elements("css selector", "[data-route]")] == ["21", "3.5"]
    slider.send_keys(Keys.ARROW_RIGHT)
    assert text_of(opened, "slider-money").startswith("£3.00m a year (150 %")
    assert (text_of(opened, "slider-unmet"), text_of(opened, "slider-cost")) == ("10 FTE-years", "£12.0m")
    assert [cell.text for cell in opened.find_elements("css selector", "[data-route]")] == ["32", "5.5"]
    slider.send_keys(Keys.HOME)
    assert text_of(opened, "slider-money").startswith("£1.60m a year (80 %")
    assert text_of(opened, "slider-unmet") == "30 FTE-years"
    assert slider.get_attribute("aria-valuetext") == "£1.60m a year"
    said = opened.execute_script("return document.getElementById('slider-said').textContent")
    assert said == "£1.60m a year: 30 FTE-years unmet, cost £8.0m"


def test_the_skip_link_and_the_tables_work_by_keyboard(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.find_element("tag name", "body").send_keys(Keys.TAB)
    link = opened.switch_to.active_element
    assert link.get_attribute("class") == "skip"
    assert link.is_displayed()
    link.send_keys(Keys.ENTER)
    assert opened.switch_to.active_element.get_attribute("id") == "main"
    summary = opened.find_element("css selector", "#demand summary")
    table = opened.find_element("css selector", "#demand table")
    assert not table.is_displayed()
    summary.send_keys(Keys.ENTER)
    assert table.is_displayed()
    region = opened.find_element("css selector", "#demand .scroll")
    assert region.get_attribute("tabindex") == "0"


def test_what_is_shown_is_what_the_tables_of_the_plan_say(opened: Any, plans: list[Path]) -> None:
    """Proves: the browser shows the unmet demand of demand.csv, year by year."""
    from optimiser.text.wording import fte

    opened.find_element("css selector", "#demand summary").click()
    shown = opened.find_elements("css selector", "#demand table:first-of-type tbody tr")
    demand = results.rows(plans[2], "demand")
    years = {one["year"] for one in demand}
    assert len(shown) >= len(years) > 1
    for row in shown[: len(years)]:
        cells = [cell.text for cell in row.find_elements("css selector", "th, td")]
        assert cells[-1] == fte(sum(float(one["unmet_fte"]) for one in demand if one["year"] == cells[0][:4]))


def test_it_fits_a_phone(opened: Any) -> None:
    """Proves: at 360 pixels only tables scroll sideways, in their own frame, and drawings stay legible."""
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    )
    width = opened.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360
    shown = opened.execute_script(
        "return [...document.querySelectorAll('figure svg')].filter(one => one.getBoundingClientRect().width > 0)"
        ".map(one => [one.getBoundingClientRect().width, one.viewBox.baseVal.width])"
    )
    assert len(shown) == len(opened.find_elements("css selector", "figure"))
    # Letters of 13 pixels are drawn at no less than nine.
    assert [pair for pair in shown if pair[0] / pair[1] < 9 / 13] == []


def test_without_scripts_every_solved_budget_is_in_a_table(opened: Any, page: Path) -> None:
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    opened.get(page.as_uri())
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert not opened.find_element("id", "slider-stop").is_displayed()
    table = opened.find_element("css selector", "#budget-table table")
    assert table.is_displayed()
    rows = Reader(page.read_text(encoding="utf-8")).tables["Solved budgets for training"]
    assert [row[:4] for row in rows[1:]] == [
        ["80 %", "£1.6m", "30", "£8.0m"], ["100 %", "£2.0m", "20", "£9.0m"], ["150 %", "£3.0m", "10", "£12.0m"],
    ]  # fmt: skip


def test_it_prints_on_a4(opened: Any) -> None:
    """Proves: the page comes out on A4 sheets, with every drawing and without navigation."""
    import base64

    printed = opened.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    content = base64.b64decode(printed["data"])
    assert content.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in content or b"/MediaBox [0 0 595" in content


@pytest.mark.parametrize("width", [360, 1100])
def test_axe_finds_nothing(opened: Any, width: int) -> None:
    """Proves: axe-core's WCAG 2.2 A and AA rules hold, at phone and desktop width, with every table open."""
    script = os.environ.get(AXE)
    if not script or not Path(script).is_file():
        pytest.skip(f"needs axe-core: npm install axe-core, and {AXE} naming its axe.min.js (.ci/run does both)")
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    opened.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    # The page's own policy keeps scripts out; axe comes in beside it.
    opened.execute_script(Path(script).read_text(encoding="utf-8"))
    opened.set_script_timeout(120)
    found = opened.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(result => done([result.passes.length, result.violations.map(one => [one.id, one.help,"
        " one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))])]))"
    )
    passes, violations = found
    assert violations == []
    assert passes > 20
