"""Spans that are names as they stand: long forms that a text explains, and names of several words that a lexicon knows.

A parse may break "the Movement for Democratic Renewal" in two; no piece of such a name is a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from purport.analyse import is_word
from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.resolve.document.candidates import Candidate
from purport.resolve.document.nouns import BODIES
from purport.syntax.definitions import named_in_two_words


def sure_names(analysis: Analysis) -> list[Candidate]:
    """The names that are sure, in order, none within another."""
    ways = (_long_forms, _known, _turned, _borne, _bodies)
    spans = sorted({span for way in ways for span in way(analysis)}, key=lambda one: (one[0], -one[1]))
    found: list[Candidate] = []
    for first, last in spans:
        if found and first <= found[-1].last:
            continue
        inside = range(first, last + 1)
        tops = [i for i in inside if analysis.tokens[i].head not in inside or analysis.tokens[i].head == i]
        found.append(Candidate((tops or [last])[0], first, last, 0, told=True))
    return found


def _long_forms(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The names that the text explains, and those that it explains them by."""
    defined = analysis.lexicon.defined
    names = {*defined.letters.values(), *defined.short.values(), *defined.other, *defined.other.values()}
    by_first: dict[str, dict[int, set[str]]] = {}
    for name in names:
        by_first.setdefault(name[0], {}).setdefault(len(name), set()).add(name)
    text = analysis.document.text
    for token in analysis.tokens if names else ():
        for size, own in by_first.get(text[token.start], {}).items():
            if text[token.start : token.start + size] in own and _ends(text, token.start + size):
                yield from _tokens(analysis, Span(token.start, token.start + size))


def _ends(text: str, end: int) -> bool:
    """Whether a word ends there."""
    return not text[end : end + 1].isalnum()


_FULL = re.compile(r"(?<![\w’'-])([A-Z][\w’'-]{2,20})\s(?:[A-Z]\.\s)?([A-Z][\w’-]{2,20}\w)(?=\W)")


