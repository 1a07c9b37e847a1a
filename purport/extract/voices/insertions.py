"""Words of others that stand in a record without a label: set off between marks of their beginning and end, in the
dashes below "Sel's answer, delivered at once:", in brackets ("(A woman near the gate: “Open it!”)"), and in quotation
marks behind the name that a caption or an entry begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from purport.extract.voices.runs import prose
from purport.extract.voices.slots import name_likeness
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans, trimmed
from purport.syntax.labels_names import nobody
from purport.syntax.speakers import names, person, speaks

_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]{0,30}(?:[ \t]\(?[^\W\d_a-z][\w'’-]{1,30}\)?|[ \t](?:de|van|von|of)){1,4}")
_OPENS = re.compile(
    r"[\W_]{0,8}(?:(?P<first>begins?|start)\b[^\n.!?]{0,30}|[^\n.!?]{2,30}\b(?:begins|starts))[\W_]*$", re.I
)
_CLOSES = re.compile(r"[\W_]{0,8}(?:ends?\b[^\n.!?]{0,30}|[^\n.!?]{2,30}\bends)[\W_]*$", re.I)
_ASIDE = re.compile(
    r"\((?P<who>[^\W\d_a-z][^():\n\"“”]{2,70}):[ \t]{1,4}(?P<said>\"[^\"()]{3,600}\"|“[^”()]{3,600}”)[^()\n]{0,60}\)"
)
_ENTRY = re.compile(r"(?P<said>\"[^\"\n]{0,200}(?:\n[^\"\n]{0,200}){0,8}\"|“[^”\n]{0,200}(?:\n[^”\n]{0,200}){0,8}”)")
_WROTE = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.'’-]{0,30}(?: [^\W\d_a-z][\w.'’-]{0,30}){1,4}) to (?:the |her |his |their )?[^\W\d_]"
)
_WHOSE = re.compile(r"(?:['’]s? [a-z]{3,16}|\b(?:of|by|from|for)\b)")
_SAYS = re.compile(
    r"\b(?:sa(?:ys|id)|t(?:ells|old)|wr(?:ites|ote)|asks?|asked|recall(?:s|ed)?|adds?|added|remembers?|explain(?:s|ed))\b"
)
_ITEM = re.compile(r"[ \t]*(?:[-–—]{1,2}|[•*])[ \t]+")
_ENDS = tuple(".!?…")
_MOST = 40
"""Blocks at most between the mark of a beginning and that of the end."""
_LEAD = 200
"""Characters at most of a line that brings in what stands below it."""


def insertions(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What is inserted in a record, with who says it; nobody where that is not told."""
    return [
        *_bounded(text, blocks),
        *_led(text, blocks),
        *_asides(text, blocks),
        *_entries(text, blocks),
        *_notes(text, blocks),
        *_credits(text, blocks),
        *_letters(text, blocks),
    ]


