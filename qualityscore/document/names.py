"""What the class and id of an element say about it."""

from __future__ import annotations

import re
from functools import lru_cache

# What the names of an element say about it.
PLAIN, WEAK, STRONG, COMMENTS, MAIN = range(5)

# Class tokens that name a topic or a state, not a part of the page ("tag-social-media",
# "has-sidebar", "content-sidebar-wrap").
_OTHER_MEANING = re.compile(
    r"(?:tag|category|author|has|no|with|without|content|main|js|topic|type|format|body|color|text|bg|page-template)[_-]"
)
_COMMENT_NAME = re.compile(
    r"(?:^|[_-])(?:comments?|commentlist|disqus|dsq|respond|replies)(?:$|[_-])|"
    r"^(?:fb[_-]?(?:comments?|feedback)|comments?(?:container|section|area|wrap|box|block|thread)s?)"
)
_STRONG_NAME = re.compile(
    r"(?:^|[_-])(?:nav|navbar|navigation|submenu|breadcrumbs?|sidebars?\d?|footer|masthead|topbar|"
    r"share|sharing|sharedaddy|addtoany|related|recommended|recirc|newsletter|subscribe|subscription|"
    r"cookies?|cookie(?:banner|bar|consent|notice)|consent|gdpr|onetrust|pagination|pager|tagcloud|skip|toolbar|"
    r"login|signup|authorbox|offcanvas|yarpp|outbrain|taboola|adsbygoogle|navbox|catlinks|editsection|"
    r"printfooter|trending)(?:$|[_-])|"
    r"^right[_-]?(?:rail|col|column|bar|side)$|^(?:jp-relatedposts|article-list)|"
    r"(?:^|[_-])(?:most|recent|latest|popular|more)[_-](?:read|popular|viewed|commented|posts|stories|comments)|"
    r"^(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|side|widgets|widget-area)$"
)
_WEAK_NAME = re.compile(
    r"(?:^|[_-])(?:menu|social|popup|modal|adverts?|ads?|sponsored|promo)(?:$|[_-])|"
    r"^widget(?:$|[_-])|(?:^|[_-])(?:footer|header|blog|posts?)-widgets?$"
)
_MAIN_NAME = re.compile(
    r"(?:td-)?(?:entry|post|article|story|single|blog-post)(?:[_-]|__)?(?:content|body|text)|articlebody|"
    r"field-name-body|mw-parser-output|markdown-body|e-content"
)

# How what these take for chrome or content begins, at the start of a name or behind ``-`` or ``_``: three letters of
# it, or less. The compiled walk asks `read_names` only about names with such a part.
BEGINNINGS = frozenset(
    "com dis dsq res rep fb nav sub bre sid foo mas top sha add rel rec new coo con gdp one pag tag ski too log sig aut "
    "off yar out tab ad cat edi pri tre rig jp art mos lat pop mor sr vis scr wid men soc mod spo pro hea blo pos td "
    "ent sto sin fie mw mar e".split()
)
KNOWN: dict[str, int] = {}
_MAX_NAMES = 20_000


def read_names(names: str) -> int:
    """What the class and id of an element say; remembered in `KNOWN`, since a site repeats its names."""
    known = KNOWN.get(names)
    if known is not None:
        return known
    verdict = PLAIN
    for token in names[:400].lower().split():
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
