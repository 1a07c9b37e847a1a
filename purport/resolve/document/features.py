"""What is known of a candidate, as numbers for the ranker.

After the features of Durrett and Klein (2013, "Easy Victories and Uphill Battles in Coreference Resolution") and of the
sieves of Lee et al. (2013), and made so that all pairs of a document are reckoned at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.model.analysis import Analysis, Token
from purport.model.document import BlockKind
from purport.resolve.document.candidates import DEMONSTRATIVE, Candidate, person_of
from purport.resolve.document.gender import gender_of
from purport.syntax import relations as rel

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 22)
_SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS, rel.CSUBJ})
_DETERMINERS = {"the": "def", "a": "indef", "an": "indef", "this": "dem", "that": "dem", "these": "dem", "those": "dem",
                "some": "quant", "any": "quant", "no": "none", "every": "quant", "each": "quant", "all": "quant",
                "both": "quant", "many": "quant", "most": "quant", "several": "quant", "few": "quant",
                "another": "other", "such": "dem"}  # fmt: skip
_PLURAL = frozenset({"NNS", "NNPS"})
NUMBER = {"i": 1, "he": 1, "she": 1, "it": 1, "one": 1, "we": 2, "they": 2}


def kind_of(analysis: Analysis, one: Candidate) -> str:
    """ "pronoun", "demonstrative", "name", "number" or "noun"."""
    token = analysis.tokens[one.head]
    word = analysis.word(one.head).lower()
    if token.tag in ("PRP", "PRP$") or (token.pos == "PRON" and person_of(word)):
        return "pronoun"
    if word in DEMONSTRATIVE and one.first == one.last:
        return "demonstrative"
    if token.pos == "PROPN" or one.told:
        return "name"
    return "number" if token.pos == "NUM" or token.tag == "CD" else "noun"


def determined(analysis: Analysis, one: Candidate) -> str:
    """How the phrase begins: "def", "indef", "dem", "poss", "quant", ... or "bare"."""
    first = analysis.tokens[one.first]
    word = analysis.word(one.first).lower()
    if one.first == one.head:
        return "bare"
    if word in _DETERMINERS:
        return _DETERMINERS[word]
    if first.tag == "PRP$" or any(
        analysis.tokens[i].dep == rel.POSS and i >= one.first for i in analysis.children[one.head]
    ):
        return "poss"
    return "num" if first.tag == "CD" else "bare"


def described(analysis: Analysis, one: Candidate, at_head: Sequence[str] = ()) -> list[str]:
    """What is so of a candidate, as names of features; `at_head` is what `described_head` gives for its head, where
    several candidates share it."""
    tokens = analysis.tokens
    head, first, last = tokens[one.head], tokens[one.first], tokens[one.last]
    before = tokens[one.first - 1] if one.first and tokens[one.first - 1].sentence == head.sentence else None
    after = (
        tokens[one.last + 1] if one.last + 1 < len(tokens) and tokens[one.last + 1].sentence == head.sentence else None
    )
    size = next((n for n, most in enumerate(_LENGTHS) if one.last - one.first + 1 <= most), len(_LENGTHS))
    kind = kind_of(analysis, one)
    left, right = analysis.edges[one.head]
    below = {tokens[i].dep for i in analysis.children[one.head] if one.first <= i <= one.last}
    without = {tokens[i].dep for i in analysis.children[one.head] if not one.first <= i <= one.last}
    det = determined(analysis, one)
    found = [
        *(at_head or described_head(analysis, one.head)),
        f"kind={kind}", f"kind,dep={kind},{head.dep}",
        f"reach={one.reach}", f"reach,kind={one.reach},{kind}", f"reach,tag={one.reach},{head.tag}", f"size={size}",
        f"group={one.group}", f"det={det}", f"kind,det={kind},{det}",
        f"first={first.tag}", f"last={last.tag}",
        f"before={before.tag if before else ''}", f"after={after.tag if after else ''}",
        f"after,last={after.tag if after else ''},{last.tag}",
        f"word1={analysis.lower(one.first)}",
        f"whole={one.first == left and one.last == right}",
        f"start={one.first == analysis.sentences[head.sentence].first}",
    ]  # fmt: skip
    for dep in sorted(below):
        found += (f"has={dep}", f"reach,has={one.reach},{dep}")
    found += [f"not={dep}" for dep in sorted(without)]
    return found


def described_head(analysis: Analysis, index: int) -> list[str]:
    """What is so of every candidate with that head."""
    tokens = analysis.tokens
    head = tokens[index]
    above = tokens[head.head]
    word = analysis.word(index)
    found = [
        f"tag={head.tag}", f"dep={head.dep}", f"above={above.pos}", f"above,dep={above.lemma},{head.dep}",
        f"lemma={head.lemma}", f"person={person_of(word)}",
        f"block={analysis.document.blocks[analysis.block_of(index)].kind.value}",
    ]  # fmt: skip
    if above.dep == rel.PREP or head.dep == rel.POBJ:
        found.append(f"prep={above.lemma},{tokens[above.head].pos}")
    if word[:1].isupper():
        found.append("upper")
    return found


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the chosen mentions of a document, each an array with a value a mention.

    `words` and `names` have a row a mention and a column a content word, or part of a name, that several mentions have;
    `size` and `name_size` say how many such words each has in all; `number` is 1, 2 or 0 where it is not known,
    `gender` 1 for a man, 2 a woman, 3 neither, 0 unknown.
    """

    head: Ints
    first: Ints
    last: Ints
    sentence: Ints
    block: Ints
    kind: Ints
    person: Ints
    text: Ints
    lemma: Ints
    words: Floats
    names: Floats
    size: Floats
    name_size: Floats
    types: Floats
    head_word: Ints
    number: Ints
    gender: Ints
    governor: Ints
    dep: Ints
    subject: NDArray[np.bool_]
    quote: Ints
    definite: Ints
    appositive: Ints
    complement: Ints
    acronym: Ints
    capitals: Ints
    heading: NDArray[np.bool_]
    digits: Ints


