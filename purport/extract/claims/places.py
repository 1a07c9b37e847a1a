"""Names of places, found in the gazetteer that ships; which of several is meant is told by the countries around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise

from purport.analyse import is_word
from purport.analyse.parser.plain_view import dateline
from purport.lexicons import cues
from purport.lexicons.classes import listed, words_of
from purport.lexicons.places import PlaceRow, places
from purport.model.analysis import Analysis
from purport.model.record import Toponym
from purport.syntax import relations as rel
from purport.syntax.definitions import surnames, titled_names
from purport.syntax.parse import root
from purport.syntax.phrases import Phrases

_WHERE = words_of("prepositions before places")
_KINDS = words_of("kinds of places")
_LARGE = 500_000
"""People of a city whose name stands for it without a word of place before."""


def toponyms(analysis: Analysis) -> Iterator[Toponym]:
    """All places that are named and known, in order. What a name means somewhere in the document ("Athens, Georgia") it
    means everywhere in it."""
    found = [(first, last, rows) for first, last in _names(analysis) if (rows := _known(analysis, first, last))]
    told = _told(analysis, found)
    lines = _datelines(analysis)
    senses = {row.name: row for row in lines} | {_name(analysis, *found[n][:2]): row for n, row in told.items()}
    named = [senses.get(_name(analysis, first, last), rows[0]) for first, last, rows in found]
    countries = Counter(row.code for row in named if row.kind == "country")
    cities = _cities(analysis, found, named, lines)
    within = _within_countries(analysis, named)
    by_sentence: dict[int, set[str]] = {}
    for (first, _, _), row in zip(found, named, strict=True):
        if row.kind == "country":
            by_sentence.setdefault(analysis.tokens[first].sentence, set()).add(row.code)
    for number, (first, last, rows) in enumerate(found):
        chosen = told.get(number) or senses.get(_name(analysis, first, last))
        beside = by_sentence.get(analysis.tokens[first].sentence, set())
        chosen = chosen or _division(rows, within)
        chosen = chosen or _chosen(rows, countries, beside, cities, _name(analysis, first, last))
        yield Toponym(
            analysis.span(first, last),
            chosen.name,
            chosen.code,
            chosen.latitude,
            chosen.longitude,
            len(rows) - 1,
            chosen.kind == "city",
        )


def _cities(
    analysis: Analysis, found: Found, named: Sequence[PlaceRow], lines: Sequence[PlaceRow]
) -> dict[tuple[str, str], set[str]]:
    """The divisions, by country, in which a city of the document lies, with what those cities are called there."""
    cities: dict[tuple[str, str], set[str]] = {}
    for (first, last, _), row in zip(found, named, strict=True):
        if row.kind == "city":
            cities.setdefault((row.code, row.region), set()).add(_name(analysis, first, last))
    for row in lines:
        if row.kind == "city":
            cities.setdefault((row.code, row.region), set()).add("")
    return cities


def _within_countries(analysis: Analysis, named: Sequence[PlaceRow]) -> dict[str, dict[str, set[str]]]:
    """The places that the document names, by country and by kind; divisions wherever they stand ("won Alabama")."""
    within: dict[str, dict[str, set[str]]] = {}
    divisions = (places().get(_name(analysis, first, last), ()) for first, last in _names(analysis))
    for row in (*named, *(rows[0] for rows in divisions if rows and rows[0].kind == "region")):
        within.setdefault(row.code, {}).setdefault(row.kind, set()).add(row.name)
    return within


_DIVISIONS = 2
"""Further divisions of one country that tell which of two places of a name is meant ("Georgia" beside "Alabama")."""


def _division(rows: Sequence[PlaceRow], within: Mapping[str, Mapping[str, Set[str]]]) -> PlaceRow | None:
    """Of a name that a country and a division of another country bear the division, where the document names further
    divisions of the latter and nothing else of the former."""
    if rows[0].kind != "country":
        return None
    of_it = set[str]().union(*within.get(rows[0].code, {}).values()) - {rows[0].name}
    for row in rows[1:]:
        others = within.get(row.code, {}).get("region", set())
        if row.kind == "region" and not of_it and len(set(others) - {row.name}) >= _DIVISIONS:
            return row
    return None


def _datelines(analysis: Analysis) -> list[PlaceRow]:
    """The places of datelines, which are no part of any sentence: of "BIRMINGHAM, Alabama —" both."""
    text = analysis.document.text
    found: list[PlaceRow] = []
    for block in analysis.blocks.values():
        end = dateline(text, block.span.start, min(block.span.end, block.span.start + _LINE))
        parts = [part.strip() for part in re.split(r"[,(—–]| - ", text[block.span.start : end])]
        names = [part.title() if part.isupper() and len(part) > _LETTERS else part for part in parts if part]
        rows = [places().get(name, ()) for name in names[:2]]
        pairs = [(row, it) for row in rows[0] for it in rows[1] if _within(row, it)] if len(rows) > 1 else []
        if pairs:
            found += pairs[0]
        elif rows and rows[0]:
            found.append(rows[0][0])
    return found


_LINE = 120
"""Characters of a dateline at most."""
Found = Sequence[tuple[int, int, Sequence[PlaceRow]]]


def _told(analysis: Analysis, found: Found) -> dict[int, PlaceRow]:
    """The places that what they are in tells apart, by their numbers, and what they are in: "Athens, Georgia"."""
    told: dict[int, PlaceRow] = {}
    for number, ((_, last, rows), (first, _, around)) in enumerate(pairwise(found)):
        if first != last + 2 or analysis.word(last + 1) not in (",", "in"):
            continue
        pairs = [(row, it) for row in rows for it in around if it is not row and _within(row, it)]
        if pairs:
            told[number], told[number + 1] = pairs[0]
    return told


def _within(row: PlaceRow, around: PlaceRow) -> bool:
    if row.code != around.code or row.kind == "country":
        return False
    return around.kind == "country" or (row.region == around.region and row.name != around.name)


def _name(analysis: Analysis, first: int, last: int) -> str:
    """A name on one line; of one in capitals, as datelines have it, in small letters."""
    name = " ".join(analysis.span(first, last).of(analysis.document.text).split())
    return name.title() if name.isupper() and len(name) > _LETTERS else name


_LETTERS = 4
"""Letters up to which capitals stand for something: "US", "UAE"."""


def _names(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns, first and last token."""
    tokens = analysis.tokens
    index = 0
    while index < len(tokens):
        if not _proper(analysis, index):
            index += 1
            continue
        last = index
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].sentence == tokens[index].sentence
            and (_proper(analysis, last + 1))
        ):
            last += 1
        yield index, last
        index = last + 1


