"""Labels: what stands before a turn and says whose it is, in the dresses that transcripts, records and chats have.

"Lena Roth:", "00:00:09 LENA ROTH, CHAIR (on camera):", ">> Roth:", "Ms. ROTH of Velmark (during the reading).",
"Oskar Beyn (Group). –", "Q.", "Roth  00:12" on a line of its own, "[04.03.31, 08:02:40] Roth:". A shape that recurs in
a text is a label even if it is none of these: what begins one line after another with a name and the same mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from purport.lexicons.classes import words_of
from purport.lexicons.titles import titles
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.intervals import Intervals
from purport.syntax.labels_names import handled, nobody, unmarked
from purport.syntax.mail_labels import messages
from purport.syntax.speakers import ORDINALS, body, names, person, speaks

_EMPHASIS = r"(?:\*\*\*|\*\*|___|__|[*_])?"
_TIME = r"[\[(]?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?(?:\s?[ap]\.?m\b\.?)?[\])]?"
_DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_NOTES = r"(?P<notes>(?:\s?\([^()\n]{1,80}\)|\s?\[[^\[\]\n]{1,80}\])*)"
_LEAD = rf"\s*(?:[-–•‣◦▪*]\s+)?(?P<chevron>>{{2,3}}\s*)?(?P<time>{_TIME}\s*[-–—|]?\s*)?{_EMPHASIS}"
_COLON = re.compile(
    rf"{_LEAD}(?P<name>[^\W_](?:[^\n:()\[\]!?\"“”*]|\*\*(?! ))"
    rf"{{0,110}}?){_EMPHASIS}{_NOTES}{_EMPHASIS}\s?(?P<cue>:){_EMPHASIS}(?=\s|$|[\"“«‘'])\s*"
)
_DASHED = re.compile(
    rf"{_LEAD}(?P<name>[^\W\d_][^\n.:!?]{{1,100}}?(?:\([^()\n]{{1,60}}\))?[^\n.:!?]{{0,60}}?)\.{_EMPHASIS}"
    r"\s?(?P<cue>[–—−-]{1,2})\s+(?=\S)"
)
_STOPPED = re.compile(
    rf"\s*{_EMPHASIS}(?P<name>(?P<title>[^\W\d_]+\.?)(?:\s(?:[^\W\d_]\.|pro|tempore|of|the|de|van|von|[^\W\d_][\w'’-]+)){{1,6}}?)"
    rf"{_NOTES}(?:,?\*\*,? \*[^*\n.]{{2,80}})?(?P<cue>\.){_EMPHASIS}\s+(?=[\"“‘(\[]?[^\W\d_])"
)
_ASKED = re.compile(
    rf"{_LEAD}(?P<name>Q|A|QUESTION|ANSWER|Question|Answer)(?:\s?\d{{1,3}})?{_EMPHASIS}{_NOTES}"
    rf"(?:\s?(?P<cue>[:.]){_EMPHASIS}\s+|\s{{2,}}|\t)(?:\((?P<by>By [^()\n]{{2,40}})\)\s+)?(?=\S)"
)
_CHAT = re.compile(
    rf"[\u200e\s]*\[?{_DAY},?\s+{_TIME}\]?\s*[-–—]?\s*[\u200e~]*(?P<name>[^\n:\]\[]{{1,60}}?)(?P<cue>:)(?:[ \u200e]+|$)"
)
_SERVICE = re.compile(rf"[\u200e\s]*\[?{_DAY},?\s+{_TIME}\]?\s*[-–—]\s*(?=\S)")
_STAMPED = re.compile(
    rf"\s*(?P<name>[^\W_][^\n:,\[\]()]{{0,60}}?)(?:,?\s*\[{_DAY}\s+{_TIME}\]|\s*[\[(]{_TIME}[\])]|\s{{1,4}}{_TIME}):?\s*$"
)
_POSTED = re.compile(
    r"(?!\s*[-—–])[^\w*@\n]{0,6}\*{0,2}(?P<name>(?!Replying|Quoting|In reply"
    r"|Follow)[^\W_][^\n@*]{0,40}?)\*{0,2}\s*[^\w\s@\[(]?\s*[\[(]?(?P<cue>@)[\w.@-]+[\])]?(?:\(\S{0,200}\))?[^\n.!?]{0,60}$"
)
_CHEVRON = re.compile(r"\s*(?P<cue>>{2,3})\s+(?=\S)")
_EXAMINER = re.compile(
    r"\s*(?:(?:Further |Re-?|Direct |Cross-? ?|Redirect |Recross )*examination(?:-in-chief)? |[A-Z-]+ EXAMINATION )?by"
    r"\s+(?P<name>[A-Z][^\n:]{2,50}?)\s?(?P<cue>:)(?:\s*\[[^\[\]\n]{0,40}\])?\s*$",
    re.I,
)
_SHAPED = re.compile(
    rf"\s*(?:(?:{_TIME}|\d{{4}}|\d{{1,3}}[.)]?)\s+)?"
    r"(?P<open>[^\w\s>*_-]{0,2})(?P<name>[^\W\d_][\w.'’]{0,20}(?:[- \u00a0][\w.'’]{1,20}){0,3}?)"
    r"(?P<notes>(?: \([^()\n]{2,40}\))?)"
    r"(?P<cue>\s?(?:->|=>|~>|>>|::|//|\|\||[^\w\s.,;:!?'\"“”‘’()-]{1,2})|\s(?:[-–—/.]{1,2})|[ ]{3,}|\t+)\s*(?=\S)"
)
_BRACKETED = re.compile(
    rf"\s*(?:{_TIME}\s+)?(?P<open>[\[<(])[@+%~& ]?(?P<name>[^\W\d_][^\n\[\]<>()]{{0,60}}?)(?P<cue>[\]>)]:?)[ \t]+(?=\S)"
)
_CREDITED = re.compile(
    r"\s*[*_>]{0,3}(?:(?:Originally |First )?(?:[Pp]osted|[Ww]ritten|[Ss]ubmitted|[Ss]ent|[Ss]aid"
    r"|[Aa]sked|[Aa]nswered|[Cc]ontributed|[Ss]igned"
    r"|[Cc]omment(?:ed)?|[Rr]epl(?:y|ied)|[Rr]esponse|[Mm]essage|[Nn]ote|[Ee]ntry|[Ee]vidence"
    r"|[Tt]estimony)) (?P<cue>by|from)\s*:?\s+"
    r"[*_]{0,3}(?P<name>[^\W_][^\n:;,»|(·•<]{0,50}?)[*_]{0,3}(?:(?:\s*[»|(·•,<–—]|\s+-)[^\n]{0,80}"
    r"| on [^\n]{0,60}| at [^\n]{0,60})?:?$"
)
_AGO = re.compile(
    rf"\s*(?:\d{{1,3}}|an?|one|two|three)?\s?(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?"
    rf"|[smhdwy])\.? ?(?:ago)?\s*$|\s*(?:yesterday|just now|today)\b[^\n]{{0,20}}$"
    rf"|\s*(?:{_DAY}|\d{{1,2}} \w{{3,9}} \d{{4}}|\w{{3,9}} \d{{1,2}}, \d{{4}})[^\n]{{0,24}}$",
    re.I,
)
_HEADED = re.compile(
    r"\s*(?:PREPARED |OPENING |WRITTEN |CLOSING |Prepared |Opening )?(?:STATEMENT|TESTIMONY|REMARKS"
    r"|Statement|Testimony) (?:OF|BY|of|by) "
    r"(?:THE )?(?:HON\.? )?(?P<name>[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*){1,4})(?:,[^\n]{0,120})?\s*$"
)
_LEADERS = re.compile(r"\.\s\.\s\.|\.{4}|…{2}")
_FAR = 200
"""Characters in which a label ends."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label: where it begins, who it names (None where that is not to be told), its mark (None for none), where what
    it brings in begins, and its dress. `by` is who asks, where a label of a question says so."""

    start: int
    name: Span | None
    cue: Span | None
    end: int
    dress: str
    by: Span | None = None

    def said(self, text: str) -> str:
        """The name in lower case, without a title's full stops; "" for none."""
        return self.name.of(text).lower().replace(".", "").strip() if self.name else ""


