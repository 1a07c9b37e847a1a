"""Rows: what is told of a store to a person or another program, with words instead of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from purport.model.document import SourceMap, Span, Spans
from purport.model.record import Certainty, Frame, Kind, Polarity


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution with its words, as a row of a table.

    `source`, `cue` and `content` are the words as they stand ("" for an unnamed source; parts that stand apart are
    joined by " … "); `spans` of each are code points in the document's text. `chain` holds who vouches, outermost
    first: the outlet where it is known, then the sources of the attributions this one lies inside, then its own
    ("" for an unnamed one). `actor` is the name of whom the source stands for, ""
    where it has none. `place` says where in the source it is found ("page 3", "lines 7-9").
    """

    id: str
    document: str
    source: str
    act: str
    kind: Kind
    cue: str
    content: str
    chain: tuple[str, ...]
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    path: str
    place: str
    confidence: float
    inside: str | None
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    actor: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition with its words, as a row of a table.

    `by` is who vouches: the words for the innermost source ("" for one that is not named), or, where the text says it
    in its own voice (`own`), its signed author, else its outlet, else "". `chain` goes from the outlet down to that
    source. `subject`, `predicate`, `object` and `further` (the other arguments) are the words as they stand, those that
    negate included: `negation`, at `negation_spans`; `polarity` says whether they do ("positive", "negative").
    `certainty` is what the voucher holds of the act itself ("CT+" ... "CT-", "Uu"), so "did not fire" is CT-; `frame`
    is how it is put, `happened` both in words ("yes", "no", "planned not to"). `times` and `places` are what is known
    of when and where, as values. `actor` is the name of whom the subject stands for, "" where that is not known; `why`
    `by_actor` the same of who vouches; `why`
    names what decided how certain it is: rows of lexicons, modal verbs, ...; `reporting` says that it only tells that
    somebody says something.
    """

    id: str
    document: str
    by: str
    own: bool
    certainty: str
    frame: str
    polarity: str
    happened: str
    subject: str
    predicate: str
    object: str
    further: str
    times: tuple[str, ...]
    places: tuple[str, ...]
    endorsed: bool
    chain: tuple[str, ...]
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    path: str
    place: str
    unsure: tuple[str, ...]
    confidence: float
    voucher: str | None
    subject_spans: Spans
    predicate_spans: Spans
    object_spans: Spans
    negation: str = ""
    negation_spans: Spans = ()
    actor: str = ""
    by_actor: str = ""
    why: tuple[str, ...] = ()
    reporting: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a row of a table: what is known of it, how long its text is (code points), what was found.

    `paths` are the places where it was met, by path; more than one for copies of the same bytes.
    """

    id: str
    outlet: str | None
    author: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    format: str
    sha256: str
    characters: int
    analysed: bool
    notes: tuple[str, ...]
    attributions: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Whom one document names, as what is compared across documents: its entity, and how often it is named there, how
    many statements are its own, how many of its mentions are in hostile and in laudatory words. `published` is the day
    of the document (YYYY-MM-DD), "" where it is not known."""

    id: str
    document: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    known: str = ""
    mentions: int = 0
    statements: int = 0
    hostile: int = 0
    laudatory: int = 0
    published: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant by entities of one or several documents, as a row of a table.

    `id` is a hash of what the actor is and of its name, so that reading again changes nothing. `known` is the neutral
    name in the lexicon of actors. `names` are the other names in use. Counted are mentions, documents,
    statements that are its own, mentions in hostile and in laudatory words.
    """

    id: str
    name: str
    type: str
    known: str
    mentions: int
    documents: int
    statements: int
    hostile: int
    laudatory: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorLink:
    """That a document's entity (`id`) is of an actor, as a row of a table, with the reason and the confidence in it."""

    id: str
    actor_id: str
    actor: str
    document: str
    name: str
    type: str
    mentions: int
    reason: str
    confidence: float
    names: tuple[str, ...]


