"""What a notebook shows of rows, records and networks: HTML without scripts; all that is a text's is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from purport.export.markup import shown
from purport.model.networks import Network
from purport.model.record import Record

ROWS = 10
"""Rows of a table that are shown."""
_LONG = 120
"""Characters of a cell that are shown."""
_STYLE = "text-align:left;vertical-align:top;padding:0 .8em .2em 0"
_STYLES = {
    "source": "border-bottom:2px solid #0e7490",
    "cue": "border-bottom:2px dotted #a21caf",
    "content": "background:#dcfce7;color:#14532d",
}


def table(columns: Mapping[str, Sequence[object]], count: int, what: str) -> str:
    """The first rows of columns as a table, under how many there are of `what`; cells are cut where they are long."""
    names = "".join(f'<th style="{_STYLE}">{shown(name)}</th>' for name in columns)
    rows = zip(*(values[:ROWS] for values in columns.values()), strict=True)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    more = f", the first {ROWS}" if count > ROWS else ""
    return f"<p>{count:,} {shown(what)}{more}</p><table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f'<td style="{_STYLE}">{shown(text if len(text) <= _LONG else f"{text[: _LONG - 1]}…")}</td>'


def record(told: Record) -> str:
    """A document's text with its statements marked, each under the pointer with who says it and how."""
    text = told.document.text
    spans = [
        (span.start, span.end, part, f"{told.text(one.source) or 'unnamed'}: {one.act or 'no act'}")
        for one in told.attributions
        for part, own in (("content", one.content), ("cue", one.cue), ("source", one.source))
        for span in own
    ]
    edges = sorted({0, len(text), *(at for start, end, *_ in spans for at in (start, end))})
    begins: dict[int, list[tuple[int, str, str]]] = {}
    for start, end, part, title in spans:
        begins.setdefault(start, []).append((end, part, title))
    found: list[str] = []
    inside: list[tuple[int, str, str]] = []
    for start, end in pairwise(edges):
        inside = [one for one in inside if one[0] > start] + begins.get(start, [])
        found.append(_marked(text[start:end], inside))
    head = shown(told.document.metadata.title or told.document.metadata.outlet or "Document")
    count = sum(one.listed for one in told.attributions)
    return f'<p><b>{head}</b>, {count} statements</p><div style="white-space:pre-wrap">{"".join(found)}</div>'


def _marked(words: str, inside: Sequence[tuple[int, str, str]]) -> str:
    lines = "\n".join(_kept(line) for line in words.split("\n"))
    parts = [part for _, part, _ in inside]
    if not parts:
        return lines
    style = ";".join(_STYLES[part] for part in ("content", "cue", "source") if part in parts)
    return f'<span style="{style}" title="{shown(inside[-1][2])}">{lines}</span>'


def _kept(line: str) -> str:
    """A line escaped, with the blanks at its ends, which are a text's own."""
    blank = len(line) - len(line.lstrip())
    end = len(line) - len(line.rstrip())
    return f"{' ' * blank}{shown(line)}{' ' * end if line.strip() else ''}"


def network(told: Network) -> str:
    """A network as its picture."""
    from purport.export.picture import picture

    return picture(told).partition("?>")[2].lstrip()  # a page has no declaration of XML in it


def for_notebooks() -> None:
    """Gives records and networks what notebooks look for (`_repr_html_`, as IPython has it)."""
    own: tuple[tuple[Any, Callable[[Any], str]], ...] = ((Record, record), (Network, network))
    for kind, told in own:
        kind._repr_html_ = told
