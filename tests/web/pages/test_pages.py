from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from pyarrow.parquet import read_table
from starlette.testclient import TestClient

import purport
from purport.model.document import Metadata
from purport.web.pages import network as pages_of_network
from purport.web.pages.statements import citation
from tests.web.conftest import client_of

PLAIN = ["/", "/documents", "/statements", "/actors", "/review", "/review/log", "/review/agreement", "/review/sample",
         "/review/orphaned", "/runs", "/statements?search=bridge&sort=unsure", "/statements?certainty=CT-",
         "/statements?reviewed=yes", "/actors?type=role", "/documents?outlet=Halyard+Wire",
         "/network", "/network?outlet=Ardinform&other=Halyard+Wire",
         "/network?at=1&kind=deed&vouched_by=outlet"]  # fmt: skip


@pytest.mark.parametrize("path", PLAIN)
def test_every_page_opens(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert "style=" not in answer.text
    assert not re.search(r"<script(?! src=)|\son\w+=", answer.text)


def documents(client: TestClient) -> list[str]:
    return re.findall(r'href="/documents/([0-9a-f]{16})"', client.get("/documents").text)


def test_a_document_is_shown_with_its_statements(client: TestClient) -> None:
    found = documents(client)
    assert len(found) == 22
    for name in found:
        page = client.get(f"/documents/{name}").text
        tags = re.findall(r'id="t-([0-9a-f]{16})"', page)
        cards = re.findall(r'id="c-([0-9a-f]{16})"', page)
        assert sorted(tags) == sorted(cards)
        assert client.get(f"/documents/{name}/parts/1").status_code == 200
        for item in tags[:2]:
            assert client.get(f"/items/{item}").status_code == 200
            moved = client.get(f"/documents/{name}?item={item}")
            assert moved.headers["location"].endswith(f"#t-{item}")


def test_filters_narrow_and_every_state_has_a_link(client: TestClient) -> None:
    everything = client.get("/statements").text
    denied = client.get("/statements?act=deny").text
    assert everything.count("<blockquote") > denied.count("<blockquote") > 2
    assert set(re.findall(r'class="act">([^<]+)<', denied)) == {"deny"}
    assert 'href="/statements?act=deny&amp;kind=direct"' in denied or "kind=indirect" in denied
    assert "sha256:" in denied


def test_a_page_after_the_first(client: TestClient) -> None:
    first, second = (re.findall(r'<li id="s-(\w+)"', client.get(f"/statements?page={n}").text) for n in (1, 2))
    assert len(first) == 25
    assert second
    assert set(first).isdisjoint(second)


@pytest.mark.parametrize(
    "query", ["act=nonsense", "since=yesterday", "page=x", "sort=sideways", "search=%22%22", "kind=0"]
)
def test_what_makes_no_sense_is_said_to_be_so(client: TestClient, query: str) -> None:
    answer = client.get(f"/statements?{query}")
    assert answer.status_code == 400
    assert "could not be understood" in answer.text


def test_a_list_is_taken_away(client: TestClient) -> None:
    rows = [json.loads(line) for line in client.get("/statements/download.jsonl?act=deny").text.splitlines()]
    assert {row["act"] for row in rows} == {"deny"}
    table = read_table(io.BytesIO(client.get("/statements/download.parquet?act=deny").content))
    assert table["id"].to_pylist() == [row["id"] for row in rows]
    csv = client.get("/statements/download.csv?act=deny")
    assert csv.headers["content-disposition"] == 'attachment; filename="statements.csv"'
    assert csv.text.count("deny") >= len(rows)


def test_actors_are_shown_with_their_names(client: TestClient) -> None:
    found = re.findall(r'href="/actors/([0-9a-f]{16})"', client.get("/actors").text)
    assert len(found) > 10
    page = client.get(f"/actors/{found[0]}").text
    assert "Names, by outlet" in page
    assert "Why these are one" in page
    assert client.get(f"/statements?by={found[0]}").status_code == 200
    assert client.get(f"/statements?about={found[0]}").status_code == 200


def test_an_edge_of_the_network_opens_its_sentences(client: TestClient) -> None:
    page = client.get("/network?least=1").text
    [first, *_] = re.findall(r'href="(/network/edge\?[^"]+)">read', page)
    assert f'<a href="{first}">' in page.partition("</svg>")[0]  # the picture leads there too
    sentences = client.get(first.replace("&amp;", "&")).text
    assert "on the word of" in sentences
    assert sentences.count("<blockquote") >= 1
    [actor, *_] = re.findall(r'href="/network/timeline/(\w+)"', page)
    assert "<svg" in client.get(f"/network/timeline/{actor}").text


def test_two_outlets_stand_side_by_side(client: TestClient) -> None:
    page = client.get("/network?outlet=Ardinform&other=Halyard+Wire").text
    assert page.count("<svg") == 2
    assert "only in the first" in page


def test_an_actor_who_stands_to_nobody_has_a_timeline_that_says_so(client: TestClient) -> None:
    for one in re.findall(r'href="/actors/(\w{16})"', client.get("/actors").text):
        assert f'href="/network/timeline/{one}"' in client.get(f"/actors/{one}").text
        page = client.get(f"/network/timeline/{one}")
        assert page.status_code == 200
        assert ("<svg" in page.text) != ("No document was found to say" in page.text)
        if "<svg" not in page.text:
            return
    pytest.fail("everybody stands to somebody")


@pytest.fixture(scope="module")
def two_outlets(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A store of two outlets, of which one tells in two documents what the other tells in one."""
    folder = tmp_path_factory.mktemp("two")
    told = {
        "a": ("First", "Mara Denk condemned Petra Valk on Monday. The harvest in Orrin was poor."),
        "b": ("First", "It rained all week in Halvenna.\n\nMara Denk condemned Petra Valk again in a long speech."),
        "c": ("First", "Oren Stavik praised Tamsin Reth, whose ferry came back from Carrow on Sunday evening."),
        "d": ("Second", "Nobody expected it, but Mara Denk condemned Petra Valk in front of the school."),
        "e": ("Second", "Zoe Brann praised Aurel Kest. The granary of Dunmere is open again, and so is the port."),
        "f": ("Second", "Zoe Brann praised Aurel Kest once more when the envoy left for the island of Skerrin."),
    }
    rows = [f"texts/{name}.txt,{outlet},2031-04-0{day}" for day, (name, (outlet, _)) in enumerate(told.items(), 1)]
    (folder / "about.csv").write_text("\n".join(["file,outlet,published", *rows]))
    (folder / "texts").mkdir()
    for name, (_, text) in told.items():
        (folder / "texts" / f"{name}.txt").write_text(text)
    with purport.open(folder / "two.db") as corpus:
        assert not corpus.add([folder / "texts"], metadata=folder / "about.csv").failed
    return client_of(folder / "two.db")


def test_what_one_outlet_tells_in_too_few_documents_is_not_said_to_be_missing(two_outlets: TestClient) -> None:
    def told(least: int) -> list[tuple[str, str]]:
        page = two_outlets.get(f"/network?outlet=First&other=Second&least={least}").text
        rows = re.findall(r"<tr><td><bdi>([^<]+)</bdi></td>.*?<td>([^<]+)</td></tr>", page)
        return sorted(rows)

    assert told(2) == [("Mara Denk", "in too few documents of the second"), ("Zoe Brann", "only in the second")]
    assert ("Mara Denk", "alike") in told(1)
    assert ("Oren Stavik", "only in the first") in told(1)


def test_a_network_too_large_to_be_seen_leaves_thin_edges_out_and_says_so(
    two_outlets: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of_network, "_SEEN", 2)
    page = two_outlets.get("/network?kind=deed&vouched_by=outlet").text
    assert "Left out are edges of which fewer than 2 documents tell" in page
    assert "Oren Stavik" not in page
    [whole] = re.findall(r'href="(/network\?[^"]+)">Show all', page)
    assert "Oren Stavik" in two_outlets.get(whole.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    "form, begins", [("gexf", "<?xml"), ("graphml", "<?xml"), ("svg", "<?xml"), ("csv", "holder,")]
)
def test_what_is_seen_can_be_taken_away(client: TestClient, form: str, begins: str) -> None:
    answer = client.get(f"/network/download.{form}?least=1")
    assert answer.status_code == 200
    assert answer.text.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="network.{form}"'


@pytest.mark.parametrize(
    "path, status",
    [
        ("/network?kind=gossip", 400), ("/network?month=March", 400), ("/network?least=none", 400),
        ("/network?vouched_by=Nobody+At+All", 400), ("/network/edge?holder=x&target=y", 404),
        ("/network/timeline/x", 404), ("/network/download.exe", 404),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_citation_says_by_which_act_in_whose_words_and_through_whom(tmp_path: Path) -> None:
    text = (
        "Denk, the envoy, said that Velmark denied that it had mined the dam. "
        "“We keep the road open,” Valk told the Lantern."
    )
    with purport.open(tmp_path / "s.db") as corpus:
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        corpus.add([tmp_path / "a.txt"], told=Metadata(outlet="The Skerrin Lantern", language="en"))
        cited = [citation(row, "0" * 64) for row in corpus.statements()]
    denied = next(one for one in cited if "deny" in one)
    assert denied.startswith(
        "Velmark “denied” (deny), as told by Denk, the envoy, in the reporter's words: that it had"
    )
    quoted = next(one for one in cited if one.startswith("Valk"))
    assert "(assert), in words given as the source's own: “We keep the road open,”. The Skerrin Lantern." in quoted


def test_unsure_statements_are_counted_and_listed_when_asked_for(client: TestClient) -> None:
    def ids(address: str) -> set[str]:
        return {json.loads(line)["id"] for line in client.get(address).text.splitlines()}

    every, sure = ids("/statements/download.jsonl?unsure=all"), ids("/statements/download.jsonl")
    only = ids("/statements/download.jsonl?unsure=yes")
    assert sure
    assert sure | only == every
    assert not sure & only
    text = client.get("/statements").text
    assert f"<b>{len(sure)}</b>" in text
    assert (f"+ {len(only)} unsure" in text) == bool(only)
