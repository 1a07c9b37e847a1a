"""What the command line prints about actors and the judgements on them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from purport.cli.printing import counted, one_line
from purport.cli.tables import Column, console, print_table, show
from purport.corpus.tables import Actors, Links
from purport.export.formats import write_csv
from purport.model.rows import Actor, ActorLink, Judgement
from purport.resolve.corpus.judgements import Judged
from purport.store.namings import namings

if TYPE_CHECKING:
    from purport.corpus.corpus import Corpus
    from purport.corpus.same import Candidate

_NAMES = 4
"""Other names of an actor that the table lists."""
_LOOKED = 200
"""Entities of an actor among which a sentence is looked for that names it."""


def print_actors(rows: Actors, format: str) -> None:
    """Actors as a table for people, or as JSON Lines or CSV for programs."""
    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
        return
    if format == "csv":
        write_csv(sys.stdout, rows, Actor)
        return
    if not rows:
        show("no actor fits")
        return
    show(counted(print_table(_ACTOR, map(_actor, rows)), "actor"))


_ACTOR = (
    Column("id", folds=False, style="dim"), Column("name", style="bold cyan"), Column("type"),
    *(Column(name, folds=False, right=True) for name in ("mentions", "documents", "statements")),
    Column("tone"), Column("other names"),
)  # fmt: skip


def _actor(row: Actor) -> list[str]:
    counts = (str(row.mentions), str(row.documents), str(row.statements))
    more = (f"and {len(row.names) - _NAMES} more",) if len(row.names) > _NAMES else ()
    cells = (row.id, row.name, row.type, *counts, _tone(row), "; ".join((*row.names[:_NAMES], *more)))
    return [one_line(cell) for cell in cells]


def _tone(row: Actor) -> str:
    """How often it is named in words that take a side."""
    counts = ((row.hostile, "hostile"), (row.laudatory, "laudatory"))
    return ", ".join(f"{number} {side}" for number, side in counts if number)


def print_actor(row: Actor, links: Links, paths: Mapping[str, str]) -> None:
    """An actor and all that makes it up, each with its reason; `paths` are where the documents were met."""
    out = console()
    known = ", in the lexicon of actors" if row.known else ""
    tone = f"; {_tone(row)}" if _tone(row) else ""
    counts = f"{counted(row.mentions, 'mention')} in {counted(row.documents, 'document')}"
    said = counted(row.statements, "statement")
    out.print(Text(one_line(f"{row.name} ({row.type}, {row.id}{known}): {counts}, {said}{tone}")), soft_wrap=True)
    if row.names:
        out.print(Text(one_line(f"other names: {'; '.join(row.names)}")), soft_wrap=True)

    def cells(link: ActorLink) -> list[str]:
        where = Path(paths.get(link.document) or link.document).name
        called = dict.fromkeys((link.name, *link.names)) if link.name else dict.fromkeys(link.names)
        why = f"{link.reason} ({link.confidence:.2f})"
        told = (link.id, where, "; ".join(list(called)[:_NAMES]), str(link.mentions), why)
        return [one_line(cell) for cell in told]

    print_table(_LINK, map(cells, links))


_LINK = (
    Column("entity", folds=False), Column("document"), Column("named there"),
    Column("mentions", folds=False, right=True), Column("why"),
)  # fmt: skip


def judgement_line(one: Judgement, state: str = "") -> str:
    """A judgement on one line: its number, what it does, what it says, who judged and why."""
    deed = f"{one.deed} {one.undoes}" if one.undoes else one.deed
    by = "".join(f"; {word} {told}" for word, told in (("by", one.who), ("note:", one.note)) if told)
    return one_line(f"{one.number} {deed}: {one.told}{by}{f' [{state}]' if state else ''}")


def print_judgements(judgements: Sequence[Judgement], judged: Judged) -> None:
    """All judgements, each with whether it is undone or orphaned."""
    out = console()
    for one in judgements:
        gone = "undone" if one.number in judged.undone else ""
        lost = "orphaned: what it names is not there" if one.number in judged.orphaned else ""
        out.print(Text(judgement_line(one, gone or lost)), soft_wrap=True)
    if not judgements:
        out.print("no judgements")


def print_candidates(corpus: Corpus, found: Sequence[Candidate]) -> None:
    """Pairs of actors that may be one: the two, what speaks for and against it, and a sentence that names each."""
    out = console()
    for at, pair in enumerate(found):
        if at:
            out.print()
        for side in (pair.one, pair.other):
            row = corpus.cast.actor(side)
            counts = f"{counted(row.mentions, 'mention')} in {counted(row.documents, 'document')}"
            out.print(Text(one_line(f"{row.id} {row.name} ({row.type}): {counts}")), soft_wrap=True)
            for one in namings(corpus.store, [link.entity for link in side.links][:_LOOKED], 1):
                out.print(Text(f"    {one_line(one.before + one.own + one.after)}"), soft_wrap=True)
        for word, reasons in (("for", pair.speaks_for), ("against", pair.against)):
            for reason in reasons:
                out.print(Text(one_line(f"  {word}: {reason}")), soft_wrap=True)
    out.print("" if found else "nobody is left who may be the same", end="" if found else "\n")
