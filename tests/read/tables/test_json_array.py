from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import ReadError
from purport.model.document import Document, Unit
from purport.read.files import read_bytes
from purport.read.formats import many_documents
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from purport.read.walk import walk
from tests.outcome import zipped
from tests.read.checks import check

ROWS = [
    {"title": "The bridge", "text": "Mara Denk denied it.", "date": "2031-04-02"},
    {"title": "The lock", "text": "Hollan Reth said “no”.", "date": "2031-04-03"},
]


def documents(data: bytes | str, options: Options = Options(), name: str = "a.json") -> list[Document]:
    found = list(read_bytes(data if isinstance(data, bytes) else data.encode(), name, options))
    for document in found:
        assert isinstance(document, Document), str(document)
        check(document)
    return [document for document in found if isinstance(document, Document)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "data",
    [
        ROWS,
        {"status": "ok", "articles": ROWS, "tags": ["a", "b"]},
        {"response": {"status": "ok", "total": 2, "results": ROWS}},
    ],
)
def test_the_objects_of_an_array(data: object, indent: int | None, encoding: str) -> None:
    found = documents(json.dumps(data, indent=indent, ensure_ascii=False).encode(encoding))
    assert [one.text for one in found] == [row["text"] for row in ROWS]
    assert [one.metadata.title for one in found] == ["The bridge", "The lock"]
    assert [one.metadata.published for one in found] == ["2031-04-02", "2031-04-03"]
    assert [one.part for one in found] == ["row 1", "row 2"]
    assert found[1].source_map.unit is Unit.ROW
    assert found[1].source_map.place(0, found[1].text).number == 2
    codec = "utf-16-le" if encoding == "utf-16" else "utf-8"
    assert json.loads(found[1].source.decode(codec)) == ROWS[1]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda s: f"x{s}"), min_size=1))
def test_any_text(texts: list[str]) -> None:
    found = documents(json.dumps([{"text": text} for text in texts]))
    assert [one.text for one in found] == texts


def test_one_object_is_one_document() -> None:
    (found,) = documents('{"text": "Mara Denk denied it.", "comments": [{"by": "A"}, {"by": "B"}]}')
    assert found.text == "Mara Denk denied it."


def test_objects_without_an_array() -> None:
    found = documents('{"text": "Denk said no."}\n{"text": "Reth said yes."}\n')
    assert [one.part for one in found] == ["row 1", "row 2"]


def test_keys_of_objects_inside() -> None:
    data = '[{"id": 1, "fields": {"body": "Mara Denk denied it.", "who": {"name": "Sarn Review"}}}]'
    options = Options(columns=(("text", "fields.body"), ("outlet", "fields.who")))
    (found,) = documents(data, options)
    assert (found.text, found.metadata.outlet) == ("Mara Denk denied it.", "Sarn Review")
    assert found.selector == "text=fields.body;encoding=utf-8"
    (line,) = documents(data[1:-1], options, "a.jsonl")
    assert line.text == found.text


def test_a_key_with_a_dot_goes_first() -> None:
    (found,) = documents('[{"a.b": "One is said.", "a": {"b": "Two is said."}}]', Options(columns=(("text", "a.b"),)))
    assert found.text == "One is said."


def test_what_is_no_document_is_listed() -> None:
    data = '[{"text": "Denk said no."}, 7, {"text": 3}, {"title": "x"}, {"text": "Reth said yes."}, ]'
    found = list(read_bytes(data.encode(), "a.json"))
    assert [isinstance(one, Failure) for one in found] == [False, True, True, True, False]


@pytest.mark.parametrize(
    "data, says",
    [
        ('{"name": "reader", "version": 2}', r"no object has the key 'text'; .* 'version'"),
        ("[1, 2, 3]", "no object nor array of objects"),
        ("[]", "no object nor array of objects"),
        ('"Mara Denk denied it."', "no object nor array of objects"),
        ("Mara Denk denied it.", "no valid JSON"),
        ('{"articles": [{"text": "Denk said no."}, {"te', "no valid JSON"),
        ('{"text" "a"}', "no valid JSON"),
        ('{3: "a"}', "no valid JSON"),
        ('{"a": [', "no valid JSON"),
        ("[" * 100_000, "no object nor array of objects"),
        ('{"a":' * 100_000, "is no valid JSON"),
        ('[{"a":' + "[" * 100_000, "is no valid JSON"),
    ],
)
def test_what_cannot_be_read(data: str, says: str) -> None:
    with pytest.raises(ReadError, match=f"^a.json: .*{says}") as raised:
        list(read_bytes(data.encode(), "a.json"))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("end", [', {"text": "Re', "", "] x", " 7]"])
def test_what_comes_before_damage_is_read(end: str) -> None:
    found = list(read_bytes(f'[{{"text": "Denk said no."}}{end}'.encode(), "a.json"))
    assert isinstance(found[0], Document)
    assert isinstance(found[1], Failure)
    assert found[1].part == "after row 1"


def test_limits() -> None:
    data = json.dumps([*ROWS, {"text": "word " * 100}]).encode()
    found = list(read_bytes(data, "a.json", Options(limits=Limits(row=200))))
    assert [isinstance(one, Failure) for one in found] == [False, False, True]
    with pytest.raises(ReadError, match="whole="):
        list(read_bytes(data, "a.json", Options(limits=Limits(whole=200))))


def test_in_an_archive() -> None:
    data = zipped({"b/posts.json": json.dumps(ROWS).encode(), "b/package.json": b'{"name": "x"}'})
    assert [one.part for one in documents(data, name="a.zip")] == ["b/posts.json, row 1", "b/posts.json, row 2"]


def test_settings_of_programs_are_left_out_of_folders(tmp_path: Path) -> None:
    for name in ("posts.json", "package.json", "TSConfig.json"):
        (tmp_path / name).write_text("{}")
    assert [path.name for path in walk([tmp_path])] == ["posts.json"]
    assert [path.name for path in walk([tmp_path / "package.json"])] == ["package.json"]


def test_workers_may_share_a_file() -> None:
    assert many_documents("a.json")
