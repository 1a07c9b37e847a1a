"""What the parse alone tells to be somebody's word, where nothing else found it: a clause that a cue brings in, and a
sentence of which the next one says whose word it is ("That, at least, is what the admiral maintains")."""

from __future__ import annotations

from collections.abc import Sequence

from purport.extract.attribution.acts import act_of
from purport.extract.attribution.nouns import noun_source
from purport.extract.attribution.quotations import Quotation
from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.vouchers import Vouchers
from purport.lexicons import CueRow
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Spans
from purport.model.record import Attribution, Kind, attribution_id
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, row_of
from purport.syntax.parse import child, nobody, phrase, trim

SURE = 0.25
"""Confidence of what the parse alone tells."""


def overheard(analysis: Analysis, found: Sequence[Attribution], quoted: Sequence[Quotation]) -> list[Attribution]:
    """Attributions for what a cue of the lexicon brings in as a clause in the text's own words, where none that was
    found holds it, and for sentences that the next one puts in somebody's mouth. The source is the verb's subject or
    the noun's owner, where there is one, else nobody is named. What a heading has in quotation marks is somebody's word
    too, not told whose: "Gunman 'fled to Orsk'".
    """
    voices = Vouchers(analysis, found)
    factuality = Factuality(analysis, voices)
    cues = {i for one in found for span in one.cue for i in analysis.tokens_in(span)}
    made = []
    for token in analysis.tokens:
        if token.dep not in (rel.CCOMP, rel.ACL) or token.head in cues or token.head == token.i:
            continue
        if voices.of(token.i) is None and factuality.reported(token.i) == token.head:
            made.append(_clause(analysis, token.head, token.i))
    for number in range(1, len(analysis.sentences)):
        verb = _of_what_stood_before(analysis, number)
        if verb is not None and verb not in cues:
            made += _sentence_before(analysis, number, verb, voices)
    return [*made, *_quoted(analysis, voices, quoted)]


def _quoted(analysis: Analysis, voices: Vouchers, quoted: Sequence[Quotation]) -> list[Attribution]:
    """What stands in quotation marks in a heading, has a verb, and is nobody's yet."""
    made = []
    for one in quoted:
        inside = [i for span in one.spans for i in analysis.tokens_in(span)]
        verbs = [i for i in inside if analysis.tokens[i].pos in ("VERB", "AUX")]
        verbs = [i for i in verbs if child(analysis, i, (rel.NSUBJ, rel.NSUBJ_PASS)) is not None]  # no mere slogan
        if one.depth or not verbs or any(voices.of(i) is not None for i in verbs) or not _heading(analysis, inside[0]):
            continue
        name = attribution_id(analysis.document.id, (), (), one.spans)
        made.append(Attribution(name, (), (), one.spans, Kind.DIRECT, "", confidence=SURE))
    return made


def _heading(analysis: Analysis, index: int) -> bool:
    """Whether the word stands in a heading: a block that is one, or one of one line without a full stop."""
    block = analysis.blocks[analysis.block_of(index)]
    words = block.span.of(analysis.document.text).rstrip("'\"’”»")
    return block.kind is BlockKind.HEADING or not words.endswith((".", "!", "?", ":", ";", ","))


def impersonal(analysis: Analysis, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with those of a clause between commas that names nobody ("The guns, it is claimed, were sold"):
    what is claimed is all of the clause around it."""
    asides = {}
    for token in analysis.tokens:
        subject = child(analysis, token.i, (rel.NSUBJ_PASS,)) if token.dep == rel.PARATAXIS else None
        named = subject is not None and analysis.word(subject).lower() != "it"
        row = row_of(analysis, token.i, "verb") if subject is not None and not named else None
        if row is not None and token.head != token.i:
            asides[token.i] = row
    if not asides:
        return list(found)
    kept = [one for one in found if not any(i in asides for span in one.cue for i in analysis.tokens_in(span))]
    for verb, row in asides.items():
        first, last = analysis.edges[verb]
        low, high = analysis.edges[analysis.tokens[verb].head]
        pieces = [(low, first - 1), (last + 1, high)]
        content = tuple(trim(analysis, *piece) for piece in pieces if piece[0] <= piece[1])
        spans = tuple(span for span in content if any(map(str.isalnum, span.of(analysis.document.text))))
        if spans:
            kept.append(_made(analysis, verb, row, None, spans))
    return kept


def _clause(analysis: Analysis, word: int, clause: int) -> Attribution:
    """The clause that the verb or noun brings in."""
    row = row_of(analysis, word, "verb", "noun", "phrase")
    noun = analysis.tokens[word].pos == "NOUN"
    speaker = noun_source(analysis, word) if noun else child(analysis, word, (rel.NSUBJ,))
    if speaker is not None and not noun and nobody(analysis, word, speaker):
        speaker = None
    return _made(analysis, word, row, speaker, (trim(analysis, *analysis.edges[clause]),))


def _made(analysis: Analysis, word: int, row: CueRow | None, speaker: int | None, content: Spans) -> Attribution:
    source = (phrase(analysis, speaker),) if speaker is not None else ()
    cue = (cue_span(analysis, word, row),)
    return Attribution(
        attribution_id(analysis.document.id, source, cue, content), source, cue, content, Kind.INDIRECT,
        act_of(analysis, cue, content), confidence=SURE,
    )  # fmt: skip


def _of_what_stood_before(analysis: Analysis, number: int) -> int | None:
    """The verb of a sentence that says whose word the sentence before it is: "That is what Denk [maintains]", "So
    [says] Denk"."""
    sentence = analysis.sentences[number]
    if analysis.word(sentence.first).lower() not in words_of("openings that point back"):
        return None
    for index in range(sentence.first, sentence.last):
        token = analysis.tokens[index]
        row = row_of(analysis, index, "verb") if token.pos == "VERB" else None
        if row is None or row.act not in ("assert", "argue", "believe", "announce", "accuse"):
            continue
        if child(analysis, index, (rel.NSUBJ,)) is None:
            continue
        what = any(analysis.word(i).lower() == "what" for i in analysis.children[index])
        over = analysis.tokens[token.head]
        named = child(analysis, over.i, (rel.NSUBJ,))
        pointing = named is not None and analysis.word(named).lower() in ("this", "that", "such", "so", "it")
        if what and over.lemma == "be" and pointing and over.head == over.i:
            return index
        opening = analysis.word(sentence.first).lower()
        so = opening == "so" or (opening == "or" and analysis.word(sentence.first + 1).lower() == "so")
        if so and token.head == index and child(analysis, index, (rel.CCOMP, rel.XCOMP, rel.OBJ)) is None:
            return index
    return None


def _sentence_before(analysis: Analysis, number: int, verb: int, voices: Vouchers) -> list[Attribution]:
    before = analysis.sentences[number - 1]
    heads = [i for i in range(before.first, before.last) if analysis.tokens[i].head == i]
    if not heads or any(voices.of(i) is not None for i in heads):
        return []
    speaker = child(analysis, verb, (rel.NSUBJ,))
    if speaker is None or analysis.word(speaker).lower() in words_of("nobody"):
        return []
    content = trim(analysis, before.first, before.last - 1)
    return [_made(analysis, verb, row_of(analysis, verb, "verb"), speaker, (content,))]
