"""What holds of every table of words, and what is refused of each."""

from __future__ import annotations

from typing import Any

import pytest

from purport.lexicons.actors import ACTORS
from purport.lexicons.cues import CUES
from purport.lexicons.deeds import DEEDS
from purport.lexicons.embedding import EMBEDDINGS
from purport.lexicons.given import GIVEN
from purport.lexicons.loaded import LOADED
from purport.lexicons.nominals import NOMINALS
from purport.lexicons.partisan import PARTISANS
from purport.lexicons.places import PLACES
from purport.lexicons.registry import TABLES
from purport.lexicons.tables import Header, Table, content_lines, header
from purport.lexicons.titles import TITLES
from tests.conftest import ROOT

FOLDER = ROOT / "purport" / "lexicons"

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def first_line(table: Table[Any]) -> str:
    return "\t".join(column.name for column in table.columns)


def content(table: Table[Any]) -> list[str]:
    return [line for _, line in content_lines(table.text())]


def test_every_file_is_a_table_and_has_its_row() -> None:
    found = {path.name for path in FOLDER.iterdir() if path.name.endswith((".tsv", ".tsv.gz"))}
    assert [table.name for table in TABLES] == sorted(found)


@each_table
def test_the_header_says_what_it_is_and_whence_and_the_licence(table: Table[Any]) -> None:
    told = header(table.text())
    assert told.licence.startswith(("Apache-2.0", "CC BY 4.0", "public domain"))
    assert len(told.what) > 20
    assert told.source


@each_table
def test_it_can_be_loaded_and_no_two_rows_are_the_same(table: Table[Any]) -> None:
    first, *rows = content(table)
    assert first == first_line(table)
    assert len(table.load()) == len(rows) == len(set(rows))


@each_table
def test_every_row_has_its_example(table: Table[Any]) -> None:
    names = [column.name for column in table.columns]
    if "example" in names:
        place = names.index("example")
        assert all(len(line.split("\t")[place].split()) > 2 for line in content(table)[1:])


@each_table
def test_rows_out_of_order_repeated_or_short_are_refused(table: Table[Any]) -> None:
    first, one, two, *_ = content(table)
    name = table.name.removesuffix(".gz")
    for lines, fault in (
        ([first, two, one], "line 3: .* is out of order"),
        ([first, one, one], "line 3: .* in the table already"),
        (["# a comment", first, "", one.partition("\t")[0]], rf"line 4: has 1 values under {len(table.columns)}"),
        ([first.replace("\t", "\tkind of ", 1), one], "line 1: its columns are .*; there are"),
        ([one], "line 1: its columns are .*; there are"),
        (["# a comment"], "is empty; its first line names the columns"),
    ):
        with pytest.raises(ValueError, match=f"^{name}(, |: ){fault}"):
            table.parse("\n".join(lines))


