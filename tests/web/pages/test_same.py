"""The page "Same actor?": candidates with their sentences, several judged at once, and all of it taken back."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from purport import store as stores
from tests.web.conftest import Reviewer

PAIR = re.compile(r'name="pair" value="(\w+:\w+)"')


def candidates(client: TestClient, about: str = "") -> list[str]:
    return PAIR.findall(client.get("/actors/same", params={"about": about} if about else {}).text)


def judge(client: TestClient, deed: str, *pairs: str, **more: str) -> tuple[int, str]:
    answer = client.post("/actors/same", data={"deed": deed, "pair": list(pairs), **more})
    return answer.status_code, answer.headers.get("location", "") or answer.text


def test_candidates_stand_with_the_sentences_that_speak_for_and_against(client: TestClient) -> None:
    page = client.get("/actors/same").text
    assert "Same actor?" in client.get("/actors").text
    assert "<b><bdi>Mara Denk</bdi></b> and <b><bdi>Denk</bdi></b>" in page
    assert '<span class="for">For:</span> the surname alone' in page
    assert "<strong>Minister Denk</strong>" in page


def test_several_are_merged_at_once_and_taken_back_at_once(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    two = candidates(client)[:2]
    status, where = judge(client, "same", *two, note="looked at both")
    assert (status, where) == (303, "/actors/same?made=1-2")
    assert not set(two) & set(candidates(client))
    assert "Take back all 2" in client.get(where).text
    log = client.get("/review/log").text
    assert "looked at both" in log
    assert log.count("Undo ") == 2
    with stores.Store(copied) as store:
        assert {(one.deed, one.who, one.note) for one in stores.judgements(store)} == {
            ("merge", "Ana", "looked at both")
        }
    assert judge(client, "undo", made="1-2") == (303, "/actors/same?made=3-4")
    assert candidates(client)[:2] == two
    assert judge(client, "undo", made="1-2")[0] == 400


def test_those_that_are_not_the_same_are_offered_no_more_and_cannot_be_merged(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    first, *rest = candidates(client)
    assert judge(client, "apart", first)[0] == 303
    assert candidates(client)[: len(rest)] == rest
    status, page = judge(client, "same", first)
    assert status == 400
    assert "judgement 1 says that" in page
    assert "undo it first" in page


def test_one_actor_has_its_own_candidates(client: TestClient) -> None:
    own = candidates(client, "Mara Denk")
    assert own
    assert set(own) <= {*candidates(client), *own}
    assert client.get("/actors/same", params={"about": "Nobody At All"}).status_code == 400


def test_what_is_not_ticked_or_by_nobody_is_refused_and_what_was_ticked_stays(reviewer: Reviewer) -> None:
    named = reviewer("Ana")
    assert "tick at least one" in judge(named, "same")[1]
    assert judge(named, "marry", candidates(named)[0])[0] == 400
    assert judge(named, "same", "nobody:nowhere")[0] == 400
    nameless = reviewer("")
    first = candidates(nameless)[0]
    status, page = judge(nameless, "same", first)
    assert status == 400
    assert f'value="{first}" checked' in page
