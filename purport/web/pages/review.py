"""Review: the queue, many at once and back again, the log, agreement, a sample, the orphaned, files of others."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from purport.corpus.agreement import alpha, coincidences, wilson
from purport.corpus.review import ACCEPT, REJECT, UNDO, State, undone
from purport.errors import UsageError
from purport.export.brat import read_standoff
from purport.model import codec
from purport.model.document import Span
from purport.model.rows import Review
from purport.store import Overtaken, browse, gone
from purport.store.browse import CAP, Wanted
from purport.web.pages.items import added_from, now, undo_of
from purport.web.pages.statements import fitting
from purport.web.server.session import Session
from purport.web.view.page import go, name_reviewer, reviewer, session, shown
from purport.web.view.query_string import SIZE, Asked

_LOG = 100
_SAMPLE = 100
_LARGEST = 2 * 2**20
"""Bytes of a brat file."""


def review(request: Request) -> Response:
    """Where review stands."""
    at = session(request)
    standing = [one.standing for one in at.states().values() if one.standing is not None]
    return shown(
        request, "review.html", deeds=Counter((one.kind, one.deed) for one in standing), reviewers=_reviewers(at),
        totals=at.cached("totals", lambda: browse.totals(at.store)), number=len(at.reviews()),
        orphans=len(_orphans(at)), seed=secrets.randbelow(9000) + 1000,
    )  # fmt: skip


def _reviewers(at: Session) -> list[tuple[str, int]]:
    return Counter(one.who for one in at.reviews() if one.deed != UNDO).most_common()


async def name(request: Request) -> Response:
    """Keep the reviewer's name in the browser."""
    form = await request.form()
    return name_reviewer(str(form.get("who", "")), str(form.get("then", "/")))


def following(request: Request) -> Response:
    """The next statement to judge: the least sure that the reviewer has not judged."""
    at, who = session(request), reviewer(request)
    own = tuple(sorted(item for item, state in at.states().items() if who in state.by or (not who and state.standing)))
    past = tuple(part for part in request.query_params.get("past", "").split(".") if re.fullmatch("[0-9a-f]{16}", part))
    found = browse.survey(at.store, Wanted(apart=(*own, *past), order="unsure"), cap=1)
    if not found:
        return shown(
            request, "refused.html", title="Nothing is left to judge", reason="You have judged every statement."
        )
    skipped = ".".join(past[-40:])
    return go(f"/items/{found[0].id}?queue={skipped or 'yes'}")


async def many(request: Request) -> Response:
    """Accept or reject all statements of a filter that nobody has judged."""
    form = await request.form()
    return await run_in_threadpool(_many, request, {key: str(value) for key, value in form.items()})


def _many(request: Request, form: Mapping[str, str]) -> Response:
    at, asked, deed, who = session(request), Asked.of(form), form.get("deed", ""), reviewer(request)
    if deed not in (ACCEPT, REJECT):
        raise UsageError("accept or reject them")
    if not who:
        raise UsageError("give your name first (at the top of the page), so that others know who judged")
    states = at.states()
    found = [one for one in fitting(at, asked)[:CAP] if (state := states.get(one.id)) is None or state.standing is None]
    if form.get("number") != str(len(found)):
        return shown(request, "many.html", asked=asked, deed=deed, number=len(found))
    documents = {one.document: "" for one in found}
    for key in documents:
        documents[key] = browse.document_id(at.store, key)
    batch = f"{deed}-{secrets.token_hex(4)}"
    note = " ".join(f"{name}={value}" for name, value in asked.narrowed())
    made = [
        Review(0, one.id, "attribution", documents[one.document], deed, batch=batch, who=who, note=note, made=now())
        for one in found
    ]
    # None was judged when it was looked up; one that another judges meanwhile is refused with all of them.
    kept = at.review(made, len(at.reviews())) if made else 0
    if isinstance(kept, Overtaken):
        return shown(
            request, "refused.html", 409, title="Somebody else was quicker",
            reason=f"{len(kept.since)} of these were judged meanwhile. Nothing of yours was kept: do it once more.",
        )  # fmt: skip
    return go(f"/review/log?batch={batch}")


