"""Statements that are given in full: a document that is somebody's own as a whole, and a text that brings one in."""

from __future__ import annotations

import re

from purport.extract.voices.quotations import introduced
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Span, Spans, trimmed
from purport.syntax.speakers import body, names

_END = re.compile(
    r"\s*(?:\*\s?\*\s?\*|#\s?#\s?#|-\s?30\s?-|[-–—]?\s?ends?\s?[-–—]?|\[?END(?: OF (?:STATEMENT|TEXT"
    r"|LETTER|SPEECH))?\]?"
    r"|(?:Press |Media )?contacts?:|For (?:more|further) information,? (?:please )?contact|Distributed by)",
    re.I,
)
_RULE = re.compile(r"[\W_]+$")
_WHO = r"(?P<source>(?:the |The )?[^\W\d_][^\n:;]{1,120}?)"
_TAIL = (
    r"(?=$|\n|\s(?:on|at|to|for|regarding|concerning|about|following|after|in response|in reaction|before"
    r"|during|condemning|welcoming|hailing|accusing|praising|denouncing|rejecting|calling|urging|announcing|denying"
    r"|demanding|warning|thanking|mourning|marking|supporting|opposing|deploring|regretting|commending|protesting"
    r"|congratulating)\b|,\s)"
)
_ISSUED = re.compile(
    r"[\s*_]*(?:[\w’'-]+ ){0,3}?(?P<cue>(?:press |joint |public |media |official |open |final |full "
    r"|military |news |policy |witness |sworn |written |solemn )*"
    r"(?:statement|communiqu[eé]|declaration|letter|speech|remarks|address|message|release|appeal|bulletin|testimony"
    r"|affidavit|deposition|resolution|proclamation|open letter))"
    r"(?:\s+(?:no\.?|number|nr\.?|#)\s*\d+)?(?:\s+\d+\s*(?:\(\d{4}\))?)?"
    rf"[\s,:–—-]+(?:issued |delivered |made |given |released |published )?(?:by|from|of)\s+{_WHO}{_TAIL}",
    re.I,
)
_SPEAKS = re.compile(
    rf"\s*{_WHO}(?:['’]s?)?\s*[:–—,-]?\s+(?P<cue>(?:press |opening |closing |full "
    rf"|prepared )?(?:statement|remarks|speech|address|message|testimony))"
    r"\s+(?:on|at|to|before|in|for|following)\b",
    re.I,
)
_FULL = re.compile(
    r"\b(?:full (?:text|statement|letter|speech|transcript)|following (?:statement|letter|text"
    r"|message|communiqu[eé]|declaration)"
    r"|(?:statement|letter|text|message|communiqu[eé]|declaration|answer|speech"
    r"|reply)[^.:\n]{0,60}\b(?:in full|follows|reads|as follows|goes on|continues)"
    r"|this (?:statement|letter|message|answer|reply)|the (?:statement|letter) (?:reads|says|follows))",
    re.I,
)
_QUOTES = '"“„«‘'
_EARLY = 8
"""Blocks from a document's beginning in which it is said whose all of it is."""


def statements(analysis: Analysis) -> list[Voice]:
    """A statement over a whole document, or those that a text gives in full below a line that says so."""
    sworn = _sworn(analysis)
    if sworn:
        return sworn
    several = _several(analysis)
    if several:
        return several
    whole = _whole(analysis) or _release(analysis) or _diary(analysis)
    return [whole] if whole is not None else _brought_in(analysis)


_OATH = re.compile(
    r"I, (?:the undersigned,? )?(?P<source>[^\W\d_][^\n,;:]{2,60}?)(?:,[^\n]{0,120}?)?,? (?:do )?"
    r"(?:solemnly |hereby |sincerely )*"
    r"(?P<cue>make oath|swear|state|declare|affirm|depose|say|certify|attest|testify)\b"
)


