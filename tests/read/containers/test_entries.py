from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from purport.cli.limits import parse_limits
from purport.errors import ReadError
from purport.model.document import Document, Metadata
from purport.read.containers.entries import printable
from purport.read.files import read_bytes, read_file
from purport.read.formats import many_documents
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from tests.outcome import zipped
from tests.read.checks import check
from tests.read.golden.make_inputs import mail_eml, mixed_zip

DENIED = b"Mara Denk denied it.\n"


def places(data: bytes, name: str, options: Options = Options()) -> list[str]:
    """The place of each document and, in brackets, of each failure."""
    found = list(read_bytes(data, name, options))
    for one in found:
        if isinstance(one, Document):
            check(one)
    return [one.part if isinstance(one, Document) else f"[{one.part}]" for one in found]


def test_an_entry_is_read_as_it_would_be_by_itself() -> None:
    (inside,) = read_bytes(zipped({"a.md": b"# Denk\n\nNo."}), "a.zip", metadata=Metadata(outlet="Sarn Review"))
    (alone,) = read_bytes(b"# Denk\n\nNo.", "a.md")
    assert isinstance(inside, Document)
    assert isinstance(alone, Document)
    assert (inside.id, inside.text, inside.blocks, inside.source) == (alone.id, alone.text, alone.blocks, alone.source)
    assert inside.metadata.outlet == "Sarn Review"


def test_places_in_places() -> None:
    data = zipped(
        {
            "b.zip": zipped({"c.eml": mail_eml(), "d.csv.gz": gzip.compress(b"text\nNo.\n1\n", mtime=0)}),
            "e/m.zip": mixed_zip(),
        }
    )
    assert places(data, "a.zip") == [
        "b.zip/c.eml, message",
        "b.zip/c.eml, attachment notes.md",
        "b.zip/c.eml, attachment a\\u202eb.txt",
        "b.zip/c.eml, forwarded message, message",
        "b.zip/d.csv.gz, row 1",
        "[b.zip/d.csv.gz, row 2]",
        "e/m.zip/statements/first.txt",
        "e/m.zip/statements/first.txt (2)",
        "e/m.zip/../outside.md",
        "e/m.zip/inner.zip/a.txt",
        "e/m.zip/inner.zip/posts.jsonl, row 1",
        "[e/m.zip/inner.zip/posts.jsonl, row 2]",
        "e/m.zip/inner.zip/posts.jsonl, row 3",
        "[e/m.zip/broken.pdf]",
    ]


