"""Stories, what their documents share, and quotations that travel: what belongs together in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.likeness import Likeness, texts_of
from purport.corpus.part import actors_called
from purport.corpus.quotations import CorpusQuotations, QuotationRow
from purport.corpus.sharing import Sharing
from purport.corpus.stories import CorpusStories, StoryRow
from purport.corpus.story_judging import moved, put_together, taken_back, taken_out
from purport.errors import UsageError
from purport.model.rows import DocumentRow, StoryJudgement
from purport.store.ties import story_judgements
from purport.stories import Passage
from purport.stories.cluster import LEAST_THRESHOLD, THRESHOLD
from purport.stories.judged import undone
from purport.stories.quotations import Telling, parts
from purport.web.server.session import Session
from purport.web.view.page import go, reviewer, session, shown

Row = TypeVar("Row")

MOST, MOST_OF_STORIES = 1_000, 20_000
"""Documents of a store up to which quotations, and stories, are made while somebody waits."""
_SIZE = 30
"""Stories, or quotations, on a page."""
_SHARED = 40
"""Shared passages that the page of a story shows, the longest first."""
_WORDS = 700
"""Code points of a passage or a quotation that are shown."""
_ORDERS = {"latest": "the latest first", "largest": "the largest first", "weakest": "the least sure first"}
_NEAR = 5
"""Stories that are offered as others that may be this one."""


class _Asked(CorpusStories, CorpusQuotations):
    """What is asked of a store, by the actors and the likeness that its pages have."""

    def __init__(self, store: stores.Store, cast: Cast, likeness: Likeness, sharing: Callable[[], Sharing]) -> None:
        self._store, self._cast, self._like, self._sharing = store, cast, likeness, sharing

    @property
    def store(self) -> stores.Store:
        return self._store

    @property
    def cast(self) -> Cast:
        return self._cast

    @property
    def likeness(self) -> Likeness:
        return self._like

    @property
    def sharing(self) -> Sharing:
        return self._sharing()

    def documents(self, limit: int | None = None) -> list[DocumentRow]:
        return list(islice(stores.documents(self._store), limit))


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of two documents with its words in each, and whether dates or credit lines tell who had it first."""

    passage: Passage
    words: tuple[str, str]


def stories(request: Request) -> Response:
    """Stories of at least two documents; `order` "latest", "largest" or "weakest" (by the least sure of their
    documents), `side` "one" only those of one outlet, `threshold` the likeness that makes one."""
    at, asked = session(request), request.query_params
    order, side = asked.get("order", "latest"), asked.get("side", "")
    if order not in _ORDERS or side not in ("", "one"):
        raise UsageError(f"stories are asked for by order ({', '.join(_ORDERS)}) and side (one)")
    threshold = _threshold(asked.get("threshold", ""))
    too_many = _too_many(at, MOST_OF_STORIES)
    every = [] if too_many else _stories(at, threshold)
    found = [row for row in every if side != "one" or len(row.outlets) == 1]
    if order == "largest":
        found.sort(key=lambda row: -len(row.documents))
    elif order == "weakest":
        found.sort(key=lambda row: min(row.similarities))
    else:
        found.sort(key=lambda row: row.last or "", reverse=True)
    page, last = _page(asked.get("page", "1"), len(found))
    told = "" if threshold is None else f"{threshold:g}"
    kept = {name: value for name, value in (("order", order), ("side", side), ("threshold", told)) if value}
    return shown(
        request, "stories.html", too_many=too_many, number=len(found), rows=_on(found, page), page=page, last=last,
        order=order, orders=_ORDERS, side=side, kept=kept, threshold=told, usual=THRESHOLD,
    )  # fmt: skip


def _threshold(told: str) -> float | None:
    try:
        return float(told) if told.strip() else None
    except ValueError:
        raise UsageError(f"a threshold lies between {LEAST_THRESHOLD} and 1, not {told[:40]!r}") from None


