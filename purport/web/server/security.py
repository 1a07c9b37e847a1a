"""What stands before every page: who may ask, and what a browser may do with the answer."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Nothing is told to other sites. Under "no-referrer" browsers send "Origin: null" with forms of our own pages too.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LARGEST = 64 * 2**20
"""Bytes of a request; a larger one is refused before it is read."""
_COOKIE = "purport_token"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the pages are served, and the token that whoever asks must have where that is not this machine alone."""

    host: str
    port: int
    token: str | None = None

    @classmethod
    def at(cls, host: str, port: int) -> Door:
        """A door of this address; one that others can reach gets a token."""
        return cls(host, port, None if is_loopback(host) else secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.host in ("0.0.0.0", "::"):
            host = socket.gethostname()
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    def knows(self, host: str) -> bool:
        """Whether the name a browser used is one of ours: one that a stranger's name server could give is none."""
        try:
            split = urlsplit(f"//{host}")
            name, port = (split.hostname or "").rstrip("."), split.port or 80
        except ValueError:
            return False
        if port != self.port:
            return False
        if self.token is None:
            return is_loopback(name)
        return name in (self.host, socket.gethostname().lower()) or _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Refuses what comes from elsewhere, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(Request(scope))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await (refused or self.app)(scope, receive, sending)

    def _refused(self, request: Request) -> Response | None:
        headers = request.headers
        host = headers.get("host", "")
        if not self.door.knows(host):
            return PlainTextResponse("This address is not one of this server's own names.\n", 421)
        if request.method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("This cannot be asked here.\n", 405)
        if request.method == "POST" and not same_origin(headers):
            return PlainTextResponse("Only pages of this server itself may send forms to it.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return PlainTextResponse(f"Too large: at most {LARGEST // 2**20} MB at once.\n", 413)
        if request.method == "POST" and "content-length" not in headers:
            return PlainTextResponse("The length of what is sent must be told.\n", 411)
        return self._without_token(request) if self.door.token else None

    def _without_token(self, request: Request) -> Response | None:
        token = self.door.token or ""
        given = request.query_params.get("token", "")
        if given and secrets.compare_digest(given.encode(), token.encode()):
            answer = RedirectResponse(request.url.path, 303)
            answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict")
            return answer
        kept = request.cookies.get(_COOKIE, "")
        if secrets.compare_digest(kept.encode(), token.encode()):
            return None
        return PlainTextResponse("This server asks for its token: open the address that it printed.\n", 401)


def same_origin(headers: Headers) -> bool:
    """Whether a form was sent from a page of the server itself. A browser tells by Origin, or Sec-Fetch-Site."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    return origin == f"http://{headers.get('host', '')}"
