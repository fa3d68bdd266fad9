"""Standard streams, one-line messages, and text that is safe to show."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

# Equal to `qualityscore.verdict.MEANING` (tested); a copy, because importing that one loads numpy.
MEANING = (
    "score is the probability that the page is what content farms publish: mass-produced, automated, "
    "or made for search engines rather than for a reader. It is no proof about an author."
)
# What a terminal may act on or hide: C1 controls, DEL, line separators, bidirectional overrides.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def prepare_streams() -> None:
    """Make output UTF-8 with ``\\n`` line ends everywhere; what UTF-8 cannot say is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def is_terminal(stream: object) -> bool:
    """Whether a stream is a terminal."""
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty is not None and isatty())
    except ValueError:  # closed
        return False


def visible(text: str) -> str:
    """Text on one line in which nothing acts on a terminal: other characters show as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else _escape(c) for c in text)


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def safe_json(text: str) -> str:
    """The same JSON value without raw characters that a terminal acts on."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def say(message: str) -> None:
    """One line on standard error."""
    if sys.stderr is not None:
        # That nobody reads what is said must not end a run: `qualityscore filter … 2>&1 | head`.
        with suppress(OSError):
            sys.stderr.write(f"qualityscore: {visible(' '.join(message.split()))}\n")
            sys.stderr.flush()


def drop_stdout() -> None:
    """Send what is left in the output buffer nowhere: its reader has gone or the disk is full."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError, AttributeError):
        pass