def labels(text: str, blocks: Sequence[Block]) -> list[Label]:
    """The labels in blocks of text, in order: those at the beginnings of blocks and of lines in them."""
    lines = list(_lines(text, blocks))
    headings = {block.span.start for block in blocks if block.kind is BlockKind.HEADING}
    found: dict[int, Label] = {}
    if "@" in text or "\n" in text or ":" in text:
        running = Intervals((block.span, None) for block in blocks if block.kind is not BlockKind.CELL)
        for one in messages(text):
            if next(running.meeting(Span(one.start, one.start + 1)), None) is not None:
                found[one.start] = Label(one.start, one.name, one.cue, one.end, "mail")
        taken = Intervals((Span(label.start, label.end), None) for label in found.values())
        lines = [line for line in lines if next(taken.meeting(Span(line.start, line.start + 1)), None) is None]
    for dress in _FINDERS:
        alone = dress in (_stamped, _own_lines, _credited, _aged, _handled)
        left = [span for span in lines if span.start not in found and (alone or span.start not in headings)]
        for label in dress(text, left):
            found[label.start] = label
    if len(found) > 1:
        for label in _matches(text, [span for span in lines if span.start not in found], _HEADED, "own"):
            found[label.start] = label
    return [found[start] for start in sorted(found)]


