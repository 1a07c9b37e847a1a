"""What the command line prints. Documents are hostile: nothing of theirs reaches a terminal as a control character."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from purport.cli.tables import Column, console, print_table, show
from purport.corpus.tables import Claims, Statements
from purport.export.formats import write_csv
from purport.model.document import Span
from purport.model.record import Attribution, Proposition, Record
from purport.model.rows import Claim, DocumentRow, Statement, claim_words, happened, joined, place, words
from purport.store import Info
from purport.store.filters import SURE

if TYPE_CHECKING:
    from purport.corpus.compare import Change
    from purport.corpus.corpus import Corpus
    from purport.evaluate import Score

UNSURE = SURE
"""Confidence below which a statement is marked as unsure, unless the user draws the line elsewhere."""
_SHOWN = 5
"""Statements of each document that the demo prints."""
_WHO, _WHAT = "bold cyan", "magenta"
_STATEMENT = (
    Column("published", folds=False), Column("outlet", most=18), Column("who", style=_WHO),
    Column("act", folds=False, style=_WHAT), Column("words"), Column("where", style="dim"),
)  # fmt: skip
_STYLES = {"S": "bold cyan", "C": "bold magenta", "X": "green"}


def printable(text: str) -> str:
    """The text with control, formatting and private characters shown as "�"; line ends stay."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        else _stand_in(char)
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
    )


def _stand_in(char: str) -> str:
    if char in "\t\x0b\x0c":
        return " "
    # Joiners shape emoji and Arabic script and can do no harm; bidirectional overrides can.
    return char if char in "\u200c\u200d" else "" if char in "\u00ad\ufeff" else "\ufffd"


def one_line(text: str) -> str:
    """The text as `printable`, with every run of white space as one space."""
    # Nearly all words are so: of a hundred thousand rows only the others are looked at letter by letter.
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(printable(text).split())


def counted(number: int, one: str, several: str | None = None) -> str:
    """ "1 edge", "12 edges"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _who(one: Statement) -> str:
    """The chain of sources, outermost first, without the outlet, which has a column of its own."""
    chain = one.chain[1:] if one.outlet is not None else one.chain
    return " > ".join(one_line(name) or "unnamed" for name in chain)


def rows_of(rows: Iterable[Any]) -> list[dict[str, object]]:
    """Rows as mappings from their columns, as JSON Lines have them."""
    return [{name: getattr(row, name) for name in row.__dataclass_fields__} for row in rows]


def plain(value: object) -> object:
    """A value as JSON has it: spans as lists of two numbers."""
    return (
        [[s.start, s.end] for s in value]
        if isinstance(value, tuple) and value and isinstance(value[0], Span)
        else value
    )


def print_statements(rows: Statements, format: str, unsure: float = UNSURE) -> None:
    """Statements as a table for people, or as JSON Lines or CSV for programs. Those with a confidence below `unsure`
    have a question mark in the table, and are said to be unsure in the JSON Lines."""
    if format != "table":
        if format == "csv":
            write_csv(sys.stdout, iter(rows), Statement)
        for row in rows if format == "jsonl" else ():
            told = {name: plain(getattr(row, name)) for name in row.__dataclass_fields__}
            told["unsure"] = row.confidence < unsure
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        for line in left_out(rows):
            print(line, file=sys.stderr)  # noqa: T201 - beside the rows, which programs read
        return
    doubted = 0

    def cells(row: Statement) -> list[str]:
        nonlocal doubted
        doubted += row.confidence < unsure
        act = f"{row.act} ?" if row.confidence < unsure else row.act
        told = (row.published or "", row.outlet or "", _who(row), act, row.content, where_of(row))
        return [one_line(cell) for cell in told]

    number = print_table(_STATEMENT, map(cells, rows)) if len(rows) else 0
    more = f", {doubted:,} unsure (?)" if doubted else ""
    show(counted(number, "statement") + more if number else "no statement fits")
    for line in left_out(rows):
        show(line)


def left_out(rows: Statements | Claims) -> Iterator[str]:
    """What fits and is not listed, a line each, with what shows it."""
    if rows.note:
        yield one_line(rows.note)
    if rows.unsure:
        yield f"+ {rows.unsure:,} unsure: --all shows them"
    if isinstance(rows, Statements):
        if rows.unsaid:
            yield f"+ {rows.unsaid:,} that nobody has said: asked, supposed, imputed (`purport export` has them)"
        if rows.blocks:
            yield f"+ {counted(rows.blocks, 'whole turn or letter', 'whole turns and letters')} (`--kind block`)"
        return
    if rows.negated:
        yield f"+ {rows.negated:,} whose words negate the act: --polarity any shows them"
    if rows.reporting:
        yield f"+ {rows.reporting:,} that only tell who says what: --with-reporting shows them"


_NAME = 28
"""Characters of a file's name up to which it is shown whole."""


