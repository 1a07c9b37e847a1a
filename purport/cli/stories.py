"""`purport stories`, `passages` and `quotations`: documents of one event, and what they have from each other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.actors import GivenStore, Note, Number, Who, given_store
from purport.cli.options import Format, Limit, Outlet, Since, StoreOption, Until, checked_format, complete_actor
from purport.errors import UsageError

if TYPE_CHECKING:
    from purport import Corpus
    from purport.corpus.quotations import QuotationRow
    from purport.corpus.stories import StoryRow
    from purport.model.rows import StoryJudgement
    from purport.stories import Passage

_LISTED = 6
"""Actors and outlets that a line of the table names."""


app = typer.Typer(invoke_without_command=True)

StoryArgument = Annotated[
    str, typer.Argument(metavar="STORY", help="A story by its id, or a document of it; the beginning is enough.")
]
DocumentsArgument = Annotated[
    list[str], typer.Argument(metavar="DOCUMENT...", help="Documents by their ids; the beginnings are enough.")
]
Threshold = Annotated[
    float | None,
    typer.Option(metavar="LIKENESS", help="From which mean likeness (0.15..1) on documents are one story."),
]


@app.callback()
def stories(
    context: typer.Context,
    store: GivenStore = None,
    all: Annotated[bool, typer.Option("--all", help="Also stories of one document, so that each is in one.")] = False,
    about: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only where this actor is named, by whatever name.", autocompletion=complete_actor
        ),
    ] = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only where one document has all these words.")
    ] = None,
    min_documents: Annotated[
        int | None, typer.Option("--min-documents", min=1, metavar="N", help="Only with so many documents.")
    ] = None,
    min_outlets: Annotated[
        int, typer.Option("--min-outlets", min=1, metavar="N", help="Only where so many outlets tell it.")
    ] = 1,
    threshold: Threshold = None,
    limit: Limit = None,
    format: Format = "table",
) -> None:
    """List stories: documents that tell one event in the same days, by the names and words that they share.

    `stories show` tells why a document is of a story, and `stories weakest` which are least sure; `merge`, `split` and
    `move` correct it, and `undo` takes that back.
    """
    import purport

    if context.invoked_subcommand is not None:
        given = [name for name in context.params if name != "store" and _typed(context, name)]
        if given:
            told = ", ".join(f"--{name.replace('_', '-')}" for name in given)
            raise UsageError(f"{told}: for the list of stories, which `{context.invoked_subcommand}` does not print")
        return
    checked_format(format)
    with purport.open(given_store(context, store)) as corpus:
        found = corpus.stories(
            all=all,
            about=about,
            outlet=outlet,
            since=since,
            until=until,
            search=search,
            min_documents=min_documents,
            min_outlets=min_outlets,
            threshold=threshold,
        )[:limit]
    _print_stories(found, format)


def _typed(context: typer.Context, name: str) -> bool:
    """Whether an option was typed, and is not what it is by default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


@app.command("show")
def stories_show(
    context: typer.Context, story: StoryArgument, store: GivenStore = None, threshold: Threshold = None
) -> None:
    """Show a story: its documents in time, and why each is of it."""
    import purport
    from purport.cli.printing import one_line
    from purport.cli.tables import Column, print_table, show

    with purport.open(given_store(context, store)) as corpus:
        row = corpus.story(story, threshold)
        documents = {one.id: one for one in corpus.documents()}
        show(one_line(f"{row.id}  {row.title}"))
        columns = (
            Column("document", folds=False, style="dim"), Column("published", folds=False), Column("outlet"),
            Column("title", style="bold cyan"), Column("why"),
        )  # fmt: skip
        print_table(columns, (
            [
                one.document, (documents[one.document].published or "")[:10],
                one_line(documents[one.document].outlet or ""), one_line(documents[one.document].title or ""),
                one_line(one.reason),
            ]
            for one in corpus.members(row)
        ))  # fmt: skip
        every = corpus.stories(all=True, threshold=threshold)
        for told, others in (
            ("goes on from", [one for one in every if one.id == row.follows]),
            ("goes on in", [one for one in every if one.follows == row.id]),
        ):
            for one in others:
                show(one_line(f"{told} {one.id}  {one.title}"))


