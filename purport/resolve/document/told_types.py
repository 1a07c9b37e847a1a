"""What words of a name and around it say for sure that it names: "the newspaper Velmark", a law, a dateline."""

from __future__ import annotations

import re

from purport.analyse import is_word
from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis, Token
from purport.model.document import Span
from purport.model.vocabulary import EntityType
from purport.resolve.document.names import Name, acronym, head_of
from purport.resolve.document.nouns import BEFORE, BODIES, HEADS, KINDS, OF_PLACES, OF_STATES
from purport.syntax import relations as rel

BY_NOUN: tuple[EntityType, ...] = ("person", "place", "organisation")
"""Types that a noun beside a name may tell."""
DOUBT = 0.5
"""Probability of a person, as whoever ranks mentions has it, from which on no name is surely a body's or a place's."""
_SEVERAL = 2
"""Words of a name of several."""


def add_told(
    analysis: Analysis, span: Span, name: Name, first: int, last: int, doubt: float, found: dict[EntityType, float]
) -> None:
    """Add what the words around a name say for sure: "the newspaper Velmark", "the mayor of Velmark"."""
    told = _told(analysis, first, last)
    for type_ in BY_NOUN:
        if KINDS.get(type_, type_) in told:
            found[type_] += 1
    head = analysis.tokens[last]
    above = analysis.tokens[head.head]
    said = _said_by_head(name)
    if (
        said is None
        and name.core
        and name.core[-1].lower() == "convention"
        and _YEAR.search(span.of(analysis.document.text))
    ):
        said = "document"  # "the 1951 Refugee Convention"
    if said is not None and (found["person"] < DOUBT or name.core[0].lower() not in given()):  # "Doris Day" is she
        found[said] = found.get(said, 0.0) + 2
        return
    if _in_dateline(analysis, first, last) or _in_division(analysis.document.text, head.end):
        found["place"] += 3
        return
    if _of_a_leader(analysis, head) and not acronym(name) and len(name.core) == 1:
        found["person"] += 1.5  # "the Denk administration", "Kest aides"
    if analysis.lower(first) == "the" and len(name.core) > 1 and not name.titles and _many_of(name.core[-1]):
        found["organisation"] += 2  # "the Orrin Panthers"
    if (
        analysis.lower(first) == "the"
        and len(name.core) > 1
        and name.core[-1].lower() in words_of("last words of outlets")
    ):
        found["organisation"], found["person"] = found["organisation"] + found["person"], 0.0  # "the Mara Observer"
    if _within(analysis, head) and len(name.core) == 1 and name.words in places():
        found["place"] += 1.5
    if acronym(name) and doubt < DOUBT:
        # Letters are seldom a person's.
        found["organisation"], found["person"] = found["organisation"] + found["person"], 0.0
    if head.dep == rel.APPOS and above.lemma in words_of("works that have a name"):
        found["document"] = found.get("document", 0.0) + 2  # "her book, Living History"
        return
    if head.dep == rel.CONJ and doubt < DOUBT and _among_places(analysis, last):
        found["place"] += 1.5
    if _quoted(analysis.document.text, span) and len(name.core) > 1 and head_of(name).lower() not in BODIES:
        found["other"] += 0.8  # "her book “Living History”"
    if head.dep == rel.POBJ and above.lemma == "of" and analysis.lower(first) != "the":
        found["place"] += 2 * _of_a_place(analysis, above.head)  # which outdoes what two other mentions look like
    if name.core and len(name.core) > 1 and head_of(name).lower() in BODIES:
        found["organisation"] += 1
    elif _sons_of(name):
        found["organisation"] += 1.5  # "the Sons of the Plateau"
    elif len(name.core) > 1 and _words_of_places(name):
        found["place"] += 2  # "the River Ossel", "Hirsay Island"
    elif (said_beside := _said_beside(analysis, last)) is not None:
        found[said_beside] += 2
    elif len(name.core) == 1 and _many(analysis, first, last):
        found["people"] += 1.5  # "the Ketari have ..."
    elif len(name.core) > 1 and name.words in places() and name.core[0].lower() not in given():
        found["place"] += 1  # "West Velmark"
    elif len(name.core) == 1 and head.tag == "NNPS" and name.core[0].lower() not in BODIES:
        found["people"] += 2  # "the Velmarkers"
    elif len(name.core) > _SEVERAL and name.core[0].lower() in given() and _INITIAL.fullmatch(name.core[1]):
        found["person"] += 2  # "Hollan K. Reth"
    elif len(name.core) > 1 and _members(analysis, name.core[-1]):
        found["people"] += 2  # "African Americans"
    elif len(name.core) == 1 and _well_known_place(name.core[0]):
        found["place"] += 1


def _many_of(word: str) -> bool:
    """Whether a word is the plural of a noun of English."""
    return word[:1].isupper() and word.endswith("s") and is_word(word.lower()) and is_word(word[:-1].lower())


