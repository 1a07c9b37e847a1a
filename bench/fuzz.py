"""Hostile layouts: `python -m bench.fuzz [NAME...] [--minutes 10] [--seed 0]`.

The documents of `bench/voices` are changed at random (lines doubled, lost, swapped, cut, joined, repeated, marks and
tags put in and taken out), read, and split into turns, messages, statements. What must hold: nothing but `ReadError` is
raised; blocks are in order, apart from each other, without white space at their ends; places lead back to the source;
what layout gives to somebody stands in blocks; the same bytes read again give the same; a thousand characters take less
than a second. A name is a format: text, markdown, html, docx, rtf, captions, mail; without one each has its minutes.
Exit status: 0 nothing found, 1 something found, which is kept in a file that is named.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from purport.analyse import parse
from purport.errors import ReadError
from purport.extract.voices.checks import checks
from purport.extract.voices.find import voices
from purport.extract.voices.headings import headings
from purport.extract.voices.interviews import dialogue, interviews
from purport.extract.voices.mail import mails
from purport.extract.voices.records import records, symbols
from purport.extract.voices.slots import in_slots
from purport.extract.voices.surveys import surveys
from purport.extract.voices.tables import tables
from purport.extract.voices.tails import tails
from purport.extract.voices.turns import turns
from purport.extract.voices.voice import Voice
from purport.model.document import Block, Document
from purport.read.files import read_bytes, reread

ROOT = Path(__file__).parent / "voices"
FORMATS = {
    "text": (".txt",), "markdown": (".md",), "html": (".html",), "docx": (".docx",), "rtf": (".rtf",),
    "captions": (".srt", ".vtt"), "mail": (".eml",),
}  # fmt: skip
KINDS: tuple[Callable[[str, Sequence[Block]], list[Voice]], ...] = (
    mails, records, turns, symbols, tails, surveys, interviews, headings, in_slots, dialogue, checks, tables,
)  # fmt: skip
PIECES = (
    ":", ": ", " - ", " — ", "|", "\t", "   ", ">", "> > ", "[", "]", "(", ")", "*", "**", "_", "#", "=== ", "+++",
    "\n", "\n\n", "Q. ", "A. ", "Ann Roth", "MS. ROTH.", "14:02", "[14:02]", "12 of 90 DOCUMENTS",
    "On 3 March Ann wrote:", "From: a@b", "-- ", "@lena", "Re: ", "Page 1: ", "LR", "\u200e", "\u00a0",
    "\ufeff", "“", "”", "\u202e",
    "Message-ID: <a@b>", "References: <a@b> <c@d>",
    "é" * 40, "a" * 500, "I. " * 50, "<b>", "</div>", "<div class=post>", "<blockquote>", "<td>", "<li>", "<p>", "<br>",
    "</table>", "<aside>", "<time>",
)  # fmt: skip
_SLOW = 1.0
"""Seconds that a thousand characters may take."""
_PARSED = 15
"""One in so many documents is parsed too, which takes longer than all the rest."""


def changed(data: bytes, chance: random.Random) -> bytes:
    """A text changed at random in one to eight ways."""
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(lines))
        way = chance.randrange(9)
        if way == 0:
            lines.insert(at, lines[at])
        elif way == 1 and len(lines) > 2:
            del lines[at]
        elif way == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif way == 3:
            cut = chance.randint(0, len(lines[at]))
            lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
        elif way == 4 and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        elif way == 5:
            cut = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:cut] + chance.choice(PIECES) + lines[at][cut:]
        elif way == 6:
            lines[at:at] = [lines[at]] * chance.choice((2, 5, 40))
        elif way == 7:
            lines[at] = chance.choice(PIECES) + lines[at]
        else:
            lines[at] = lines[at] + chance.choice(PIECES)
    return "\n".join(lines).encode()


def packed(data: bytes, chance: random.Random) -> bytes:
    """A Word file with what its main part says changed at random."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            own = old.read(entry)
            if entry.filename == "word/document.xml":
                parts = own.replace(b"<w:p>", b"\n<w:p>").replace(b"<w:p ", b"\n<w:p ")
                own = changed(parts, chance) if chance.random() < 0.2 else _shuffled(parts, chance)
            new.writestr(entry, own)
    return made.getvalue()


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    """The paragraphs doubled, lost or swapped, and what they say changed, the elements left whole."""
    head, *rest = data.split(b"\n<w:p")
    if len(rest) < 2:
        return data
    body = rest[:-1]
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(len(body)), chance.randrange(len(body))
        if b"<w:tc>" in body[at] or b"</w:tc>" in body[at] or (b"<w:t" in body[other] and b"</w:tc>" in body[other]):
            continue
        body[at], body[other] = body[other], body[at]
        if chance.random() < 0.5:
            body.insert(at, body[at])
    return b"\n<w:p".join([head, *body, rest[-1]])


