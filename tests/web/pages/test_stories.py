"""The pages of stories, of what their documents share, and of quotations that travel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import purport
from purport.web.pages import stories
from purport.web.server.session import Session
from tests.web.conftest import Reviewer, client_of

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
    monkeypatch.setattr(stories, "MOST_OF_STORIES", 3)
    assert "purport stories --store FILE" in client.get("/stories").text
    assert "purport quotations --store FILE" in client.get("/quotations").text
    assert client.get("/stories/16976090e315b39a").status_code == 404


def stories_of(client: TestClient, query: str = "?order=largest") -> list[str]:
    return re.findall(r'href="/stories/([0-9a-f]{16})', client.get(f"/stories{query}").text)


def documents_of(client: TestClient, story: str) -> list[str]:
    return re.findall(r'name="document" value="(\w+)"', client.get(f"/stories/{story}").text)


def test_the_least_sure_stories_and_another_threshold_are_shown(client: TestClient) -> None:
    page = client.get("/stories?order=weakest").text
    likes = [float(one) for one in re.findall(r"least like the others: (0\.\d\d)", page)]
    assert likes == sorted(likes)
    assert likes
    strict = client.get("/stories?threshold=0.8").text
    assert "6 stories." not in strict
    assert client.get("/stories?threshold=much").status_code == 400
    assert client.get("/stories?threshold=7").status_code == 400


def test_a_document_is_taken_out_and_put_back(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    story = stories_of(client)[0]
    out, *rest = documents_of(client, story)
    answer = client.post(f"/stories/{story}/judge", data={"deed": "out", "document": out, "note": "another bridge"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{rest[0]}")
    page = client.get(answer.headers["location"]).text
    assert f'value="{out}"' not in page
    assert "another bridge" in page
    client.post(f"/stories/{rest[0]}/judge", data={"deed": "undo", "number": "1"})
    assert documents_of(client, rest[0]) == [out, *rest]


def test_stories_are_merged_and_documents_moved(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    one, other = stories_of(client)[:2]
    first, second = documents_of(client, one), documents_of(client, other)
    answer = client.post(f"/stories/{one}/judge", data={"deed": "merge", "other": f"http://here/stories/{other}?a=b"})
    assert set(documents_of(client, answer.headers["location"].rpartition("/")[2])) == {*first, *second}
    client.post(f"/stories/{first[0]}/judge", data={"deed": "undo", "number": "1"})
    client.post(f"/stories/{one}/judge", data={"deed": "move", "other": other, "document": first[:2]})
    assert set(documents_of(client, first[0])) == {*first[:2], *second}


@pytest.mark.parametrize(
    "told, reason",
    [
        ({"deed": "out"}, "tick at least one document"),
        ({"deed": "merge"}, "say which other story"),
        ({"deed": "merge", "other": "0000000000000000"}, "no story"),
        ({"deed": "paint"}, "say what is wrong"),
        ({"deed": "undo", "number": "x"}, "to take back"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(reviewer: Reviewer, told: dict[str, str], reason: str) -> None:
    client = reviewer("Ana")
    answer = client.post(f"/stories/{stories_of(client)[0]}/judge", data=told)
    assert answer.status_code == 400
    assert reason in answer.text
    assert "give your name first" in reviewer("").post(f"/stories/{stories_of(client)[0]}/judge", data=told).text


def test_pages_answer_while_an_earlier_likeness_is_served(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: list[Session] = []
    begin = Session.__init__

    def kept(self: Session, path: Path) -> None:
        begin(self, path)
        sessions.append(self)

    monkeypatch.setattr(Session, "__init__", kept)
    client = client_of(copied)
    story = stories_of(client)[0]
    gone, *rest = documents_of(client, story)
    at = sessions[0]
    at._likeness._resting_until = at._sharing._resting_until = float("inf")
    with purport.open(copied) as corpus:
        corpus.forget([gone])
    for address in ("/stories", "/stories?threshold=0.31", f"/stories/{rest[0]}"):
        assert client.get(address).status_code == 200
    assert client.get(f"/stories/{gone}").status_code == 404
    assert documents_of(client, rest[0]) == rest
