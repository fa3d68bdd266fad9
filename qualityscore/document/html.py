"""HTML to blocks: one Lexbor tree, one walk over it.

Main content is what is left after three passes over the walk's text runs: elements that are
chrome by tag, role or class name; everything outside the page's main element (``main``,
``article`` or a class like ``entry-content``) where that holds most of the words; and short
blocks made of links. A class name is a hint, not a proof: an element that only its name calls
chrome stays when little would be left without it. Comments are chrome, unless the page is a forum.
"""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from qualityscore.document.blocks import BlockKind, Image, Link, Markup, Parsed, RawBlock
from qualityscore.document.metadata import Head
from qualityscore.errors import LimitExceeded
from qualityscore.limits import Limits

_SKIP = frozenset(
    "script style noscript template svg iframe object video audio canvas select button input "
    "textarea map math datalist progress meter frameset dialog title meta link".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search "
    "section summary table tbody tfoot thead tr ul caption br".split()
)
_CELLS = frozenset(("td", "th"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_MAIN_TAGS = frozenset(("main", "article"))
_CHROME_TAGS = frozenset(("nav", "footer", "aside"))
_CHROME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "alertdialog")
)
# Elements whose class or id may call them chrome.
_NAMED = frozenset("div section ul ol li aside header footer nav span table form dl main article".split())
# Elements whose attributes are read: the ones above and those that authors hide.
_READ = _NAMED | frozenset("p h1 h2 h3 h4 h5 h6 td".split())
_SPEAKING = _READ | frozenset(("a", "img", "amp-img", "html", "time"))
_LISTS = frozenset(("ul", "ol"))

# What the names of an element say about it.
_PLAIN, _WEAK, _STRONG, _COMMENTS, _MAIN = range(5)

# Class tokens that name a topic or a state, not a part of the page ("tag-social-media",
# "has-sidebar", "content-sidebar-wrap").
_OTHER_MEANING = re.compile(
    r"(?:tag|category|author|has|no|with|without|content|main|js|topic|type|format|body|color|text|bg|page-template)[_-]"
)
_COMMENT_NAME = re.compile(r"(?:^|[_-])(?:comments?|commentlist|disqus|dsq|respond|replies)(?:$|[_-])")
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
_FORUM_MARKS = (
    "DiscussionForumPosting", "schema.org/QAPage", "phpBB", "vBulletin", "XenForo", "xenforo", "Discourse",
    "vanillaforums", "vanillicon", "NodeBB", "Invision", "viewtopic.php", "showthread.php",
)  # fmt: skip
_FORUM_ADDRESS = re.compile(
    r"/(?:forums?|threads?|topics?|t|viewtopic|showthread|discussions?|questions|comments)[/.?]|//(?:forums?|community|discuss)\."
)
_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?![.\d])|"
    r"(?:text-indent|left|top)\s{0,3}:\s{0,3}-\d{3,}"
)
_INLINE_SCRIPT_CHARS = 20_000
_INLINE_SCRIPT_EACH = 2_000
_LINK_TEXT = 200

# Lexbor takes time quadratic in the depth of open elements and in the attributes of one tag.
_MAX_OPEN = 4_000
_MANY_TAGS = 8_000
_MAX_ATTRIBUTES = 5_000
_LONG_TAG = 16_384
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})")
_NEVER_OPEN = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th option optgroup "
    "thead tbody tfoot colgroup html head body script style title textarea rp rt a button nobr".split()
)
_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*)?)?")

# A cell's border inside a row; the parser drops NUL from the source.
_CELL = "\0"


class _State:
    """What an element hands down to its children."""

    __slots__ = ("bold", "chrome", "hidden", "kids", "kind", "level", "link", "lists", "main")

    def __init__(self, of: _State | None = None) -> None:
        if of is None:
            self.chrome = 0  # 0 none, else index into the list of chrome roots
            self.main = 0  # bits: 1 inside an element named like main content, 2 in a main element
            self.kind: BlockKind = "paragraph"
            self.level = self.lists = 0
            self.bold = self.link = self.hidden = False
        else:
            self.chrome, self.main, self.kind, self.level = of.chrome, of.main, of.kind, of.level
            self.bold, self.link, self.hidden, self.lists = of.bold, of.link, of.hidden, of.lists
        self.kids: dict[str, _State] = {}


