"""A user's own table of actors: their neutral names and aliases, which take precedence over those that ship."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from purport.errors import UsageError
from purport.lexicons.foreign_tables import is_foreign, read_foreign
from purport.lexicons.tables import Column, Table, content_lines
from purport.model.lexicon import ActorRow, PartisanRow
from purport.model.vocabulary import ACTOR_TYPES as TYPES
from purport.model.vocabulary import TONES, ActorType


@dataclass(frozen=True)
class UserTable:
    """A table of the user's: its actors, the names for them that take sides, and of a table that others keep what was
    passed over, by reason."""

    actors: tuple[ActorRow, ...]
    partisans: tuple[PartisanRow, ...]
    passed_over: tuple[tuple[str, int], ...] = ()

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits of SHA-256, which a run is marked with; "" of a table without a row."""
        if not self.actors:
            return ""
        return hashlib.sha256(repr((self.actors, self.partisans)).encode()).hexdigest()[:16]


def _row(
    name: str,
    kind: ActorType,
    aliases: str,
    adjectives: str,
    metonyms: str,
    hostile: str,
    laudatory: str,
    of: str,
    held: str,
) -> tuple[ActorRow, tuple[PartisanRow, ...]]:
    actor = ActorRow(name, kind, of, _names(aliases), _names(adjectives), _names(metonyms), held)
    sides = zip(TONES, (hostile, laudatory), strict=True)
    return actor, tuple(PartisanRow(side, name, tone, "name", side) for tone, cell in sides for side in _names(cell))


def _names(cell: str) -> tuple[str, ...]:
    """The names of a cell, each once and without an article."""
    names = (one.strip().removeprefix("the ").removeprefix("The ") for one in cell.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


TABLE = Table(
    "the table of actors",
    (
        Column("name"),
        Column("type", TYPES),
        *(
            Column(name, optional=True)
            for name in ("aliases", "adjectives", "metonyms", "hostile", "laudatory", "of", "held")
        ),
    ),
    _row,
    unique="name",
    free_columns=True,
)
COLUMNS = tuple(column.name for column in TABLE.columns)
"""What a table may have; `name` and `type` it must. Several values of a cell are set apart by ";"."""


def read_user_table(path: Path) -> UserTable:
    """The table in a file, CSV or tab-separated with a header, in UTF-8; lines that begin with "#" are comments. Or
    that of others (`purport.lexicons.foreign_tables`): FollowTheMoney's entities, a dump of Wikidata.

    Raises `UsageError`, naming file and line, where it cannot be read or a row is malformed.
    """
    if is_foreign(path):
        foreign = read_foreign(path)
        return UserTable(foreign.rows, (), tuple(foreign.passed_over.items()))
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text ({error.reason}); save it as CSV in UTF-8, with a header") from None
    except OSError as error:
        what = "is a folder" if path.is_dir() else f"cannot be read ({error.strerror or error})"
        raise UsageError(f"{path}: {what}; name a CSV file with a header") from None
    _, first = next(content_lines(text), (0, ""))
    delimiter = "\t" if "\t" in first else ","

    def split(line: str) -> list[str]:
        return [value.strip() for value in next(csv.reader([line], delimiter=delimiter))]

    try:
        rows = TABLE.parse(text, str(path), split)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return UserTable(tuple(actor for actor, _ in rows), tuple(side for _, sides in rows for side in sides))


def write_user_table(path: Path, rows: Iterable[ActorRow]) -> None:
    """Write rows as such a table, CSV. Raises `UsageError` where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("name", "type", "aliases", "adjectives", "metonyms", "of", "held"))
            for row in rows:
                cells = (row.aliases, row.adjectives, row.metonyms)
                writer.writerow((row.name, row.type, *map(";".join, cells), row.of, row.held))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another file") from None
