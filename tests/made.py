"""Documents and records made by hand, without a parser: quick, and as odd as a test wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from purport.model.document import Document, Metadata, Segment, SourceMap, Span, Unit
from purport.model.record import (
    Argument,
    Attribution,
    Certainty,
    Frame,
    Held,
    Kind,
    Proposition,
    Record,
    Run,
    Timex,
    Toponym,
    Triple,
    attribution_id,
    proposition_id,
)
from purport.model.vocabulary import Act
from purport.read.files import read_bytes
from purport.read.options import Options

RUN = Run("0.0", (("parser", "none"),), (("depth", "1"),))
WORDS = ("Mara Denk", "denied", "that Ardania had shelled the bridge")
TEXT = f"{WORDS[0]} {WORDS[1]} {WORDS[2]}. "


def document(text: str = TEXT, metadata: Metadata = Metadata(), name: str = "note.txt") -> Document:
    """The one document that a file of that name with that text holds."""
    options = Options(encoding="utf-8") if name.endswith(".txt") else Options()
    (found,) = read_bytes(text.encode(), name, options)
    assert isinstance(found, Document)
    return replace(found, metadata=metadata.over(found.metadata))


def attribution(
    document: Document,
    source: Sequence[tuple[int, int]],
    cue: Sequence[tuple[int, int]],
    content: Sequence[tuple[int, int]],
    act: Act = "assert",
    inside: str | None = None,
) -> Attribution:
    """An attribution with these places."""
    spans = [tuple(Span(*pair) for pair in pairs) for pairs in (source, cue, content)]
    name = attribution_id(document.id, spans[0], spans[1], spans[2])
    return Attribution(name, spans[0], spans[1], spans[2], Kind.INDIRECT, act, inside, None, 0.5)


def proposition(
    document: Document,
    predicate: tuple[Span, ...],
    subject: tuple[Span, ...],
    object_: tuple[Span, ...],
    voucher: str | None = None,
) -> Proposition:
    """A denied proposition with these places, and one of everything."""
    held = (Held(voucher, Certainty.CT_MINUS), *((Held(None, Certainty.UU),) if voucher else ()))
    return Proposition(
        proposition_id(document.id, predicate, "is", subject, object_),
        predicate,
        subject,
        object_,
        (Argument("adverbial", predicate, object_),) if predicate and object_ else (),
        (Triple(subject, predicate, object_, "is"),),
        Certainty.CT_MINUS,
        Frame.COUNTERFACTUAL,
        held,
        voucher,
        True,
        "is",
        predicate[:1],
        (Timex(predicate[0], "DATE", ""),) if predicate else (),
        (Toponym(object_[0], "Paris", "FR", 48.853, 2.349, 3),) if object_ else (),
        subject[:1],
        ("polarity",),
        0.25,
    )


def record(text: str = TEXT, metadata: Metadata = Metadata(), *, analysed: bool = True) -> Record:
    """A record of `text`, which begins with `TEXT`, with one attribution of its first sentence."""
    one = document(text, metadata)
    if not analysed:
        return Record(one, RUN, analysed=False, notes=("not analysed: the text is in another language",))
    places, start = [], 0
    for words in WORDS:
        start = text.index(words, start)
        places.append((start, start + len(words)))
    said = attribution(one, [places[0]], [places[1]], [places[2]], "deny")
    start = text.index("Ardania")
    does, who, what = ((Span(start + first, start + last),) for first, last in ((8, 19), (0, 7), (20, 30)))
    return Record(one, RUN, (said,), (proposition(one, does, who, what, said.id),))


def bare(text: str, attributions: Sequence[Attribution] = ()) -> Record:
    """A record of any text at all, which no reader has seen."""
    one = Document(text, (), SourceMap(Unit.LINE, (Segment(0, 1, 0),)), "text", text.encode())
    return Record(one, RUN, tuple(attributions))


HOSTILE_TEXT = st.text(
    st.one_of(
        st.sampled_from("\r\n\t\x0b\x0c\x1c\x85\u2028\u2029\u0301\u202e\u200d\x1b;\"'=, "),
        st.sampled_from("aé漢قال😀𐐷👨"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=60,
)
"""Texts with every kind of line end, combining and astral characters, controls, and both directions of writing."""


@st.composite
def spans(draw: st.DrawFn, length: int, least: int = 0) -> tuple[Span, ...]:
    """Up to three spans of a text of that length, in order and apart from each other."""
    count = draw(st.integers(least, 3))
    ends = sorted(draw(st.sets(st.integers(0, length), min_size=min(2 * count, length + 1), max_size=2 * count)))
    found = tuple(Span(ends[i], ends[i + 1]) for i in range(0, len(ends) - 1, 2))
    return found or ((Span(0, length),) if least else ())


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records of hostile texts with attributions and propositions anywhere."""
    text = draw(HOSTILE_TEXT)
    one = bare(text).document
    found = {}
    for _ in range(draw(st.integers(0, 3))):
        source, cue, content = draw(spans(len(text))), draw(spans(len(text))), draw(spans(len(text), 1))
        name = attribution_id(one.id, source, cue, content)
        found[name] = Attribution(name, source, cue, content, draw(st.sampled_from(Kind)), "assert")
    claims = {}
    for _ in range(draw(st.integers(0, 2))):
        does, who, what = draw(spans(len(text), 1)), draw(spans(len(text))), draw(spans(len(text)))
        claim = proposition(one, does, who, what, draw(st.sampled_from([None, *found])))
        claims[claim.id] = claim
    return replace(bare(text, list(found.values())), propositions=tuple(claims.values()))
