"""What words do by being said, under a verb that only says: "“Withdraw your troops,” the envoy told them" demands.

What a speaker does who says it is often told by the words alone (Austin 1962): a verb without a subject orders, a
question asks, "I am deeply sorry" admits. The table `performed` has what opens or fills such a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.lexicons.classes import words_of
from purport.lexicons.performed import performed
from purport.model.analysis import Analysis
from purport.model.document import Span, Spans
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import SUBJECTS, child

_OPENING = ("“", '"', "‘", "«", "„", "''", "``")
_LONG = 400
"""Code points from which on words do no single act: a speech asserts."""
_SENTENCES = 3
"""Sentences that are looked at, from the first on."""
_PERFORMED = frozenset(
    {"accuse", "admit", "criticise", "demand", "deny", "praise", "promise", "reject", "request", "warn"}
)
_ENDS = re.compile(r"[.!?]+[\"'”’»)\]]*(?:\s+|$)|\n+|(?<=\w)[:;—–]\s")
_LETTERS = re.compile(r"[^a-z0-9' ]+")
_SHORT = tuple(
    (re.compile(short), whole)
    for short, whole in (
        (r"\b(?:can'?t|cannot)\b", "can not"), (r"\bwon't\b", "will not"), (r"\bshan't\b", "shall not"),
        (r"n't\b", " not"), (r"\b(i|we|you|they)'d\b", r"\1 would"),
    )
)  # fmt: skip
_JOINED = re.compile(r"\b(i|we|you|he|she|it|they|that|this|there|what|who)'(m|re|s|ll|ve)\b")
_WHOLE = {"m": "am", "re": "are", "s": "is", "ll": "will", "ve": "have"}


def in_its_words(analysis: Analysis, content: Spans) -> Act:
    """The act that the words at these spans do by being said; "assert" where they do none, are many, or are not told
    as they were said: without quotation marks they must open their sentence or block."""
    text = analysis.document.text
    if not _as_said(analysis, content[0]):
        return "assert"
    said = " ".join(span.of(text) for span in content).rstrip("\"'”’»)]* ")
    stops = re.findall(r"[.!?](?=[\s\"'”’)]|$)", said)
    asked = said.endswith("?") and set(stops) == {"?"}
    if len(said) > _LONG:
        return "ask" if asked else "assert"
    told = sentences(said)[:_SENTENCES]
    for one, question in told:
        done = by_table(one, question=question)
        if done is None and (rest := _uncalled(one, said)):
            done = by_table(rest, question=question)
        if done is not None and (done == "request" or not question):
            return done
    if asked:
        return "ask"
    return _by_parse(analysis, content[0], [one for one, _ in told])


def _uncalled(sentence: str, said: str) -> str:
    """A sentence without whom it calls first: "Sister Imara, we owe you more than we can say"."""
    called, comma, _ = said.partition(",")
    words = _LETTERS.sub(" ", called.lower()).split()
    opens = bool(comma) and 0 < len(words) <= _CALLED and sentence.split()[: len(words)] == words
    return " ".join(sentence.split()[len(words) :]) if opens else ""


_CALLED = 3
"""Words by which somebody is called at most."""


def _as_said(analysis: Analysis, span: Span) -> bool:
    text = analysis.document.text
    if text.startswith(_OPENING, span.start) or (span.start and text[span.start - 1] in "".join(_OPENING)):
        return True
    before = text[: span.start].rstrip(" ")
    return text[span.start : span.start + 1].isupper() and (not before or before[-1] in ".!?\n:>")


def sentences(said: str) -> list[tuple[str, bool]]:
    """The sentences of what is said, each in lower case without marks and with short forms written out, and whether it
    asks."""
    found = []
    plain = said.lower().replace("’", "'").replace("‘", "'")
    at = 0
    for end in (*_ENDS.finditer(plain), None):
        piece = plain[at : end.start() if end is not None else len(plain)]
        at = end.end() if end is not None else at
        for short, whole in _SHORT:
            piece = short.sub(whole, piece)
        piece = _JOINED.sub(lambda joined: f"{joined[1]} {_WHOLE[joined[2]]}", piece)
        words = " ".join(_LETTERS.sub(" ", piece).split()).strip("' ")
        if words:
            found.append((words, end is not None and "?" in end[0]))
    return found


def by_table(sentence: str, *, question: bool) -> Act | None:
    """What a sentence, as `sentences` gives it, does by the table; None where it does nothing. A question only asks for
    something."""
    padded = f"{sentence} "
    supposed = padded.startswith(("if ", "unless ", "whether "))
    for row in performed():
        if question and row.act != "request":
            continue
        found = row.pattern.search(padded)
        if found is None or (supposed and row.where == "in" and row.act != "threaten"):
            continue
        if row.where == "in" and _NEGATED.search(padded[: found.start() + 1]):
            continue
        return row.act
    return None


_NEGATED = re.compile(r"\b(?:not|never|no|nobody|nothing|none) (?!\w+ or )")


def _by_parse(analysis: Analysis, content: Span, said: Sequence[str]) -> Act:
    """What is done with words by their grammar: an order by a verb without a subject, a request where it is polite, a
    threat where it goes on with what else the speaker will do, a denial that names nothing else ("Not a word of it is
    true"), what its own verb does ("We condemn it"); else an assertion."""
    inside = analysis.tokens_in(content)
    words = (i for i in inside if analysis.tokens[i].pos not in ("PUNCT", "SPACE"))
    if not inside:
        return "assert"
    if _denies(analysis.document.text[content.start : content.end]):
        return "deny"
    if said and _OR_WE.search(f"{said[0]} "):
        return "threaten"
    first = next(words, None)
    done = _performs(analysis, first) if first is not None else None
    if done is not None:
        return done
    if said and _MUST.match(said[0]):
        return "demand"
    judged = _judges(said[0]) if said else None
    if judged is not None:
        return judged
    called = (
        first is not None
        and analysis.tokens[first].pos in ("NOUN", "PROPN")
        and analysis.word(min(first + 1, len(analysis.tokens) - 1)) == ","
    )
    if called and first is not None and first + 2 in inside:
        first = first + 2  # "Governor, open the shelters"
        words = (i for i in inside if i > first and analysis.tokens[i].pos not in ("PUNCT", "SPACE"))
    polite = first is not None and analysis.lower(first) == "please"
    if polite or (first is not None and analysis.lower(first) in ("do", "never", "always")):
        first = next((i for i in words if analysis.lower(i) not in ("not", "n't", "n’t")), None)
    if first is None or analysis.tokens[first].tag != "VB":
        return "assert"
    doer = child(analysis, first, SUBJECTS)
    if doer is not None and not (called and doer < first):
        return "assert"
    # of "“Go,” she wrote" the parser may make something that she does
    apart = analysis.tokens[first].dep == rel.ADVCL and analysis.tokens[first].head > inside[-1]
    root_of = analysis.tokens[first].dep in (rel.ROOT, rel.CCOMP, rel.CONJ)
    if not (root_of or apart) or analysis.tokens[first].lemma in words_of("verbs that open a speech"):
        return "assert"
    if said and _AND_WE.search(f"{said[0]} "):
        return "threaten"
    return "request" if polite or any(one.endswith(" please") for one in said) else "demand"


_MUST = re.compile(
    r"(?!(?:i|we) )(?:\S+ ){1,4}must (?:go|resign|leave|stop|apologi[sz]e|pay|answer|act|quit|step down|withdraw)\b"
)
"""What somebody is told that he has to do: "Kestane must go"."""
_OR_WE = re.compile(
    r" or (?:i|we) (?!(?:am|are|was|were|have|had|do|did|can|could|would|should|may|might|must|need|think|hope) )\w+ "
)
_AND_WE = re.compile(r" and (?:i|we) (?:will|shall|come|shoot|fire|burn|sink|take) ")
"""What comes of it if it is not done: "Free my brother, or we come over the wall"; or if it is: "Move and we fire"."""


_OF_IT = re.compile(
    r"(?:this|that|it|these|they|those|all of (?:it|this|that)) (?:is|are|was|were) (?P<what>.+)|"
    r"(?:none|not a word|nothing) of (?:it|this|that|these) (?:is|was) (?:true|correct|so)|"
    r"there (?:is|was) no truth (?:in|to) (?:it|this|that|these|those|the \w+)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,.;:!?—–()\[\]\"”»]")
_SAID_OF_IT = 7
"""Words that are looked at of what it is said to be."""


def _denies(words: str) -> bool:
    """Whether a quotation begins by denying what it does not name: "This is a lie", "None of it is true"."""
    found = _OF_IT.fullmatch(_CLAUSE_END.split(words.lstrip(_AHEAD)[:_QUOTED], maxsplit=1)[0].strip())
    if found is None or found["what"] is None:
        return found is not None
    told = found["what"].lower().replace("n’t", " n't").split()
    if "that" in told:
        told = told[: told.index("that")]  # "It is not true that the dam leaks"
    if not told or len(told) > _SAID_OF_IT:
        return False
    negated = bool(words_of("negating words") & set(told))
    if told[-1] in ("true", "correct", "so"):
        return negated
    untrue = words_of("verdicts of untruth")
    return not negated and (told[-1] in untrue or told[-1].removesuffix("s") in untrue or told[-1] == "lies")


_QUOTED = 200
"""Code points of a quotation that are looked at."""


def _performs(analysis: Analysis, first: int) -> Act | None:
    """What is done by saying so (Austin 1962): "[I promise] you that", "[We condemn] the raid". None where the first
    word is none of the speaker, or the verb none of doing so, in the present and not negated."""
    token = analysis.tokens[first]
    if analysis.lower(first) not in ("i", "we") or token.dep != rel.NSUBJ:
        return None
    verb = analysis.tokens[token.head]
    row = row_of(analysis, verb.i, "verb")
    kids = [analysis.tokens[i] for i in analysis.children[verb.i]]
    plain = verb.tag == "VBP" and not any(one.dep in (rel.AUX, rel.NEG, rel.MARK) for one in kids)
    if not plain or row is None or row.act not in _PERFORMED or not row.strong:
        return None
    return row.act


_AHEAD = " \"“‘'«„"


_JUDGED = 15
"""Words of a sentence that judges: a longer one tells more."""


def _judges(sentence: str) -> Act | None:
    """Whether a short sentence does no more than praise or blame: "What you have built is magnificent"."""
    told = sentence.split()
    if len(told) > _JUDGED or words_of("negating words") & set(told):
        return None
    praise, blame = len(words_of("words of praise") & set(told)), len(words_of("words of blame") & set(told))
    return "praise" if praise > blame else "criticise" if blame > praise else None