class _Run:
    """A finished block of the walk, before main content is decided."""

    __slots__ = ("bold_lead", "chrome", "kind", "level", "link_chars", "main", "text")

    def __init__(self, text: str, state: _State, bold_lead: int, link_chars: int) -> None:
        self.text = text
        self.kind, self.level, self.chrome, self.main = state.kind, state.level, state.chrome, state.main
        self.bold_lead = min(bold_lead, len(text))
        self.link_chars = min(link_chars, len(text))


_OPTION = re.compile(r"<(/?)(?:option|optgroup)(?=[\s/>])", re.I)


def parse_html(source: str, limits: Limits) -> Parsed:
    """Parse an HTML page into main-content blocks, chrome text, metadata and markup facts.

    Raises:
        LimitExceeded: more than ``limits.max_nodes`` DOM nodes, elements open inside each other
            or attributes of one tag than the parser can take.
    """
    _check_cost(source)
    # Lexbor of selectolax 0.4.9 to 1.0.2 corrupts its heap on many options outside a select and takes
    # quadratic time inside one. A select is no text anyway, so its options are made void elements.
    tree = LexborHTMLParser(_OPTION.sub(r"<\1wbr", source))
    walker = _Walker(limits)
    root = tree.root
    if root is not None:
        walker.walk(root)
    head = walker.head
    keep = walker.main_content(source)
    json_ld = head.json_ld()
    meta = head.metadata(json_ld, walker.first_heading(keep))
    runs, is_main = walker.runs, walker.is_main
    markup = Markup(
        size=len(source),
        visible_chars=sum([len(run.text) for run in runs]),
        hidden_chars=sum(map(len, walker.hidden)),
        hidden_text=" ".join(walker.hidden)[:2000],
        tags=walker.tags,
        scripts=tuple(head.scripts),
        inline_script="\n".join(walker.inline_scripts),
        iframes=tuple(walker.iframes),
        links=tuple([Link(h, t, r, is_main(c, m)) for h, t, r, c, m in walker.links]),
        images=tuple([Image(s, a, is_main(c, m)) for s, a, c, m in walker.images]),
        json_ld=json_ld,
        semantic_main=walker.semantic_main,
    )
    blocks = [
        RawBlock(run.kind, run.text, run.level, run.bold_lead, run.link_chars)
        for run, kept in zip(runs, keep, strict=True)
        if kept
    ]
    chrome = tuple([run.text for run, kept in zip(runs, keep, strict=True) if not kept])
    return Parsed(tuple(blocks), chrome, meta, markup)


def _check_cost(source: str) -> None:
    """Refuse a page that would keep the parser busy for minutes."""
    if source.count("<") > _MANY_TAGS:
        depth = 0
        opened: dict[str, int] = {}
        for close, written in _ANY_TAG.findall(source):
            tag = written.lower()
            if tag in _NEVER_OPEN:
                continue
            if close:
                # A stray end tag closes nothing.
                if opened.get(tag):
                    opened[tag] -= 1
                    depth -= 1
            else:
                opened[tag] = opened.get(tag, 0) + 1
                depth += 1
                if depth > _MAX_OPEN:
                    raise LimitExceeded(f"page has more than {_MAX_OPEN:,} elements inside each other")
    if len(source) < _LONG_TAG:
        return
    at, size = 0, len(source)
    while at + _LONG_TAG < size:
        close = source.rfind(">", at, at + _LONG_TAG)
        if close >= 0:
            at = close + 1
            continue
        end = source.find(">", at)
        end = size if end < 0 else end
        start = source.rfind("<", 0, end) + 1
        in_script = source.rfind("<script", 0, end) > source.rfind("</script", 0, end)
        if start and not in_script and _attributes(source, start, end) > _MAX_ATTRIBUTES:
            raise LimitExceeded(f"a tag has more than {_MAX_ATTRIBUTES:,} attributes")
        at = end + 1


def _attributes(source: str, start: int, end: int) -> int:
    count = 0
    if not source[start : start + 1].isalpha():
        return 0
    while start < end and count <= _MAX_ATTRIBUTES:
        match = _ATTRIBUTE.match(source, start)
        if match is None or match.end() == start:
            break
        start = match.end()
        count += 1
    return count


_NAMES: dict[str, int] = {}
_MAX_NAMES = 20_000


def _read_names(names: str) -> int:
    """What the class and id of an element say; remembered, since a site repeats its names."""
    known = _NAMES.get(names)
    if known is not None:
        return known
    verdict = _PLAIN
    for token in names[:400].lower().split():
        if _OTHER_MEANING.match(token):
            continue
        if _COMMENT_NAME.search(token):
            verdict = _COMMENTS
            break
        if _STRONG_NAME.search(token):
            verdict = _STRONG
            break
        if _MAIN_NAME.fullmatch(token):
            verdict = _MAIN
        elif verdict == _PLAIN and _WEAK_NAME.search(token):
            verdict = _WEAK
    if len(_NAMES) > _MAX_NAMES:
        _NAMES.clear()
    _NAMES[names] = verdict
    return verdict


