"""One item to judge: what was found, what people said of it, and the forms to accept, reject or amend it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from purport.corpus.review import ACCEPT, ADD, AMEND, REJECT, UNDO, State, added, effective, nearest, undone
from purport.errors import UsageError
from purport.model import codec
from purport.model.document import Span
from purport.model.record import Attribution, Certainty, Kind, Proposition, attribution_id
from purport.model.rows import Review, words
from purport.model.vocabulary import ACTS
from purport.store import Overtaken, browse, last_review, reviews_of
from purport.store.browse import Layout
from purport.web.pages.document import Told, told_of
from purport.web.server.session import Session
from purport.web.view.marking import Piece, drawn
from purport.web.view.page import go, named, own_path, reviewer, session, shown

_AROUND = 350
"""Code points of context on either side."""
_NOTE = 1000
PARTS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Item:
    """An attribution or a proposition of a document; `gone` where the present run has it no longer."""

    id: str
    kind: str
    document: str
    attribution: Attribution | None
    proposition: Proposition | None
    gone: bool = False


def found(at: Session, name: str) -> Item:
    """The item with that id, of the present run or of people's judgements. Raises 404."""
    one = browse.attribution(at.store, name)
    if one is not None:
        return Item(name, "attribution", one[0], one[1], None)
    claim = browse.proposition(at.store, name)
    if claim is not None:
        return Item(name, "proposition", claim[0], None, claim[1])
    judged = reviews_of(at.store, [name])
    if not judged:
        raise HTTPException(404)
    by = next((one for one in judged if one.deed == ADD), None)
    last = judged[-1]
    return Item(name, last.kind, last.document, added(by) if by is not None else None, None, by is None)


def item(request: Request, *, status: int = 200, overtaken: tuple[Review, ...] = (), wrong: str = "",
         typed: Mapping[str, str] | None = None) -> Response:  # fmt: skip
    """The page of one item; after a form that could not be kept, with what was typed and why."""
    at = session(request)
    one = found(at, request.path_params["item"])
    state = at.states().get(one.id)
    head = browse.head(at.store, one.document)
    layout = at.layout(head.key, head.id) if head is not None else None
    now = effective(one.attribution, state) if one.attribution is not None else None
    told: dict[str, str] = {"note": "", "deed": "", **dict.fromkeys(PARTS, "")}
    told["act"] = now.act if now is not None else ""
    context: tuple[Piece, ...] = ()
    claims: list[Told] = []
    if layout is not None and now is not None:
        told |= {name: words(layout.text, getattr(now, name)) for name in PARTS}
        context = _context(layout, now.extent, now)
        claims = [told_of(layout.text, claim, at.states().get(claim.id)) for claim in browse.vouched(at.store, one.id)]
    elif layout is not None and one.proposition is not None:
        claims = [told_of(layout.text, one.proposition, state)]
        context = _context(layout, one.proposition.extent, None)
    log = reviews_of(at.store, [one.id])
    queue = request.query_params.get("queue", "") or (typed or {}).get("queue", "")
    return shown(
        request, "item.html", status, item=one, now=now, head=head, told=told | dict(typed or {}), context=context,
        claims=claims, state=state, log=log, gone=undone(log), acts=sorted(ACTS), overtaken=overtaken, wrong=wrong,
        shape=len(alike(at, one, "shape")), label=len(alike(at, one, "label")), seen=last_review(at.store), queue=queue,
        place=now.extent.start if now is not None else 0,
    )  # fmt: skip


def _context(layout: Layout, extent: Span, one: Attribution | None) -> tuple[Piece, ...]:
    start, end = max(0, extent.start - _AROUND), min(len(layout.text), extent.end + _AROUND)
    end = min(end, start + 20 * _AROUND)
    start += len(layout.text[start : extent.start].partition(" ")[0]) + 1 if 0 < start < extent.start - 80 else 0
    blocks = drawn(layout, start, end, [one] if one is not None else [])
    gap = Piece("\n", (), 0, (), ())
    return tuple(piece for block in blocks for piece in (*block.pieces, gap))


