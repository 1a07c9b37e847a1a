"""Speech acts: what a cue does, by the lexicon, and what its negation makes of that."""

from __future__ import annotations

from purport.analysis import Analysis
from purport.document import Spans
from purport.extract.cueing import row_of
from purport.extract.syntax import root

_NEGATED = {
    "assert": "withhold",
    "confirm": "withhold",
    "announce": "withhold",
    "learn": "withhold",
    "quote": "withhold",
    "believe": "doubt",
    "predict": "doubt",
    "agree": "reject",
    "promise": "reject",
    "plan": "reject",
    "admit": "deny",
}
"""What becomes of an act that is negated: "did not say", "does not believe", "would not agree". The others stay:
"did not deny" is still no assertion."""

_POS = {
    "VERB": ("verb", "phrase", "prep"),
    "AUX": ("verb", "phrase"),
    "NOUN": ("noun", "phrase", "verb"),
    "PROPN": ("noun", "phrase", "verb"),
    "ADJ": ("adj", "phrase", "verb"),
}
"""What the lexicon calls a token of that part of speech; a headline's verb is often taken for a noun."""
_NOT = frozenset({"not", "n't", "never", "no", "nor", "neither", "cannot"})


def act_of(analysis: Analysis, cue: Spans, content: Spans) -> str:
    """The speech act of the cue at these spans; "" for no cue, "assert" for one that no lexicon row describes.

    A bare colon ("Q: ...") asks where its content ends as a question, and asserts elsewhere.
    """
    if not cue:
        return ""
    text = analysis.document.text
    if [span.of(text) for span in cue] == [":"]:
        return "ask" if text[: content[-1].end].endswith("?") else "assert"
    tokens = analysis.tokens_in(cue[0])
    if not tokens:
        return "assert"
    head = root(analysis, tokens)
    order = ([head] if head is not None else []) + [i for i in tokens if i != head]
    for index in order:
        row = row_of(analysis, index, *_POS.get(analysis.tokens[index].pos, ("prep", "phrase", "verb")))
        if row is None:
            continue
        negated = any(
            analysis.tokens[i].dep == "neg" or analysis.tokens[i].lemma in _NOT
            for i in _around(analysis, index, tokens)
        )
        return _NEGATED.get(row.act, row.act) if negated else row.act
    return "assert"


def _around(analysis: Analysis, index: int, tokens: range) -> set[int]:
    return set(tokens) | set(analysis.children[index])