class _Walker:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.head = Head()
        self.runs: list[_Run] = []
        self.links: list[tuple[str, str, str, int, int]] = []
        self.images: list[tuple[str, str, int, int]] = []
        self.inline_scripts: list[str] = []
        self.iframes: list[str] = []
        self.hidden: list[str] = []
        self.tags: dict[str, int] = {}
        # Why each chrome root is chrome: _WEAK, _STRONG, _COMMENTS, or 0 by tag or role; the first is no root.
        self.roots = [0]
        self.firm: set[int] = set()  # roots that are chrome whatever they hold
        self.rescued: set[int] = {0}
        self.mask = 0  # bits of ``main`` of which a run of the article has one; 0 if it need not
        self.semantic_main = False
        self._script_room = _INLINE_SCRIPT_CHARS
        self._pieces: list[str] = []
        self._link_chars = 0
        self._bold_lead = 0
        self._in_lead = True

    def walk(self, root: Any) -> None:
        """Depth first without recursion; a frame is (next sibling, state outside, whether a block ends)."""
        stack: list[tuple[Any, _State, bool]] = []
        state = _State()
        node = root
        nodes = 0
        max_nodes, max_depth = self.limits.max_nodes, self.limits.max_depth
        tags = self.tags
        pieces, flush, add_text, by_tag = self._pieces, self._flush, self._text, _by_tag
        while True:
            if node is None:
                if not stack:
                    break
                node, outer, block = stack.pop()
                if pieces and (block or outer.chrome != state.chrome):
                    flush(state)
                state = outer
                continue
            nodes += 1
            if nodes > max_nodes:
                raise LimitExceeded(f"page has more than {max_nodes:,} DOM nodes")
            tag = node.tag
            if tag == "-text":
                text = node.text_content
                if text and (pieces or not text.isspace()):
                    add_text(text, state)
                node = node.next
                continue
            block = tag in _BLOCK
            if not block:
                if tag in _SKIP:
                    tags[tag] = tags.get(tag, 0) + 1
                    self._skipped(node, tag)
                    node = node.next
                    continue
                if tag is None or tag[0] in "-!":
                    node = node.next
                    continue
            tags[tag] = tags.get(tag, 0) + 1
            if pieces:
                if block:
                    flush(state)
                elif tag in _CELLS:
                    pieces.append(_CELL)
            if tag in _SPEAKING:
                inner = self._enter(node, tag, state)
            else:
                inner = state.kids.get(tag) or by_tag(tag, state)
            child = node.child
            if child is None:
                node = node.next
            elif len(stack) < max_depth:
                stack.append((node.next, state, block))
                node, state = child, inner
            else:
                add_text(node.text(deep=True), inner)
                if block and pieces:
                    flush(inner)
                node = node.next
        if pieces:
            flush(state)

    def _enter(self, node: Any, tag: str, state: _State) -> _State:
        if tag in _READ:
            attributes = node.attributes
            if attributes or tag in _MAIN_TAGS:
                changed = self._read_attributes(tag, attributes, state)
                if changed is not None:
                    return _by_tag(tag, changed)
            if tag in _CHROME_TAGS or tag == "header":
                return self._chrome_tag(tag, state)
            return _by_tag(tag, state)
        if tag == "a":
            return self._link(node, state)
        if tag == "img" or tag == "amp-img":
            attributes = node.attributes
            src = attributes.get("src") or ""
            if not src or src.startswith("data:"):
                src = attributes.get("data-src") or attributes.get("data-lazy-src") or src
            self.images.append((src[:2000], attributes.get("alt") or "", state.chrome, state.main))
            return state
        if tag == "html":
            self.head.language = node.attributes.get("lang") or ""
        elif tag == "time":
            self.head.time(node.attributes.get("datetime") or "")
        return state

    def _link(self, node: Any, state: _State) -> _State:
        attributes = node.attributes
        href = attributes.get("href")
        if not href:
            return state
        child = node.child
        if child is None:
            text = ""
        elif child.tag == "-text" and child.next is None:
            text = child.text_content or ""
        else:
            text = node.text(deep=True)
        self.links.append(
            (href[:2000], text[:_LINK_TEXT].strip(), attributes.get("rel") or "", state.chrome, state.main)
        )
        style = attributes.get("style")
        if style and _HIDDEN_STYLE.search(style[:500].lower()):
            state = _State(state)
            state.hidden = True
        if href[0] == "#" and state.kind == "heading":
            # A heading that links to itself is no navigation.
            return state
        return _by_tag("a", state)

    def _read_attributes(self, tag: str, attributes: dict[str, str | None], state: _State) -> _State | None:
        """The state inside an element whose attributes say something; ``None`` if they do not."""
        chrome, main, hidden = state.chrome, state.main, state.hidden
        style = attributes.get("style")
        if "hidden" in attributes or (style and _HIDDEN_STYLE.search(style[:500].lower())):
            hidden = True
        if (
            tag in _MAIN_TAGS
            or attributes.get("role") == "main"
            or attributes.get("itemprop") == "articleBody"
        ):
            main |= 2
            self.semantic_main = True
        if tag in _NAMED:
            names = attributes.get("class") or ""
            identity = attributes.get("id")
            if identity:
                names = f"{names} {identity}"
            verdict = _read_names(names) if names else _PLAIN
            if verdict == _MAIN:
                main |= 1
                if chrome and self.roots[chrome] == _WEAK:
                    chrome = 0
            elif chrome == 0:
                if attributes.get("role") in _CHROME_ROLES:
                    chrome = self._root(0, firm=True)
                elif verdict == _WEAK:
                    # Page builders call each part of an article a widget.
                    chrome = 0 if main & 1 or tag in _MAIN_TAGS else self._root(verdict)
                elif verdict and (
                    # A post is called by its tags and topics; a comment is an article too.
                    verdict == _COMMENTS if tag in _MAIN_TAGS else tag != "span" or not self._pieces
                ):
                    chrome = self._root(verdict)
        if chrome == 0 == state.chrome and (tag in _CHROME_TAGS or tag == "header"):
            chrome = self._chrome_tag(tag, state).chrome
        if chrome == state.chrome and main == state.main and hidden == state.hidden:
            return None
        inner = _State(state)
        inner.chrome, inner.main, inner.hidden = chrome, main, hidden
        return inner

    def _chrome_tag(self, tag: str, state: _State) -> _State:
        # The header of an article holds its title; that of the page its name and menu.
        if state.chrome or (tag == "header" and state.main):
            return state
        inner = _State(state)
        inner.chrome = self._root(0, firm=tag == "nav")
        return inner

    def _root(self, why: int, firm: bool = False) -> int:
        self.roots.append(why)
        if firm:
            self.firm.add(len(self.roots) - 1)
        return len(self.roots) - 1

    def _text(self, text: str, state: _State) -> None:
        if state.hidden:
            if not text.isspace():
                self.hidden.append(text.strip())
            return
        pieces = self._pieces
        pieces.append(text)
        if state.kind == "code":
            return
        if state.link:
            self._link_chars += len(text.strip())
        if self._in_lead:
            if state.bold:
                self._bold_lead += len(text)
            elif not text.isspace():
                self._in_lead = False

    def _flush(self, state: _State) -> None:
        pieces = self._pieces
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        if state.kind == "code":
            lines = [line.rstrip() for line in raw.replace(_CELL, "").split("\n")]
            self.runs.extend(_Run(line, state, 0, 0) for line in lines if line)
        else:
            text = _collapse(raw)
            if text:
                self.runs.append(_Run(text, state, self._bold_lead, self._link_chars))
        self._link_chars = 0
        self._bold_lead = 0
        self._in_lead = True

    def _skipped(self, node: Any, tag: str) -> None:
        if tag == "script":
            attributes = node.attributes
            src = attributes.get("src")
            kind = attributes.get("type") or ""
            if src:
                self.head.scripts.append(src[:2000])
            elif "ld+json" in kind:
                self.head.add_json_ld(node.text(deep=True))
            elif self._script_room > 0:
                text = node.text(deep=True)[: min(self._script_room, _INLINE_SCRIPT_EACH)]
                self._script_room -= len(text)
                self.inline_scripts.append(text)
        elif tag == "iframe":
            self.iframes.append((node.attributes.get("src") or "")[:2000])
        elif tag == "meta":
            self.head.meta(node.attributes)
        elif tag == "link":
            self.head.link(node.attributes)
        elif tag == "title":
            self.head.title = self.head.title or " ".join(node.text(deep=True).split())

    def is_main(self, chrome: int, main: int) -> bool:
        """Whether what stands there is main content."""
        return chrome in self.rescued and (not self.mask or main & self.mask != 0)

    def first_heading(self, keep: list[bool]) -> str:
        """The first heading of the main content, the title of last resort."""
        for run, kept in zip(self.runs, keep, strict=True):
            if kept and run.kind == "heading":
                return run.text
        return ""

    def main_content(self, source: str) -> list[bool]:
        """Whether each run is main content."""
        runs = self.runs
        chars = dict.fromkeys(range(len(self.roots)), 0)
        for run in runs:
            chars[run.chrome] += _prose_chars(run)
        self._rescue(chars, source)
        rescued = self.rescued
        outside = sum([size for root, size in chars.items() if root in rescued])
        for mask in (2, 3):
            main = sum([_prose_chars(run) for run in runs if run.main & mask and run.chrome in rescued])
            if (main >= 600 or 2 * main > outside > 0) and 10 * main > 3 * outside:
                self.mask = mask
                break
        keep = [self.is_main(run.chrome, run.main) and not _is_menu(run) for run in runs]
        self._keep_title(keep)
        self._drop_teasers(keep)
        return keep

    def _rescue(self, chars: dict[int, int], source: str) -> None:
        total, outside = sum(chars.values()), chars[0]
        comments = sum([size for root, size in chars.items() if self.roots[root] == _COMMENTS])
        if comments and (outside < 250 or self._is_forum(source)):
            self.rescued.update([root for root, why in enumerate(self.roots) if why == _COMMENTS])
            outside += comments
        for root, size in chars.items():
            if root and 2 * size > total and root not in self.firm and self.roots[root] != _COMMENTS:
                by_name = self.roots[root] != 0
                if outside < 600 or (by_name and size > 4 * outside):
                    self.rescued.add(root)

    def _is_forum(self, source: str) -> bool:
        if any(_FORUM_ADDRESS.search(address) for address in self.head.addresses()):
            return True
        return any(mark in source for mark in _FORUM_MARKS)

    def _keep_title(self, keep: list[bool]) -> None:
        """The ``h1`` that the title repeats is content wherever the template puts it."""
        title = _plain(self.head.title)
        for i, run in enumerate(self.runs):
            if run.kind == "heading" and run.level == 1:
                if keep[i]:
                    return
                text = _plain(run.text)
                if len(text) > 8 and title.startswith(text) and run.chrome not in self.firm:
                    keep[i] = True
                    return

    def _drop_teasers(self, keep: list[bool]) -> None:
        """Headings that are links, with no text under them, are a list of other pages."""
        following: _Run | None = None
        for i in range(len(keep) - 1, -1, -1):
            if not keep[i]:
                continue
            run = self.runs[i]
            if run.kind == "heading" and run.level > 1 and 10 * run.link_chars > 7 * len(run.text):
                if following is None or following.kind == "heading" or len(following.text) < 40:
                    keep[i] = False
                    continue
            following = run


