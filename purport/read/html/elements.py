"""What a tree of HTML (or of trafilatura's own few elements) shows: its blocks of text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from purport.model.document import BlockKind
from purport.read.html.contributions import Contributions, contributions, is_speaker

_KINDS = {
    "item": BlockKind.ITEM,
    "li": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "cell": BlockKind.CELL,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "h1": BlockKind.HEADING,
    "h2": BlockKind.HEADING,
    "h3": BlockKind.HEADING,
    "h4": BlockKind.HEADING,
    "h5": BlockKind.HEADING,
    "h6": BlockKind.HEADING,
    "head": BlockKind.HEADING,
    "summary": BlockKind.HEADING,
}
_BLOCKS = frozenset(_KINDS) | frozenset(
    """dt address article aside blockquote body center details dialog div dl fieldset figure footer form header hgroup
    hr html legend list main nav ol p pre quote row section summary table tbody tfoot thead tr ul""".split()
)
_NEVER = frozenset(
    """script style template svg math canvas iframe object embed video audio map button select option textarea input
    datalist noframes title meta link base""".split()
)
_AROUND = frozenset(("nav", "header", "footer", "aside"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LINES = 160
"""Characters of a block up to which its line breaks are kept."""
_BREAKS = frozenset(("br", "lb"))
_PARAGRAPH = re.compile(r"[ \t\r\n\f]*\x1e[ \t\r\n\f]*\x1e[ \t\r\n\f\x1e]*")
_SPACE = re.compile(r"[ \t\r\n\f\x1e\x0b\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block that a page shows. `linked` is True where it is short and all of it is links, as in a menu; `depth`,
    `strong` and `cell` are those of `Block`."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    linked: bool = False
    depth: int = 0
    strong: bool = False
    cell: tuple[int, int, int] | None = None
    part: int = 0
    """How many of `depth` are parts of the page that somebody wrote, and no quotations."""
    post: int = 0
    """The number of the post of a live blog that it stands in, from 1; 0 for none."""


def without_hidden(tree: Any) -> None:
    """Take out of `tree`, in place, what a browser does not show: scripts, styles, comments, hidden elements."""
    shown_whole = sum(map(len, tree.itertext()))
    opened = _opened(tree)
    for element in list(tree.iter()):
        if element.get("id") in opened:
            continue  # a reader opens it: it is of the page as much as what stands open
        unseen = not isinstance(element.tag, str) or element.tag in _NEVER - {"title"}
        if unseen or _is_hidden(element, shown_whole) or _marks_a_note(element):
            _drop(element)


def _marks_a_note(element: Any) -> bool:
    """Whether it is the number of a note, or the way back from one: a mark of the layout that no word of the text is,
    and that would stick to one ("in May.1")."""
    if element.tag not in ("a", "sup") or _NOTE.fullmatch("".join(element.itertext()).strip()) is None:
        return False
    if element.get("role") in ("doc-noteref", "doc-backlink") or _NOTED.search(element.get("class") or ""):
        return True
    own = [element, *element.iter("a")] if element.tag == "sup" else [element] if _only_raised(element) else []
    return any((one.get("href") or "").startswith("#") for one in own)


def _only_raised(link: Any) -> bool:
    above = link.getparent()
    return above is not None and above.tag == "sup"


_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§↩↑^]{1,3}\ufe0e?)[\])]?")
_NOTED = re.compile(r"\b(?:footnote-?ref|noteref|footnote-back|reference)\b")


def _opened(tree: Any) -> set[str]:
    """The ids of parts of the text that stand closed until a reader opens them, each by a button with its name, which
    is made a line of the text. What a menu opens are links, and no part of the text."""
    ids = {element.get("id"): element for element in tree.iter() if isinstance(element.tag, str) and element.get("id")}
    found = set()
    for control in list(tree.iter("button", "a")):
        part = ids.get(control.get("aria-controls"))
        if part is None or part.get("role") not in (None, "region", "tabpanel") or part.tag in ("nav", "ul", "ol"):
            continue
        if any(len(" ".join((one.text or "").split())) >= _SENTENCE for one in part.iter("p", "div", "li", "dd")):
            found.add(part.get("id"))
            control.tag = "span"
    return found


_SENTENCE = 40
"""Characters of a paragraph that tell a part of a text from a menu."""
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|cmp|gdpr|newsletter|subscribe|recommended|recommendations|related|most-read|mostread"
    r"|right-rail|rail|sidebar|share|social|promo|advert|ads|gmail_signature|moz-signature|pullquote|pull-quote)(?:$|[\s_-])",
    re.I,
)
"""Classes and ids of what stands around a text: banners, rails, what else there is to read, signatures of mails."""
_TEXT = frozenset("html body main article p h1 table thead tbody tr td th dl dt dd li".split())
"""Elements that stand around no text whatever they are called."""
_BOXES = frozenset(("dialog", "alertdialog", "navigation", "search", "banner", "contentinfo", "complementary"))


def _is_beside(element: Any, whole: int) -> bool:
    """Whether an element stands around the text: a dialog, a rail, a list of what else to read; with an article in it
    it does not."""
    if element.tag in _TEXT:
        return False
    named = _BESIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
    boxed = element.tag == "dialog" or element.get("role") in _BOXES or element.get("aria-modal") == "true"
    if element.get("id") == "Signature":
        return True
    if not (named or boxed):
        return False
    inside = element.find(".//article") is not None or element.find(".//main") is not None
    long = sum(map(len, element.itertext())) > 0.5 * whole
    return not (inside or long)


_DASHES = ("-", "–", "—")
_MARK = 3
"""Characters of what a page shows for decoration at most."""


def _is_hidden(element: Any, whole: int) -> bool:
    if element.tag in ("html", "body"):
        return False
    if _is_beside(element, whole):
        return True
    if element.get("aria-hidden") == "true" and len("".join(element.itertext()).strip()) <= _MARK:
        return True  # an icon, the first letter of who wrote
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _drop(element: Any) -> None:
    """Remove an element and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def shown(root: Any, live: Mapping[Any, int] | None = None, *, written: bool = False) -> Iterator[Shown]:
    """The blocks below `root`, but not those of navigation, heads and feet of the page; without recursion. `live` are
    the numbers of the posts of a live blog; `written` asks for who wrote which part of the page, too."""
    return _shown(root, contributions(root) if written and not live else Contributions(), live or {})


