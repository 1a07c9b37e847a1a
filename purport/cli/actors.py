"""`purport actors`: who is named, and the judgements that correct who is who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.asked import DatasetOption, JudgementsOption, asked
from purport.cli.options import STORE, Columns, CountBy, Format, Limit, Sort, Where, checked_format
from purport.errors import UsageError

if TYPE_CHECKING:
    from purport import Corpus

app = typer.Typer(invoke_without_command=True)

ActorArgument = Annotated[
    str, typer.Argument(metavar="NAME_OR_ID", help="A name that no other bears, an id, or the beginning of it.")
]
GivenStore = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        envvar=STORE,
        show_envvar=False,
        help="The store, one file; here or before the name of what is done. Required.",
    ),
]
Who = Annotated[str, typer.Option(metavar="NAME", help="Who judges so; kept with the judgement.")]
Number = Annotated[
    int | None, typer.Argument(metavar="NUMBER", help="The judgement, as `log` numbers them; else the last.")
]
Note = Annotated[str, typer.Option(metavar="WORDS", help="Why, or when; kept with the judgement.")]


@app.callback()
def actors(
    context: typer.Context,
    store: GivenStore = None,
    search: Annotated[str | None, typer.Option(metavar="NAME", help="Only who has these words in a name.")] = None,
    type: Annotated[
        str | None,
        typer.Option(help="Only persons, states, ...: person, state, government, organisation, outlet, role, ..."),
    ] = None,
    count_by: CountBy = None,
    sort: Sort = None,
    where: Where = None,
    columns: Columns = None,
    limit: Limit = None,
    format: Format = "table",
    dataset: DatasetOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """List who is named in the documents, each actor once, whatever the names: those named most first.

    What is joined has a reason, which `purport actors show` tells; `merge`, `split` and `rename` correct it, and
    `undo` takes that back. Who has no name, and mere things, are left out unless asked for (`--type role`).
    """
    from purport.cli.printing import rows_of
    from purport.cli.printing_actors import print_actors
    from purport.cli.shaped import Shape, print_shaped, shaped
    from purport.model.rows import Actor

    if context.invoked_subcommand is not None:
        return
    checked_format(format)
    shape = Shape.of(count_by, sort, where, columns)
    with asked(context, store, dataset, judgements) as corpus:
        found = corpus.actors(search=search, type=type, limit=None if shape.asked else limit)
    if shape.asked:
        print_shaped(*shaped(rows_of(found), [one.name for one in fields(Actor)], shape, limit), format)
    else:
        print_actors(found, format)


def given_store(context: typer.Context, own: Path | None) -> Path:
    """The store that was named at the command or before it."""
    before = context.parent.params.get("store") if context.parent is not None else None
    found = own if own is not None else before
    if found is None:
        raise UsageError("which store? name it with --store FILE")
    return Path(found)


@app.command("show")
def actors_show(
    context: typer.Context,
    actor: ActorArgument,
    store: GivenStore = None,
    dataset: DatasetOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Show an actor: the entity of every document that is held to be it, and why."""
    from purport.cli.printing import counted
    from purport.cli.printing_actors import print_actor

    own = None if dataset is not None else given_store(context, store)
    with asked(context, own, dataset, judgements) as corpus:
        paths = {row.id: row.paths[0] if row.paths else "" for row in corpus.documents()}
        print_actor(corpus.actor(actor), corpus.links(actor), paths)
        others = corpus.dominant(actor)[1]
        if others:
            typer.echo(f"{counted(others, 'other actor')} may be meant by {actor!r}: `actors --search` lists them")


