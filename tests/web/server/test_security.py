from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from purport.web.server.app import ROUTES
from purport.web.server.security import HEADERS, Door, is_loopback
from tests.web.conftest import FORM, HOME, client_of


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1:1", "127.0.0.1.evil.example:8765", "", "[::1", "192.0.2.7:8765"],
)
def test_only_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_its_own_names_are(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin,site",
    [
        ("http://evil.example", "cross-site"),
        ("null", ""),
        ("http://127.0.0.1:9999", "same-site"),
        ("https://127.0.0.1:8765", ""),
        (HOME, "cross-site"),
        ("", ""),
    ],
)
def test_forms_of_other_sites_change_nothing(example_store: Path, origin: str, site: str) -> None:
    client = client_of(example_store, "Ana")
    for name, value in (("Origin", origin), ("Sec-Fetch-Site", site)):
        del client.headers[name]
        if value:
            client.headers[name] = value
    posts = [route.path for route in ROUTES if "POST" in (getattr(route, "methods", None) or ())]  # type: ignore[attr-defined]
    assert len(posts) >= 7
    for path in posts:
        answer = client.post(path.replace("{", "").replace("}", ""), data={"deed": "accept"})
        assert answer.status_code == 403, path


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/", "/nowhere", "/static/purport.js", "/statements?act=nonsense"):
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


def test_other_methods_and_too_large_bodies_are_refused(client: TestClient) -> None:
    assert client.delete("/").status_code == 405
    assert client.post("/add", headers={"Content-Length": str(1 << 40)}, content=b"x").status_code == 413


def test_elsewhere_than_on_this_machine_a_token_is_demanded(example_store: Path) -> None:
    door = Door.at("0.0.0.0", 8765)
    assert door.token
    assert door.token in door.address
    client = client_of(example_store, door=door)
    client.base_url = client.base_url.copy_with(host="192.0.2.7")
    client.headers.update({**FORM, "Origin": "http://192.0.2.7:8765"})
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/static/purport.css").status_code == 401
    opened = client.get(f"/?token={door.token}")
    assert opened.status_code == 303
    assert opened.headers["location"] == "/"
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in opened.headers["set-cookie"].split(";")}
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "evil.example:8765"}).status_code == 421


def test_loopback() -> None:
    assert Door.at("127.0.0.1", 1).token is None
    assert [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.0.0.1", "evil")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcli.py",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents//etc/passwd",
        "/statements/download.exe",
        "/items/zzzz",
        "/actors/deadbeefdeadbeef",
        "/entities/0",
        "/adding/99",
        "/documents/0/parts/1",
    ],
)
def test_no_path_reaches_the_file_system(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert "def " not in answer.text
    assert "root:" not in answer.text


def test_errors_show_no_internals(example_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("purport.store.browse.totals", fail)
    client = TestClient(client_of(example_store).app, base_url=HOME, raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert str(example_store) not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "to", ["//evil.example", "http://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_forms_lead_nowhere_else(client: TestClient, to: str) -> None:
    assert client.post("/reviewer", data={"who": "Ana", "then": to}).headers["location"] == "/"
