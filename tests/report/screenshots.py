"""Takes the pictures in ``docs/`` from the invented site: ``python -m tests.report.screenshots``."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from tests.report.browser import Browser, launch
from tests.report.make import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = "#/page/4"
MARK = "document.querySelectorAll('.article-text mark.up .mark')[1].click()"
RIGHT = "const e = document.querySelector('select[name=right]'); e.value = 1; e.dispatchEvent(new Event('change'))"


def shoot(browser: Browser, name: str, height: int) -> None:
    """The top of the page, without the browser around it."""
    clip = {"x": 0, "y": 0, "width": 1280, "height": height, "scale": 1}
    picture = browser.driver.execute_cdp_cmd(
        "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
    )
    path = DOCS / f"{name}.png"
    path.write_bytes(base64.b64decode(picture["data"]))
    assert path.stat().st_size <= 300_000, f"{path.name} is too large"


def take() -> None:
    """All of them, light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder), several=False)
        report = Path(folder) / "report.html"
        browser = launch()
        for look, dark in (("light", False), ("dark", True)):
            browser.open(report, dark=dark)
            browser.until("return document.querySelectorAll('.plot svg').length === 6")
            shoot(browser, f"report-{look}", 1180)
            browser.go(PAGE)
            browser.js(MARK)
            browser.js("document.activeElement.blur()")
            shoot(browser, f"report-page-{look}", 980)
        browser.open(report, "#/pair/0/0")
        browser.js(RIGHT)
        browser.until("return document.querySelectorAll('.pair-side').length === 2")
        shoot(browser, "report-pair-light", 830)
        browser.driver.quit()


if __name__ == "__main__":
    take()