def _of_a_leader(analysis: Analysis, head: Token) -> bool:
    """Whether a name stands before a noun for those around a person."""
    above = analysis.tokens[head.head]
    return (
        head.dep == rel.COMPOUND and above.pos == "NOUN" and above.lemma in words_of("nouns for those around a leader")
    )


def _within(analysis: Analysis, head: Token) -> bool:
    """Whether a name stands where one is "in" it, and does not believe in it."""
    above = analysis.tokens[head.head]
    if head.dep != rel.POBJ or above.lemma != "in":
        return False
    return analysis.tokens[above.head].lemma not in words_of("what is put in somebody")


def _among_places(analysis: Analysis, head: int) -> bool:
    """Whether a name stands in a list of places: "Orrin, Dunmere and Columbus"."""
    top = analysis.tokens[head]
    while top.dep == rel.CONJ and top.head != top.i:
        top = analysis.tokens[top.head]
    listed, left = [], [top.i]
    while left:
        at = left.pop()
        listed.append(at)
        left += [i for i in analysis.children[at] if analysis.tokens[i].dep == rel.CONJ]
    others = [analysis.word(at) for at in listed if at != head]
    return len(others) > 1 and all(word in places() and word.lower() not in given() for word in others)


def _said_by_head(name: Name) -> EntityType | None:
    """What the last word of a name of several says that it is: a law, an event."""
    if len(name.core) < _SEVERAL:
        return None
    last, head = name.core[-1].lower(), head_of(name).lower()
    if any(word.lower().rstrip(".") in ("v", "vs") for word in name.core[1:-1]):
        return "document"  # "Denk v. Orrin"
    if head in words_of("names of documents") or (last in words_of("names of documents") and head not in BODIES):
        return "document"
    return "other" if head in words_of("names of events") else None


def _sons_of(name: Name) -> bool:
    """Whether a name is that of many "of" something, as bodies have it: "Sons of the Plateau", "Friends of Orrin"."""
    if len(name.core) <= _SEVERAL or name.core[1] != "of":
        return False
    first = name.core[0].lower()
    return first.endswith("s") and is_word(first)


def _words_of_places(name: Name) -> bool:
    """Whether a name begins or ends with a word of places, and no person's does so."""
    low = [word.lower() for word in name.core]
    if low[0] in words_of("words of places in names"):
        return len(low) == _SEVERAL and not is_word(low[1])
    if low[-1] in _WATERS:
        return "of" not in low
    return low[-1] in words_of("words of places in names") and low[0] not in given() and "of" not in low


_WATERS = frozenset(
    ("island", "islands", "ocean", "river", "airport", "peninsula", "desert", "sea", "valley", "county")
)
"""Words of places that are no surnames."""


def _said_beside(analysis: Analysis, head: int) -> EntityType | None:
    """What a noun in apposition says of a name: "Hirsay, an island with nine people"."""
    for index in analysis.children[head]:
        child = analysis.tokens[index]
        told = HEADS.get(child.lemma, ()) if child.dep == rel.APPOS and child.pos == "NOUN" else ()
        if len(told) == 1:
            return _KINDS_BESIDE.get(told[0])
    behind = _BESIDE.match(analysis.document.text, analysis.tokens[head].end)  # where the parse has it otherwise
    told = HEADS.get(behind[1].lower(), ()) if behind is not None else ()
    return _KINDS_BESIDE.get(told[0]) if len(told) == 1 else None


_KINDS_BESIDE: dict[str, EntityType] = {"place": "place", "body": "organisation", "person": "person"}
_BESIDE = re.compile(r", (?:the|a|an|his|her|its|their|[\w-]{2,20}['’]s) (?:[\w’'-]{1,20} ){0,3}?(\w{2,20})[,.;]")


def _many(analysis: Analysis, first: int, head: int) -> bool:
    """Whether a name without the ending of a plural has "the" before it and a verb for many behind it."""
    token = analysis.tokens[head]
    if (
        token.dep not in (rel.NSUBJ, rel.NSUBJ_PASS)
        or analysis.lower(first) != "the"
        or analysis.word(head).endswith("s")
    ):
        return False
    verb = analysis.tokens[token.head]
    helping = [analysis.lower(i) for i in analysis.children[token.head] if i > head]
    return verb.tag == "VBP" or any(word in ("have", "are", "were") for word in helping[:1])


def refined(type_: EntityType, name: str, *, reports: bool = False) -> EntityType:
    """The kind of body that a name says: an outlet, what a state governs by; else the type as it is. A body that
    `reports` what it says, and has no word of another in its name, is an outlet."""
    words = [word.lower() for word in name.split()]
    if type_ != "organisation" or not words:
        return type_
    of = next((at for at, word in enumerate(words) if at and word in ("of", "for")), len(words))
    if words[-1] in words_of("last words of outlets") and len(words) > 1 and of == len(words):
        return "outlet"
    if len(words) > 1 and (words[0] == "radio" or "news" in words):
        return "outlet"
    if reports and words[-1] not in BODIES and words[of - 1] not in words_of("heads of governments"):
        return "outlet"
    if _FORCE.fullmatch(name) or name == "House" or " ".join(words[of - 1 : of + 2]) == "court of appeals":
        return "government"
    if words[0] == "federal" and words[of - 1] in BODIES:
        return "government"
    if words[0] == "national" and words[of - 1] in ("agency", "assembly", "guard", "service"):
        return "government"
    governs = words[of - 1] in words_of("heads of governments") and _NO_GOVERNMENTS.isdisjoint(words)
    return "government" if governs else type_


