from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

import purport
from purport import store as stores
from purport.corpus.review import states
from purport.export.brat import standoff
from purport.store import browse
from purport.web.server.session import Session
from tests.web.conftest import Reviewer


def first(client: TestClient, query: str = "") -> str:
    return str(re.findall(r'<li id="s-(\w+)"', client.get(f"/statements?{query}").text)[0])


def after(client: TestClient, item: str) -> str:
    return str(re.findall(r'name="after" value="(\d+)"', client.get(f"/items/{item}").text)[0])


def judge(client: TestClient, item: str, deed: str, seen: str, **more: str) -> int:
    return client.post(f"/items/{item}/judge", data={"deed": deed, "after": seen, **more}).status_code


def test_a_judgement_that_was_answered_is_on_the_disk(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    item = first(client)
    assert judge(client, item, "accept", "0") == 303
    with stores.Store(copied) as store:
        (kept,) = stores.reviews(store)
    assert (kept.item, kept.deed, kept.who, kept.number) == (item, "accept", "Ana", 1)
    assert "accepted" in client.get(f"/items/{item}").text
    assert item in client.get("/statements?reviewed=yes").text
    assert item not in client.get("/statements?reviewed=no").text


def test_whoever_has_no_name_judges_nothing(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("")
    assert judge(client, first(client), "accept", "0") == 400
    with stores.Store(copied) as store:
        assert stores.last_review(store) == 0


def test_a_name_is_given_with_the_judgement_and_what_was_typed_stays(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("")
    item = first(client)
    form = {"deed": "amend", "after": "0", "note": "a long remark", "queue": "yes"}
    page = client.post(f"/items/{item}/judge", data=form, headers={"Referer": f"http://127.0.0.1:8765/items/{item}"})
    assert page.status_code == 400
    assert 'name="who"' in page.text
    assert "a long remark" in page.text
    assert "Skip" in page.text
    assert f'name="then" value="/items/{item}"' in page.text  # where to go once a name is set at the top
    assert judge(client, item, "accept", "0", who=" Ana  Sel ") == 303
    assert client.cookies.get("purport_reviewer") == "Ana%20Sel"
    with stores.Store(copied) as store:
        assert [one.who for one in stores.reviews(store)] == ["Ana Sel"]


def test_the_second_of_two_is_told_and_nothing_is_lost(reviewer: Reviewer) -> None:
    ana, ben = reviewer("Ana"), reviewer("Ben")
    item = first(ana)
    seen = after(ben, item)
    assert judge(ana, item, "accept", seen) == 303
    answer = ben.post(f"/items/{item}/judge", data={"deed": "reject", "after": seen, "note": "a rumour"})
    assert answer.status_code == 409
    assert "Somebody else" in answer.text
    assert "Ana" in answer.text
    assert "a rumour" in answer.text
    assert judge(ben, item, "reject", re.findall(r'name="after" value="(\d+)"', answer.text)[0]) == 303
    assert judge(ben, item, "reject", "1") == 303  # the same form sent twice is no conflict
    assert ben.get("/review/log").text.count(item) == 4  # the address and the words of two judgements


def test_amending_names_places_by_their_words(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    item = first(client, "act=deny")
    with stores.Store(copied) as store:
        found = browse.attribution(store, item)
        assert found is not None
        text = store.record(found[0]).document.text
        before = found[1]
    words = " ".join(" ".join(span.of(text) for span in before.content).split()[:3])
    assert judge(client, item, "amend", "0", source="", cue=before.cue[0].of(text), content="no such words here") == 400
    sent = {"source": "", "cue": before.cue[0].of(text), "content": words, "act": "doubt"}
    assert judge(client, item, "amend", "0", **sent) == 303
    rows = [json.loads(row) for row in client.get("/statements/download.jsonl?act=deny").text.splitlines()]
    (row,) = (row for row in rows if row["id"] == item)
    assert (row["act"], row["content"], row["source"]) == ("doubt", words, "")
    plain = client.get("/statements/download.jsonl?act=deny&reviewed=found").text
    assert json.loads(next(line for line in plain.splitlines() if item in line))["act"] == "deny"


def test_what_was_missed_is_added(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    name = re.findall(r'href="/documents/([0-9a-f]{16})"', client.get("/documents").text)[0]
    page = client.get(f"/documents/{name}").text
    words = re.sub(
        r"<[^>]+>", "", re.findall(r'<p class="block paragraph"[^>]*>(.*?)</p>', page, re.DOTALL)[-1]
    ).split()
    sent = {"source": words[-4], "cue": "", "content": " ".join(words[-3:]), "near": "99999999", "act": "assert"}
    added = client.post(f"/documents/{name}/missed", data=sent)
    assert added.status_code == 303, added.text
    item = re.findall(r"item=(\w+)", added.headers["location"])[0]
    assert f'id="c-{item}"' in client.get(f"/documents/{name}?part=1&item={item}").text
    assert client.get(f"/items/{item}").status_code == 200
    assert item in client.get("/statements/download.csv").text


def test_many_at_once_and_back_again(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    asked = client.post("/review/many", data={"act": "deny", "deed": "accept"})
    number = re.findall(r'name="number" value="(\d+)"', asked.text)[0]
    assert int(number) > 3
    done = client.post("/review/many", data={"act": "deny", "deed": "accept", "number": number})
    batch = done.headers["location"].partition("batch=")[2]
    with stores.Store(copied) as store:
        assert len(stores.reviews(store)) == int(number)
    assert f"Take back all {number}" in client.get(done.headers["location"]).text
    assert client.post("/review/undo", data={"batch": batch}).status_code == 303
    with stores.Store(copied) as store:
        assert all(one.standing is None for one in states(stores.reviews(store)).values())
    assert client.post("/review/undo", data={"batch": batch}).status_code == 400


def test_two_reviewers_agree_as_far_as_they_do(reviewer: Reviewer) -> None:
    ana, ben = reviewer("Ana"), reviewer("Ben")
    items = re.findall(r'<li id="s-(\w+)"', ana.get("/statements").text)[:4]
    for item, one, two in zip(items, "aara", "aarr", strict=True):
        deeds = {"a": "accept", "r": "reject"}
        assert judge(ana, item, deeds[one], "0") == 303
        assert judge(ben, item, deeds[two], after(ben, item)) == 303
    page = ana.get("/review/agreement?one=Ana&two=Ben").text
    assert "0.533" in page
    sample = ana.get("/review/sample?seed=5&size=20").text
    assert sample == ana.get("/review/sample?seed=5&size=20").text


def test_the_queue_gives_the_least_sure_first_and_never_again(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    seen = []
    for _ in range(3):
        at = client.get("/review/next").headers["location"]
        seen.append(re.findall(r"/items/(\w+)", at)[0])
        assert judge(client, seen[-1], "accept", "0") == 303
    assert len(set(seen)) == 3
    skipped = client.get(f"/review/next?past={'0' * 16}").headers["location"]
    assert seen[-1] not in skipped


def test_files_of_others_are_judgements(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    with purport.open(copied) as corpus:
        record = max(corpus.records(), key=lambda one: len(one.attributions))
    annotated = standoff(record)
    events = [line for line in annotated.splitlines() if line.startswith("E")]
    fewer = annotated.replace(events[-1] + "\n", "")
    sent = client.post(
        "/review/brat", data={"document": record.document.id, "by": "Cleo"}, files={"file": ("a.ann", fewer.encode())}
    )
    assert sent.status_code == 303, sent.text
    with stores.Store(copied) as store:
        kept = stores.reviews(store)
    assert {one.who for one in kept} == {"Cleo"}
    deeds = [one.deed for one in kept]
    assert deeds.count("reject") >= 1
    assert deeds.count("accept") >= len(events) - 3


def test_judgements_survive_a_new_run_and_the_orphaned_are_listed(reviewer: Reviewer, copied: Path) -> None:
    client = reviewer("Ana")
    item, lost = re.findall(r'<li id="s-(\w+)"', client.get("/statements").text)[:2]
    assert judge(client, item, "accept", "0") == 303
    assert judge(client, lost, "reject", "0") == 303
    with stores.Store(copied, write=True) as store:
        store.connection.execute("DELETE FROM attribution WHERE id = ?", (lost,))
    page = client.get("/review/orphaned").text
    assert lost in page
    assert item not in page
    assert "no longer finds" in client.get(f"/items/{lost}").text


def test_actors_are_merged_and_parted_again(reviewer: Reviewer) -> None:
    client = reviewer("Ana")
    one, two = re.findall(r'href="/actors/([0-9a-f]{16})"', client.get("/actors").text)[:2]
    done = client.post(f"/actors/{one}/judge", data={"deed": "merge", "value": two, "note": "a test"})
    assert done.status_code == 303, done.text
    page = client.get("/actors").text
    assert "a test" in page
    assert f'/actors/{two}"' not in page
    assert client.post(f"/actors/{one}/judge", data={"deed": "undo", "value": "1"}).status_code == 303
    assert f'/actors/{two}"' in client.get("/actors").text
    assert client.post(f"/actors/{one}/judge", data={"deed": "rename", "value": "—"}).status_code == 400


def test_what_is_made_of_the_network_is_made_anew_meanwhile_but_never_against_a_judgement(copied: Path) -> None:
    session = Session(copied)
    first = session.standing()
    made = list[str]()

    def make(name: str) -> Callable[[], str]:
        def now() -> str:
            made.append(name)
            return name

        return now

    assert session.from_standing(first, "key", make("one")) == "one"
    assert session.from_standing(first, "key", make("not asked")) == "one"
    session._standing.clear()  # as if documents had been read in
    second = session.standing()
    assert second is not first
    assert session.from_standing(second, "key", make("two")) == "one"
    until = time.monotonic() + 20
    while session.from_standing(second, "key", make("not asked")) != "two":
        assert time.monotonic() < until
        time.sleep(0.01)
    node = next(iter(second.nodes.values()))
    with purport.open(copied) as corpus:
        corpus.rename(node.id, "Another Name", who="Ana")
    assert session.from_standing(session.standing(), "key", make("three")) == "three"
    assert made == ["one", "two", "three"]


def test_the_network_follows_what_is_judged_and_what_is_read_in(copied: Path, tmp_path: Path) -> None:
    session = Session(copied)
    before = session.standing()
    assert session.standing() is before
    node = next(one for one in before.nodes.values() if one.name == "Mara Denk")
    with purport.open(copied) as corpus:
        corpus.rename(node.id, "Mara Denk of Ardania", who="Ana")
    renamed = session.standing()
    assert renamed is not before
    assert "Mara Denk of Ardania" in {one.name for one in renamed.nodes.values()}
    text = "The Hill Guard attacked Velmark again. Mara Denk condemned the attack by the Hill Guard on Velmark.\n"
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    with purport.open(copied) as corpus:
        corpus.add([tmp_path / "new.txt"], workers=1)
        wanted = len(corpus.standing.ties)
    assert wanted > len(renamed.ties)
    until = time.monotonic() + 120
    while len(session.standing().ties) != wanted:  # it comes in after a while, and nobody waits for it
        assert time.monotonic() < until
        time.sleep(0.05)
    session.close()
