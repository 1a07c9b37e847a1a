from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.actors import synthetic
from purport.model.rows import EntityRow
from purport.resolve.corpus.folding import fold, fold_name, folded_person
from purport.resolve.corpus.link import Cluster, clusters


def rows(*told: str) -> list[EntityRow]:
    """Entities, each in a document of its own: "person: Mara Denk | Minister Denk", its names behind the bar; those
    that "+" joins are of one document."""
    found = []
    for number, some in enumerate(told):
        for place, one in enumerate(some.split(" + ")):
            type_, _, names = one.partition(": ")
            name, *others = names.split(" | ")
            known = name if type_ == "state" else ""
            row = EntityRow(f"e{number:03d}{place}", f"d{number:03d}", name, type_, (name, *others), known)
            found.append(row)
    return found


def grouped(*told: str) -> set[frozenset[str]]:
    """The entities that are one, each as "number of document" or "number.place"."""
    found = rows(*told)
    alone = {row.document for row in found if sum(row.document == one.document for one in found) == 1}
    names = {row.id: str(int(row.id[1:4])) + ("" if row.document in alone else f".{row.id[4]}") for row in found}
    return {frozenset(names[link.entity] for link in one.links) for one in clusters(found)}


def why(cluster: Cluster) -> list[str]:
    return [link.reason for link in cluster.links]


ONE = [
    ("person: Mara Denk", "person: Mara Denk | Minister Denk", "exact name"),
    ("person: Hollan Reth", "person: Brigadier Hollan Reth", "exact name"),
    ("person: Zoé Márkes", "person: Zoe Markes", "exact name"),
    ("person: Qasem Reth", "person: Ghasem Reth", "transliteration similarity .93"),
    ("person: Qasem Reth", "person: Kassem Reth", "transliteration similarity .93"),
    ("person: Mohammed Stavik", "person: Muhammad Stavik", "transliteration similarity"),
    ("person: Yusuf Stavik", "person: Yousef Stavik", "transliteration similarity"),
    ("person: Bashar al-Reth", "person: Bashar Reth", "exact name"),
    ("person: Hollan Reth", "person: Reth Hollan", "the same name in another order"),
    ("person: Hollan Reth", "person: Reth, Hollan", "exact name"),
    ("person: Hollan Karel Reth", "person: Hollan K. Reth", "middle initial"),
    ("person: Hollan Reth", "person: Hollan Karel Reth", "middle name missing"),
    ("person: Hollan Reth", "person: H. Reth", "initial and surname"),
    ("person: Hollan Karel Reth", "person: H. K. Reth", "initial and surname"),
    ("person: Aurel Kest", "organisation: Aurel Kest", "exact name; most documents take it for what this is"),
    ("organisation: Sorrel Relief", "organisation: the Sorrel Relief Ltd.", "exact name"),
    ("organisation: Sorrel Relief", "other: Sorrel Relief", "exact name; what it is is not told there"),
    ("organisation: Sorrel Relief Fund | SRF", "organisation: SRF", "acronym"),
    ("organisation: Sorrel Relief Fund | S.R.F.", "other: SRF", "exact name; what it is is not told there"),
    ("armed group: Hill Guard", "organisation: The Hill Guard", "exact name"),
    ("state: Iran", "state: Iran", "alias in the lexicon"),
    ("place: Velmark", "person: Velmark", "exact name; nothing shows a person"),
    ("person: Velmark", "person: Mara Denk | prime minister of Velmark + person: Velmark", "nothing shows a person"),
]


@pytest.mark.parametrize("one, other, reason", ONE)
def test_one_is_one_whatever_the_document_calls_it_and_why(one: str, other: str, reason: str) -> None:
    found = clusters(rows(one, other))
    joined = [cluster for cluster in found if len({link.entity[:4] for link in cluster.links}) == 2]
    assert len(joined) == 1, found
    assert any(reason in told for told in why(joined[0])), why(joined[0])
    assert all(0.5 <= link.confidence <= 1 for link in joined[0].links)


TWO = [
    ("place: South Sorrel", "organisation: South Sorrel"),
    ("person: Mara Denk | Mrs. Mara Denk", "organisation: Mara Denk"),
    ("person: Denk | Minister Denk", "person: Denk | Minister Denk"),
    ("person: Mara Denk", "person: Ilian Denk"),
    ("person: Aurel Stavik", "person: Aurel Stavik Jr."),
    ("person: Aurel Stavik Sr.", "person: Aurel Stavik, Jr."),
    ("person: Aurel Stavik II", "person: Aurel Stavik III"),
    ("person: Aurel Stavik | Aurel Stavik the elder", "person: Aurel Stavik"),
    ("person: Hassan Reth", "person: Hussein Reth"),
    ("person: Jamal Reth", "person: Jamil Reth"),
    ("person: Mara Denk", "person: Mara Dank"),
    ("person: A. Denk | Mr. A. Denk", "person: Anna Denk | Mrs. Anna Denk"),
    ("person: James Thomas", "person: Thomas James"),
    ("person: Hollan K. Reth", "person: Hollan M. Reth"),
    ("person: George W. Orlo", "person: George H. W. Orlo"),
    ("place: Skerrin", "organisation: Skerrin"),
    ("place: Velmark", "outlet: Velmark"),
    ("state: Iran", "state: Iraq"),
    ("organisation: Sorrel Relief", "organisation: Sorrel Relief Fund"),
    ("role: ", "role: "),
    ("person: Orlo", "person: Orlo"),
]


