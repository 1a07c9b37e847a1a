"""Quotations that the layout sets in: block quotations, indented words, posts; and who brings them in or signs them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Block, BlockKind, Span, Spans, trimmed
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import child, phrase, root, subject
from purport.syntax.speakers import names

_DASH = re.compile(r"\s*(?P<cue>--|[-—–―])\s*(?P<name>[^\W_][^\n]{1,160})$")
_NAME_END = re.compile(r"\s*(?:[,(:@]|\bto\b|\bin (?:a|an|his|her|its)\b|\bon\b|\d)")
_FROM = re.compile(
    r"(?:And |Then |Also |Next |Another )?(?P<cue>[Ff]rom|[Bb]y|[Aa]ccording to)\s+(?P<name>[^\n:]{2,80}?)\s*:\s*$"
)
_TO = re.compile(r"(?P<name>[^\W\d_][^\n:,.!?]{1,80}?) (?P<cue>to) (?:the )?[^\W\d_a-z][^\n:.!?]{1,80}:\s*$")
"""Who writes to whom: "Massik to the Warden of Quillan:"."""
_MARKED = re.compile(r"\s*[-—–―]{1,2}\s*$")
_LED = re.compile(r"\s*(?P<name>[^\W_][^\n:]{0,60}?)\s+(?P<cue>wrote|said|posted|schrieb|a écrit|escribió)\s?:")
_HANDLE = re.compile(r"\s*\(?@[\w.@-]+\)?\s*$")
_STAMP = re.compile(r"[^\n]{0,30}\d{1,4}[^\n]{0,40}$")
_MARKS = "\"“”‘’«»'"


def quotations(analysis: Analysis) -> list[Voice]:
    """The quotations that are set in, each with who is said to say it; nothing for who where that is not told."""
    text, blocks = analysis.document.text, analysis.document.blocks
    found: list[Voice] = []
    number = base = 0
    below: set[int] = set()
    while number < len(blocks):
        depth = blocks[number].depth
        # What a label stands over is a turn, however deep the layout sets it, and no quotation.
        base = depth if blocks[number].kind is BlockKind.LABEL else min(base, depth)
        if depth <= base:
            number += 1
            continue
        end = number
        while end < len(blocks) and blocks[end].depth >= depth and blocks[end].kind is not BlockKind.LABEL:
            end += 1
        while end < len(blocks) and blocks[end].kind is BlockKind.SIGNATURE:
            end += 1
        if end < len(blocks) and blocks[end - 1].kind is not BlockKind.SIGNATURE and _below(text, blocks[end]):
            below.add(end)
            end += 1
        for first, last in _parted(text, blocks, number, end):
            if last - 1 in below:
                signed = blocks[last - 1]
                said = tuple(block.span for block in blocks[first : last - 1])
                name = Span(signed.span.start, signed.span.start + len(_FIRST.split(signed.span.of(text))[0]))
                found.append(Voice((name,), (), said, "quotation"))
                continue
            voice = _quotation(analysis, blocks, first, last)
            if voice is not None:
                found.append(voice)
        number = max(end, number + 1)
    return found


_FIRST = re.compile(r"\s*[,(|·]")


def _below(text: str, block: Block) -> bool:
    """Whether a block right below a quotation signs it: a name with an age, an office or a place, and no sentence."""
    words = block.span.of(text)
    if block.kind is not BlockKind.PARAGRAPH or len(words) > 90 or words[-1] in ".!?:" or "\n" in words:
        return False
    if somebody(words):
        return True
    if "," not in words:
        return False
    name = _FIRST.split(words)[0]
    return names(name) and len(name.split()) <= 4 and "\n" not in name


def somebody(words: str) -> bool:
    """Whether a line without a verb tells what somebody is, in place of a name: "Retired judge, 78", "Night editor of a
    newspaper", "a guard who did not give his name"."""
    first = re.split(r"\s*,|\s(?:of|from|who|in|at|on|by|with)\s", words)[0].split()
    if not 1 <= len(first) <= 4:
        return False
    last = first[-1].lower()
    return last in words_of("persons") or (len(last) > 4 and last.endswith(tuple(words_of("endings of persons"))))


