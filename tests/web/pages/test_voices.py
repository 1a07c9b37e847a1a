"""Whose words each block is, in the margin of a document's page, and what people make of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import purport
from purport import store as stores
from tests.web.conftest import client_of

TURNS = """SECOND SITTING

Lena Roth: The council counted the boats in March.

Oskar Beyn: The count was never made.

Lena Roth: The list lies in the town hall.

Lena Roth: Nobody has asked for it.
"""


@pytest.fixture
def turns(tmp_path: Path) -> Path:
    text = tmp_path / "sitting.txt"
    text.write_text(TURNS)
    store = tmp_path / "turns.db"
    with purport.open(store) as corpus:
        corpus.add([text])
    return store


def page(client: TestClient) -> str:
    found = re.search(r'href="(/documents/[\w]+)', client.get("/documents").text)
    assert found is not None
    return client.get(found[1]).text


def margin(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<bdi>([^<]+)</bdi> <span class="why">([^<]+)</span>', html)


def items(html: str) -> list[str]:
    return re.findall(r'<p class="voice"><a href="/items/(\w+)"', html)


def test_each_block_says_whose_it_is_and_by_which_layout(turns: Path) -> None:
    html = page(client_of(turns))
    names = ["Lena Roth", "Oskar Beyn", "Lena Roth", "Lena Roth"]
    assert margin(html) == [(name, "turn") for name in names]
    assert "the text’s own" in html  # the heading


def test_a_correction_of_one_block_is_of_that_block_alone(turns: Path) -> None:
    client = client_of(turns, "Ana")
    first = items(page(client))[0]
    form = {"deed": "amend", "after": "0", "source": "Oskar Beyn", "cue": ":", "act": "assert"}
    form["content"] = "The council counted the boats in March."
    assert client.post(f"/items/{first}/judge", data=form).status_code == 303
    assert [name for name, _ in margin(page(client))] == ["Oskar Beyn", "Oskar Beyn", "Lena Roth", "Lena Roth"]


def test_a_correction_of_a_label_is_of_all_blocks_under_it(turns: Path) -> None:
    client = client_of(turns, "Ana")
    first = items(page(client))[0]
    assert "all 3 blocks of this document under" in client.get(f"/items/{first}").text
    form = {"deed": "amend", "seen": "0", "scope": "label", "source": "Oskar Beyn", "cue": ":", "act": "assert"}
    form["content"] = "The council counted the boats in March."
    assert client.post(f"/items/{first}/judge", data=form).status_code == 303
    assert {name for name, _ in margin(page(client))} == {"Oskar Beyn"}
    with stores.Store(turns) as store:
        kept = stores.reviews(store)
    assert len(kept) == 3
    assert {one.batch for one in kept[1:]} == {f"shape-{first[:16]}"}


def test_a_shape_that_is_rejected_is_the_texts_own(turns: Path) -> None:
    client = client_of(turns, "Ana")
    first = items(page(client))[0]
    form = {"deed": "reject", "seen": "0", "scope": "shape"}
    assert client.post(f"/items/{first}/judge", data=form).status_code == 303
    assert margin(page(client)) == []
    assert client.post(f"/items/{first}/judge", data={**form, "deed": "accept"}).status_code == 409


def test_a_person_can_say_whose_a_block_of_the_texts_own_is(turns: Path) -> None:
    client = client_of(turns, "Ana")
    html = page(client)
    link = re.search(r'class="own" href="(\?part=1&amp;whose=\d+)#missed"', html)
    address = re.search(r'href="(/documents/\w+)"', client.get("/documents").text)
    assert link is not None
    assert address is not None
    form = client.get(address[1] + link[1].replace("&amp;", "&")).text
    assert "Say whose words this block is" in form
    assert "SECOND SITTING</textarea>" in form
    told = {"source": "Oskar Beyn", "cue": "", "content": "SECOND SITTING", "act": "assert", "kind": "block"}
    assert client.post(f"{address[1]}/missed", data={**told, "near": "0"}).status_code == 303
    assert 'said by a person"><span class="hidden">Whose words: </span><bdi>Oskar Beyn' in page(client)