@pytest.mark.parametrize("one, other", TWO)
def test_two_stay_two(one: str, other: str) -> None:
    assert len(clusters(rows(one, other))) == 2


def test_a_part_of_a_name_is_made_up_for_only_where_one_candidate_is_left() -> None:
    assert grouped("person: Hollan K. Reth", "person: Hollan M. Reth", "person: Hollan Reth") == {
        frozenset("0"), frozenset("1"), frozenset("2"),
    }  # fmt: skip
    assert grouped("person: Hollan Reth", "person: Hagen Reth", "person: H. Reth", "person: H. Reth") == {
        frozenset("0"), frozenset("1"), frozenset("2"), frozenset("3"),
    }  # fmt: skip


def test_an_acronym_of_two_is_nobodys() -> None:
    told = "organisation: Sorrel Relief Fund | SRF", "organisation: Skerrin River Front | SRF", "organisation: SRF"
    assert len(grouped(*told)) == 3


def test_what_no_type_is_told_of_stays_apart_where_two_have_its_name() -> None:
    assert len(grouped("place: Skerrin", "organisation: Skerrin", "other: Skerrin", "person: Skerrin")) == 4


def test_what_a_document_says_that_a_word_is_goes_over_what_others_mean_by_it() -> None:
    told = (
        "person: Hanne Brock | mayor of the town of Skerrin + person: Skerrin",
        "organisation: Skerrin Football Club + person: Skerrin",
        "person: Mara Denk | prime minister of Velmark + other: Velmark",
        "organisation:  | The newspaper Velmark + person: Velmark",
        "person: Velmark",
        "other:  | The town of Skerrin + organisation: Skerrin",
    )
    apart = {frozenset(["1.0", "1.1"]), frozenset(["2.1", "4"]), frozenset(["3.1"]), frozenset(["0.1", "5.1"])}
    assert apart < grouped(*told)


def test_a_surname_is_nobodys_land() -> None:
    told = "person: Mara Denk", "place: Denk", "person: Denk"
    assert grouped(*told) == {frozenset(["0", "2"]), frozenset(["1"])}


DAYS = [
    (["2031-03-01", "2031-03-20"], 1), (["2031-03-01", "2031-04-20"], 2), (["2031-03-01", ""], 1), (["", ""], 1),
]  # fmt: skip


@pytest.mark.parametrize("published, actors", DAYS)
def test_a_surname_is_who_alone_bears_it_in_these_days(published: list[str], actors: int) -> None:
    told = rows("person: Mara Denk", "person: Denk | Minister Denk")
    dated = [replace(row, published=day) for row, day in zip(told, published, strict=True)]
    assert len(clusters(dated)) == actors


@pytest.mark.parametrize(
    "told, joined",
    [
        (("person: Mara Denk", "person: Ilian Denk", "person: Denk"), False),
        (("person: Mary Denk", "person: Paul Denk", "person: Denk | Mrs. Denk"), True),
        (("person: Mara Denk", "person: Denk | Mr. Denk"), False),
        (("person: Mara Denk + person: Denk",), False),
        (("person: Bill Denk", "person: de Denk"), True),
    ],
)
def test_a_surname_that_two_bear_or_that_a_title_gives_to_another_is_nobody_s(
    told: tuple[str, ...], joined: bool
) -> None:
    found = clusters(rows(*told))
    assert any("surname; who alone" in reason for cluster in found for reason in why(cluster)) == joined


SHORT = [
    ("person: Bill Denk", "person: William Denk", 1), ("person: Bob Denk", "person: Robert R. Denk", 1),
    ("person: Bill Denk", "person: Richard Denk", 2), ("person: Kate Denk", "person: Katherine Denk", 1),
]  # fmt: skip


@pytest.mark.parametrize("one, other, actors", SHORT)
def test_a_short_form_of_a_given_name_is_that_name(one: str, other: str, actors: int) -> None:
    assert len(clusters(rows(one, other))) == actors


def test_a_short_form_that_two_may_have_is_neither() -> None:
    assert len(clusters(rows("person: Bill Denk", "person: William Denk", "person: Willis Denk"))) == 3


def test_two_of_a_surname_that_a_document_keeps_apart_are_not_made_one_by_a_third() -> None:
    assert len(clusters(rows("person: Mara Denk", "person: Denk + person: Denk"))) == 3


