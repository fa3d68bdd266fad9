"""From a raw page to a `Document` that signals can read."""

from qualityscore.document.blocks import Block, Image, Link, Markup, Metadata, Parsed
from qualityscore.document.document import Document, build_document, parse_page, segment
from qualityscore.document.lines import Line
from qualityscore.document.page import PAGE_KINDS, PAGE_SUFFIXES, Page, PageKind
from qualityscore.document.sentences import Sentence
from qualityscore.document.words import Words

__all__ = [
    "PAGE_KINDS",
    "PAGE_SUFFIXES",
    "Block",
    "Document",
    "Image",
    "Line",
    "Link",
    "Markup",
    "Metadata",
    "Page",
    "PageKind",
    "Parsed",
    "Sentence",
    "Words",
    "build_document",
    "parse_page",
    "segment",
]
