from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from purport.errors import UsageError
from purport.lexicons.actors import named
from purport.lexicons.brought import bring, brought, read_brought
from tests.conftest import ROOT

WORLD = ROOT / "examples" / "world.csv"


@pytest.fixture(autouse=True)
def taken_away() -> Iterator[None]:
    yield
    bring(None)


def test_a_users_table_goes_over_what_ships(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("name\ttype\taliases\nGeorgia (Ardania)\tplace\tGeorgia; the Peach State\n", "utf-8")
    before = named()["Georgia"]
    bring(read_brought(table))
    assert [row.name for row in named()["Georgia"]] == ["Georgia (Ardania)"]
    assert [row.name for row in named()["Peach State"]] == ["Georgia (Ardania)"]
    bring(None)
    assert named()["Georgia"] == before


def test_the_run_says_that_a_table_was_brought() -> None:
    plain = purport.read_text("Ardania's guns fired.").run
    bring(read_brought(WORLD))
    own = purport.read_text("Ardania's guns fired.")
    assert own.run.settings == (("actors", brought()),)
    assert own.run.id != plain.id
    assert [entity.type for entity in own.entities if entity.known == "Ardania"] == ["state"]
    bring(None)
    assert purport.read_text("Ardania's guns fired.").run == plain


def test_names_that_take_sides_are_marked_and_lead_to_the_neutral_one() -> None:
    bring(read_brought(WORLD))
    record = purport.read_text("The Ridge bandits crossed the river. Denk watched the Hill Guard.")
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
    assert brought() == ""


@pytest.mark.parametrize(
    "table, message",
    [
        ("", "is empty"),
        ("name,kind\n", "its columns are name, kind"),
        ("name\nArdania\n", "its columns are name"),
        ("name,type\nArdania\n", "line 2: has 1 values under 2 columns"),
        ("name,type\n# a comment\nArdania,country\n", "line 3: no type is called 'country'"),
        ("name,type\n,state\n", "line 2: has no name"),
        ("name,type\nArdania,state\nArdania,place\n", "line 3: 'Ardania' stands there already"),
    ],
)
def test_a_malformed_table_is_named(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(table, "utf-8")
    with pytest.raises(UsageError, match=message):
        read_brought(path)


def test_a_table_that_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("own.csv", "none.csv"):
        with pytest.raises(UsageError, match=f"{name}: cannot be read as UTF-8 text"):
            read_brought(tmp_path / name)
