"""Markdown: the text is the file's text as it is, marks and all; its blocks are those of CommonMark and tables.

Front matter (simple "key: value" lines between two "---") is read as metadata. It, code, rules and the marks of
headings, items and quotations are in no block; marks inside a paragraph stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from purport.model.document import Block, BlockKind, Document, Metadata, Span, trimmed
from purport.read.decode import plain_text
from purport.read.fields import metadata_of
from purport.read.options import COLUMNS, Failure, Options, selector
from purport.read.turns import with_labels

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FRONT = re.compile(r"\s*---[ \t]*(?:\r\n|\r|\n)(.*?)(?:\r\n|\r|\n)(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_ -]{1,40}):[ \t]*(.*)")
_PIPE = re.compile(r"(?<!\\)\|")

Lines = Sequence[tuple[int, int]]
"""Start and end in the text of each line of the Markdown, without its line end."""


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for binary data."""
    text, source_map, notes = plain_text(data, name, options.encoding)
    front = _FRONT.match(text)
    metadata, remarks = _front_matter(front[1]) if front else (Metadata(), ())
    yield Document(
        text,
        with_labels(text, _blocks(text, front.end() if front else 0)),
        source_map,
        "markdown",
        data,
        metadata,
        selector(options.encoding),
        notes=(*notes, *remarks),
    )


def _front_matter(lines: str) -> tuple[Metadata, tuple[str, ...]]:
    """What the front matter's pairs say, by the names that columns may have too."""
    said = {}
    for line in lines.splitlines():
        if found := _PAIR.fullmatch(line.rstrip()):
            value = found[2].strip()
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            said[found[1].strip().lower()] = value[1:-1] if quoted else value
    names = ((field, next((said[n] for n in COLUMNS[field] if n in said), None)) for field in COLUMNS)
    return metadata_of({field: value for field, value in names if value and field != "text"})


def _blocks(text: str, start: int) -> tuple[Block, ...]:
    """The blocks of the Markdown that begins at `start`."""
    lines: list[tuple[int, int]] = []
    for found in _LINE.finditer(text, start):
        lines.append((found.start(), found.start() + len(found[0].rstrip("\r\n"))))
    from markdown_it import MarkdownIt  # 100 ms to import

    # Indented code is switched off: in press texts an indented paragraph is a paragraph.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    tokens = parser.parse(text[start:])
    blocks: list[Block] = []
    depth = table = 0
    for at, token in enumerate(tokens):
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        for block in _of_token(text, lines, tokens, at, token):
            if not blocks or block.span.start >= blocks[-1].span.end:
                cell = (table, *block.cell[1:]) if block.cell else None
                strong = _STRONG.fullmatch(block.span.of(text)) is not None
                blocks.append(replace(block, depth=depth, strong=strong, cell=cell))
        table += token.type == "table_close"
    return tuple(blocks)


_STRONG = re.compile(r"(\*\*\*|\*\*|__|[*_])(?!\s)(?:(?!\1).)+\1", re.DOTALL)


def _of_token(text: str, lines: Lines, tokens: Sequence[Token], at: int, token: Token) -> Iterator[Block]:
    if token.map is None:
        return
    first, end = token.map[0], min(token.map[1], len(lines))
    if token.type == "table_open":
        yield from _cells(text, [*lines[first : first + 1], *lines[first + 2 : end]])
    elif token.type == "html_block" and not token.content.lstrip().startswith(("<!--", "<script", "<style")):
        span = trimmed(text, lines[first][0], lines[end - 1][1])
        if span is not None:
            yield Block(span)
    elif token.type == "inline" and at and tokens[at - 1].type in ("paragraph_open", "heading_open"):
        opener = tokens[at - 1]
        span = _content(text, lines[first:end], token.content)
        if span is not None and opener.type == "heading_open":
            yield Block(span, BlockKind.HEADING, int(opener.tag[1:]))
        elif span is not None:
            item = at > 1 and tokens[at - 2].type == "list_item_open"
            yield Block(span, BlockKind.ITEM if item else BlockKind.PARAGRAPH)


def _content(text: str, lines: Lines, content: str) -> Span | None:
    """The span of a leaf's content, whose lines in the source may have marks before and (headings) behind them."""
    parts = content.split("\n")
    if not lines or not content.strip():
        return None
    last = lines[min(len(parts), len(lines)) - 1]
    start, _ = _found(text, lines[0], parts[0])
    _, end = _found(text, last, parts[-1])
    return trimmed(text, start, end)


def _found(text: str, line: tuple[int, int], part: str) -> tuple[int, int]:
    """Where `part` stands in a line, searched from its end, as marks that look the same stand before it."""
    at = text[line[0] : line[1]].replace("\0", "\ufffd").rfind(part.strip())
    return line if at < 0 else (line[0] + at, line[0] + at + len(part.strip()))


def _cells(text: str, rows: Lines) -> Iterator[Block]:
    for row, (start, end) in enumerate(rows):
        bounds = [start, *(m.start() for m in _PIPE.finditer(text, start, end)), end]
        edged = text[start:end].lstrip().startswith("|")
        for column, (left, right) in enumerate(pairwise(bounds)):
            span = trimmed(text, left + (text[left : left + 1] == "|"), right)
            if span is not None:
                yield Block(span, BlockKind.CELL, cell=(0, row, column - edged))