async def undo(request: Request) -> Response:
    """Take back a judgement, or all of a batch, by other ones."""
    form = await request.form()
    return await run_in_threadpool(_undo, request, {key: str(value) for key, value in form.items()})


def _undo(request: Request, form: Mapping[str, str]) -> Response:
    at, who = session(request), reviewer(request)
    if not who:
        raise UsageError("give your name first (at the top of the page), so that others know who judged")
    reviews = at.reviews()
    taken = undone(reviews)
    batch = form.get("batch", "")
    number = int(form["number"][:12]) if form.get("number", "").isdecimal() else 0
    chosen = [
        one for one in reviews if one.number not in taken and (one.batch == batch if batch else one.number == number)
    ]
    if not chosen:
        raise UsageError("there is nothing to take back: it is taken back already")
    name_ = f"undo-{secrets.token_hex(4)}" if batch else ""
    kept = at.review([undo_of(one, who, name_) for one in chosen], len(reviews))
    if isinstance(kept, Overtaken):
        return shown(
            request, "refused.html", 409, title="Somebody else was quicker",
            reason="What you took back was judged anew meanwhile. Nothing of yours was kept: look at it again.",
        )  # fmt: skip
    return go(form.get("then", ""), "/review/log")


def log(request: Request) -> Response:
    """All judgements of items, the last first; and below the first of them those of actors."""
    at, asked = session(request), request.query_params
    reviews = at.reviews()
    batch, number = asked.get("batch", ""), asked.get("page", "1")
    found = [one for one in reversed(reviews) if not batch or one.batch == batch]
    start = (max(1, int(number[:6])) - 1) * _LOG if number.isdecimal() else 0
    taken = undone(reviews)
    cast = at.cast()
    actors = list(reversed(cast.judgements)) if not batch and not start else []
    return shown(
        request, "log.html", actors=actors[:_LOG], more=len(actors) > _LOG, judged=cast.judged,
        rows=found[start : start + _LOG], number=len(found), start=start, size=_LOG, batch=batch,
        taken=taken, open=sum(one.number not in taken for one in found) if batch else 0,
    )  # fmt: skip


def agreement(request: Request) -> Response:
    """How far two reviewers agree on what both have judged."""
    at, asked = session(request), request.query_params
    names = [who for who, _ in _reviewers(at)]
    one, two = asked.get("one", ""), asked.get("two", "")
    if not (one and two) and len(names) > 1:
        one, two = max(combinations(names[:12], 2), key=lambda pair: len(_both(at, *pair)))
    both = _both(at, one, two)
    table = coincidences(values for _, values in both)
    kinds = sorted({value for _, values in both for value in values})
    counts = Counter((values[0], values[1]) for _, values in both)
    return shown(
        request, "agreement.html", names=names, one=one, two=two, units=len(both), alpha=alpha(table), kinds=kinds,
        counts=counts, differ=[(item, values) for item, values in both if values[0] != values[1]][:200],
    )  # fmt: skip


def _both(at: Session, one: str, two: str) -> list[tuple[str, tuple[str, str]]]:
    """What both have judged: the item, and what each said of it."""
    return [
        (item, (state.by[one].deed, state.by[two].deed))
        for item, state in at.states().items()
        if one in state.by and two in state.by and one != two
    ]


