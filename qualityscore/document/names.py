"""What the class and id of an element say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# What the names of an element say about it.
PLAIN, WEAK, STRONG, COMMENTS, MAIN = range(5)

# A name has parts between ``-`` and ``_``; the lists below say which names, or parts of them, mean something.

# Names that begin with these and go on name a topic or a state, not a part of the page ("tag-social-media",
# "has-sidebar", "content-sidebar-wrap").
_TOPICS = (
    "tag category author has no with without content main js topic type format body color text bg".split()
)
_TOPIC_BEGINNINGS = ["page-template-", "page-template_"]
_COMMENT_PARTS = "comment comments commentlist disqus dsq respond replies".split()
_COMMENT_BEGINNINGS = [
    *[f"fb{dash}{what}" for dash in ("", "-", "_") for what in ("comment", "feedback")],
    *[
        f"comment{s}{what}"
        for s in ("", "s")
        for what in "container section area wrap box block thread".split()
    ],
]
_STRONG_PARTS = (
    "nav navbar navigation submenu breadcrumb breadcrumbs footer masthead topbar share sharing sharedaddy "
    "addtoany related recommended recirc newsletter subscribe subscription cookie cookies cookiebanner cookiebar "
    "cookieconsent cookienotice consent gdpr onetrust pagination pager tagcloud skip toolbar login signup authorbox "
    "offcanvas yarpp outbrain taboola adsbygoogle navbox catlinks editsection printfooter trending".split()
)
# The same with or without a digit behind them.
_NUMBERED = ["sidebar", "sidebars"]
_DIGIT = r"\d?"
# These parts, with one behind them that begins so: "most-read", "recent_posts2".
_RANKS = "most recent latest popular more".split()
RANKED = "read popular viewed commented posts stories comments".split()
_STRONG_BEGINNINGS = ["jp-relatedposts", "article-list"]
_STRONG_NAMES = [
    *"sr-only visually-hidden visuallyhidden screen-reader-text side widgets widget-area".split(),
    *[f"right{dash}{what}" for dash in ("", "-", "_") for what in "rail col column bar side".split()],
]
_MAIN_NAMES = [
    *"articlebody field-name-body mw-parser-output markdown-body e-content".split(),
    *[
        f"{template}{what}{dash}{part}"
        for template in ("", "td-")
        for what in "entry post article story single blog-post".split()
        for dash in ("", "-", "_", "__")
        for part in ("content", "body", "text")
    ],
]
_WEAK_PARTS = "menu social popup modal advert adverts ad ads sponsored promo".split()
_WEAK_FIRST = ["widget"]
# The part in front of the last one, if that is a widget: "home-blog-widgets".
_OF_WIDGETS = "footer header blog post posts".split()
_WIDGETS = ["widget", "widgets"]

# The same for the compiled walk: what a name may be, or a part of it, in the order of the bits that `meaning.pxi` has
# for them, and how names may begin.
WORDS = (
    _COMMENT_PARTS, _STRONG_PARTS, _NUMBERED, _WEAK_PARTS, _WEAK_FIRST, _RANKS, _OF_WIDGETS, _WIDGETS,
    _TOPICS, _STRONG_NAMES, _MAIN_NAMES,
)  # fmt: skip
BEGINNINGS = {
    **dict.fromkeys(_TOPIC_BEGINNINGS, PLAIN),
    **dict.fromkeys(_COMMENT_BEGINNINGS, COMMENTS),
    **dict.fromkeys(_STRONG_BEGINNINGS, STRONG),
}


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _part(of: str) -> str:
    return f"(?:^|[_-]){of}(?:$|[_-])"


_OTHER_MEANING = re.compile(f"{_any(_TOPICS)}[_-]|{_any(_TOPIC_BEGINNINGS)}")
_COMMENT_NAME = re.compile(f"{_part(_any(_COMMENT_PARTS))}|^{_any(_COMMENT_BEGINNINGS)}")
_STRONG_NAME = re.compile(
    f"{_part(_any(_STRONG_PARTS))}|{_part(_any(_NUMBERED) + _DIGIT)}|"
    f"(?:^|[_-]){_any(_RANKS)}[_-]{_any(RANKED)}|^{_any(_STRONG_BEGINNINGS)}|^{_any(_STRONG_NAMES)}$"
)
_MAIN_NAME = re.compile(_any(_MAIN_NAMES))
_WEAK_NAME = re.compile(
    f"{_part(_any(_WEAK_PARTS))}|^{_any(_WEAK_FIRST)}(?:$|[_-])|(?:^|[_-]){_any(_OF_WIDGETS)}-{_any(_WIDGETS)}$"
)

KNOWN: dict[str, int] = {}
_MAX_NAMES = 20_000
# Of the class and id of an element, as many characters are read.
MOST_CHARS = 400


def read_names(names: str) -> int:
    """What the class and id of an element say; remembered in `KNOWN`, since a site repeats its names."""
    known = KNOWN.get(names)
    if known is not None:
        return known
    verdict = PLAIN
    for token in names[:MOST_CHARS].lower().split():
        said = _read_name(token)
        if said in (COMMENTS, STRONG):
            verdict = said
            break
        if said == MAIN or verdict == PLAIN:
            verdict = said
    if len(KNOWN) > _MAX_NAMES:
        KNOWN.clear()
    KNOWN[names] = verdict
    return verdict


@lru_cache(maxsize=_MAX_NAMES)
def _read_name(token: str) -> int:
    if _OTHER_MEANING.match(token):
        return PLAIN
    if _COMMENT_NAME.search(token):
        return COMMENTS
    if _STRONG_NAME.search(token):
        return STRONG
    if _MAIN_NAME.fullmatch(token):
        return MAIN
    return WEAK if _WEAK_NAME.search(token) else PLAIN
