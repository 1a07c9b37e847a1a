from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from purport.errors import ReadError, UsageError
from purport.model.document import Document, Metadata
from purport.read.files import read_bytes, reread
from purport.read.formats import READERS, reader_for
from purport.read.options import Options
from tests.read.checks import check

INPUTS = Path(__file__).parent / "golden" / "inputs"
SUFFIXES = [suffix for reader in READERS for suffix in reader.suffixes]
WHOLE_FILES = [path.read_bytes() for path in sorted(INPUTS.iterdir())]


@pytest.mark.parametrize(
    "name, head, expected",
    [
        ("a.txt", b"<html>", "text"),
        ("a.TXT", b"%PDF-1.7", "pdf"),
        ("a.md", b"PK\x03\x04....word/document.xml", "docx"),
        ("a", b"%PDF-1.7", "pdf"),
        ("a", b"\n<!DOCTYPE html><p>", "html"),
        ("a", b"She said no.", "text"),
        ("report.2031", b"She said no.", "text"),
        ("a.pdf", b"She said no.", "pdf"),
        ("a.ndjson", b"{}", "jsonl"),
    ],
)
def test_reader_for(name: str, head: bytes, expected: str) -> None:
    assert reader_for(name, head).name == expected


@pytest.mark.parametrize("name", ["a.bin", "a", "a.doc", "a.msg"])
def test_no_reader(name: str) -> None:
    with pytest.raises(ReadError, match=r"^a"):
        reader_for(name, bytes(range(256)))


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\x00" * 9, b"123 456", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx"])
def test_empty_files(suffix: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=f"^x{suffix}: "):
        list(read_bytes(data, f"x{suffix}"))


def read_or_refuse(data: bytes, suffix: str) -> None:
    refused = ""
    try:
        for found in read_bytes(data, f"x{suffix}"):
            if isinstance(found, Document):
                check(found)
    except ReadError as error:
        refused = str(error)
    assert "\n" not in refused


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SUFFIXES), st.binary(max_size=200))
@example(".html", b"<p>" + b"<div>" * 10_000 + b"No.")
@example(".md", b"> " * 3000 + b"a")
@example(".jsonl", b"[" * 100_000)
@example(".csv", b'text\n"a')
@example(".txt", b"\xff\xfea")
def test_any_bytes_give_documents_or_one_error(suffix: str, data: bytes) -> None:
    read_or_refuse(data, suffix)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SUFFIXES), st.sampled_from(WHOLE_FILES), st.data())
def test_damaged_files_give_documents_or_one_error(suffix: str, data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    damaged = data[:at] + draw.draw(st.binary(max_size=4)) + data[at + draw.draw(st.integers(0, 40)) :]
    read_or_refuse(damaged, suffix)


def test_what_the_user_knows_goes_over_what_the_file_says() -> None:
    data = (INPUTS / "article.html").read_bytes()
    (found,) = read_bytes(data, "a.html", metadata=Metadata(outlet="Mine", published="3 April 2031"))
    assert isinstance(found, Document)
    assert (found.metadata.outlet, found.metadata.published) == ("Mine", "2031-04-03")
    assert found.metadata.author == "A. Writer"


def test_a_users_bad_date_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        list(read_bytes(b"No.", "a.txt", metadata=Metadata(published="soon")))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv"])
def test_a_users_encoding_is_kept_with_the_document(suffix: str) -> None:
    text = {".jsonl": '{"text": "Ő said “no”."}', ".csv": "text\nŐ said “no”."}.get(suffix, "<p>Ő said “no”.")
    (found,) = read_bytes(text.encode("cp1250"), f"a{suffix}", Options(encoding="cp1250"))
    assert isinstance(found, Document)
    assert "Ő said “no”." in found.text
    assert "encoding=cp1250" in found.selector
    check(found)


def test_reread_refuses_what_no_reader_wrote() -> None:
    with pytest.raises(UsageError, match="no format"):
        reread(b"a", "tea leaves", "")
    with pytest.raises(ReadError):
        reread(io.BytesIO(b"x").read(), "pdf", "")