KINDS = ("pronoun", "demonstrative", "name", "number", "noun")
PRONOUN, NAME, NOUN = KINDS.index("pronoun"), KINDS.index("name"), KINDS.index("noun")
PERSONS = ("", "i", "we", "you", "he", "she", "it", "they", "one")
_DIGIT, _NO_DIGITS = re.compile(r"\d"), re.compile(r"\D+")
_QUOTES = {"“": 1, "”": -1, '"': 0, "``": 1, "''": -1}
_SMALL = frozenset(
    "a an the of and 's ’s his her its their our my your this that these those , . in on at for to".split()
)


def quotes(analysis: Analysis) -> Ints:
    """For each token the number of the quotation in which it stands, 0 outside; a quotation ends with its block."""
    found = np.zeros(len(analysis.tokens), np.int64)
    number, inside, block = 0, False, -1
    for token in analysis.tokens:
        own = analysis.block_of(token.i)
        if own != block:
            inside, block = False, own
        mark = _QUOTES.get(analysis.word(token.i))
        if mark is not None:
            opens = mark > 0 or (mark == 0 and not inside)
            number += opens
            inside = opens
        elif inside:
            found[token.i] = number
    return found


class Row(NamedTuple):
    """What is known of one mention by itself: its values of `_COLUMNS`, the numbers of its content words and of those
    that are part of a name, whether it is a subject and in a heading, and the number of its quotation."""

    columns: tuple[int, ...]
    words: list[int]
    names: list[int]
    subject: bool
    heading: bool
    quote: int


