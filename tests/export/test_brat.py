from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from purport.export.brat import read_standoff, standoff, stems
from purport.model.record import Record
from tests.made import HOSTILE_TEXT, attribution, bare, record, records

POLNEAR = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "polnear" / "dev"
PLACE = re.compile(r"(T\d+)\t(Source|Cue|Content|Attribution) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
EVENT = re.compile(r"E\d+\tAttribution:T\d+(?: (?:Source|Cue|Content):T\d+)+")
LINE_ENDS = re.compile("[\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def check(one: Record) -> None:
    """Each T line's words are those at its places, and each E line names T lines that are there."""
    text = one.document.text
    names: set[str] = set()
    events = 0
    written = standoff(one)
    assert written == "" or written.endswith("\n")
    for line in written.split("\n")[:-1]:
        assert not LINE_ENDS.search(line.replace("\t", ""))
        if line.startswith("E"):
            events += 1
            assert EVENT.fullmatch(line)
            assert {pair.split(":")[1] for pair in line.split("\t")[1].split()} <= names
            continue
        match = PLACE.fullmatch(line)
        assert match is not None, line
        names.add(match[1])
        pairs = [tuple(map(int, pair.split())) for pair in match[3].split(";")]
        assert pairs == sorted(pairs)
        assert " ".join(text[start:end] for start, end in pairs) == match[4]
        assert not LINE_ENDS.search(match[4])
    assert events <= len(one.attributions)


def pieces(text: str, spans: object) -> list[tuple[int, int]]:
    """The characters of the spans but for line ends, as unbroken ranges."""
    found: list[tuple[int, int]] = []
    for span in spans:  # type: ignore[attr-defined]
        for at in range(span.start, span.end):
            if LINE_ENDS.match(text[at]):
                continue
            if found and found[-1][1] == at and at > span.start:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
    return found


@given(records())
@settings(max_examples=300, deadline=None)
def test_every_line_tells_the_words_at_its_places_and_can_be_read_back(one: Record) -> None:
    check(one)
    expected = []
    for found in one.attributions:
        roles = {role: pieces(one.document.text, getattr(found, role)) for role in ("source", "cue", "content")}
        if roles["cue"] or roles["content"]:
            expected.append({role: places for role, places in roles.items() if places})
    assert read_standoff(standoff(one)) == expected


@pytest.mark.parametrize("gap", ["\r\n", "\t", "\u2028", " 😀 ", "e\u0301", "قال", "𐐷", "\n\n", "\x1c"])
def test_a_content_that_goes_on_behind_a_line_end_is_several_pieces(gap: str) -> None:
    text = f"Denk said{gap}no{gap}never"
    one = bare(text)
    found = attribution(one.document, [(0, 4)], [(5, 9)], [(9, len(text))])
    check(bare(text, [found]))
    assert read_standoff(standoff(bare(text, [found])))[0]["content"][-1][1] == len(text)


def test_the_form_is_that_of_the_design() -> None:
    assert standoff(record()) == (
        "T1\tSource 0 9\tMara Denk\n"
        "T2\tCue 10 16\tdenied\n"
        "T3\tContent 17 52\tthat Ardania had shelled the bridge\n"
        "T4\tAttribution 10 16\tdenied\n"
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    )


def test_forms_of_others_are_read() -> None:
    told = (
        "T1\tContent 5 9;11 14\twords and\r\n"
        "T2\tCue 0 4\tsaid\n"
        "T3\tAttribution-no-source 0 4\tsaid\n"
        "#1\tAnnotatorNotes T1\tsee there\n"
        "T4\tContent 20 25\tmore\n"
        "T5\tDiscuss 1 2\tx\n"
        "\n"
        "E1\tAttribution-no-source:T3 Content:T1 Cue:T2 Content2:T4\n"
        "E2\tAttribution-no-source:T3 \n"
        "R1\tSame Arg1:E1 Arg2:E2\n"
    )
    assert read_standoff(told) == [{"cue": [(0, 4)], "content": [(5, 9), (11, 14), (20, 25)]}]
    assert read_standoff("") == []
    with pytest.raises(ValueError, match="names T9"):
        read_standoff("E1\tAttribution:T1 Cue:T9\n")


@given(HOSTILE_TEXT)
def test_anything_is_read_or_is_a_value_error(text: str) -> None:
    for told in (text, f"T1\t{text}\nE1\t{text}", f"T1\tCue 0 1\t{text}\nE1\tAttribution:T1 Cue:T1 {text}"):
        try:
            read_standoff(told)
        except ValueError as error:
            assert "names" in str(error)  # noqa: PT017 - some are read


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="needs PolNeAR beside the repository (../shared/data/polnear)")
def test_all_of_polnear_is_read() -> None:
    forms = set()
    for path in sorted((POLNEAR / "attributions").glob("*.ann")):
        annotated = path.read_text(encoding="utf-8")
        events = [line for line in annotated.split("\n") if re.match(r"E\d+\t", line)]
        empty = [line for line in events if not re.search(r"(Cue|Content)\d*:", line)]
        found = read_standoff(annotated)
        assert len(found) == len(events) - len(empty)
        for line, one in zip([e for e in events if e not in empty], found, strict=True):
            forms.add(line.split("\t")[1].split(":")[0])
            assert set(one) == {r.rstrip("2").lower() for r in re.findall(r" (\w+):", line)}
    assert forms == {"Attribution", "Attribution-no-source"}


NAMES = [
    "a.txt", "A.txt", "b/a.txt", "a.md", "a-2.txt", "../../etc/passwd", "/etc/passwd", "..", ".", "", "/", ".hidden",
    "x, row 3", "x.csv, row 3", "x.csv, row 12", "dir, row 7/../../up.txt", "a, row ../../b", "nul\x00l.txt",
    "tab\t.txt",     "new\nline.txt", "x\u202e.txt", "ж" * 300 + ".txt", "😀" * 300,
    "𐐷" * 300, "e\u0301.txt", "é.txt", "É.txt", "ß.txt",
    "ss.txt", "con.txt", "-rf.txt", "~.txt", "a b.txt", " .txt", "\\..\\x.txt", "c:\\x.txt", "%2e%2e.txt",
    "x" * 400 + ".csv, row 1",
    "x.csv, row " + "9" * 300, "$(id).txt", "`id`.txt", "\x1b[31m.txt", "a..txt", "...txt",
]  # fmt: skip


def safe(given: dict[str, str]) -> None:
    folded = [stem.casefold() for stem in given.values()]
    assert len(set(folded)) == len(folded)
    for stem in given.values():
        assert stem not in ("", ".", "..")
        assert PurePosixPath(stem).name == stem
        assert not re.search(r"[\x00-\x1f\x7f-\x9f/\\:\u202a-\u202e]", stem)
        assert not stem.startswith((".", " "))
        assert len(f".{stem}.ann.part".encode()) <= 255


def test_stems_are_safe_and_each_ones_own(tmp_path: Path) -> None:
    given = stems({f"{number:04}": [name] for number, name in enumerate(NAMES)} | {"none": []})
    safe(given)
    for stem in given.values():
        (tmp_path / f".{stem}.ann.part").touch()
    assert len(list(tmp_path.iterdir())) == len(NAMES) + 1
    assert [given[f"{NAMES.index(name):04}"] for name in ("b/a.txt", "x.csv, row 12", ".hidden")] == [
        "a-3",
        "x-12",
        "hidden",
    ]


@given(st.lists(HOSTILE_TEXT | st.sampled_from(["a.txt", "A.txt", "a-2.txt", "a.csv, row 2"]), max_size=8))
def test_stems_of_any_names_are_safe(names: list[str]) -> None:
    paths = {f"{number}": [name] for number, name in enumerate(names)}
    given = stems(paths)
    safe(given)
    assert given == stems(dict(reversed(paths.items())))
