from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import purport
from purport.errors import UsageError
from purport.lexicons import lexicon_with, shipped_lexicon
from purport.lexicons.user_table import UserTable, read_user_table
from purport.model.document import Document
from purport.model.lexicon import Lexicon
from purport.model.record import Record
from purport.pipeline import process
from purport.read.files import read_bytes
from tests.conftest import ROOT

WORLD = ROOT / "examples" / "world.csv"


def read_with(text: str, lexicon: Lexicon) -> Record:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return process(document, "en", lexicon)


def test_a_name_in_the_users_table_means_nobody_else(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("name\ttype\taliases\nGeorgia (Ardania)\tplace\tGeorgia; the Peach State\n", "utf-8")
    own, shipped = lexicon_with(read_user_table(table)), shipped_lexicon()
    assert [row.name for row in own.named["Georgia"]] == ["Georgia (Ardania)"]
    assert [row.name for row in own.named["Peach State"]] == ["Georgia (Ardania)"]
    assert [row.name for row in shipped.named["Georgia"]] == ["Georgia"]
    assert "Peach State" not in shipped.named
    assert own.actors[1:] == shipped.actors


def test_a_users_row_replaces_the_one_of_the_same_name(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,type,hostile,laudatory\nIran,place,Assad regime;Rust Belt,the Shining Land\n", "utf-8")
    own = lexicon_with(read_user_table(table))
    assert own.by_name["Iran"].type == "place"
    assert {row.name for row in own.actors} == {row.name for row in shipped_lexicon().actors}
    sides = own.by_how("name")
    assert [(sides[name].of, sides[name].tone) for name in ("assad regime", "rust belt", "shining land")] == [
        ("Iran", "hostile"), ("Iran", "hostile"), ("Iran", "laudatory"),
    ]  # fmt: skip


def test_one_table_is_one_lexicon() -> None:
    own = lexicon_with(read_user_table(WORLD))
    assert own is lexicon_with(read_user_table(WORLD))
    assert pickle.loads(pickle.dumps(own)).named == own.named  # what another process is handed
    assert own is not shipped_lexicon()
    assert shipped_lexicon() is lexicon_with(None) is lexicon_with(UserTable((), ()))
    assert len(own.digest) == 16
    assert shipped_lexicon().digest == ""


def test_the_run_says_which_table_was_used() -> None:
    text = "Ardania's guns fired."
    plain = purport.read_text(text).run
    lexicon = lexicon_with(read_user_table(WORLD))
    own = read_with(text, lexicon)
    assert own.run.settings == (("actors", lexicon.digest),)
    assert own.run.id != plain.id
    assert [entity.type for entity in own.entities if entity.known == "Ardania"] == ["state"]
    assert purport.read_text(text).run == plain


def test_names_that_take_sides_are_marked_and_lead_to_the_neutral_one() -> None:
    text = "The Ridge bandits crossed the river. Denk watched the Hill Guard."
    record = read_with(text, lexicon_with(read_user_table(WORLD)))
    [guard] = [entity for entity in record.entities if entity.known == "Hill Guard"]
    tones = {record.text((one.span,)): one.tone for one in record.mentions if one.entity == guard.id}
    assert tones == {"The Ridge bandits": "hostile", "the Hill Guard": ""}


def test_workers_read_with_the_table(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Velmark armed the Hill Guard on day {number}.", "utf-8")
    with purport.open(tmp_path / "own.db") as corpus:
        corpus.add([tmp_path / f"{number}.txt" for number in range(3)], actors=WORLD, workers=2)
        assert {actor.name: actor.type for actor in corpus.actors()} == {
            "Velmark": "state",
            "Hill Guard": "armed group",
        }
        assert [run.run.settings != () for run in corpus.info().runs] == [True]


@pytest.mark.parametrize(
    "table, message",
    [
        ("", "is empty; its first line names the columns: name, type, aliases"),
        ("name,kind\n", "line 1: its columns are name, kind; there are name, type"),
        ("name\nArdania\n", "line 1: its columns are name; there are"),
        ("name,type,name\n", "line 1: its columns are name, type, name; there are"),
        ("name,type\nArdania\n", "line 2: has 1 values under 2 columns"),
        ("name,type\n# a comment\nArdania,country\n", "line 3: 'country' is not a value of the column type .person, "),
        ("name,type\n,state\n", "line 2: the column name is empty"),
        ("name,type\nArdania,state\nArdania,place\n", "line 3: 'Ardania' is in the table already; make it one row"),
    ],
)
def test_a_malformed_table_is_named(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(table, "utf-8")
    with pytest.raises(UsageError, match=f"own.csv(, |: ){message}"):
        read_user_table(path)


def test_columns_may_be_in_any_order_and_quoted(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text('Aliases, Type ,name\n"Vel; the Vel;Vel", state ,"Velmark, Kingdom of"\n', "utf-8")
    (row,) = read_user_table(path).actors
    assert (row.name, row.type, row.aliases, row.held) == ("Velmark, Kingdom of", "state", ("Vel",), "")


def test_a_table_that_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.csv").mkdir()
    said = {"own.csv": "is no UTF-8 text", "none.csv": "cannot be read \\(No such", "folder.csv": "is a folder"}
    for name, why in said.items():
        with pytest.raises(UsageError, match=f"{name}: {why}"):
            read_user_table(tmp_path / name)