class Describer:
    """Tells what is known of the mentions of one text one by one; the same words have the same number throughout."""

    def __init__(self, analysis: Analysis, given: Mapping[str, float], quoted: Ints) -> None:
        """Begin a text. `given` says of given names how often they are a woman's, `quoted` is what `quotes` told."""
        self._analysis, self._given, self._quoted = analysis, given, quoted
        self._words: dict[str, int] = {}
        self._strings: dict[str, int] = {"": 0}

    def row(self, one: Candidate) -> Row:
        """What is known of a mention by itself."""
        analysis, words, strings = self._analysis, self._words, self._strings
        tokens = analysis.tokens

        def string_id(kind: str, words: str) -> int:
            return strings.setdefault(f"{kind}{words}", len(strings))

        head = tokens[one.head]
        inside = range(one.first, one.last + 1)
        lower = [analysis.lower(i) for i in inside]
        content = [word for word in lower if word not in _SMALL]
        written = analysis.word(one.head)
        word = written.lower()
        person = person_of(word)
        initials = "".join([first for i in inside if (first := analysis.word(i)[0]).isupper()])
        letters = written.replace(".", "")
        together = " ".join(content)
        digits = _NO_DIGITS.sub(" ", together).strip() if _DIGIT.search(together) else ""
        complement = -1
        if head.dep == rel.ATTR:
            complement = next((i for i in analysis.children[head.head] if tokens[i].dep in _SUBJECTS), -1)
        block = analysis.block_of(one.head)
        columns = (
            KINDS.index(kind_of(analysis, one)),
            PERSONS.index(person),
            string_id("", together or " ".join(lower[: one.head - one.first + 1])),
            string_id("/", head.lemma),
            words.setdefault(word, len(words)),
            _number(one, head, word, person),
            gender_of(analysis, one, self._given),
            head.head,
            string_id("@", head.dep),
            _DEFINITE.get(determined(analysis, one), 0),
            head.head if head.dep == rel.APPOS else -1,
            complement,
            string_id("#", initials) if len(initials) > 1 and len(inside) > 1 else -1,
            string_id("#", letters) if letters.isupper() and len(letters) > 1 else -2,
            string_id("%", digits) if digits else -1,
            one.head,
            one.first,
            one.last,
            head.sentence,
            block,
        )
        names = [low for i, low in zip(inside, lower, strict=True) if tokens[i].pos == "PROPN"]
        return Row(
            columns,
            [words.setdefault(word, len(words)) for word in content],
            [words.setdefault(word, len(words)) for word in names],
            head.dep in _SUBJECTS,
            analysis.document.blocks[block].kind is BlockKind.HEADING,
            int(self._quoted[one.head]),
        )


def known(rows: Sequence[Row], types: Floats) -> Known:
    """What is known of mentions that one `Describer` told of; `types` has the probabilities of each one's types."""
    # What stands in one mention only is never shared: it has no column, or all of them together the first, which is 0.
    seen = Counter(word for row in rows for word in set(row.words))
    column = {word: number for number, word in enumerate((w for w, times in seen.items() if times > 1), 1)}
    words = np.zeros((len(rows), len(column) + 1), np.float32)
    named = np.zeros_like(words)
    for table, lists in ((words, [row.words for row in rows]), (named, [row.names for row in rows])):
        marked = [(at, column[word]) for at, bag in enumerate(lists) for word in bag if word in column]
        if marked:
            table[tuple(zip(*marked, strict=True))] = 1
    columns = np.array([row.columns for row in rows], np.int64).reshape(len(rows), len(_COLUMNS))
    columns[:, _HEAD_WORD] = [column.get(row.columns[_HEAD_WORD], 0) for row in rows]
    return Known(
        **{name: columns[:, number] for number, name in enumerate(_COLUMNS)},
        words=words,
        names=named,
        size=np.array([len(set(row.words)) for row in rows], np.float32),
        types=types,
        name_size=np.array([len(set(row.names)) for row in rows], np.float32),
        subject=np.array([row.subject for row in rows], np.bool_),
        quote=np.array([row.quote for row in rows], np.int64),
        heading=np.array([row.heading for row in rows], np.bool_),
    )


_COLUMNS = (
    "kind", "person", "text", "lemma", "head_word", "number", "gender", "governor", "dep", "definite", "appositive",
    "complement", "acronym", "capitals", "digits", "head", "first", "last", "sentence", "block",
)  # fmt: skip
_HEAD_WORD = _COLUMNS.index("head_word")
_DEFINITE = {"def": 1, "dem": 2, "poss": 3, "indef": 4, "quant": 5, "none": 5}


def _number(one: Candidate, head: Token, word: str, person: str) -> int:
    """1 for one, 2 for several, 0 where it is not told."""
    if person:
        return NUMBER.get(person, 0)
    if head.tag in _PLURAL or one.group or word in ("these", "those"):
        return 2
    return 1 if head.tag in ("NN", "NNP") else 0
