"""Questions that pages ask: each is bounded, whatever the size of the store."""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from purport.model import codec
from purport.model.document import Block, SourceMap, Span
from purport.model.record import Attribution, Certainty, Mention, Proposition
from purport.model.rows import Statement
from purport.store.conditions import Bearers, conditions, nobody
from purport.store.filters import Filter
from purport.store.questions import Page, _statement, statement_of
from purport.store.search import match
from purport.store.store import ATTRIBUTION, PROPOSITION, Store

CAP = 2000
"""Statements that a list is counted and turned over up to; whoever wants more of them at once narrows the list, or
downloads it."""
ORDERS = {
    "newest": "d.published DESC, d.id DESC, a.first, a.key",
    "oldest": "d.published, d.id, a.first, a.key",
    "unsure": "a.confidence, a.key",
}
REACH = 20_000
"""Code points before a part of a document in which what reaches into it may begin."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that fits, as far as counts and orders ask: its row, and what it is grouped by."""

    key: int
    id: str
    document: int
    act: str
    kind: str
    outlet: str
    month: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What statements a page lists: those of a filter, of which a claim has that certainty; `only` those ids, `apart`
    none of these; in one of `ORDERS`; with less confidence than `below`."""

    filter: Filter = Filter()
    certainty: str | None = None
    only: tuple[str, ...] | None = None
    apart: tuple[str, ...] = ()
    order: str = "newest"
    below: float | None = None


_COLUMNS = (
    "SELECT a.key, a.id, a.document, a.act, a.kind, coalesce(d.outlet, '') AS outlet, "
    "substr(coalesce(d.published, ''), 1, 7) AS month, a.confidence"
)
_TABLES = "FROM attribution a CROSS JOIN document d INDEXED BY document_card ON d.key = a.document"
_FOUND = f"{_COLUMNS} {_TABLES}"
_BY_DATE = "FROM document d INDEXED BY document_by_date CROSS JOIN attribution a ON a.document = d.key"
_IN_ORDER = {
    "newest": _BY_DATE,
    "oldest": _BY_DATE,
    "unsure": "FROM attribution a INDEXED BY attribution_by_confidence CROSS JOIN document d ON d.key = a.document",
}
"""The tables in the order in which their rows are met."""


def survey(store: Store, wanted: Wanted, bearers: Bearers = nobody, cap: int = CAP) -> list[Found]:
    """The statements that fit, in order; at most `cap` and one more, which says that there are further ones."""
    told, values = conditions(wanted.filter, bearers)
    if wanted.certainty is not None:
        told.append("EXISTS (SELECT 1 FROM proposition p WHERE p.voucher = a.id AND p.certainty = ?)")
        values.append(wanted.certainty)
    if wanted.only is not None:
        told.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(codec.dumps(wanted.only))
    if wanted.apart:
        told.append("a.id NOT IN (SELECT value FROM json_each(?))")
        values.append(codec.dumps(wanted.apart))
    if wanted.below is not None:
        told.append("a.confidence < CAST(? AS REAL)")
        values.append(str(wanted.below))
    tables = _TABLES
    if wanted.only is None and not _few(store, wanted.filter, bearers):
        tables = _IN_ORDER[wanted.order]
        # Looked at one after the other until there are enough; the sign keeps SQLite from looking them up by key.
        told = [f"+{one}" if one.startswith(("a.key IN", "a.act")) else one for one in told]
    where = f"WHERE {' AND '.join(told)}" if told else ""
    # As one row: a thread that fetches thousands of rows, while another computes, waits for its turn at each.
    ((rows,),) = store.query(
        "SELECT json_group_array(json_array(key, id, document, act, kind, outlet, month, confidence)) FROM "
        f"({_COLUMNS} {tables} {where} ORDER BY {ORDERS[wanted.order]} LIMIT {int(cap) + 1})",
        values,
    )
    return [Found(*row) for row in json.loads(rows)]


_MANY = 8_000
"""Statements that are looked up and sorted in no time; where more may fit, they are met in order instead."""


def _few(store: Store, wanted: Filter, bearers: Bearers) -> bool:
    """Whether words, a name or an act leave so few statements that these are best looked up."""
    words = "attribution_words WHERE attribution_words MATCH ?"
    asked: list[tuple[str, str]] = []
    if wanted.search is not None:
        asked.append((words, match(wanted.search)))
    if isinstance(wanted.act, str):
        asked.append(("attribution WHERE act = ?", wanted.act))
    for name, column in ((wanted.by, "source"), (wanted.about, "content")):
        if name is not None and len(bearers(name)) < _MANY // 8:
            asked.append((words, match(name, column, phrase=True)))
    for table, value in asked:
        ((number,),) = store.query(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {_MANY})", (value,))
        if int(number) < _MANY:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement in its sentence: the words `before` it, its own from the first to the last, the words `after` it."""

    row: Statement
    before: str
    own: str
    after: str


