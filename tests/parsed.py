"""Parses made by hand, so that rules over a parse are tested without a parser.

A sentence is written as words with their lemma, tag, relation and head between bars, the head as the number of its word
in the sentence, from 1, and 0 for the root: `parsed("Few|few|JJ|amod|2 left|leave|VBD|ROOT|0")`. The lemma may be left
empty where it is the word in lower case.
"""

from __future__ import annotations

from purport import read_text
from purport.model.analysis import Analysis, Sentence, Token

_POS = {
    "NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV", "IN": "ADP", "DT": "DET", "PR": "PRON", "MD": "AUX",
    "TO": "PART", "CC": "CCONJ", "WD": "PRON", "WP": "PRON", "WR": "ADV", "CD": "NUM",
}  # fmt: skip


def parsed(*sentences: str) -> Analysis:
    """An analysis without tagger, ranker or attitudes, in one block; `ValueError` for a word that lacks a part."""
    words = [[one.split("|") for one in sentence.split()] for sentence in sentences]
    text = " ".join(" ".join(word[0] for word in sentence) for sentence in words)
    tokens: list[Token] = []
    ends: list[Sentence] = []
    at = 0
    for number, sentence in enumerate(words):
        first = len(tokens)
        for place, parts in enumerate(sentence):
            form, lemma, tag, relation, head = parts
            pos = "PROPN" if tag.startswith("NNP") else _POS.get(tag[:2], "PUNCT")
            governor = first + int(head) - 1 if head != "0" else first + place
            tokens.append(
                Token(
                    i=first + place, start=at, end=at + len(form), lemma=lemma or form.lower(), pos=pos, tag=tag,
                    dep=relation, head=governor, sentence=number,
                )
            )  # fmt: skip
            at += len(form) + 1
        ends.append(Sentence(first, len(tokens), 0))
    return Analysis(read_text(text, language="en").document, tuple(tokens), tuple(ends))