def read_label(text: str, span: Span) -> Label:
    """A label that a reader has marked, in its parts."""
    start, end = span.start, span.end
    message = next(messages(span.of(text) + "\n"), None)
    if message is not None:
        label = Label(0, message.name, message.cue, message.end, "mail")
        return _moved(label, start, end)
    checked = _check(text[start:end] + " ", 0, end - start + 1)
    if checked is not None:
        return _moved(checked, start, end)
    own = span.of(text)
    for pattern, dress in _DRESSES:
        for shown in (f"{own}\n", f"{own} x"):
            match = pattern.match(shown)
            if match is not None and match.end() >= len(own) - 1:
                label = _label(match, 0, dress)
                if pattern is _BRACKETED and label.name is not None and len(label.name.of(shown).split()) > 4:
                    label = replace(label, name=_at_the_end(shown, label.name))
                return _moved(label, start, end)
    first = own if "\n(" in own else _FURTHER.split(own.split("\n")[0])[0]
    timed = _CLOCK.match(first)
    begin = timed.end() if timed is not None and timed.end() < len(first) else 0
    begin = next((n for n in range(begin, len(first)) if first[n].isalnum() or first[n] == "["), begin)
    name = trimmed(text, start + begin, start + len(first)) if any(map(str.isalpha, first)) else None
    if name is not None and _NOBODY.search(name.of(text)):
        name = None
    return Label(start, name, None, end, "own")


_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?[.,\d]*\s+")
_FURTHER = re.compile(r"\s*[·•|✔✓»]|,\s*\d|\s+\(?\d{1,2}[:.]\d{2}")
_NOBODY = re.compile(
    r"^(?:no name|name withheld|anonym|(?:number|name) (?:and address )?(?:withheld|supplied)|unknown|unsigned)", re.I
)