def _by_tag(tag: str, state: _State) -> _State:
    """The state inside an element by its tag alone, made once for each state and tag."""
    known = state.kids.get(tag)
    if known is not None:
        return known
    inner = state
    if tag in _DERIVED:
        inner = _State(state)
        if tag in _HEADINGS:
            inner.kind, inner.level = "heading", _HEADINGS[tag]
        elif tag == "li":
            inner.kind, inner.level = "item", max(state.lists, 1)
        elif tag in _LISTS:
            inner.lists += 1
        elif tag == "a":
            inner.link = True
        elif tag in ("b", "strong"):
            inner.bold = True
        else:
            inner.kind, inner.level = _KINDS[tag], 0
    state.kids[tag] = inner
    return inner


_KINDS: dict[str, BlockKind] = {"tr": "row", "blockquote": "quote", "pre": "code"}
_DERIVED = frozenset((*_HEADINGS, *_LISTS, *_KINDS, "li", "a", "b", "strong"))
_WHITE = re.compile("[ \t\n\r\f]+")


def _collapse(text: str) -> str:
    """Collapse white space as a browser does; a tab separates the cells of a row."""
    if _CELL in text:
        return "\t".join(map(_collapse, text.split(_CELL))).strip("\t")
    if text.isascii():
        return " ".join(text.split())
    return _WHITE.sub(" ", text).strip(" ")


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _is_menu(run: _Run) -> bool:
    """A short block made of links."""
    size = len(run.text)
    return size <= 120 and run.kind != "heading" and 10 * run.link_chars > 7 * size


def _prose_chars(run: _Run) -> int:
    size = len(run.text) - run.link_chars
    return size if size > 40 else 0