def where_of(row: Statement | Claim) -> str:
    """The file and the place in it; a long name is cut in its middle, never broken over lines."""
    name = Path(row.path).name if row.path else row.document
    file, comma, part = name.partition(", ")
    if len(file) > _NAME:
        file = f"{file[: _NAME // 2]}…{file[-(_NAME // 2 - 1) :]}"
    name = f"{file}{comma}{part}"
    return name if name.endswith(f", {row.place}") else f"{name}, {row.place}"


def print_documents(rows: Sequence[DocumentRow]) -> None:
    """Documents as a table for people."""

    def cells(row: DocumentRow) -> list[str]:
        count = str(row.attributions) if row.analysed else "not analysed"
        told = (row.id, row.published or "", row.outlet or "", row.title or "", count, "\n".join(row.paths))
        return [printable(cell) for cell in told]

    names = ("id", "published", "outlet", "title", "statements", "seen at")
    print_table([Column(name, folds=name not in ("id", "published")) for name in names], map(cells, rows))


def print_document(record: Record, unsure: float = UNSURE, out: Console | None = None) -> None:
    """The text with every source, cue and content marked, and the attributions listed below it; those with a
    confidence below `unsure` are said to be so. It goes to standard output, or to `out`."""
    out = out or console()
    document = record.document
    known = document.metadata.known()
    for name in ("title", "outlet", "author", "published", "url"):
        if told := known[name]:
            out.print(Text(f"{name}: {one_line(told)}"))
    for note in (*document.notes, *record.notes):
        out.print(Text(f"note: {one_line(note)}"))
    out.print()
    marked = marked_text(record)
    out.print(marked, soft_wrap=True)
    out.print()
    numbers = {one.id: number for number, one in enumerate(record.attributions, 1)}
    for one in record.attributions:
        out.print(Text(_described(record, one, numbers, unsure)), soft_wrap=True)
    if record.attributions:
        out.print(Text("\n[S1:source] [C1:cue] [X1:content] of statement 1"))
    if record.propositions:
        out.print(
            Text("\nClaims (on whose word, did it happen?: the claim), on the text's own word where on no statement's:")
        )
    for claim in record.propositions:
        if not claim.reporting:  # the statements above tell who says what
            out.print(Text(_claimed(record, claim, numbers)), soft_wrap=True)


def _claimed(record: Record, one: Proposition, numbers: Mapping[str, int]) -> str:
    text = record.document.text
    own = record.document.metadata.author or record.document.metadata.outlet or "the text"
    who = f"statement {numbers[one.voucher]}" if one.voucher is not None else own
    parts = (one.subject, one.shown, one.object, *((*a.by, *a.spans) for a in one.arguments))
    told = [joined(claim_words(text, part, one.negation)) for part in parts]
    told[0], told[1] = told[0] or "?", told[1] or one.implied
    answer = happened(one.certainty, one.frame, one.polarity) + (", unsure" if one.unsure else "")
    return f"{one_line(who):>14}, {answer}: {one_line(' | '.join(part for part in told if part))}"