def _proper(analysis: Analysis, index: int) -> bool:
    token = analysis.tokens[index]
    return token.pos == "PROPN" or (token.tag in ("NNP", "NNPS"))


def _known(analysis: Analysis, first: int, last: int) -> Sequence[PlaceRow]:
    """The places that the words may name; none where the words do not stand where a place would."""
    name = _name(analysis, first, last)
    if name.lower() in words_of("words of time"):
        return ()  # "In March"
    behind = first > 1 and analysis.word(first - 1) == "," and _proper(analysis, first - 2)
    name = _abbreviated().get(name, name) if behind else name
    rows = _ordered(name, places().get(name, ()))
    if not rows or rows[0].kind == "country":
        return rows
    small = rows[0].kind == "city" and rows[0].people < _KNOWN
    if all(word in words_of("directions") or (small and is_word(word)) for word in name.lower().split()):
        return rows if _in_division(analysis, last) else ()  # "the South", "the Chair", "University"
    before = analysis.word(first - 1).lower() if first else ""
    if before == "the" and first > 1:
        before = analysis.word(first - 2).lower()
    if before not in _AT and rows[0].kind == "city" and _borne(analysis, name) and not _in_division(analysis, last):
        return ()  # "a lead over Denk"
    after = analysis.word(last + 1) if last + 1 < len(analysis.tokens) else ""
    if after in ("&", "’s", "'s") and rows[0].people < _LARGE:
        return ()  # "the Mary & Lee Museum"
    if small and before in words_of("prepositions before somebody"):
        return ()  # "an attack on Obama"
    set_apart = before == "," and first > 1 and _proper(analysis, first - 2)
    listed = before in ("and", ",") and len(name) > 3
    token = analysis.tokens[last]
    placed = before in _WHERE or before in _KINDS or set_apart or (after == "," and token.dep in (rel.POBJ, rel.NSUBJ))
    large = rows[0].people >= _LARGE and (token.dep not in (rel.COMPOUND,) or after.lower() in _KINDS or listed)
    return rows if placed or large else ()


@cache
def _abbreviated() -> Mapping[str, str]:
    """The divisions of countries by how they are shortened behind the name of a place."""
    parts = (one.partition(" ") for one in listed("abbreviated divisions"))
    return {short: whole for short, _, whole in parts}


def _ordered(name: str, rows: Sequence[PlaceRow]) -> Sequence[PlaceRow]:
    """A large city before a division that has its name too, or is only called so ("Moscow" before its oblast); what has
    the name before what is also called so ("Maryland" before the county of Liberia)."""
    if len(rows) < 2 or rows[0].kind != "region":
        return rows

    def rank(row: PlaceRow) -> tuple[bool, bool]:
        own = row.name == name
        return not (own and row.kind == "city" and row.people >= _LARGE), not (own and row.kind == "region")

    return sorted(rows, key=rank)


_KNOWN = 150_000
"""People from which on a city is known by its name, though that is a word of English ("Nice")."""


_AT = frozenset(("in", "at", "near", "from", "to"))
"""Prepositions behind which a name is a place's, whoever else bears it."""


