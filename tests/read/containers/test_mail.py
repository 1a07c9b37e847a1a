from __future__ import annotations

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.options import Failure
from tests.read.checks import check

HEAD = (
    "From: Mara Denk <denk@ministry.invalid>\r\nDate: 2 Apr 2031 09:00 +0000\r\nSubject: The dam\r\n"
    "MIME-Version: 1.0\r\n"
)


def read(message: str) -> list[Document | Failure]:
    found = list(read_bytes(message.encode("utf-8", "surrogateescape"), "a.eml"))
    for one in found:
        if isinstance(one, Document):
            check(one)
    return found


def multipart(kind: str, *parts: str) -> str:
    return f"Content-Type: multipart/{kind}; boundary=b-{kind}\r\n\r\n" + "".join(
        f"--b-{kind}\r\n{part}\r\n" for part in parts
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nShe denied it."
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>She <b>denied</b> it.</p>"
BLANK = "Content-Type: text/plain\r\n\r\n \r\n"
FORWARDED = f"Content-Type: message/rfc822\r\n\r\n{HEAD}{HTML}"
NO_PDF = "Content-Type: application/pdf; name=a.pdf\r\n\r\nno pdf"
PICTURE = "Content-Type: image/png\r\nContent-Disposition: inline; filename=a.png\r\n\r\nPNG"
FILE = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="C:\\\\x\\\\note.txt"\r\n\r\nNo.'


@pytest.mark.parametrize(
    "message, expected",
    [
        (HEAD + PLAIN, ["message text"]),
        (HEAD + multipart("alternative", HTML, PLAIN), ["message text"]),
        (HEAD + multipart("alternative", BLANK, HTML), ["message html"]),
        (HEAD + multipart("related", HTML, PICTURE), ["message html"]),
        (
            HEAD + multipart("mixed", multipart("alternative", PLAIN, HTML), FILE),
            ["message text", "attachment note.txt text"],
        ),
        (
            HEAD + multipart("mixed", PLAIN, FILE, FILE),
            ["message text", "attachment note.txt text", "attachment note.txt (2) text"],
        ),
        (HEAD + multipart("mixed", PLAIN, PLAIN), ["message text", "message (2) text"]),
        (HEAD + multipart("mixed", PLAIN, FORWARDED), ["message text", "forwarded message, message html"]),
        (HEAD + multipart("mixed", BLANK, NO_PDF), ["[attachment a.pdf]"]),
        (HEAD + multipart("mixed", PLAIN, "Content-Type: application/x-thing\r\n\r\n" + "\0" * 50), ["message text"]),
    ],
)
def test_parts(message: str, expected: list[str]) -> None:
    found = [f"{one.part} {one.format}" if isinstance(one, Document) else f"[{one.part}]" for one in read(message)]
    assert found == expected


def test_headers_are_the_messages_alone() -> None:
    first, second = read(HEAD + multipart("mixed", PLAIN, FILE))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    known = first.metadata
    assert (known.author, known.title, known.published) == ("Mara Denk", "The dam", "2031-04-02")
    assert (second.metadata.author, second.metadata.published) == (None, None)


def test_headers_that_are_odd() -> None:
    odd = "From: =?utf-8?b?!!?= \udcff\r\nSubject: =?no-such?q?The=20dam?=\r\nDate: Tue, 99 Foo 2031\r\n"
    (found,) = read(odd + PLAIN)
    assert isinstance(found, Document)
    assert found.metadata.title == "The dam"
    assert found.metadata.published is None
    assert "not surely a date" in found.notes[0]


def test_a_text_without_headers_is_no_mail() -> None:
    with pytest.raises(ReadError, match="is no e-mail"):
        read("Mara Denk denied it.\n")


ANSWER = (
    "Message-ID: <c1@x.invalid>\r\nIn-Reply-To: <b1@x.invalid>\r\nReferences: <a1@x.invalid>\r\n <b1@x.invalid>\r\n"
)


@pytest.mark.parametrize(
    "headers, expected",
    [
        ("Message-ID: <a1@x.invalid>\r\n", {"message_id": "a1@x.invalid", "thread": "a1@x.invalid"}),
        (
            ANSWER,
            {"message_id": "c1@x.invalid", "reply_to": "b1@x.invalid", "thread": "a1@x.invalid"},
        ),
        (
            "Message-ID: <c1@x.invalid>\r\nReferences: <a1@x.invalid> <b1@x.invalid>\r\n",
            {"message_id": "c1@x.invalid", "reply_to": "b1@x.invalid", "thread": "a1@x.invalid"},
        ),
        ("In-Reply-To: the letter of Monday\r\n", {}),
        ("", {}),
        (f"References: {'<' * 9000}\r\n", {}),
    ],
)
def test_what_links_the_messages_of_a_thread(headers: str, expected: dict[str, str]) -> None:
    (found,) = read(f"{HEAD}{headers}{PLAIN}")
    assert isinstance(found, Document)
    assert dict(found.metadata.extra) == expected
