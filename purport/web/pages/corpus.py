"""The corpus: what it holds by outlet and month, what could not be read, how much is reviewed; documents and runs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from purport import store as stores
from purport.errors import UsageError
from purport.store import browse
from purport.web.view.page import session, shown
from purport.web.view.plot import plot

_SIZE = 50
_FARTHEST = 10_000
"""Pages of documents that can be turned over."""
_PROBLEMS = 12


def corpus(request: Request) -> Response:
    """What the store holds."""
    at = session(request)
    totals = at.cached("totals", lambda: browse.totals(at.store))
    months = at.cached("months", lambda: browse.months(at.store))
    judged = {one.standing.kind: 0 for one in at.states().values() if one.standing is not None}
    for one in at.states().values():
        if one.standing is not None and one.standing.deed != "add":
            judged[one.standing.kind] += 1
    return shown(
        request,
        "corpus.html",
        totals=totals,
        plot=plot(months),
        months=months,
        reviewed=judged.get("attribution", 0),
        problems=browse.newest_problems(at.store, _PROBLEMS),
        adding=request.app.state.adding.latest(),
    )


def documents(request: Request) -> Response:
    """The documents, newest first."""
    at, asked = session(request), request.query_params
    outlet, month, number = asked.get("outlet"), asked.get("month"), asked.get("page", "1")
    if not number.isdecimal() or not 1 <= int(number[:9]) <= _FARTHEST:
        raise UsageError("page is a number")
    start = (int(number) - 1) * _SIZE
    found = browse.heads(at.store, outlet, month, start, _SIZE + 1)
    return shown(
        request,
        "documents.html",
        found=found[:_SIZE],
        number=int(number),
        more=len(found) > _SIZE,
        outlet=outlet,
        month=month,
        kept={name: value for name, value in (("outlet", outlet), ("month", month)) if value is not None},
    )


def runs(request: Request) -> Response:
    """What made the records: versions, models, settings; and what could not be read."""
    at = session(request)
    told = at.cached("info", lambda: stores.info(at.store))
    return shown(request, "runs.html", told=told, problems=browse.newest_problems(at.store, 500))