@app.command("merge")
def actors_merge(
    context: typer.Context,
    actor: ActorArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Actors that are the same, by name or id.")],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that actors are one: each OTHER becomes a part of NAME_OR_ID."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        _judged(corpus, lambda: corpus.merge(actor, *others, who=who, note=note))


@app.command("apart")
def actors_apart(
    context: typer.Context,
    actor: ActorArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Actors that are others, by name or id.")],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that actors are two: nothing makes an OTHER one with NAME_OR_ID, until that is undone."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        _judged(corpus, lambda: corpus.apart(actor, *others, who=who, note=note))


@app.command("same")
def actors_same(
    context: typer.Context,
    actor: Annotated[
        str | None, typer.Argument(metavar="[NAME_OR_ID]", help="Only who may be this one; by default all pairs.")
    ] = None,
    store: GivenStore = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many pairs.")] = 10,
) -> None:
    """List pairs of actors that may be one, with what speaks for and against it, and how the texts name them.

    `merge` judges that two are one, `apart` that they are two; a pair so judged is listed no more.
    """
    import purport
    from purport.cli.printing_actors import print_candidates

    with purport.open(given_store(context, store)) as corpus:
        print_candidates(corpus, corpus.candidates(actor, limit))


@app.command("split")
def actors_split(
    context: typer.Context,
    actor: ActorArgument,
    part: Annotated[
        str, typer.Argument(metavar="PART", help="An entity's id, as `show` lists them, or a name: all who have it.")
    ],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that a part of an actor is another: one document's entity, or all that have a name."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        _judged(corpus, lambda: corpus.split(actor, part, who=who, note=note))


@app.command("rename")
def actors_rename(
    context: typer.Context,
    actor: ActorArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called.")],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge that an actor is to be called otherwise; its id and its other names stay."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        _judged(corpus, lambda: corpus.rename(actor, name, who=who, note=note))


@app.command("undo")
def actors_undo(
    context: typer.Context,
    number: Number = None,
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Take back a judgement, by another one: the last that stands, or the one with that number."""
    import purport

    with purport.open(given_store(context, store)) as corpus:
        _judged(corpus, lambda: corpus.undo(number, who=who, note=note))


@app.command("export")
def actors_export(
    context: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="The CSV file to write.")],
    store: GivenStore = None,
    least: Annotated[int, typer.Option(min=1, help="Only who is named in so many documents.")] = 1,
) -> None:
    """Write the actors, as people have judged them, as a table to read with (`--actors`) or to import elsewhere."""
    import purport
    from purport.cli.printing import counted
    from purport.lexicons.user_table import write_user_table

    with purport.open(given_store(context, store)) as corpus:
        rows, passed = corpus.actors_table(least)
    write_user_table(table, rows)
    typer.echo(f"wrote {table}: {counted(len(rows), 'actor')}")
    _passed_over(passed)


@app.command("import")
def actors_import(
    context: typer.Context,
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE", help="CSV or TSV of your own; FollowTheMoney's entities or a dump of Wikidata."
        ),
    ],
    store: GivenStore = None,
    who: Who = "",
    note: Note = "",
) -> None:
    """Judge by a table: all who bear the names of a row are one actor, which is called as the row says.

    What was judged apart stays apart. Each of the judgements can be undone.
    """
    import purport
    from purport.cli.printing import counted

    with purport.open(given_store(context, store)) as corpus:
        done = corpus.import_actors(table, who=who, note=note)
    typer.echo(
        f"{table}: {counted(done.rows, 'row')}, {counted(done.merged, 'merge')}, {counted(done.renamed, 'new name')}"
    )
    _passed_over(done.passed_over)


def _passed_over(told: Mapping[str, int]) -> None:
    for reason, number in told.items():
        typer.echo(f"  {number:,} passed over: {reason}")


@app.command("log")
def actors_log(context: typer.Context, store: GivenStore = None) -> None:
    """List all judgements in order: what was judged, by whom, and which are undone or have lost their item."""
    import purport
    from purport.cli.printing_actors import print_judgements

    with purport.open(given_store(context, store)) as corpus:
        print_judgements(corpus.judgements(), corpus.cast.judged)


def _judged(corpus: Corpus, judge: Callable[[], int]) -> None:
    """Judge, and print the judgements that came of it."""
    from purport.cli.printing_actors import judgement_line

    before = len(corpus.judgements())
    last = judge()
    for one in corpus.judgements()[before:last]:
        typer.echo(judgement_line(one))
