"""The quickened attribute ruler finds what spaCy's own does."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from purport.analyse.parser.english import PIPELINE
from purport.analyse.parser.ruler import quicken

EXAMPLES = Path(__file__).parents[3] / "examples" / "corpus"
WORDS = (
    "There is no dam. They ain't going to say it, y'all gonna see. Let's go; we gotta ask. C'mon, let us be. "
    "I'm sure he'd've been there's a way.  The   mayor\n\nwas told: that was that, and there were others."
)


def told(nlp: Language, text: str) -> list[tuple[str, str, str, str]]:
    return [(token.text, token.pos_, token.lemma_, str(token.morph)) for token in nlp(text)]


def test_what_it_finds_is_what_spacy_finds() -> None:
    texts = [path.read_text("utf-8", "replace") for path in sorted(EXAMPLES.rglob("*.txt"))]
    plain, quick = spacy.load(PIPELINE, exclude=["ner"]), spacy.load(PIPELINE, exclude=["ner"])
    quicken(quick)
    assert len(texts) > 5
    for text in (WORDS, *texts, WORDS, *texts):
        assert told(quick, text) == told(plain, text)


def test_it_asks_the_patterns_only_for_what_is_new() -> None:
    nlp = spacy.load(PIPELINE, exclude=["ner"])
    asked: list[str] = []
    ruler = nlp.get_pipe("attribute_ruler")
    own = ruler.match  # type: ignore[attr-defined]

    def match(doc: Doc) -> object:
        asked.append(doc.text.strip())
        return own(doc)

    ruler.match = match  # type: ignore[attr-defined]
    quicken(nlp)
    for text in ("The mayor left.", "The mayor left.", "The envoy left.", "There left.", "There is a dam."):
        nlp(text)
    assert asked[:2] == ["The mayor left .", "envoy"]
    assert asked[-1] == "There is a dam."


def test_a_ruler_that_looks_at_more_is_left_alone() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    quicken(nlp)
    assert "match" not in vars(ruler)
