"""Counts of statements are those that the list itself gives, whatever it is narrowed by."""

import itertools
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.web import make
from purport.store import Filter, Store
from purport.store.browse import Wanted, survey
from purport.store.tally import Cards

ALL = 10_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 1,000 statements."""
    made = tmp_path_factory.mktemp("tally") / "made.db"
    make(made, 20)
    return made


FILTERS = [
    Filter(),
    Filter(act="accuse"),
    Filter(act=("accuse", "deny")),
    Filter(kind="direct"),
    Filter(search="bridge"),
    Filter(by="Mara Denk"),
    Filter(about="Orrin", kind="mixed"),
    Filter(outlet="outlet 1", since="2030"),
    Filter(since="2030-02", until="2031-06", act="accuse"),
    Filter(outlet="nobody's"),
    Filter(unsaid=True, least=0.7),
    Filter(kind="block"),
]
EXTRA: list[dict[str, Any]] = [{}, {"certainty": "CT-"}, {"below": 0.8}, {"least": 0.75}]


@pytest.mark.parametrize("wanted, extra", list(itertools.product(FILTERS, EXTRA)))
def test_the_counts_are_those_of_the_list(path: Path, wanted: Filter, extra: dict[str, Any]) -> None:
    least = extra.get("least", wanted.least)
    extra = {name: value for name, value in extra.items() if name != "least"}
    asked = Wanted(replace(wanted, least=least), **extra)
    with Store(path) as store:
        told = Cards.of(store).tally(store, asked)
        listed = survey(store, asked, cap=ALL)
        without = survey(store, Wanted(replace(wanted, least=0.0), **extra), cap=ALL)
    assert told.number == len(listed)
    assert told.unsure == len(without) - len(listed)
    assert dict(told.acts) == Counter(one.act for one in listed)
    assert dict(told.kinds) == Counter(one.kind for one in listed)
    assert dict(told.outlets) == Counter(one.outlet for one in listed)
    assert dict(told.months) == Counter(one.month for one in listed)


def test_the_most_frequent_come_first_and_months_by_date(path: Path) -> None:
    with Store(path) as store:
        told = Cards.of(store).tally(store, Wanted())
    assert [number for _, number in told.acts] == sorted((number for _, number in told.acts), reverse=True)
    assert [month for month, _ in told.months] == sorted((month for month, _ in told.months), reverse=True)
    assert told.number == 1000


def test_ids_are_chosen_left_out_and_kept_though_unsure(path: Path) -> None:
    with Store(path) as store:
        cards = Cards.of(store)
        unsure = survey(store, Wanted(below=0.6, order="unsure"), cap=2)[:2]
        ids = tuple(one.id for one in unsure)
        assert cards.tally(store, Wanted(only=ids)).number == 2
        assert cards.tally(store, Wanted(apart=ids)).number == 998
        plain = cards.tally(store, Wanted(Filter(least=0.6)))
        kept = Wanted(Filter(least=0.6, accepted=ids))
        assert cards.tally(store, kept).number == plain.number + 2
        assert len(survey(store, kept, cap=ALL)) == plain.number + 2


def test_an_empty_store_counts_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "none.db", write=True) as store:
        told = Cards.of(store).tally(store, Wanted(Filter(search="bridge"), certainty="CT+"))
    assert (told.number, told.unsure, told.acts, told.months) == (0, 0, (), ())


def test_an_act_that_is_no_longer_one_fits_nothing(path: Path) -> None:
    with Store(path) as store:
        assert Cards.of(store).tally(store, Wanted(Filter(act="mumble"))).number == 0
