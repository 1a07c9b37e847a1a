"""The network: who stands with whom, as the documents of a filter and a window of time have it; and two outlets side by
side."""

from __future__ import annotations

import io
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from purport import store as stores
from purport.corpus.standing import KINDS, Standing
from purport.errors import UsageError
from purport.export.formats import write_csv
from purport.export.graphs import gexf, graphml
from purport.export.network_rows import EdgeRow, edge_rows
from purport.export.picture import picture
from purport.export.timeline import timeline as timeline_of
from purport.model.document import is_period
from purport.model.networks import OWN_VOICE, Balance, Edge, Network, Node
from purport.network.aggregate import least_for
from purport.network.change import Comparison, compared
from purport.network.columns import Ties
from purport.web.server.session import Session
from purport.web.view.page import session, shown

STANDS = {1: "for", -1: "against", 0: "neither"}
_EDGES = 200
"""Edges that the table lists."""
_BESIDE = 60
"""Edges that are listed of each way in which two outlets can differ."""
_SEEN = 1_000
"""Edges of a network for which nobody has said how many documents an edge needs. More nobody can see in a picture, and
tens of thousands of which one document tells each take seconds."""
_READ = 200
"""Sentences behind an edge that are shown."""
_LONGEST = 200
_SECONDS = 0.1
"""How long the best coalitions are looked for while somebody waits: what cannot be proved in this time rarely is in
ten times as much, and `purport network` takes the time it needs."""


@dataclass(frozen=True)
class Asked:
    """What of the network is asked for. `month` is one window of time, "" all of it; `other` a second outlet.
    `least` is the number of documents that an edge needs, 0 for as few as give a network that can be seen (`_SEEN`)."""

    outlet: str = ""
    other: str = ""
    vouched_by: str = ""
    kind: str = ""
    least: int = 0
    month: str = ""

    @classmethod
    def of(cls, told: QueryParams, months: Sequence[str]) -> Asked:
        """From the address. `at` is the place of the slider: 0 for all the time, else the month of that number. Raises
        `UsageError` for what makes no sense."""
        month, at = told.get("month", ""), told.get("at", "")
        if at.isdecimal() and len(at) < 6:
            month = months[int(at) - 1] if 0 < int(at) <= len(months) else ""
        if month and not is_period(month):
            raise UsageError(f"{month[:20]!r} is no month; write 2031-04")
        if told.get("kind", "") not in ("", *KINDS):
            raise UsageError(f"no kind of tie is called {told['kind'][:40]!r}; there are {', '.join(KINDS)}")
        least = told.get("least", "") or "0"
        if not least.isdecimal() or int(least[:6]) > 9999:
            raise UsageError("least is a number of documents, 1 to 9999, or 0 for what can be seen")
        texts = {name: told.get(name, "").strip()[:_LONGEST] for name in ("outlet", "other", "vouched_by")}
        return cls(**texts, kind=told.get("kind", ""), least=int(least), month=month)

    def kept(self, **changed: str) -> dict[str, str]:
        """What its address holds, with changes."""
        told = {
            "outlet": self.outlet, "other": self.other, "vouched_by": self.vouched_by, "kind": self.kind,
            "least": str(self.least or ""), "month": self.month,
        }  # fmt: skip
        return {name: value for name, value in {**told, **changed}.items() if value}


@dataclass(frozen=True)
class Made:
    """A network with its coalitions and its edges in the order in which they are listed."""

    network: Network
    balance: Balance
    edges: tuple[Edge, ...]


def months_of(found: Standing) -> list[str]:
    """The months in which anything was published, in order."""
    return sorted({day[:7] for day in found.ties.columns.days.texts if len(day) >= 7})


