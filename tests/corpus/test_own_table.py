"""The actors of a store go out as a table, and a table comes in as judgements, each of which can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import purport
from purport.corpus.actors import Cast
from purport.corpus.own_table import judgements_by, table_of
from purport.lexicons.user_table import UserTable, read_user_table, write_user_table
from purport.model.lexicon import ActorRow
from purport.model.rows import EntityRow
from purport.model.vocabulary import ActorType, EntityType
from tests.conftest import EXAMPLES


def row(number: int, name: str, type_: EntityType = "person", *names: str) -> EntityRow:
    day = f"20{30 + 2 * number}-01-01"  # years apart, so that a surname alone joins nobody
    return EntityRow(f"{number:016x}", f"d{number}", name, type_, (name, *names), mentions=1, published=day)


def table(*rows: tuple[str, ActorType, str]) -> UserTable:
    made = (ActorRow(name, type_, "", tuple(filter(None, told.split(";"))), (), (), "") for name, type_, told in rows)
    return UserTable(tuple(made), ())


ROWS = (
    row(1, "Mara Denk", "person", "Minister Denk"),
    row(2, "Denk"),
    row(3, "M. A. Orn"),
    row(4, "Denk Foundation", "organisation"),
    row(5, "Orn"),
)


def test_all_who_bear_the_names_of_a_row_are_one_and_called_as_it_says() -> None:
    cast = Cast(ROWS, ())
    told = table(("Mara Denk", "person", "Denk"), ("Moro Orn", "person", "M. A. Orn"), ("X", "state", ""))
    done = judgements_by(cast, told)
    assert [one.deed for one in done.judgements] == ["merge", "rename"]
    assert (done.rows, done.merged, done.renamed) == (3, 1, 1)
    assert done.passed_over == {"rows whose names nobody bears": 1}
    after = Cast(ROWS, [replace(one, number=at) for at, one in enumerate(done.judgements, 1)])
    assert {one.name for one in after.actors()} == {"Mara Denk", "Moro Orn", "Denk Foundation", "Orn"}


def test_a_name_in_two_rows_tells_nothing_and_another_kind_is_not_meant() -> None:
    done = judgements_by(Cast(ROWS, ()), table(("Mara Denk", "person", "Denk"), ("Ilian Denk", "person", "Denk")))
    assert done.judgements == ()
    assert done.passed_over == {"actors that several rows may mean": 1, "rows whose names nobody bears": 1}
    assert judgements_by(Cast(ROWS, ()), table(("Mara Denk", "state", ""))).judgements == ()


def test_what_is_judged_apart_stays_apart(tmp_path: Path) -> None:
    with purport.open(tmp_path / "own.db") as corpus:
        corpus.add([EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv")
        corpus.apart("Mara Denk", "Ilian Denk")
        path = tmp_path / "own.csv"
        path.write_text("name,type,aliases\nMara Denk,person,Ilian Denk\n", "utf-8")
        done = corpus.import_actors(path, who="Ana")
        assert (done.merged, done.judgements) == (0, ())
        assert done.passed_over == {"merges that a judgement refuses": 1}
        before = corpus.actors()
        path.write_text("name,type,aliases\nH. Reth,person,Hollan Reth\n", "utf-8")
        assert corpus.import_actors(path, who="Ana").renamed == 1
        assert corpus.actor("H. Reth").type == "person"
        corpus.undo()
        assert corpus.actors() == before


def test_actors_go_out_as_a_table_that_can_be_read_with(tmp_path: Path, example_store: Path) -> None:
    with purport.open(example_store) as corpus:
        rows, passed = corpus.actors_table()
        few, _ = corpus.actors_table(least=3)
        named = {one.name for one in corpus.actors() if one.documents >= 3}
    assert {one.name for one in few} <= named
    assert set(passed) <= {"another actor is called the same; rename one to tell them apart"}
    write_user_table(tmp_path / "own.csv", rows)
    assert [(one.name, one.type, one.aliases) for one in read_user_table(tmp_path / "own.csv").actors] == [
        (one.name, one.type, tuple(dict.fromkeys(name.removeprefix("The ") for name in one.aliases))) for one in rows
    ]


@pytest.mark.parametrize("name", ["Kest; the elder", "#Kest"])
def test_a_name_that_the_table_cannot_hold_is_passed_over(name: str) -> None:
    rows, passed = table_of(Cast([row(1, name), row(2, "Mara Denk")], ()))
    assert [one.name for one in rows] == ["Mara Denk"]
    assert passed == {"its name has a mark that separates names": 1}
