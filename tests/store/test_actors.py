"""Actors of a store and what people judge of them, on records made by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import purport
from purport.corpus.actors import Cast
from purport.errors import UsageError
from purport.model.document import Span
from purport.model.record import Entity, Mention, Naming, Record, hash_id
from purport.model.rows import EntityRow
from purport.model.vocabulary import EntityType
from purport.store import Sighting, Store, entities, judge, judgements, verify
from tests.made import TEXT, record

DENK, RETH, GUARD = "Mara Denk", "Qasem Reth", "Hill Guard"
DOCUMENTS: dict[str, list[tuple[str, EntityType]]] = {
    "a": [(DENK, "person"), (RETH, "person"), (GUARD, "armed group")],
    "b": [(DENK, "person"), ("Ghasem Reth", "person"), ("the Hill Guard", "armed group")],
    "c": [("Denk", "person"), ("Skerrin", "place"), ("Skerrin", "organisation"), ("", "role")],
}


def made(note: str, named: Sequence[tuple[str, EntityType]]) -> Record:
    """A record whose first mention and statement are the first entity's, as all further mentions are of the others."""
    one = record(f"{TEXT}It is note {note}.")
    # Who is called Denk in "c" is not who was called Mara Denk a year before.
    day = "2032-06-01" if note == "c" else "2031-01-01"
    known = replace(one.document.metadata, published=day)
    one = replace(one, document=replace(one.document, metadata=known))
    found, mentions = [], []
    for number, (name, type_) in enumerate(named):
        id_ = hash_id("entity", (one.document.id, str(number)))
        found.append(Entity(id_, name, type_, (name,) if name else ("an official",)))
        naming = Naming.NAME if name else Naming.DESCRIPTION
        mentions.append(Mention(Span(number, number + 1), naming, id_, "made", 1.0, "hostile" if number == 2 else ""))
    said = tuple(replace(a, holder=found[0].id) for a in one.attributions)
    return replace(one, attributions=said, mentions=tuple(mentions), entities=tuple(found))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store(tmp_path / "made.db", write=True) as store:
        for note, named in DOCUMENTS.items():
            store.add(made(note, named), Sighting(f"{note}.txt"))
    return tmp_path / "made.db"


@pytest.fixture
def corpus(path: Path) -> Iterator[purport.Corpus]:
    with purport.open(path) as opened:
        yield opened


def names(corpus: purport.Corpus) -> dict[str, int]:
    """The actors by name and the number of documents that name them; of one name, the more."""
    return {row.name: row.documents for row in reversed(corpus.actors())}


def statements_by(corpus: purport.Corpus, name: str) -> set[str]:
    return {row.path for row in corpus.statements(by=name)}


def test_actors_are_found_across_documents(corpus: purport.Corpus) -> None:
    assert names(corpus) == {DENK: 2, GUARD: 2, "Ghasem Reth": 2, "Denk": 1, "Skerrin": 1}
    assert {row.type for row in corpus.actors(search="skerrin")} == {"organisation", "place"}
    guard = corpus.actor(GUARD)
    assert (guard.type, guard.mentions, guard.hostile, guard.laudatory) == ("armed group", 2, 2, 0)
    assert guard.names == ("the Hill Guard",)
    assert corpus.actor(DENK).statements == 2
    assert [row.name for row in corpus.actors(type="role")] == ["an official"]
    assert len(corpus.actors(limit=2)) == 2
    frame = corpus.actors().to_pandas()
    assert list(frame.columns[:5]) == ["id", "name", "type", "known", "mentions"]


def test_every_link_has_its_reason(corpus: purport.Corpus) -> None:
    links = corpus.links("Reth")
    assert {link.name for link in links} == {RETH, "Ghasem Reth"}
    assert {link.reason for link in links} == {"exact name", "transliteration similarity .93"}


def test_statements_are_asked_for_by_actor(corpus: purport.Corpus) -> None:
    denk = corpus.actors(search="Denk")
    assert statements_by(corpus, "Denk") == {"a.txt", "b.txt", "c.txt"}
    alone = next(row.id for row in denk if row.name == "Denk")
    assert statements_by(corpus, alone) == {"c.txt"}
    corpus.rename(alone, "Ilian Orlo")
    assert statements_by(corpus, "Ilian Orlo") == {"c.txt"}
    corpus.merge(RETH, alone)
    assert statements_by(corpus, RETH) >= {"c.txt"}
    assert {row.path for row in corpus.claims(by="Ghasem Reth", all=True)} >= {"c.txt"}