def sample(request: Request) -> Response:
    """Statements drawn at random, to be judged, and the share of them that is wrong."""
    at, asked = session(request), request.query_params
    seed, size = asked.get("seed", "1"), asked.get("size", str(_SAMPLE))
    if not (seed.isdecimal() and size.isdecimal() and 1 <= int(size[:5]) <= 1000):
        raise UsageError("a sample has a seed, a number, and a size of 1 to 1000")
    found = browse.sample(at.store, int(seed[:9]), int(size))
    number = asked.get("page", "1")
    start = (max(1, int(number[:4])) - 1) * SIZE if number.isdecimal() else 0
    states = at.states()
    standing = {one.id: by for one in found if (state := states.get(one.id)) is not None and (by := state.standing)}
    wrong = sum(one.deed != ACCEPT for one in standing.values())
    return shown(
        request, "sample.html", rows=browse.quoted(at.store, found[start : start + SIZE]), start=start,
        step=SIZE, standing=standing, wrong=wrong,
        judged=len(standing), interval=wilson(wrong, len(standing)), seed=int(seed[:9]), size=len(found),
        states=states,
    )  # fmt: skip


def orphaned(request: Request) -> Response:
    """Judgements of items that the present run no longer finds."""
    at = session(request)
    return shown(request, "orphaned.html", rows=_orphans(at)[:500])


def _orphans(at: Session) -> list[State]:
    standing = {
        item: one for item, one in at.states().items() if one.standing is not None and one.standing.deed != "add"
    }
    lost: set[str] = set()
    for kind in ("attribution", "proposition"):
        lost |= gone(
            at.store, kind, [item for item, one in standing.items() if one.standing and one.standing.kind == kind]
        )
    return [standing[item] for item in sorted(lost)]


async def standoff(request: Request) -> Response:
    """Take another's brat file of a document as judgements: what both have is accepted, what only the file has was
    missed, what only this run has is rejected."""
    async with request.form(max_files=1, max_fields=10) as form:
        given, document, by = form.get("file"), str(form.get("document", "")), str(form.get("by", ""))
        data = await given.read(_LARGEST + 1) if isinstance(given, UploadFile) else b""
    if not data or len(data) > _LARGEST:
        raise UsageError("choose a .ann file of one document")
    return await run_in_threadpool(_standoff, request, document, by, data)


def _standoff(request: Request, document: str, by: str, data: bytes) -> Response:
    at, who = session(request), " ".join(by.split())[:80] or reviewer(request)
    head = browse.head(at.store, document.strip())
    if head is None:
        raise HTTPException(404)
    if not who:
        raise UsageError("say who annotated it")
    layout = at.layout(head.key, head.id)
    try:
        told = read_standoff(data.decode())
        made = [_annotated(head.id, layout.text, one, who) for one in told]
    except (ValueError, KeyError) as error:
        raise UsageError(f"this is no brat file of that document: {error}") from None
    batch = f"brat-{secrets.token_hex(4)}"
    theirs = {one.item for one in made}
    own = browse.part(at.store, head.key, 0, len(layout.text)).attributions
    mine = {one.id for one in own}
    kept = [
        one if one.item not in mine else Review(0, one.item, "attribution", head.id, ACCEPT, who=who, made=one.made)
        for one in made
    ]
    kept += [
        Review(0, one.id, "attribution", head.id, REJECT, who=who, made=now()) for one in own if one.id not in theirs
    ]
    at.review([Review(0, one.item, one.kind, one.document, one.deed, one.told, 0, batch, who, "brat", one.made)
               for one in kept])  # fmt: skip
    return go(f"/review/log?batch={batch}")


def _annotated(document: str, text: str, one: Mapping[str, list[tuple[int, int]]], who: str) -> Review:
    told: dict[str, object] = {"act": "", "kind": "indirect"}
    for part in ("source", "cue", "content"):
        spans = tuple(sorted(Span(start, end) for start, end in one.get(part, [])))
        if spans and spans[-1].end > len(text):
            raise ValueError("it names places past the end of the text")
        told[part] = codec.spans_out(_joined(text, spans))
    return added_from(document, told, who, "brat")


def _joined(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces of a place that brat breaks at the ends of lines, put together again."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