async def judge(request: Request) -> Response:
    """Keep what a form says of an item, then go on."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    return await run_in_threadpool(_judge, request, {name: str(value) for name, value in form.items()})


def _judge(request: Request, form: Mapping[str, str]) -> Response:
    at, one = session(request), found(session(request), request.path_params["item"])
    who = _who(request, form)
    if not who:
        return item(request, status=400, wrong="Give your name below, so that others know who judged.", typed=form)
    try:
        made = _made(at, one, form, who)
    except UsageError as error:
        return item(request, status=400, wrong=str(error), typed=form)
    after = int(form["after"]) if form.get("after", "").isdecimal() else 0
    every = [made, *_alike(at, one, form, made)]
    if len(every) > 1:
        after = int(form["seen"]) if form.get("seen", "").isdecimal() else 0
    kept = at.review(every, after)
    if isinstance(kept, Overtaken) and not _the_same(kept, made):
        return item(request, status=409, overtaken=kept.since, typed=form)
    return named(go(form.get("then", ""), f"/items/{one.id}"), who)


def _who(request: Request, form: Mapping[str, str]) -> str:
    """Who judges: the name that the browser keeps, else the one in the form."""
    return reviewer(request) or " ".join(form.get("who", "").split())[:80]


def alike(at: Session, one: Item, scope: str) -> list[Attribution]:
    """The other blocks of the document that the same layout gives to somebody (`scope` "shape"), or to the same words
    ("label")."""
    if one.attribution is None or one.attribution.kind is not Kind.BLOCK or not one.attribution.reason:
        return []
    head = browse.head(at.store, one.document)
    if head is None:
        return []
    text, own = at.layout(head.key, head.id).text, one.attribution
    label = words(text, own.source)
    return [
        other
        for other in browse.voices(at.store, head.key)
        if other.id != own.id and other.reason == own.reason
        and (scope == "shape" or (scope == "label" and label and words(text, other.source) == label))
    ]  # fmt: skip


def _alike(at: Session, one: Item, form: Mapping[str, str], made: Review) -> list[Review]:
    """The same judgement of the other blocks of its shape, where the form asks for that: an amendment gives each the
    new source and leaves it its words."""
    found = []
    told = dict(made.told)
    for other in alike(at, one, form.get("scope", "")):
        values = made.told
        if made.deed == AMEND:
            now_ = effective(other, at.states().get(other.id))
            own = {name: json.dumps(codec.spans_out(getattr(now_, name))) for name in ("cue", "content")}
            values = tuple(sorted({**own, "act": json.dumps(now_.act), "source": told["source"]}.items()))
        batch = made.batch or f"shape-{made.item[:16]}"
        found.append(replace(made, item=other.id, told=values, batch=batch))
    return found


def _the_same(kept: Overtaken, made: Review) -> bool:
    """Whether a form was merely sent twice."""
    last = kept.since[-1]
    return len(kept.since) == 1 and (last.who, last.deed, last.told) == (made.who, made.deed, made.told)


def now() -> str:
    """The time of a judgement."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _made(at: Session, one: Item, form: Mapping[str, str], who: str) -> Review:
    """The judgement that a form tells. Raises `UsageError` for one that makes none."""
    deed = form.get("deed", "")
    if deed not in (ACCEPT, REJECT, AMEND):
        raise UsageError("accept, reject or amend it")
    note = " ".join(form.get("note", "").split())[:_NOTE]
    batch = form.get("batch", "")
    made = Review(0, one.id, one.kind, one.document, deed, batch=batch if batch.startswith("sample-") else "", who=who,
                  note=note, made=now())  # fmt: skip
    if deed != AMEND:
        return made
    if one.kind == "proposition":
        if form.get("certainty") not in list(Certainty):
            raise UsageError("choose a certainty")
        return replace(made, told=(("certainty", json.dumps(form["certainty"])),))
    head = browse.head(at.store, one.document)
    if one.attribution is None or head is None:
        raise UsageError("what is no longer there cannot be amended; add it anew in its document")
    before = effective(one.attribution, at.states().get(one.id))
    told = spans_told(at.layout(head.key, head.id), form, before.extent.start, before)
    if not told["cue"] and not told["content"]:
        raise UsageError("a statement needs a cue or a content")
    return replace(made, told=tuple((name, json.dumps(value)) for name, value in sorted(told.items())))