def _moved(label: Label, by: int, end: int) -> Label:
    def there(span: Span | None) -> Span | None:
        return Span(span.start + by, min(end, span.end + by)) if span and span.start + by < end else None

    return Label(by, there(label.name), there(label.cue), end, label.dress, there(label.by))


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """The lines of blocks, those of tables and signatures apart."""
    for block in blocks:
        if block.kind in (BlockKind.CELL, BlockKind.SIGNATURE, BlockKind.LABEL):
            continue
        at = block.span.start
        for line in block.span.of(text).splitlines(keepends=True):
            span = trimmed(text, at, at + len(line))
            if span is not None:
                yield span
            at += len(line)


def _label(match: re.Match[str], start: int, dress: str) -> Label:
    groups = match.groupdict()
    name = Span(*match.span("name")) if groups.get("name") else None
    if name is not None:
        name = trimmed(match.string, name.start, name.end)
    cue = Span(*match.span("cue")) if groups.get("cue") and groups["cue"].strip() else None
    by = Span(*match.span("by")) if groups.get("by") else None
    return Label(start, name, cue, match.end(), dress, Span(by.start + 3, by.end) if by else None)


def _matches(text: str, lines: Sequence[Span], pattern: re.Pattern[str], dress: str) -> list[Label]:
    found = []
    for line in lines:
        match = pattern.match(text, line.start, min(line.end, line.start + _FAR))
        if match is not None:
            found.append(_label(match, line.start, dress))
    return found


_CHECKED = re.compile(
    rf"\s*{_EMPHASIS}(?P<label>[^\W\d_][^\n:.!?*]{{2,50}}?)(?:\s(?:no\.?\s?|#)?\d{{1,2}})?{_EMPHASIS}\s?(?P<cue>:){_EMPHASIS}(?=\s|$)\s*"
)


def _checked(text: str, lines: Sequence[Span]) -> list[Label]:
    """ "Claim:", "MYTH:", "Verdict:", "RADIO ORRIN'S ASSESSMENT:" in a fact-check."""
    found = [x for line in lines if (x := _check(text, line.start, min(line.end, line.start + _FAR))) is not None]
    return found if any(label.dress == "claimed" for label in found) else []


def _check(text: str, start: int, end: int) -> Label | None:
    match = _CHECKED.match(text, start, end)
    if match is None:
        return None
    words = match["label"].lower()
    last = words.split()[-1]
    if words in words_of("labels of what is checked"):
        dress = "claimed"
    elif words in words_of("labels of verdicts") or (last in words_of("headings of verdicts") and last != "answer"):
        dress = "rating"
    else:
        return None
    return Label(start, None, Span(*match.span("cue")), match.end(), dress)


def _chats(text: str, lines: Sequence[Span]) -> list[Label]:
    """Messages of a chat's export, and the notes of its service, whose name is nobody."""
    found = _matches(text, lines, _CHAT, "chat")
    if len(found) < 2:
        return []
    known = {label.start for label in found}
    service = [Label(label.start, None, None, label.end, "service") for label in _matches(text, lines, _SERVICE, "")]
    return found + [label for label in service if label.start not in known]


def _stamped(text: str, lines: Sequence[Span]) -> list[Label]:
    """A name and a time, or a name and a handle, on a line of their own."""
    posted = _alone(text, lines, _POSTED)
    if len(posted) >= 2:
        return posted
    found = [
        label for label in _alone(text, lines, _STAMPED) if label.name is not None and _called(label.name.of(text))
    ]
    return found if len(found) >= 2 else []


def _credited(text: str, lines: Sequence[Span]) -> list[Label]:
    """ "Posted by X » Mon 3 Mar 2031": on lines of their own, of which there are two at least."""
    found = _alone(text, lines, _CREDITED)
    if len(found) < 2:
        return []
    order = [line.start for line in lines]
    below = order.index(found[0].start) > 0 and len(lines[order.index(found[0].start) - 1]) > 2 * _SHORT
    if below and found[-1].start == order[-1]:
        return [replace(one, dress="signed") for one in found]
    return found


_SHORT = 20
"""Characters of half a line of words, which is no name."""


