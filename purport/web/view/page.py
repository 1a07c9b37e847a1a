"""What every page has: the session of the store, the reviewer's name, the templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from purport.model.rows import HAPPENED, joined, shortened
from purport.web.server.session import Session

NAVIGATION = (
    ("/", "Corpus"),
    ("/documents", "Documents"),
    ("/statements", "Statements"),
    ("/stories", "Stories"),
    ("/actors", "Actors"),
    ("/network", "Network"),
    ("/review", "Review"),
    ("/runs", "Runs"),
)
_WHO = "purport_reviewer"
_TEMPLATES = Environment(
    loader=PackageLoader("purport.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(navigation=NAVIGATION, answers=HAPPENED, urlencode=urlencode)
_TEMPLATES.filters["shortened"] = shortened
_TEMPLATES.filters["plain"] = lambda pieces: joined(shortened(pieces, 60))
_TEMPLATES.filters["counted"] = lambda number, one, many="": f"{number:,} {one if number == 1 else many or one + 's'}"
_TEMPLATES.filters["combined"] = lambda one, other: {**one, **other}
_TEMPLATES.filters["grouped"] = lambda number: f"{number:,}"
_TEMPLATES.filters["web"] = lambda url: url if str(url).startswith(("http://", "https://")) else ""


def session(request: Request) -> Session:
    """The session of the store that is served."""
    found: Session = request.app.state.session
    return found


def reviewer(request: Request) -> str:
    """The name that whoever asks has given; "" for none."""
    return " ".join(unquote(request.cookies.get(_WHO, "")).split())[:80]


def shown(request: Request, template: str, status: int = 200, **told: Any) -> Response:
    """The page of a template."""
    common = {
        "path": request.url.path,
        "here": _here(request),
        "who": reviewer(request),
        "read_only": getattr(request.app.state, "read_only", False),
    }
    made = _TEMPLATES.get_template(template).render(common | told)
    return HTMLResponse(made.encode("utf-8", "replace"), status)


def _here(request: Request) -> str:
    """Where the page stands that is shown; of one that answers a form, the page on which the form stood."""
    url = request.url if request.method in ("GET", "HEAD") else URL(request.headers.get("referer", "/"))
    return own_path(url.path + (f"?{url.query}" if url.query else ""), "/")


def own_path(told: str, otherwise: str) -> str:
    """An address within this server that a form told to go on to; any other is passed over."""
    fits = told.startswith("/") and not told.startswith(("//", "/\\")) and told.isprintable()
    return told if fits else otherwise


def go(told: str, otherwise: str = "/") -> RedirectResponse:
    """Send the browser on."""
    return RedirectResponse(own_path(told, otherwise), 303)


def name_reviewer(who: str, then: str) -> Response:
    """Keep the name of the reviewer in the browser, and go on."""
    return named(go(then), who)


def named(answer: Response, who: str) -> Response:
    """The answer, with which the browser keeps the name of the reviewer."""
    answer.set_cookie(_WHO, quote(" ".join(who.split())[:80]), max_age=31_536_000, httponly=True, samesite="strict")
    return answer


Endpoint = Callable[[Request], Response]
