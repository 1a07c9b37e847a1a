"""Who a source without a name is: the pronoun, the role, the relative pronoun, the report of a report that goes on."""

from __future__ import annotations

import pytest

import purport
from purport import Record


def said(record: Record, words: str) -> str:
    """The name of the last one that it is who says words; "" where that is nobody with a name."""
    names = {one.id: one.name for one in record.entities}
    found = [a for a in record.attributions if words in record.text(a.content)]
    one = min(found, key=lambda a: sum(map(len, a.content)))
    return names[one.holder] if one.holder else ""


def read(text: str) -> Record:
    return purport.read_text(text, language="en")


BEFORE = """Mayor Hollan Reth of Orrin promised a bridge last year, and Hollan Reth has built none. Reth is the best
known man of the town."""


@pytest.mark.parametrize(
    "text, name",
    [
        ("Simon Denk, a fisherman, said the toll was too high. “It eats what we earn,” he said.", "Simon Denk"),
        ("Simon Denk, a fisherman, wants no toll. “It eats what we earn,” he said.", "Simon Denk"),
        ("“Nobody asked us,” said Simon Denk, a fisherman. He said the toll eats what we earn.", "Simon Denk"),
        ("Even Simon Denk saw it otherwise: it eats what we earn, he said.", "Simon Denk"),
        ("Simon Denk left a note in which he wrote that it eats what we earn.", "Simon Denk"),
        ("When he came home, Simon Denk said that it eats what we earn.", "Simon Denk"),
        ("Simon Denk praised Reth for the road. He added that the toll eats what we earn.", "Simon Denk"),
        ("Simon Denk called Reth a coward. “It is a shame,” he said. “It eats what we earn,” he added.", "Simon Denk"),
    ],
)
def test_he_is_whom_the_sentence_before_is_about(text: str, name: str) -> None:
    assert said(read(f"{BEFORE}\n\n{text}"), "eats what we earn") == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("Olga Kest said the mayor had lied. She told a reporter that the ferry was old.", "Olga Kest"),
        ("Hollan Reth met Olga Kest. She said that the ferry was old.", "Olga Kest"),
        ("Reth blamed the crew, and Olga Kest, who owns it, agreed. She said that the ferry was old.", "Olga Kest"),
    ],
)
def test_she_is_no_man(text: str, name: str) -> None:
    assert said(read(f"{BEFORE}\n\n{text}"), "the ferry was old") == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("Hollan Reth spoke for an hour. The mogul said that the ferry was old.", "Hollan Reth"),
        ("“Not now,” Hollan Reth told us. “Later,” the candidate said. “The ferry was old,” he added.", "Hollan Reth"),
        ("Hollan Reth spoke for an hour. “The ferry was old,” the billionaire said.", "Hollan Reth"),
        ("Orrin Steel is to close. The company said that the ferry was old.", "Orrin Steel"),
        ("Hollan Reth spoke for an hour. The official said that the ferry was old.", ""),
        ("Hollan Reth spoke for an hour. A senator said that the ferry was old.", ""),
        ("The bridge fell. The senator said that the ferry was old.", ""),
        ("The speech of Hollan Reth was long. The witness said that the ferry was old.", ""),
    ],
)
def test_a_description_is_whom_the_sentence_before_is_about_where_one_says_it_so(text: str, name: str) -> None:
    assert said(read(text), "he ferry was old") == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("Mr. Denk, who said that the ferry was old, left. Simon Denk is a fisherman.", "Simon Denk"),
        ("Simon Denk, a fisherman, who said that the ferry was old, left.", "Simon Denk"),
        ("The Orrin Ferry Union, which said that the ferry was old, is on strike.", "Orrin Ferry Union"),
        ("The mayor was asked by Simon Denk, who claimed that the ferry was old.", "Simon Denk"),
    ],
)
def test_a_relative_pronoun_is_whom_it_goes_back_to(text: str, name: str) -> None:
    assert said(read(text), "the ferry was old") == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("The Orrin Institute counts. An Orrin Institute study found that the ferry was old.", "Orrin Institute"),
        ("According to a report by the Orrin Herald, the ferry was old.", "Orrin Herald"),
        ("According to an analysis by Olga Kest, the ferry was old.", "Olga Kest"),
        ("The Orrin Institute’s survey found that the ferry was old.", "Orrin Institute"),
        ("According to a report, the ferry was old. Olga Kest wept.", ""),
    ],
)
def test_what_is_published_is_whose_it_is(text: str, name: str) -> None:
    assert said(read(text), "the ferry was old") == name


@pytest.mark.parametrize(
    "text, name",
    [
        ("The Denk campaign said that the ferry was old.", "Denk campaign"),
        ("Denk’s campaign said that the ferry was old.", "Denk campaign"),
        ("The Reth administration said that the ferry was old.", "Reth administration"),
        ("The campaign said that the ferry was old.", ""),
    ],
)
def test_a_campaign_is_called_by_whose_it_is(text: str, name: str) -> None:
    assert said(read(text), "the ferry was old") == name


INTERVIEW = """An interview with Olga Kest

Monday, 5 May 2031

Were you there? I heard of it only today.{mark}

I was. I think that the ferry was old."""


def test_i_is_who_answers_in_an_interview() -> None:
    assert said(read(INTERVIEW.format(mark="")), "the ferry was old") == "Olga Kest"


def test_two_who_answer_are_not_told_apart() -> None:
    text = INTERVIEW.replace("Olga Kest", "Olga Kest and Simon Denk").format(mark="")
    assert said(read(text), "the ferry was old") == ""


def test_who_passes_words_on_is_not_who_says_i() -> None:
    text = "“I think that the ferry was old,” a man shouted on the quay, according to the Orrin Herald."
    record = read(text)
    own = next(a for a in record.attributions if record.text(a.source) == "I")
    names = {one.id: one.name for one in record.entities}
    assert not own.holder or names[own.holder] != "Orrin Herald"


LABELS = """THE WITNESS: I never saw it. The minister told me that it had been signed.

MS. ROTH: Did the minister say who had signed it?

THE WITNESS: She said that nobody had. The minister was ill."""


def test_two_roles_without_a_name_are_two() -> None:
    record = read(LABELS)
    text = record.document.text
    of = {one.span.of(text).lower(): one.entity for one in record.mentions}
    assert of["the witness"] != of["the minister"]


@pytest.mark.parametrize(
    "text, name",
    [
        ("ORRIN—Mayor Mara Denk said that the ferry was old.", "Mara Denk"),
        ("Simon Denk spoke for an hour. The actress said that the ferry was old.", ""),
        ("Hollan Reth was asked about Simon Denk (who said that the ferry was old).", "Simon Denk"),
        ("The candidates Mara Denk and Simon Kest met. The candidates said that the ferry was old.", ""),
        ("Contenders Mara Denk and Simon Kest said that the ferry was old.", ""),
        ("A student wrote the local newspaper, The Orrin Chief, that the ferry was old.", ""),
    ],
)
def test_whom_words_for_a_source_mean(text: str, name: str) -> None:
    assert said(read(text), "the ferry was old") == name


def test_i_in_words_that_nobody_signs_is_none_who_is_talked_about() -> None:
    text = "Simon Denk sued. He is a baker.\n\nNobody saw it. I think that the ferry was old. I was there."
    assert said(read(text), "the ferry was old") == ""
