"""How the tests run: slow ones on request, tests of outside programs skipped by name, never silently in CI."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

for profile, examples in (("house", 100), ("night", 500)):
    settings.register_profile(
        profile, max_examples=examples, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
    )

# Screens are those of `optimiser` itself, whether or not the tests were begun by `uv run`.
os.environ.pop("UV_RUN_RECURSION_DEPTH", None)

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # The tests start some hundred processes. Where Python keeps no bytecode, each would compile what it imports anew,
    # for a second or more: so it is kept for this run alone, away from the sources.
    BYTECODE = tempfile.TemporaryDirectory(prefix="optimiser-tests-bytecode-")
    os.environ["PYTHONPYCACHEPREFIX"] = BYTECODE.name

SLOW_LEFT_OUT = pytest.StashKey[int]()

OTHER_NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "soffice": ("soffice", "libreoffice"),
}
"""Programs that go by several names."""


def tools_are_required() -> bool:
    """True in CI, where a test of an outside program may not be skipped."""
    return any(os.environ.get(name, "").lower() in {"1", "true"} for name in ("CI", "OPTIMISER_TOOLS_REQUIRED"))


def missing_tools(item: pytest.Item) -> list[str]:
    """The programs a test's `tools` marks name that are not on the path."""
    needed = [program for mark in item.iter_markers("tools") for program in mark.args]
    return [name for name in needed if not any(shutil.which(alias) for alias in OTHER_NAMES.get(name, (name,)))]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too")


def pytest_configure(config: pytest.Config) -> None:
    """With the slow tests, Hypothesis tries five times as many cases."""
    settings.load_profile("night" if config.getoption("--slow") else "house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves slow tests out of a plain run; `--slow`, `-m` or naming the test itself brings them in."""
    asked_for = config.getoption("--slow") or config.getoption("-m") or any("::" in arg for arg in config.args)
    slow = [] if asked_for else [item for item in items if item.get_closest_marker("slow")]
    config.stash[SLOW_LEFT_OUT] = len(slow)
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = missing_tools(item)
    if missing and not tools_are_required():
        pytest.skip(f"needs {', '.join(missing)}, which this machine does not have (.ci/run installs it)")
    if missing:
        pytest.fail(f"needs {', '.join(missing)}: .ci/run must install it", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, whatever the reason a test of an outside program gives for skipping, it is a failure."""
    report = yield
    if report.skipped and item.get_closest_marker("tools") and tools_are_required():
        report.outcome = "failed"
        report.longrepr = f"skipped, where outside programs are required: {report.longreprtext}"
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tests run in several processes: each tells the first what it left out."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["slow_left_out"] = session.config.stash.get(SLOW_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process leaves out the same tests."""
    node.config.stash[SLOW_LEFT_OUT] = getattr(node, "workeroutput", {}).get("slow_left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash.get(SLOW_LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(f"{left_out} slow tests left out; `uv run --group dev pytest --slow` runs them too")