@app.command("weakest")
def stories_weakest(
    context: typer.Context, store: GivenStore = None, threshold: Threshold = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
) -> None:  # fmt: skip
    """List the documents that are least surely of their stories, the least sure first."""
    import purport
    from purport.cli.printing import one_line
    from purport.cli.tables import Column, print_table, show

    with purport.open(given_store(context, store)) as corpus:
        found = corpus.memberships(threshold)
        titles = {one.id: one.title or "" for one in corpus.documents()}
    if not found:
        show("no story fits")
        return
    columns = (
        Column("alike", folds=False, right=True), Column("document", folds=False, style="dim"),
        Column("title"), Column("story", folds=False, style="dim"), Column("its title", style="bold cyan"),
    )  # fmt: skip
    print_table(columns, (
        [f"{like:.2f}", document, one_line(titles[document]), row.id, one_line(row.title)]
        for row, document, like in found[:limit]
    ))  # fmt: skip


@app.command("merge")
def stories_merge(
    context: typer.Context,
    story: StoryArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Stories that tell the same event.")],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that stories tell one event."""
    _judged(context, store, lambda corpus: corpus.merge_stories(story, *others, who=who, note=note))


@app.command("split")
def stories_split(
    context: typer.Context,
    story: StoryArgument,
    documents: DocumentsArgument,
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that documents do not tell the event of the others of a story."""
    _judged(context, store, lambda corpus: corpus.split_story(story, *documents, who=who, note=note))


@app.command("move")
def stories_move(
    context: typer.Context,
    story: StoryArgument,
    documents: DocumentsArgument,
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that documents tell the event of STORY, and not that of the one that they are of."""
    _judged(context, store, lambda corpus: corpus.move_documents(story, *documents, who=who, note=note))


@app.command("undo")
def stories_undo(
    context: typer.Context,
    number: Number = None,
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Take back a judgement, by another one: the last that stands, or the one with that number."""
    _judged(context, store, lambda corpus: corpus.undo_story(number, who=who, note=note))


@app.command("log")
def stories_log(context: typer.Context, store: GivenStore = None) -> None:
    """List all judgements of stories in order: what was judged, by whom, and which are undone."""
    import purport
    from purport.stories.judged import undone

    with purport.open(given_store(context, store)) as corpus:
        made = corpus.story_judgements()
    gone = undone(made)
    for one in made:
        typer.echo(_judgement_line(one) + (" (undone)" if one.number in gone else ""))
    if not made:
        typer.echo("nobody has judged a story")


def _judged(context: typer.Context, store: Path | None, judge: Callable[[Corpus], int]) -> None:
    """Judge, and print the judgements that came of it."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        before = len(corpus.story_judgements())
        judge(corpus)
        for one in corpus.story_judgements()[before:]:
            typer.echo(_judgement_line(one))


def _judgement_line(one: StoryJudgement) -> str:
    """A judgement in a line: its number, what was judged, by whom and why."""
    from purport.cli.printing import one_line

    if one.deed == "undo":
        told = f"takes back {one.undoes}"
    else:
        verb = {"together": "put together with", "move": "moved to the story of"}.get(one.deed, "told apart from")
        # Of a whole story the first document stands for it.
        ours, theirs = one.one[: 1 if one.deed == "together" else None], one.other[: None if one.deed == "apart" else 1]
        told = f"{' '.join(ours)} {verb} {' '.join(theirs)}"
    who = f", {one.who}" if one.who else ""
    note = f": {one.note}" if one.note else ""
    return one_line(f"{one.number} {told}{who}{note}")


def passages(
    store: StoreOption,
    weakest: Annotated[bool, typer.Option("--weakest", help="The least alike first.")] = False,
    least: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="SHARE", help="Only where so large a share of the words (0..1) is common."),
    ] = None,
    limit: Limit = None,
    format: Format = "table",
) -> None:
    """List passages that two documents share, copied or lightly changed, and which of the two had them first."""
    import purport
    from purport.corpus.likeness import texts_of

    checked_format(format)
    with purport.open(store) as corpus:
        found = corpus.passages(weakest=weakest, least=least, limit=limit)
        texts, outlets = {}, {}
        if format == "table":
            texts = {one.id: one.text for one in texts_of(corpus.store, {id for row in found for id in (row.a, row.b)})}
            outlets = {one.id: one.outlet or "" for one in corpus.documents()}
    _print_passages(found, texts, outlets, format)


def quotations(
    store: StoreOption,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only what this actor is quoted with, by whatever name.",
            autocompletion=complete_actor,
        ),
    ] = None,
    altered: Annotated[
        bool, typer.Option("--altered", help="Only where one telling has other words, or another speaker.")
    ] = False,
    limit: Limit = None,
    format: Format = "table",
) -> None:  # fmt: skip
    """List quotations that several documents have: whole, trimmed, altered or in another's mouth, and who had it first.

    Changes are marked against the fullest telling: [-words that it has-] and {+words that stand here instead+}.
    """
    import purport

    checked_format(format)
    with purport.open(store) as corpus:
        _print_quotations(corpus.quotations(by=by, altered=altered)[:limit], format)


