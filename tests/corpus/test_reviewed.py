"""Exports with and without judgements: nothing that a judgement leaves open is said in the text's own voice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import purport
from purport import store as stores
from purport.corpus.review import ACCEPT, ADD, AMEND, REJECT, UNDO, states
from purport.corpus.reviewed import judged
from purport.model.document import Span
from purport.model.record import Certainty, Record
from purport.model.rows import Review

TEXT = (
    "Mara Denk said that the dam was open. She added that Reth Valk claimed that the bridge had been shelled. "
    "The envoy Petra Kest left Orrin. Officials denied that soldiers burned the mill."
)


@pytest.fixture(scope="module")
def record() -> Record:
    return purport.read_text(TEXT, outlet="Halyard Wire", published="2031-03-04")


def said(record: Record, deed: str, item: str, number: int = 1, kind: str = "attribution", **told: object) -> Review:
    pairs = tuple((name, json.dumps(value)) for name, value in sorted(told.items()))
    return Review(number, item, kind, record.document.id, deed, pairs, 0, "", "Ilin", "", "")


def one(record: Record, cue: str) -> str:
    """The id of the attribution with that cue."""
    return next(a.id for a in record.attributions if cue in record.text(a.cue))


def claim(record: Record, verb: str) -> purport.Proposition:
    return next(p for p in record.propositions if verb in record.text(p.predicate))


def test_accepting_or_taking_back_changes_nothing(record: Record) -> None:
    name = one(record, "said")
    assert judged(record, {}) == record
    assert judged(record, states([said(record, ACCEPT, name)])) == record
    back = Review(2, name, "attribution", record.document.id, UNDO, (), 1, "", "Ilin", "", "")
    assert judged(record, states([said(record, REJECT, name), back])) == record


def test_what_a_rejected_statement_held_is_nobodys_certainty(record: Record) -> None:
    name = one(record, "denied")
    before = claim(record, "burned")
    assert before.voucher == name
    after = judged(record, states([said(record, REJECT, name)]))
    assert name not in {a.id for a in after.attributions}
    now = claim(after, "burned")
    assert now.voucher is None
    assert now.certainty is Certainty.UU
    assert "voucher" in now.unsure
    assert not any(s.voucher == name for s in after.stances)


def test_a_nested_statement_falls_to_the_one_around(record: Record) -> None:
    outer, inner = one(record, "added"), one(record, "claimed")
    assert next(a for a in record.attributions if a.id == inner).inside == outer
    after = judged(record, states([said(record, REJECT, inner)]))
    assert claim(after, "shelled").voucher == outer
    assert claim(after, "shelled").certainty is Certainty.UU
    after = judged(record, states([said(record, REJECT, outer)]))
    assert next(a for a in after.attributions if a.id == inner).inside is None
    assert claim(after, "shelled").voucher == inner
    assert claim(after, "shelled").certainty is claim(record, "shelled").certainty


def test_what_was_missed_takes_its_words_out_of_the_texts_own_voice(record: Record) -> None:
    start = TEXT.index("The envoy")
    spans = [[start, TEXT.index(" left Orrin") + len(" left Orrin")]]
    assert claim(record, "left").voucher is None
    after = judged(record, states([said(record, ADD, "a" * 16, source=[], cue=[], content=spans, act="deny")]))
    assert claim(after, "left").voucher == "a" * 16
    assert claim(after, "left").certainty is Certainty.UU
    added = next(a for a in after.attributions if a.id == "a" * 16)
    assert added.content == (Span(*spans[0]),)
    assert list(after.attributions) == sorted(after.attributions, key=lambda a: (a.extent, a.id))


def test_an_amended_act_leaves_open_how_it_is_held(record: Record) -> None:
    name = one(record, "said")
    after = judged(record, states([said(record, AMEND, name, act="deny")]))
    now = next(p for p in after.propositions if p.voucher == name and record.text(p.predicate) == "was")
    assert now.certainty is Certainty.UU
    again = judged(record, states([said(record, AMEND, name, source=[[0, 4]])]))
    assert {p.id: p.certainty for p in again.propositions} == {p.id: p.certainty for p in record.propositions}


def test_claims_are_rejected_and_amended(record: Record) -> None:
    left = claim(record, "left")
    after = judged(record, states([said(record, REJECT, left.id, kind="proposition")]))
    assert left.id not in {p.id for p in after.propositions}
    assert not any(s.proposition == left.id for s in after.stances)
    after = judged(record, states([said(record, AMEND, left.id, kind="proposition", certainty="PS-")]))
    assert claim(after, "left").certainty is Certainty.PS_MINUS
    assert (None, Certainty.PS_MINUS) in {(h.by, h.certainty) for h in claim(after, "left").held}


def rows(folder: Path, name: str) -> list[list[str]]:
    return [line.split(",") for line in (folder / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "brat"])
def test_a_store_goes_out_both_ways(copied: Path, tmp_path: Path, form: str) -> None:
    with purport.open(copied) as corpus:
        corpus.export(form, tmp_path / "before")
        corpus.export(form, tmp_path / "unjudged", judged=True)
        some = list(corpus.statements())[:1]
        record = corpus.store.record(some[0].document)
    assert contents(tmp_path / "before") == contents(tmp_path / "unjudged")
    with stores.Store(copied, write=True) as store:
        assert stores.review(store, [said(record, REJECT, some[0].id)]) == 1
    with purport.open(copied) as corpus:
        corpus.export(form, tmp_path / "found", as_found=True)
        corpus.export(form, tmp_path / "judged", judged=True)
    assert contents(tmp_path / "before") == contents(tmp_path / "found")
    assert contents(tmp_path / "found") != contents(tmp_path / "judged")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_rows_keep_their_order(copied: Path, tmp_path: Path) -> None:
    with purport.open(copied) as corpus:
        every = list(corpus.statements())
        record = corpus.store.record(every[len(every) // 2].document)
        gone = [row.id for row in every if row.document == record.document.id][:1]
    with stores.Store(copied, write=True) as store:
        stores.review(store, [said(record, REJECT, gone[0])])
    with purport.open(copied) as corpus:
        corpus.export("csv", tmp_path / "found")
        corpus.export("csv", tmp_path / "judged", judged=True)
    found, kept = (rows(tmp_path / name, "attributions.csv") for name in ("found", "judged"))
    ids = [row[0] for row in found if row[0] in {row.id for row in every} and row[0] not in gone]
    assert [row[0] for row in kept if row[0] in set(ids)] == ids