def settled(at: Session, found: Standing, asked: Asked) -> Asked:
    """The same with the number of documents that an edge needs, one for all outlets that are seen."""
    if asked.least:
        return asked

    def least(outlet: str) -> int:
        def make() -> int:
            return least_for(ties(found, asked, outlet), found.nodes, _SEEN)

        return at.from_standing(found, ("least", replace(asked, outlet="", other=""), outlet), make)

    return replace(asked, least=max(map(least, {asked.outlet, asked.other or asked.outlet})))


def made(at: Session, found: Standing, asked: Asked, outlet: str) -> Made:
    """The network of one outlet, or of all of them."""

    def make() -> Made:
        own = ties(found, asked, outlet)
        network = found.network(own, least=asked.least)
        camps = found.balance(network, own, least=asked.least, seconds=_SECONDS)
        names = network.names()
        edges = sorted(network.edges, key=lambda edge: (-edge.documents, names[edge.holder], names[edge.target]))
        return Made(network, camps, tuple(edges))

    return at.from_standing(found, ("network", replace(asked, outlet="", other=""), outlet), make)


def ties(found: Standing, asked: Asked, outlet: str) -> Ties:
    """The ties that are asked for."""
    month = asked.month or None
    return found.chosen(
        month, month, [outlet] if outlet else None, [asked.vouched_by] if asked.vouched_by else None,
        [asked.kind] if asked.kind else None,
    )  # fmt: skip


def network(request: Request) -> Response:
    """The network of a filter and a window of time, drawn; its coalitions; every edge leads to its sentences."""
    at = session(request)
    found = at.standing()
    months = months_of(found)
    told = Asked.of(request.query_params, months)
    asked = settled(at, found, told)
    chosen = [asked.outlet, asked.other] if asked.other else [asked.outlet]
    sides = [made(at, found, asked, outlet) for outlet in chosen]
    pictures = [_picture(at, found, one, asked, outlet) for one, outlet in zip(sides, chosen, strict=True)]
    names = {**(sides[-1].network.names()), **sides[0].network.names()}
    return shown(
        request, "network.html", asked=told, least=asked.least, kinds=KINDS, own=OWN_VOICE,
        outlets=at.cached("outlets", lambda: stores.outlets(at.store)), months=months,
        place=months.index(asked.month) + 1 if asked.month in months else 0,
        sides=list(zip(chosen, sides, pictures, strict=True)), names=names, stands=STANDS,
        edges=sides[0].edges[:_EDGES], more=max(0, len(sides[0].edges) - _EDGES), camps=[_camps(one) for one in sides],
        compared=_beside(at, found, sides, asked) if len(sides) > 1 else (),
    )  # fmt: skip


def _picture(at: Session, found: Standing, one: Made, asked: Asked, outlet: str) -> Markup:
    """The picture, which holds no words of documents but names, escaped; its edges lead to their sentences."""

    def address(holder: str, target: str) -> str:
        return "/network/edge?" + urlencode({**asked.kept(outlet=outlet, other=""), "holder": holder, "target": target})

    def draw() -> Markup:
        drawn = picture(one.network, one.balance, outlet or "Who stands with whom", address)
        return Markup(drawn.partition("?>")[2])

    return at.from_standing(found, ("drawn", replace(asked, outlet="", other=""), outlet), draw)


def _camps(one: Made) -> list[list[str]]:
    names = one.network.names()
    found: list[list[str]] = [[], []]
    for actor, camp in one.balance.camps.items():
        found[camp].append(actor)
    return [sorted(camp, key=names.__getitem__) for camp in found]


Side = tuple[Edge | None, Edge | None]
Group = tuple[str, Sequence[Side], int]
"""A way in which two outlets agree or differ, edges of which that is so, and how many more there are."""


def _beside(at: Session, found: Standing, sides: Sequence[Made], asked: Asked) -> Sequence[Group]:
    def make() -> list[Group]:
        known = [
            {(tie.holder, tie.target) for tie in ties(found, asked, outlet)} if asked.least > 1 else set()
            for outlet in (asked.outlet, asked.other)
        ]
        return _groups(compared(sides[0].network, sides[1].network), *known)

    return at.from_standing(found, ("beside", asked), make)


