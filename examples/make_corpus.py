"""Make the example corpus and its gold from the marked sources; the same sources always give the same bytes.

    $ python -m examples.make_corpus [--check]

Each `examples/source/<stem>.marked` is a header of `key: value` lines, a line `---`, and blocks separated by blank
lines with the marks of `tests/marked.py`; "# " and "## " begin a heading. `--check` writes nothing and fails where
a file on disk is not what would be made.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from examples.layouts import Page, docx_bytes, html_bytes, pdf_bytes
from tests.marked import MarkedAttribution, Spans, parse

HERE = Path(__file__).parent
_COLUMNS = ("file", "outlet", "author", "title", "published", "url", "language")
_OPENING, _CLOSING = "“\"‘'", "”\"’'"


@dataclass(frozen=True, slots=True)
class Source:
    """One marked source: its header, its plain blocks with their heading depth (0: none), its text and its gold."""

    header: dict[str, str]
    blocks: tuple[tuple[int, str], ...]
    text: str
    attributions: tuple[MarkedAttribution, ...]

    @property
    def stem(self) -> str:
        """The name of the gold files."""
        return self.header["stem"]


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known of an attribution besides its spans; `inside` is the number of the innermost that holds it."""

    attribution: MarkedAttribution
    kind: str
    inside: int | None


def load(path: Path) -> Source:
    """Read one marked source. Raises `ValueError` for a malformed header, mark or attribution without an act."""
    head, separator, body = path.read_text(encoding="utf-8").partition("---\n")
    if not separator:
        raise ValueError(f"{path.name}: no line '---' after the header")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    form = header["format"]
    depths: list[int] = []
    marked: list[str] = []
    for block in body.strip().split("\n\n"):
        depth = len(block) - len(block.lstrip("#"))
        depths.append(depth)
        marked.append(block if form == "md" or not depth else block[depth + 1 :])
    joined = "\n\n".join(marked) + ("\n" if form in ("txt", "md") else "")
    if header.get("newline") == "crlf":
        joined = joined.replace("\n", "\r\n")
    try:
        text, attributions = parse(joined)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    for one in attributions:
        if not one.act:
            raise ValueError(f"{path.name}: attribution {one.number} has no act")
    plain = text.replace("\r\n", "\n").strip().split("\n\n")
    return Source(header, tuple(zip(depths, plain, strict=True)), text, tuple(attributions))


def sources() -> list[Source]:
    """All marked sources, in the order of their names."""
    return [load(path) for path in sorted((HERE / "source").glob("*.marked"))]


def gold(source: Source) -> list[Gold]:
    """The gold of `source`, in the order of its numbers."""
    labels = source.header.get("transcript") == "yes"
    found = []
    for one in source.attributions:
        holders = [other for other in source.attributions if other != one and _holds(other, one)]
        holder = min(holders, key=lambda other: _length(other.content), default=None)
        cue = " ".join(source.text[start:end] for start, end in one.cue)
        direct = labels and cue == ":"
        kind = "direct" if direct else _kind(source, one)
        found.append(Gold(one, kind, holder.number if holder else None))
    return found


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _holds(outer: MarkedAttribution, inner: MarkedAttribution) -> bool:
    return all(
        any(start <= a and b <= end for start, end in outer.content)
        for a, b in (*inner.source, *inner.cue, *inner.content)
    )


def _kind(source: Source, one: MarkedAttribution) -> str:
    """By its own quotation marks alone: those in the content of an attribution inside it are not its own."""
    inner = [span for other in source.attributions if other != one and _holds(one, other) for span in other.content]
    pieces = [source.text[start:end] for start, end in one.content]
    if all(piece[0] in _OPENING for piece in pieces) and pieces[-1][-1] in _CLOSING:
        return "direct"
    own = [
        position
        for start, end in one.content
        for position in range(start, end)
        if source.text[position] in _OPENING
        and (position == 0 or source.text[position - 1] in " \n")
        and not any(a <= position < b for a, b in inner)
    ]
    return "mixed" if own else "indirect"


def brat(source: Source) -> str:
    """The attributions of `source` in PolNeAR's brat standoff form."""
    lines: list[str] = []
    number = 0
    for one in source.attributions:
        roles: list[str] = []
        triggers = one.cue or one.content
        for role, spans in (
            ("Source", one.source), ("Cue", one.cue), ("Content", one.content), ("Attribution", triggers)
        ):  # fmt: skip
            if not spans:
                continue
            number += 1
            places = ";".join(f"{start} {end}" for start, end in spans)
            lines.append(f"T{number}\t{role} {places}\t{' '.join(source.text[a:b] for a, b in spans)}")
            roles.append(f"{role}:T{number}")
        lines.append(f"E{one.number}\t{' '.join([roles[-1], *roles[:-1]])}")
    return "".join(f"{line}\n" for line in lines)


def corpus_bytes(parts: Sequence[Source]) -> bytes:
    """The bytes of the one file that `parts` are the documents of (several only for jsonl and csv)."""
    header = parts[0].header
    form = header["format"]
    if form in ("txt", "md"):
        return parts[0].text.encode(header["encoding"])
    if form in ("jsonl", "csv"):
        rows = [{key: part.header.get(key, "") for key in ("outlet", "title", "published")} for part in parts]
        rows = [{**row, "text": part.text} for row, part in zip(rows, parts, strict=True)]
        if form == "jsonl":
            return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue().encode()
    page = Page(header, parts[0].blocks)
    return {"html": html_bytes, "docx": docx_bytes, "pdf": pdf_bytes}[form](page)


def made() -> Iterator[tuple[Path, bytes]]:
    """Every file of the corpus and the gold, with its bytes."""
    everything = sources()
    files: dict[str, list[Source]] = {}
    for source in everything:
        files.setdefault(source.header["path"], []).append(source)
    for name, parts in files.items():
        yield HERE / "corpus" / name, corpus_bytes(sorted(parts, key=lambda part: int(part.header.get("row", "1"))))
    for source in everything:
        yield HERE / "gold" / "text" / f"{source.stem}.txt", source.text.encode()
        yield HERE / "gold" / "attributions" / f"{source.stem}.ann", brat(source).encode()
    yield HERE / "gold" / "attributions.tsv", _acts(everything).encode()
    yield HERE / "metadata.csv", _metadata(files).encode()


def _acts(everything: Sequence[Source]) -> str:
    lines = ["stem\tid\tact\tkind\tinside"]
    for source in everything:
        for one in gold(source):
            inside = f"E{one.inside}" if one.inside else ""
            lines.append(f"{source.stem}\tE{one.attribution.number}\t{one.attribution.act}\t{one.kind}\t{inside}")
    return "".join(f"{line}\n" for line in lines)


def _metadata(files: dict[str, list[Source]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    for name in sorted(files):
        header = files[name][0].header
        if header["format"] not in ("html", "jsonl", "csv"):
            writer.writerow({**header, "file": f"corpus/{name}", "language": "en"})
    return stream.getvalue()


def main(arguments: Sequence[str]) -> int:
    stale = 0
    for path, data in made():
        if path.exists() and path.read_bytes() == data:
            continue
        stale += 1
        sys.stdout.write(f"{path.relative_to(HERE)}\n")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
