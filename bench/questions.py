"""What readers are asked of a text, and what this build answers: one row of `QUESTIONS` for each question.

An item is a place of a text that a question is about. A reader sees its words and what stands around them, never the
build's answer; the reader's verdict is compared with the answer afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from purport.model.document import Span, Spans
from purport.model.record import Certainty, Entity, Frame, Mention, Naming, Polarity, Proposition, Record
from purport.model.rows import claim_words, happened, joined
from purport.model.vocabulary import TYPES

UNKNOWN = "unknown"
"""The verdict, and the answer, where a source leads to nobody who has a name."""
CANNOT_TELL = "?"
"""The verdict of a reader who cannot tell; it is for no build and against none."""
HELD = {
    Certainty.CT_PLUS: "yes",
    Certainty.PR_PLUS: "probably",
    Certainty.PS_PLUS: "possibly",
    Certainty.UU: "open",
    Certainty.PS_MINUS: "possibly not",
    Certainty.PR_MINUS: "probably not",
    Certainty.CT_MINUS: "no",
}
"""How certainty is put to readers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A place in code points of the document's text, the words that a reader is asked about, and the build's answer.

    `accepted` are further answers that mean the same. Items with a `stratum` are drawn from all strata in turn.
    """

    span: Span
    words: str
    answer: str
    accepted: tuple[str, ...] = ()
    stratum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader is asked, the items of a record that it is asked about, and how verdict and answer compare.

    `verdicts` are those that a reader may give; none where any words may be given. `absent` is what the build answers
    of a place where it has no such item; None where it then has no answer. Without `context` a reader sees the words
    alone.
    """

    asked: str
    items: Callable[[Record], Iterator[Item]]
    verdicts: tuple[str, ...] = ()
    absent: str | None = None
    agrees: Callable[[str, Item], bool] = lambda verdict, item: verdict == item.answer
    context: bool = True

    def allows(self, verdict: str) -> bool:
        """Whether a reader may give this verdict."""
        if verdict == CANNOT_TELL:
            return True
        return verdict in self.verdicts if self.verdicts else bool(verdict.strip())


def _whole(spans: Spans) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _listed(record: Record) -> Iterator[Item]:
    for one in record.attributions:
        if not one.listed:
            continue  # kept in the record only
        parts = (("who", one.source), ("cue", one.cue), ("what", one.content))
        words = "; ".join(f"{name}: {record.text(spans)}" for name, spans in parts if spans)
        yield Item(one.extent, words, "yes")


def _sources(record: Record) -> Iterator[Item]:
    entities = {one.id: one for one in record.entities}
    for one in record.attributions:
        if one.source:
            entity = entities.get(one.holder or "")
            known = [name for name in (entity.name, entity.known, *entity.names) if name] if entity else []
            named = entity is not None and bool(entity.name)
            answer = known[0] if named else UNKNOWN
            yield Item(_whole(one.source), record.text(one.source), answer, tuple(known) if named else ())


def _same_name(verdict: str, item: Item) -> bool:
    """Whether a name is one of those of whom the source leads to, whatever its case and article."""
    return _plain(verdict) in {_plain(name) for name in (item.answer, *item.accepted)}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


def _held(record: Record) -> Iterator[Item]:
    chains = record.chains()
    for one in record.propositions:
        if one.predicate:
            by = "the text itself" if one.voucher is None else (chains(one.voucher) or ("",))[-1] or "somebody"
            yield Item(_whole(one.predicate), f"{_claim(record, one)}; on the word of: {by}", HELD[one.certainty])


def _claim(record: Record, one: Proposition) -> str:
    parts = (record.text(spans, " ") for spans in (one.subject, one.predicate, one.object))
    return " | ".join(part or "-" for part in parts)


TOOK_PLACE = {
    Certainty.CT_PLUS: "took place",
    Certainty.PR_PLUS: "probably took place",
    Certainty.PS_PLUS: "possibly took place",
    Certainty.UU: "open",
    Certainty.PS_MINUS: "possibly did not",
    Certainty.PR_MINUS: "probably did not",
    Certainty.CT_MINUS: "did not take place",
}
PLANNED, PLANNED_NOT = "is to take place", "is not to take place"
_PLANS = (Frame.INTENDED, Frame.ATTEMPTED, Frame.PREDICTED, Frame.ORDERED)