def _borne(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Given names with the word with a capital behind each that the text has together more than once: in a headline,
    where all words have capitals, what is a name is told by the body ("Olga Kest Slams Orlo")."""
    if not analysis.tokens:
        return
    begin, end = analysis.tokens[0].start, analysis.tokens[-1].end + 1
    text = analysis.document.text[begin:end]
    found = [match for match in _FULL.finditer(text) if match[1].lower() in given() and match[2] not in _NEVER]
    often = Counter(match[0] for match in found)
    alone = {match[0] for match in found if not _GOES_ON.match(text, match.end())}
    for match in found:
        if often[match[0]] > 1 and match[0] in alone:
            yield from _tokens(analysis, Span(begin + match.start(), begin + match.end()))


_GOES_ON = re.compile(r"\s(?:[A-Z]|of\s[A-Z])")
"""What is behind a name that goes on."""
_NEVER = frozenset({"The", "And", "But", "For", "Jr", "Sr"})


def _known(analysis: Analysis) -> Iterator[tuple[int, int]]:
    text, several = analysis.document.text, analysis.lexicon.several
    for token in analysis.tokens:
        for words in several.get(analysis.word(token.i), ()):
            name = " ".join(words)
            end = token.start + len(name)
            if words[0] == "The" and re.match(r"\s[A-Z]", text[end : end + 2]):
                continue  # "The Hill Brigade"
            if text.startswith(name, token.start) and _ends(text, end):
                yield from _tokens(analysis, Span(token.start, token.start + len(name)))
                break


_WORD = r"[A-Z](?:[\w&-]|[’'](?=[A-Za-z]{2})){1,24}"
_OF_SOMETHING = re.compile(
    rf"(?<![\w’'-])(?:{_WORD}\s){{0,4}}({_WORD})\s(?:of|for|on)\s(?:(?:the|an?)\s)?"
    rf"({_WORD}(?:\s{_WORD}){{0,3}})((?:,\s{_WORD}){{0,3}},?\s(?:and|&)\s{_WORD}(?:\s{_WORD}){{0,3}})?"
)
_OF_WHOM = re.compile(rf"\sof\s(?:the\s)?({_WORD})(?!\s[A-Z])")
_AND = re.compile(rf"(?<![\w’'-])(?:{_WORD}\s){{0,3}}({_WORD})\sand\s({_WORD}(?:\s{_WORD})?)\s({_WORD})(?![\w’'-])")


def _bodies(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Names of bodies that say what they are for, or have "and" within: "Centre for Strategic and Regional Studies",
    "Grain and Fisheries Commission". What is behind "and" are words of English, or it may be another's."""
    if not analysis.tokens:
        return
    begin, end = analysis.tokens[0].start, analysis.tokens[-1].end + 1
    text = analysis.document.text[begin:end]
    for match in _OF_SOMETHING.finditer(text):
        if match[1].lower() not in BODIES:
            continue
        stop = match.start(2) + _common(match[2])
        behind = (match[3] or "").rstrip("’'")
        if behind and stop == match.end(2) and _common(behind.lstrip(", ")) == len(behind.lstrip(", ")):
            stop = match.start(3) + len(behind)
        if stop > match.start(2):
            whose = _OF_WHOM.match(text, stop)
            if whose is not None and whose[1].lower() not in given():
                stop = whose.end()  # "Ministry of Information of Ardania"
            yield from _tokens(analysis, Span(begin + match.start(), begin + stop))
    for match in _AND.finditer(text):
        if match[3].lower() in BODIES and _common(match[1]) and _common(match[2]) == len(match[2]):
            yield from _tokens(analysis, Span(begin + match.start(), begin + match.end()))


def _common(words: str) -> int:
    """Up to where words are such as English has beside names, in characters: "Strategic and Regional Studies"."""
    size = 0
    for match in re.finditer(r"[\w’'&-]+", words):
        word = match[0].lower().rstrip("’'")
        if word in words_of("words of time"):
            break
        if word != "and" and (not is_word(word) or word in given() or (word in titles() and match.end() < len(words))):
            break
        size = match.start() + len(word) if word != "and" else size
    return size


_LAST_FIRST = re.compile(r"(?<![\w’'-])([A-Z][\w’'-]+),\s([A-Z][\w’'-]+)\b(?=(,\s[a-z][\w\s-]{2,30})?(\s*;)?)")
_OTHER = re.compile(r"\b[Tt]he (?:other|elder|younger|first|second|third) $")
"""What stands before one of several of a surname: "the other Kest, Olga"."""
_BEFORE = 16
_LISTED = 2
"""Names in a row, with semicolons between them, from which on a list has them with the surname first."""


def _turned(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Names with the surname first: in a list ("Reth, Hollan; Orlo, Mara"), or of who is Hollan Reth elsewhere."""
    if not analysis.tokens:
        return
    text = analysis.document.text
    row: list[re.Match[str]] = []
    for match in _LAST_FIRST.finditer(text, analysis.tokens[0].start, analysis.tokens[-1].end):
        between = text[row[-1].end() : match.start()] if row else ""
        listed = row and row[-1][4] and between.strip(" ;\n") == (row[-1][3] or "").strip()
        row = [*row, match] if listed else [match]
        elsewhere = f"{match[2]} {match[1]}" in named_in_two_words(text)
        told_apart = _OTHER.search(text, max(0, match.start() - _BEFORE), match.start()) is not None
        for one in row if len(row) >= _LISTED else [match] if elsewhere or told_apart else []:
            yield from _tokens(analysis, Span(one.start(), one.end()))


def _tokens(analysis: Analysis, span: Span) -> Iterator[tuple[int, int]]:
    """The first and last token of a span that begins and ends with tokens of one sentence."""
    own = analysis.tokens_in(span)
    if not len(own):
        return
    first, last = analysis.tokens[own[0]], analysis.tokens[own[-1]]
    if first.start == span.start and last.end == span.end and first.sentence == last.sentence:
        yield own[0], own[-1]
