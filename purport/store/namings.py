"""Where actors are named, as sentences for people to compare."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from purport.model import codec
from purport.model.document import Span
from purport.store.browse import in_sentence
from purport.store.store import Store


@dataclass(frozen=True, slots=True)
class NamedIn:
    """Where somebody is named: the document by its id, its outlet, title and date, each "" where it is not known, the
    place in code points, the words `before` it in its sentence, those that name, and those `after`."""

    document: str
    outlet: str
    title: str
    published: str
    span: Span
    before: str
    own: str
    after: str


def namings(store: Store, entities: Sequence[str], size: int, documents: Collection[str] = ()) -> list[NamedIn]:
    """Where entities are named, at most once a document and `size` times in all: where most words name them, since
    those tell most of who it is; with `documents` only in these. By number of words, then document and place."""
    rows = store.query(
        "SELECT document, first, last FROM (SELECT m.document, m.first, m.last, m.naming != 'name' AS described, "
        "row_number() OVER (PARTITION BY m.document ORDER BY m.naming != 'name', m.last - m.first DESC, m.first) "
        "AS place FROM json_each(?1) j CROSS JOIN mention m ON m.entity = j.value JOIN document d ON "
        "d.key = m.document WHERE m.naming != 'pronoun' AND (?2 = '[]' OR d.id IN (SELECT value FROM json_each(?2)))) "
        "WHERE place = 1 ORDER BY described, last - first DESC, document, first LIMIT ?3",
        (codec.dumps(list(entities)), codec.dumps(sorted(documents)), size),
    )
    return [_naming(store, *row) for row in rows]


def _naming(store: Store, document: int, first: int, last: int) -> NamedIn:
    ((name, outlet, title, published, text, told),) = store.query(
        "SELECT id, coalesce(outlet, ''), coalesce(title, ''), coalesce(published, ''), text, blocks FROM document "
        "WHERE key = ?",
        (document,),
    )
    blocks = [one.span for one in codec.blocks_in(told)]
    at = bisect_right(blocks, first, key=lambda block: block.start) - 1
    block = blocks[at] if at >= 0 else Span(first, last)
    return NamedIn(name, outlet, title, published, Span(first, last), *in_sentence(text, block, first, last))
