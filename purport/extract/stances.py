"""How actors stand to each other as a text has it: by what they do, by what its words say, by the names it uses.

Each is vouched for as everything is: by the innermost attribution in whose content it stands, else by the text itself.
"The Guard blames Orlo" and "the outlet says that the Guard blames Orlo" are never one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from purport.analysis import Analysis, Attitudes, Sentence
from purport.document import Span
from purport.extract.deeds import SURE, Deed, done
from purport.extract.figures import Figures
from purport.lexicons.loaded import loaded
from purport.record import (
    Attribution,
    Basis,
    Certainty,
    Entity,
    Frame,
    Mention,
    Naming,
    Proposition,
    Stance,
    stance_id,
)

PAIRS = 3
"""Pairs of actors of a sentence that are asked about at most: those that stand nearest to each other."""
TARGETS = 2
"""Actors of a sentence whose tone is asked for at most."""
SAID = 0.6
"""Probability from which a view that words express is taken for one."""
TONED = 0.7
"""The same for the tone of a sentence with loaded words."""
_OPEN = frozenset(
    "ask believe demand deny doubt fear hope plan predict promise reject request threaten warn withhold".split()
)
"""Acts by which a source does not say that its words are so."""
_TONES = {"hostile": -1, "laudatory": 1}


def stances(
    analysis: Analysis,
    attributions: Sequence[Attribution],
    propositions: Sequence[Proposition],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    holders: Mapping[str, str],
) -> list[Stance]:
    """The stances of a document, or of a section of one, in the order of their places.

    `holders` gives for the id of an attribution that of the entity that is its source. A function of its arguments
    alone.
    """
    figures = Figures(analysis, mentions, {one.id: one for one in entities})
    voices = Voices(attributions, holders)
    found: dict[str, Stance] = {}
    covered: set[tuple[int, str, str]] = set()
    for deed in done(figures, propositions):
        one = _of_deed(analysis, deed)
        found.setdefault(one.id, one)
        covered.add((_sentence(analysis, one.evidence), one.holder or "", one.target))
    for one in _names(analysis, figures, mentions, voices):
        found.setdefault(one.id, one)
    if analysis.attitudes is not None:
        words = _Words(analysis, analysis.attitudes, figures, voices, propositions)
        for one in words.all(mentions, covered):
            found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.evidence, one.target_spans, one.id))


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words stand at a place: the attribution whose content it is, None for the text's own; and the entity."""

    attribution: Attribution | None
    holder: str | None

    @property
    def id(self) -> str | None:
        """The id of the attribution."""
        return self.attribution.id if self.attribution is not None else None


class Voices:
    """Whose words stand where."""

    def __init__(self, attributions: Sequence[Attribution], holders: Mapping[str, str]) -> None:
        self.holders = holders
        self.by_id = {one.id: one for one in attributions}
        self._ordered = sorted(attributions, key=lambda one: one.extent.start)
        self._starts = [one.extent.start for one in self._ordered]
        self._longest = max((one.extent.end - one.extent.start for one in attributions), default=0)

    def at(self, *spans: Span) -> Voice:
        """The innermost voice in whose content all the spans stand."""
        first = min(span.start for span in spans)
        best: Attribution | None = None
        for number in range(bisect_right(self._starts, first) - 1, -1, -1):
            one = self._ordered[number]
            if one.extent.start < first - self._longest:
                break
            inside = all(
                any(part.start <= span.start and span.end <= part.end for part in one.content) for span in spans
            )
            if inside and (best is None or _size(one) < _size(best)):
                best = one
        return Voice(best, self.holders.get(best.id) if best is not None else None)

    def above(self, voice: Voice) -> str | None:
        """The id of the attribution in which a voice is heard."""
        return voice.attribution.inside if voice.attribution is not None else None

    def spoken_of(self, source: Span) -> Attribution | None:
        """The attribution whose source holds the place."""
        return next(
            (
                one
                for one in self._ordered
                if any(part.start <= source.start and source.end <= part.end for part in one.source)
            ),
            None,
        )


def _size(one: Attribution) -> int:
    return sum(part.end - part.start for part in one.content)


def _sentence(analysis: Analysis, span: Span) -> int:
    words = analysis.tokens_in(span)
    return analysis.tokens[words[0]].sentence if len(words) else -1


def _made(
    analysis: Analysis,
    holder: str | None,
    holder_span: Span | None,
    target: str,
    target_span: Span,
    sign: int,
    basis: Basis,
    evidence: Span,
    voucher: str | None,
    certainty: Certainty,
    confidence: float,
    deed: str = "",
    proposition: str | None = None,
) -> Stance:
    mine = (holder_span,) if holder_span is not None else ()
    return Stance(
        stance_id(analysis.document.id, mine, (target_span,), basis, sign, voucher, evidence),
        holder,
        target,
        sign,
        basis,
        evidence,
        mine,
        (target_span,),
        voucher,
        certainty,
        deed,
        proposition,
        round(confidence, 4),
    )


def _of_deed(analysis: Analysis, deed: Deed) -> Stance:
    one = deed.proposition
    return _made(
        analysis,
        deed.holder.entity,
        deed.holder.span,
        deed.target.entity,
        deed.target.span,
        deed.sign,
        Basis.DEED,
        one.extent,
        one.voucher,
        one.certainty,
        one.confidence,
        deed.row.root,
        one.id,
    )