def statements_of(store: Store, found: Iterable[Found]) -> list[Statement]:
    """The statements that were found, with their words, in that order."""
    return [one.row for one in quoted(store, found)]


def quoted(store: Store, found: Iterable[Found]) -> list[Quoted]:
    """The same, each in its sentence."""
    pages: dict[int, Page] = {}
    told = []
    for one in found:
        page = pages.get(one.document)
        if page is None:
            page = pages[one.document] = Page.load(store, one.document)
        told.append(_quoted(page, _statement(store, page, one.key)))
    return told


_AROUND = 300
"""Code points of a sentence that are shown on either side of a statement."""
_END = re.compile(r"[.!?…][\"'’”»)]*\s+")


def _quoted(page: Page, row: Statement) -> Quoted:
    spans = (*row.source_spans, *row.cue_spans, *row.content_spans)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    at = bisect_right(page.blocks, start, key=lambda block: block.span.start) - 1
    block = page.blocks[at].span if at >= 0 else Span(start, end)
    return Quoted(row, *in_sentence(page.text, block, start, end))


def in_sentence(text: str, block: Span, start: int, end: int) -> tuple[str, str, str]:
    """What of the sentences around [`start`, `end`) stands before it, it itself, and what stands after it; no more than
    300 code points on either side, and nothing outside of the block."""
    left, right = max(block.start, start - _AROUND), max(end, min(block.end, end + _AROUND))
    before, after = text[left:start], text[end:right]
    for end_of_one in _END.finditer(before):
        before = text[left + end_of_one.end() : start]
    whole = text[start:end].rstrip("”\"'’»").endswith((".", "!", "?"))
    last = _END.search(after)
    after = "" if whole else after[: last.end()] if last is not None else after
    return before, text[start:end], after.rstrip()


def statement(store: Store, item: str) -> Statement | None:
    """The statement with that id; None where the present run has none."""
    for key, document in store.query("SELECT key, document FROM attribution WHERE id = ?", (item,)):
        return _statement(store, Page.load(store, document), key)
    return None


def statement_as(store: Store, document: str, one: Attribution) -> Statement | None:
    """An attribution that people have amended or added, with its words; None where its document is not there."""
    for (key,) in store.query("SELECT key FROM document WHERE id = ?", (document,)):
        return statement_of(Page.load(store, key), one)
    return None


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a document, without its text; `run` is the id of what analysed it, `size` its code points."""

    key: int
    id: str
    outlet: str
    author: str
    title: str
    published: str
    url: str
    language: str
    format: str
    sha256: str
    analysed: bool
    notes: tuple[str, ...]
    run: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a thread: the document's id, who wrote it, what it is called, and its date ("" where unknown)."""

    id: str
    author: str
    title: str
    published: str


_MOST = 200
"""Messages of a thread that are listed."""


def thread(store: Store, key: int) -> list[Message]:
    """The messages of the document's thread, itself among them, by date (unknown last) and place in the store; none
    where it is no mail or stands alone. At most 200."""
    told = list(store.query("SELECT json_extract(own, '$.extra.thread') FROM document WHERE key = ?", (key,)))
    if not told or told[0][0] is None:
        return []
    rows = store.query(
        "SELECT id, coalesce(author, ''), coalesce(title, ''), coalesce(published, '') FROM document "
        "WHERE json_extract(own, '$.extra.thread') IS NOT NULL AND json_extract(own, '$.extra.thread') = ? "
        f"ORDER BY published IS NULL, published, key LIMIT {_MOST}",
        (told[0][0],),
    )
    found = [Message(*row) for row in rows]
    return found if len(found) > 1 else []


_HEAD = (
    "SELECT d.key, d.id, coalesce(d.outlet, ''), coalesce(d.author, ''), coalesce(d.title, ''), "
    "coalesce(d.published, ''), coalesce(d.url, ''), coalesce(d.language, ''), d.format, d.sha256, d.analysed, "
    "d.notes, d.run, length(d.text), coalesce((SELECT path || CASE part WHEN '' THEN '' ELSE ', ' || part END FROM "
    "sighting s WHERE s.document = d.key ORDER BY path, part LIMIT 1), '') FROM document d"
)