def _borne(analysis: Analysis, name: str) -> bool:
    """Whether somebody in the text bears the name of a city: "Mr. Orrin", "Mara Orrin"."""
    text = analysis.document.text
    return name in titled_names(text) or name in surnames(text)


def _in_division(analysis: Analysis, last: int) -> bool:
    """Whether what a place lies in stands behind it ("Hope, Arkansas")."""
    if last + 2 >= len(analysis.tokens) or analysis.word(last + 1) != ",":
        return False
    return analysis.word(last + 2) in places() or analysis.word(last + 2) in _abbreviated()


def _chosen(
    rows: Sequence[PlaceRow],
    countries: Counter[str],
    beside: set[str],
    cities: Mapping[tuple[str, str], Set[str]],
    own: str,
) -> PlaceRow:
    """The place that is meant by the name `own`: a division with a city of another name in the document, one of the
    country that is named in its sentence or most in the document, else the most populous."""
    for row in rows:
        names = cities.get((row.code, row.region), frozenset()) if row.kind == "region" else frozenset()
        if any(name != own for name in names) and not _a_country(rows, countries):
            return row
    if rows[0].kind == "country" or len(rows) == 1:
        return rows[0]
    for wanted in (beside, {code for code, _ in countries.most_common(3)}):
        near = [row for row in rows if row.code in wanted]
        if near and (near[0].kind != "city" or near[0].people * _FAR_LARGER >= rows[0].people):
            return near[0]
    return rows[0]


_FAR_LARGER = 20
"""How many times as many people a city must have to be meant whatever country a text is about ("Moscow", not that of
Idaho); a smaller one of its name is told by what it lies in."""


def _a_country(rows: Sequence[PlaceRow], countries: Counter[str]) -> bool:
    """Whether the country of that name is named by another name of it too."""
    return rows[0].kind == "country" and countries[rows[0].code] > 1


# -- where an act is done ----------------------------------------------------------------------------------------


def scene(phrases: Phrases, name: Toponym, heads: Container[int]) -> int | None:
    """The head, of those of clauses, of the act that is done in a place; None where its words name no scene.

    A preposition of place must say so, of the predicate or of a thing or body that takes part ("attacked a base in
    Aleppo"): what is condemned or told of did not take place where it is condemned or told ("condemned the killings in
    Karachi").
    """
    inside = phrases.analysis.tokens_in(name.span)
    index = root(phrases.analysis, inside)
    if index is None:
        return None
    token = phrases.tokens[index]
    while token.dep in (rel.CONJ, rel.APPOS) and token.head != token.i:
        token = phrases.tokens[token.head]
    if token.dep in (rel.OBJ, rel.NPADVMOD):
        return token.head if name.city and token.head in heads else None
    for step in range(_STEPS):
        if token.dep != rel.POBJ:
            return None
        before = phrases.lower(token.head)
        if before not in _LOCATIVE and not (step and before == "from"):
            return None  # "rescued them from a school in Orsk"
        if before == "on" and not step and not _ISLAND.search(name.name):
            return None  # "put their hopes on Orsk"
        if before == "outside" and not step and not name.city:
            return None  # "was born outside Norrland"
        above = phrases.tokens[phrases.tokens[token.head].head]
        if before == "over" and above.lemma not in words_of("what is done in the air"):
            return None  # "negotiates over Orsk"
        if above.i in heads:
            return None if _about(phrases, above.i, token.head) else above.i
        if above.pos not in ("NOUN", "PROPN", "PRON", "NUM"):
            return above.head if above.dep in (rel.PREP, rel.ADVMOD) and above.head in heads else None
        while above.dep in (rel.CONJ, rel.APPOS) and above.head != above.i:
            above = phrases.tokens[above.head]
        if above.dep in _TAKING_PART and above.head in heads:
            told = phrases.tokens[above.head].lemma in spoken() or above.lemma.lower() in words_of("event nouns")
            return None if told else above.head
        token = above
    return None


def _about(phrases: Phrases, verb: int, preposition: int) -> bool:
    """Whether a place behind an event that a verb tells of is the event's: "debated the famine in Yemen"."""
    if phrases.tokens[verb].lemma not in spoken():
        return False
    before = phrases.tokens[preposition - 1]
    return before.lemma.lower() in words_of("event nouns") and before.dep == rel.OBJ and before.head == verb


_ISLAND = re.compile(r"\b(?:Islands?|Isles?|Isla|Île|Mount|Atoll|Peninsula)\b")
_STEPS = 4
"""Places within places at most: "at a base in a valley near Aleppo"."""
_TAKING_PART = frozenset({rel.OBJ, rel.NSUBJ, rel.NSUBJ_PASS})
_LOCATIVE = words_of("prepositions of place")


@cache
def spoken() -> frozenset[str]:
    """Verbs of speech and the like: where what they are about is, nobody need have spoken."""
    return frozenset(row.lemma for row in cues() if row.pos == "verb") | words_of("verbs about events")
