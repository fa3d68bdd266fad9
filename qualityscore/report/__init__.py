"""HTML reports that open from disk: `render` for an audited site, `html_page` for others to build on."""

from __future__ import annotations

from qualityscore.report.page import html_page, safe_json
from qualityscore.report.render import render

__all__ = ["html_page", "render", "safe_json"]
