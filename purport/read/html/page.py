"""HTML: the main text of a page, as blocks in order. A place is the number of the block and the character in it.

What trafilatura finds is taken, unless that is little of what the page shows; then all that it shows is taken, so
that a short press release is never lost. White space inside a block is single spaces, as a browser shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from purport.errors import ReadError
from purport.model.document import BlockKind, Document, Metadata, Segment, Unit
from purport.read.assemble import Piece, assemble
from purport.read.bulk import articles, parts
from purport.read.decode import declared_charset, decode
from purport.read.html.elements import Shown, folded, shown, without_hidden
from purport.read.html.live import posts
from purport.read.html.metadata import headline, page_metadata
from purport.read.html.reviews import reviewed
from purport.read.options import Failure, Options, selector
from purport.read.turns import with_labels
from purport.syntax.labels import labels

_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_NESTING = re.compile(
    r"</?(?:(div|section|article|center|blockquote|ul|ol|li|table|tbody|tr|td)|[a-gi-z]\w*)\b[^>]*>", re.I
)
_XML = re.compile(r"\s*<\?xml[^>]*\?>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ENOUGH = 0.3
_KEPT = frozenset(("body", "title", "meta", "link", "script", "style", "template", "nav", "footer", "aside", "br"))

_LOST = 2000
"""Elements deep; libxml2 drops without a word what is deeper than 2,048."""

_SHORT = 500
"""Characters; a page that shows fewer is taken whole, since trafilatura drops much of short pages."""

_DEEPEST = 200
"""Elements deep; trafilatura recurses, so that deeper pages are left to the walk that does not."""


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for binary data and for a page without text."""
    source, notes = _source(data, name, options.encoding)
    tree = _tree(source)
    if tree is None:
        raise ReadError(f"{name}: is empty: there is no element in it")
    if _depth(tree) > _LOST:
        tree = _tree(_NESTING.sub(_flat, source))
        notes = (*notes, "elements are nested too deeply to follow; hidden ones among them may show")
    metadata, remarks = page_metadata(tree)
    title = headline(tree, metadata.title)
    live = posts(tree, f"{title} {metadata.title or ''}")
    without_hidden(tree)
    blocks = _main(tree, {post.element: number for number, post in enumerate(live, 1)})
    if title and blocks and not _has_title(blocks, title):
        blocks.insert(0, Shown(title, BlockKind.HEADING, 1))
    blocks = _once(reviewed(blocks, source))
    numbered = [(number, block) for number, block in enumerate(blocks, 1)]
    made = _document(data, numbered, metadata, options, (*notes, *remarks))
    if not live:
        yield from articles(made, options)
        return
    for number in range(len(live) + 1):
        own = [(at, block) for at, block in numbered if block.post == number]
        if not own or options.article not in (None, number + 1):
            continue
        post = live[number - 1] if number else None
        said = metadata if post is None else replace(
            metadata, published=post.published or metadata.published, author=post.author or metadata.author,
            title=post.title or metadata.title,
        )  # fmt: skip
        part = _document(data, own, said, options, (*notes, *remarks), article=number + 1)
        yield replace(part, blocks=with_labels(part.text, part.blocks), part=f"post {number}" if number else "lead")


def _document(
    data: bytes, blocks: list[tuple[int, Shown]], metadata: Metadata, options: Options, notes: tuple[str, ...],
    article: int | None = None,
) -> Document:  # fmt: skip
    """A document of numbered blocks, whose labels are not found yet."""
    pieces = (Piece(b.text, (Segment(0, n, 0),), b.kind, b.level, b.depth, b.strong, b.cell) for n, b in blocks)
    text, spans, source_map = assemble(pieces, Unit.PARAGRAPH)
    selected = selector(options.encoding, article=article)
    return Document(text, spans, source_map, "html", data, metadata, selected, notes=notes)