def _print_quotations(rows: Sequence[QuotationRow], format: str) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_cells
    from purport.stories.quotations import marked

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row.told(), ensure_ascii=False) + "\n")
        return
    tellings = [(row.quotation, one) for row in rows for one in row.quotation.tellings]
    if format == "csv":
        names = ["id", "first", "document", "start", "end", "published", "outlet", "speaker", "other_speaker", "how",
                 "words"]  # fmt: skip
        write_cells(sys.stdout, names, (
            [whole.id, whole.first or "", one.quoted.document, one.quoted.start, one.quoted.end, one.quoted.published,
             one.quoted.outlet, one.quoted.name, one.other_speaker, one.how, marked(one)]
            for whole, one in tellings
        ))  # fmt: skip
        return
    if not rows:
        show("no quotation travels")
        return
    columns = (
        Column("id", folds=False, style="dim"), Column("published", folds=False), Column("outlet"),
        Column("document", folds=False, style="dim"), Column("speaker", style="bold cyan"), Column("how", folds=False),
        Column("words"),
    )  # fmt: skip
    cells = (
        [
            whole.id, one.quoted.published[:10], one_line(one.quoted.outlet), one.quoted.document,
            one_line(one.quoted.name or "?") + (" (another)" if one.other_speaker else ""),
            one.how + (", first" if whole.first == one.quoted.document else ""), _shown(marked(one)),
        ]
        for whole, one in tellings
    )  # fmt: skip
    print_table(columns, cells)
    show(counted(len(rows), "quotation"))


def _print_stories(rows: Sequence[StoryRow], format: str) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_cells

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row.told(), ensure_ascii=False) + "\n")
        return
    if format == "csv":
        names = ["id", "title", "from", "to", "documents", "outlets", "actors"]
        write_cells(sys.stdout, names, ([_joined(value) for value in row.told().values()] for row in rows))
        return
    if not rows:
        show("no story fits")
        return
    columns = (
        Column("id", folds=False, style="dim"), Column("from", folds=False), Column("to", folds=False),
        Column("documents", folds=False, right=True), Column("title", style="bold cyan"), Column("outlets"),
        Column("actors"),
    )  # fmt: skip
    cells = (
        [
            row.id, row.first or "", row.last or "", _number(row), one_line(row.title),
            _some(row.outlets), _some(row.actors),
        ]
        for row in rows
    )  # fmt: skip
    show(counted(print_table(columns, cells), "story", "stories"))


def _number(row: StoryRow) -> str:
    """How many documents a story has, and how many articles where some are versions of one."""
    again = sum(len(ids) - 1 for ids in row.versions)
    return f"{len(row.documents)}, {len(row.documents) - again} articles" if again else str(len(row.documents))


def _print_passages(rows: Sequence[Passage], texts: Mapping[str, str], outlets: Mapping[str, str], format: str) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_csv
    from purport.stories import Passage

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
        return
    if format == "csv":
        write_csv(sys.stdout, rows, Passage)
        return
    if not rows:
        show("no passage is shared")
        return
    columns = (
        Column("a", folds=False, style="dim"), Column("b", folds=False, style="dim"),
        Column("alike", folds=False, right=True), Column("first"), Column("words in a"),
        Column("words in b"),
    )  # fmt: skip
    cells = (
        [
            row.a, row.b, f"{row.similarity:.2f}", one_line(_had_first(row, outlets)),
            _shown(texts[row.a][row.a_start : row.a_end]), _shown(texts[row.b][row.b_start : row.b_end]),
        ]
        for row in rows
    )  # fmt: skip
    show(counted(print_table(columns, cells), "passage"))


def _had_first(row: Passage, outlets: Mapping[str, str]) -> str:
    """Which of the two had a passage first, by its column, and who published that."""
    if row.first is None:
        return "?"
    outlet = outlets[row.first]
    return ("a" if row.first == row.a else "b") + (f", {outlet}" if outlet else "")


def _some(names: Sequence[str]) -> str:
    from purport.cli.printing import one_line

    more = [f"and {len(names) - _LISTED} more"] if len(names) > _LISTED else []
    return one_line("; ".join([*names[:_LISTED], *more]))


def _joined(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value


_SHOWN = 160
"""Characters of a passage that a table shows."""


def _shown(passage: str) -> str:
    """The beginning of a passage on one line."""
    from purport.cli.printing import one_line

    words = one_line(passage)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
