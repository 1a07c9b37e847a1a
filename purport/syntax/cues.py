"""Cues: which row of the lexicon a word is, and how far the cue reaches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from purport.lexicons import CueRow, cues
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel

_AUXILIARIES = frozenset({rel.AUX, rel.AUX_PASS, rel.NEG, rel.PRT})


@cache
def _rows() -> dict[str, tuple[CueRow, ...]]:
    """The lexicon by the first word of each lemma, longest lemmas first."""
    found: dict[str, list[CueRow]] = {}
    for row in cues():
        found.setdefault(row.lemma.split()[0], []).append(row)
    return {word: tuple(sorted(rows, key=lambda r: -len(r.lemma.split()))) for word, rows in found.items()}


def row_of(analysis: Analysis, index: int, *pos: str) -> CueRow | None:
    """The lexicon's row for the cue whose first word is the token; the longest that fits what follows it."""
    for row in _rows().get(analysis.tokens[index].lemma, ()):
        words = row.lemma.split()[1:]
        if row.pos in pos and len(words) == len(following(analysis, index, words)):
            return row
    return None


def following(analysis: Analysis, index: int, words: Sequence[str]) -> list[int]:
    """The tokens near after `index` that are `words`, in order, up to the first that is missing. Of several words the
    first may stand behind the verb's object: "took the mayor [to task]"; any behind whom it is given."""
    found: list[int] = []
    for word in words:
        step = _near(analysis, found[-1] if found else index, word)
        if step is None and not found:
            # Whom it is given stands between as well: "gave the islanders [his word]".
            between = (rel.OBJ, rel.IOBJ) if len(words) > 1 else (rel.IOBJ,)
            object_ = next(
                (i for i in analysis.children[index] if analysis.tokens[i].dep in between and i > index), None
            )
            step = _near(analysis, analysis.edges[object_][1], word) if object_ is not None else None
        if step is None:
            break
        found.append(step)
    return found


def _near(analysis: Analysis, at: int, word: str) -> int | None:
    """The next token or the one after it, if it is the word; what is said is not looked into ("said that no ...")."""
    for step in range(at + 1, min(at + 3, len(analysis.tokens))):
        if analysis.tokens[step].dep in (rel.MARK, rel.PUNCT):
            return None
        if word in (analysis.tokens[step].lemma, analysis.word(step).lower()):
            return step
    return None


_TOLD_IN = words_of("means of telling")


def _further(analysis: Analysis, verb: int, last: int) -> int:
    """The last token of what belongs to the cue behind it: "said [in a statement]", "was told [by]"."""
    for one in analysis.children[verb]:
        token = analysis.tokens[one]
        if one != last + 1:
            continue
        if token.dep == rel.AGENT:
            return one
        for object_ in analysis.children[one]:
            plain = analysis.edges[object_][1] == object_ and object_ - one <= 3
            if token.lemma == "in" and analysis.tokens[object_].lemma in _TOLD_IN and plain:
                return object_
    return last


def cue_span(analysis: Analysis, verb: int, row: CueRow | None) -> Span:
    """The cue: the verb with its auxiliaries, negation and particle, and the further words of its lemma."""
    first = last = verb
    for one in analysis.children[verb]:
        token = analysis.tokens[one]
        if token.dep in _AUXILIARIES and abs(one - verb) <= 5 and token.tag != "TO":
            first, last = min(first, one), max(last, one)
    if row is not None:
        last = max([last, *following(analysis, verb, row.lemma.split()[1:])])
    last = max(last, _further(analysis, verb, last))
    if any(analysis.tokens[i].dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL) and first < i < verb
           for i in analysis.children[verb]):  # fmt: skip
        first = verb  # "did the minister say": the subject stands between
    return analysis.span(first, last)
