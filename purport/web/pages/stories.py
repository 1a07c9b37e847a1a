"""Stories, what their documents share, and quotations that travel: what belongs together in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.part import actors_called
from purport.corpus.quotations import CorpusQuotations, QuotationRow
from purport.corpus.stories import CorpusStories, StoryRow, texts_of
from purport.errors import UsageError
from purport.model.rows import DocumentRow
from purport.stories import Passage, passages
from purport.stories.quotations import Telling, parts
from purport.web.server.session import Session
from purport.web.view.page import session, shown

Row = TypeVar("Row")

MOST = 1_000
"""Documents of a store up to which stories and quotations are made while somebody waits."""
_SIZE = 30
"""Stories, or quotations, on a page."""
_SHARED = 40
"""Shared passages that the page of a story shows, the longest first."""
_WORDS = 700
"""Code points of a passage or a quotation that are shown."""
_ORDERS = {"latest": "the latest first", "largest": "the largest first"}


class _Asked(CorpusStories, CorpusQuotations):
    """What is asked of a store, by the actors that its pages have."""

    def __init__(self, store: stores.Store, cast: Cast) -> None:
        self._store, self._cast = store, cast

    @property
    def store(self) -> stores.Store:
        return self._store

    @property
    def cast(self) -> Cast:
        return self._cast

    def documents(self, limit: int | None = None) -> list[DocumentRow]:
        return list(islice(stores.documents(self._store), limit))


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of two documents with its words in each, and whether dates or credit lines tell who had it first."""

    passage: Passage
    words: tuple[str, str]


def stories(request: Request) -> Response:
    """Stories of at least two documents; `order` "latest" or "largest", `side` "one" only those of one outlet."""
    at, asked = session(request), request.query_params
    order, side = asked.get("order", "latest"), asked.get("side", "")
    if order not in _ORDERS or side not in ("", "one"):
        raise UsageError(f"stories are asked for by order ({', '.join(_ORDERS)}) and side (one)")
    too_many = _too_many(at)
    found = [] if too_many else [row for row in _stories(at) if side != "one" or len(row.outlets) == 1]
    if order == "largest":
        found.sort(key=lambda row: -len(row.documents))
    else:
        found.sort(key=lambda row: row.last or "", reverse=True)
    page, last = _page(asked.get("page", "1"), len(found))
    kept = {name: value for name, value in (("order", order), ("side", side)) if value}
    return shown(
        request, "stories.html", too_many=too_many, number=len(found), rows=_on(found, page), page=page, last=last,
        order=order, orders=_ORDERS, side=side, kept=kept,
    )  # fmt: skip


def story(request: Request) -> Response:
    """A story: its documents in time, what they share word for word, and the quotations that they have in common."""
    at, id_ = session(request), request.path_params["story"]
    row = None if _too_many(at) else next((one for one in _stories(at) if one.id == id_), None)
    if row is None:
        reason = f"None has the id {id_[:40]!r}; it may have gone with a document that came or went."
        return shown(request, "refused.html", 404, title="There is no such story", reason=reason)
    documents = {one.id: one for one in stores.documents(at.store) if one.id in set(row.documents)}
    texts = {one.id: one for one in texts_of(at.store, documents)}
    found = at.from_cast(("passages", id_), lambda _cast: _longest_first(passages(texts.values())))
    shared = [
        Shared(one, (texts[one.a].text[one.a_start : one.a_end], texts[one.b].text[one.b_start : one.b_end]))
        for one in found[:_SHARED]
    ]
    own = set(row.documents)
    travelling = [
        one for one in _quotations(at) if len(own & {told.quoted.document for told in one.quotation.tellings}) > 1
    ]
    return shown(
        request, "story.html", row=row, documents=documents, shared=shared, more=len(found) - len(shared),
        reasons={one.document: one.reason for one in row.members}, quotations=travelling[:_SHARED], parts=_parts,
        words=_WORDS,
    )  # fmt: skip


def _longest_first(found: Sequence[Passage]) -> list[Passage]:
    return sorted(found, key=lambda one: (one.a_start - one.a_end, one.a, one.b, one.a_start))


def quotations(request: Request) -> Response:
    """Quotations that travel; `altered`, only those with other words or another speaker; `by`, only an actor's."""
    at, asked = session(request), request.query_params
    altered, by = asked.get("altered") == "yes", asked.get("by", "").strip()[:300]
    too_many = _too_many(at)
    found = [] if too_many else list(_quotations(at))
    if altered:
        found = [one for one in found if any(t.how == "altered" or t.other_speaker for t in one.quotation.tellings)]
    if by and not too_many:
        ids = at.from_cast(("called", by), lambda cast: actors_called(by, cast, "by"))
        found = [one for one in found if any(told.quoted.speaker in ids for told in one.quotation.tellings)]
    page, last = _page(asked.get("page", "1"), len(found))
    kept = {name: value for name, value in (("altered", "yes" if altered else ""), ("by", by)) if value}
    return shown(
        request, "quotations.html", too_many=too_many, number=len(found), rows=_on(found, page), page=page, last=last,
        altered=altered, by=by, kept=kept, parts=_parts,
    )  # fmt: skip


def _too_many(at: Session) -> int:
    """How many documents there are, where they are more than stories are made of here; else 0."""
    ((number,),) = at.store.query("SELECT count(*) FROM document")
    return int(number) if number > MOST else 0


def _stories(at: Session) -> list[StoryRow]:
    return list(at.from_cast(("stories",), lambda cast: _Asked(at.store, cast).stories()))


def _quotations(at: Session) -> Sequence[QuotationRow]:
    return at.from_cast(("quotations",), lambda cast: _Asked(at.store, cast).quotations())


def _page(number: str, items: int) -> tuple[int, int]:
    last = max(1, -(-items // _SIZE))
    return (min(max(1, int(number[:6])), last) if number.isdecimal() else 1), last


def _on(rows: Sequence[Row], page: int) -> Sequence[Row]:
    return rows[(page - 1) * _SIZE : page * _SIZE]


def _parts(telling: Telling) -> list[tuple[str, str]]:
    """The words of a telling as they are shown: pieces, each with "" (as in the fullest), "here" or "there"."""
    told, left = [], _WORDS
    for kind, words in parts(telling):
        told.append((kind, words if len(words) <= left else words[:left] + " …"))
        left -= len(words)
        if left <= 0:
            break
    return told
