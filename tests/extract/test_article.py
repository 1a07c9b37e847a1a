"""What must come out of one real article of a state's news agency."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from purport import BlockKind, Corpus, Metadata, Proposition, Record, balance, network, read
from purport import open as open_corpus
from purport.model.record import Mention

SHARED = Path(__file__).parents[3] / "shared" / "data" / "examples"
KINDS = ("heading", "attribution", "proposition", "place", "time", "actor", "apart", "partisan", "edge", "camp")

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


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    path = tmp_path_factory.mktemp("article") / "corpus.db"
    with open_corpus(path) as found:
        told = Metadata(outlet="State news agency", published="2024-12-30")
        found.add([SHARED / "state-media-article.txt"], told=told, workers=1)
        yield found


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}: {row[1][:40]}")
def test_expected(record: Record, corpus: Corpus, row: list[str]) -> None:
    kind, a, b, c, want = row
    if kind == "edge":
        assert edge(record, a, b, want) == ""
        return
    if kind == "camp":
        camps = balanced(corpus)
        one, other = ({camps[full(name)] for name in side.split("; ")} for side in (a, b))
        assert len(one) == len(other) == 1
        assert one != other
        return
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
    if kind in ("actor", "apart", "partisan"):
        by_id = {one.id: one for one in record.entities}
        for name in a.split("; "):
            print(name, *({by_id[one.entity].name or by_id[one.entity].names[:1] for one in naming(record, name)}))
        assert who_is_who(record, kind, a, b, want) == ""
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


def edge(record: Record, a: str, b: str, want: str) -> str:
    """What is wrong with how one stands to the other, by the stances that the row's voucher holds; "" for nothing."""
    holders = {None} if a == "outlet" else called(record, a)
    targets = called(record, b)
    by = {one.id: folded(record.text(one.source)) for one in record.attributions}
    voucher = want.partition("vouched by the ")[2]
    own = [
        one.sign
        for one in record.stances
        if one.holder in holders
        and one.target in targets
        and (folded(voucher) in by[one.voucher] if voucher and one.voucher else not voucher and one.voucher is None)
    ]
    print(f"{a} -> {b} ({want}): {own}")
    sign = int(want.split(",")[0])
    return "" if own and sum(own) * sign > 0 else f"its stances are {own}"


def called(record: Record, name: str) -> set[str | None]:
    """The ids of the entities that have the name, else of those without one that are described by it."""
    named = {one.id for one in record.entities if one.name == full(name)}
    return {*(named or (one.id for one in record.entities if not one.name and folded(name) in folded(str(one.names))))}


FULL = {
    "Soleimani": "Qasem Soleimani",
    "US": "United States",
    "ISIL": "Islamic State of Iraq and the Levant",
    "outlet": "State news agency",
}


def full(name: str) -> str:
    """The name of the actor that the table calls so."""
    return FULL.get(name, name)


def balanced(corpus: Corpus) -> dict[str, int]:
    """The two coalitions of the article's telling, by names of actors."""
    found = network(corpus, directed=False)
    names = found.names()
    camps = {names[one]: camp for one, camp in balance(found).camps.items()}
    print(*sorted(camps.items(), key=lambda one: one[1]), sep="\n    ")
    return camps


def test_on_the_texts_own_word_what_the_officials_admitted_is_gone(corpus: Corpus) -> None:
    def said(**told: str) -> dict[tuple[str, str], int]:
        found = network(corpus, **told)  # type: ignore[arg-type]
        names = found.names()
        return {(names[one.holder], names[one.target]): one.sign for one in found.edges}

    assert said()[full("US"), full("ISIL")] == 1
    own = said(vouched_by="outlet")
    assert (full("US"), full("ISIL")) not in own
    assert own[full("outlet"), full("US")] == -1


def naming(record: Record, name: str) -> list[Mention]:
    """The mentions that have the name and beside it only what goes before a name, or a preposition with more."""
    before = r"(?:the |this |\"|“|[\d-]+ )*"
    behind = r"(?:'s|\"|”)*(?: (?:in|of|on|for)\b.*)?"
    whole = re.compile(before + re.escape(folded(name)) + behind, re.DOTALL)
    known = {one.id for one in record.entities if name in (one.known, one.name)}
    return [
        one
        for one in record.mentions
        if whole.fullmatch(folded(one.span.of(record.document.text))) or one.entity in known
    ]


def who_is_who(record: Record, kind: str, a: str, b: str, want: str) -> str:
    """What is wrong with whom names stand for; "" for nothing."""
    by_id = {one.id: one for one in record.entities}
    text = record.document.text
    every = [naming(record, name) for name in a.split("; ")]
    if not all(every):
        return f"no mention of {[name for name, own in zip(a.split('; '), every, strict=True) if not own]}"
    ids = {one.entity for own in every for one in own}
    if kind == "actor":
        if len(ids) != 1:
            return f"{len(ids)} entities"
        if "he, his and him" in want:
            him = {one.entity for one in record.mentions if one.span.of(text).lower() in ("he", "his", "him")}
            return "" if him == ids else "a pronoun means another"
        if "this terrorist group too" in want:
            group = [one for one in record.mentions if one.span.of(text).lower() == "this terrorist group"]
            return "" if group and {one.entity for one in group} == ids else "this terrorist group means another"
        types = {"one state": "state", "one armed group": "armed group", "one person": "person"}
        wanted = next((type_ for begins, type_ in types.items() if want.startswith(begins)), None)
        return "" if wanted in (None, *(by_id[one].type for one in ids)) else f"not {wanted}"
    if kind == "apart":
        others = {one.entity for one in naming(record, b)}
        if not others or ids & others:
            return "one and the same" if others else f"no mention of {b}"
        if "related to the state" in want and {by_id[one].of for one in ids} != {by_id[one].known for one in others}:
            return "not related"
        return ""
    tones = {one.tone for own in every for one in own}
    wanted_tone = {"laudatory"} if "laudatory" in want else {"hostile"}
    meant = {by_id[one].known or by_id[one].name for one in ids}
    return "" if tones == wanted_tone and meant == {b} else f"{tones} for {meant}"


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