def _sworn(analysis: Analysis) -> list[Voice]:
    """Statements that each begin with "I, Gerda Hulme, weigher, make oath as follows"."""
    text, blocks = analysis.document.text, analysis.document.blocks
    begins = [(n, match) for n, b in enumerate(blocks) if (match := _OATH.match(text, b.span.start, b.span.end))]
    found = []
    for at, (number, match) in enumerate(begins):
        last = begins[at + 1][0] if at + 1 < len(begins) else len(blocks)
        heads = (n for n in range(number + 1, last) if blocks[n].kind is BlockKind.HEADING)
        content = tuple(block.span for block in blocks[number : next(heads, last)])
        found.append(Voice((Span(*match.span("source")),), (Span(*match.span("cue")),), content, "statement"))
    return found


_DIARY = re.compile(
    r"(?i:(?:from |the |extracts? |pages? |leaves ){0,4}(?:[^\W\d_]{2,16} ){0,1}"
    r"(?P<cue>diar(?:y|ies)|journals?|notebooks?|memoirs?|recollections) (?:kept )?(?:of|by))"
    r" (?P<source>(?:[^\W\d_a-z][\w.'’-]{1,30} ){1,3}[^\W\d_a-z][\w.'’-]{1,30})"
)
_MINE = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")


def _diary(analysis: Analysis) -> Voice | None:
    """A text whose title says that it is from somebody's diary, and that tells of "me" in it; remarks in brackets are
    the editor's."""
    text, blocks = analysis.document.text, analysis.document.blocks
    for number, block in enumerate(blocks[:2]):
        match = _DIARY.match(text, block.span.start, min(block.span.end, block.span.start + _HEAD))
        if match is None or not (names(match["source"]) or match["source"].isupper()):
            continue
        said = tuple(
            b.span for b in blocks[number + 1 :] if b.kind is not BlockKind.HEADING and _lettered(text, b.span)
        )
        said = tuple(span for span in said if span.of(text)[0] not in "[(" and span.of(text)[-1] in '.!?…"”’')
        if sum(_MINE.search(span.of(text)) is not None for span in said) >= 2:
            return Voice((Span(*match.span("source")),), (Span(*match.span("cue")),), said, "statement")
    return None


_ALIKE = re.compile(r"[\W\d_]+|\b(?:first|second|third|fourth|further)\b", re.I)


def _several(analysis: Analysis) -> list[Voice]:
    """Statements one behind the other, each under a line that says whose it is in the same words: "First witness
    statement of Silvester Obuya"."""
    text, blocks = analysis.document.text, analysis.document.blocks
    begins: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for number, block in enumerate(blocks):
        match = _ISSUED.match(text, block.span.start, block.span.end) if len(block.span) < _HEAD else None
        if match is not None and not block.depth and _heading(block.span.of(text)) and _somebody(match["source"]):
            begins.setdefault(_ALIKE.sub(" ", match["cue"].lower()), []).append((number, match))
    heads = max(begins.values(), key=len, default=[])
    if len({match["source"] for _, match in heads}) < 2:
        return []
    found = []
    for at, (number, match) in enumerate(heads):
        last = heads[at + 1][0] if at + 1 < len(heads) else len(blocks)
        said = [
            b.span for b in blocks[number + 1 : last] if b.kind is not BlockKind.HEADING and _lettered(text, b.span)
        ]
        if said:
            source = trimmed(text, match.start("source"), match.end("source"))
            cue = trimmed(text, match.start("cue"), match.end("cue"))
            found.append(Voice((source,) if source else (), (cue,) if cue else (), tuple(said), "statement"))
    return found


_HEAD = 160
"""Characters of a line at most that heads a statement."""


def _lettered(text: str, span: Span) -> bool:
    """Whether words say something, and are no rule, number of a page or note that somebody signed."""
    words = span.of(text)
    return not _RULE.match(words) and words[0] not in "-=_" and not _DIRECTION.match(words) and words[:1] != "("