def test_a_merge_is_undone_by_another_judgement(corpus: purport.Corpus) -> None:
    before = corpus.actors()
    assert corpus.merge(DENK, "Denk", who="Ister Crole", note="the same\nface") == 1
    assert names(corpus)[DENK] == 3
    assert [link.reason for link in corpus.links(DENK)].count("judgement 1: merged") == 1
    assert corpus.undo() == 2
    assert corpus.actors() == before
    assert corpus.undo(2) == 3  # an undo can be undone
    assert names(corpus)[DENK] == 3
    (first, *_) = corpus.judgements()
    assert (first.deed, first.who, first.note) == ("merge", "Ister Crole", "the same face")
    assert corpus.cast.judged.undone == {2}


def test_a_split_takes_an_entity_or_a_name_out(corpus: purport.Corpus) -> None:
    before = corpus.actors()
    (first, second) = corpus.links("Reth")
    corpus.split("Reth", RETH)
    assert names(corpus)[RETH] == names(corpus)["Ghasem Reth"] == 1
    corpus.undo()
    corpus.split("Reth", second.id)
    assert [link.id for link in corpus.links(first.name)] == [first.id]
    with pytest.raises(UsageError, match="judgement 3 says that 'Ghasem Reth' and 'Qasem Reth' are two"):
        corpus.merge(first.name, second.name)
    corpus.undo(3)
    assert {link.id for link in corpus.links(first.name)} == {first.id, second.id}
    assert corpus.actors() == before


@pytest.mark.parametrize("count", [6, 10])
def test_a_name_means_whom_it_is_most(tmp_path: Path, count: int) -> None:
    with Store(tmp_path / "made.db", write=True) as store:
        for number in range(count):
            store.add(made(f"x{number}", [(DENK, "person")]), Sighting(f"{number}.txt"))
        store.add(made("y", [("Ilian Denk", "person")]), Sighting("y.txt"))
        store.add(made("z", [("Denk", "person")]), Sighting("z.txt"))
    with purport.open(tmp_path / "made.db") as corpus:
        assert [one.name for one in corpus.cast.called("Denk")] == [DENK, "Denk", "Ilian Denk"]
        if count > 8:
            assert corpus.actor("Denk").name == DENK
            assert corpus.cast.dominant("Denk")[1] == 2
            return
        with pytest.raises(UsageError, match=f"3 actors are called 'Denk': [0-9a-f]+ {DENK}"):
            corpus.actor("Denk")


def test_what_was_split_off_twice_is_an_actor_of_its_own_each_time(corpus: purport.Corpus) -> None:
    second = corpus.links("Reth")[1]
    every = {link.id for one in corpus.actors() for link in corpus.links(one.id)}
    corpus.split("Reth", second.id)
    corpus.merge(second.name, GUARD)
    corpus.split(second.name, second.id)
    told = corpus.actors()
    assert len({one.id for one in told}) == len(told)
    assert sorted(link.id for one in told for link in corpus.links(one.id)) == sorted(every)
    assert [second.id] in [[link.id for link in corpus.links(one.id)] for one in told]


def test_who_is_kept_apart_is_made_one_by_nothing_until_that_is_undone(path: Path, corpus: purport.Corpus) -> None:
    corpus.apart(DENK, "Denk")
    with pytest.raises(UsageError, match="judgement 1 says that 'Mara Denk' and 'Denk' are two; undo it first"):
        corpus.merge(DENK, "Denk")
    corpus.merge(RETH, "Denk")
    with pytest.raises(UsageError, match="judgement 1 says"):  # what is one with it is kept apart too
        corpus.merge(DENK, RETH)
    with pytest.raises(UsageError, match="judgement 1 says so already"):
        corpus.apart(DENK, "Denk")
    assert names(corpus)[DENK] == 2
    # A document of the same days makes the surname hers; the judgement stands all the same.
    corpus.close()
    again = made("c", DOCUMENTS["c"])
    dated = replace(again.document, metadata=replace(again.document.metadata, published="2031-01-02"))
    with Store(path, write=True) as store:
        store.replace(replace(again, document=dated, run=replace(again.run, version="1")), Sighting("c.txt"))
    assert names(corpus)[DENK] == 2
    corpus.undo(1)
    corpus.merge(DENK, "Denk")
    assert names(corpus)[DENK] >= 3


