"""Which documents may share a passage: by those before each, so that what comes later changes nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from purport.stories import StoryText, passages, seeds
from purport.stories.passages import Listed, Shared, seeded_of, shared, signatures, unfixed
from purport.stories.places import places_of
from purport.stories.seeds import OF_ONE_OUTLET
from purport.stories.texts import day_of
from tests.stories.test_passages import FILLER, SENTENCES, changed

NOTICE = "Readers who wish to send letters to this newspaper should write their names and streets clearly on the back."


def made(days: int, chance: random.Random) -> list[StoryText]:
    found: list[StoryText] = []
    for number in range(days * 3):
        own = [*chance.sample(FILLER, 2), *(changed(one, chance.randrange(99)) for one in chance.sample(SENTENCES, 2))]
        outlet = chance.choice(("Lantern", "Halyard Wire", "Ardinform", ""))
        day = (date(2031, 1, 1) + timedelta(days=number // 3)).isoformat() if number % 7 else ""
        text = " ".join([*own, NOTICE] if outlet == "Lantern" else own)
        found.append(StoryText(f"{chance.randrange(10**9):09}", text, "", day, outlet))
    return found


def order_of(texts: list[StoryText]) -> list[Listed]:
    return sorted(Listed(day_of(one.published), one.id, one.outlet) for one in texts)


def of(texts: list[StoryText], first: int = 0) -> tuple[Shared, list[Listed]]:
    order, own = order_of(texts), {one.id: one for one in texts}
    seeded = seeded_of(order, [places_of(own[one.id].text, {}).codes for one in order])
    return Shared.joined(list(shared(seeded, first))), order


def test_what_a_new_day_shares_is_all_that_comes() -> None:
    texts = made(40, random.Random(1))
    dated = [one for one in texts if one.published]
    whole, order = of(dated)
    for cut in ("2031-01-20", "2031-02-05"):
        earlier = [one for one in dated if one.published < cut]
        before, _ = of(earlier)
        after, _ = of(dated, len(earlier))
        both = Shared.joined([before, after])
        assert np.array_equal(both.rows, whole.rows)
        assert np.array_equal(both.seeds, whole.seeds)
    assert len(whole.rows) > 50
    assert len(order) == len(dated)


def test_what_has_become_a_fixed_phrase_is_left_out() -> None:
    texts = [
        StoryText(f"{n}", f"{FILLER[n]} {NOTICE}", "", f"2031-01-0{n + 1}", "Lantern") for n in range(OF_ONE_OUTLET)
    ]
    found, order = of(texts)
    seeded = seeded_of(order, [places_of(one.text, {}).codes for one in texts])
    assert len(found.rows) > 0  # by the first of them it was none
    assert len(unfixed(seeded, found).rows) == 0
    assert passages(texts) == []
    assert len(passages(texts[:-1])) == 6


def test_a_days_signature_holds_until_something_comes_before_it() -> None:
    texts = made(20, random.Random(2))
    before = signatures(order_of(texts))
    later = signatures(order_of([*texts, StoryText("x", "", "", "2031-01-19")]))
    changed_days = {day for day, told in later.items() if before.get(day) != told}
    assert min(changed_days) == day_of("2031-01-19")
    other = [StoryText(one.id, one.text, "", one.published, "Another") for one in texts]
    assert not set(signatures(order_of(other)).values()) & set(before.values())


def test_no_seed_goes_over_from_one_document_to_the_next() -> None:
    whole = places_of("shells fell on the eastern span", {}).codes
    parts = seeded_of([Listed(0, "a", ""), Listed(0, "b", "")], [whole[:3], whole[3:]])
    assert len(parts.keys(0, 2)) == 0
    assert len(seeded_of([Listed(0, "a", "")], [whole]).keys(0, 1)) == 5  # three of four words, two of five but one
    assert len(seeded_of([], []).keys(0, 0)) == 0


def test_parts_give_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = made(15, random.Random(3))
    whole, _ = of(texts)
    monkeypatch.setattr(seeds, "_BLOCK", 100)
    monkeypatch.setattr(seeds, "_MOST", 40)
    parts, _ = of(texts)
    assert np.array_equal(parts.rows, whole.rows)
    assert np.array_equal(parts.seeds, whole.seeds)
    assert len(whole.rows) > 10