class StanceRow(NamedTuple):
    """A stance as networks are made of it: `holder` and `target` are ids of entities (no holder: the text's own voice),
    `voucher` is the entity on whose word it stands, None where it is not named or `own`: where the text says it. `said`
    stands for the words of its sentence (`purport.model.said`)."""

    id: str
    document: str
    holder: str | None
    target: str
    sign: int
    basis: str
    own: bool
    voucher: str | None
    certainty: str
    confidence: float
    deed: str
    outlet: str
    published: str
    said: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stance with its words, as a row of a table: what an edge of a network opens to.

    `holder` and `target` are names of actors, `sign` is 1 for, -1 against, 0 neither; `basis` "deed", "words" or
    "name", `deed` PLOVER's root type. `words` are the sentence, `spans` what it rests on, in code points of the
    document's text; `chain` is who vouches, the outlet first ("" for one that is not named).
    """

    id: str
    document: str
    holder: str
    target: str
    sign: int
    basis: str
    deed: str
    chain: tuple[str, ...]
    certainty: str
    confidence: float
    words: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    path: str
    place: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of actors: `deed` is "merge", "apart", "split", "rename" or "undo".

    `one` is the key of the actor that is meant, `other` that of the one merged into it, or kept apart from it, or what
    is split off:
    ("entity", id, document, *key) or ("name", folded name). `name` is the new name, `undoes` the number of the
    judgement that an undo takes back. `told` says it for a person; `who` and `note` are what the user told.
    """

    number: int
    deed: str
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    name: str = ""
    undoes: int = 0
    told: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """That a document is of a story: the story's id, title and first and last day (ISO 8601), the document, how like it
    is to the others (0..1, the mean), and the story that this one goes on from."""

    story: str
    title: str
    first: str | None
    last: str | None
    document: str
    similarity: float
    follows: str | None


@dataclass(frozen=True, slots=True)
class QuotationTelling:
    """A quotation that several documents have, as one of them tells it: the quotation's id, the document that had it
    `first`, this document and the code points (end exclusive) where it stands, who is quoted, whether the fullest
    telling has another speaker, how it is told, and its words, changes marked as [-there-] and {+here+}."""

    quotation: str
    first: str | None
    document: str
    start: int
    end: int
    published: str | None
    outlet: str | None
    speaker: str | None
    other_speaker: bool
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryJudgement:
    """What a person decided of stories: `deed` is "together" (the documents `one` and `other`, by id, tell one event),
    "apart" (none of `one` is of a story with one of `other`), "move" (`one` are of the story of `other`, whatever they
    would be of) or "undo" (of the judgement with the number `undoes`). Of a side that is a whole story, the document
    that stands for it is the first, or the next where that is no longer there.

    `who` and `note` are what the user told.
    """

    number: int
    deed: str
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    undoes: int = 0
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person judged of one item of a document.

    `item` is the id of an attribution or a proposition, as `kind` says; `deed` is "accept", "reject", "amend", "add" or
    "undo". `told` are the values that an amendment or addition gives, as sorted pairs of a name and its value in
    JSON; `undoes` is the number of the judgement taken back; `batch` names those that were made together; `made` is the
    time (UTC, ISO 8601). `who` and `note` are what the person told.
    """

    number: int
    item: str
    kind: str
    document: str
    deed: str
    told: tuple[tuple[str, str], ...] = ()
    undoes: int = 0
    batch: str = ""
    who: str = ""
    note: str = ""
    made: str = ""


def words(text: str, spans: Sequence[Span]) -> str:
    """The words at `spans` on one line: white space as one space, " … " where they are apart."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