def _shown(root: Any, written: Contributions, live: Mapping[Any, int]) -> Iterator[Shown]:
    kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
    parts: list[str] = []
    linked = links = skipped = articles = 0
    strong = bold = depth = inside = post = 0
    grid = _Grid()
    from lxml import etree  # 40 ms to import

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        start = event == "start"
        told = (tag == "header" and articles) or (tag == "aside" and element.find(".//article") is not None)
        # Who wrote a part may stand at its foot, behind a dash.
        dashed = tag == "footer" and (element.text or "").strip()[:1] in _DASHES
        told = told or (tag == "footer" and depth > 0) or dashed or (tag == "aside" and written.within(element))
        skips = tag in _NEVER or (tag in _AROUND and not told)
        articles += (1 if start else -1) * (tag in ("article", "main"))
        skipped += (1 if start else -1) * skips
        if tag in _BLOCKS or (tag == "cite" and depth) or is_speaker(element) or element in written.names:
            whole = "".join(parts)
            yield from _blocks(
                whole, *kinds[-1], linked, (depth, inside, post), strong >= 0.9 * len(whole.strip()), grid.at
            )
            parts, linked, strong = [], 0, 0
            if start:
                told_by = written.names.get(element)
                named = (told_by, 2 if told_by is BlockKind.LABEL else 0) if told_by is not None else None
                kinds.append(named or _kind(element, tag, kinds[-1], depth))
            else:
                kinds.pop()
            depth += (1 if start else -1) * (tag in _QUOTATIONS)
            inside += (1 if start else -1) * (element in written.parts)
            if element in live:
                post = live[element] if start else 0
            grid.pass_(element, tag, start=start)
        elif tag in _BREAKS and start:
            parts.append("\x1e")
        elif tag == "q" and not skipped:
            parts.append("“" if start else "”")
        links += (1 if start else -1) * (tag in ("a", "ref"))
        bold += (1 if start else -1) * (tag in _BOLD)
        words = element.text if start else element.tail if element is not root else None
        if words and not skipped:
            parts.append(words)
            linked += len(words.strip()) if links else 0
            strong += len(words.strip()) if bold else 0
    whole = "".join(parts)
    yield from _blocks(whole, *kinds[-1], linked, (depth, inside, post), strong >= 0.9 * len(whole.strip()), grid.at)


_QUOTATIONS = frozenset(("blockquote", "quote"))
_BOLD = frozenset(("b", "strong", "i", "em"))
_INNER = frozenset("p div h1 h2 h3 h4 h5 h6 table hr ul ol blockquote".split())


