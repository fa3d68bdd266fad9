"""Where pages come from."""

from qualityscore.sources.files import FileInput, expand, read_page
from qualityscore.sources.inputs import input_items, leads_nowhere, not_all_lost, told_lost
from qualityscore.sources.item import (
    DEFAULT_FIELDS,
    Bookmark,
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
    "DEFAULT_FIELDS",
    "Bookmark",
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
    "input_items",
    "is_several",
    "items_of",
    "leads_nowhere",
    "not_all_lost",
    "read_items",
    "read_page",
    "told_lost",
]