def _parted(text: str, blocks: Sequence[Block], first: int, last: int) -> list[tuple[int, int]]:
    """Quotations side by side: each ends with its signature."""
    result, start = [], first
    for number in range(first, last):
        signature = number > start and blocks[number].kind is BlockKind.SIGNATURE
        if signature or _signs(text, blocks[number]):
            goes_on = number + 1 < last and blocks[number + 1].kind is BlockKind.SIGNATURE
            if not goes_on:
                result.append((start, number + 1))
                start = number + 1
    if start < last:
        result.append((start, last))
    return result


def _quotation(analysis: Analysis, blocks: Sequence[Block], first: int, last: int) -> Voice | None:
    text = analysis.document.text
    inside = list(range(first, last))
    source: Spans = ()
    cue: Spans = ()
    signs = [n for n in inside if _signs(text, blocks[n])]
    signed = next((n for n in signs if any(map(str.isalpha, blocks[n].span.of(text)))), None)
    led = _LED.match(text, blocks[first].span.start, blocks[first].span.end)
    if signed == first and led is not None:
        source, cue = (Span(*led.span("name")),), (Span(*led.span("cue")),)
        inside = inside[1:]
    elif signed is not None and signed > first:
        source, cue = _signature(text, blocks[signed])
        inside = [n for n in inside if n < signs[0]]
    elif len(inside) > 2 and _posted(text, blocks, first):
        source = (blocks[first].span,)
        inside = [n for n in inside[2:] if not _stamp(text, blocks[n].span)]
    content = tuple(blocks[n].span for n in inside)
    content, inner = _undashed(text, content)
    if not content or not any(any(map(str.isalpha, span.of(text))) for span in content):
        return None
    if not source and inner is not None:
        source, cue = inner
    if not source:
        told = introduced(analysis, first)
        source, cue = told if told is not None else ((), ())
    return Voice(source, cue, content, "quotation")


def _signs(text: str, block: Block) -> bool:
    words = block.span.of(text)
    if block.kind is BlockKind.SIGNATURE:
        return True
    match = _DASH.match(text, _dash(text, block), block.span.end)
    return match is not None and len(words.split()) <= 16 and match["name"][0].isupper()


def _dash(text: str, block: Block) -> int:
    """Where a block begins, with the dash before it that a reader takes for the mark of an item."""
    begin = max(text.rfind("\n", 0, block.span.start) + 1, block.span.start - 40)
    return begin if _MARKED.match(text[begin : block.span.start]) else block.span.start


def _signature(text: str, block: Block) -> tuple[Spans, Spans]:
    match = _DASH.match(text, _dash(text, block), block.span.end)
    start = match.start("name") if match else block.span.start
    stop = _NAME_END.search(text, start + 1, block.span.end)
    name = trimmed(text, start, stop.start() if stop else block.span.end)
    return (name,) if name else (), (Span(*match.span("cue")),) if match else ()


def _undashed(text: str, content: Spans) -> tuple[Spans, tuple[Spans, Spans] | None]:
    """The content without a line at its end that signs it."""
    if not content:
        return content, None
    last = content[-1]
    at = text.rfind("\n", last.start, last.end) + 1
    if at <= last.start or not _signs(text, Block(Span(at, last.end))) or _DASH.match(text[at : last.end]) is None:
        return content, None
    start = at + len(text[at : last.end]) - len(text[at : last.end].lstrip(" >\t"))
    rest = trimmed(text, last.start, at)
    signed = _signature(text, Block(Span(start, last.end)))
    return (*content[:-1], *((rest,) if rest else ())), signed


def _posted(text: str, blocks: Sequence[Block], first: int) -> bool:
    """Whether a post begins with its author and the handle."""
    name, handle = blocks[first].span.of(text), blocks[first + 1].span.of(text)
    return len(name) <= 60 and _HANDLE.match(handle) is not None


def _stamp(text: str, span: Span) -> bool:
    words = span.of(text)
    return len(words) <= 60 and words[-1] not in ".!?" + _MARKS and _STAMP.match(words) is not None