def test_who_acts_as_states_do_is_the_state() -> None:
    told = [EntityRow(type_, type_, "Velmark", type_, ("Velmark",)) for type_ in ("state", "person")]
    assert len(clusters([*told, EntityRow("c", "3", "Velmark", "organisation", ("Velmark",))])) == 1
    assert len(clusters([*told, EntityRow("c", "3", "Velmark", "outlet", ("Velmark",))])) == 3


def test_whom_a_document_keeps_apart_is_two_and_others_are_not_drawn_in() -> None:
    told = "person: Aurel Stavik + person: Aurel Stavik", "person: Aurel Stavik", "person: Aurel Stavik"
    assert grouped(*told) == {frozenset(["0.0"]), frozenset(["0.1"]), frozenset(["1", "2"])}
    assert len(grouped("person: Hollan Reth + person: Hollan K. Reth", "person: Hollan Reth")) == 2


def test_small_steps_do_not_join_what_is_far_apart() -> None:
    found = grouped("person: Jamal Stavik", "person: Jamel Stavik", "person: Jamil Stavik")
    assert not any({"0", "2"} <= one for one in found)


def test_an_actor_has_the_name_that_most_documents_give_and_one_id() -> None:
    (one,) = clusters(rows("person: Qasem Reth", "person: Ghasem Reth", "person: Qasem Reth"))
    assert (one.name, one.type, one.key) == ("Qasem Reth", "person", ("person", "qasem reth"))
    (alone,) = clusters(rows("person: Qasem Reth"))
    assert alone.id == one.id
    assert why(alone) == ["the only one of its name"]


@pytest.mark.parametrize(
    "words, folded, name, person",
    [
        ("Émile Corvane's", "emile corvane", "emile corvane", "emile corvane"),
        ("The Skerrin Lantern, Inc.", "the skerrin lantern inc", "skerrin lantern", "skerrin lantern inc"),
        ("U.N.", "un", "un", "un"),
        ("Minister Łukasz Øst", "minister lukasz ost", "minister lukasz ost", "lukasz ost"),
        ("…", "", "", ""),
    ],
)
def test_folding(words: str, folded: str, name: str, person: str) -> None:
    assert (fold(words), fold_name(words), folded_person(words)) == (folded, name, person)


def shown(found: Sequence[Cluster]) -> list[object]:
    return [(one.key, one.name, one.type, one.links) for one in found]


def test_the_order_of_reading_changes_nothing() -> None:
    made = list(synthetic(3000))
    first = shown(clusters(made))
    for seed in range(3):
        random.Random(seed).shuffle(made)
        assert shown(clusters(made)) == first


NAMES = st.sampled_from(
    "Denk;Mara Denk;M. Denk;Mara L. Denk;Maara Denk;Denk Mara;Mara Denk Jr.;SRF;Sorrel Relief Fund;the SRF;…;;al;Jr.;X."
    ";Minister;Minister Denk;Velmark;prime minister of Velmark;newspaper Velmark;Denk FC;Denk Ltd;newspaper Denk".split(
        ";"
    )
)
ENTITIES = st.lists(
    st.tuples(st.integers(0, 4), NAMES, st.sampled_from(["person", "organisation", "place", "other", "role"]), NAMES),
    max_size=12,
)


@given(ENTITIES)
def test_every_entity_is_of_exactly_one_actor(told: list[tuple[int, str, str, str]]) -> None:
    made = [
        EntityRow(f"e{number}", f"d{document}", name, type_, (name, other))
        for number, (document, name, type_, other) in enumerate(told)
    ]
    found = clusters(made)
    assert sorted(link.entity for one in found for link in one.links) == sorted(row.id for row in made)
    assert len({one.key for one in found}) == len(found)
    assert shown(clusters(made[::-1])) == shown(found)
    assert all(link.reason and 0 < link.confidence <= 1 for one in found for link in one.links)


def _named(*told: tuple[str, str, str]) -> list[EntityRow]:
    """Entities of document, name and type."""
    return [EntityRow(f"{at:04}", doc, name, type_, (name,)) for at, (doc, name, type_) in enumerate(told)]


def test_a_document_that_tells_two_of_a_name_apart_does_not_keep_others_apart() -> None:
    name = "Velde Clinic"
    rows = _named(
        ("a", name, "organisation"), ("b", name, "organisation"), ("c", name, "place"), ("d", name, "place"),
        ("d", name, "organisation"),
    )  # fmt: skip
    told = {one.key[0]: sorted(link.entity for link in one.links) for one in clusters(rows)}
    assert told == {"body": ["0000", "0001", "0002", "0004"], "place": ["0003"]}


def test_al_is_a_given_name_unless_somebody_has_it_for_an_article() -> None:
    rows = _named(("a", "Al Brenner", "person"), ("b", "Al Brenner", "person"), ("c", "Al Kaddour", "person"),
                  ("d", "Samir al-Kaddour", "person"))  # fmt: skip
    assert next(one.key for one in clusters(rows)) == ("person", "al brenner")
    assert {len(one.links) for one in clusters(rows)} == {2}
