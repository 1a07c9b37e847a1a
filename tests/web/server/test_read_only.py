from __future__ import annotations

from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

import purport
from purport.web import application
from purport.web.server.app import ROUTES
from purport.web.server.security import Door
from tests.web.conftest import FORM, HOME

CHANGING = [one.path for one in ROUTES if isinstance(one, Route) and "POST" in (one.methods or ())]


@pytest.fixture(scope="module")
def client(example_store: Path) -> TestClient:
    pages = application(example_store, Door("127.0.0.1", 8765), read_only=True)
    client = TestClient(pages, base_url=HOME, follow_redirects=False)
    client.headers.update(FORM)
    return client


@pytest.mark.parametrize("path", CHANGING)
def test_nothing_is_changed_by_pages_that_are_only_read(client: TestClient, path: str) -> None:
    for name in ("document", "actor", "item"):
        path = path.replace(f"{{{name}}}", "0" * 16)
    answer = client.post(path, data={"deed": "accept", "value": "x"})
    assert answer.status_code == 403
    assert "These pages are only read" in answer.text


def test_they_are_shown_as_ever_without_forms_that_change_anything(client: TestClient, example_store: Path) -> None:
    for path in ("/", "/documents", "/statements", "/actors", "/network", "/stories", "/quotations", "/review"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<body" in answer.text
        assert " data-read-only>" in answer.text
    style = client.get("/static/purport.css").text
    assert '[data-read-only] form[method="post"] { display: none; }' in style
    with purport.open(example_store) as corpus:
        one = corpus.statements()[0]
    assert client.get(f"/items/{one.id}").status_code == 200