ACTOR = "Velmark\tstate\tVE\tKingdom of Velmark\tVelmarkian\tAbelund\t"
DEED = "arm\tobj\t-\tAID\t+\t[H:Velmark] armed [T:the Guard]."
MALFORMED: tuple[tuple[Table[Any], str, str], ...] = (
    (ACTORS, ACTOR.replace("state", "country"), "'country' is not a value of the column type"),
    (ACTORS, ACTOR.replace("VE\t", "Ve\t", 1), "'Ve' is not an ISO 3166-1 code"),
    (ACTORS, ACTOR.replace("state", "place"), "'Velmark' is not a state and has metonyms"),
    (ACTORS, ACTOR.replace("Kingdom of", "the"), "'the Velmark' is not a name"),
    (ACTORS, ACTOR.replace("Kingdom of Velmark", "Vel;"), "'' is not a name"),
    (ACTORS, ACTOR.replace("Kingdom of Velmark", "Velmark"), "'Velmark' has a name twice"),
    (ACTORS, ACTOR + "a kingdom", "'a kingdom' does not say who holds what"),
    (ACTORS, ACTOR.replace("Velmark", "", 1), "the column name is empty"),
    (CUES, "Say\tverb\tassert\t+\tthat\tstrong\t[C:Say] [X:x]", "'Say' is not a lemma"),
    (CUES, "say\tverb\tassert\t+\tthat\tstrong\t", "the column example is empty"),
    (CUES, "say\tverb\tassert\t+\tthat\tstrong\tDenk said so.", r"the example does not mark \[C:...\], \[X:...\]"),
    (CUES, "say\tverb\tlie\t+\tthat\tstrong\t[C:say] [X:x]", r"'lie' is not a value of the column act \(accuse, "),
    (CUES, "say\tverb\tassert\t+\tthat,\tstrong\t[C:say] [X:x]", "'' is not a value of the column frames"),
    (DEEDS, DEED.replace("AID", "HELP"), "'HELP' is not a value of the column root"),
    (DEEDS, DEED.replace("\t+", "\t++"), r"'\+\+' is not a value of the column sign"),
    (DEEDS, DEED.replace("obj", "under"), "'under' is not a value of the column takes"),
    (DEEDS, DEED.replace("[T:the Guard]", "the Guard"), r"the example does not mark \[T:...\]"),
    (EMBEDDINGS, "able\tadv\tto\ts+\t-\tplain\tHe [E:is].", "'adv' is not a value of the column pos"),
    (EMBEDDINGS, "able\tadj\tto\t?\t-\tplain\tHe [E:is].", r"'\?' is not a value of the column affirmed"),
    (EMBEDDINGS, "able\tadj\tto\ts+\t-\tplain\tHe is.", r"the example does not mark \[E:...\]"),
    (GIVEN, "Mara\tmuch", "'much' is not a share"),
    (GIVEN, "Mara\t1.5", "'1.5' is not a share"),
    (GIVEN, " \t1", "' ' has white space"),
    (GIVEN, "Mara\t1\nmara\t1", "'mara' is in the table already"),
    (LOADED, "brave\tnoun phrase\tlaudatory\tA brave man.", "'noun phrase' is not a value of the column pos"),
    (LOADED, "brave\tadj\tkind\tA brave man.", "'kind' is not a value of the column tone"),
    (LOADED, "brave\tadj\tlaudatory\tA bold man.", "the example of 'brave' does not hold it"),
    (NOMINALS, "siege\t\tThe siege of the town.", "the column takes is empty"),
    (NOMINALS, "siege\tof\t", "the column example is empty"),
    (PARTISANS, "regime\t\tneutral\tsuffix\tThe Velmark regime fell.", "'neutral' is not a value of the column tone"),
    (PARTISANS, "regime\t\thostile\tinfix\tThe Velmark regime fell.", "'infix' is not a value of the column how"),
    (PARTISANS, "regime\t\thostile\tsuffix\tVelmark fell.", "the example of 'regime' does not hold it"),
    (PARTISANS, "regime\tIran\thostile\tsuffix\tThe regime fell.", "'regime' is not a whole name and is of 'Iran'"),
    (PARTISANS, "hero\t\tlaudatory\tsuffix\tA hero.\nsaint\t\tlaudatory\tprefix\tA saint.", "'saint' is out of order"),
    (PLACES, "Skerrin\t\ttown\tAR\t\t1.5\t2.5\t900", "'town' is not a value of the column kind"),
    (PLACES, "Skerrin\t\tcity\tAR\t\tnorth\t2.5\t900", "could not convert string to float: 'north'"),
    (TITLES, "Mr.\tpolite\tm", "'polite' is not a value of the column kind"),
    (TITLES, "Mr.\thonorific\tx", "'x' is not a value of the column gender"),
    (TITLES, "\thonorific\tm", "the column title is empty"),
    (TITLES, "Mr.\thonorific\tm\nmr.\thonorific\tm", "'mr.' is in the table already"),
)  # fmt: skip


@pytest.mark.parametrize("table, lines, fault", MALFORMED)
def test_a_malformed_row_is_refused_with_its_line(table: Table[Any], lines: str, fault: str) -> None:
    last = lines.count("\n") + 2
    with pytest.raises(ValueError, match=f"^{table.name.removesuffix('.gz')}, line {last}: {fault}"):
        table.parse(f"{first_line(table)}\n{lines}\n")


def test_no_name_has_two_rows() -> None:
    twice = f"{ACTOR}\n{ACTOR.replace('state', 'place').replace('Abelund', '')}"
    with pytest.raises(ValueError, match="line 3: 'Velmark' is in the table already; make it one row"):
        ACTORS.parse(f"{first_line(ACTORS)}\n{twice}")


def test_a_row_is_read() -> None:
    (row,) = ACTORS.parse(f"# comment\n{first_line(ACTORS)}\n{ACTOR}")
    assert (row.name, row.type, row.of, row.aliases) == ("Velmark", "state", "VE", ("Kingdom of Velmark",))
    assert (row.adjectives, row.metonyms, row.held) == (("Velmarkian",), ("Abelund",), "")


def test_a_header_without_a_licence_is_refused() -> None:
    text = "# What: words.\n# Source: written by hand.\n"
    assert header(f"{text}# Licence: Apache-2.0\nlemma\n") == Header("words.", "written by hand.", "Apache-2.0")
    with pytest.raises(ValueError, match="does not say: Licence"):
        header(text)
