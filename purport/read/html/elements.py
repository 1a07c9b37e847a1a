"""What a tree of HTML (or of trafilatura's own few elements) shows: its blocks of text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from purport.model.document import BlockKind

_KINDS = {
    "item": BlockKind.ITEM, "li": BlockKind.ITEM, "dd": BlockKind.ITEM, "dt": BlockKind.ITEM,
    "cell": BlockKind.CELL, "td": BlockKind.CELL, "th": BlockKind.CELL,
    "figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION,
    "h1": BlockKind.HEADING, "h2": BlockKind.HEADING, "h3": BlockKind.HEADING, "h4": BlockKind.HEADING,
    "h5": BlockKind.HEADING, "h6": BlockKind.HEADING, "head": BlockKind.HEADING,
}  # fmt: skip
_BLOCKS = frozenset(_KINDS) | frozenset(
    """address article aside blockquote body center details dialog div dl fieldset figure footer form header hgroup hr
    html legend list main nav ol p pre quote row section summary table tbody tfoot thead tr ul""".split()
)
_NEVER = frozenset(
    """script style template svg math canvas iframe object embed video audio map button select option textarea input
    datalist noframes title meta link base""".split()
)
_AROUND = frozenset(("nav", "header", "footer", "aside"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BREAKS = frozenset(("br", "lb"))
_PARAGRAPH = re.compile(r"[ \t\r\n\f]*\x1e[ \t\r\n\f]*\x1e[ \t\r\n\f\x1e]*")
_SPACE = re.compile(r"[ \t\r\n\f\x1e\x0b\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block that a page shows. `linked` is True where it is short and all of it is links, as in a menu."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    linked: bool = False


def without_hidden(tree: Any) -> None:
    """Take out of `tree`, in place, what a browser does not show: scripts, styles, comments, hidden elements."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER - {"title"} or _is_hidden(element):
            _drop(element)


def _is_hidden(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
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


def shown(root: Any) -> Iterator[Shown]:
    """The blocks below `root`, but not those of navigation, heads and feet of the page; without recursion."""
    kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
    parts: list[str] = []
    linked = links = skipped = articles = 0
    from lxml import etree  # 40 ms to import

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        start = event == "start"
        skips = tag in _NEVER or (tag in _AROUND and not (tag == "header" and articles))
        articles += (1 if start else -1) * (tag in ("article", "main"))
        skipped += (1 if start else -1) * skips
        if tag in _BLOCKS:
            yield from _blocks("".join(parts), *kinds[-1], linked)
            parts, linked = [], 0
            if start:
                kinds.append(_kind(element, tag, kinds[-1]))
            else:
                kinds.pop()
        elif tag in _BREAKS and start:
            parts.append("\x1e")
        links += (1 if start else -1) * (tag in ("a", "ref"))
        words = element.text if start else element.tail if element is not root else None
        if words and not skipped:
            parts.append(words)
            linked += len(words.strip()) if links else 0
    yield from _blocks("".join(parts), *kinds[-1], linked)


def _kind(element: Any, tag: str, around: tuple[BlockKind, int]) -> tuple[BlockKind, int]:
    kind = _KINDS.get(tag)
    if kind is BlockKind.HEADING:
        depth = (element.get("rend") or tag)[-1:] if tag == "head" else tag[1]
        return kind, int(depth) if depth.isdigit() else 0
    if kind is not None:
        return kind, 0
    # A paragraph in an item or a cell is part of it; a list or table in one begins anew.
    return (BlockKind.PARAGRAPH, 0) if tag in ("ul", "ol", "dl", "list", "table", "article", "section") else around


def _blocks(text: str, kind: BlockKind, level: int, linked: int) -> Iterator[Shown]:
    """A stretch of text as blocks: two line breaks in a row part paragraphs, as they do in old press pages."""
    for part in _PARAGRAPH.split(text):
        words = _SPACE.sub(" ", part.replace("\u00ad", "")).strip()
        if words:
            menu = len(words) < 80 and linked >= 0.8 * len(text.strip()) and kind is not BlockKind.HEADING
            yield Shown(words, kind, level, menu)
