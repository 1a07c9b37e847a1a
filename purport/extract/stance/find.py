"""How actors stand to each other as a text has it: by what they do, by what its words say, by the names it uses.

Each is vouched for as everything is: by the innermost attribution in whose content it stands, else by the text itself.
"The Guard blames Orlo" and "the outlet says that the Guard blames Orlo" are never one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from purport.extract.attribution.acts import by_its_words
from purport.extract.stance.events import SURE, Deed, done
from purport.extract.stance.participants import Figures
from purport.lexicons.loaded import loaded
from purport.model.analysis import Analysis, Attitudes, Sentence
from purport.model.document import Span
from purport.model.record import (
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
from purport.syntax import relations as rel
from purport.syntax.parse import root

STATE = 768
"""Numbers of a word's state that are looked at to see whether a pair is worth asking about."""
PAIRS = 3
"""Pairs of actors of a sentence that are asked about at most: those that stand nearest to each other."""
SAID = 0.7
"""Probability from which a view that words express is taken for one."""
OPPOSITE = 0.8
"""Probability of the other tone from which a loaded word is taken for irony, or for somebody else's."""
LOADED = 0.6
"""Confidence in a loaded word at least."""
_OPEN = frozenset(
    "ask believe demand deny doubt fear hope plan predict promise reject request threaten warn withhold".split()
)
"""Acts by which a source does not say that its words are so."""
_NOTHING = frozenset("ask believe deny hope plan predict promise withhold".split())
"""Acts of which it shows nothing whom their content is about: that Orlo denies having hit Denk is no view of her."""
_STANDING = frozenset({rel.NSUBJ, rel.NSUBJ_PASS, rel.OBJ, rel.POBJ, rel.IOBJ, rel.AGENT})
"""Where a pronoun stands for an actor of the sentence, and not only for whose something is."""
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
    covered: dict[int, set[str]] = {}
    for deed in done(figures, propositions):
        one = _of_deed(analysis, deed)
        found.setdefault(one.id, one)
        taking = {deed.holder.entity, deed.target.entity, holders.get(one.voucher or "", deed.holder.entity)}
        covered.setdefault(_sentence(analysis, one.evidence), set()).update(taking)
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
        self._ordered = sorted((one for one in attributions if not one.imputed), key=lambda one: one.extent.start)
        self._starts = [one.extent.start for one in self._ordered]
        self._longest = max((one.extent.end - one.extent.start for one in self._ordered), default=0)

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
        deed.root,
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

    def all(self, mentions: Sequence[Mention], covered: Mapping[int, set[str]]) -> Iterator[Stance]:
        """What sentences say of one actor to another, and in what tone they speak of one."""
        named: dict[int, list[Mention]] = {}
        for one in mentions:
            if one.entity in self.figures.entities and self.figures.acting(one) and self._asked(one):
                named.setdefault(_sentence(self.analysis, one.span), []).append(one)
        for number, own in sorted(named.items()):
            if number < 0:
                continue
            sentence = self.analysis.sentences[number]
            span = self.analysis.span(sentence.first, sentence.last - 1)
            yield from self._pairs(number, span, _once(own), covered)
            yield from self._tones(sentence, span)

    def _asked(self, one: Mention) -> bool:
        """Whether it is asked how others stand to it: not to what is a part of another's name or description."""
        if one.naming is Naming.PRONOUN:
            words = self.analysis.tokens_in(one.span)
            return len(words) == 1 and self.analysis.tokens[words[0]].dep in _STANDING
        return one.naming is Naming.NAME and not self.figures.subordinate(one)

    def _pairs(
        self, number: int, span: Span, own: Sequence[Mention], covered: Mapping[int, set[str]]
    ) -> Iterator[Stance]:
        told = covered.get(number, set())  # how those stand to each other, deeds have told
        pairs = [
            (one, other)
            for place, one in enumerate(own)
            for other in own[place + 1 :]
            if not (one.span.start < other.span.end and other.span.start < one.span.end)
            and not (one.entity in told and other.entity in told)
            and ";" not in self.analysis.document.text[one.span.end : other.span.start]
            and joined(self.analysis, one.span, other.span) is not None
        ]
        pairs.sort(key=lambda two: (two[1].span.start - two[0].span.end, two[0].span))
        for one, other in self._worth(pairs[:PAIRS]):
            chances = self.network.between(span, one.span, other.span)
            for which, holder, target, sign in (
                (1, one, other, 1), (2, other, one, 1), (3, one, other, -1), (4, other, one, -1),
            ):  # fmt: skip
                if chances[which] >= SAID:
                    found = self._view(number, span, holder, target, sign, float(chances[which]))
                    if found is not None:
                        yield found

    def _worth(self, pairs: Sequence[tuple[Mention, Mention]]) -> Sequence[tuple[Mention, Mention]]:
        """Those that the network may have something to say of."""
        states = self.analysis.states
        if not pairs or states is None:
            return pairs
        rows = []
        for one, other in pairs:
            join = joined(self.analysis, one.span, other.span)
            assert join is not None
            first, second = sorted(join[:2])
            # The words between the two, or the two where none stand there.
            inside = states[first + 1 : second] if second - first > 1 else states[[first, second]]
            parts = (*(states[word] for word in join), inside.mean(axis=0, dtype=np.float32))
            rows.append(np.concatenate([part[:STATE] for part in parts]))
        kept = self.network.worth(np.array(rows, np.float32))
        return [pair for pair, worth in zip(pairs, kept, strict=True) if worth]

    def _view(
        self, number: int, span: Span, holder: Mention, target: Mention, sign: int, chance: float
    ) -> Stance | None:
        voice = self.voices.at(holder.span, target.span)
        if voice.attribution is not None and self._does(voice.attribution, _OPEN):
            return None
        spoken = self.voices.spoken_of(holder.span)
        if spoken is not None and self._does(spoken, _NOTHING) and _within(target.span, spoken.content):
            return None
        certainty = self._certainty(number, holder, target)
        if certainty is None:
            return None
        return _made(
            self.analysis, holder.entity, holder.span, target.entity, target.span, sign, Basis.WORDS, span, voice.id,
            certainty, chance,
        )  # fmt: skip

    def _does(self, one: Attribution, acts: frozenset[str]) -> bool:
        """Whether the cue of an attribution does one of the acts; what single words of it do is not done by all."""
        return one.act in acts and not by_its_words(self.analysis, one)

    def _certainty(self, number: int, holder: Mention, target: Mention) -> Certainty | None:
        """How certain the act is that joins the two: that of the claim of which the holder is the subject and in which
        the target stands; probable where none joins them; None where it is no plain, certain or probable claim."""
        for one in self.by_sentence.get(number, ()):
            parts = (*one.object, *(span for argument in one.arguments for span in argument.spans))
            if _within(holder.span, (*one.subject, *one.refers)) and _within(target.span, parts):
                return one.certainty if one.certainty in SURE and one.frame is Frame.PLAIN else None
        return Certainty.PR_PLUS

    def _tones(self, sentence: Sentence, span: Span) -> Iterator[Stance]:
        """What loaded words say of those they are said of, unless the sentence as a whole says the opposite."""
        for word in range(sentence.first, sentence.last):
            token = self.analysis.tokens[word]
            row = loaded().get((token.lemma, token.pos))
            if row is None:
                continue
            sign = _TONES[row.tone]
            for meant in self.figures.described(word):
                place = Span(token.start, token.end)
                voice = self.voices.at(meant.span, place)
                if voice.attribution is not None and (voice.holder is None or self._does(voice.attribution, _OPEN)):
                    continue
                if voice.holder == meant.entity or self._unreal(word):
                    continue
                chances = self.network.tone(span, meant.span)
                if chances[1 - sign] > OPPOSITE:
                    continue
                speaker = None if voice.attribution is None else _first(voice.attribution.source)
                chance = float(max(chances[1 + sign], LOADED))
                yield _made(
                    self.analysis, voice.holder, speaker, meant.entity, meant.span, sign, Basis.WORDS, span,
                    self.voices.above(voice), Certainty.CT_PLUS, chance,
                )  # fmt: skip

    def _unreal(self, word: int) -> bool:
        """Whether it is denied, asked or supposed that the word holds."""
        tokens, children = self.analysis.tokens, self.analysis.children
        seen = 0
        while seen < 6:
            if any(tokens[i].dep == rel.NEG or tokens[i].lemma in ("no", "if", "never") for i in children[word]):
                return True
            if tokens[word].head == word or tokens[word].pos in ("VERB", "AUX"):
                break
            word, seen = tokens[word].head, seen + 1
        last = self.analysis.word(self.analysis.sentences[tokens[word].sentence].last - 1)
        return last == "?"