def wrong_with(document: Document, parsed: bool) -> Iterator[str]:
    """What does not hold of a document that was read."""
    text, last = document.text, 0
    for block in document.blocks:
        words = block.span.of(text)
        if block.span.start < last or words != words.strip():
            yield f"a block that is out of order or not trimmed: {words[:60]!r}"
        last = block.span.end
        document.source_map.place(block.span.start, text)
        document.source_map.place(block.span.end - 1, text)
    again = reread(document.source, document.format, document.selector, document.part)
    if (again.text, again.blocks) != (document.text, document.blocks):
        yield "read again it is another"
    found = [one for kind in KINDS for one in kind(text, document.blocks)]
    if parsed:
        found += voices(parse(document, tagger=False))
    for one in found:
        spans = (*one.source, *one.cue, *one.content)
        if any(span.end > len(text) for span in spans) or not one.content:
            yield f"{one.reason}: words that are not in the text"
        if any(a.end > b.start for a, b in zip(one.content, one.content[1:], strict=False)):
            yield f"{one.reason}: content out of order"


def tried(data: bytes, name: str, number: int) -> str:
    """What is wrong with how some bytes are read; "" for nothing."""
    began = time.process_time()
    characters = 1000
    try:
        for found in read_bytes(data, name):
            if isinstance(found, Document):
                characters += len(found.text)
                for wrong in wrong_with(found, number % _PARSED == 0):
                    return wrong
    except ReadError:
        return ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - began
    return f"{taken:.1f} s for {characters} characters" if taken > _SLOW * max(2, characters / 1000) else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    line = argparse.ArgumentParser(prog="python -m bench.fuzz", description="Read documents changed at random.")
    line.add_argument("names", nargs="*", choices=[*FORMATS, []], help="formats; all where none is named")
    line.add_argument("--minutes", type=float, default=10.0, help="minutes a format (default: 10)")
    line.add_argument("--seed", type=int, default=0, help="where chance begins (default: 0)")
    asked = line.parse_args(arguments)
    bad = 0
    parse(next(one for one in read_bytes(b"A text.", "a.txt") if isinstance(one, Document)))  # the models are loaded
    for name in asked.names or FORMATS:
        paths = sorted(path for suffix in FORMATS[name] for path in ROOT.glob(f"*/*{suffix}"))
        chance = random.Random(f"{name} {asked.seed}")
        end, number, faults = time.monotonic() + 60 * asked.minutes, 0, set[str]()
        while time.monotonic() < end and len(faults) < 5:
            path = chance.choice(paths)
            data = (packed if name == "docx" else changed)(path.read_bytes(), chance)
            wrong = tried(data, path.name, number)
            if wrong and wrong[:40] not in faults:
                faults.add(wrong[:40])
                kept = Path(tempfile.mkdtemp(prefix="purport-fuzz-")) / path.name
                kept.write_bytes(data)
                print(f"{name}: {wrong}: {kept}", flush=True)
            number += 1
        bad += len(faults)
        print(f"{name}: {number:,} documents, {len(faults)} faults", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
