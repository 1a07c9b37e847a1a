"""A document: its text as it was laid out, with voices marked, and beside it who vouches for what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from purport.corpus.review import State, added, effective, rejected
from purport.model.record import Attribution, Kind, Proposition
from purport.model.rows import Words, claim_words, happened, words
from purport.store import browse
from purport.web.server.session import Session
from purport.web.view.marking import drawn, parts, whose
from purport.web.view.page import go, session, shown
from purport.web.view.query_string import UNSURE

_LONGEST = 20_000
"""Characters of a block that are put into a form at most."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a text of one attribution: its number in the document, its words, its chain of vouchers."""

    number: int
    one: Attribution
    source: str
    cue: str
    content: str
    chain: tuple[str, ...]
    actor: str
    claims: tuple[Told, ...]
    state: State | None
    unsure: bool
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A proposition in words, in pieces that say which of them negate; `further` are its other arguments.

    `happened` says in words what its voucher holds of it, as people judged it where they did.
    """

    one: Proposition
    subject: tuple[Words, ...]
    predicate: tuple[Words, ...]
    object: tuple[Words, ...]
    further: tuple[tuple[Words, ...], ...]
    certainty: str
    happened: str
    state: State | None


def document(request: Request) -> Response:
    """A part of a document, or where its next or last unsure statement stands."""
    at, head = session(request), _head(request)
    layout = at.layout(head.key, head.id)
    cut = parts(layout.blocks) or [(0, len(layout.text))]
    asked = request.query_params
    number = int(asked.get("part", "1")) if asked.get("part", "1").isdecimal() else 1
    item = asked.get("item", "")
    if item:
        found = browse.attribution(at.store, item) or _missed(at, item)
        place = found[1].extent.start if found is not None and found[0] == head.id else 0
        number = _part_at(cut, place)
        if "part" not in asked:
            return go(f"/documents/{head.id}?part={number}&item={item[:16]}#t-{item[:16]}")
    if asked.get("unsure", "") in ("next", "before"):
        start, end = cut[min(max(number, 1), len(cut)) - 1]
        forward = asked["unsure"] == "next"
        near = browse.next_unsure(at.store, head.key, end - 1 if forward else start, UNSURE, forward)
        if near is not None:
            return go(f"/documents/{head.id}?part={_part_at(cut, near)}#unsure")
    number = min(max(number, 1), len(cut))
    asked_of = asked.get("whose", "")
    block = next((b for b in layout.blocks if str(b.span.start) == asked_of), None)
    missed = " ".join(block.span.of(layout.text)[:_LONGEST].split()) if block is not None else ""
    return shown(
        request, "document.html", head=head, number=number, of=len(cut), missed=missed,
        near=block.span.start if block is not None else cut[number - 1][0],
        thread=browse.thread(at.store, head.key), **_told(at, head, cut[number - 1]),
    )  # fmt: skip


def part(request: Request) -> Response:
    """A part of a document alone, for putting it after the one before."""
    at, head = session(request), _head(request)
    cut = parts(at.layout(head.key, head.id).blocks)
    number = int(request.path_params["number"])
    if not 1 <= number <= len(cut):
        raise HTTPException(404)
    return shown(request, "part.html", head=head, number=number, of=len(cut), **_told(at, head, cut[number - 1]))


def _head(request: Request) -> browse.Head:
    found = browse.head(session(request).store, request.path_params["document"])
    if found is None:
        raise HTTPException(404)
    return found


def _part_at(cut: list[tuple[int, int]], place: int) -> int:
    return next((at for at, (_, end) in enumerate(cut, 1) if place < end), len(cut))


def _missed(at: Session, item: str) -> tuple[str, Attribution] | None:
    state = at.states().get(item)
    if state is None or state.standing is None or state.standing.deed != "add":
        return None
    return state.standing.document, added(state.standing)


def _told(at: Session, head: browse.Head, place: tuple[int, int]) -> dict[str, Any]:
    """What a part is drawn from."""
    layout = at.layout(head.key, head.id)
    start, end = place
    found = browse.part(at.store, head.key, start, end)
    states = at.states()
    text = layout.text
    vouched: defaultdict[str | None, list[Told]] = defaultdict(list)
    for claim in found.propositions:
        vouched[claim.voucher].append(told_of(text, claim, states.get(claim.id)))
    shown_as = [(number, one, effective(one, states.get(one.id)), False) for number, one in
                enumerate(found.attributions, found.before + 1)]  # fmt: skip
    for state in states.values():
        by = state.standing
        if by is not None and by.deed == "add" and by.document == head.id and by.kind == "attribution":
            one = added(by)
            if start <= one.extent.start < end and one.id not in found.around:
                shown_as.append((0, one, one, True))
    shown_as.sort(key=lambda row: row[2].extent.start)
    cards = [
        Card(
            number, one, words(text, one.source), words(text, one.cue), words(text, one.content),
            _chain(text, found, one, head.outlet), found.actors.get(one.holder or "", ""),
            tuple(vouched[one.id]), states.get(one.id), one.confidence < UNSURE, missed,
        )
        for number, _, one, missed in shown_as
    ]  # fmt: skip
    standing = [card.one for card in cards if not rejected(card.state)]
    spoken = [effective(one, states.get(one.id)) for one in browse.voices(at.store, head.key)
              if not rejected(states.get(one.id))]  # fmt: skip
    spoken += [row[1] for row in shown_as if row[3] and row[1].kind is Kind.BLOCK and not rejected(states[row[1].id])]
    named = {name: actor for name, actor in sorted(found.actors.items(), key=lambda pair: pair[1]) if actor}
    return {
        "start": start,
        "blocks": drawn(layout, start, end, standing, whose(layout, spoken)),
        "voiced": bool(spoken),
        "cards": cards,
        "numbers": {card.one.id: card.number or "+" for card in cards},
        "unsure": {card.one.id for card in cards if card.unsure},
        "own": vouched[None],
        "actors": dict(sorted({actor: name for name, actor in named.items()}.items())),
    }


def told_of(text: str, one: Proposition, state: State | None) -> Told:
    """A proposition in words, with what people judged of it."""
    parts = (one.subject, one.shown, one.object, *((*a.by, *a.spans) for a in one.arguments))
    subject, predicate, object_, *further = (claim_words(text, spans, one.negation) for spans in parts)
    certainty = one.certainty.value
    if state is not None and state.standing is not None:
        certainty = dict(state.standing.told).get("certainty", f'"{certainty}"').strip('"')
    answer = happened(certainty, one.frame, one.polarity)
    predicate = predicate or (Words(one.implied),)
    return Told(one, subject, predicate, object_, tuple(further), certainty, answer, state)


def _chain(text: str, found: browse.Part, one: Attribution, outlet: str) -> tuple[str, ...]:
    chain, seen, inside = [words(text, one.source)], {one.id}, one.inside
    while inside is not None and inside in found.around and inside not in seen:
        seen.add(inside)
        chain.append(words(text, found.around[inside].source))
        inside = found.around[inside].inside
    return (*((outlet,) if outlet else ()), *reversed(chain))
