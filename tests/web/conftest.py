"""Pages of the store of the examples, asked as a browser on this machine asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from purport.web import application
from purport.web.server.security import Door

HOME = "http://127.0.0.1:8765"
FORM = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}


def client_of(path: Path, who: str = "", door: Door | None = None) -> TestClient:
    """A browser of a reviewer, whose name is set."""
    client = TestClient(application(path, door or Door("127.0.0.1", 8765)), base_url=HOME, follow_redirects=False)
    client.headers.update(FORM)
    if who:
        client.cookies.set("purport_reviewer", who)
    return client


@pytest.fixture(scope="module")
def client(example_store: Path) -> TestClient:
    return client_of(example_store)


Reviewer = Callable[[str], TestClient]


@pytest.fixture
def reviewer(copied: Path) -> Reviewer:
    return lambda who: client_of(copied, who)
