from __future__ import annotations

from collections.abc import Iterator

import pytest

from purport.errors import UsageError
from purport.model.document import Metadata
from purport.model.record import Record
from purport.store import Filter, Sighting, Store, count, documents, outlets, statements
from tests.made import RUN, TEXT, WORDS, attribution, document, record
from tests.store import wanting

DATES = {
    "year": "2031",
    "month": "2031-04",
    "day": "2031-04-02",
    "hour": "2031-04-02T23:30:00+02:00",
    "may": "2031-05-01",
    "none": None,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("questions") / "made.db", write=True) as opened:
        for name, date in DATES.items():
            told = Metadata(outlet="Halyard Wire", published=date)
            opened.add(record(f"{TEXT}It is note {name}."), Sighting(f"{name}.txt", "", told))
        yield opened


def names(store: Store, wanted: Filter) -> list[str]:
    found = list(statements(store, wanted))
    assert len(found) == count(store, wanted)
    return [one.path.removesuffix(".txt") for one in found]


@pytest.mark.parametrize(
    "since,until,expected",
    [
        (None, None, "year month day hour may none"),
        ("2031", None, "year month day hour may"),
        ("2031-04", None, "year month day hour may"),
        ("2031-04-01", None, "year month day hour may"),
        ("2031-04-02", None, "year month day hour may"),
        ("2031-04-03", None, "year month may"),
        ("2031-05", None, "year may"),
        ("2031-06", None, "year"),
        ("2032", None, ""),
        (None, "2030", ""),
        (None, "2031", "year month day hour may"),
        (None, "2031-03", "year"),
        (None, "2031-04", "year month day hour"),
        (None, "2031-04-01", "year month"),
        (None, "2031-04-02", "year month day hour"),
        ("2031-04-02", "2031-04-02", "year month day hour"),
        ("2031-05", "2031-04", "year"),
    ],
)
def test_periods_take_in_what_may_lie_in_them(
    store: Store, since: str | None, until: str | None, expected: str
) -> None:
    assert names(store, Filter(since=since, until=until)) == expected.split()


@pytest.mark.parametrize(
    "value", ["", "31", "2031-4", "2031-13", "2031-02-30", "04/02/2031", "2031-04-02T10:00", "now", "２０３１", "0000"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    for name in ("since", "until"):
        with pytest.raises(UsageError, match=r".* is not a date; write 2031, 2031-04 or 2031-04-02") as refused:
            wanting(name, value)
        assert refused.value.argument == name


def test_a_document_that_two_outlets_gave_is_each_ones(store: Store) -> None:
    name = record(f"{TEXT}It is note may.").document.id
    store.see(name, Sighting("zz/copy.txt", "", Metadata(outlet="The Skerrin Lantern")))
    assert names(store, Filter(outlet="the skerrin lantern")) == ["may"]
    assert "may" in names(store, Filter(outlet="HALYARD WIRE"))
    assert names(store, Filter(outlet="Halyard")) == []
    assert outlets(store) == ["Halyard Wire", "The Skerrin Lantern"]
    row = next(row for row in documents(store) if row.id == name)
    assert row.paths == ("may.txt", "zz/copy.txt")
    assert row.outlet == "Halyard Wire"


def test_the_first_so_many(store: Store) -> None:
    assert [len(list(statements(store, limit=n))) for n in (0, 1, 3, 100)] == [0, 1, 3, 6]


def test_filters_are_all_to_be_met(store: Store) -> None:
    assert count(store, Filter(act="deny", kind="indirect", by="mara denk", about="bridge")) == 6
    assert count(store, Filter(act="assert")) == count(store, Filter(kind="direct")) == 0
    assert count(store, Filter(document=record(f"{TEXT}It is note may.").document.id, search="ardania")) == 1


def test_the_chain_runs_from_the_outlet_to_the_inner_source(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "Teo Marrand wrote that Mara Denk\nhad denied it."
    one = document(text)
    outer = attribution(one, [(0, 11)], [(12, 17)], [(18, len(text) - 1)])
    inner = attribution(one, [(23, 32)], [(33, 43)], [(44, 46)], inside=outer.id)
    with Store(tmp_path_factory.mktemp("chain") / "made.db", write=True) as store:
        store.add(Record(one, RUN, (outer, inner)), Sighting("a.txt", "", Metadata(outlet="Halyard Wire")))
        first, second = statements(store)
    assert first.chain == ("Halyard Wire", "Teo Marrand")
    assert second.chain == ("Halyard Wire", "Teo Marrand", "Mara Denk")
    assert (second.source, second.cue, second.content, second.inside) == ("Mara Denk", "had denied", "it", outer.id)
    assert first.content == "that Mara Denk had denied it"
    assert (first.place, second.place) == ("lines 1-2", "lines 1-2")
    assert len(WORDS) == 3
