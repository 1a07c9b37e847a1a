"""What one document yields. Records hold places in a text, never copies of it, and ids made of hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from purport.model.document import Document, Span, Spans
from purport.model.vocabulary import Act, ArgumentRole, EntityType, Tone


class Kind(StrEnum):
    """How the words of a source are given: in quotation marks, in the reporter's words, or both (Pareti 2015); or in a
    block of the layout that is the source's as a whole (a turn, a quotation that is set in, a mail)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, a cue and a content (Pareti 2015; PolNeAR). Each part is spans in order; source or cue may be empty.

    `act` is the cue's speech act ("assert", "deny", ...; "" where the cue tells none); `inside` the id of the
    attribution whose content holds this one; `holder` the id of the entity the source names, None while it is
    unresolved; `confidence` 0..1. `imputed` where not the source but the text says so of it: what somebody plans,
    wishes or knows without being said to have told it; it is no statement, and its source vouches for nothing.
    `reason` is the layout that makes a block somebody's ("turn", "name below", "mail"); "" for other kinds.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    act: Act | Literal[""] = ""
    inside: str | None = None
    holder: str | None = None
    confidence: float = 1.0
    imputed: bool = False
    reason: str = ""

    @property
    def listed(self) -> bool:
        """Whether it is a statement: somebody has said it; what has no cue is that of who is named beside it."""
        return not self.imputed and bool(self.act or not self.cue)

    @property
    def extent(self) -> Span:
        """From the first character of any of its parts to the last."""
        spans = (*self.source, *self.cue, *self.content)
        return Span(min(s.start for s in spans), max(s.end for s in spans))


class Certainty(StrEnum):
    """How certain a voucher is that an act took place (FactBank; Saurí and Pustejovsky 2009), from certain that it did
    to certain that it did not; `UU` where no view is taken."""

    CT_PLUS = "CT+"
    PR_PLUS = "PR+"
    PS_PLUS = "PS+"
    UU = "Uu"
    PS_MINUS = "PS-"
    PR_MINUS = "PR-"
    CT_MINUS = "CT-"

    @property
    def value_of(self) -> int:
        """Thirds of certainty: 3 for CT+ to -3 for CT-, 0 for Uu."""
        return _THIRDS[self]

    @classmethod
    def of(cls, thirds: int) -> Certainty:
        """The reverse of `value_of`."""
        return _BY_THIRDS[thirds]


_THIRDS = {
    Certainty.CT_PLUS: 3,
    Certainty.PR_PLUS: 2,
    Certainty.PS_PLUS: 1,
    Certainty.UU: 0,
    Certainty.PS_MINUS: -1,
    Certainty.PR_MINUS: -2,
    Certainty.CT_MINUS: -3,
}
_BY_THIRDS = {thirds: certainty for certainty, thirds in _THIRDS.items()}


class Frame(StrEnum):
    """How a proposition is put: as it is, or as what is meant, tried, foretold, bidden, supposed, asked."""

    PLAIN = "plain"
    INTENDED = "intended"
    ATTEMPTED = "attempted"
    PREDICTED = "predicted"
    ORDERED = "ordered"
    CONDITIONAL = "conditional"
    COUNTERFACTUAL = "counterfactual"
    QUESTION = "question"


class Polarity(StrEnum):
    """Whether the words of a proposition negate its act ("did not fire") or not ("fired", "failed to fire")."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Argument:
    """A part of a proposition beside its subject and object: its role, the words that bring it in, its own words."""

    role: ArgumentRole
    by: Spans
    spans: Spans


@dataclass(frozen=True, slots=True)
class Triple:
    """A plain fact of a proposition: `implied` stands for a relation that no word of the text gives ("is")."""

    subject: Spans
    relation: Spans
    object: Spans
    implied: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one voucher holds of a proposition: `by` is the id of an attribution, None for the text's own voice."""

    by: str | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time: its place, TimeML's type (DATE, TIME, DURATION, SET) and value; "" where its value is
    not known, since there is no date to reckon from. `future` where what it belongs to is put as yet to come."""

    span: Span
    type: str
    value: str
    future: bool = False


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place, with what the gazetteer knows by it. `code` is the country's (ISO 3166-1), `others` says how
    many further places go by the name, `city` that it is no country or region; degrees are north and east."""

    span: Span
    name: str
    code: str
    latitude: float
    longitude: float
    others: int = 0
    city: bool = True


