"""No list shows a claim without the words that negate it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import purport
from purport.cli.printing import _claimed
from purport.cli.printing_claims import _claim
from purport.export.formats import write_csv
from purport.model.codec import digest, digest_of, record_out
from purport.model.document import Span
from purport.model.record import Certainty, Frame, Polarity, Proposition, Record
from purport.model.rows import Claim, claim_words, happened, joined, shortened, words
from purport.store import ClaimFilter, Sighting, Store, claims
from purport.web.pages.document import told_of
from purport.web.view.page import _TEMPLATES
from tests.claims import cases
from tests.conftest import EXAMPLES, ROOT

POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "dev"
NEGATED = """\
The mayor ordered the police not to shoot.
Velmark will not meet with Orlov.
The minister promised not to raise the tax.
No soldier fired on the town.
The crews did not cross the river or burn the mill.
Neither Velmark nor Ardania attacked the town.
The council predicted that the dam wouldn't hold.
If the army does not attack, Orlov will not leave.
Will Velmark not meet Orlov?
The Guard attacked no village.
Nobody has ever seen the accord.
"""


def plain(text: str) -> str:
    return " ".join(text.replace("|", " ").replace("…", " ").split()).lower()


def negating(text: str, one: Proposition) -> list[str]:
    return [" ".join(span.of(text).split()).lower() for span in one.negation]


def printed(record: Record, row: Claim, one: Proposition) -> Iterator[tuple[str, str]]:
    """Each form in which a claim is printed without its sentence, by its name."""
    yield "table", _claim(row).plain
    yield "row", " ".join((row.subject, row.predicate, row.object, row.further))
    yield "show", _claimed(record, one, {a.id: n for n, a in enumerate(record.attributions)})
    out = StringIO()
    write_csv(out, [row], Claim)
    [cells] = csv.DictReader(StringIO(out.getvalue()))
    yield "csv", " ".join(cells[name] for name in ("subject", "predicate", "object", "further"))
    macro = _TEMPLATES.get_template("macros.html").module.told  # type: ignore[attr-defined]
    told = told_of(record.document.text, one, None)
    for limit in (160, 10, 0):
        html = re.sub(r"<span class=.certainty.*?</span> <span dir", "<span dir", str(macro(told, limit)))
        yield f"page, cut at {limit}", re.sub("<[^>]*>", "", html).replace("&#39;", "'")


def faults(record: Record, rows: dict[str, Claim]) -> list[str]:
    text = record.document.text
    found = []
    for one in record.propositions:
        if not one.negation:
            continue
        row = rows[one.id]
        assert row.polarity == one.polarity
        assert row.negation == words(text, one.negation)
        for form, shown in printed(record, row, one):
            missing = [word for word in negating(text, one) if word not in plain(shown)]
            found += [f"{form}: {word!r} is not in {shown!r}" for word in missing]
    return found


@pytest.fixture(scope="module")
def records(example_store: Path) -> list[Record]:
    """Records of the texts at hand: the examples, the cases of claims, sentences that negate, some news."""
    told = "\n\n".join((*(case.text for case in cases(EXAMPLES / "claims.txt")), *NEGATED.splitlines()))
    news = sorted(POLNEAR.rglob("*.txt"))[:2]  # where PolNeAR is on this machine
    with purport.open(example_store) as corpus:
        read = list(corpus.records())
    return [*read, purport.read_text(told), *(purport.read(path) for path in news)]


def test_every_printed_form_of_a_claim_has_the_words_that_negate_it(records: list[Record], tmp_path: Path) -> None:
    assert sum(bool(one.negation) for record in records for one in record.propositions) > 100
    with Store(tmp_path / "all.db", write=True) as store:
        for record in records:
            store.add(record, Sighting(record.document.id))
        rows = {row.id: row for row in claims(store, ClaimFilter(with_reporting=True))}
    assert [fault for record in records for fault in faults(record, rows)] == []


def test_the_export_says_the_polarity_and_its_digest_does_not_hang_on_it(records: list[Record]) -> None:
    record = records[0]
    told = record_out(record)
    assert {one["polarity"] for one in told["propositions"]} <= set(Polarity)
    before = {**told, "propositions": [{k: v for k, v in p.items() if k != "polarity"} for p in told["propositions"]]}
    assert digest(record) == digest_of(told) == digest_of(before)


@pytest.mark.parametrize(
    "text, claim, answer",
    [
        ("The mayor ordered the police not to shoot.", "the police | not shoot", "not to be done"),
        ("Velmark will not meet with Orlov.", "Velmark | will not meet | with Orlov", "predicted not to"),
        ("The minister promised not to raise the tax.", "The minister | not raise | the tax", "planned not to"),
        ("The army did not fire.", "The army | did not fire", "no, as worded"),
        ("No soldier fired.", "No soldier | fired", "no, as worded"),
        ("The army may not have fired.", "The army | may not have fired", "possibly not, as worded"),
        ("Did the army not fire?", "the army | Did not fire", "open (asked)"),
        ("The army plans to fire.", "The army | fire", "planned"),
        ("The army never planned to fire.", "The army | fire", "open"),
        ("The army failed to fire.", "The army | fire", "no"),
        ("The army didn't fire.", "The army | didn't fire", "no, as worded"),
    ],
)
def test_words_stand_as_they_are_and_the_answer_is_no_second_negation(text: str, claim: str, answer: str) -> None:
    record = purport.read_text(text)
    told = {
        " | ".join(
            joined(claim_words(text, part, one.negation))
            for part in (one.subject, one.shown, one.object, *((*a.by, *a.spans) for a in one.arguments))
            if part
        ): happened(one.certainty, one.frame, one.polarity)
        for one in record.propositions
    }
    assert told.get(claim) == answer, told


def test_answers_differ_wherever_what_is_held_does() -> None:
    plain_answers = {happened(certainty, Frame.PLAIN, Polarity.POSITIVE) for certainty in Certainty}
    assert len(plain_answers) == len(Certainty)
    for certainty, frame in product(Certainty, Frame):
        for polarity in Polarity:
            answer = happened(certainty, frame, polarity)
            planned_not = polarity is Polarity.NEGATIVE and certainty is Certainty.UU and "not to" in answer
            assert planned_not or "not" not in answer.split() or certainty.value_of < 0
            if polarity is Polarity.NEGATIVE and certainty.value_of < 0 and frame is not Frame.COUNTERFACTUAL:
                assert "as worded" in answer


@given(
    st.text(alphabet="no tfire\n", min_size=1, max_size=60), st.integers(0, 50), st.integers(1, 8), st.integers(0, 70)
)
def test_cutting_keeps_what_negates(text: str, start: int, size: int, limit: int) -> None:
    place = Span(min(start, len(text) - 1), min(start + size, len(text)) if start + size <= len(text) else len(text))
    pieces = claim_words(text, (Span(0, len(text)),), (place,))
    assert joined(pieces).split() == text.split() or set(joined(pieces)) <= set(text) | {" "}
    kept = [piece.text.strip(" …") for piece in shortened(pieces, limit) if piece.negates]
    assert kept == [piece.text.strip() for piece in pieces if piece.negates]


def test_who_asks_for_an_act_does_not_get_its_negation(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "The army fired on the dam.\n\nThe Guard did not fire on the dam.\n\nDenk denied that Velmark fired.\n"
    )
    with purport.open(tmp_path / "a.db") as corpus:
        corpus.add([text])
        found = corpus.claims(predicate="fire")
        assert [row.subject for row in found] == ["The army", "Velmark"]
        assert found.negated == 1
        assert [row.predicate for row in corpus.claims(predicate="fire", polarity="negative")] == ["did not fire"]
        assert len(corpus.claims(predicate="fire", polarity="any")) == 3
        assert [row.predicate for row in corpus.claims(predicate="fire", certainty="CT-")] == ["did not fire", "fired"]
        assert {row.polarity for row in corpus.claims()} == {"positive", "negative"}
        with pytest.raises(purport.UsageError, match="no polarity is called 'no'; there are positive, negative, any"):
            corpus.claims(polarity="no")


def test_what_only_tells_who_says_what_is_listed_if_asked_for(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Mara Denk came to Orsk. She denied that Velmark had shelled the dam.\n")
    with purport.open(tmp_path / "a.db") as corpus:
        corpus.add([text])
        found = corpus.claims()
        assert [row.predicate for row in found] == ["came", "had shelled"]
        assert found.reporting == 1
        [wrapper] = [row for row in corpus.claims(with_reporting=True) if row.reporting]
        assert (wrapper.subject, wrapper.predicate, wrapper.actor) == ("She", "denied", "Mara Denk")
        [shelled] = [row for row in found if row.predicate == "had shelled"]
        assert shelled.why == ("act: deny", "cues.tsv: deny")


def test_two_negations_cancel_each_other_out() -> None:
    [one] = list(purport.read_text("The army fired.").propositions)
    assert one.polarity is Polarity.POSITIVE
    assert replace(one, negation=(Span(0, 3),)).polarity is Polarity.NEGATIVE
    assert replace(one, negation=(Span(0, 3), Span(4, 8))).polarity is Polarity.POSITIVE