def _rows(record: Record) -> Iterator[Item]:
    """Claims as `purport claims` prints them, a row each: whose word, did it happen, the claim."""
    text, chains = record.document.text, record.chains()
    own = record.document.metadata.author or record.document.metadata.outlet or "the text"
    for one in record.propositions:
        if one.predicate and one.subject:
            parts = (one.subject, one.shown, one.object, *((*a.by, *a.spans) for a in one.arguments))
            claim = " | ".join(filter(None, (joined(claim_words(text, spans, one.negation)) for spans in parts)))
            by = f"{own} (own voice)" if one.voucher is None else (chains(one.voucher) or ("",))[-1] or "unnamed"
            answer = TOOK_PLACE[one.certainty]
            accepted: tuple[str, ...] = ()
            if one.certainty is Certainty.UU and one.frame in _PLANS:
                answer = PLANNED_NOT if one.polarity is Polarity.NEGATIVE else PLANNED
                accepted = (TOOK_PLACE[Certainty.UU],) if one.frame is Frame.ATTEMPTED else ()
            told = happened(one.certainty, one.frame, one.polarity)
            yield Item(
                _whole(one.predicate), f"on whose word: {by} || did it happen?: {told} || claim: {claim}", answer,
                accepted, stratum=(one.polarity.value, one.certainty.value, one.frame.value),
            )  # fmt: skip


def _where(record: Record) -> Iterator[Item]:
    for one in record.propositions:
        if one.predicate and one.places:
            told = "; ".join(f"{place.name} ({place.code})" for place in one.places)
            yield Item(_whole(one.predicate), f"{_claim(record, one)} || where: {told}", "yes")


def _when(record: Record) -> Iterator[Item]:
    text = record.document.text
    for one in record.propositions:
        if one.predicate and one.times:
            told = "; ".join(f"{time.span.of(text)} = {time.value or '?'}" for time in one.times)
            yield Item(_whole(one.predicate), f"{_claim(record, one)} || when: {told}", "yes")


def _named(record: Record) -> Iterator[tuple[Mention, Entity]]:
    """For each entity that is named, the first mention that is a name."""
    entities = {one.id: one for one in record.entities}
    seen: set[str] = set()
    for mention in sorted(record.mentions, key=lambda one: one.span):
        if mention.naming is Naming.NAME and mention.entity not in seen and mention.entity in entities:
            seen.add(mention.entity)
            yield mention, entities[mention.entity]


def _listed_actors(record: Record) -> Iterator[tuple[Mention, Entity]]:
    """Those of them that the list of actors has by default: mere things are none."""
    return ((mention, entity) for mention, entity in _named(record) if entity.type != "other")


def _types(record: Record) -> Iterator[Item]:
    for mention, entity in _listed_actors(record):
        yield Item(mention.span, mention.span.of(record.document.text), entity.type)


def _actors(record: Record) -> Iterator[Item]:
    for mention, _ in _listed_actors(record):
        yield Item(mention.span, mention.span.of(record.document.text), "yes")


QUESTIONS: Mapping[str, Question] = {
    "listed": Question(
        "Does somebody say, think, promise, deny or ask this here, as it is listed: who, and what?",
        _listed, ("yes", "no"), absent="no",
    ),
    "source": Question(
        f"Whom do these words for a source stand for? The fullest name in the text, or {UNKNOWN}.",
        _sources, agrees=_same_name,
    ),
    "held": Question(
        "Does the one on whose word the claim stands hold that it is so in fact?", _held, tuple(HELD.values())
    ),
    "row": Question(
        "By this row alone: what does the one on whose word it stands hold of the act that the claim's verb names, "
        f"without any negation? What is planned, to be done or predicted {PLANNED}, unless it is said how likely.",
        _rows, (*TOOK_PLACE.values(), PLANNED, PLANNED_NOT),
        agrees=lambda verdict, item: verdict in (item.answer, *item.accepted), context=False,
    ),
    "where": Question(
        "Does or did what the claim tells take place there, and is it the place that is meant (yes)? No: it is "
        "somebody's home, seat or origin, where something else takes place, another place of the name, or no place.",
        _where, ("yes", "no"),
    ),
    "when": Question(
        "Is it then that what the claim tells takes or took place, and is the value right where there is one (yes)?",
        _when, ("yes", "no"),
    ),
    "type": Question("What is it that is named here?", _types, TYPES),
    "junk": Question(
        "Is this the name of somebody or something there is (yes), or no name at all (no)?",
        _actors, ("yes", "no"), absent="no",
    ),
}  # fmt: skip
"""The questions by their codes."""


def items(code: str, record: Record) -> dict[Span, Item]:
    """The items of a record that a question is about, by their places; of several at one place the first."""
    found: dict[Span, Item] = {}
    for item in QUESTIONS[code].items(record):
        found.setdefault(item.span, item)
    return dict(sorted(found.items()))