HAPPENED = {
    "CT+": "yes",
    "PR+": "probably",
    "PS+": "possibly",
    "Uu": "open",
    "PS-": "possibly not",
    "PR-": "probably not",
    "CT-": "no",
}
"""What a voucher holds, as an answer to "did it happen?"."""
_PUT = {
    Frame.INTENDED: ("planned", "planned not to"),
    Frame.ATTEMPTED: ("attempted, outcome open", "attempted not to, outcome open"),
    Frame.PREDICTED: ("predicted", "predicted not to"),
    Frame.ORDERED: ("to be done", "not to be done"),
}
_GRADED = {
    Frame.INTENDED: "planned",
    Frame.ATTEMPTED: "attempted",
    Frame.PREDICTED: "predicted",
    Frame.ORDERED: "to be done",
    Frame.CONDITIONAL: "conditional",
    Frame.QUESTION: "asked",
}


def happened(certainty: str, frame: str, polarity: str) -> str:
    """What the voucher holds of an act and how it is put, as an answer to "did it happen?".

    `certainty`, `frame` and `polarity` are values of these enumerations. An act that is planned, predicted, ordered
    or attempted has no answer yet: "planned", or "planned not to" where its words negate it. Beside words that negate,
    no answer can be read as a second negation: it says that it is as worded ("did not fire": "no, as worded"), or that
    it happened all the same.
    """
    value, negated = Certainty(certainty).value_of, polarity == Polarity.NEGATIVE
    if frame in _PUT and not value:
        return _PUT[Frame(frame)][negated]
    answer = HAPPENED[certainty]
    if frame == Frame.COUNTERFACTUAL:
        contrary = negated == (value > 0) and value
        return f"{answer} ({'“not”' if negated else 'it'} is only supposed)" if contrary else f"{answer} (supposed)"
    if negated and value:
        answer += ", as worded" if value < 0 else ", despite the “not”"
    return answer if frame == Frame.PLAIN else f"{answer} ({_GRADED[Frame(frame)]})"


class Words(NamedTuple):
    """Words of a claim on one line; `negates` where they are what negates it."""

    text: str
    negates: bool = False


def claim_words(text: str, spans: Sequence[Span], negation: Sequence[Span]) -> tuple[Words, ...]:
    """The words at `spans` as they stand, in pieces: those that negate by themselves, so that they can be marked.

    The pieces are on one line, and make the whole when they are joined (`joined`).
    """
    pieces: list[Words] = []
    for span in spans:
        inside = sorted(n for n in negation if n.start < span.end and span.start < n.end)
        cuts = [span.start, *(edge for n in inside for edge in (max(n.start, span.start), min(n.end, span.end)))]
        for number, (start, end) in enumerate(pairwise([*cuts, span.end])):
            said = text[start:end]
            # "n't" of "didn't" follows without a space; between spans there is always one.
            apart = bool(pieces) and (start == span.start or said[:1].isspace() or text[start - 1 : start].isspace())
            if said := " ".join(said.split()):
                pieces.append(Words(f" {said}" if apart else said, number % 2 == 1))
    return tuple(pieces)


def joined(pieces: Iterable[Words]) -> str:
    """The words of a part of a claim on one line."""
    return "".join(piece.text for piece in pieces)


def shortened(pieces: Sequence[Words], limit: int) -> tuple[Words, ...]:
    """The first `limit` characters, and of the rest the words that negate: no claim is shown without them."""
    kept: list[Words] = []
    for piece in pieces:
        cut = piece.text[: max(0, limit)]
        limit -= len(piece.text)
        if limit >= 0:
            kept.append(piece)
        elif cut:
            kept.append(Words(f"{cut}…") if not piece.negates else piece)
        elif piece.negates:
            kept.append(Words(f" {piece.text.strip()}…", True))
    return tuple(kept)


def place(source_map: SourceMap, spans: Sequence[Span]) -> str:
    """Where in the source the spans are found, for a person: "line 4", "pages 2-3"."""
    first, last = source_map.numbers(spans)
    unit = source_map.unit.value
    return f"{unit} {first}" if first == last else f"{unit}s {first}-{last}"
