"""Running the server."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import uvicorn

from purport import store as stores
from purport.errors import PurportError, StoreError, UsageError
from purport.web.server.app import application
from purport.web.server.network_process import NetworkProcess
from purport.web.server.security import Door


def serve(path: Path, host: str, port: int, said: Callable[[str], None], *, read_only: bool = False) -> None:
    """Serve the pages of the store at `path` until stopped; `said` is told the address once it is open. Where it is
    `read_only`, nobody can judge or add by them.

    A port of 0 takes any that is free. Raises `StoreError` for a store that cannot be used, `UsageError` for an address
    that cannot be taken.
    """
    if not stores.there(path):
        raise StoreError(f"{path}: there is no store here; reading documents into it makes one", "store")
    _upgraded(path)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); name another port", "port"
        ) from None
    sys.setswitchinterval(0.001)  # so that nobody waits long while another's page, or who is who, is worked out
    door = Door.at(host, int(listening.getsockname()[1]))
    with listening, closing(NetworkProcess(path)) as network_process:
        pages = application(path, door, network_process, read_only=read_only)
        config = uvicorn.Config(
            pages, log_config=None, log_level="critical", access_log=False, server_header=False, lifespan="off",
            proxy_headers=False, ws="none", timeout_graceful_shutdown=5,
        )  # fmt: skip
        server = uvicorn.Server(config)
        if door.token:
            said(f"others can reach {host}: every page asks for the token in this address")
        said(f"purport: open {door.address} (Ctrl-C stops)")
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def _upgraded(path: Path) -> None:
    """Bring a store of an older version up to this one; nothing to do where another process writes to it now."""
    try:
        stores.Store(path).close()
    except PurportError:
        stores.Store(path, write=True).close()