def _head(row: Sequence[object]) -> Head:
    told: dict[str, Any] = dict(zip(Head.__dataclass_fields__, row, strict=True))
    told["analysed"] = bool(told["analysed"])
    told["notes"] = tuple(note for some in json.loads(told["notes"]) for note in some)
    return Head(**told)


def head(store: Store, document: str) -> Head | None:
    """What is known of the document with that id; None where there is none."""
    for row in store.query(f"{_HEAD} WHERE d.id = ?", (document,)):
        return _head(row)
    return None


def heads(store: Store, outlet: str | None, month: str | None, start: int, size: int) -> list[Head]:
    """Documents by date, newest first: `size` of them from number `start` on."""
    conditions, values = ["1"], list[str | int | None]()
    if outlet is not None:
        conditions.append("coalesce(d.outlet, '') = ?")
        values.append(outlet)
    if month is not None:
        conditions.append("d.published >= ? AND d.published < ?" if month else "d.published IS NULL")
        values += [month, f"{month}~"] if month else []
    rows = store.query(
        f"{_HEAD} WHERE {' AND '.join(conditions)} ORDER BY d.published DESC, d.id DESC LIMIT ? OFFSET ?",
        (*values, size, start),
    )
    return [_head(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text, the blocks it is laid out in, and the way back to its source."""

    text: str
    blocks: tuple[Block, ...]
    map: SourceMap


def layout(store: Store, key: int) -> Layout:
    """How the document in that row is laid out."""
    ((text, blocks, mapping),) = store.query("SELECT text, blocks, map FROM document WHERE key = ?", (key,))
    return Layout(text, codec.blocks_in(blocks), codec.map_in(mapping))


@dataclass(frozen=True, slots=True)
class Part:
    """What was found from one place of a document to another; `before` counts the attributions that begin earlier, and
    `actors` are the names of entities by their ids."""

    before: int
    attributions: tuple[Attribution, ...]
    propositions: tuple[Proposition, ...]
    mentions: tuple[Mention, ...]
    actors: dict[str, str]
    around: dict[str, Attribution]


def part(store: Store, key: int, start: int, end: int) -> Part:
    """What was found in the document in that row between two places, and what reaches in from a little before."""
    rows = store.query(
        f"{ATTRIBUTION} WHERE document = ? AND first >= ? AND first < ? ORDER BY first, key",
        (key, max(0, start - REACH), end),
    )
    near = [codec.attribution_in(row) for row in rows]
    own = tuple(one for one in near if one.extent.end > start)
    ((before,),) = store.query("SELECT count(*) FROM attribution WHERE document = ? AND first < ?", (key, start))
    claims = store.query(
        f"{PROPOSITION} WHERE document = ? AND first >= ? AND first < ? ORDER BY first", (key, start, end)
    )
    mentions = store.query(
        "SELECT first, last, entity, naming, reason, confidence, tone FROM mention WHERE document = ? AND first >= ? "
        "AND first < ? ORDER BY first",
        (key, start, end),
    )
    found = tuple(map(codec.mention_in, mentions))
    asked = sorted({one.entity for one in found} | {one.holder for one in near if one.holder})
    actors = store.query(
        "SELECT id, name FROM entity WHERE id IN (SELECT value FROM json_each(?))", (codec.dumps(asked),)
    )
    return Part(
        int(before) - sum(one.extent.start < start for one in own),
        own,
        tuple(map(codec.proposition_in, claims)),
        found,
        dict(actors),
        {one.id: one for one in near},
    )


def voices(store: Store, key: int) -> list[Attribution]:
    """What the layout of the document in that row gives to somebody, block by block, in the order of the text."""
    rows = store.query(f"{ATTRIBUTION} WHERE document = ? AND kind = 'block' ORDER BY first, key", (key,))
    return [codec.attribution_in(row) for row in rows]


def attribution(store: Store, item: str) -> tuple[str, Attribution] | None:
    """An attribution and the id of its document; None where the present run has none of that id."""
    for (document,) in store.query(
        "SELECT d.id FROM attribution a JOIN document d ON d.key = a.document WHERE a.id = ?", (item,)
    ):
        for row in store.query(f"{ATTRIBUTION} WHERE id = ?", (item,)):
            return document, codec.attribution_in(row)
    return None


def vouched(store: Store, voucher: str) -> list[Proposition]:
    """The propositions that an attribution vouches for, in the order of the text."""
    return [
        codec.proposition_in(row) for row in store.query(f"{PROPOSITION} WHERE voucher = ? ORDER BY first", (voucher,))
    ]


def proposition(store: Store, item: str) -> tuple[str, Proposition] | None:
    """A proposition and the id of its document; None where the present run has none of that id."""
    for (document,) in store.query(
        "SELECT d.id FROM proposition a JOIN document d ON d.key = a.document WHERE a.id = ?", (item,)
    ):
        for row in store.query(f"{PROPOSITION} WHERE id = ?", (item,)):
            return document, codec.proposition_in(row)
    return None


def next_unsure(store: Store, key: int, place: int, below: float, forward: bool) -> int | None:
    """Where in the document the next attribution begins that is less sure than `below`, after or before a place."""
    sign, order = (">", "first") if forward else ("<", "first DESC")
    rows = store.query(
        f"SELECT first FROM attribution WHERE document = ? AND first {sign} ? AND confidence < CAST(? AS REAL) "
        f"ORDER BY {order} LIMIT 1",
        (key, place, str(below)),
    )
    return next((int(first) for (first,) in rows), None)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many documents, statements, claims and problems a store has."""

    documents: int
    statements: int
    claims: int
    problems: int


def totals(store: Store) -> Totals:
    """Counts of what is in the store."""
    tables = ("document", "attribution", "proposition", "problem")
    asked = ", ".join(f"(SELECT count(*) FROM {name})" for name in tables)
    ((*counts,),) = store.query(f"SELECT {asked}")
    return Totals(*map(int, counts))


def months(store: Store) -> list[tuple[str, str, int]]:
    """How many documents each outlet ("" where it is unknown) published in each month ("" for no date)."""
    rows = store.query(
        "SELECT coalesce(outlet, ''), substr(coalesce(published, ''), 1, 7), count(*) FROM document "
        "GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [(outlet, month, int(number)) for outlet, month, number in rows]


def sample(store: Store, seed: int, size: int) -> list[Found]:
    """Statements drawn at random without putting any back: the same ones for one seed as long as none is added."""
    ((last,),) = store.query("SELECT coalesce(max(key), 0) FROM attribution")
    draw = random.Random(seed)
    chosen: dict[int, Found] = {}
    for _ in range(size * 20):
        if len(chosen) >= size or not last:
            break
        key = draw.randint(1, int(last))
        if key not in chosen:
            chosen.update((one.key, one) for one in _by_key(store, key))
    return list(chosen.values())


def _by_key(store: Store, key: int) -> list[Found]:
    rows = store.query(
        f"{_FOUND} WHERE a.key = ?",
        (key,),
    )
    return [Found(*row) for row in rows]


def newest_problems(store: Store, size: int) -> list[tuple[str, str, str]]:
    """What could not be read, by path: path, part of it, reason; at most `size`."""
    return list(store.query("SELECT path, part, reason FROM problem ORDER BY path, part LIMIT ?", (size,)))


def spoken(store: Store, entities: Sequence[str], size: int) -> list[Found]:
    """What entities say, newest first; at most `size`."""
    rows = store.query(
        f"{_FOUND} WHERE a.holder IN (SELECT value FROM json_each(?)) ORDER BY {ORDERS['newest']} LIMIT ?",
        (codec.dumps(list(entities)), size),
    )
    return [Found(*row) for row in rows]


def names_by_outlet(store: Store, entities: Sequence[str]) -> list[tuple[str, str, int]]:
    """Under which names each outlet has entities: outlet, name, in how many documents."""
    rows = store.query(
        "SELECT coalesce(d.outlet, ''), n.value, count(DISTINCT d.key) FROM json_each(?) j "
        "JOIN entity e ON e.id = j.value JOIN document d ON d.key = e.document CROSS JOIN json_each(e.names) n "
        "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
        (codec.dumps(list(entities)),),
    )
    return [(outlet, name, int(number)) for outlet, name, number in rows]


def state_of_entities(store: Store) -> tuple[int, int]:
    """Two numbers that are others once documents were read in: the last key and the count of entities."""
    ((last, number),) = store.query("SELECT (SELECT coalesce(max(key), 0) FROM entity), (SELECT count(*) FROM entity)")
    return int(last), int(number)


CERTAINTIES = tuple(one.value for one in Certainty)


def document_id(store: Store, key: int) -> str:
    """The id of the document in that row; "" where there is none."""
    return next((str(name) for (name,) in store.query("SELECT id FROM document WHERE key = ?", (key,))), "")


def digests(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of the bytes of documents, by their ids."""
    rows = store.query(
        "SELECT id, sha256 FROM document WHERE id IN (SELECT value FROM json_each(?))",
        (codec.dumps(sorted(documents)),),
    )
    return dict(rows)