def joined(analysis: Analysis, one: Span, other: Span) -> tuple[int, int, int] | None:
    """The heads of two actors of a sentence and the word by which the parse joins them so that it may say how one
    stands to the other: a verb of which one is the subject or stands in it, or a noun. None where they are listed
    together, where one is only a part of the other's name, or where they are far from each other.

    Of DSE's pairs (Park, Pan and Joo 2021) whose sentences were not learned from, the network is right in .66 of what
    it says where one is the subject of a near verb, in .31 where a verb joins them and neither is its subject, and in
    next to none where they are listed or one is a part of the other's name.
    """
    first, second = (root(analysis, analysis.tokens_in(span)) for span in (one, other))
    if first is None or second is None:
        return None
    tokens = analysis.tokens
    paths = [_upwards(analysis, head) for head in (first, second)]
    shared = next((word for word in paths[0] if word in paths[1]), None)
    if shared is None:
        return None
    steps = [path.index(shared) for path in paths]
    if sum(steps) > FAR:
        return None
    below = [tokens[path[step - 1]].dep if step else None for path, step in zip(paths, steps, strict=True)]
    if None in below:
        says = any(dep in _BESIDE for dep in below)
    else:
        says = tokens[shared].pos not in ("VERB", "AUX") or any(dep in _SUBJECTS for dep in below)
    return (first, second, shared) if says else None


FAR = 7
"""Steps in the parse from one actor to the other at most."""
_BESIDE = frozenset({rel.APPOS, rel.ACL, rel.RELCL})
_SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS})


def _upwards(analysis: Analysis, word: int) -> list[int]:
    """The word and those that it hangs on, as far as counts."""
    found = [word]
    while len(found) <= FAR and analysis.tokens[found[-1]].head != found[-1]:
        found.append(analysis.tokens[found[-1]].head)
    return found


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
