"""Interviews without labels: questions in bold letters or as headings, and answers in plain ones below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.lexicons.titles import titles
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import names

_ASKED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.I)
_TOLD = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|mine)\b")
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?:\s(?:[^\W\d_a-z]\.|de|van|von|al|bin|[^\W\d_a-z][\w'’-]+)){1,3}")
_WRITER = re.compile(r"(?:\b[Bb]y|[Ii]nterview(?:ed)? by|[Pp]hoto:?|[Tt]ext:?)\s*$")
_MEETS = re.compile(r"\s+(?:met|spoke (?:to|with)|talked to|asked|interviewed|sat down|visited|reports?)\b")


def interviews(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The questions, whose asker is not named, and the answers of whoever the title or the lead names."""
    asked = [n for n, block in enumerate(blocks) if _question(text, blocks, n)]
    if len(asked) < 2 or sum(blocks[n].span.of(text).rstrip('"”*_ ').endswith("?") for n in asked) < 2:
        return []
    groups = [(n, _answer(text, blocks, n, asked)) for n in asked]
    groups = [(n, answer) for n, answer in groups if answer]
    roles = _roles(text, blocks[: asked[0]])
    addressed = any(_ASKED.search(blocks[n].span.of(text)) for n, _ in groups)
    answered = any(_TOLD.search(span.of(text)) for _, answer in groups for span in answer)
    titled = any(
        word.lower().rstrip(".") in titles() for n, _ in groups for word in blocks[n].span.of(text).split()[:1]
    )
    if len(groups) < 2 or not (roles or ((addressed or titled) and answered)):
        return []
    asker = roles.get("questions")
    who = roles.get("answers") or _interviewee(text, blocks, asked[0], [blocks[n].span.of(text) for n in asked])
    found: list[Voice] = []
    for number, answer in groups:
        found.append(Voice((asker,) if asker else (), (), (blocks[number].span,), "question of an interview"))
        found.append(Voice((who,) if who else (), (), tuple(answer), "answer in an interview"))
    return found


_TURN = re.compile(r"[—–―-]{1,2}\s*(?=[^\W_])")


_ROLE = re.compile(
    r"^[ \t]*(?:(?P<answers>Guest|Narrator|Informant|Respondent|Witness|Interviewee"
    r"|Answers|In conversation with|Interview with)"
    r"|(?P<questions>Questions|Interviewer|Interview|Interviewed by|Asked by|Questions by))\s*(?:[:|\t]|\n+)\s*"
    r"(?P<name>[^\W\d_a-z][^\n,;(|]{2,60})",
    re.MULTILINE,
)


def _roles(text: str, blocks: Sequence[Block]) -> dict[str, Span]:
    """Who answers and who asks, as fields before the first question say: "Guest: ...", "Questions: ..."."""
    found: dict[str, Span] = {}
    if not blocks:
        return found
    for match in _ROLE.finditer(text, blocks[0].span.start, blocks[-1].span.end):
        if names(match["name"].strip()):
            name = trimmed(text, *match.span("name"))
            if name is not None:
                found.setdefault("answers" if match["answers"] else "questions", name)
    return found


def dialogue(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Lines that each begin with a dash, as in dialogue: somebody's, and it is not told whose; of four at least. Where
    one asks and the other answers, the answers are of whoever the title or the lead names."""
    found = []
    for block in blocks:
        begin = text.rfind("\n", 0, block.span.start) + 1
        match = _TURN.match(text, begin if not text[begin : block.span.start].strip("—–―- ") else block.span.start)
        start = match.end() if match is not None else 0
        said = trimmed(text, start, block.span.end) if match is not None and start < block.span.end else None
        if said is not None and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            found.append(said)
    asked = [n for n, span in enumerate(found) if span.of(text).endswith("?")]
    if len(found) < 4 or len(asked) < 2:
        return []
    # Question and answer in turn: who answers is who is met in the lead.
    turn = asked[0] % 2
    first = next(n for n, block in enumerate(blocks) if block.span.overlaps(found[0]))
    in_turn = len({n % 2 for n in asked}) == 1 and first > 0
    who = _interviewee(text, blocks, first, [found[n].of(text) for n in asked]) if in_turn else None
    return [
        Voice((who,) if who is not None and n % 2 != turn else (), (), (span,), "dialogue")
        for n, span in enumerate(found)
    ]


def _question(text: str, blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    if block.kind in (BlockKind.CELL, BlockKind.LABEL, BlockKind.SIGNATURE) or not number:
        return False
    words = block.span.of(text).rstrip('*_"” ')
    bold = block.strong or (block.kind is BlockKind.HEADING and block.level != 1)
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    plain = after is not None and not after.strong and after.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return bold and plain and words[-1:] in tuple("?.!") and (len(words) > 8 or words.endswith("?"))


def _answer(text: str, blocks: Sequence[Block], number: int, asked: Sequence[int]) -> list[Span]:
    found: list[Span] = []
    for later in range(number + 1, len(blocks)):
        block = blocks[later]
        if later in asked or block.strong or block.kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.CELL):
            break
        words = block.span.of(text)
        italic = len(words) > 2 and words[0] in "*_[(" and words.rstrip(".")[-1] in "*_])"
        if italic and found:
            break
        found.append(block.span)
    return found


def _interviewee(text: str, blocks: Sequence[Block], first: int, questions: Sequence[str]) -> Span | None:
    """A name that stands before the first question: one that a question calls by its last word, else that of the
    title, else the first of the lead that does not write or ask."""
    named: list[tuple[Span, bool]] = []
    for block in blocks[:first]:
        for match in _NAME.finditer(text, block.span.start, block.span.end):
            if _WRITER.search(text[max(0, match.start() - 20) : match.start()]) or _MEETS.match(text, match.end()):
                continue
            words = match[0].split()
            start = match.start()
            if words[0].lower() in titles() and len(words) > 2:
                start += len(words[0]) + 1
            if not any(word.lower() in _NO_NAMES for word in words):
                named.append((Span(start, match.end()), block.kind is BlockKind.HEADING))
    for span, _ in named:
        if any(re.search(rf"\b{re.escape(span.of(text).split()[-1])}\b", one) for one in questions):
            return span
    heads = [span for span, heading in named if heading]
    for span in heads:
        if any(span.of(text).split()[-1] in other.of(text) for other, heading in named if not heading):
            return span
    return next((span for span, heading in named if not heading), heads[0] if heads else None)


_NO_NAMES = words_of("months") | words_of("weekdays") | {"the", "interview", "questions"}