def story(request: Request, *, status: int = 200, wrong: str = "", ticked: Sequence[str] = ()) -> Response:
    """A story: its documents in time, what they share word for word, and the quotations that they have in common."""
    at, id_ = session(request), request.path_params["story"]
    threshold = _threshold(request.query_params.get("threshold", ""))
    every = [] if _too_many(at, MOST_OF_STORIES) else _all_stories(at, threshold)
    row = next((one for one in every if id_ == one.id or id_ in one.documents), None)
    if row is None:
        reason = f"None has the id {id_[:40]!r}; it may have gone with a document that came or went."
        return shown(request, "refused.html", 404, title="There is no such story", reason=reason)
    asked = _asked(at)
    own = set(row.documents)
    documents = {one.id: one for one in stores.documents(at.store) if one.id in own}
    texts = {one.id: one for one in texts_of(at.store, documents)}
    found, number = asked.passages_between(row.documents, _SHARED)
    shared = [
        Shared(one, (texts[one.a].text[one.a_start : one.a_end], texts[one.b].text[one.b_start : one.b_end]))
        for one in found
    ]
    travelling = [] if _too_many(at) else [
        one for one in _quotations(at) if len(own & {told.quoted.document for told in one.quotation.tellings}) > 1
    ]  # fmt: skip
    near = asked.near_stories(row, _NEAR, threshold)
    log = [one for one in asked.story_judgements() if own & {*one.one, *one.other}]
    return shown(
        request, "story.html", status, row=row, documents=documents, shared=shared, more=number - len(shared),
        reasons={one.document: one.reason for one in asked.members(row)}, quotations=travelling[:_SHARED],
        parts=_parts, words=_WORDS, near=near, before=next((one for one in every if one.id == row.follows), None),
        after=[one for one in every if one.follows == row.id], log=log, undone=undone(asked.story_judgements()),
        wrong=wrong, ticked=frozenset(ticked), threshold="" if threshold is None else f"{threshold:g}",
    )  # fmt: skip


async def judge(request: Request) -> Response:
    """Judge that documents are not of a story, or of another one, or that two stories are one; or take that back."""
    form = await request.form()
    return await run_in_threadpool(_judge, request, form)


def _judge(request: Request, form: FormData) -> Response:
    at, who = session(request), reviewer(request)
    name = str(request.path_params["story"])
    ticked = [str(value) for value in form.getlist("document")][:_TICKED]
    other = _named(str(form.get("other", "")))
    note = " ".join(str(form.get("note", "")).split())[:1000]
    asked = _asked(at)
    try:
        if not who:
            raise UsageError("give your name first (at the top of the page), so that others know who judged")
        made = _made(asked, str(form.get("deed", "")), name, ticked, other, str(form.get("number", "")))
        (own,) = asked.groups_of([name])
        stays = [id for id in own.documents if id not in set(ticked)] or ticked
    except UsageError as error:
        return story(request, status=400, wrong=str(error), ticked=ticked)
    at.judge_stories([replace(one, who=who, note=note) for one in made])
    return go("", f"/stories/{stays[0]}")


_TICKED = 500
"""Documents that are judged at once, at most."""


def _named(told: str) -> str:
    """The story that is meant by its id or its page's address."""
    return told.strip()[:300].partition("?")[0].rstrip("/").rpartition("/")[2]


def _made(
    asked: CorpusStories, deed: str, name: str, ticked: Sequence[str], other: str, number: str
) -> list[StoryJudgement]:
    if deed == "undo":
        return [taken_back(asked, int(number) if number.isdecimal() and len(number) < 9 else 0)]
    if deed in ("out", "move") and not ticked:
        raise UsageError("tick at least one document")
    if deed in ("move", "merge") and not other:
        raise UsageError("say which other story")
    if deed == "out":
        return taken_out(asked, name, ticked)
    if deed == "move":
        return moved(asked, other, ticked)
    if deed == "merge":
        return put_together(asked, [name, other])
    raise UsageError("say what is wrong with this story")


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


def _too_many(at: Session, most: int | None = None) -> int:
    """How many documents there are, where they are more than a page waits for; else 0."""
    ((number,),) = at.store.query("SELECT count(*) FROM document")
    return int(number) if number > (MOST if most is None else most) else 0


def _asked(at: Session) -> _Asked:
    return _Asked(at.store, at.cast(), at.likeness(), at.sharing)


def _all_stories(at: Session, threshold: float | None) -> Sequence[StoryRow]:
    """All stories, also those of one document."""
    cast, judgements = at.cast(), len(story_judgements(at.store))
    return at.from_likeness(
        ("stories", threshold, judgements, len(cast.judgements), at.data_version()),
        lambda likeness: _Asked(at.store, cast, likeness, at.sharing).stories(all=True, threshold=threshold),
    )


def _stories(at: Session, threshold: float | None) -> list[StoryRow]:
    return [one for one in _all_stories(at, threshold) if len(one.documents) > 1]


def _quotations(at: Session) -> Sequence[QuotationRow]:
    return at.from_cast(("quotations",), lambda cast: _Asked(at.store, cast, at.likeness(), at.sharing).quotations())


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
