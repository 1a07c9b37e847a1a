"""Interviews and transcripts: whose turn it is stands before it, "Q: ...", "MS. DENK: ...", "**SEL:** ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from purport.extract.attribution.join import Joined
from purport.extract.attribution.roles import Part, Role
from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.intervals import Intervals

SURE = 0.9
LABEL_WORDS = 6
_NAME_WORDS = 3
_MARK = r"(?:\*\*|__|\*)?"
_SHORT = "|".join(rf"(?<=\b\w{{{length}}})" for length in range(1, 5))
"""Behind a word as short as a title's ("Ms.", "Capt.")."""
_LABEL = re.compile(
    rf"{_MARK}(?P<label>[^\W\d_](?:[^:\n.!?\"“”*]|(?:{_SHORT})\.){{0,78}}?)"
    rf"{_MARK}\s?(?P<colon>:){_MARK}(?=\s|$|[\"“«‘'])"
)
_QUESTION_ANSWER = re.compile(
    rf"{_MARK}(?P<label>Q|A|Question|Answer|Interviewer)(?: ?\d{{1,3}})?{_MARK}\s?(?P<colon>[:.]){_MARK}\s",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s?\([^()]{2,60}\)$")
"""What is added of who asks: "QUESTION (Nadia Ferrow, the Lantern): "."""
_SMALL = words_of("small words of names")
_ROLES = words_of("roles of speakers")
"""Words for whoever speaks in a transcript; a heading has none of them."""
_HEADINGS = words_of("words of headings")
"""Words of headings that are run into what they are about, and of what pages add: nobody's names."""


_WONDERING = re.compile(r"(?:What|Who|Why|How|Where|When|Which)\b[^:.?!\n]{0,60}:(?=\s)")
"""A heading that is run into its paragraph: "What others say: ..."."""


def labels(analysis: Analysis) -> Iterator[Role]:
    """Source, cue and content of each turn."""
    for one in turns(analysis):
        yield from (role for role in (one.source, one.cue, *one.contents) if role)


def spoken(joined: Iterable[Joined], said: Sequence[Joined]) -> list[Joined]:
    """Attributions, those of turns with the speaker whom their label names and with nothing else for content."""
    by_cue = {one.cue.spans: one for one in said if one.cue}
    return [by_cue.get(one.cue.spans, one) if one.cue else one for one in joined]


def unheaded(analysis: Analysis, joined: Iterable[Joined]) -> list[Joined]:
    """Attributions without those whose cue stands in a heading that is run into its paragraph."""
    text = analysis.document.text
    headings = Intervals(
        (Span(*match.span()), None)
        for block in analysis.blocks.values()
        if (match := _WONDERING.match(text, block.span.start, block.span.end))
    )
    return [one for one in joined if one.cue is None or next(headings.holding(one.cue.extent), None) is None]


def answered(analysis: Analysis, joined: Iterable[Joined]) -> list[Joined]:
    """Attributions, of which one that answers a question has no more than the answer for its content: "Was the bridge
    hit? [No], says the Guard"; who asks is another."""
    return [replace(one, contents=(answer,)) if (answer := _answer(analysis, one)) else one for one in joined]


def _answer(analysis: Analysis, one: Joined) -> Role | None:
    cue = analysis.tokens_in(one.cue.spans[0]) if one.cue else range(0)
    if not cue:
        return None
    first = analysis.sentences[analysis.tokens[cue[0]].sentence].first
    if first + 1 >= cue[0] or analysis.word(first).lower() not in ("no", "yes", "never"):
        return None
    asked = analysis.tokens[first - 1].lemma == "?" if first else False
    before = all(span.start <= analysis.tokens[first].start for span in one.content)
    if not asked or not before or analysis.word(first + 1) != ",":
        return None
    return Role((analysis.span(first, first),), Part.CONTENT, one.contents[0].confidence)


def turns(analysis: Analysis) -> list[Joined]:
    """Each turn; what follows without a label belongs to the last one."""
    found = _found(analysis)
    said = [label.of(analysis.document.text) for label, _ in found.values()]
    if not _transcript(said):
        return []
    last = max(analysis.blocks)
    result = []
    for number, (label, colon) in found.items():
        spans = tuple(_turn(analysis, found, number, colon, last))
        if spans:
            who, cue = Role((label,), Part.SOURCE, SURE), Role((colon,), Part.CUE, SURE)
            result.append(Joined(who, cue, (Role(spans, Part.CONTENT, SURE),)))
    return result


def _found(analysis: Analysis) -> dict[int, tuple[Span, Span]]:
    """The label and the colon of each block that begins with one."""
    text = analysis.document.text
    found: dict[int, tuple[Span, Span]] = {}
    for number, block in analysis.blocks.items():
        if block.kind in (BlockKind.HEADING, BlockKind.CELL):
            continue
        start, end = block.span.start, block.span.end
        match = _QUESTION_ANSWER.match(text, start, end) or _LABEL.match(text, start, end)
        if match is not None and _is_label(match["label"]):
            found[number] = (Span(*match.span("label")), Span(*match.span("colon")))
    return found


def _transcript(said: list[str]) -> bool:
    """Whether labels are those of turns: of two at least, or one that only whoever speaks has. In a transcript somebody
    speaks again; headings that are run into their paragraphs are all different, and longer."""
    if len(said) < 2:
        return bool(said) and speaks(said[0])
    repeated = len(set(said)) < len(said)
    short = all(len(_NOTE.sub("", label).split()) <= _NAME_WORDS for label in said)
    return repeated or short or any(speaks(label) for label in said)


def _turn(
    analysis: Analysis, found: Mapping[int, tuple[Span, Span]], number: int, colon: Span, last: int
) -> Iterator[Span]:
    text = analysis.document.text
    for later in range(number, last + 1):
        turn = analysis.blocks.get(later)
        if turn is None:
            continue
        if later != number and (later in found or turn.kind is BlockKind.HEADING):
            return
        rest = trimmed(text, _behind(text, colon.end, turn) if later == number else turn.span.start, turn.span.end)
        if rest is not None:
            yield rest


def _behind(text: str, at: int, block: Block) -> int:
    """Where a turn begins behind its colon and the marks that close a bold label."""
    while at < block.span.end and text[at] in "*_":
        at += 1
    return at


def speaks(label: str) -> bool:
    """Whether a label's words are those of whoever speaks in a transcript: "QUESTION", "the witness", "MS. DENK"."""
    words = _NOTE.sub("", label).lower().split()
    own = [word.rstrip(".") for word in words if word not in _SMALL]
    titled = len(words) > 1 and (words[0] in titles() or words[0].rstrip(".") in titles())
    return titled or (bool(own) and (own[0] in _ROLES or own[-1] in _ROLES))


def _is_label(label: str) -> bool:
    """A label is a name or an office: few words, each with a capital but for the small ones between, and none that
    only a heading has."""
    words = _NOTE.sub("", label).split()
    if not words or len(words) > LABEL_WORDS or words[0].lower() == "from":
        return False
    large = [word for word in words if word not in _SMALL]
    if not large or not all(word[0].isupper() or word[0] in "([" for word in large):
        return False
    if speaks(label) or large[0].lower() in given():
        return True
    low = [word.lower().rstrip(".") for word in large]
    return low[0] not in _HEADINGS and low[-1] not in _HEADINGS
