"""Where pages come from."""

from qualityscore.sources.files import FileInput, expand, read_page
from qualityscore.sources.item import (
    CsvOrigin,
    FieldNames,
    Item,
    JsonOrigin,
    Origin,
    ParquetOrigin,
    WarcOrigin,
)
from qualityscore.sources.items import format_of, is_several, items_of, read_items

__all__ = [
    "CsvOrigin",
    "FieldNames",
    "FileInput",
    "Item",
    "JsonOrigin",
    "Origin",
    "ParquetOrigin",
    "WarcOrigin",
    "expand",
    "format_of",
    "is_several",
    "items_of",
    "read_items",
    "read_page",
]
