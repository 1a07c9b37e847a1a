"""Spans that may name something: for each noun, name and pronoun of a parse how far its phrase may reach.

A parser errs about how far a phrase reaches more often than about its head, so that each head offers several spans,
from all that hangs on it down to the word alone; which is right, if any, is learned.
"""

from __future__ import annotations

from dataclasses import dataclass

from purport.model.analysis import Analysis, Token
from purport.syntax import relations as rel

PERSONAL = {
    "i": "i", "me": "i", "my": "i", "mine": "i", "myself": "i",
    "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
    "you": "you", "your": "you", "yours": "you", "yourself": "you", "yourselves": "you",
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
    "one": "one", "oneself": "one",
}  # fmt: skip
"""Personal pronouns in all their forms, by person."""
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
PLACES = frozenset({"here", "there", "now", "then", "today", "tomorrow", "yesterday", "tonight"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MARKS = frozenset(",;:.-–—―\"“”‘’'()[]!?…«»") | {"--", "``", "''"}
_JOINED = frozenset({rel.CONJ, rel.CC, rel.PRECONJ})
_LISTING = frozenset({"including", "excluding"})
_CLAUSES = frozenset({rel.RELCL, rel.ACL, rel.ADVCL, rel.DEP, rel.CCOMP, rel.PARATAXIS, rel.XCOMP})
_PHRASES = frozenset({rel.PREP, rel.NMOD, rel.NPADVMOD, rel.POBJ, rel.AGENT})
_AHEAD = frozenset(
    {
        rel.PREDET,
        rel.ADVMOD,
        rel.CC,
        rel.MARK,
        rel.AUX,
        rel.NSUBJ,
        rel.NEG,
        rel.QUANTMOD,
        rel.PRECONJ,
        rel.PUNCT,
        rel.INTJ,
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name something: tokens `first` to `last` (both included) around `head`; `reach` says which of
    the ways to cut the phrase it is; `group` that it is a coordination as a whole ("Denk and Orlo"), `told` that the
    text or a lexicon has it for a name as it stands."""

    head: int
    first: int
    last: int
    reach: int
    group: bool = False
    told: bool = False


def person_of(word: str) -> str:
    """ "i", "we", "you", "he", "she", "it", "they", "one" of a personal pronoun, "" of any other word."""
    return PERSONAL.get(word.lower(), "")


def candidates(analysis: Analysis) -> list[list[Candidate]]:
    """For each head, in the order of the text, its spans: different ones, the widest first."""
    return [spans for token in analysis.tokens if _eligible(analysis, token) for spans in _spans(analysis, token.i)]


def _eligible(analysis: Analysis, token: Token) -> bool:
    word = analysis.word(token.i).lower()
    if token.pos in ("NOUN", "PROPN", "NUM"):
        return word not in _MARKS
    if token.pos == "PRON" or token.tag in ("PRP", "PRP$"):
        return token.tag not in ("WDT", "WP", "WP$", "EX", "WRB")
    if token.tag in ("DT", "JJ", "JJS", "JJR", "VBG", "VBN", "ADD"):
        # "the poor", "that is so": what stands where a noun stands.
        nominal = token.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.OBJ, rel.POBJ, rel.ATTR, rel.IOBJ, rel.POSS, rel.APPOS)
        return nominal and (token.tag != "VBN") and token.pos not in ("VERB", "AUX")
    return word in PLACES and token.pos == "ADV"


def _spans(analysis: Analysis, head: int) -> list[list[Candidate]]:
    tokens, kids = analysis.tokens, analysis.children[head]
    first, last = analysis.edges[head]

    def cut(relations: frozenset[str], last: int) -> int:
        for one in kids:
            if one > head and tokens[one].dep in relations:
                last = min(last, analysis.edges[one][0] - 1)
        return max(last, head)

    joined = any(one > head and tokens[one].dep == rel.CONJ for one in kids)
    # "The officials, including Denk and Orlo" names the officials: who is listed is named beside them.
    listed = (one for one in kids if one > head + 1 and analysis.word(one).lower() in _LISTING)
    listed = (one for one in listed if tokens[one].dep == rel.PREP and analysis.word(one - 1) == ",")
    alone = min(cut(_JOINED, last), max(head, next(listed, last + 1) - 1))
    reaches = [alone, cut(frozenset({rel.APPOS}), alone)]
    reaches.append(cut(frozenset({rel.PUNCT}), reaches[-1]))
    reaches.append(cut(_CLAUSES, reaches[-1]))
    reaches.append(cut(_PHRASES, reaches[-1]))
    reaches.append(head)
    later = first
    for one in kids:
        if one < head and tokens[one].dep in _AHEAD:
            later = max(later, analysis.edges[one][1] + 1)
    ends = [(first, one) for one in reaches]
    if later != first:
        ends += [(later, alone), (later, reaches[4])]
    found: dict[tuple[int, int], Candidate] = {}
    for reach, (begin, end) in enumerate(ends):
        begin, end = _trimmed(analysis, begin, end, head)
        found.setdefault((begin, end), Candidate(head, begin, end, reach))
    own = [list(found.values())]
    if joined:
        begin, end = _trimmed(analysis, first, last, head)
        if (begin, end) not in found:
            own.append([Candidate(head, begin, end, 8, group=True)])
    return own


def _trimmed(analysis: Analysis, first: int, last: int, head: int) -> tuple[int, int]:
    while first < head and analysis.word(first) in _MARKS:
        first += 1
    while last > head and analysis.word(last) in _MARKS and analysis.tokens[last].tag != "POS":
        last -= 1
    return first, last