@dataclass(frozen=True, slots=True)
class Proposition:
    """An act or a state that a sentence puts forward, and who vouches for it.

    `predicate` are the words of the relation, `implied` stands for one that no word gives; `subject` is who does it
    and `object` whom it is done to, also in a passive; both may be empty. `negation` are the words that negate it
    ("not", "no", "never"), a span each, wherever they stand: `certainty` is of the act itself, so that of "did not
    fire" it is CT-. `voucher` is the innermost attribution whose content it stands in, None where the text says it in
    its own voice; `certainty` is that voucher's view, `held` the view of every voucher that takes one. `endorsed` where
    the wording presupposes what the voucher says ("admitted that"). `refers` is the name that a pronoun for a subject
    stands for, where the text tells it plainly. `unsure` names what of it is uncertain: "polarity", "voucher".
    `confidence` 0..1 is that it is read right. `reporting` where all that it tells is that somebody says something,
    which an attribution tells too; `why` names what decided certainty and frame: rows of lexicons, modal verbs, ...
    """

    id: str
    predicate: Spans
    subject: Spans
    object: Spans
    arguments: tuple[Argument, ...]
    triples: tuple[Triple, ...]
    certainty: Certainty
    frame: Frame
    held: tuple[Held, ...]
    voucher: str | None = None
    endorsed: bool = False
    implied: str = ""
    negation: Spans = ()
    times: tuple[Timex, ...] = ()
    places: tuple[Toponym, ...] = ()
    refers: Spans = ()
    unsure: tuple[str, ...] = ()
    confidence: float = 1.0
    reporting: bool = False
    why: tuple[str, ...] = ()

    @property
    def extent(self) -> Span:
        """From the first character of its predicate, subject and object to the last."""
        spans = (*self.predicate, *self.subject, *self.object)
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    @property
    def polarity(self) -> Polarity:
        """Negative where an odd number of words negate it: two cancel each other out."""
        return Polarity.NEGATIVE if len(self.negation) % 2 else Polarity.POSITIVE

    @property
    def shown(self) -> Spans:
        """The words that its predicate is shown by: its own, and those that negate it from outside of all its parts
        (of "did not cross or burn it", "not" for the burning), in the order of the text."""
        parts = (self.predicate, self.subject, self.object, *((*a.by, *a.spans) for a in self.arguments))
        inside = [span for part in parts for span in part]
        stray = [n for n in self.negation if not any(s.start <= n.start and n.end <= s.end for s in inside)]
        return tuple(sorted((*self.predicate, *stray)))


