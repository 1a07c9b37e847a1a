"""What must come out of one real article of a state's news agency, but for what is said of its actors."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from purport import BlockKind, Proposition, Record, read

SHARED = Path(__file__).parents[3] / "shared" / "data" / "examples"
KINDS = ("heading", "attribution", "proposition", "place", "time")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the article is not on this machine (../shared/data)")


def rows() -> list[list[str]]:
    if not SHARED.is_dir():
        return []
    lines = (SHARED / "article-expected.tsv").read_text(encoding="utf-8").splitlines()
    table = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [row for row in table if row and row[0] in KINDS]


@pytest.fixture(scope="module")
def record() -> Record:
    return read(SHARED / "state-media-article.txt", published="2024-12-30", outlet="State news agency")


def folded(text: str) -> str:
    return text.casefold().replace("’", "'")


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}: {row[1][:40]}")
def test_expected(record: Record, row: list[str]) -> None:
    kind, a, b, c, want = row
    if kind == "proposition":
        found = claimed(record, a, b, c)
        print(f"{a} | {b} | {c} | {want}:", *(told(record, one) for one in found), sep="\n    ")
        assert judged(record, found, want) == ""
        return
    if kind == "place":
        [(latitude, longitude)] = {
            (p.latitude, p.longitude)
            for x in record.propositions
            for p in x.places
            if p.span.of(record.document.text) == a
        }
        north, east = (float(part.split()[0]) for part in want.split(",")[:2])
        assert abs(latitude - north) < 0.2
        assert abs(longitude - east) < 0.2
        return
    if kind == "time":
        words = a.rpartition(" ")[2] if want.isdigit() else a
        assert {t.value for x in record.propositions for t in x.times if t.span.of(record.document.text) == words} == {
            want
        }
        return
    if kind == "heading":
        headings = [x.span.of(record.document.text) for x in record.document.blocks if x.kind is BlockKind.HEADING]
        assert folded(a) in map(folded, headings)
        return
    fitting = [
        one
        for one in record.attributions
        if folded(a) in folded(record.text(one.source))
        and folded(b) in folded(record.text(one.cue))
        and folded(c) in folded(record.text(one.content))
    ]
    assert [one.kind.value for one in fitting] == [want]


def pattern(words: str) -> re.Pattern[str]:
    """Words as they are looked for: whole, but for a stem that ends in *; " or " stands between two of them."""
    parts = (rf"\b{re.escape(one.strip(' *'))}" + ("" if one.endswith("*") else r"\b") for one in words.split(" or "))
    return re.compile("|".join(parts), re.IGNORECASE)


def claimed(record: Record, a: str, b: str, c: str) -> list[Proposition]:
    """The propositions whose subject, predicate and object hold these words; a subject may be meant by a pronoun."""
    found = []
    for one in record.propositions:
        who = [record.text(one.subject), record.text(one.refers)]
        parts = [record.text(one.object), *(record.text(argument.spans) for argument in one.arguments)]
        does = record.text(one.predicate) or one.implied
        subject = any(pattern(a).search(folded(words)) for words in who)
        whom = not c or any(pattern(c).search(folded(words)) for words in parts)
        # What has no doer is looked for by whom it befalls.
        befalls = not one.subject and pattern(a).search(folded(record.text(one.object))) is not None
        if pattern(b).search(folded(does)) and ((subject and whom) or (befalls and not c)):
            found.append(one)
    return found


def told(record: Record, one: Proposition) -> str:
    who = " > ".join(record.chain(one.voucher)) or "own voice"
    words = " | ".join(record.text(part) for part in (one.subject, one.predicate, one.object))
    return f"{one.certainty} {one.frame}{', endorsed' if one.endorsed else ''}, {who}: {words}"


def judged(record: Record, found: list[Proposition], want: str) -> str:
    """What is wrong with what was found; "" for nothing."""
    if not found:
        return "nothing was found"
    for part in want.split("; "):
        if part == "never CT+ plain":
            if any(one.certainty == "CT+" and one.frame == "plain" for one in found):
                return part
        elif part.startswith("voucher none"):
            if all(one.voucher is not None for one in found):
                return part
        elif part.startswith("voucher "):
            name = folded(part.removeprefix("voucher "))
            if not any(
                name in folded(record.text(by.source)) for by in record.attributions if by.id == found[0].voucher
            ):
                return part
        elif part == "endorsed":
            if not found[0].endorsed:
                return part
        elif part == "not the text's own assertion":
            if any(one.voucher is None for one in found):
                return part
        elif part.startswith("CT+"):
            if not any(f"{one.certainty} {one.frame}" == part for one in found):
                return part
        elif not any(one.frame == part for one in found):
            return part
    return ""