def _aged(text: str, lines: Sequence[Span]) -> list[Label]:
    """A name on a line of its own, and below it how long ago that was written."""
    found = []
    often = Counter(line.of(text) for line in lines)
    for line, below in pairwise(lines):
        words = line.of(text)
        dated = _AGO.match(below.of(text)) is not None and "ago" not in below.of(text)
        if dated and not person(words) and often[words] < 2:
            continue  # an outlet and its day, above an article
        short = len(words) <= 40 and words[-1] not in ".!?:;," and len(words.split()) <= 5
        if short and _AGO.match(below.of(text)) is not None and not _AGO.match(words):
            found.append(Label(line.start, line, None, below.end, "own"))
    return found if len(found) >= 2 else []


def _alone(text: str, lines: Sequence[Span], pattern: re.Pattern[str]) -> list[Label]:
    """The labels that fill their lines."""
    ends = {line.start: line.end for line in lines}
    return [label for label in _matches(text, lines, pattern, "own") if label.end >= ends[label.start]]


def _handled(text: str, lines: Sequence[Span]) -> list[Label]:
    """A name, its handle and the day, each on a line of its own."""
    found = [Label(name.start, name, None, end, "own") for name, end in handled(text, lines)]
    return found if len(found) >= 2 else []


def _called(name: str) -> bool:
    return names(name) and len(name.split()) <= 5 and (name[-1] not in "!?,;")


def _asked(text: str, lines: Sequence[Span]) -> list[Label]:
    """Questions and answers of courts, and who examines."""
    found = list(_matches(text, lines, _ASKED, "asked"))
    loose = all(label.cue is None for label in found)
    both = {label.said(text)[:1] for label in found} >= {"q", "a"}
    if not found or (loose and not both):
        return []
    if len(found) == 1 and found[0].said(text) == "a":
        return []  # "A. Denk"
    if not both and all(any(map(str.isdigit, text[label.start : label.end])) for label in found):
        return []  # "Q4." of a survey, which many answer
    return found + _matches(text, lines, _EXAMINER, "examiner")


def _dashed(text: str, lines: Sequence[Span]) -> list[Label]:
    """ "Lena Roth (Group). – Madam President"."""
    found = []
    for label in _matches(text, lines, _DASHED, "dashed"):
        name = re.split(r"[,(]", label.name.of(text))[0].strip() if label.name else ""
        if name and len(name.split()) <= 5 and names(name):
            found.append(label)
    return found if len(found) >= 2 else []


def _stopped(text: str, lines: Sequence[Span]) -> list[Label]:
    """ "Ms. ROTH. The council counted", "The SPEAKER pro tempore (Mr. TARN)."."""
    found = []
    for label in _matches(text, lines, _STOPPED, "stopped"):
        name = label.name.of(text) if label.name else ""
        words = name.split()
        title = words[0].lower().rstrip(".") if words else ""
        if (
            title not in titles()
            and words[0].lower() not in titles()
            and title not in ("the", "chairwoman", "chairman")
            and not (title == "m" and text[label.start] in "*_")
        ):
            continue
        if any(word.isupper() and len(word.strip(".")) > 1 for word in words[1:]) or title != "the":
            found.append(label)
    shouted = [x for x in found if x.name and any(w.isupper() and len(w) > 2 for w in x.name.of(text).split()[1:])]
    said = Counter(label.said(text) for label in found)
    if len(shouted) >= 2 or (len(found) >= 3 and max(said.values()) > 1):
        return found
    return []


