"""What is known of a candidate, and of two of them together, as numbers for the ranker.

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


def offered(of: Known) -> tuple[Ints, Ints]:
    """The pairs that are worth weighing, as numbers of the later and of the earlier mention: those that stand near each
    other, and of those that stand further apart the ones that have a word or a person in common."""
    order = np.arange(len(of.head))
    apart = order[:, None] - order[None, :]
    pronoun = of.kind == PRONOUN
    near = apart <= np.where(pronoun, NEAR_PRONOUN, NEAR)[:, None]
    spoken = ~pronoun[:, None] & ~pronoun[None, :]
    alike = (of.words @ of.words.T > 0) | (of.lemma[:, None] == of.lemma[None, :])
    alike |= (of.acronym[:, None] == of.capitals[None, :]) | (of.capitals[:, None] == of.acronym[None, :])
    person = (of.person[:, None] == of.person[None, :]) & pronoun[:, None]
    later, earlier = np.nonzero((apart > 0) & (near | (alike & spoken) | person))
    return later, earlier


NEAR_PRONOUN, NEAR = 40, 10
"""Mentions back in which anything may be what a pronoun, or anything else, goes back to."""


def paired(of: Known, later: Ints, earlier: Ints) -> Floats:
    """What is so of each pair of mentions: pairs by `PAIRS`."""
    both = _Both(of, later, earlier)
    found = {**_distances(both), **_strings(both), **_places(both), **_kinds(both), **_rivals(both)}
    return np.stack([np.asarray(found[name], np.float32) for name in PAIRS], axis=-1)


@dataclass(frozen=True, eq=False)
class _Both:
    """Mentions and pairs of them."""

    of: Known
    later: Ints
    earlier: Ints

    def two(self, name: str) -> tuple[Ints, Ints]:
        """A value of the later and of the earlier mention of each pair."""
        values = getattr(self.of, name)
        return values[self.later], values[self.earlier]

    def same(self, name: str) -> Bools:
        """Whether a value is the same of both."""
        mine, theirs = self.two(name)
        return np.asarray(mine == theirs)


PAIRS = (
    "sentences", "log sentences", "same sentence", "sentence before", "log mentions", "log words", "same block",
    "next mention", "same text", "same name", "same lemma", "same lemma of names", "same lemma of nouns",
    "head in words", "words have head", "all words in", "all words of", "share of words", "shared words",
    "names shared", "all names in", "all names of", "names at odds", "nouns at odds", "digits differ", "digits same",
    "acronym of", "acronym is", "within", "around", "same head", "apposition", "complement", "same governor",
    "governed by", "governs", "same person", "other person", "two pronouns", "pronoun of name", "pronoun of noun",
    "two names", "noun of name", "two nouns", "name of noun", "number same", "number differs", "gender same",
    "gender differs", "same quotation", "other quotation", "only first quoted", "only second quoted", "same relation",
    "two subjects", "subject", "log rivals", "no rival", "no rival of pronoun", "log rival subjects",
    "no rival subject", "often before", "often", "in heading", "two in headings", "definite again",
    "indefinite again", "demonstrative near", "types alike", "types of pronoun alike",
)  # fmt: skip
"""What is told of two mentions, in the order of the ranker's weights."""

Told = dict[str, NDArray[np.bool_] | Floats | NDArray[np.float64]]


def _log(values: NDArray[np.generic], scale: float) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.log1p(np.maximum(values, 0)) / scale
    return found


def _distances(both: _Both) -> Told:
    apart = both.later - both.earlier
    mine, theirs = both.two("sentence")
    sentences = mine - theirs
    heads = both.two("head")
    return {
        "sentences": np.minimum(sentences, 10) / 10,
        "log sentences": _log(sentences, 4),
        "same sentence": sentences == 0,
        "sentence before": sentences == 1,
        "log mentions": _log(apart, 6),
        "log words": _log(heads[0] - heads[1], 8),
        "same block": both.same("block"),
        "next mention": apart == 1,
        "demonstrative near": (both.two("definite")[0] == 2) & (sentences <= 1),
    }


def _alike(both: _Both) -> tuple[Bools, Bools]:
    """Whether the texts, and the heads' lemmas, of two that are no pronouns are the same."""
    mine, theirs = both.two("kind")
    spoken = (mine != PRONOUN) & (theirs != PRONOUN)
    return both.same("text") & spoken, both.same("lemma") & spoken


