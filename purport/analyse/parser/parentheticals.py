"""What breaks a clause in two to say whose word it is, parsed apart from the clause.

A parser trained on edited newswire knows "The dam, the ministry said, was safe", and makes "The dam, said the ministry,
was safe", "Ardania, Velmark claims, has mined the bay" and "The rebels (so the ministry) have mined it" into whatever
their words allow. A clause is read as it would be without what breaks it, and what breaks it by itself, with whoever
speaks before the verb; then it hangs on the clause that it breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from purport.lexicons import cues
from purport.syntax import relations as rel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

DASHES = frozenset({"--", "—", "–", "-"})
LONGEST = 16
"""Words that may stand between the two marks."""
_NAME = 10
"""Words of which a name is made at most."""
_CLOSES = {",": frozenset({","}), "(": frozenset({")"}), **dict.fromkeys(DASHES, DASHES)}
_NOMINAL = frozenset("DT PDT JJ JJR JJS NN NNS NNP NNPS PRP PRP$ POS CD HYPH".split())
_OF = frozenset({"of", "for", "in", "at", "from"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_STOPS = frozenset({".", "!", "?", ";", ":"})
_QUOTES = frozenset("\"'")
_LEADS_ON = frozenset({"IN", "WRB", "RB", "TO"})
_AS = frozenset(
    "acknowledge admit allege announce argue assert believe charge claim complain concede contend explain insist "
    "maintain note predict report say state suggest suspect warn write".split()
)
"""Verbs of "as Velmark claims"; others are said of what goes on at the same time ("as the army continued")."""
_INVERTED = _AS | frozenset("add boast conclude declare quip recall remark reply tell".split())
"""Verbs behind which who speaks may stand ("said the ministry")."""
_CLAUSAL = frozenset(
    {rel.ROOT, rel.CCOMP, rel.ADVCL, rel.RELCL, rel.ACL, rel.CONJ, rel.PARATAXIS, rel.PCOMP, rel.CSUBJ, rel.XCOMP}
)


class Aside(NamedTuple):
    """Words `first` to `last` (both marks, included), the places of its own words in the order in which they are best
    read, and what it is to the clause that it breaks."""

    first: int
    last: int
    order: tuple[int, ...]
    dep: str


def apart(nlp: Language, doc: Doc) -> Doc:
    """The parsed text, with each sentence that such an aside breaks parsed without it; the text itself where there is
    none."""
    found = list(asides(doc))
    if not found:
        return doc
    words = _Words(doc)
    number = 0
    while number < len(found):
        first = doc[found[number].first].sent.start
        end = doc[found[number].last].sent.end
        own = [found[number]]
        number += 1
        while number < len(found) and found[number].first < end:
            end = max(end, doc[found[number].last].sent.end)
            own.append(found[number])
            number += 1
        _reparse(nlp, doc, words, first, end, own)
    return words.doc()


def asides(doc: Doc) -> Iterator[Aside]:
    """The asides of a parsed text, in order; none of them overlap."""
    words = [token.text for token in doc]
    at = 1
    while at < len(words) - 3:
        closing = _CLOSES.get(words[at])
        one = _aside(doc, words, at, closing) if closing and _breaks(doc, words, at) else _quoted(doc, words, at)
        if one is not None:
            yield one
        at = one.last + 1 if one else at + 1


def _breaks(doc: Doc, words: Sequence[str], at: int) -> bool:
    """Whether the mark stands within a sentence: behind a word of it, and a dash between two spaces."""
    if words[at - 1] in _STOPS or words[at - 1] in _QUOTES or words[at + 1] in _QUOTES:
        return False
    return words[at] not in DASHES or words[at] == "—" or bool(doc[at].whitespace_)


def _aside(doc: Doc, words: Sequence[str], at: int, closing: frozenset[str]) -> Aside | None:
    for end in range(at + 2, min(at + 2 + LONGEST, len(words) - 1)):
        if words[end] in _STOPS or words[end] in _QUOTES:
            return None
        if words[end] not in closing:
            continue
        told = _told(doc, at + 1, end)
        if told is None:
            return None
        order, dep, inverted = told
        # "said Orrin Sel, the envoy, ": who it is goes on in an apposition.
        further = next((i for i in range(end + 1, min(end + 1 + _NAME, len(words) - 1)) if words[i] == ","), None)
        added = words[at] == "," and inverted and doc[end + 1].tag_ in ("DT", "PRP$", "NNP")
        if added and further and _name(doc, end + 1, further):
            order = (*order[:-1], *range(end, further), order[-1])
            end = further
        after = doc[end + 1]
        if after.text in _STOPS or after.text in _QUOTES:
            return None
        if words[at] == "," and after.tag_ == "VBG" and _whole(doc, at):
            return None  # "The king was dead, the paper reported, citing his doctor"
        if inverted and words[at] == "," and (after.tag_ == "CC" or _whole(doc, at)):
            return None
        return Aside(at, end, order, dep)
    return None


def _quoted(doc: Doc, words: Sequence[str], at: int) -> Aside | None:
    """One between the subject and the verb of what is quoted: "“The bailiffs,” said Hale, “broke it down”"."""
    if words[at] != "," or words[at + 1] not in _QUOTES:
        return None
    first = next((i for i in range(at - 1, max(-1, at - 2 - _NAME), -1) if words[i] in _QUOTES), None)
    if first is None or not _name(doc, first + 1, at):
        return None
    for end in range(at + 3, min(at + 3 + LONGEST, len(words) - 2)):
        if words[end] in _STOPS or words[end] in _QUOTES:
            return None
        if words[end] == "," and words[end + 1] in _QUOTES:
            after = doc[end + 2].tag_
            told = _told(doc, at + 2, end) if after in _FINITE or after == "MD" else None
            inner = next((i for i in range(at + 3, end) if words[i] == ","), None)
            if told is None and inner is not None and _name(doc, inner + 1, end):
                # "said the organiser, Rufus Hale, "
                short = _told(doc, at + 2, inner)
                told = ((*short[0][:-1], *range(inner, end), short[0][-1]), *short[1:]) if short and short[2] else None
            return Aside(at, end + 1, told[0], told[1]) if told else None
    return None


def _whole(doc: Doc, at: int) -> bool:
    """Whether what stands before a mark is a clause with its verb, to which "said the envoy, a cousin of Denk" is but
    added."""
    first, last = doc[at - 1].sent.start, at
    while last > first and doc[last - 1].tag_ == "RB":
        last -= 1
    if doc[last - 1].lemma_ in ("have", "be", "do") or doc[last - 1].tag_ == "MD":
        last -= 1  # "Velmark has not, says the Guard, kept its word"
    return any(doc[i].tag_ in (*_FINITE, "MD") for i in range(first, last))


def _told(doc: Doc, first: int, end: int) -> tuple[tuple[int, ...], str, bool] | None:
    """How words between two marks are read that say whose word it is: their order, what they are to the clause, and
    whether who speaks stands behind the verb."""
    low = [doc[i].lower_ for i in range(first, end)]
    if low[0] in ("accord", "according") and low[1:2] == ["to"] and _name(doc, first + 2, end):
        return tuple(range(first, end)), rel.PREP, False
    if low[0] == "as":
        clause = _said(doc, first + 1, end, _AS)
        return ((first, *clause), rel.ADVCL, False) if clause and clause[0] == first + 1 else None
    begin = first + (low[:2] == ["or", "so"]) + ("so" in (low[0], low[:2][-1]) and low[0] in ("so", "or"))
    marked = begin > first and low[begin - first - 1] == "so"
    if marked and _name(doc, begin, end):
        comma = doc[end].text == ","
        return None if comma else (tuple(range(begin, end)), rel.NPADVMOD, False)
    if begin > first and not marked:
        return None
    clause = _said(doc, begin, end)
    if clause is None:
        return None
    return clause, rel.PARATAXIS, clause[0] != begin


def _said(doc: Doc, first: int, end: int, verbs: Set[str] | None = None) -> tuple[int, ...] | None:
    """The places of "the ministry said on Monday" or "said the ministry", who speaks first; None for other words."""
    verb = next((i for i in range(first, end) if _verb(doc[i])), None)
    if verbs is not None and verb is not None and doc[verb].lemma_.lower() not in verbs:
        return None
    if verb is None:
        return None
    if verb == first:
        told = doc[verb].tag_ in _FINITE and doc[verb].lemma_.lower() in _INVERTED
        return (*range(verb + 1, end), verb) if told and _name(doc, verb + 1, end) else None
    begin = verb
    while begin > first + 1 and (
        doc[begin - 1].tag_ in ("MD", "RB") or doc[begin - 1].lower_ in ("has", "had", "have")
    ):
        begin -= 1
    if not _name(doc, first, begin):
        return None
    if doc[verb].tag_ == "NNS" and doc[begin - 1].tag_ not in ("NNP", "PRP", "NNS") and doc[first].tag_ != "DT":
        return None
    return tuple(range(first, end)) if verb + 1 == end or _tail(doc, verb, end) else None


def _tail(doc: Doc, verb: int, end: int) -> bool:
    """Whether what stands behind the verb says only when, where or to whom it was said."""
    head, rest = doc[verb + 1], range(verb + 1, end)
    if any(doc[i].tag_ in _FINITE or doc[i].tag_ in ("MD", "WP", "WDT", ",") for i in rest):
        return False
    return (
        head.tag_ in ("IN", "RB", "TO") or head.lower_ in _DAYS or (doc[verb].lemma_ == "tell" and len(rest) <= _NAME)
    )


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())


def _verb(token: Token) -> bool:
    if token.tag_ in _FINITE or token.tag_ == "VBN":
        return token.lemma_.lower() in _spoken()
    # "Ardania, Velmark claims, has ...": a verb that looks like a noun.
    return (
        token.tag_ == "NNS" and token.lemma_.lower() in ("claim", "report", "state") and token.nbor(1).text in ",)—–-"
    )


@cache
def _spoken() -> frozenset[str]:
    return frozenset(row.lemma for row in cues() if row.pos == "verb" and {"quote", "that"} <= row.frames) | {"write"}


def _name(doc: Doc, first: int, end: int) -> bool:
    """Whether the words name or describe somebody, and nothing else."""
    if not 0 < end - first <= _NAME:
        return False
    own = [doc[i] for i in range(first, end)]
    if own[0].tag_ in ("IN", "POS", "HYPH") or own[-1].tag_ in ("IN", "DT", "JJ", "PRP$", "POS"):
        return False
    plain = all(
        token.tag_ in _NOMINAL or token.lower_ in _OF or (token.lower_ in ("and", "or") and token.i > first)
        for token in own
    )
    return plain and any(token.tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD") for token in own)


class _Words:
    """What a parse says of each word of a text, to be changed word by word."""

    def __init__(self, doc: Doc) -> None:
        self._whole = doc
        self.tag = [token.tag_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.lemma = [token.lemma_ for token in doc]
        self.dep = [token.dep_ for token in doc]
        self.head = [token.head.i for token in doc]

    def take(self, parsed: Doc, places: Sequence[int]) -> None:
        """What another parse says of the words in these places."""
        for token, place in zip(parsed, places, strict=True):
            self.tag[place], self.pos[place], self.lemma[place] = token.tag_, token.pos_, token.lemma_
            self.dep[place], self.head[place] = token.dep_, places[token.head.i]

    def doc(self) -> Doc:
        """The text with what is now said of its words."""
        from spacy.tokens import Doc as SpacyDoc  # here, since it takes a second that most commands need not pay

        whole = self._whole
        return SpacyDoc(
            whole.vocab,
            words=[token.text for token in whole],
            spaces=[bool(token.whitespace_) for token in whole],
            tags=self.tag,
            pos=self.pos,
            lemmas=self.lemma,
            heads=self.head,
            deps=self.dep,
        )


def _reparse(nlp: Language, doc: Doc, words: _Words, first: int, end: int, own: Sequence[Aside]) -> None:
    """Parse the words from `first` up to `end` without the asides among them, and each of those by itself."""
    out = {i for one in own for i in range(one.first, one.last + 1) if i != one.last or not _leads(doc, first, one)}
    kept = [i for i in range(first, end) if i not in out]
    words.take(_parsed(nlp, doc, kept), kept)
    for one in own:
        places = one.order
        parsed = _parsed(nlp, doc, places)
        words.take(parsed, places)
        head = next(places[token.i] for token in parsed if token.head.i == token.i)
        clause = _broken(words, kept, one)
        for token in parsed:
            place = places[token.i]
            if token.head.i == token.i:
                words.head[place], words.dep[place] = (clause, one.dep) if place == head else (head, rel.DEP)
        for mark in range(one.first, one.last + 1):
            if mark not in places and mark in out:
                plain = doc[mark].is_alpha  # "(so the ministry)"
                words.head[mark], words.dep[mark] = head, rel.ADVMOD if plain else rel.PUNCT


def _leads(doc: Doc, first: int, one: Aside) -> bool:
    """Whether the mark behind an aside is the clause's own too: "In Marrow, Denk said, the dam had burst"."""
    before = doc[first : one.first]
    return doc[one.last].text == "," and len(before) > 1 and before[0].tag_ in _LEADS_ON


def _broken(words: _Words, kept: Sequence[int], one: Aside) -> int:
    """The head of the least clause that reaches over the aside."""
    at = int(np.searchsorted(np.array(kept), one.first))
    before = _upwards(words, kept[at - 1])
    after = kept[at] if kept[at] > one.last else kept[min(at + 1, len(kept) - 1)]
    above = _upwards(words, after)
    shared = next((i for i in before if i in above), above[-1])
    for i in _upwards(words, shared):
        if words.dep[i] in _CLAUSAL and (words.pos[i] in ("VERB", "AUX") or words.dep[i] == rel.ROOT):
            return i
    return shared


def _upwards(words: _Words, index: int) -> list[int]:
    found = [index]
    while words.head[found[-1]] != found[-1] and len(found) < 100:
        found.append(words.head[found[-1]])
    return found


def _parsed(nlp: Language, doc: Doc, places: Sequence[int]) -> Doc:
    from spacy.tokens import Doc as SpacyDoc

    text = [doc[i].text for i in places]
    if places[0] == 0 or doc[places[0]].is_sent_start:
        text[0] = doc[places[0]].text
    shown = SpacyDoc(doc.vocab, words=text, spaces=[True] * len(text))
    return nlp(shown)