def laid_out(cell: Any) -> bool:
    """Whether a cell is there for the look of a page alone, as in letters of news: several blocks stand in it."""
    return sum(isinstance(one.tag, str) and one.tag in _INNER for one in cell) >= _BLOCKS_IN_A_CELL


_BLOCKS_IN_A_CELL = 4
_ROWS = 200
"""Rows that a cell covers at most."""


def _span(element: Any) -> int:
    value = (element.get("rowspan") or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 4 else 1


class _Grid:
    """Where in which table the walk is; a cell over several rows keeps its column in each of them."""

    def __init__(self) -> None:
        self.table = self.row = self.column = -1
        self.inside = False
        self.taken: dict[int, set[int]] = {}

    def pass_(self, element: Any, tag: str, *, start: bool) -> None:
        """An element of a table begins or ends."""
        if tag == "table" and start:
            self.table, self.row = self.table + 1, -1
            self.taken = {}
        elif tag in ("tr", "row") and start:
            self.row, self.column = self.row + 1, -1
        elif tag in ("td", "th", "cell"):
            self.inside = start and not laid_out(element)
            if start:
                self.column += 1
                while self.column in self.taken.get(self.row, ()):
                    self.column += 1
                for below in range(1, min(_span(element), _ROWS)):
                    self.taken.setdefault(self.row + below, set()).add(self.column)

    @property
    def at(self) -> tuple[int, int, int] | None:
        """The numbers of the cell, from 0; None outside of one."""
        return (self.table, self.row, self.column) if self.inside and self.table >= 0 else None


def _kind(element: Any, tag: str, around: tuple[BlockKind, int], depth: int) -> tuple[BlockKind, int]:
    if depth and tag in ("footer", "cite"):
        return BlockKind.SIGNATURE, 0
    if tag == "figcaption" and (figure := element.getparent()) is not None and figure.find(".//blockquote") is not None:
        return BlockKind.SIGNATURE, 0
    if is_speaker(element):
        return BlockKind.LABEL, 2
    if tag == "dt":
        return BlockKind.LABEL, 1  # to be judged by the names in all of them
    kind = _KINDS.get(tag)
    if kind is BlockKind.HEADING:
        level = (element.get("rend") or tag)[-1:] if tag == "head" else tag[1]
        return kind, int(level) if level.isdigit() else 0
    if kind is BlockKind.CELL and laid_out(element):
        return BlockKind.PARAGRAPH, 0
    if kind is not None:
        return kind, 0
    if tag in ("p", "div") and around[0] is BlockKind.PARAGRAPH and _signs(element):
        return BlockKind.SIGNATURE, 0
    # A paragraph in an item or a cell is part of it; a list or table in one begins anew.
    return (BlockKind.PARAGRAPH, 0) if tag in ("ul", "ol", "dl", "list", "table", "article", "section") else around


_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.I)
_SIGNED = 100
"""Characters of a line that signs at most."""


def _signs(element: Any) -> bool:
    """Whether it is a short line at the right, with a name's capital and no full stop: as letters and extracts are
    signed."""
    if (element.get("align") or "").lower() != "right" and not _RIGHT.search(element.get("style") or ""):
        return False
    words = " ".join("".join(element.itertext()).split())
    return 2 < len(words) <= _SIGNED and words[0].isupper() and words[-1] not in ".!?:"


def _blocks(
    text: str,
    kind: BlockKind,
    level: int,
    linked: int,
    depths: tuple[int, int, int],
    strong: bool,
    cell: tuple[int, int, int] | None,
) -> Iterator[Shown]:
    """A stretch of text as blocks: two line breaks in a row part paragraphs, as they do in old press pages."""
    for part in _PARAGRAPH.split(text):
        words = _SPACE.sub(" ", part.replace("\u00ad", "")).strip()
        if "\x1e" in part and len(words) <= _LINES:
            # An address, a name over its office: of short blocks the lines tell what they are.
            lines = (_SPACE.sub(" ", line.replace("\u00ad", "")).strip() for line in part.split("\x1e"))
            words = "\n".join(line for line in lines if line)
        if words:
            told = kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.SIGNATURE)
            menu = len(words) < 80 and linked >= 0.8 * len(text.strip()) and not told
            shown_strong = strong and any(map(str.isalpha, words))
            yield Shown(words, kind, level, menu, sum(depths[:2]), shown_strong, cell, *depths[1:])


def folded(text: str) -> str:
    """A text's words alone, in small letters, for comparing what two extractors give."""
    return re.sub(r"\W+", " ", text).strip().casefold()