def introduced(analysis: Analysis, number: int) -> tuple[Spans, Spans] | None:
    """The source that the block above a quotation names, and the words that say so; None where it names nobody.

    "In a letter to the union, Lena Roth wrote:", "And from Chairwoman Pell:", "Her answer goes on:", "Here is the
    statement of the mayor in full:", "The governor's office sent a notice of its own."
    """
    blocks, text = analysis.document.blocks, analysis.document.text
    before = number - 1
    if before < 0 or blocks[before].kind in (BlockKind.CELL, BlockKind.LABEL) or before not in analysis.by_block:
        return None
    block = blocks[before].span
    line = text.rfind("\n", block.start, block.end) + 1
    match = _FROM.match(text, max(line, block.start), block.end) or _FROM.match(text, block.start, block.end)
    if match is not None and (names(match["name"].removeprefix("the ")) or match["name"][0].isupper()):
        return (Span(*match.span("name")),), (Span(*match.span("cue")),)
    sent = _TO.match(text, max(line, block.start), block.end)
    if sent is not None and names(sent["name"]) and _named(analysis, Span(*sent.span("name"))):
        return (Span(*sent.span("name")),), (Span(*sent.span("cue")),)
    tokens = analysis.by_block[before]
    sentence = analysis.sentences[analysis.tokens[tokens[-1]].sentence]
    colon = text[block.end - 1] == ":"
    nouns = words_of("what may be quoted")
    verbs = [i for i in range(sentence.first, sentence.last) if analysis.tokens[i].pos in ("VERB", "AUX")]
    told = [i for i in verbs if _tells(analysis, i)]
    whose = _owner(analysis, sentence.first, sentence.last, nouns)
    if not (colon or told or whose):
        return None
    for verb in (*told, *verbs):
        who = subject(analysis, verb)
        if who is None or analysis.tokens[who].dep == rel.NSUBJ_PASS:
            continue
        token = analysis.tokens[who]
        if token.lemma in words_of("empty subjects") or token.lemma in ("here", *nouns):
            continue
        if token.pos in ("NOUN", "PROPN", "PRON") and (verb in told or (colon and whose is None)):
            return (phrase(analysis, who, without=[verb]),), (analysis.span(verb, verb),)
    if whose is not None:
        return (phrase(analysis, whose[0]),), (analysis.span(whose[1], whose[1]),)
    return None


def _named(analysis: Analysis, span: Span) -> bool:
    """Whether words are a name by the parse too: "Massik", "The Council of Osk", and not "Next", "Letter"."""
    inside = analysis.tokens_in(span)
    head = root(analysis, inside)
    return head is not None and analysis.tokens[head].pos == "PROPN" and analysis.tokens[inside[0]].pos != "VERB"


def _tells(analysis: Analysis, verb: int) -> bool:
    row = row_of(analysis, verb, "verb", "phrase")
    if row is not None and "quote" in row.frames:
        return True
    issued = words_of("verbs of issuing")
    nouns = words_of("what may be quoted")
    return analysis.tokens[verb].lemma in issued and any(
        analysis.tokens[i].lemma in nouns for i in analysis.subtree(verb)
    )


def _owner(analysis: Analysis, first: int, last: int, nouns: frozenset[str]) -> tuple[int, int] | None:
    """Whose letter, statement, answer it is: who stands in the genitive, or behind "of", "by" or "from"."""
    for noun in range(first, last):
        if analysis.tokens[noun].lemma not in nouns or analysis.tokens[noun].pos not in ("NOUN", "PROPN"):
            continue
        owner = child(analysis, noun, (rel.POSS,))
        if owner is not None:
            return owner, noun
        for one in analysis.children[noun]:
            below = (one, *(analysis.children[one] if analysis.tokens[one].pos == "VERB" else ()))
            for preposition in below:
                if analysis.tokens[preposition].lemma in ("of", "by", "from"):
                    named = child(analysis, preposition, (rel.POBJ,))
                    if named is not None:
                        return named, noun
    return None