def _whole(analysis: Analysis) -> Voice | None:
    text, blocks = analysis.document.text, analysis.document.blocks
    for number, block in enumerate(blocks[: 2 * _EARLY]):
        if block.depth or block.kind in (BlockKind.CELL, BlockKind.LABEL):
            continue
        if number >= _EARLY and block.kind is not BlockKind.HEADING:
            continue
        words = block.span.of(text)
        if len(words) > 400:
            return None
        short = len(words) < 160 and words.rstrip()[-1] not in ".!?:" and block.kind is not BlockKind.ITEM
        if not words.lstrip("*_#[( ")[:1].isupper():
            continue
        head = number == 0 or block.kind is BlockKind.HEADING or block.strong or short
        match = _ISSUED.match(text, block.span.start, block.span.end) if head else None
        split = match is None and head and number + 1 < len(blocks) and _heading(words)
        if split:
            end = blocks[number + 1].span.end
            match = _ISSUED.match(text, block.span.start, end)
        if match is None:
            match = _resolving(text, block.span) or _released(text, block.span, number)
        if match is None:
            continue
        source = trimmed(text, match.start("source"), match.end("source"))
        if source is None or not _somebody(source.of(text)):
            continue
        first = next((n for n, one in enumerate(blocks) if one.span.start >= match.end() and n > number), len(blocks))
        content = _body(analysis, first)
        if content:
            cue = trimmed(text, match.start("cue"), match.end("cue")) if match["cue"] else None
            return Voice((source,), (cue,) if cue else (), content, "statement")
    return None


_MARKED = re.compile(
    r"^[ \t]*(?:(?:press|news|media) (?:release|statement|notice)|for immediate release|embargoed)\b", re.I | re.M
)
_ANNOUNCED = re.compile(
    r"(?P<name>(?:The )?[A-Z][\w’'-]+(?: (?:of|for|the|and|on|[A-Z][\w’'-]+)){0,8}?)(?: today"
    r"| on \w+)?,? (?:today |has |have )?"
    r"(?P<cue>announce[sd]?|declare[sd]?|state[sd]?|confirm(?:s|ed)?|condemn(?:s|ed)?|welcome[sd]?|call(?:s|ed)|publish(?:es|ed)|launch(?:es|ed)|launche[sd]|said)\b"
)


def _release(analysis: Analysis) -> Voice | None:
    """A press release: a line near its beginning says that it is one, and its title or its first sentence whose."""
    text, blocks = analysis.document.text, analysis.document.blocks
    marks: list[int] = [
        n
        for n, block in enumerate(blocks[: _EARLY + 2])
        if len(block.span) < 160 and _MARKED.search(block.span.of(text))
    ]
    if not marks:
        return None
    last = marks[-1]
    for number in marks:
        block = blocks[number]
        line = text.find("\n", block.span.start, block.span.end)
        beside = [block.span] if line < 0 else [Span(block.span.start, line)]
        beside += [blocks[number - 1].span] if number and blocks[number - 1].kind is not BlockKind.LABEL else []
        for span in beside:
            words = span.of(text)
            if (
                not _MARKED.match(words)
                and len(words) < 80
                and words[-1] not in ".!?:"
                and names(words)
                and body(words.lower())
            ):
                content = _body(analysis, last + 1)
                return Voice((span,), (), content, "statement") if content else None
    for block in blocks[: last + 3]:
        words = block.span.of(text)
        at = words.find(":")
        if block.kind is BlockKind.HEADING and 0 < at < 60 and names(words[:at]):
            source, cue = (
                Span(block.span.start, block.span.start + at),
                (Span(block.span.start + at, block.span.start + at + 1),),
            )
            return Voice((source,), cue, _body(analysis, last + 1), "statement") if _body(analysis, last + 1) else None
    for number in range(last + 1, min(len(blocks), last + 5)):
        match = _ANNOUNCED.search(
            text, blocks[number].span.start, min(blocks[number].span.end, blocks[number].span.start + 300)
        )
        if match is not None:
            source = Span(*match.span("name"))
            return Voice((source,), (Span(*match.span("cue")),), _body(analysis, last + 1), "statement")
    content = _body(analysis, last + 1)
    return Voice((), (blocks[marks[0]].span,), content, "statement") if content else None


def _heading(words: str) -> bool:
    return len(words) < 120 and words.rstrip()[-1] not in ".!?:"