def test_no_two_documents_have_one_place() -> None:
    entries = {
        "a.zip": zipped({"b.txt": DENIED}),
        "a.zip/b.txt": DENIED,
        "p.jsonl": b'{"text": "No."}',
        "p.jsonl, row 1": DENIED,
        "row 1": DENIED,
        "a.zip/b.txt (2)": DENIED,
    }
    found = places(zipped(entries), "a.zip")
    assert len(set(found)) == len(found) == 6
    assert found[:4] == ["a.zip/b.txt", "a.zip/b.txt (2)", "p.jsonl, row 1", "p.jsonl, row 1 (2)"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_of_packing(method: int) -> None:
    assert places(zipped({"a.txt": DENIED * 9000}, method), "a.zip") == ["a.txt"]


def test_an_encrypted_entry_is_a_failure_and_an_unknown_method_too() -> None:
    whole = zipped({"a.txt": DENIED, "b.txt": DENIED})
    for at, value, says in ((6, 1, "encrypted"), (8, 99, "unpacked")):
        data = bytearray(whole)
        data[at] = data[data.find(b"PK\x01\x02") + at + 2] = value
        first, second = read_bytes(bytes(data), "a.zip")
        assert isinstance(first, Failure)
        assert first.part == "a.txt"
        assert says in first.reason
        assert isinstance(second, Document)


@pytest.mark.parametrize(
    "name", ["a.png", "b.exe", ".hidden.txt", "x/.git/a.txt", "__MACOSX/a.txt", "style.css", "empty"]
)
def test_what_is_no_text_is_passed_over(name: str) -> None:
    data = b"" if name == "empty" else b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" if name[-4:] in (".png", ".exe") else DENIED
    assert places(zipped({name: data, "a.txt": DENIED}), "a.zip") == ["a.txt"]
    with pytest.raises(ReadError, match=r"a\.zip: holds nothing that can be read"):
        places(zipped({name: data}), "a.zip")


def test_what_should_be_readable_is_a_failure() -> None:
    assert places(zipped({"a.txt": DENIED, "b.txt": b"", "c.txt": bytes(range(256)), "d.doc": DENIED}), "a.zip") == [
        "a.txt", "[b.txt]", "[c.txt]", "[d.doc]",
    ]  # fmt: skip


def test_gzip_is_as_if_it_were_not_there() -> None:
    rows = b'{"text": "No."}\n{"text": "Yes."}\n'
    assert places(gzip.compress(rows), "a.jsonl.gz") == ["row 1", "row 2"]
    assert places(gzip.compress(rows[:16]) + gzip.compress(rows[16:]) + b"\0" * 9, "a.jsonl.gz") == ["row 1", "row 2"]
    assert places(gzip.compress(DENIED), "a") == [""]


def test_what_comes_before_the_damage_stays() -> None:
    rows = b"".join(b'{"text": "Mara Denk denied it %d times."}\n' % n for n in range(20_000))
    data = gzip.compress(rows, mtime=0)
    found = read_bytes(data[: len(data) // 2], "a.jsonl.gz")
    for _ in range(5000):
        assert isinstance(next(found), Document)
    with pytest.raises(ReadError, match=r"a\.jsonl\.gz: ends too early"):
        list(found)


@pytest.mark.parametrize(
    "name, many",
    [("a.txt", False), ("a.JSONL", True), ("a.zip", True), ("a.txt.gz", False), ("a.csv.gz", True), ("a.gz", True),
     ("a.warc.gz", True), ("a.eml", False), ("a", False), ("", False)],
)  # fmt: skip
def test_which_files_may_hold_many(name: str, many: bool) -> None:
    assert many_documents(name) is many


def test_names_are_one_line_and_keep_their_ends() -> None:
    assert printable("a\n\x1b[2J\u202e\ud800b.txt") == r"a\n\x1b[2J\u202e\ud800b.txt"
    assert len(printable("n" * 4000 + ".txt")) == 200
    assert printable("n" * 4000 + ".txt").endswith("n.txt")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bz2", "lzma"])
def test_bytes_that_are_packed_are_no_text(pack: object) -> None:
    data = bytes(pack(DENIED * 1000))  # type: ignore[operator]
    with pytest.raises(ReadError):
        list(read_bytes(data, "a.txt"))


class TestLimits:
    def failing(self, data: bytes, name: str, *told: str) -> list[str]:
        """What is said of a file under limits."""
        said = []
        try:
            said += [
                str(f) for f in read_bytes(data, name, Options(limits=parse_limits(told)[0])) if isinstance(f, Failure)
            ]
        except ReadError as error:
            said.append(str(error))
        return said

    @pytest.mark.parametrize(
        "name, data, told",
        [
            ("a.txt", DENIED, "text=20"),
            ("a.html", b"<p>" + DENIED, "whole=20"),
            ("a.zip", zipped({"a.txt": DENIED}), "entry=20"),
            ("a.zip", zipped({"a.zip": zipped({"a.txt": DENIED})}), "entry=20"),
            ("a.zip", zipped({"a.txt": DENIED, "b.txt": DENIED}), "unpacked=25"),
            ("a.zip", zipped({"a.txt": DENIED, "b.txt": DENIED}), "entries=1"),
            ("a.zip", zipped({f"{n:0200}.txt": DENIED for n in range(400)}), "entries=50"),
            ("a.zip", zipped({"a.zip": zipped({"a.txt": DENIED})}), "depth=1"),
            ("a.gz", gzip.compress(b" " * 50_000_000, mtime=0), "ratio=100"),
            ("a.docx", zipped({"word/document.xml": b" " * 50_000_000}), "ratio=100"),
            ("a.docx", zipped({"word/document.xml": b" " * 50_000}), "whole=10000"),
            ("a.jsonl", b'{"text": "' + DENIED.strip() + b'"}', "row=20"),
            ("a.csv", b"text\n" + DENIED, "row=20"),
            ("a.csv", b'text\n"' + b"a\n" * 20, "row=20"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_each_is_one_line_that_says_how_to_raise_it(self, name: str, data: bytes, told: str) -> None:
        said = self.failing(data, name, told)
        limit = told.partition("=")[0]
        assert any(f"raise this limit: {limit}=" in one for one in said), said
        assert not any("\n" in one or "raise this limit: " not in one for one in said)
        if not name.endswith((".docx", ".gz")):
            assert not any("raise this limit" in one for one in self.failing(data, name))

    def test_a_row_that_is_too_long_costs_only_itself(self) -> None:
        short = b'{"text": "No."}\n'
        data = short + b'{"text": "' + b"a " * 500_000 + b'"}\n' + short
        options = Options(limits=Limits(row=1000))
        assert places(data, "a.jsonl", options) == ["row 1", "[row 2]", "row 3"]
        data = b"text\nNo.\n" + b"a " * 500_000 + b"\nYes.\n"
        assert places(data, "a.csv", options) == ["row 1", "[row 2]", "row 3"]

    def test_reading_again_has_no_limits(self) -> None:
        (found,) = read_bytes(DENIED, "a.txt", Options(limits=Limits(text=21)))
        assert isinstance(found, Document)
        check(found)


def test_an_archive_is_read_from_a_file_as_from_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(mixed_zip())
    assert list(read_file(tmp_path / "a.zip")) == list(read_bytes(mixed_zip(), "a.zip"))


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "a.txt")
        archive.writestr("a.txt", DENIED)
    assert places(out.getvalue(), "a.zip") == ["a.txt"]
