"""What stands before a message within a mail: a line that says who wrote it, or the lines of its header, in English,
German, French, Spanish, Italian, Dutch and Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from purport.model.document import Span, trimmed

_FROM = "From|Von|De|От|Da|Van|Från"
_KEYS = (
    rf"{_FROM}|Sent|Date|Gesendet|Datum|Envoyé|Envoyé le|Enviado|Enviado el|Fecha|Отправлено|Дата"
    rf"|Inviato|Data|Verzonden"
    r"|To|An|À|A|Para|Кому|Aan|Cc|Bcc|Kopie|CC|Копия|Subject|Betreff|Objet|Asunto|Тема|Oggetto|Onderwerp"
    r"|Type|Received|Attachment|Quote|Conversation|Time|Timestamp|Reply-To|Antwort an|Importance|Attachments|Anlagen"
)
_START = re.compile(rf"(?:^|(?<=[\n>*_ ]))[*_]{{0,2}}(?:{_FROM})[*_]{{0,2}}\s?:[*_]{{0,2}}[ \t]*(?=\S)", re.MULTILINE)
_ITEM = re.compile(
    rf"[>\s*_]*(?P<key>{_KEYS})[*_]{{0,2}}\s?:[*_]{{0,2}}[ \t]*(?P<value>[^\n]*?)(?=\s+[*_]{{0,2}}"
    rf"(?:{_KEYS})[*_]{{0,2}}\s?:|\n|$)"
)
_WROTE = re.compile(
    r"\b(?:wrote|writes|a écrit|escribió|ha scritto|skrev|napisał\w*|пишет|написал\w*|schrieb|schreef)\b"
)
_AFTER = ("schrieb", "schreef")
_NAME_AFTER = re.compile(r"\s+(?P<name>[^\n<>:]{2,70}?)\s*(?:<[^<>\n]{0,100}>)?\s*:")
_CUT = re.compile(r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?,?|\d{4},|\d{4}\s?г\.,?|>|\))\s+")
_MAIL = re.compile(r"<?(?P<mail>[\w.+-]+@[\w.-]+)>?|<mailto:[^<>]*>|\[mailto:[^\[\]]*\]")
_ITEMS = 12
"""Lines of a header at most."""
_LONGEST = 300
"""Characters of a line that says who wrote what stands below."""


class Message(NamedTuple):
    """A label: where it begins and ends, who it names, its word for writing (None for a header)."""

    start: int
    end: int
    name: Span | None
    cue: Span | None


def messages(text: str) -> Iterator[Message]:
    """The labels of messages in a text, in order."""
    yield from sorted([*_headers(text), *_lines(text)])


def _headers(text: str) -> Iterator[Message]:
    last = 0
    for found in _START.finditer(text):
        if found.start() < last:
            continue
        keys, name, at = set[str](), None, found.start()
        while (item := _ITEM.match(text, at, min(len(text), at + 1000))) is not None:
            if not keys:
                name = _named(text, *item.span("value"))
            if item["key"] in keys or len(keys) > _ITEMS:
                break  # the next header
            keys.add(item["key"])
            at = item.end()
        if len(keys) >= 3 and name is not None:
            last = at
            yield Message(found.start() + len(found[0]) - len(found[0].lstrip()), at, name, None)


def _named(text: str, start: int, end: int) -> Span | None:
    bracket = text.find(" (", start + 1, end)
    end = bracket if bracket > 0 else end
    mail = _MAIL.search(text, start, end)
    stop = mail.start() if mail is not None and text[start : mail.start()].strip(" \"'<[(") else end
    name = trimmed(text, start, stop)
    if name is not None and mail is not None and stop == end:
        name = Span(*mail.span("mail")) if mail["mail"] else name
    while name is not None and name.of(text)[-1] in "\"'<[(,;*_ ":
        name = trimmed(text, name.start, name.end - 1)
    while name is not None and name.of(text)[0] in "\"'<[(*_ ":
        name = trimmed(text, name.start + 1, name.end)
    return name


def _lines(text: str) -> Iterator[Message]:
    """ "On Mon, Mar 2, 2031 at 9:12 AM Oskar Beyn <oskar@example.org> wrote:"."""
    for found in _WROTE.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        above = text.rfind("\n", 0, max(0, line - 1)) + 1
        after = _NAME_AFTER.match(text, found.end()) if found[0] in _AFTER else None
        end = after.end() if after else _colon(text, found.end())
        if end is None:
            continue
        start = line if re.search(r"\d", text[line : found.start()]) else above
        if not re.search(r"\d", text[start : found.start()]) or end - start > _LONGEST:
            continue
        if after is not None:
            name: Span | None = Span(*after.span("name"))
        else:
            name = _before(text, start, found.start())
        while start < found.start() and text[start] in "> \t":
            start += 1
        # Where a mail is, its address or the day stands; "in 2031 Denk wrote:" is prose.
        dated = re.search(r"\d{1,2}[:.]\d{2}|@|\d{4}", text[start : found.start()]) is not None
        alone = not text[end : text.find("\n", end) if text.find("\n", end) >= 0 else len(text)].strip()
        opens = re.match(r"(?:On|Am|Le|El|Il|Op|Den|W dniu|\d)", text[start : start + 8]) is not None
        if name is not None and dated and opens and alone:
            yield Message(start, end, name, Span(found.start(), found.end()))


def _colon(text: str, at: int) -> int | None:
    match = re.compile(r"[^\n:]{0,40}:").match(text, at)
    return match.end() if match else None


def _before(text: str, start: int, end: int) -> Span | None:
    mail = next(iter(list(_MAIL.finditer(text, start, end))[-1:]), None)
    stop = mail.start() if mail is not None else end
    cuts = [m.end() for m in _CUT.finditer(text, start, stop)]
    begin = cuts[-1] if cuts else start
    comma = text.rfind(", ", begin, stop)
    if comma >= 0 and text[comma + 2 : stop].strip(" <([\"'\n>"):
        begin = comma + 2
    name = trimmed(text, begin, stop)
    while name is not None and name.of(text)[-1] in "<([\"', >\n":
        name = trimmed(text, name.start, name.end - 1)
    while name is not None and name.of(text)[0] in "<([\"', >\n":
        name = trimmed(text, name.start + 1, name.end)
    if name is None and mail is not None and mail["mail"]:
        return Span(*mail.span("mail"))
    return name