def _colons(text: str, lines: Sequence[Span]) -> list[Label]:
    """ "Lena Roth:", with times, notes, marks of emphasis. Labels are turns where there are two at least that are short
    or come again, or one that only whoever speaks has; headings that are run into their paragraphs are longer, and all
    different. What stands among them in their dress and is no name is somebody who is not known."""
    every = [x for x in _matches(text, lines, _COLON, "colon") if not _LEADERS.search(text, x.end, x.end + _FAR)]
    plain = [label for label in every if label.name is not None and names(label.name.of(text))]
    more = [label for label in every if label.name is not None and names(unmarked(text, label.name).of(text))]
    # One line alone that says "X to Y:" is a headline.
    found = [label for label in (more if len(more) > max(1, len(plain)) else plain) if not _field(text, label)]
    if len(found) < 2:
        return found if found and speaks(found[0].name.of(text) if found[0].name else "") else []
    said = [label.said(text) for label in found]
    short = all(len(one.split(",")[0].split()) <= 3 for one in said)
    bodies = len(found) >= 3 and 2 * sum(body(one) for one in said) >= len(said)
    timed = sum(text[label.start].isdigit() or text[label.start] in "[(>" for label in found) >= 2
    if not (len(set(said)) < len(said) or short or timed or bodies or any(speaks(one) for one in said)):
        return []
    known = {label.start for label in found}
    odd = [label for label in every if label.start not in known and _odd(text, label)] if len(found) >= 3 else []
    odd += _matches(text, lines, _MARKED, "") if len(found) >= 3 else []
    return [*found, *(Label(label.start, None, label.cue, label.end, "unknown") for label in odd)]


_MARKED = re.compile(r"[^\w\s]{1,4}\s?(?P<cue>:)\s+(?=\S)")
_SHORT_KEY = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]{1,6}\.$")
_LEGEND = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,4}\s?(?:\([A-Z]{1,4}\))?\s*$", re.MULTILINE)


_WIDE = re.compile(r"[ \t]{3,}")
"""What parts one field of a line from the next."""


def _field(text: str, label: Label) -> bool:
    """Whether the label only says who somebody is: "Interviewee: Jorun Askel (JA)", "Inf.: Hester Quill"."""
    name = label.name.of(text) if label.name is not None else ""
    if _SHORT_KEY.match(name) or (nobody(name) and not speaks(name)) or _WIDE.search(name):
        return True
    line = _WIDE.split(text[label.end : label.end + _FAR].split("\n", 1)[0].strip())[0]
    who = line.split(",")[0].strip()
    if "," in line and line.strip()[-1:] not in (".", "!", "?", "") and names(who) and 2 <= len(who.split()) <= 4:
        return True
    named = _LEGEND.match(line) is not None and bool(line.strip()) and line.strip()[-1] not in ".!?"
    return named and all(word[0].isupper() or word[0] == "(" for word in line.split()) and len(line.split()) > 1


def _odd(text: str, label: Label) -> bool:
    """Whether what stands before a colon is as short as a label, and neither words of a sentence nor a heading."""
    name = label.name.of(text) if label.name else ""
    if not name or len(name) > 24 or len(name.split()) > 2:
        return False
    low = [word.lower().strip(".'’") for word in name.split()]
    heading = any(w in words_of("words of headings") or w in words_of("fields of documents") for w in low)
    return not heading and not nobody(name) and low[0] not in ORDINALS and not name.islower()


def _chevrons(text: str, lines: Sequence[Span]) -> list[Label]:
    """ ">> That report is a forgery.": another speaks, and is not named."""
    found = _matches(text, lines, _CHEVRON, "chevron")
    others = sum(text.startswith(">>", line.start) for line in lines)
    return [Label(x.start, None, x.cue, x.end, "chevron") for x in found] if found and others else []


def _scripts(text: str, lines: Sequence[Span]) -> list[Label]:
    """Names in capitals, each on a line right above what is said, as in a play: three at least, of two people."""
    found = []
    for line, below in pairwise(lines):
        words = line.of(text).strip("[]()*_ ")
        near = text.count("\n", line.end, below.start) == 1 and not below.of(text).isupper()
        if near and words.isupper() and 1 <= len(words.split()) <= 4 and len(words) > 2 and words[-1] not in ".!?:;,":
            start = line.start + line.of(text).find(words)
            found.append(Label(line.start, Span(start, start + len(words)), None, line.end, "own"))
    said = Counter(label.said(text) for label in found)
    return found if len(found) >= 3 and 2 <= len(said) < len(found) else []


