"""Lines of a PDF in reading order -> paragraphs, headings and items, with words joined that line ends had parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from purport.model.document import BlockKind, Segment
from purport.read.assemble import Piece
from purport.read.layout import MARKER, SPEAKER
from purport.read.pdf.lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = "-\u2010\u00ad"
_BULLETS = "•‣◦▪●·\uf0b7"
_STOPS = '.!?:…"”'
_PREFIXES = frozenset(["self", "non", "anti", "vice", "quasi", "ultra", "cross", "post", "semi"])
_SHORT_PREFIXES = frozenset(["ex", "co", "pro", "pre"])
_AFTER_PREFIX = frozenset(
    """army author chair chairman chief coalition democracy director founder general government husband independence
    leader leaders member militia minister ministers negotiator officer officers opposition peace police premier
    president prisoner prisoners rebel rebels regime reform sponsor sponsors soldier soldiers war wife worker""".split()
)
"""What "ex-", "co-" and "pro-" stand before; any other word that begins so is taken for one word ("ex-plain")."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """The pieces of a document; each character's segment leads to pdfium's index of it in its page."""
    words = Counter(word for plain in _plain(lines) for word in _WORD.findall(plain.lower()))
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.glyphs)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > 1.12 * body), reverse=True)
    for group in _groups(lines):
        text, segments = _joined(group, words)
        level = larger.index(group[0].size) + 1 if group[0].size in larger else 0
        kind = _kind(group, text, level)
        yield Piece(text, segments, kind, level if kind is BlockKind.HEADING else 0)


def _plain(lines: Sequence[Line]) -> Iterator[str]:
    """The lines' texts without the two parts of a word that a hyphen at a line's end parted."""
    parted = False
    for line in lines:
        text = line.text.strip()
        if parted:
            text = text.partition(" ")[2]
        parted = text[-1:] in tuple(_HYPHENS)
        yield text.rpartition(" ")[0] if parted else text


def _kind(group: Sequence[Line], text: str, level: int) -> BlockKind:
    if MARKER.match(group[0].text) or group[0].text.lstrip()[:1] in tuple(_BULLETS):
        return BlockKind.ITEM
    short = len(text) <= 200 and len(group) <= 4
    if short and level and any(c.isalpha() for c in text):
        return BlockKind.HEADING
    bold = all(line.bold for line in group) and len(text) <= 120 and text.rstrip()[-1:] not in tuple(".!?;,")
    return BlockKind.HEADING if bold and short else BlockKind.PARAGRAPH


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    leading = _leading(lines)
    group: list[Line] = []
    for line in lines:
        if group and _parts(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of base lines for each size of type."""
    steps: dict[float, list[float]] = {}
    for a, b in pairwise(lines):
        if a.page == b.page and a.column == b.column and a.size == b.size and 0 < a.y - b.y < 3 * a.size:
            steps.setdefault(a.size, []).append(round(a.y - b.y, 1))
    # The lower quarter: where every paragraph is one or two lines, the gaps between them are as many as the leadings.
    return {size: sorted(found)[len(found) // 4] for size, found in steps.items()}


_ASKED = re.compile(r"\s*[QA][.:]?\s+(?=[A-Z])")


def _parts(group: Sequence[Line], line: Line, leading: dict[float, float]) -> bool:
    """Whether `line` begins a new paragraph after the lines of `group`."""
    before = group[-1]
    size = max(before.size, 1.0)
    if not 0.9 < line.size / size < 1.12 or line.bold != before.bold:
        return not _goes_on_in_other_type(before, line)
    ended = before.text.rstrip()[-1:] in tuple(_STOPS)
    if ended and (SPEAKER.match(line.text) or _ASKED.match(line.text)):
        return True
    if MARKER.match(line.text) or line.text.lstrip()[:1] in tuple(_BULLETS):
        in_list = bool(MARKER.match(group[0].text)) or group[0].text.lstrip()[:1] in tuple(_BULLETS)
        if ended or in_list or line.text.lstrip()[:1] in tuple(_BULLETS):
            return True
    if before.page != line.page or before.column != line.column:
        first = line.text.lstrip()[:1]
        short = before.right < before.end - 0.3 * (before.end - before.begin) and not first.islower()
        return ended or short or (_indented(line) and not first.islower())
    step = before.y - line.y
    if step > 1.35 * leading.get(line.size, 1.2 * size) or step < -0.5 * size:
        return True
    if _indented(line) and not _indented(before) and not MARKER.match(group[0].text):
        return ended
    return ended and _could_take(before, line)


def _goes_on_in_other_type(before: Line, line: Line) -> bool:
    """Whether bold or larger words at a line's start or end only happen to fill a line of running text."""
    same = before.page == line.page and before.column == line.column and 0.9 < line.size / max(before.size, 1) < 1.12
    near = 0 < before.y - line.y < 1.5 * before.size
    return same and near and line.text.lstrip()[:1].islower() and before.text.rstrip()[-1:] not in tuple(_STOPS)


def _indented(line: Line) -> bool:
    return 0.7 * line.size < line.left - line.begin < 6 * line.size


def _could_take(before: Line, line: Line) -> bool:
    """Whether the first word of `line` would have fitted on the line before, which then ended on purpose."""
    first = line.text.split()[0] if line.text.split() else ""
    width = (line.right - line.left) / max(len(line.text), 1) * (len(first) + 1)
    return before.right + width < before.end - 0.08 * (before.end - before.begin)


def _joined(group: Sequence[Line], words: Counter[str]) -> tuple[str, tuple[Segment, ...]]:
    """A paragraph's text and segments. One space joins lines; a hyphen that only parts a word is left out."""
    made = _Text()
    for at, line in enumerate(group):
        glyphs = list(line.glyphs)
        if at == 0 and glyphs[0].char in _BULLETS:
            glyphs = glyphs[1:]
        after = group[at + 1] if at + 1 < len(group) else None
        hyphen = None
        if (
            after is not None
            and glyphs
            and glyphs[-1].char in _HYPHENS
            and len(glyphs) > 1
            and glyphs[-2].char.isalpha()
        ):
            hyphen = glyphs.pop()
        for glyph in glyphs:
            if glyph.char != "\u00ad":
                made.add(glyph.char, line.page, glyph.index)
            elif glyph is glyphs[-1] and after is None:
                made.add("-", line.page, glyph.index)
        if hyphen is not None and after is not None:
            soft = hyphen.char == "\u00ad"
            if _keeps_hyphen(line.text.rstrip()[:-1], after.text.lstrip(), words):
                made.add("-", line.page, hyphen.index if not soft or hyphen.size else -1)
        elif after is not None:
            made.add(" ", line.page, -1)
    return "".join(made.parts), tuple(made.segments)


class _Text:
    """Text that grows by a character at a time, with the segments that lead back from it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self._length = 0
        self._next: tuple[int, int | None] = (-1, -1)

    def add(self, char: str, page: int, index: int) -> None:
        """Add what the character at `index` of the page stands for; an index of -1 is one that the reader puts in."""
        if char.isspace() and (not self.parts or self.parts[-1].isspace()):
            return
        char = " " if char.isspace() else char
        for letter in _LIGATURES.get(char, "\ufffd" if "\ud800" <= char <= "\udfff" else char):
            offset = None if index < 0 else index
            if self._next != (page, offset) or not self.segments:
                self.segments.append(Segment(self._length, page, offset))
            self._next = (page, None if offset is None else offset + 1)
            self.parts.append(letter)
            self._length += 1


def _keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Whether the hyphen between the end of one line and the start of the next belongs to the word."""
    head = re.search(r"[^\W_]+(?:-[^\W_]+)*$", before)
    tail = re.match(r"[^\W_]+(?:-[^\W_]+)*", after)
    if head is None or tail is None or not after[0].islower():
        return True
    first, second = head[0].lower(), tail[0].lower()
    if words[first + second]:
        return False
    if words[f"{first}-{second}"] or first in _PREFIXES:
        return True
    return first in _SHORT_PREFIXES and (second in _AFTER_PREFIX or words[second] > 0)
