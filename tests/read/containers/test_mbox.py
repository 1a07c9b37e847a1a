from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.formats import many_documents
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from tests.outcome import zipped
from tests.read.checks import check


def mail(subject: str, text: str, html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Mara Denk <denk@ministry.example>"
    message["Date"] = "Wed, 02 Apr 2031 10:00:00 +0200"
    message["Subject"] = subject
    message.set_content(text, subtype="html" if html else "plain")
    return message


def written(folder: Path, *messages: EmailMessage) -> bytes:
    """A mailbox as Python's own library writes it."""
    box = mailbox.mbox(folder / "a.mbox")
    for message in messages:
        box.add(message)
    box.close()
    return (folder / "a.mbox").read_bytes()


def documents(data: bytes, name: str = "a.mbox") -> list[Document]:
    found = list(read_bytes(data, name))
    for document in found:
        assert isinstance(document, Document), str(document)
        check(document)
    return [document for document in found if isinstance(document, Document)]


def test_each_mail_is_a_document(tmp_path: Path) -> None:
    first = mail("The bridge", "Denk denied it.\n\nFrom the start she had said no.\n")
    first.add_attachment("Hollan Reth said yes.", filename="reth.txt")
    found = documents(written(tmp_path, first, mail("The lock", "<p>Reth said “no”.</p>", html=True)))
    assert [one.part for one in found] == ["mail 1, message", "mail 1, attachment reth.txt", "mail 2, message"]
    assert found[0].text.strip() == "Denk denied it.\n\nFrom the start she had said no."
    assert found[2].text == "Reth said “no”."
    assert (found[0].metadata.author, found[0].metadata.published) == ("Mara Denk", "2031-04-02")
    assert found[2].metadata.title == "The lock"
    assert [one.part for one in documents(zipped({"m.mbox": (tmp_path / "a.mbox").read_bytes()}), "a.zip")] == [
        f"m.mbox, {one.part}" for one in found
    ]
    assert many_documents("a.mbox")


def test_a_sentence_does_not_begin_a_mail() -> None:
    data = b"From a@b Wed Apr  2 10:00:00 2031\nSubject: x\n\nDenk said no.\n\nFrom May 2031 on, she said, it stays.\n"
    (found,) = documents(data)
    assert found.text.strip().endswith("From May 2031 on, she said, it stays.")


def test_line_ends_and_long_lines() -> None:
    head = b"From - Wed Apr 02 10:00:00 2031\r\nSubject: x\r\n\r\n"
    found = documents(head + b"word " * 60_000 + b"\r\n\r\n" + head + b"Denk said no.\r\n")
    assert [len(one.text) > 200_000 for one in found] == [True, False]


def test_what_is_no_mail_is_listed() -> None:
    begins = b"From a Wed Apr  2 10:00:00 2031\n"
    data = begins + begins + b"nothing of a mail\n" + begins + b"Subject: x\n\nDenk said no.\n"
    found = list(read_bytes(data, "a.mbox"))
    assert [one.part for one in found] == ["mail 1", "mail 2", "mail 3, message"]
    assert [isinstance(one, Failure) for one in found] == [True, True, False]


def test_a_mail_that_is_too_large_costs_itself_only() -> None:
    begins = b"From a Wed Apr  2 10:00:00 2031\nSubject: x\n\n"
    data = begins + b"word " * 5000 + b"\n" + begins + b"Denk said no.\n"
    found = list(read_bytes(data, "a.mbox", Options(limits=Limits(entry=10_000))))
    assert [one.part for one in found] == ["mail 1", "mail 2, message"]


def test_no_mailbox() -> None:
    with pytest.raises(ReadError, match=r"^a\.mbox: is no mailbox"):
        list(read_bytes(b"Subject: x\n\nDenk said no.\n", "a.mbox"))