def _strings(both: _Both) -> Told:
    of, later, earlier = both.of, both.later, both.earlier
    text, lemma = _alike(both)
    mine, theirs = both.two("kind")
    spoken = (mine != PRONOUN) & (theirs != PRONOUN)
    names, nouns = (mine == NAME) & (theirs == NAME), (mine == NOUN) & (theirs == NOUN)
    size, name_size = of.size, of.name_size
    shared, shared_names = (of.words @ of.words.T)[later, earlier], (of.names @ of.names.T)[later, earlier]
    content = (size[later] > 0) & (size[earlier] > 0)
    digit, other_digit = both.two("digits")
    digits = (digit > 0) & (other_digit > 0)
    definite = both.two("definite")[0]
    return {
        "same text": text,
        "same name": text & names,
        "same lemma": lemma,
        "same lemma of names": lemma & names,
        "same lemma of nouns": lemma & (mine == NOUN),
        "head in words": (of.words[later, of.head_word[earlier]] > 0) & spoken,
        "words have head": (of.words[earlier, of.head_word[later]] > 0) & spoken,
        "all words in": content & (shared >= size[later]),
        "all words of": content & (shared >= size[earlier]),
        "share of words": content * shared / np.maximum(1, np.minimum(size[later], size[earlier])),
        "shared words": np.minimum(shared, 4) / 4,
        "names shared": names & (shared_names > 0),
        "all names in": names & (shared_names >= name_size[later]) & (name_size[later] > 0),
        "all names of": names & (shared_names >= name_size[earlier]) & (name_size[earlier] > 0),
        "names at odds": lemma & names & (shared_names < name_size[later]) & (shared_names < name_size[earlier]),
        "nouns at odds": lemma & nouns & (shared < size[later]) & (shared < size[earlier]),
        "digits differ": digits & (digit != other_digit),
        "digits same": digits & (digit == other_digit),
        "acronym of": of.acronym[later] == of.capitals[earlier],
        "acronym is": of.capitals[later] == of.acronym[earlier],
        "definite again": (definite == 1) & lemma,
        "indefinite again": (definite == 4) & lemma,
    }


def _places(both: _Both) -> Told:
    of = both.of
    (first, other_first), (last, other_last) = both.two("first"), both.two("last")
    (head, other_head), (governor, other_governor) = both.two("head"), both.two("governor")
    quote, other_quote = both.two("quote")
    quoted, other_quoted = quote > 0, other_quote > 0
    heading, other_heading = both.two("heading")
    subject, other_subject = both.two("subject")
    return {
        "within": (first >= other_first) & (last <= other_last),
        "around": (other_first >= first) & (other_last <= last),
        "same head": head == other_head,
        "apposition": of.appositive[both.later] == other_head,
        "complement": of.complement[both.later] == other_head,
        "same governor": governor == other_governor,
        "governed by": governor == other_head,
        "governs": head == other_governor,
        "same quotation": quoted & other_quoted & (quote == other_quote),
        "other quotation": quoted & other_quoted & (quote != other_quote),
        "only first quoted": quoted & ~other_quoted,
        "only second quoted": ~quoted & other_quoted,
        "same relation": both.same("dep"),
        "two subjects": subject & other_subject,
        "subject": other_subject,
        "in heading": other_heading,
        "two in headings": heading & other_heading,
    }


def _kinds(both: _Both) -> Told:
    mine, theirs = both.two("kind")
    person, other_person = both.two("person")
    number, other_number = both.two("number")
    gender, other_gender = both.two("gender")
    numbers, genders = (number > 0) & (other_number > 0), (gender > 0) & (other_gender > 0)
    pronouns = (mine == PRONOUN) & (theirs == PRONOUN)
    alike = (both.of.types @ both.of.types.T)[both.later, both.earlier]
    return {
        "types alike": alike,
        "types of pronoun alike": alike * (mine == PRONOUN),
        "same person": (person == other_person) & (person > 0),
        "other person": pronouns & (person != other_person),
        "two pronouns": pronouns,
        "pronoun of name": (mine == PRONOUN) & (theirs == NAME),
        "pronoun of noun": (mine == PRONOUN) & (theirs == NOUN),
        "two names": (mine == NAME) & (theirs == NAME),
        "noun of name": (mine == NOUN) & (theirs == NAME),
        "two nouns": (mine == NOUN) & (theirs == NOUN),
        "name of noun": (mine == NAME) & (theirs == NOUN),
        "number same": numbers & (number == other_number),
        "number differs": numbers & (number != other_number),
        "gender same": genders & (gender == other_gender),
        "gender differs": genders & (gender != other_gender),
    }


def _rivals(both: _Both) -> Told:
    """How many mentions between the two would do as well, so that the nearest that fits stands out."""
    of = both.of
    number = of.number[:, None] * of.number[None, :]
    fits = (number == 0) | (of.number[:, None] == of.number[None, :])
    gender = of.gender[:, None] * of.gender[None, :]
    fits &= (gender == 0) | (of.gender[:, None] == of.gender[None, :])

    def between(which: Bools) -> Ints:
        before = np.tril(which, -1)
        found: Ints = (before[:, ::-1].cumsum(axis=1)[:, ::-1] - before)[both.later, both.earlier]
        return found

    rivals, subjects = between(fits), between(fits & of.subject[None, :])
    spoken = of.kind != PRONOUN
    alike = (of.text[:, None] == of.text[None, :]) | (of.lemma[:, None] == of.lemma[None, :])
    alike &= spoken[:, None] & spoken[None, :]
    often = np.log1p(alike.sum(axis=1)) / 3
    before = np.log1p(np.tril(alike, -1).sum(axis=1)) / 3
    return {
        "log rivals": _log(rivals, 4),
        "no rival": rivals == 0,
        "no rival of pronoun": (rivals == 0) & (both.two("kind")[0] == PRONOUN),
        "log rival subjects": _log(subjects, 4),
        "no rival subject": (subjects == 0) & of.subject[both.earlier],
        "often before": before[both.earlier],
        "often": often[both.earlier],
    }