_YEAR = re.compile(r"^(?:[Tt]he )?[12]\d{3} ")
_FORCE = re.compile("[A-Z]{2,4}PD")
"""The letters of a city's police."""
_NO_GOVERNMENTS = frozenset(("democratic", "republican", "labour", "police", "fire", "sales"))
"""Words in the names of parties' bureaus and of departments that no state governs by ("Orrin Fire Department")."""


def _members(analysis: Analysis, word: str) -> bool:
    """Whether a word is the plural of one for who belongs to a land or a people."""
    return word.endswith("s") and (word in analysis.lexicon.adjectives or word[:-1] in analysis.lexicon.adjectives)


def _well_known_place(word: str) -> bool:
    """Whether a word names a division of a country or a city of a million, and is no given name ("Oklahoma", not
    "Virginia")."""
    rows = places().get(word, ())
    return bool(rows) and word.lower() not in given() and (rows[0].kind == "region" or rows[0].people > _MILLION)


_MILLION = 1_000_000
_INITIAL = re.compile(r"[A-Z]\.?")


def _quoted(text: str, span: Span) -> bool:
    """Whether a name stands in quotation marks of its own."""
    before, after = text[max(0, span.start - 1) : span.start + 1], text[max(span.end - 1, 0) : span.end + 2]
    opened = before[:1] in _OPENING or before[1:] in _OPENING
    return opened and any(mark in _CLOSING for mark in after)


_OPENING = tuple('"“‘„«')
_CLOSING = frozenset('"”’“»')
_IN_DIVISION = re.compile(r", ((?:[A-Z][A-Za-z]{0,4}\.){1,3})")
"""What may stand behind a town: the state it lies in, written short."""


def _in_division(text: str, end: int) -> bool:
    """Whether the state that a town lies in stands behind it, written short."""
    found = _IN_DIVISION.match(text, end)
    return found is not None and found[1].lower() in words_of("divisions written short")


def _in_dateline(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a name in capitals opens its block, with a division behind it or a dash: "FAIRVIEW, W.Va. -"."""
    block = analysis.by_block.get(analysis.block_of(last), range(0))
    if not block or block[0] != first or not all(analysis.word(i).isupper() for i in range(first, last + 1)):
        return False
    text, end = analysis.document.text, analysis.tokens[last].end
    return (_DATED.match(text, end) or _DAY.match(text, end)) is not None


_DAY = re.compile(r", [A-Z][a-z]{2,8}\.? \d{1,2}\b")
"""A day behind a town that opens a dateline."""
_DATED = re.compile(
    r"(?:, [A-Z][\w.]{0,12}(?: [A-Z][\w.]{0,12})?)?,?\s{0,2}(?:\([^()]{1,30}\)\s{0,2})?(?:[—–―]|-{1,2}\s)"
)
"""What stands behind a town that opens a dateline."""


def _told(analysis: Analysis, first: int, last: int) -> tuple[str, ...]:
    """What the noun right before a name says that it is ("the newspaper Velmark")."""
    begin = last
    while begin > max(0, first - 1) and analysis.tokens[begin - 1].pos == "PROPN":
        begin -= 1
    if not begin or analysis.tokens[begin - 1].pos != "NOUN":
        return ()
    noun, head = analysis.tokens[begin - 1], analysis.tokens[last]
    if noun.i != head.head and head.i != noun.head:
        return ()
    return HEADS.get(noun.lemma, ()) or BEFORE.get(noun.lemma, ())


def _of_a_place(analysis: Analysis, at: int) -> float:
    """What speaks for a place where a word is said to be of something: much of a border, or of somebody with an office
    ("Prime Minister Mara Denk of Velmark"), little of an army, which may be somebody's."""
    near = [analysis.tokens[i] for i in analysis.children[at] if i < at and analysis.tokens[i].dep == rel.COMPOUND]
    head = analysis.tokens[at]
    before = {token.lemma.lower() for token in near}
    if head.lemma.lower() in OF_PLACES or (head.lemma.lower() == "minister" and "prime" in before):
        return 1.0
    offices = (titles().get(lemma) for lemma in before)
    if (
        head.pos == "PROPN"
        and head.lemma.lower() not in titles()
        and any(row and row.kind == "office" for row in offices)
    ):
        return 1.0
    return 0.5 if head.lemma.lower() in OF_STATES else 0.0
