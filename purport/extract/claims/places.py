"""Names of places, found in the gazetteer that ships; which of several is meant is told by the countries around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from purport.lexicons.classes import words_of
from purport.lexicons.places import PlaceRow, places
from purport.model.analysis import Analysis
from purport.model.record import Toponym
from purport.syntax import relations as rel

_WHERE = words_of("prepositions before places")
_KINDS = words_of("kinds of places")
_LARGE = 500_000
"""People of a city whose name stands for it without a word of place before."""


def toponyms(analysis: Analysis) -> Iterator[Toponym]:
    """All places that are named and known, in order."""
    found = [(first, last, rows) for first, last in _names(analysis) if (rows := _known(analysis, first, last))]
    countries = Counter(rows[0].code for _, _, rows in found if rows[0].kind == "country")
    by_sentence: dict[int, set[str]] = {}
    for first, _, rows in found:
        if rows[0].kind == "country":
            by_sentence.setdefault(analysis.tokens[first].sentence, set()).add(rows[0].code)
    for number, (first, last, rows) in enumerate(found):
        chosen = _chosen(
            analysis, number, found, rows, countries, by_sentence.get(analysis.tokens[first].sentence, set())
        )
        yield Toponym(
            analysis.span(first, last),
            chosen.name,
            chosen.code,
            chosen.latitude,
            chosen.longitude,
            len(rows) - 1,
            chosen.kind == "city",
        )


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
    name = " ".join(analysis.span(first, last).of(analysis.document.text).split())
    rows = places().get(name, ())
    if not rows or rows[0].kind == "country":
        return rows
    before = analysis.word(first - 1).lower() if first else ""
    if before == "the" and first > 1:
        before = analysis.word(first - 2).lower()
    after = analysis.word(last + 1) if last + 1 < len(analysis.tokens) else ""
    set_apart = before == "," and first > 1 and _proper(analysis, first - 2)
    listed = before in ("and", ",") and len(name) > 3
    token = analysis.tokens[last]
    placed = before in _WHERE or before in _KINDS or set_apart or (after == "," and token.dep in (rel.POBJ, rel.NSUBJ))
    large = rows[0].people >= _LARGE and (token.dep not in (rel.COMPOUND,) or after.lower() in _KINDS or listed)
    return rows if placed or large else ()


def _chosen(
    analysis: Analysis,
    number: int,
    found: Sequence[tuple[int, int, Sequence[PlaceRow]]],
    rows: Sequence[PlaceRow],
    countries: Counter[str],
    beside: set[str],
) -> PlaceRow:
    """The place that is meant: of the country or region that follows after a comma ("Paris, Texas"), of one named in
    its sentence, of the one named most in the document, else the most populous."""
    if rows[0].kind == "country" or len(rows) == 1:
        return rows[0]
    _, last, _ = found[number]
    if number + 1 < len(found):
        first, _, following = found[number + 1]
        if first == last + 2 and analysis.word(last + 1) in (",", "in") and following[0].kind != "city":
            for row in rows:
                same = following[0].kind == "country" or row.region == following[0].region
                if row.code == following[0].code and same:
                    return row
    for wanted in (beside, {code for code, _ in countries.most_common(3)}):
        near = [row for row in rows if row.code in wanted]
        if near:
            return near[0]
    return rows[0]