def _described(record: Record, one: Attribution, numbers: Mapping[str, int], unsure: float) -> str:
    text = record.document.text
    inside = f", inside {numbers[one.inside]}" if one.inside is not None else ""
    who = one_line(words(text, one.source)) or "unnamed"
    doubt = ", unsure" if one.confidence < unsure else ""
    act = "imputed" if one.imputed else one_line(one.act) or ("not said" if one.cue else "no cue")
    return (
        f"{numbers[one.id]:>3}  {who}: {act}, {one.kind}{inside} "
        f"({place(record.document.source_map, (one.extent,))}; confidence {one.confidence:.2f}{doubt})"
    )


def marked_text(record: Record) -> Text:
    """The document's text in which "[S1:...]", "[C1:...]" and "[X1:...]" enclose the parts of statement 1, ..."""
    marks: list[tuple[int, int, int, str, str]] = []
    for number, one in enumerate(record.attributions, 1):
        for sign, spans in (("X", one.content), ("S", one.source), ("C", one.cue)):
            for span in spans:
                # At one position what ends comes before what begins, inner ends first and outer beginnings first.
                marks.append((span.start, 1, -span.end, f"[{sign}{number}:", sign))
                marks.append((span.end, 0, -span.start, "]", sign))
    marked = Text()
    last = 0
    open_signs: list[str] = []
    for position, begins, _, mark, sign in sorted(marks):
        marked.append(
            printable(record.document.text[last:position]), style=_STYLES.get(open_signs[-1] if open_signs else "")
        )
        marked.append(mark, style=_STYLES[sign])
        if begins:
            open_signs.append(sign)
        elif sign in open_signs:
            open_signs.reverse()
            open_signs.remove(sign)
            open_signs.reverse()
        last = position
    marked.append(printable(record.document.text[last:]))
    return marked


def print_info(told: Info, faults: int) -> None:
    """What is in a store, by which runs, and how healthy it is; `faults` is how many a quick check found."""
    out = console()
    months = f", published {' to '.join(dict.fromkeys(told.published))}" if told.published else ""
    held = (
        f"{counted(told.documents, 'document')}{months}; {told.documents - told.analysed:,} not analysed; "
        f"{counted(told.statements, 'statement')}; {counted(told.claims, 'claim')}; "
        f"{counted(told.problems, 'problem')}"
    )
    lines = [
        f"{told.path}: {told.size / 2**20:,.1f} MB, {told.kept_in} version {told.version}",
        held,
        "outlets: " + ", ".join(f"{name or 'unknown'} {number:,}" for name, number in told.outlets),
        "formats: " + ", ".join(f"{name} {number:,}" for name, number in told.formats),
    ]
    for one in told.runs:
        parts = ", ".join(f"{name} {version}" for name, version in one.run.parts)
        before = f", {one.earlier:,} of an earlier run kept for `purport diff`" if one.earlier else ""
        lines.append(f"run {one.id}: purport {one.run.version}, {parts}; {counted(one.documents, 'document')}{before}")
    lines.append(
        "health: good (pages and structure; `purport verify` proves every place)"
        if not faults
        else f"health: {counted(faults, 'fault')}; `purport verify --{told.kept_in} {told.path}` lists them"
    )
    for line in lines:
        out.print(Text(one_line(line)), soft_wrap=True)


