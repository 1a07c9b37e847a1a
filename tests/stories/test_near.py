"""What is kept of documents: a day that comes changes nothing of what was worked out for those before it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from purport.stories import near as module
from purport.stories.cluster import listed
from purport.stories.grouping import Graph
from purport.stories.index import Index, Products, likest
from purport.stories.near import Days, Near, work_out
from purport.stories.texts import UNDATED, StoryText
from purport.stories.vectors import Rarity, Row

WORDS = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in ("rok", "shel", "vim", "tan")]


def made(days: Collection[int], chance: random.Random, *, undated: int = 0) -> list[StoryText]:
    """Documents of some days, several of each day on one of its events."""
    found: list[StoryText] = []
    for day in (*days, *([None] if undated else [])):
        for place in range(undated if day is None else chance.randrange(1, 7)):
            event = random.Random((day or 0) // 3 * 10 + place % 2)
            own = event.sample(WORDS, 25)
            text = " ".join(chance.sample(own, 20) + chance.sample(WORDS, 6))
            told = (date(2031, 1, 1) + timedelta(days=day)).isoformat() if day is not None else ""
            found.append(StoryText(f"{day}-{place}-{chance.randrange(10**6)}", text, text[:20], told))
    return found


def same(one: Near, other: Near) -> bool:
    return (
        all(np.array_equal(a, b) for a, b in zip(one.row, other.row, strict=True))
        and (one.ties.lenders, one.ties.edges) == (other.ties.lenders, other.ties.edges)
        and np.array_equal(one.ties.sketch, other.ties.sketch)
    )


def all_at_once(texts: Sequence[StoryText]) -> dict[str, Near]:
    found: dict[str, Near] = {}
    for day in work_out(Days(map(listed, texts)), giving(texts)):
        found.update(day)
    return found


def giving(texts: Sequence[StoryText]) -> Callable[[Collection[str]], list[StoryText]]:
    own = {one.id: one for one in texts}
    return lambda ids: [own[id] for id in ids]


class Noted:
    """What is known of how rare words are; `asked` counts what was known already."""

    def __init__(self) -> None:
        self.own: dict[str, Rarity] = {}
        self.asked = 0

    def known(self, signature: str) -> Rarity | None:
        self.asked += signature in self.own
        return self.own.get(signature)

    def learn(self, signature: str, found: Rarity) -> None:
        self.own[signature] = found


def test_of_one_without_a_date_the_texts_of_other_days_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 30)
    monkeypatch.setattr(module, "_ALL", 10)
    chance = random.Random(4)
    texts = made(range(0, 90, 2), chance)
    kept, noted = all_at_once(texts), Noted()
    for number in (3, 4):
        step = [*texts, *made((), random.Random(5), undated=number)]
        read: list[str] = []

        def give(ids: Collection[str], step: Sequence[StoryText] = step, read: list[str] = read) -> list[StoryText]:
            read += ids
            return giving(step)(ids)

        for found in work_out(Days(map(listed, step)), give, lambda _ids: kept, {UNDATED}, noted):
            assert all(same(one, all_at_once(step)[id]) for id, one in found.items())
            assert len(found) == number
        assert (len(read) > number) == (number == 3)
    assert noted.asked > 0


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_and_what_comes_give_the_same_as_all_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 30)
    monkeypatch.setattr(module, "_CHUNK", 12)
    chance = random.Random(seed)
    texts = made(range(0, 90, 2), chance, undated=seed % 3 * 4)
    chance.shuffle(texts)
    kept: dict[str, Near] = {}
    signed: Mapping[int, str] = {}
    noted = Noted()
    for step in (texts[: len(texts) // 2], texts[:-9], texts[9:], [*texts, *made([90, 91], chance)]):
        days = Days(map(listed, step))
        new = days.signatures()
        stale = {day for day, told in new.items() if signed.get(day) != told}
        for found in work_out(days, giving(step), lambda _ids: kept, stale, noted):  # noqa: B023 - asked at once
            kept.update(found)
        signed = new
        wanted = all_at_once(step)
        assert all(same(kept[id], one) for id, one in wanted.items())
        kept = {id: kept[id] for id in wanted}


def test_days_that_nobody_looks_at_may_lie_between_those_that_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 30)
    texts = made([0, *range(4, 44), 49], random.Random(8))
    days = Days(map(listed, texts))
    stale = {days.days[0].day, days.days[-1].day}
    whole = all_at_once(texts)
    for found in work_out(days, giving(texts), lambda _ids: whole, stale):
        assert all(same(whole[id], one) for id, one in found.items())


def test_a_new_day_leaves_earlier_ones_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 30)
    texts = made(range(100), random.Random(3))
    before = Days(map(listed, texts)).signatures()
    after = Days(map(listed, [*texts, *made([100], random.Random(4))])).signatures()
    changed = [day for day, told in after.items() if before.get(day) != told]
    assert len(changed) < 20  # the last days over which it is counted how rare words are
    assert min(changed) > min(after) + 70


def test_titles_count_for_what_is_kept() -> None:
    one = StoryText("a", "Shells hit the bridge.", "Bridge")
    assert Days([listed(one)]).signatures() != Days([listed(StoryText("a", one.text, "Dam"))]).signatures()


def row(chance: random.Random) -> Row:
    terms = np.array(sorted(chance.sample(range(1, 400), 30)), dtype=np.uint32)
    weights = np.array([chance.random() for _ in terms], dtype=np.float32)
    return terms, (weights / np.sqrt((weights**2).sum())).astype(np.float32)


def test_the_likest_are_found_however_vectors_are_divided() -> None:
    chance = random.Random(5)
    rows = [row(chance) for _ in range(60)]
    products = Products()
    for step in (7, 20, 60):
        found = [
            Index(rows[at : at + step], range(at, min(60, at + step)), at).look_up(rows, range(60), 8, 0, 10)
            for at in range(0, 60, step)
        ]
        best = likest(found, 8)
        for at, own in enumerate(rows):
            exact = np.round(products.of(own, rows), 6).tolist()
            wanted = sorted((-like, other) for other, like in enumerate(exact) if other >= 10 and other != at)[:8]
            assert best[at].tolist() == [other for _, other in wanted]


def test_products_are_those_of_the_vectors() -> None:
    chance = random.Random(6)
    rows = [row(chance) for _ in range(9)]
    for own in rows:
        dense = np.zeros((9, 400))
        for place, (terms, weights) in enumerate(rows):
            dense[place, terms] = weights
        wide = np.zeros(400)
        wide[own[0]] = own[1]
        assert np.allclose(Products().of(own, rows), dense @ wide, atol=1e-6)


def test_a_story_of_very_many_is_one_though_few_of_its_pairs_are_kept() -> None:
    chance = random.Random(7)
    event, other = chance.sample(WORDS[:100], 30), chance.sample(WORDS[100:], 30)
    texts = [
        StoryText(f"{name}{number:03}", " ".join(one for one in words if chance.random() < 0.7))
        for name, words in (("a", event), ("b", other))
        for number in range(150)
    ]
    near = all_at_once(texts)
    graph = Graph({id: one.ties for id, one in near.items()}, {one.id: listed(one).day for one in texts})
    assert sorted(len(one) for one in graph.grouped(0.36)) == [150, 150]
    assert all(len({id[0] for id in one}) == 1 for one in graph.grouped(0.36))


def test_what_people_keep_apart_is_in_no_group_together() -> None:
    texts = [StoryText(str(number), "Shells hit the Tamsin bridge at dawn and cut the road.") for number in range(6)]
    near = all_at_once(texts)
    graph = Graph({id: one.ties for id, one in near.items()}, {one.id: listed(one).day for one in texts})
    assert graph.grouped(0.3) == [["0", "1", "2", "3", "4", "5"]]
    found = graph.grouped(0.3, {"4": ["0", "1", "2"]})
    assert not any("4" in one and {"0", "1", "2"} & set(one) for one in found)
    assert sorted(id for one in found for id in one) == [one.id for one in texts]


def test_very_many_of_one_wording_are_grouped_quickly() -> None:
    texts = [
        StoryText(f"{number:04}", "Shells hit the Tamsin bridge at dawn and cut the road.") for number in range(1500)
    ]
    near = all_at_once(texts)
    graph = Graph({id: one.ties for id, one in near.items()}, {one.id: listed(one).day for one in texts})
    begun = time.process_time()
    assert [len(one) for one in graph.grouped(0.36)] == [1500]
    assert time.process_time() - begun < 5
