"""A headless Chromium that remembers what a report asked for and complained about."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
Record = dict[str, Any]
# Rows of the table of pages.
ROWS = "table.pages tbody tr:not(.gap)"
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """What the tests do with a report."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, report: Path, hash: str = "", *, dark: bool = False, width: int = 1280) -> None:
        """Load a report from disk and wait until all rows are there."""
        self.logs()
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        self.driver.get(report.as_uri() + hash)
        self.until("return ['yes', 'failed'].includes(document.documentElement.dataset.ready)")

    def js(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def until(self, script: str, *args: Any, seconds: float = 10) -> Any:
        """Wait for a script to return something true."""
        end = time.monotonic() + seconds
        while not (value := self.js(script, *args)):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.02)
        return value

    def go(self, hash: str) -> None:
        """Follow a link inside the report and wait for its view."""
        self.js("location.hash = arguments[0]", hash)
        self.until(
            "return !document.getElementById('detail').hidden && !!document.getElementById('page-title')"
        )

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.js(
            "return [...document.querySelectorAll(arguments[0])].map(n => n.textContent.toWellFormed())",
            selector,
        )
        return found

    def text(self, selector: str) -> str:
        return self.texts(selector)[0]

    def click(self, selector: str) -> None:
        self.js("document.querySelector(arguments[0]).click()", selector)

    def logs(self) -> list[str]:
        """What the console has got since the last call."""
        return [f"{e['level']} {e['message']}" for e in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses asked for since the last call."""
        events = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands, one line each."""
        if not self.js("return !!window.axe"):
            self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
            ".then(r => done(r.violations), e => done([{id: String(e), help: '', nodes: []}]))"
        )
        return [
            f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]} "
            f"{[n.get('failureSummary', '')[:200] for n in v['nodes'][:1]]}"
            for v in found
        ]


def launch() -> Browser:
    """Start it.

    Raises:
        RuntimeError: selenium, Chromium or its driver is missing, or does not start.
    """
    try:
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver import Chrome, ChromeOptions, ChromeService
    except ImportError:
        raise RuntimeError("selenium is missing: it is in the dev extra") from None
    binary = next((path for name in NAMES if (path := shutil.which(name))), None)
    driver_path = shutil.which("chromedriver")
    if binary is None or driver_path is None:
        raise RuntimeError("Chromium and chromedriver are not on the PATH")
    options = ChromeOptions()
    options.binary_location = binary
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        driver = Chrome(options=options, service=ChromeService(driver_path))
    except WebDriverException as error:
        raise RuntimeError(f"Chromium does not start here: {str(error).splitlines()[0]}") from None
    driver.set_script_timeout(120)
    return Browser(driver)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; they skip where there is none."""
    try:
        found = launch()
    except RuntimeError as error:
        pytest.skip(f"browser tests: {error}")
    yield found
    found.driver.quit()


def shown(browser: Browser, key: str) -> list[Any]:
    """A field of the rows that the table shows, in order."""
    found: list[Any] = browser.js(
        "return [...document.querySelectorAll(arguments[0])].map(n => QS.rows[n.dataset.row][arguments[1]])",
        f"{ROWS}[data-row]",
        key,
    )
    return found


def sort(browser: Browser, name: str) -> None:
    browser.js(
        "[...document.querySelectorAll('.sort')].find(b => b.textContent === arguments[0]).click()", name
    )


def choose(browser: Browser, name: str, value: str) -> None:
    browser.js(
        "const e = document.querySelector(`.controls [name=${arguments[0]}]`); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def status(browser: Browser, expected: str) -> None:
    browser.until(
        "return document.querySelector('#pages [role=status]').textContent === arguments[0]", expected
    )