class Naming(StrEnum):
    """How a mention names: by a name, a description ("the minister"), or a pronoun."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names somebody or something, and the link to whom.

    `entity` is the id of what it names, `reason` why it is held to name it ("exact name", "pronoun", ...), with
    `confidence` 0..1 in that. `tone` is "hostile" or "laudatory" where the wording takes a side: it is the text's.
    """

    span: Span
    naming: Naming
    entity: str
    reason: str
    confidence: float = 1.0
    tone: Tone | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what the mentions of a document name.

    `name` is its fullest name in the document as it stands there, or its neutral name where it is one that lexicons
    know (`known`); "" for an unnamed role, of which `names` has the words. `type` is one of `vocabulary.TYPES`; `names`
    are all names and descriptions in use, in the order of the text. `of` is the neutral name of the state or body that
    it belongs to without being it ("Iranian officials": Iran). `held` says who says what of a contested group.
    """

    id: str
    name: str
    type: EntityType
    names: tuple[str, ...]
    known: str = ""
    of: str = ""
    held: str = ""


class Basis(StrEnum):
    """What a stance is read from: what somebody does, what words say, or the name that is used."""

    DEED = "deed"
    WORDS = "words"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Stance:
    """How a holder stands to a target, as one place of a text has it.

    `holder` and `target` are ids of entities; a `holder` of None is the text's own voice (its outlet, else its signed
    author). `sign` is 1 for, -1 against, 0 neither. `evidence` are the words that it rests on, `holder_spans` and
    `target_spans` where the two are named in them; the text's own voice is named nowhere. `voucher` is the id of the
    innermost attribution on whose word it stands, None where the text says it itself; `certainty` is that voucher's
    view. `deed` is a root type of PLOVER where it is read from a deed, and `proposition` the deed's id. `confidence`
    0..1 is that it is read right.
    """

    id: str
    holder: str | None
    target: str
    sign: int
    basis: Basis
    evidence: Span
    holder_spans: Spans
    target_spans: Spans
    voucher: str | None = None
    certainty: Certainty = Certainty.CT_PLUS
    deed: str = ""
    proposition: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """What made a record: versions of the program and its parts, models' digests, settings. All as sorted pairs."""

    version: str
    parts: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """A hash of everything in it: 16 hexadecimal digits."""
        return hash_id("run", [self.version, *(f"{k}={v}" for k, v in (*self.parts, *self.settings))])


@dataclass(frozen=True, slots=True)
class Record:
    """All that one document yields under one run.

    `analysed` is False for a document that was kept but not analysed, with the reason among `notes`. `propositions`
    are a tuple, of a very long document a sequence that is held in less memory.
    """

    document: Document
    run: Run
    attributions: tuple[Attribution, ...] = ()
    propositions: Sequence[Proposition] = ()
    mentions: Sequence[Mention] = ()
    entities: Sequence[Entity] = ()
    stances: Sequence[Stance] = ()
    analysed: bool = True
    notes: tuple[str, ...] = ()

    def chain(self, voucher: str | None) -> tuple[str, ...]:
        """The words for the sources that vouch, outermost first; "" for one that is not named."""
        return self.chains()(voucher)

    def chains(self) -> Callable[[str | None], tuple[str, ...]]:
        """`chain`, for asking many times."""
        by_id = {one.id: one for one in self.attributions}

        def chain(voucher: str | None) -> tuple[str, ...]:
            found: list[str] = []
            while voucher is not None and voucher in by_id and len(found) <= len(by_id):
                found.append(self.text(by_id[voucher].source))
                voucher = by_id[voucher].inside
            return tuple(reversed(found))

        return chain

    def text(self, spans: Spans, gap: str = " … ") -> str:
        """The words at `spans`, as they stand; `gap` is put where they are apart. "" for no spans."""
        return gap.join(span.of(self.document.text) for span in spans)


def hash_id(kind: str, parts: Iterable[str]) -> str:
    """An id made of what it names: 16 hexadecimal digits of SHA-256 over `kind` and `parts`."""
    joined = "\x1f".join((kind, *parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def attribution_id(document_id: str, source: Spans, cue: Spans, content: Spans) -> str:
    """The id of the attribution with these parts in that document; the same parts always have the same id."""
    parts = (";".join(f"{s.start}-{s.end}" for s in spans) for spans in (source, cue, content))
    return hash_id("attribution", (document_id, *parts))


def proposition_id(document_id: str, predicate: Spans, implied: str, subject: Spans, object_: Spans) -> str:
    """The id of the proposition with these parts in that document; the same parts always have the same id."""
    parts = (";".join(f"{s.start}-{s.end}" for s in spans) for spans in (predicate, subject, object_))
    return hash_id("proposition", (document_id, implied, *parts))


def stance_id(
    document_id: str, holder: Spans, target: Spans, basis: Basis, sign: int, voucher: str | None, evidence: Span
) -> str:
    """The id of the stance that these places of that document show; the same places always have the same id."""
    spans = (";".join(f"{s.start}-{s.end}" for s in spans) for spans in (holder, target, (evidence,)))
    return hash_id("stance", (document_id, *spans, basis.value, str(sign), voucher or ""))
