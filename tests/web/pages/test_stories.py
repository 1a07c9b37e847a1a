"""The pages of stories, of what their documents share, and of quotations that travel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import purport
from purport.web.pages import stories
from tests.web.conftest import client_of

FULL = "We will not open the gates of the Orrin dam before the river falls, and nobody will order us to do it"
TEXTS = {
    "a": ("2031-03-04", f"“{FULL},” Mara Denk, the keeper of the dam, said on Monday."),
    "b": ("2031-03-05", "Mara Denk said: “We will open the gates of the Orrin dam before the river falls.” She left."),
    "c": ("2031-03-06", "“We will not open the gates of the Orrin dam,” Orlo Reth said, “before the river falls.”"),
    "d": ("2031-03-07", "The mill in Skerrin was sold to a <b>baker</b> for nothing at all, its clerk wrote."),
}


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("altered")
    table = ["file,date,outlet"]
    for name, (day, text) in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        table.append(f"{name}.txt,{day},The {name.upper()}")
    (folder / "table.csv").write_text("\n".join(table))
    with purport.open(folder / "store.db") as corpus:
        corpus.add(sorted(folder.glob("?.txt")), metadata=folder / "table.csv")
    return folder / "store.db"


def test_stories_are_listed_in_either_order(client: TestClient) -> None:
    latest = client.get("/stories").text
    assert "6 stories" in latest
    largest = client.get("/stories?order=largest").text
    first = re.search(r"(\d+) documents", largest)
    assert first is not None
    assert first[1] == "5"
    assert "No two documents tell one event by one outlet." in client.get("/stories?side=one").text
    assert client.get("/stories?order=oldest").status_code == 400


def test_a_story_has_its_documents_and_what_they_share(client: TestClient) -> None:
    ids = re.findall(r'href="/stories/([0-9a-f]{16})"', client.get("/stories?order=largest").text)
    page = client.get(f"/stories/{ids[0]}").text
    assert page.count("shares ") == 5
    assert "Shared passages" in page
    assert "They aimed at the bread" in page
    assert client.get("/stories/0000000000000000").status_code == 404


def test_quotations_show_what_was_changed_and_who_says_it(altered: Path) -> None:
    client = client_of(altered)
    page = client.get("/quotations").text
    assert "<del><span" in page
    assert "left out: </span>not</del>" in page
    assert "another speaker" in page
    assert "1 quotation." in page
    assert "1 quotation." in client.get("/quotations?altered=yes&by=Denk").text

    assert client.get("/quotations?by=Nobody+At+All").status_code == 400


def test_a_large_store_says_what_to_ask_instead(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MOST", 3)
    assert "purport stories --store FILE" in client.get("/stories").text
    assert "purport quotations --store FILE" in client.get("/quotations").text
    assert client.get("/stories/16976090e315b39a").status_code == 404
