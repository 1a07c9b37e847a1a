"""What is known of two mentions together, as numbers for the ranker; all pairs of a stretch of text at once.

After the same authors as `purport.resolve.document.features`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from purport.resolve.document.features import NAME, NOUN, PRONOUN, Bools, Floats, Ints, Known


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