def _names(analysis: Analysis, figures: Figures, mentions: Sequence[Mention], voices: Voices) -> Iterator[Stance]:
    """What names that take sides show of whoever uses them."""
    for one in mentions:
        if one.tone and one.entity in figures.entities:
            voice = voices.at(one.span)
            if voice.holder == one.entity or (voice.attribution is not None and voice.holder is None):
                continue
            yield _made(
                analysis, voice.holder, None if voice.attribution is None else _first(voice.attribution.source),
                one.entity, one.span, _TONES[one.tone], Basis.NAME, one.span, voices.above(voice),
                Certainty.CT_PLUS, one.confidence,
            )  # fmt: skip


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None


class _Words:
    """What the network reads from words."""

    def __init__(
        self,
        analysis: Analysis,
        network: Attitudes,
        figures: Figures,
        voices: Voices,
        propositions: Sequence[Proposition],
    ) -> None:
        self.analysis = analysis
        self.network = network
        self.figures = figures
        self.voices = voices
        self.by_sentence: dict[int, list[Proposition]] = {}
        for one in propositions:
            self.by_sentence.setdefault(_sentence(analysis, one.extent), []).append(one)

    def all(self, mentions: Sequence[Mention], covered: set[tuple[int, str, str]]) -> Iterator[Stance]:
        """What sentences say of one actor to another, and in what tone they speak of one."""
        named: dict[int, list[Mention]] = {}
        for one in mentions:
            if (
                one.entity in self.figures.entities
                and self.figures.acting(one)
                and one.naming is not Naming.DESCRIPTION
            ):
                named.setdefault(_sentence(self.analysis, one.span), []).append(one)
        for number, own in sorted(named.items()):
            if number < 0:
                continue
            sentence = self.analysis.sentences[number]
            span = self.analysis.span(sentence.first, sentence.last - 1)
            yield from self._pairs(number, span, _once(own), covered)
            yield from self._tones(sentence, span, _once(own))

    def _pairs(
        self, number: int, span: Span, own: Sequence[Mention], covered: set[tuple[int, str, str]]
    ) -> Iterator[Stance]:
        pairs = [
            (one, other)
            for place, one in enumerate(own)
            for other in own[place + 1 :]
            if not (one.span.start < other.span.end and other.span.start < one.span.end)
            and (number, one.entity, other.entity) not in covered
            and (number, other.entity, one.entity) not in covered
        ]
        pairs.sort(key=lambda two: (two[1].span.start - two[0].span.end, two[0].span))
        for one, other in pairs[:PAIRS]:
            chances = self.network.between(span, one.span, other.span)
            for which, holder, target, sign in (
                (1, one, other, 1), (2, other, one, 1), (3, one, other, -1), (4, other, one, -1),
            ):  # fmt: skip
                if chances[which] >= SAID:
                    found = self._view(number, span, holder, target, sign, float(chances[which]))
                    if found is not None:
                        yield found

    def _view(
        self, number: int, span: Span, holder: Mention, target: Mention, sign: int, chance: float
    ) -> Stance | None:
        voice = self.voices.at(holder.span, target.span)
        if voice.attribution is not None and voice.attribution.act in _OPEN:
            return None
        certainty = self._certainty(number, holder, target)
        if certainty is None:
            return None
        return _made(
            self.analysis, holder.entity, holder.span, target.entity, target.span, sign, Basis.WORDS, span, voice.id,
            certainty, chance,
        )  # fmt: skip

    def _certainty(self, number: int, holder: Mention, target: Mention) -> Certainty | None:
        """How certain the act is that joins the two: that of the claim of which the holder is the subject and in which
        the target stands; probable where none joins them; None where it is no plain, certain or probable claim."""
        for one in self.by_sentence.get(number, ()):
            parts = (*one.object, *(span for argument in one.arguments for span in argument.spans))
            if _within(holder.span, (*one.subject, *one.refers)) and _within(target.span, parts):
                return one.certainty if one.certainty in SURE and one.frame is Frame.PLAIN else None
        return Certainty.PR_PLUS

    def _tones(self, sentence: Sentence, span: Span, own: Sequence[Mention]) -> Iterator[Stance]:
        words = [
            (i, loaded()[key].tone)
            for i in range(sentence.first, sentence.last)
            if (key := (self.analysis.tokens[i].lemma, self.analysis.tokens[i].pos)) in loaded()
        ]
        if not words:
            return
        signs = {_TONES[tone] for _, tone in words}
        asked = 0
        for one in own:
            if one.naming is Naming.PRONOUN or asked == TARGETS:
                continue
            voice = self.voices.at(one.span)
            if voice.holder == one.entity or (
                voice.attribution is not None and (voice.holder is None or voice.attribution.act in _OPEN)
            ):
                continue
            if not any(self.voices.at(self.analysis.span(i, i)) == voice for i, _ in words):
                continue
            source = self.voices.spoken_of(one.span)
            if source is not None and source.inside is None and voice.attribution is None:
                continue  # who speaks is not judged by what is said
            asked += 1
            chances = self.network.tone(span, one.span)
            for which, sign in ((0, -1), (2, 1)):
                if chances[which] >= TONED and sign in signs:
                    yield _made(
                        self.analysis, voice.holder,
                        None if voice.attribution is None else _first(voice.attribution.source),
                        one.entity, one.span, sign, Basis.WORDS, span, self.voices.above(voice), Certainty.CT_PLUS,
                        float(chances[which]),
                    )  # fmt: skip


def _once(own: Sequence[Mention]) -> list[Mention]:
    """Each entity once, by the first of its names, else the first of its mentions, in the order of the text."""
    first: dict[str, Mention] = {}
    for one in sorted(own, key=lambda one: (one.naming is not Naming.NAME, one.span)):
        first.setdefault(one.entity, one)
    return sorted(first.values(), key=lambda one: one.span)


def _within(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in parts) or any(
        span.start <= part.start and part.end <= span.end for part in parts
    )
