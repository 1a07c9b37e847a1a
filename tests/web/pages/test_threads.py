"""Messages of one thread lead to each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import purport
from purport.store import browse
from tests.web.conftest import client_of

MAILS = {
    "first": ("<a1@x.invalid>", "", "Mon, 3 Mar 2031 09:00:00 +0000", "The port owes two years of dues."),
    "second": ("<b1@x.invalid>", "<a1@x.invalid>", "Tue, 4 Mar 2031 09:00:00 +0000", "We paid them in May."),
    "third": ("<d1@x.invalid>", "<a1@x.invalid> <b1@x.invalid>", "Wed, 5 Mar 2031 09:00:00 +0000", "You did not."),
    "other": ("<c1@x.invalid>", "", "Tue, 4 Mar 2031 09:00:00 +0000", "The mill was sold."),
}


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thread")
    for name, (own, before, date, text) in MAILS.items():
        references = f"References: {before}\n" if before else ""
        head = f"From: Mara Denk <denk@x.invalid>\nSubject: {name}\nDate: {date}\nMessage-ID: {own}\n{references}"
        (folder / f"{name}.eml").write_text(f"{head}\n{text}\n")
    with purport.open(folder / "mails.db") as corpus:
        corpus.add(sorted(folder.glob("*.eml")))
    return folder / "mails.db"


def keys(store: Path) -> dict[str, tuple[int, str]]:
    with purport.open(store) as corpus:
        return {title: (key, id) for key, id, title in corpus.store.query("SELECT key, id, title FROM document")}


def test_messages_of_a_thread_are_listed_by_date(mails: Path) -> None:
    known = keys(mails)
    with purport.open(mails) as corpus:
        listed = [[one.title for one in browse.thread(corpus.store, known[name][0])] for name in MAILS]
    assert listed == [["first", "second", "third"]] * 3 + [[]]


def test_the_page_of_a_message_leads_to_the_others(mails: Path) -> None:
    known, client = keys(mails), client_of(mails)
    page = client.get(f"/documents/{known['second'][1]}").text
    assert "3 messages of this thread" in page
    assert f'href="/documents/{known["first"][1]}"' in page
    assert "of this thread" not in client.get(f"/documents/{known['other'][1]}").text
