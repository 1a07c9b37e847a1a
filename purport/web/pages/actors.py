"""Actors: who is named, by which names and where; merging, splitting, renaming, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from purport.errors import UsageError
from purport.model.rows import Actor, Judgement
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.link import Cluster
from purport.store import browse
from purport.web.server.session import Session
from purport.web.view.page import go, reviewer, session, shown

_SIZE = 60
_SAID = 25
_LINKS = 200
_MOST = 2000
"""Entities of an actor of which what they say is looked up."""


def actors(request: Request) -> Response:
    """Who is named, those named most first."""
    at, asked = session(request), request.query_params
    search, type_, number = asked.get("search", "").strip()[:200], asked.get("type", ""), asked.get("page", "1")
    if type_ and type_ not in TYPES:
        raise UsageError(f"no type of actor is called {type_!r}; there are {', '.join(TYPES)}")
    page = min(max(1, int(number[:6])), 1000) if number.isdecimal() else 1
    cast = at.cast()
    found = at.from_cast(("actors", search, type_), lambda cast: cast.ranked(search or None, type_ or None))
    rows = [cast.actor(one) for one in found[(page - 1) * _SIZE : page * _SIZE]]
    return shown(
        request, "actors.html", found=rows, number=len(found), page=page,
        last=max(1, -(-len(found) // _SIZE)), search=search, type=type_, types=TYPES,
        kept={key: value for key, value in (("search", search), ("type", type_)) if value},
        log=list(reversed(cast.judgements))[:50], judged=cast.judged,
    )  # fmt: skip


def actor(request: Request, *, status: int = 200, wrong: str = "") -> Response:
    """An actor: all names by outlet, what it says, what is said of it, why each entity is of it."""
    at = session(request)
    cast = at.cast()
    one = _cluster(at, request.path_params["actor"])
    entities = [link.entity for link in one.links][:_MOST]
    told: Actor = cast.actor(one)
    spoken = browse.spoken(at.store, entities, _SAID)
    return shown(
        request, "actor.html", status, actor=told, wrong=wrong, names=browse.names_by_outlet(at.store, entities),
        said=browse.quoted(at.store, spoken), links=list(cast.links(one))[:_LINKS], number=len(one.links),
        states=at.states(), log=[row for row in cast.judgements if one.key in (row.one, row.other)],
        judged=cast.judged,
    )  # fmt: skip


def _cluster(at: Session, name: str) -> Cluster:
    try:
        return at.cast().find(name)
    except UsageError:
        raise HTTPException(404) from None


def of_entity(request: Request) -> Response:
    """The actor that an entity of a document is of."""
    at, name = session(request), request.path_params["entity"]
    owners = at.from_cast(
        "owners", lambda cast: {link.entity: one.id for one in cast.judged.clusters for link in one.links}
    )
    if name not in owners:
        raise HTTPException(404)
    return go(f"/actors/{owners[name]}")


async def judge(request: Request) -> Response:
    """Merge, split, rename or undo."""
    form = await request.form()
    return await run_in_threadpool(_judge, request, {name: str(value) for name, value in form.items()})


def _judge(request: Request, form: Mapping[str, str]) -> Response:
    at, who = session(request), reviewer(request)
    name, value = request.path_params["actor"], form.get("value", "").strip()[:300]
    one = _cluster(at, name)
    try:
        if not who:
            raise UsageError("give your name first (at the top of the page), so that others know who judged")
        made = _made(at, one, form.get("deed", ""), value)
    except UsageError as error:
        return actor(request, status=400, wrong=str(error))
    at.judge([replace(made, who=who, note=" ".join(form.get("note", "").split())[:1000])])
    # A merge or a new name gives the actor another key; its entities stay what they were.
    return go(f"/entities/{one.links[0].entity}" if one.links else "/actors")


def _made(at: Session, one: Cluster, deed: str, value: str) -> Judgement:
    cast = at.cast()
    if deed == "undo":
        return cast.undo(int(value) if value.isdecimal() else None)
    if not value:
        raise UsageError("say which name")
    if deed == "merge":
        return cast.merge(one.id, value)
    if deed == "split":
        return cast.split(one.id, value)
    if deed == "rename":
        return cast.rename(one.id, value)
    raise UsageError("merge, split or rename it")
