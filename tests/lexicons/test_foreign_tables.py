"""Tables of actors that others keep: FollowTheMoney's entities and dumps of Wikidata become rows, or say why not."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from purport.errors import UsageError
from purport.lexicons import lexicon_with
from purport.lexicons.foreign_tables import is_foreign, read_foreign
from purport.lexicons.user_table import read_user_table, write_user_table


def money(schema: str, *names: str, **more: Any) -> str:
    own = {key: value for key, value in more.items() if key != "caption"}
    told = {"id": names[0] if names else "x", "schema": schema, "properties": {"name": list(names), **own}}
    return json.dumps(told | ({"caption": more["caption"]} if "caption" in more else {}))


def item(label: str, classes: list[str], *aliases: str, language: str = "en") -> str:
    claims = [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": one}}}} for one in classes]
    return json.dumps(
        {
            "type": "item", "id": "Q1", "labels": {language: {"language": language, "value": label}},
            "aliases": {"en": [{"language": "en", "value": one} for one in aliases]}, "claims": {"P31": claims},
        }
    )  # fmt: skip


def written(tmp_path: Path, *lines: str, name: str = "table.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_entities_of_followthemoney_are_rows(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        money("Person", "Denk, Mara", "Mara Denk", caption="Mara Denk", alias=["Denk", "M. Denk"], country=["gb"]),
        money("PublicBody", "Ministry of Water", previousName=["Board of Water"], country=["gb", "us"]),
        money("Vessel", "Halyard"),
        money("Organization", "Hill; Guard"),
    )
    told = read_foreign(path)
    guard, ministry = told.rows if told.rows[0].type == "person" else told.rows[::-1]
    assert (guard.name, guard.type, guard.aliases, guard.of) == ("Mara Denk", "person", ("Denk, Mara", "M. Denk"), "GB")
    assert (ministry.name, ministry.type, ministry.aliases, ministry.of) == (
        "Ministry of Water", "government", ("Board of Water",), "",
    )  # fmt: skip
    assert told.passed_over == {"their schema is Vessel": 1, "they have no name that can be looked up": 1}


def test_items_of_wikidata_are_rows(tmp_path: Path) -> None:
    lines = (
        "[",
        item("Mara Denk", ["Q5"], "Denk", "Mara A. Denk") + ",",
        item("Skerrin", ["Q5119", "Q515"], "Port Skerrin") + ",",
        item("Velmark", ["Q82794", "Q3624078"]) + ",",
        item("Halyard", ["Q16521"]) + ",",
        item("Orrin Post", ["Q11032"], language="mul") + ",",
        json.dumps({"labels": {}, "claims": []}),
        "]",
    )
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    told = read_foreign(path)
    assert [(row.name, row.type, row.aliases) for row in told.rows] == [
        ("Mara Denk", "person", ("Mara A. Denk",)),
        ("Orrin Post", "outlet", ()),
        ("Skerrin", "place", ("Port Skerrin",)),
        ("Velmark", "state", ()),
    ]
    assert told.passed_over == {"nothing says what they are": 1, "they are an instance of Q16521": 1}
    packed = tmp_path / "dump.json.bz2"
    packed.write_bytes(bz2.compress("\n".join(lines).encode()))
    assert read_foreign(packed) == told


def test_a_name_that_several_bear_is_nobodys(tmp_path: Path) -> None:
    told = read_foreign(
        written(
            tmp_path,
            money("Person", "Aurel Kest", "A. B. Kest"),
            money("Person", "aurel kest"),
            money("Company", "Orn"),
        )
    )
    assert [(row.name, row.aliases) for row in told.rows] == [("A. B. Kest", ()), ("Orn", ())]
    assert told.passed_over == {"others bear all their names": 1}


@pytest.mark.parametrize(
    "line, said",
    [
        ("{", "line 2: is no JSON of one entity"),
        ("[" * 100_000, "line 2: is no JSON of one entity"),
        ("3", "line 2: is no entity but int"),
        ('{"id": "x"}', "line 2: has neither a schema with properties"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"table.jsonl, {said}"):
        read_foreign(written(tmp_path, money("Person", "Mara Denk"), line))


def test_a_file_that_is_not_whole_or_not_there_is_named(tmp_path: Path) -> None:
    torn = tmp_path / "torn.json.gz"
    torn.write_bytes(gzip.compress(item("Velmark", ["Q7275"]).encode() * 500)[:-30])
    for path in (torn, tmp_path / "none.json", written(tmp_path, "no gzip", name="false.json.gz")):
        with pytest.raises(UsageError, match=rf"{path.name}: cannot be read"):
            read_foreign(path)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "A.NDJSON", "a.ijson", "a.json.gz", "a.jsonl.bz2"])
def test_such_files_are_told_by_their_names(name: str) -> None:
    assert is_foreign(Path(name))
    assert not is_foreign(Path("own.csv"))
    assert not is_foreign(Path("own.tsv.gz"))
    assert not is_foreign(Path("own"))


def test_texts_are_read_with_such_a_table(tmp_path: Path) -> None:
    path = written(tmp_path, money("Organization", "Third Brigade", "the Third"))
    table = read_user_table(path)
    assert lexicon_with(table).named["the Third"] == table.actors
    write_user_table(tmp_path / "own.csv", table.actors)
    assert [row.name for row in read_user_table(tmp_path / "own.csv").actors] == ["Third Brigade"]