_RESOLVES = re.compile(
    r"(?P<source>The (?:[A-Z][\w’'-]+|of|the|and|for)(?: (?:[A-Z][\w’'-]+|of|the|and|for)){0,8}),(?P<cue>)\s*$"
)
_RELEASES = re.compile(
    rf"{_WHO}\s+(?:has |have |today |on \w+ )?(?P<cue>(?:released|issued|published|made|sent out"
    rf"|gave out|put out) (?:the following|this) "
    r"(?:\w+ )?(?:statement|communiqu[eé]|declaration|letter|message|text))\b[^\n]{0,80}:\s*$",
    re.I,
)


def _resolving(text: str, span: Span) -> re.Match[str] | None:
    return _RESOLVES.match(text, span.start, span.end)


def _released(text: str, span: Span, number: int) -> re.Match[str] | None:
    """A document that begins with "X released the following statement:"."""
    return _RELEASES.match(text, span.start, span.end) if number <= 1 else None


def _somebody(name: str) -> bool:
    words = name.split()
    capital = [word for word in words if word[0].isupper()]
    return bool(capital) and len(words) <= 24 and name.lower() not in words_of("empty subjects")


def _body(analysis: Analysis, first: int) -> Spans:
    """The blocks of a statement from its first on, to the mark of its end."""
    text, blocks = analysis.document.text, analysis.document.blocks
    found = []
    last = _marked_off(text, blocks[first].span.start, analysis) if first < len(blocks) else None
    for block in blocks[first:last]:
        words = block.span.of(text)
        if _END.match(words) and len(words) < 300:
            break
        if block.kind is not BlockKind.HEADING and not _RULE.match(words) and not _DIRECTION.match(words):
            found.append(block.span)
    return tuple(found)


_DIRECTION = re.compile(r"(?:\([^()\n]{3,200}\)|\[[^\[\]\n]{3,200}\])[.!]?$")
"""A stage direction: "(Applause.)"."""


def _brought_in(analysis: Analysis) -> list[Voice]:
    text, blocks = analysis.document.text, analysis.document.blocks
    found = []
    for number, block in enumerate(blocks[:-1]):
        words = block.span.of(text)
        after = blocks[number + 1]
        if not words.endswith(":") or after.depth or after.kind in (BlockKind.LABEL, BlockKind.ITEM, BlockKind.CELL):
            continue
        quoted = after.span.of(text)[0] in _QUOTES
        if not _FULL.search(words) and not quoted:
            continue
        told = introduced(analysis, number + 1)
        content = _quoted(analysis, number + 1) if quoted else _full(analysis, number + 1, early=number < _EARLY // 2)
        if content and (told is not None or not quoted):
            source, cue = told if told is not None else ((), ())
            found.append(Voice(source, cue, content, "statement"))
    return found


def _quoted(analysis: Analysis, first: int) -> Spans:
    """Paragraphs that each begin with the mark of one quotation, to the one that ends with its closing mark."""
    text, blocks = analysis.document.text, analysis.document.blocks
    found = []
    for block in blocks[first:]:
        words = block.span.of(text)
        if words[0] not in _QUOTES or block.kind is BlockKind.HEADING:
            break
        found.append(block.span)
        if words.rstrip(".")[-1] in '"”»’':
            break
    return tuple(found) if len(found) > 1 else ()


def _full(analysis: Analysis, first: int, *, early: bool) -> Spans:
    text, blocks = analysis.document.text, analysis.document.blocks
    marked = next((n for n in range(first, len(blocks)) if _END.match(blocks[n].span.of(text))), None)
    between = _marked_off(text, blocks[first].span.start, analysis)
    if between is not None:
        marked = between if marked is None else min(marked, between)
    if marked is not None:
        return tuple(block.span for block in blocks[first:marked] if block.kind is not BlockKind.HEADING)
    return _body(analysis, first) if early else (blocks[first].span,)


def _marked_off(text: str, start: int, analysis: Analysis) -> int | None:
    """The number of the first block after a line of marks such as "***", which is in no block; None without one."""
    match = re.compile(r"\n\s*(?:\*[ ]?){3,}\s*\n|\n\s*(?:#[ ]?){3,}\s*\n").search(text, start)
    if match is None:
        return None
    blocks = analysis.document.blocks
    return next((n for n, block in enumerate(blocks) if block.span.start >= match.end()), len(blocks))
