"""The application: what is served where, and what is said when it cannot be."""

from __future__ import annotations

import logging
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from purport.errors import PurportError, StoreError, UsageError
from purport.web.pages import actors, adding, corpus, document, items, network, review, same, statements, stories
from purport.web.pages.adding import Adding
from purport.web.server.network_process import NetworkProcess, elsewhere
from purport.web.server.security import Door, Guard
from purport.web.server.session import Session
from purport.web.view.page import shown

ROUTES: tuple[BaseRoute, ...] = (
    Route("/", corpus.corpus),
    Route("/add", adding.add, methods=["POST"]),
    Route("/adding/{number:int}", adding.progress),
    Route("/documents", corpus.documents),
    Route("/documents/{document}", document.document),
    Route("/documents/{document}/parts/{number:int}", document.part),
    Route("/documents/{document}/missed", items.add, methods=["POST"]),
    Route("/statements", statements.statements),
    Route("/statements/download.{format}", statements.download),
    Route("/actors", actors.actors),
    Route("/actors/same", same.same),
    Route("/actors/same", same.judge, methods=["POST"]),
    Route("/actors/{actor}", actors.actor),
    Route("/actors/{actor}/judge", actors.judge, methods=["POST"]),
    Route("/entities/{entity}", actors.of_entity),
    Route("/items/{item}", items.item),
    Route("/items/{item}/judge", items.judge, methods=["POST"]),
    Route("/review", review.review),
    Route("/review/next", review.following),
    Route("/review/many", review.many, methods=["POST"]),
    Route("/review/undo", review.undo, methods=["POST"]),
    Route("/review/log", review.log),
    Route("/review/agreement", review.agreement),
    Route("/review/sample", review.sample),
    Route("/review/orphaned", review.orphaned),
    Route("/review/brat", review.standoff, methods=["POST"]),
    Route("/reviewer", review.name, methods=["POST"]),
    Route("/stories", stories.stories),
    Route("/stories/{story}", stories.story),
    Route("/stories/{story}/judge", stories.judge, methods=["POST"]),
    Route("/quotations", stories.quotations),
    Route("/runs", corpus.runs),
    Mount("/static", StaticFiles(directory=Path(__file__).parents[1] / "static")),
)
"""A row per page. All that is sent by GET changes nothing; all that changes anything is sent by POST."""
NETWORK = (
    Route("/network", network.network),
    Route("/network/edge", network.edge),
    Route("/network/timeline/{actor}", network.timeline),
    Route("/network/download.{format}", network.download),
)
"""Pages that reckon for long; all by GET."""

_SAID = {
    400: "This could not be understood",
    404: "There is no such page",
    405: "This cannot be asked here",
    413: "Too large",
}


def application(
    path: Path, door: Door, network_process: NetworkProcess | None = None, *, read_only: bool = False
) -> Guard:
    """The pages of the store at `path`, for those who come through the door; those of the network are made by the
    `network_process` where there is one. Where it is `read_only`, nothing is taken that would change it. Raises
    `StoreError`."""
    # The guard is outermost, so that answers to faults have the headers too.
    return Guard(pages(path, network_process, read_only=read_only), door)


def pages(path: Path, network_process: NetworkProcess | None = None, *, read_only: bool = False) -> Starlette:
    """The same without anything before them."""
    beside = [Route(one.path, elsewhere) for one in NETWORK] if network_process is not None else NETWORK
    own = [_asking(one) if read_only else one for one in ROUTES]
    app = Starlette(
        routes=[*beside, *own],
        exception_handlers={
            HTTPException: _http,
            UsageError: _usage,
            StoreError: _store,
            PurportError: _usage,
            Exception: _broken,
        },
    )
    app.state.session = Session(path)
    if network_process is not None:  # these are served, and not for the network alone
        app.state.session.prepare()
    app.state.adding = Adding(path)
    app.state.read_only = read_only
    app.state.network_process = network_process
    return app


def _asking(route: BaseRoute) -> BaseRoute:
    """The route; of one that changes something, one that says that nothing is changed here."""
    changes = isinstance(route, Route) and "POST" in (route.methods or ())
    return Route(route.path, _unchanged, methods=["POST"]) if changes and isinstance(route, Route) else route


def _unchanged(request: Request) -> Response:
    return shown(
        request, "refused.html", 403, title="These pages are only read",
        reason="They are of a dataset. `purport gather` makes a store of it, in which people judge and add documents.",
    )  # fmt: skip


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return shown(request, "refused.html", status, title=_SAID.get(status, "This did not work"), reason="")


def _usage(request: Request, error: Exception) -> Response:
    return shown(request, "refused.html", 400, title="This could not be understood", reason=_plain(request, error))


def _store(request: Request, error: Exception) -> Response:
    logging.getLogger("purport.web").error("%s", error)
    return shown(
        request, "refused.html", 503, title="The store cannot be used just now",
        reason="Nothing was changed. Another process may keep it busy: send it again in a moment. The terminal in "
        "which purport serve runs tells more.",
    )  # fmt: skip


def _broken(request: Request, error: Exception) -> Response:
    logging.getLogger("purport.web").error("%s failed", request.url.path, exc_info=error)
    return shown(
        request, "refused.html", 500, title="This did not work", reason="The fault is purport's own, not yours."
    )


def _plain(request: Request, error: Exception) -> str:
    """What was wrong, without where the store lies on this machine."""
    return (
        str(error)
        .replace(f"{request.app.state.session.path}: ", "")
        .replace(str(request.app.state.session.path), "the store")
    )
