"""Same actor? Who may be one, side by side, to tick and judge several at once; and taking that back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from purport.corpus.same import Candidate, candidates
from purport.errors import UsageError
from purport.model.rows import Actor, Judgement
from purport.resolve.corpus.judgements import UNDO
from purport.store.namings import NamedIn, namings
from purport.web.server.session import Session
from purport.web.view.page import go, reviewer, session, shown

_FOUND = 200
"""Candidates that are looked for."""
_SIZE = 12
"""Candidates on a page."""
_SENTENCES = 2
_ENTITIES = 200
"""Entities of an actor among which sentences are looked for."""
_TICKED = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate as it is shown: the two as rows, where each is named, and where a document names both."""

    candidate: Candidate
    sides: tuple[tuple[Actor, list[NamedIn]], tuple[Actor, list[NamedIn]]]
    apart: list[NamedIn]

    @property
    def ids(self) -> str:
        """What its tick box says."""
        return f"{self.sides[0][0].id}:{self.sides[1][0].id}"


def same(request: Request, *, status: int = 200, wrong: str = "", ticked: Sequence[str] = ()) -> Response:
    """Candidates, those most likely first; `about` an actor, only its own; `made`, judgements that were just made."""
    at, asked = session(request), request.query_params
    about, number = asked.get("about", "").strip()[:300], asked.get("page", "1")
    cast = at.cast()
    one = cast.dominant(about)[0] if about else None
    # What was judged comes in at once, and no earlier answer will do: its number is part of what is asked.
    asked_for = ("same", one.key if one else None, len(cast.judgements))
    found = at.from_cast(asked_for, lambda cast: candidates(cast, one, _FOUND))
    last = max(1, -(-len(found) // _SIZE))
    page = min(max(1, int(number[:6])), last) if number.isdecimal() else 1
    first, final = _range(asked.get("made", ""))
    log = [row for row in cast.judgements if first <= row.number <= final]
    return shown(
        request, "same.html", status, wrong=wrong, ticked=frozenset(ticked), number=len(found),
        full=len(found) >= _FOUND,
        page=page, last=last, about=cast.actor(one) if one else None,
        rows=[_shown(at, pair) for pair in found[(page - 1) * _SIZE : page * _SIZE]],
        log=log, open=[row for row in log if row.deed != UNDO and row.number not in cast.judged.undone],
        judged=cast.judged, made=asked.get("made", ""),
    )  # fmt: skip


def _range(told: str) -> tuple[int, int]:
    """The first and the last number of "12-17" or "12"; none of anything else."""
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", told)
    return (int(found[1]), int(found[2] or found[1])) if found else (1, 0)


def _shown(at: Session, pair: Candidate) -> Shown:
    cast = at.cast()
    one, other = pair.one, pair.other
    entities = [[link.entity for link in side.links] for side in (one, other)]
    named = [namings(at.store, own[:_ENTITIES], _SENTENCES) for own in entities]
    both = pair.both[:1]
    apart: list[NamedIn] = []
    for own in entities if both else ():
        here = [entity for entity in own if cast.rows[entity].document in both]
        apart += namings(at.store, here, 1, both)
    return Shown(pair, ((cast.actor(one), named[0]), (cast.actor(other), named[1])), apart)


async def judge(request: Request) -> Response:
    """Judge that those ticked are one, or are two; or take judgements back."""
    form = await request.form()
    return await run_in_threadpool(_judge, request, form)


def _judge(request: Request, form: FormData) -> Response:
    at, who = session(request), reviewer(request)
    ticked = [str(value) for value in form.getlist("pair")][:_TICKED]
    note = " ".join(str(form.get("note", "")).split())[:1000]
    try:
        if not who:
            raise UsageError("give your name first (at the top of the page), so that others know who judged")
        made = _made(at, str(form.get("deed", "")), ticked, str(form.get("made", "")))
    except UsageError as error:
        return same(request, status=400, wrong=str(error), ticked=ticked)
    last = at.judge([replace(one, who=who, note=note) for one in made])
    then = str(form.get("then", ""))
    return go(then, "/actors/same") if then else go(f"/actors/same?made={last - len(made) + 1}-{last}")


def _made(at: Session, deed: str, ticked: Sequence[str], told: str) -> list[Judgement]:
    cast = at.cast()
    if deed == "undo":
        first, last = _range(told)
        open_ = [
            row.number
            for row in cast.judgements
            if first <= row.number <= last and row.deed != UNDO and row.number not in cast.judged.undone
        ]
        if not open_:
            raise UsageError("there is nothing to take back: it is taken back already")
        return [cast.undo(number) for number in reversed(open_)]
    pairs = [(one, other) for one, colon, other in (pair.partition(":") for pair in ticked) if colon]
    if not pairs:
        raise UsageError("tick at least one")
    if deed == "same":
        return cast.merged(pairs)
    if deed == "apart":
        return [cast.apart(one, other) for one, other in dict.fromkeys(pairs)]
    raise UsageError("say whether they are the same")
