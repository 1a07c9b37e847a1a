"""Who may be one: what is offered, in which order, what speaks for and against it, and what is not offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from purport.corpus.actors import Cast
from purport.corpus.same import Candidate, candidates
from purport.model.rows import EntityRow
from purport.model.vocabulary import EntityType

OTHERS = ("Iven Tarr", "Oda Renn")


def row(number: int, document: str, name: str, type_: EntityType = "person", *names: str, day: str = "") -> EntityRow:
    return EntityRow(f"{number:016x}", document, name, type_, (name, *names), mentions=1, published=day)


def cast(*rows: EntityRow) -> Cast:
    return Cast(rows, ())


def pairs(found: Iterable[Candidate]) -> set[frozenset[str]]:
    return {frozenset((one.one.name, one.other.name)) for one in found}


@pytest.mark.parametrize(
    "one, other, reason",
    [
        (("Marta Kest", "person"), ("Kest", "person"), "the surname alone"),
        (("New Unity Party", "organisation"), ("Unity Party", "organisation"), "its name has one word more (new)"),
        (("Orrin", "place"), ("Orrin", "outlet"), "a name that both have"),
        (("Union of Rowers", "organisation"), ("Rowers Union", "organisation"), "the same words in another order"),
    ],
)
def test_pairs_are_offered_with_the_reason(
    one: tuple[str, EntityType], other: tuple[str, EntityType], reason: str
) -> None:
    # Years lie between the two, so that a surname alone joins nobody.
    rows = [
        row(1, "a", *one, day="2031-01-01"),
        row(2, "b", *other, day="2035-01-01"),
        row(3, "c", "Bob Orn", day="2031-01-01"),
    ]
    told = cast(*rows)
    found = [pair for pair in candidates(told) if {pair.one.name, pair.other.name} == {one[0], other[0]}]
    assert found
    assert reason in found[0].speaks_for


def test_the_surroundings_speak_for_and_against() -> None:
    rows = [row(1, "a", "Marta Kest", "person", "Minister Kest", day="2031-01-01")]
    rows += [row(2, "b", "Kest", "person", "Minister Kest", day="2033-01-01")]
    rows += [row(10 + at, document, name) for at, document in enumerate("ab") for name in OTHERS[:1]]
    rows += [row(20 + at, document, OTHERS[1]) for at, document in enumerate("ab")]
    (pair,) = candidates(cast(*rows))
    assert (pair.one.name, pair.other.name) == ("Marta Kest", "Kest")
    assert pair.both == ()
    assert pair.speaks_for == (
        "the surname alone", "the same title: minister", "both are named beside Iven Tarr, Oda Renn",
    )  # fmt: skip
    assert pair.against == ()
    titles = [replace(rows[0], names=("Mrs. Kest",)), replace(rows[1], names=("Mr. Kest",)), *rows[2:]]
    (two,) = candidates(cast(*titles))
    assert two.against == ("a title says that one is a woman and the other a man",)
    assert two.weight < pair.weight


def test_a_document_that_names_both_speaks_against_it() -> None:
    told = cast(row(1, "a", "Unity Party", "organisation"), row(2, "a", "New Unity Party", "organisation"))
    found = candidates(told)
    assert not found or found[0].against == ("a document names both, and takes them for two",)
    shared = cast(
        row(1, "a", "Orrin", "place"), row(2, "a", "Orrin", "outlet"),
        *(row(10 + at, "a", f"Party {name}", "organisation") for at, name in enumerate("BCDEF")),
    )  # fmt: skip
    (pair,) = (one for one in candidates(shared) if one.one.name == "Orrin")
    assert pair.both == ("a",)
    assert any("takes them for two" in reason for reason in pair.against)


def test_father_and_son_two_sisters_and_two_with_one_surname_are_not_offered() -> None:
    assert candidates(cast(row(1, "a", "Aurel Kest Jr."), row(2, "b", "Aurel Kest Sr."))) == []
    assert candidates(cast(row(1, "a", "Anna Kest"), row(2, "b", "Maria Kest"))) == []
    assert candidates(cast(row(1, "a", "Kest"), row(2, "b", "Orn"))) == []
    (pair,) = candidates(cast(row(1, "a", "Aurel Kest Jr."), row(2, "b", "Aurel Kest")))
    assert pair.against == ("one is called jr, the other is not",)


def test_what_is_judged_apart_is_offered_no_more_and_who_is_asked_about_alone_is() -> None:
    rows = [row(1, "a", "Kest"), row(2, "b", "Kest"), row(3, "c", "Orn"), row(4, "d", "Orn")]
    told = cast(*rows)
    assert pairs(candidates(told)) == {frozenset({"Kest"}), frozenset({"Orn"})}
    about = next(one for one in told.judged.clusters if one.name == "Orn")
    assert pairs(candidates(told, about)) == {frozenset({"Orn"})}
    first = next(one for one in candidates(told) if one.one.name == "Kest")
    judged = Cast(rows, [replace(told.apart(first.one.id, first.other.id), number=1)])
    assert pairs(candidates(judged)) == {frozenset({"Orn"})}


def test_the_order_of_rows_changes_nothing_and_no_more_come_than_are_asked_for() -> None:
    rows = [row(at, f"d{at}", name) for at, name in enumerate(("Kest", "Orn", "Tarr") * 4)]
    found = candidates(cast(*rows))
    assert candidates(cast(*reversed(rows))) == found
    assert len(found) == 9
    assert candidates(cast(*rows), limit=2) == found[:2]
