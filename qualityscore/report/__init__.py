"""HTML reports that open from disk: `render` for an audited site, `page` for others to build on."""

from __future__ import annotations

from qualityscore.report.page import html_page, safe_json

__all__ = ["html_page", "safe_json"]
