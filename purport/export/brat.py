"""Brat standoff in PolNeAR's form (Newell, Margolin and Ruths, LREC 2018): T lines for places, E lines to join them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from purport.model.document import Span, Spans
from purport.model.record import Record

_LINE_ENDS = re.compile("[\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""All that any program takes for the end of a line or a column; brat allows none inside a place."""
_UNSAFE = re.compile(r"[^\w.,()+=@ -]")
_ROW = re.compile(r"(?P<path>.*), row (?P<row>\d+)", re.DOTALL)
_LONGEST = 180
"""Bytes of a stem: a name of a file may have 255, and "-2", the suffix and what writing it adds must fit."""


def standoff(record: Record) -> str:
    """The `.ann` file of one record. A place over several lines is given as one piece a line."""
    text = record.document.text
    lines: list[str] = []
    count = 0
    for number, one in enumerate(record.attributions, start=1):
        source, cue, content = (list(_pieces(text, spans)) for spans in (one.source, one.cue, one.content))
        names: list[str] = []
        roles = (("Source", source), ("Cue", cue), ("Content", content), ("Attribution", cue or content))
        for role, pieces in roles:
            if not pieces:
                continue
            count += 1
            lines.append(_place(text, count, role, pieces))
            names.append(f"{role}:T{count}")
        if cue or content:
            lines.append(f"E{number}\t{' '.join([names[-1], *names[:-1]])}")
    return "".join(f"{line}\n" for line in lines)


def _place(text: str, number: int, role: str, pieces: Sequence[Span]) -> str:
    where = ";".join(f"{p.start} {p.end}" for p in pieces)
    return f"T{number}\t{role} {where}\t{' '.join(p.of(text) for p in pieces)}"


def _pieces(text: str, spans: Spans) -> Iterator[Span]:
    for span in spans:
        yield from _lines(text, span)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _LINE_ENDS.finditer(text, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def stems(paths: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A file name without suffix for each document, by its id: that of the file it was read from, with the row's
    number in a file of many, made unique by "-2", "-3" where two are alike."""
    wanted = sorted((_stem(places[0] if places else name), name) for name, places in paths.items())
    given: dict[str, str] = {}
    used: set[str] = set()
    for stem, name in wanted:
        free, number = stem, 1
        while _folded(free) in used:
            number += 1
            free = f"{stem}-{number}"
        used.add(_folded(free))
        given[name] = free
    return given


def _folded(stem: str) -> str:
    """Some file systems take upper and lower case for one, and both ways to write "é"."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())


def _stem(place: str) -> str:
    match = _ROW.fullmatch(place)
    path, row = (match["path"], match["row"][:20]) if match else (place, "")
    safe = _UNSAFE.sub("_", PurePath(path).stem).strip(" .")
    stem = safe.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .") or "document"
    return f"{stem}-{row}" if row else stem


def read_standoff(annotated: str) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions of a `.ann` file, as lists of (start, end) by role ("source", "cue", "content").

    A role that is given twice ("Content2:") is put together. Lines of other kinds are passed over; an attribution
    with neither cue nor content is none. Raises `ValueError` where an E line names a place that is not there.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    events: list[list[str]] = []
    for line in annotated.split("\n"):
        kind, _, rest = line.rstrip("\r").partition("\t")
        if kind.startswith("T"):
            match = re.match(r"\w+ (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)", rest)
            if match:
                pairs = (pair.split() for pair in match[1].split(";"))
                places[kind] = [(int(start), int(end)) for start, end in pairs]
        elif kind.startswith("E"):
            events.append(rest.split())
    found = []
    for event in events:
        one: dict[str, list[tuple[int, int]]] = {}
        for pair in event:
            role, _, name = pair.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in ("source", "cue", "content"):
                if name not in places:
                    raise ValueError(f"names {name}, which no T line gives")
                one[role] = sorted([*one.get(role, []), *places[name]])
        if one.get("content") or one.get("cue"):
            found.append(one)
    return found
