"""Where pages come from."""

from qualityscore.sources.files import FileInput, expand, is_several, read_page

__all__ = ["FileInput", "expand", "is_several", "read_page"]
