"""The parser is shown one name for all, and what it finds stands at the words of the text."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse import parse
from purport.analyse.models.tagger import words as tokenizer
from purport.analyse.parser.english import PIPELINE
from purport.analyse.parser.name_placeholders import STAND_IN, WORDS, Bearers, English, StandIns
from purport.lexicons import shipped_lexicon
from purport.model.document import Document
from purport.read.files import read_bytes

NLP = spacy.load(PIPELINE, exclude=["ner"])
STAND_INS = StandIns(English(NLP), shipped_lexicon())


def shown(text: str) -> str:
    doc, _ = STAND_INS.shown(NLP.make_doc(text))
    return doc.text.replace(STAND_IN, "*")


@pytest.mark.parametrize(
    "text, seen",
    [
        ("Mara Denk of Velmark told Halvenna Radio on Tuesday.", "* of * told * on Tuesday."),
        ("President Hollan Reth met Russian envoys.", "President * met Russian envoys."),
        ("Officials said so. Ardania agreed; Turkey did not.", "Officials said so. * agreed; * did not."),
        ("In March the Hill Guard shelled Orrin.", "In March the * shelled *."),
        ("The Republicans and the Ardanians left.", "The Republicans and the Ardanians left."),
        ("Velmark’s army and the U.S. navy left.", "*’s army and the * navy left."),
        ("Ardania Attacks Velmark Again", "Ardania Attacks Velmark Again"),
        ("A: Mara Denk. You are right to ask.", "A: *. You are right to ask."),
        ("it rained all day.", "it rained all day."),
        ("", ""),
    ],
)  # fmt: skip
def test_names_are_one_word_and_nothing_else_is(text: str, seen: str) -> None:
    assert shown(text) == seen


def parsed(text: str) -> list[tuple[str, str, str, str]]:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    analysis = parse(document, tagger=False)
    return [(analysis.word(token.i), token.pos, token.dep, analysis.word(token.head)) for token in analysis.tokens]


NAMES = ("Ardania", "Mara Denk", "Hezbollah", "the Hill Guard of Orrin", "Boko Haram", "Vladimir Putin")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "sentence",
    ["{} denied that its men had shelled the bridge near {}.", "The guards of the dam, whom {} had paid, left {}."],
)  # fmt: skip
def test_what_is_not_a_name_is_parsed_alike_whatever_the_names(name: str, sentence: str) -> None:
    if name.startswith("the "):
        name = name.removeprefix("the ").partition(" of ")[0]
    heads = {word.split()[-1] for word in NAMES} | {"Guard"}

    def frame(text: str) -> list[tuple[str, str, str, str]]:
        def masked(word: str) -> str:
            return "*" if word in heads else word

        return [(masked(word), pos, dep, masked(head)) for word, pos, dep, head in parsed(text) if dep != "compound"]

    assert frame(sentence.format(name, "Ostrel")) == frame(sentence.format("Ardania", "Ostrel"))


@given(
    st.lists(
        st.sampled_from(["Mara", "Denk", "said", "that", "the", "dam", "Guard", ",", ".", "is", "\n", "“", "Orlov"])
    )
)
def test_every_word_keeps_its_place(words: list[str]) -> None:
    text = " ".join(["It rained.", *words])
    whole = NLP.make_doc(text)
    doc, last = STAND_INS.shown(whole)
    assert len(doc) == len(last)
    assert last.tolist() == sorted(set(last.tolist()))
    assert last[-1] == len(whole) - 1
    runs = list(STAND_INS.runs([token.text for token in whole]))
    assert len(whole) - len(doc) == sum(end - first - 1 for first, end in runs)
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    analysis = parse(document, tagger=False)
    assert "".join(analysis.word(token.i) for token in analysis.tokens) == "".join(document.text.split())


def test_a_word_of_english_that_is_a_name_within_a_sentence_is_one_at_its_beginning_too() -> None:
    rows = parsed("They thanked Trump for it. Trump this week said that he would come.")
    assert ("Trump", "PROPN", "nsubj", "said") in rows
    docs = [NLP.make_doc("Brown told Brown that brown bread was sold. He met Reed, and Reed left.")]
    assert STAND_INS.borne(docs) == {"Reed"}


def test_the_words_of_a_name_hang_on_its_last() -> None:
    rows = parsed("The envoy met General Hollan Aurel Reth in Orrin.")
    assert ("Hollan", "PROPN", "compound", "Reth") in rows
    assert ("Aurel", "PROPN", "compound", "Reth") in rows
    assert ("Reth", "PROPN", "dobj", "met") in rows
    assert ("Orrin", "PROPN", "pobj", "in") in rows


def borne(*texts: str) -> list[str]:
    """Pieces of a document with what is shown for names: those of men as M1, M2, of women as W1, of others as O1."""
    bearers = Bearers(STAND_INS)
    labels = {
        word: f"{kind[0].upper()}{number + 1}" for kind, words in WORDS.items() for number, word in enumerate(words)
    }
    found = []
    for text in texts:
        out, at = "", 0
        for start, end, word in bearers.shown(NLP.make_doc(text)):
            out += text[at:start] + labels[word]
            at = end
        found.append(out + text[at:])
    return found


@pytest.mark.parametrize(
    "texts, seen",
    [
        (["Mara Denk met John Orlin.", "Denk left and Orlin stayed."], ["W1 met M1.", "W1 left and M1 stayed."]),
        (["It was Velmark that Ardania shelled, not Velmark."], ["It was O1 that O2 shelled, not O1."]),
        (["We asked Denk.", "Then Mara Denk spoke, and Denk left."], ["We asked O1.", "Then W1 spoke, and W1 left."]),
        (["In all, Mara Denk spoke; Mara was tired."], ["In all, W1 spoke; W1 was tired."]),
        (["Iran and Hezbollah met Angela Merkel."], ["O1 and O2 met W1."]),
        (["The minister left."], ["The minister left."]),
    ],
)  # fmt: skip
def test_a_name_is_one_word_for_whom_it_stands(texts: list[str], seen: list[str]) -> None:
    assert borne(*texts) == seen


def test_more_names_than_words_begin_again() -> None:
    many = [f"They left {chr(65 + n % 26)}{'aeiou'[n // 26]}lmark." for n in range(30)]
    found = borne(*many)
    size = len(WORDS["other"])
    assert found[:size] == [f"They left O{n + 1}." for n in range(size)]
    assert found[size:] == found[: len(many) - size]


def test_the_words_are_pieces_of_the_vocabulary_and_stand_for_one_kind() -> None:
    words = [word for kind in WORDS.values() for word in kind]
    assert len(words) == len(set(words))
    assert set(words) <= set(tokenizer().vocabulary)