_PLACE = re.compile(r"(?:\([^()\n]{2,60}\)\s*){1,3}$")


def _own_lines(text: str, lines: Sequence[Span]) -> list[Label]:
    """A name on a line of its own that comes again, or has its place and party below it."""
    found: list[Label] = []
    said: Counter[str] = Counter()
    for at, line in enumerate(lines):
        words = line.of(text)
        if len(words) > 60 or not names(words) or len(words.split()) > 5 or words[-1] in ".!?:;," or nobody(words):
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        if words.isupper() and len(words.split()) == 1:
            continue
        placed = below is not None and _PLACE.match(below.of(text)) is not None
        said[words.lower()] += 1 + placed
        end = below.end if placed and below is not None else line.end
        found.append(Label(line.start, line, None, end, "own"))
    kept = [label for label in found if label.name and said[label.name.of(text).lower()] > 1]
    people = any(
        label.end != (label.name or lines[0]).end or (label.name and person(label.name.of(text))) for label in kept
    )
    return kept if len(kept) >= 3 and people else []


def _shaped(text: str, lines: Sequence[Span]) -> list[Label]:
    """Labels of a shape that was never seen before: it begins three lines at least, a third of those from its first to
    its last, with two names at least of which one comes again."""
    groups: dict[tuple[str, str], list[Label]] = {}
    order = {line.start: number for number, line in enumerate(lines)}
    for pattern in (_BRACKETED, _SHAPED):
        for label in _matches(text, lines, pattern, "shaped"):
            match = pattern.match(text, label.start)
            nick = pattern is _BRACKETED
            if match is None or label.name is None or not (nick or label.name.of(text)[0].isupper()):
                continue
            low = set(label.name.of(text).lower().split())
            if low & (
                words_of("fields of documents") | words_of("heads of who speaks") | words_of("heads of what is said")
            ):
                continue
            if len(label.name.of(text).split()) > 4:
                if not nick:
                    continue
                label = replace(label, name=_at_the_end(text, label.name))
            mark = match["cue"].strip() or ("wide" if "\t" not in match["cue"] else "tab")
            groups.setdefault((match["open"].strip(), mark), []).append(label)
    best: list[Label] = []
    for (mark, _), group in groups.items():
        near = 8 if mark and mark not in "([<" else 3  # a sign that nothing else begins with
        said = Counter(label.said(text) for label in group)
        reach = order[group[-1].start] - order[group[0].start] + 1
        if len(group) >= 3 and 2 <= len(said) < len(group) and near * len(group) >= reach and len(group) > len(best):
            best = group
    return best


def _at_the_end(text: str, span: Span) -> Span | None:
    """The name that a longer label ends with: "Begin recording of Water Minister Kasimir Dole"; None where it ends with
    none."""
    match = re.search(r"(?:[^\W\d_a-z][\w.'’-]*[ \t]){0,5}[^\W\d_a-z][\w.'’-]*$", span.of(text))
    return Span(span.start + match.start(), span.end) if match is not None else None


_FINDERS = (
    _checked, _chats, _handled, _credited, _aged, _stamped, _asked, _dashed, _stopped, _colons, _chevrons, _own_lines,
    _scripts, _shaped,
)  # fmt: skip
"""How labels are found in a text, those that are surest first."""
_DRESSES = (
    (_HEADED, "own"), (_CREDITED, "own"), (_CHAT, "chat"), (_POSTED, "own"), (_SERVICE, "service"),
    (_EXAMINER, "examiner"), (_ASKED, "asked"), (_COLON, "colon"),
    (_DASHED, "dashed"), (_STOPPED, "stopped"), (_STAMPED, "own"), (_CHEVRON, "chevron"), (_BRACKETED, "shaped"),
    (_SHAPED, "shaped"),
)  # fmt: skip