def spans_told(layout: Layout, form: Mapping[str, str], place: int, before: Attribution | None) -> dict[str, object]:
    """The places of the words that were typed for source, cue and content, and the act. Raises `UsageError` for words
    that do not stand near the place."""
    told: dict[str, object] = {}
    for name in PARTS:
        typed = " ".join(form.get(name, "").split())
        own = getattr(before, name) if before is not None else ()
        if before is not None and typed == words(layout.text, own):
            told[name] = codec.spans_out(own)
            continue
        spans = nearest(layout.text, typed, place)
        if spans is None:
            raise UsageError(f"the words given for the {name} do not stand so in the text near this place: {typed!r}")
        told[name] = codec.spans_out(spans)
    act = form.get("act", "")
    if act and act not in ACTS:
        raise UsageError(f"no speech act is called {act!r}")
    told["act"] = act
    return told


def added_from(document: str, told: Mapping[str, object], who: str, note: str, batch: str = "") -> Review:
    """The judgement that an attribution was missed."""
    # A form's values are of any kind; those of PARTS were made by `spans_out` above.
    spans = {name: codec.spans_in(told[name]) for name in PARTS}  # type: ignore[arg-type]
    name = attribution_id(document, spans["source"], spans["cue"], spans["content"])
    values = tuple((key, json.dumps(value)) for key, value in sorted(told.items()))
    return Review(0, name, "attribution", document, ADD, values, batch=batch, who=who, note=note, made=now())


async def add(request: Request) -> Response:
    """Keep what was missed in a document."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    return await run_in_threadpool(_add, request, {name: str(value) for name, value in form.items()})


def _add(request: Request, form: Mapping[str, str]) -> Response:
    at, who = session(request), _who(request, form)
    head = browse.head(at.store, request.path_params["document"])
    if head is None:
        raise HTTPException(404)
    if not who:
        raise UsageError("give your name, so that others know who judged; go back, and what you typed is still there")
    layout = at.layout(head.key, head.id)
    place = int(form["near"][:12]) if form.get("near", "").isdecimal() else 0
    told = spans_told(layout, form, place, None)
    if not told["content"] and not told["cue"]:
        raise UsageError("a statement needs a cue or a content")
    content = form.get("content", "").strip()
    told["kind"] = str(
        Kind.BLOCK
        if form.get("kind") == "block"
        else Kind.DIRECT
        if content[:1] in "\"“«„'‘" and content
        else Kind.INDIRECT
    )
    made = added_from(head.id, told, who, " ".join(form.get("note", "").split())[:_NOTE])
    if browse.attribution(at.store, made.item) is not None:
        return go(f"/items/{made.item}")
    kept = at.review([made], 0)
    if isinstance(kept, Overtaken):
        return go(f"/items/{made.item}")
    return named(go(own_path(form.get("then", ""), f"/documents/{head.id}?item={made.item}")), who)


def undo_of(one: Review, who: str, batch: str = "") -> Review:
    """The judgement that takes another back."""
    return Review(0, one.item, one.kind, one.document, UNDO, undoes=one.number, batch=batch, who=who, made=now())


def state_told(state: State | None) -> str:
    """A state in a word."""
    return state.standing.deed if state is not None and state.standing is not None else ""
