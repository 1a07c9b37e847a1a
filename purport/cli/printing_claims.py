"""What the command line prints of claims."""

from __future__ import annotations

import json
import re
import sys

from rich.text import Text

from purport.cli.printing import counted, left_out, one_line, plain, where_of
from purport.cli.tables import Cell, Column, print_table, show
from purport.corpus.tables import Claims
from purport.export.formats import write_csv
from purport.lexicons.classes import words_of
from purport.model.rows import Claim


def print_claims(rows: Claims, format: str, *, why: bool = False) -> None:
    """Claims as a table for people, or as JSON Lines or CSV for programs. The table says on whose word each stands,
    and whether it happened on that word, before it says what it is; words that negate are in bold on a terminal."""
    if format == "table":
        _claims_shown(rows, why=why)
    elif format == "csv":
        write_csv(sys.stdout, rows, Claim)
    else:
        for row in rows:
            told = {name: plain(getattr(row, name)) for name in row.__dataclass_fields__}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if format != "table":
        for line in left_out(rows):
            print(line, file=sys.stderr)  # noqa: T201 - beside the rows, which programs read


def _claims_shown(rows: Claims, *, why: bool) -> None:
    if not rows:
        show("no claim fits")
    else:
        reasons = [Column("why")] if why else []
        before = [
            Column("published", folds=False),
            Column("on whose word", style="bold cyan"),
            Column("did it happen?", style="magenta"),
            Column("claim"),
        ]
        number = print_table([*before, *reasons, Column("where", style="dim")], (_cells(row, why=why) for row in rows))
        show(counted(number, "claim"))
    for line in left_out(rows):
        show(line)


def _cells(row: Claim, *, why: bool) -> list[Cell]:
    who = row.by or ("the text" if row.own else "unnamed")
    who = f"{who} (own voice)" if row.own else _named(who, row.by_actor)
    reasons = [one_line("; ".join(row.why) or "as it is told")] if why else []
    before = [one_line(cell) for cell in (row.published or "", who, _answer(row))]
    return [*before, _claim(row), *reasons, one_line(where_of(row))]


def _answer(row: Claim) -> str:
    return row.happened + (", unsure" if row.unsure else "")


def _who_does(row: Claim) -> str:
    """The subject; beside a pronoun the name of whom it stands for, where that is known."""
    return _named(row.subject or "?", row.actor)


def _named(words: str, actor: str) -> str:
    return f"{words} ({actor})" if actor and words.lower() in words_of("pronouns of persons") else words


def _claim(row: Claim) -> Text:
    """The parts of a claim, with what negates it in bold."""
    parts = (_who_does(row), row.predicate, row.object, row.further)
    told = Text(" | ".join(one_line(part) for part in parts if part))
    for one in {one_line(part) for part in row.negation.split(" … ") if part}:
        told.highlight_regex(rf"(?<!\w){re.escape(one)}(?!\w)" if one[:1].isalpha() else re.escape(one), "bold red")
    return told