def test_several_are_judged_at_once_or_none(corpus: purport.Corpus) -> None:
    before = corpus.actors()
    assert corpus.merge(DENK, "Denk", RETH, who="Ana") == 2
    assert [one.told.partition(" (")[0] for one in corpus.judgements()] == ["Denk", "Ghasem Reth"]
    corpus.undo(), corpus.undo()
    assert corpus.actors() == before
    corpus.apart(DENK, RETH)
    kept = corpus.judgements()
    with pytest.raises(UsageError, match="judgement 5 keeps two of these apart"):
        corpus.merge("Denk", DENK, RETH)
    assert corpus.judgements() == kept


def test_a_new_name_is_shown_and_the_old_ones_still_lead_there(corpus: purport.Corpus) -> None:
    id_ = corpus.actor(DENK).id
    corpus.rename(DENK, "Minister  M. Denk")
    assert corpus.actor(id_).name == "Minister M. Denk"
    assert corpus.actor(DENK).id == corpus.actor("minister m. denk").id == id_
    assert DENK in corpus.actor(id_).names


@pytest.mark.parametrize(
    "deed, told, said",
    [
        ("merge", ("Nobody", DENK), "no actor is called 'Nobody'"),
        ("merge", (DENK, DENK), "are one actor already"),
        ("merge", (DENK, "Skerrin"), "2 actors are called 'Skerrin': .*place, document .*; name one by its id"),
        ("apart", (DENK, DENK), "are one actor: .*; split off what is another"),
        ("split", (DENK, "Orlo"), "has no entity or name 'Orlo'"),
        ("split", (DENK, DENK), "is all that Mara Denk"),
        ("rename", (DENK, " … "), "is no name"),
        ("rename", (DENK, DENK), "is called 'Mara Denk' already"),
        ("undo", (), "there is no judgement to undo"),
        ("undo", (7,), "there is no judgement 7"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_one_line(
    corpus: purport.Corpus, deed: str, told: tuple[str | int, ...], said: str
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        getattr(corpus, deed)(*told)
    assert "\n" not in str(refused.value)
    assert corpus.judgements() == []


def test_judgements_are_only_ever_added(path: Path, corpus: purport.Corpus) -> None:
    corpus.merge(DENK, "Denk")
    corpus.undo()
    with pytest.raises(UsageError, match="judgement 1 is undone already"):
        corpus.undo(1)
    corpus.close()
    with Store(path, write=True) as store:
        row = "SELECT number, 'split', one, other, name, undoes, told, who, note FROM judgement"
        for statement in (
            "UPDATE judgement SET note = 'x'",
            "DELETE FROM judgement",
            "DELETE FROM judgement WHERE number = 1",
            f"INSERT OR REPLACE INTO judgement {row} WHERE number = 1",
            f"INSERT INTO judgement {row.replace('number', 'number + 7', 1)} WHERE number = 1",
        ):
            with pytest.raises(apsw.ConstraintError):
                store.connection.execute(statement)
        assert [one.deed for one in judgements(store)] == ["merge", "undo"]
        assert list(verify(store)) == []


def test_judgements_outlive_reading_again_and_touch_no_entity(path: Path, corpus: purport.Corpus) -> None:
    (first, _) = corpus.links("Reth")
    merged = corpus.merge(DENK, "Denk")
    apart = corpus.split("Reth", first.id)
    kept = [*corpus.records()]
    corpus.close()
    again = made("c", [("", "role"), ("Skerrin", "place"), ("Denk", "person")])
    with Store(path, write=True) as store:
        assert [*store.records()] == kept
        # "Denk" has another place, and so another id, but is called so in the same document.
        store.replace(replace(again, run=replace(again.run, version="1")), Sighting("c.txt"))
    with purport.open(path) as corpus:
        assert names(corpus)[DENK] == 3
        assert corpus.cast.judged.orphaned == frozenset()
        corpus.close()
        corpus.forget([made("c", DOCUMENTS["c"]).document.id])
        assert corpus.cast.judged.orphaned == {merged}
        corpus.forget([first.document])
        assert corpus.cast.judged.orphaned == {merged, apart}


def test_a_type_read_otherwise_later_is_the_same_name(path: Path, corpus: purport.Corpus) -> None:
    corpus.rename(GUARD, "The Guard of the Hill")
    corpus.close()
    with Store(path, write=True) as store:
        for note, named in DOCUMENTS.items():
            told: list[tuple[str, EntityType]] = [
                (name, "place" if type_ == "armed group" else type_) for name, type_ in named
            ]
            again = made(note, told)
            store.replace(replace(again, run=replace(again.run, version="1")), Sighting(f"{note}.txt"))
    assert corpus.actor("The Guard of the Hill").type == "place"


ENTITIES = [
    EntityRow(f"{n:02d}aaaaaaaaaaaaaa", f"d{n % 7}", name, type_, (name,), mentions=1)
    for n, (name, type_) in enumerate(
        (name, type_)
        for name in (DENK, RETH, "Ghasem Reth", "Denk", "Skerrin", "Aurel Stavik", "H. Reth", "SRF")
        for type_ in ("person", "organisation")
        for _ in range(3)
    )
]


def any_deed(chance: random.Random, now: Cast) -> purport.Judgement:
    """Any judgement of any actor. Raises `UsageError` where it cannot be."""
    ids = [row.id for row in now.actors()]
    one = chance.choice(ids)
    links = list(now.links(now.find(one)))
    deed = chance.choice(("merge", "apart", "split", "rename"))
    if deed in ("merge", "apart"):
        judge_two = now.merge if deed == "merge" else now.apart
        return judge_two(one, chance.choice(ids))
    if deed == "split":
        return now.split(one, chance.choice([link.id for link in links] + [link.name for link in links]))
    return now.rename(one, f"Name {chance.randrange(99)}")


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_any_judgements_undone_one_by_one_give_the_first_export_back(seed: int) -> None:
    chance = random.Random(seed)
    log: list[purport.Judgement] = []

    def cast() -> Cast:
        return Cast(ENTITIES, log)

    def told(now: Cast) -> tuple[list[object], list[object]]:
        return [*now.actors()], [*now.all_links()]

    states = [told(cast())]
    for _ in range(12):
        try:
            deed = any_deed(chance, cast())
        except UsageError:
            continue
        log.append(replace(deed, number=len(log) + 1))
        after = cast()
        assert sorted(link.id for link in after.all_links()) == sorted(row.id for row in ENTITIES)
        assert after.judged.orphaned == frozenset()
        states.append(told(after))
    while len(states) > 1:
        states.pop()
        log.append(replace(cast().undo(), number=len(log) + 1))
        assert told(cast()) == states[-1]


def test_all_undone_the_export_is_the_first_byte_for_byte(corpus: purport.Corpus, tmp_path: Path) -> None:
    def exported(name: str) -> list[bytes]:
        return [
            path.read_bytes() for form in ("csv", "parquet", "jsonl") for path in corpus.export(form, tmp_path / name)
        ]

    before = exported("before")
    corpus.merge(DENK, "Denk")
    corpus.split(GUARD, corpus.links(GUARD)[0].id)
    corpus.rename(DENK, "M. D.")
    assert exported("between") != before
    for _ in range(3):
        corpus.undo()
    assert exported("after") == before
    assert len(corpus.judgements()) == 6


def test_what_is_asked_twice_is_worked_out_once_until_somebody_writes(path: Path, corpus: purport.Corpus) -> None:
    first = corpus.cast
    assert corpus.cast is first
    with Store(path, write=True) as store:
        store.add(made("d", [(DENK, "person")]), Sighting("d.txt"))
        assert len([*entities(store)]) == 11
    assert corpus.cast is not first
    assert names(corpus)[DENK] == 3


def test_judgements_are_numbered_by_the_store(path: Path) -> None:
    with Store(path, write=True) as store:
        cast = Cast.of(store)
        assert judge(store, [cast.rename(DENK, "A")]) == 1
        assert judge(store, [cast.rename(DENK, "B"), cast.rename(DENK, "C")]) == 3
        assert Cast.of(store).find("C").key == ("person", "mara denk")