def print_changes(changes: Iterable[Change], paths: Mapping[str, str]) -> None:
    """What differs between two runs, document by document: "-" went, "+" came, "~" changed, and how many of each."""
    from purport.corpus.compare import Fate

    out = console()
    fates: Counter[str] = Counter()
    last = None
    for change in changes:
        fates[change.fate.value] += 1
        if change.document != last:
            last = change.document
            out.print(Text(f"{one_line(paths.get(last, ''))} ({last})"), soft_wrap=True)
        for sign, told in (("-", change.before), ("+", change.after)):
            if told is not None:
                mark = "~" + sign if change.fate is Fate.CHANGED else " " + sign
                out.print(Text(f"  {mark} {one_line(str(told))}"), soft_wrap=True)
    out.print(f"{fates['+']:,} came, {fates['-']:,} went, {fates['~']:,} changed")


def print_scores(scores: Mapping[str, Score], texts: int) -> None:
    """The figures of an evaluation as a table."""
    columns = [Column(name, right=name != "figure") for name in ("figure", "precision", "recall", "F1")]
    named = {f"token, {name}" if name in ("source", "cue", "content") else name: one for name, one in scores.items()}
    print_table(
        columns, ([name, *(f"{n:.3f}" for n in (one.precision, one.recall, one.f1))] for name, one in named.items())
    )
    console().print(counted(texts, "text"))


def print_demo(corpus: Corpus, store: Path) -> None:
    """What was found in the examples, document by document, and what to try next."""
    out = console()
    for row in corpus.documents():
        rows = corpus.statements(document=row.id)
        head = " · ".join(one_line(part) for part in (row.published, row.outlet, row.title) if part)
        also = f"  (seen {len(row.paths)} times)" if len(row.paths) > 1 else ""
        out.print(Text(f"\n{head or row.paths[0]}{also}", style="bold"))
        chosen = _telling(rows)
        for one in chosen:
            line = Text("  ")
            line.append(one_line(_who(one)) or "unnamed", style=_STYLES["S"])
            line.append(f"  {one.act.upper()}  ", style=_STYLES["C"])
            line.append(one_line(one.content))
            line.append(f"  [{one.place}]", style="dim")
            out.print(line, overflow="ellipsis", no_wrap=True)
        if len(rows) > len(chosen):
            out.print(Text(f"  and {len(rows) - len(chosen)} more", style="dim"))
    acts = Counter(one.act for one in corpus.statements())
    out.print(Text("\n" + ", ".join(f"{count} {act or 'without a cue'}" for act, count in acts.most_common()) + "\n"))
    out.print(Text("Each statement is somebody's word, never purport's. Try next:", style="bold"))
    for command, purpose in _next(corpus, store):
        out.print(Text(f"  {command}\n      {purpose}"), soft_wrap=True)
    out.print()


def print_first_steps(store: Path) -> None:
    """The two commands with which a new user goes on: how `purport` is found, and the pages of the store."""
    out = console()
    out.print("\nOpen it in your browser:", style="bold")
    if not shutil.which("purport") and (Path(".venv") / "bin" / "activate").exists():
        out.print("  source .venv/bin/activate")
    out.print(Text(f"  purport serve --store {store}"), soft_wrap=True)


def _telling(rows: Iterable[Statement]) -> list[Statement]:
    """A few statements of a document that show what there is to find: those that do more than assert come first."""
    rows = list(rows)
    kept = sorted(rows, key=lambda r: (r.act == "assert", not r.source, -r.confidence))[:_SHOWN]
    return [row for row in rows if row in kept]


def _next(corpus: Corpus, store: Path) -> list[tuple[str, str]]:
    first = next((row for row in corpus.statements(act="deny")), None)
    name = Path(first.path).name if first else ""
    return [
        (f"purport statements --store {store} --act deny", "who denies what"),
        (f"purport statements --store {store} --about bridge", "what is said of one thing, and by whom"),
        (f"purport claims --store {store} --certainty CT-", "what did not happen, and who says so"),
        (f"purport show --store {store} {name}", "a text with its sources, cues and contents marked"),
        (f"purport export --store {store} --format csv --out tables", "tables for a spreadsheet, R or pandas"),
        ("purport read YOUR_FOLDER --store mine.db", "the same for your own documents, on this machine only"),
    ]