def _source(data: bytes, name: str, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    """The page decoded: as the user says, else as UTF-8 if it is that, else as it declares, else by guess."""
    if encoding is None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            declared = _DECLARED.search(data[:4096])
            encoding = declared_charset(declared[1].decode("ascii", "replace"), data) if declared else None
    decoded = decode(data, name, encoding)
    return _UNFIT.sub("\ufffd", _XML.sub("", decoded.text, count=1)), decoded.notes


def _tree(source: str) -> Any:
    from lxml import etree  # 50 ms to import, as is its parser
    from lxml import html as parser

    try:
        return parser.document_fromstring(source, parser=parser.HTMLParser(huge_tree=True, remove_comments=True))
    except etree.ParserError:
        return None


def _flat(tag: re.Match[str]) -> str:
    """What stands for a tag in a page that is too deep: a paragraph's start for a block's, nothing for other tags."""
    name = tag[0].strip("</>").split()[0].lower()
    return tag[0] if name in _KEPT else "<p>" if tag[1] or name == "p" else ""


def _main(tree: Any, live: Mapping[Any, int]) -> list[Shown]:
    """The blocks of the main text: trafilatura's, or all that the page shows where those are too little of it, or where
    it is `live`, a blog of posts."""
    everything = list(shown(tree.find("body") if tree.find("body") is not None else tree, live, written=True))
    visible = sum(len(b.text) for b in everything if not b.linked)
    whole = [b for b in everything if not b.linked] or everything
    spoken = sum(
        (block.kind is BlockKind.LABEL and block.level == 2) or (block.kind is BlockKind.SIGNATURE and block.part > 0)
        for block in everything
    )
    many = len(parts("\n\n".join(block.text for block in whole))) > 1
    if _depth(tree) > _DEEPEST or visible < _SHORT or spoken >= 2 or live or many:
        return whole
    for recall in (False, True):
        blocks = _extracted(tree, recall)
        # One block for many is what it gives where it found no structure: then menus may be in it.
        lumped = len(blocks) == 1 and len(whole) > 2
        if blocks and not lumped and sum(len(b.text) for b in blocks) >= _ENOUGH * visible:
            blocks = _laid_out(blocks, everything)
            if _turns(whole) > max(_SPOKEN - 1, _turns(blocks)):
                return whole  # what belongs to whom is in the order of names and words
            return _with_headings(_with_lists(blocks, everything), everything)
    return whole


_SPOKEN = 4
"""Labels of speakers from which on a page is a transcript, of which nothing may be lost."""


def _turns(blocks: list[Shown]) -> int:
    """How many turns begin in what is shown."""
    text, spans, _ = assemble((Piece(b.text, (Segment(0, 1, 0),), b.kind, b.level) for b in blocks), Unit.PARAGRAPH)
    return len(labels(text, spans))


def _laid_out(blocks: list[Shown], everything: list[Shown]) -> list[Shown]:
    """The blocks, each with the layout that the page gives to the same words, which trafilatura does not keep."""
    there: dict[str, list[Shown]] = {}
    for block in everything:
        there.setdefault(folded(block.text), []).append(block)
    found: list[Shown] = []
    cells = [(folded(block.text), block) for block in everything if block.cell is not None]
    for block in blocks:
        same = there.get(folded(block.text))
        if not same and block.kind is BlockKind.CELL:
            # One line of a cell, which it takes for a cell: the column is that of the page.
            words = folded(block.text)
            found.append(replace(block, cell=next((cell.cell for told, cell in cells if words in told), None)))
            continue
        if same:
            page = same.pop(0)
            told = page.kind in (BlockKind.LABEL, BlockKind.SIGNATURE) or block.kind is BlockKind.CELL
            kind, level = (page.kind, page.level) if told else (block.kind, block.level)
            block = replace(
                block, kind=kind, level=level, depth=page.depth, strong=page.strong, cell=page.cell, part=page.part
            )
        found.append(block)
    return found


_PULLED = 12
"""Characters from which on a quotation may be one that is pulled out of the text."""


def _once(blocks: list[Shown]) -> list[Shown]:
    """The blocks without quotations that are pulled out of the text, which says the same words itself."""
    texts = [folded(block.text) for block in blocks]
    lengths = sum(map(len, texts))
    if lengths > 2_000_000:
        return blocks
    whole = "\n".join(text for text, block in zip(texts, blocks, strict=True) if block.depth == block.part)
    return [
        block
        for text, block in zip(texts, blocks, strict=True)
        if not (block.depth > block.part and len(text) >= _PULLED and text in whole)
    ]


_TITLE = "\0title"
"""What stands for a page's title, which is not among the blocks of its main text."""


def _with_lists(blocks: list[Shown], everything: list[Shown]) -> list[Shown]:
    """The blocks, and the items of lists that stand in the page between two of them, which trafilatura may drop: a
    list within the main text is of it, and a menu stands beside it or is made of links."""
    there = {folded(block.text) for block in blocks}
    lost: dict[str, list[Shown]] = {}
    before, pending = "", list[Shown]()
    for block in everything:
        words = folded(block.text)
        if block.kind is BlockKind.HEADING and block.level == 1 and words not in there and before in ("", _TITLE):
            before, pending = _TITLE, []  # fields below the title: who is asked, who asks
        elif words in there:
            if before and pending:
                lost.setdefault(before, pending)
            before, pending = words, []
        elif _belongs(block):
            pending.append(block)
        elif block.kind is not BlockKind.HEADING:
            before, pending = "", []
    found: list[Shown] = [block for block in lost.pop(_TITLE, ()) if block.kind is BlockKind.CELL]
    for block in blocks:
        found += [block, *lost.pop(folded(block.text), ())]
    return found


def _belongs(block: Shown) -> bool:
    """Whether a block is of the main text where it stands between two of its blocks: an item of a list, a quotation, a
    turn, a cell."""
    kinds = (BlockKind.ITEM, BlockKind.LABEL, BlockKind.SIGNATURE, BlockKind.CELL)
    return (block.kind in kinds or block.depth > 0) and not block.linked


def _with_headings(blocks: list[Shown], everything: list[Shown]) -> list[Shown]:
    """The blocks, and before each the headings that stand right above it in the page, which trafilatura may drop."""
    above: dict[str, list[Shown]] = {}
    pending: list[Shown] = []
    for block in everything:
        if block.kind is BlockKind.HEADING:
            pending.append(block)
        else:
            if pending:
                above.setdefault(folded(block.text), pending)
            pending = []
    there = {folded(block.text) for block in blocks}
    found: list[Shown] = []
    for block in blocks:
        lost = above.pop(folded(block.text), ())
        found += (heading for heading in lost if folded(heading.text) not in there)
        found.append(block)
    return found


def _depth(tree: Any) -> int:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _extracted(tree: Any, recall: bool) -> list[Shown]:
    """What trafilatura takes for the main text; nothing where it finds none or fails."""
    import logging

    from trafilatura import bare_extraction  # 0.6 s to import

    # It warns about each page without main text; without a handler of its own that would go to the user's screen.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        found = bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
            favor_recall=recall,
        )
    except Exception:  # whatever it stumbles over, the page can still be read without it
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(shown(body))


def _has_title(blocks: list[Shown], title: str) -> bool:
    """Whether one of the first blocks says the title (or the title says it, with a site's name behind it)."""
    wanted = folded(title)
    for block in blocks[:4]:
        words = folded(block.text)
        if words == wanted or (len(words) > 15 and wanted.startswith(words)):
            return True
        if block.kind is BlockKind.HEADING and wanted in words:
            return True
    return False