def _groups(found: Comparison, first: Set[tuple[str, str]], second: Set[tuple[str, str]]) -> list[Group]:
    """`first` and `second` are the holders and targets of all ties of either outlet: with too few documents for an edge
    it is not that an outlet does not tell of it."""
    one = [(edge, (edge.holder, edge.target) in second) for edge in found.only_one]
    other = [(edge, (edge.holder, edge.target) in first) for edge in found.only_other]
    groups: list[tuple[str, list[Side]]] = [
        ("the other way round", [*found.contrary]), ("alike", [*found.agreed]), ("unsure in one", [*found.unsure]),
        ("only in the first", [(edge, None) for edge, thin in one if not thin]),
        ("only in the second", [(None, edge) for edge, thin in other if not thin]),
        ("in too few documents of the second", [(edge, None) for edge, thin in one if thin]),
        ("in too few documents of the first", [(None, edge) for edge, thin in other if thin]),
    ]  # fmt: skip
    return [
        (name, sorted(sides, key=_documents)[:_BESIDE], max(0, len(sides) - _BESIDE)) for name, sides in groups if sides
    ]


def _documents(side: Side) -> int:
    """For sorting: what most documents tell comes first."""
    return -sum(edge.documents for edge in side if edge is not None)


def edge(request: Request) -> Response:
    """The sentences behind an edge, each with who vouches for it."""
    at = session(request)
    found = at.standing()
    asked = Asked.of(request.query_params, months_of(found))
    holder, target = (request.query_params.get(name, "") for name in ("holder", "target"))
    if holder not in found.nodes or target not in found.nodes:
        raise HTTPException(404)
    own = [tie.id for tie in ties(found, asked, asked.outlet).between(holder, target)]
    rows = list(stores.evidence(at.store, own[:_READ], found.name_of))
    return shown(
        request, "edge.html", asked=asked, rows=rows, number=len(own), holder=found.nodes[holder],
        target=found.nodes[target], stands=STANDS,
    )  # fmt: skip


def timeline(request: Request) -> Response:
    """How one actor stands to others over time."""
    at = session(request)
    found = at.standing()
    asked = Asked.of(request.query_params, months_of(found))
    one = found.nodes.get(request.path_params["actor"]) or _without(found, request.path_params["actor"])
    own = ties(found, asked, asked.outlet).touching(one.id)
    drawn = timeline_of(one.id, own, found.nodes).partition("?>")[2] if len(own) else ""
    return shown(request, "timeline.html", asked=asked, actor=one, drawn=Markup(drawn))


def _without(found: Standing, actor: str) -> Node:
    """An actor of whom no document says how it stands to anybody."""
    try:
        return found.find(actor)
    except UsageError:
        raise HTTPException(404) from None


_FILES = {
    "gexf": "application/gexf+xml", "graphml": "application/graphml+xml", "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
}  # fmt: skip


def download(request: Request) -> Response:
    """What is seen, as a file."""
    form = request.path_params["format"]
    if form not in _FILES:
        raise HTTPException(404)
    at = session(request)
    found = at.standing()
    asked = settled(at, found, replace(Asked.of(request.query_params, months_of(found)), other=""))
    one = made(at, found, asked, asked.outlet)
    name = {"Content-Disposition": f'attachment; filename="network.{form}"'}
    return Response(_file(form, one), media_type=_FILES[form], headers=name)


def _file(form: str, one: Made) -> bytes:
    if form == "csv":
        text = io.StringIO(newline="")
        write_csv(text, edge_rows(one.network, one.balance), EdgeRow)
        return text.getvalue().encode("utf-8", "replace")
    if form == "svg":
        return picture(one.network, one.balance).encode("utf-8", "replace")
    return (gexf if form == "gexf" else graphml)(one.network, one.balance)
