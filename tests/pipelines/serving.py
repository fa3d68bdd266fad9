"""Pages served on this machine, and crawls of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pages import CAREFUL
from tests.pipelines.pages import html_pages

ROOT = Path(__file__).resolve().parents[2]
CYRILLIC = (
    f"<html><body><main><p>{CAREFUL}</p><p>\u041f\u0440\u0438\u0432\u0435\u0442</p></main></body></html>"
)
PIPELINE = "qualityscore.pipelines.scrapy.QualityPipeline"


class Handler(BaseHTTPRequestHandler):
    """``/`` links to two pages, ``/<n>`` is the n-th page, ``/empty`` an empty one, ``/koi8`` one whose encoding only the header tells."""

    pages = list(html_pages().items())

    def do_GET(self) -> None:
        name = self.path.strip("/")
        kind = "text/html; charset=utf-8"
        address, body = "", b""
        if name == "":
            body = b"<a href='/0'>farm</a> <a href='/1'>human</a>"
        elif name == "koi8":
            kind, body = "text/html; charset=koi8-r", CYRILLIC.encode("koi8-r", "replace")
        elif name.isdigit():
            address, text = self.pages[int(name)]
            body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Address", address)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def crawl(
    folder: Path, urls: list[str], form: str = "dict", rows: Sequence[Any] = (), **settings: object
) -> dict[str, Any]:
    given = {"ITEM_PIPELINES": {PIPELINE: 500}, **settings}
    (folder / "job.json").write_text(
        json.dumps({"urls": urls, "form": form, "rows": rows, "settings": given})
    )
    run = subprocess.run(
        [sys.executable, "-m", "tests.pipelines.crawl", str(folder / "job.json"), str(folder / "out.json")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    result: dict[str, Any] = json.loads((folder / "out.json").read_text())
    result["log"] = run.stderr
    return result


def scraped(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["url"]: row["qualityscore"] for row in result["passed"] if "url" in row}