def _bounded(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """What stands between lines such as "BEGIN TEXT" and "END TEXT"."""
    at = 0
    while at < len(blocks):
        opens = len(blocks[at].span) <= 60 and _OPENS.match(blocks[at].span.of(text)) is not None
        near = range(at + 2, min(len(blocks), at + _MOST)) if opens else ()
        last = next((n for n in near if len(blocks[n].span) <= 60 and _CLOSES.match(blocks[n].span.of(text))), None)
        if last is None:
            at += 1
            continue
        yield Voice(_above(text, blocks, at), (), tuple(block.span for block in blocks[at + 1 : last]), "insertion")
        at = last + 1


def _above(text: str, blocks: Sequence[Block], number: int) -> Spans:
    """Whom the paragraph above an insertion names: whose a "reply" in it is, or the first person in it."""
    people: list[Span] = []
    for block in reversed(blocks[max(0, number - 3) : number]):
        people = list(_people(text, block.span))
        if people:
            break
    owner = next((name for name in people if text[name.start - 3 : name.start] in ("by ", "of ")), None)
    return ((owner or people[0]),) if people else ()


def _people(text: str, block: Span) -> Iterator[Span]:
    for match in _NAME.finditer(text, block.start, min(block.end, block.start + 1000)):
        words = re.sub(r"['’]s$", "", match[0])
        if (person(words) or speaks(words) or name_likeness(words) >= 0.8) and not nobody(words):
            yield Span(match.start(), match.start() + len(words))


def _led(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """What stands in below a line with a colon that has no verb of its own and names one person: "Reasons for dissent,
    recorded at the request of Cllr Sel:"; set in, or in dashes."""
    for number, block in enumerate(blocks[:-1]):
        words = block.span.of(text)
        below = blocks[number + 1]
        if words[-1] != ":" or len(words) > _LEAD or block.kind in (BlockKind.CELL, BlockKind.LABEL):
            continue
        begin = text.rfind("\n", 0, below.span.start) + 1
        listed = _ITEM.match(text, begin) is not None
        if not (below.depth > block.depth or listed) or not _WHOSE.search(words):
            continue
        name = _one(text, block.span)
        if name is None:
            continue
        said = []
        for later in blocks[number + 1 : number + 1 + _MOST]:
            start = text.rfind("\n", 0, later.span.start) + 1
            if (listed and not _ITEM.match(text, start)) or (not listed and later.depth <= block.depth):
                break
            said.append(later.span)
        yield Voice((name,), (), tuple(said), "insertion")


_LAST = re.compile(r"(?:[^\W\d_a-z][\w.’'-]{0,30} ){0,4}[^\W\d_a-z][\w’'-]{1,30}(?=:$)")
_GENITIVE = re.compile(
    r"(?:[\d.()A-Z ]{0,12}[ ])?(?P<who>(?:[^\W\d_a-z][\w.-]{0,30} ){0,4}[^\W\d_a-z][\w-]{1,30})['’]s? "
)


_GIVEN = re.compile(
    rf"\b(?:{'|'.join(sorted(words_of('what may be quoted')))}) (?:from|of|by) "
    r"(?P<who>(?:[^\W\d_a-z][\w.’'-]{0,30} ){1,4}[^\W\d_a-z][\w’-]{1,30})"
)


def _one(text: str, lead: Span) -> Span | None:
    """The name that a line ends with, or that it begins with in the genitive."""
    genitive = _GENITIVE.match(text, lead.start, lead.end)
    if genitive is not None and names(genitive["who"]):
        return Span(*genitive.span("who"))
    if (given := _GIVEN.search(text, lead.start, lead.end)) is not None and names(given["who"]):
        return Span(*given.span("who"))
    last = _LAST.search(text, max(lead.start, lead.end - 80), lead.end)
    return Span(*last.span()) if last is not None and names(last[0]) and not nobody(last[0]) else None


def _asides(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """What is called out: "(A woman near the gate: “Open it!”)"."""
    for block in blocks:
        for match in _ASIDE.finditer(text, block.span.start, block.span.end):
            who = trimmed(text, match.start("who"), match.start("who") + len(match["who"].split(",")[0]))
            if who is not None:
                yield Voice((who,), (), (Span(*match.span("said")),), "insertion")


def _entries(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """Whole sentences in quotation marks in entries that begin alike, with a number or in bold letters, and have no
    verb that says whose they are; two entries at least."""
    found: list[Voice] = []
    starts: set[str] = set()
    for number, block in enumerate(blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or len(block.span) > _ENTRY_MOST:
            continue
        head, marked = block, _marked(text, block)
        if marked is None and number and not _ENTRY.search(text, blocks[number - 1].span.start, block.span.start):
            head = blocks[number - 1]
            marked = _marked(text, head) if head.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None
        if marked is None:
            continue
        for said in _ENTRY.finditer(text, block.span.start, block.span.end):
            before = Span(head.span.start, said.start())
            inner = said["said"][1:-1].rstrip()
            if inner[-1:] not in _ENDS or len(inner.split()) < 3 or _SAYS.search(text, before.start, before.end):
                continue
            if _SAYS.search(text, said.end(), min(block.span.end, said.end() + 40)) or not before.of(text).strip():
                continue
            found.append(Voice(_entered(text, before), (), (Span(*said.span()),), "entry"))
            starts.add(marked)
    if len(found) >= 2 and (len(starts) >= 2 or all("*" in one for one in starts)):
        yield from found


_BEGINS = re.compile(
    r"[ \t]{0,12}(?P<mark>\*{1,3}[^*\n]{1,60}\*{1,3}|(?:No\.?\s{1,4})?\(?\d{1,4}(?:[./]\d{1,4})?[.)]?|\(?[a-z]\))"
    r"\s{1,12}"
)


def _marked(text: str, block: Block) -> str | None:
    """The number or the words in bold letters that an entry begins with."""
    begin = text.rfind("\n", 0, block.span.start) + 1
    at = begin if block.span.start - begin < _INDENT else block.span.start
    match = _BEGINS.match(text, at, block.span.end)
    return match["mark"] if match is not None else None


_ENTRY_MOST = 2000
"""Characters of an entry at most."""
_INDENT = 24
"""Characters before a block in which its number may stand."""


def _entered(text: str, before: Span) -> Spans:
    """Who an entry says to have written, or names first."""
    wrote = _WROTE.search(text, before.start, min(before.end, before.start + _ENTRY_MOST))
    if wrote is not None:
        return (Span(*wrote.span("who")),)
    people = list(_people(text, before))
    return (people[-1],) if people else ()


_PRESENTS = re.compile(
    r"(?P<who>The [^\W\d_a-z][^.;:]{3,120}?)\s{1,8}presents?\s{1,8}(?:its|his|her|their)\s{1,8}compliments\b"
)
_AVAILS = re.compile(r"\bavails?\s{1,8}(?:itself|himself|herself|themselves)\b")


def _notes(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """Diplomatic notes, from the compliments that they begin with to those that they close with."""
    for number, block in enumerate(blocks):
        match = _PRESENTS.match(text, block.span.start, block.span.end)
        if match is None:
            continue
        near = range(number, min(len(blocks), number + _MOST))
        last = next((n for n in near if _AVAILS.search(text, blocks[n].span.start, blocks[n].span.end)), number)
        said = tuple(one.span for one in blocks[number : last + 1])
        yield Voice((Span(*match.span("who")),), (), said, "insertion")


_CREDIT = re.compile(
    r"[-–—*_ ]{0,6}(?:[Pp]osted|[Ww]ritten|[Ss]ubmitted|[Ss]igned|[Ss]ent|[Cc]ontributed|[Ll]eft) by:?[ ]{1,3}"
    r"(?P<who>[^\W_][^\n,|(·•]{1,50})"
)


def _credits(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """What stands over lines that say who wrote it: "posted by Sel, 2 May"; two of them at least."""
    found = []
    for number, block in enumerate(blocks):
        begin = text.rfind("\n", block.span.start, block.span.end) + 1 or block.span.start
        match = _CREDIT.match(
            text, begin + len(text[begin : block.span.end]) - len(text[begin : block.span.end].lstrip())
        )
        if match is None or match.end() > block.span.end or block.kind is BlockKind.CELL:
            continue
        own = trimmed(text, block.span.start, begin) if begin > block.span.start else None
        above = blocks[number - 1] if number else None
        said = own or (above.span if above is not None and prose(text, above) else None)
        name = trimmed(text, *match.span("who"))
        if said is not None and name is not None and said.of(text)[-1] in (*_ENDS, "”", '"'):
            found.append(Voice((name,), (), (said,), "insertion"))
    if len(found) >= 2:
        yield from found


_TO = re.compile(
    r"(?P<who>(?:The )?[^\W\d_a-z][^\n.:()]{2,60}?)(?: \((?P<name>[^()\n]{2,40})\))? to (?:the |his |her )?[^\W\d_a-z]"
    r"[^\n.:!?]{2,60}$"
)
_MINE = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us|[Yy]ou|[Yy]our)\b")


def _letters(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """What stands under heads that say who writes to whom: "The Minister in Velmark (Sel) to the Secretary"; down to
    the signature, or to a line with nothing but a number. Two of them at least."""
    heads = {
        n: match
        for n, block in enumerate(blocks)
        if len(block.span) <= 140 and (match := _TO.match(text, block.span.start, block.span.end)) is not None
    }
    found = []
    for number, match in heads.items():
        source = Span(*match.span("name" if match["name"] else "who"))
        last = source.of(text).split()[-1].lower()
        said = []
        for later in range(number + 1, len(blocks)):
            words = blocks[later].span.of(text)
            if later in heads or words.isdigit() or (len(words) <= 40 and words.lower().split()[-1] == last):
                break
            if prose(text, blocks[later]) or words.rstrip("()[]0123456789")[-1:] in _ENDS:
                said.append(blocks[later].span)
        if said and any(_MINE.search(text, span.start, span.end) for span in said):
            found.append(Voice((source,), (), tuple(said), "insertion"))
    if len(found) >= 2:
        yield from found
