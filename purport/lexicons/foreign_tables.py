"""Tables of actors that others keep: FollowTheMoney's entities and dumps of Wikidata, as rows of a user's own table.

FollowTheMoney: one JSON entity a line (followthemoney.tech, "Entity streams"). Wikidata: the JSON dump, one item a line
between "[" and "]" (mediawiki.org, "Wikibase/DataModel/JSON"). Either may be compressed (.gz, .bz2), and is read line
by line. What cannot be a row is passed over and counted by its reason.
"""

from __future__ import annotations

import bz2
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO, Any, cast

from purport.errors import UsageError
from purport.lexicons.tables import Column, Table, word_fault
from purport.model.lexicon import ActorRow
from purport.model.vocabulary import ACTOR_TYPES, ActorType

FORMATS = ("FollowTheMoney", "Wikidata")
SUFFIXES = (".json", ".jsonl", ".ndjson", ".ijson")
_COMPRESSED = (".gz", ".bz2")
_MOST = 200_000
"""Rows of a table; each stays in memory while documents are read."""
_LONGEST = 64 * 2**20
"""Bytes of a line."""
_NAME = 200
"""Code points of a name."""
_NATIVE = ("name", "alias", "previousName", "abbreviation")


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """Rows that were made of others' entities, by name, and how many were passed over, by reason."""

    rows: tuple[ActorRow, ...]
    passed_over: Mapping[str, int]


def _row(format: str, class_: str, type_: ActorType, _label: str) -> tuple[tuple[str, str], ActorType]:
    return (format, class_), type_


FOREIGN_TYPES = Table(
    "foreign_types.tsv",
    (Column("format", FORMATS), Column("class", check=word_fault), Column("type", ACTOR_TYPES), Column("label")),
    _row,
    order=lambda cells: (cells[0], cells[1]),
)


@cache
def _types() -> Mapping[tuple[str, str], ActorType]:
    return dict(FOREIGN_TYPES.load())


def is_foreign(path: Path) -> bool:
    """Whether a file is a table of others by its name: *.json, *.jsonl, *.ndjson, *.ijson, also with .gz or .bz2."""
    suffixes = [one.lower() for one in path.suffixes[-2:]]
    return bool(suffixes) and (
        suffixes[-1] in SUFFIXES or (suffixes[-1] in _COMPRESSED and len(suffixes) > 1 and suffixes[0] in SUFFIXES)
    )


def read_foreign(path: Path) -> ForeignTable:
    """The rows of a file of FollowTheMoney's entities or of a dump of Wikidata.

    A name that several bear tells nobody, and is none of theirs; of persons no single word is a name. Raises
    `UsageError`, naming file and line, where the file cannot be read, a line is no entity, or there are too many.
    """
    passed: Counter[str] = Counter()
    found: list[ActorRow] = []
    for number, entity in _entities(path):
        row = _of_wikidata(entity, passed) if "labels" in entity else _of_money(entity, path, number, passed)
        if row is not None:
            found.append(row)
        if len(found) > _MOST:
            raise UsageError(f"{path}: has more than {_MOST:,} actors; cut it down to those your texts may name")
    return ForeignTable(_told_apart(found, passed), dict(sorted(passed.items())))


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return cast("IO[bytes]", bz2.open(path, "rb")) if path.suffix.lower() == ".bz2" else path.open("rb")


def _entities(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(_LONGEST):
                number += 1
                text = line.strip().rstrip(b",")
                if text in (b"", b"[", b"]"):
                    continue
                try:
                    told = json.loads(text)
                except (ValueError, RecursionError):
                    raise UsageError(
                        f"{path}, line {number}: is no JSON of one entity; give FollowTheMoney's entities or a dump of "
                        "Wikidata, one a line"
                    ) from None
                if not isinstance(told, dict):
                    raise UsageError(f"{path}, line {number}: is no entity but {type(told).__name__}")
                yield number, told
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a file that is whole") from None


def _of_money(entity: Mapping[str, Any], path: Path, number: int, passed: Counter[str]) -> ActorRow | None:
    schema, properties = entity.get("schema"), entity.get("properties")
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise UsageError(
            f"{path}, line {number}: has neither a schema with properties (FollowTheMoney) nor labels (Wikidata)"
        )
    type_ = _types().get(("FollowTheMoney", schema))
    if type_ is None:
        passed[f"their schema is {schema[:40]}"] += 1
        return None
    names = [one for key in _NATIVE for one in _texts(properties.get(key))]
    caption = entity.get("caption")
    first = [caption] if isinstance(caption, str) and caption in names else []
    countries = {one.upper() for one in _texts(properties.get("country")) if len(one) == 2}
    return _made([*first, *names], type_, countries.pop() if len(countries) == 1 else "", passed)


def _of_wikidata(entity: Mapping[str, Any], passed: Counter[str]) -> ActorRow | None:
    classes = list(_instances(entity))
    types = [type_ for one in classes if (type_ := _types().get(("Wikidata", one))) is not None]
    if not types:
        passed[f"they are an instance of {classes[0]}" if classes else "nothing says what they are"] += 1
        return None
    label = _english(entity.get("labels"))
    others = _english(entity.get("aliases"))
    # A capital is a city and a division too: the type that stands first in the vocabulary tells most.
    return _made([*label, *others], min(types, key=ACTOR_TYPES.index), "", passed)


def _instances(entity: Mapping[str, Any]) -> Iterator[str]:
    claims = entity.get("claims")
    for one in claims.get("P31", ()) if isinstance(claims, dict) else ():
        try:
            yield str(one["mainsnak"]["datavalue"]["value"]["id"])
        except (KeyError, TypeError):
            continue


def _english(told: object) -> list[str]:
    """The English of labels or aliases; what has none is called as in all languages ("mul")."""
    for language in ("en", "mul"):
        found = told.get(language) if isinstance(told, dict) else None
        rows = found if isinstance(found, list) else [found]
        names = [str(row["value"]) for row in rows if isinstance(row, dict) and isinstance(row.get("value"), str)]
        if names:
            return names
    return []


def _texts(told: object) -> list[str]:
    rows = told if isinstance(told, list) else [told]
    return [row for row in rows if isinstance(row, str)]


def _made(names: list[str], type_: ActorType, of: str, passed: Counter[str]) -> ActorRow | None:
    clean = (" ".join(name.replace("\x00", "").split()) for name in names)
    clean = (name for name in clean if name and len(name) <= _NAME and ";" not in name and name.isprintable())
    own = list(dict.fromkeys(name for name in clean if type_ != "person" or " " in name))
    if not own:
        passed["they have no name that can be looked up"] += 1
        return None
    return ActorRow(own[0], type_, of, tuple(own[1:]), (), (), "")


def _told_apart(rows: list[ActorRow], passed: Counter[str]) -> tuple[ActorRow, ...]:
    """The rows without the names that several bear."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        for name in (row.name, *row.aliases):
            bearers[name.casefold()].add(at)
    kept: list[ActorRow] = []
    for row in rows:
        own = [name for name in (row.name, *row.aliases) if len(bearers[name.casefold()]) == 1]
        if own:
            kept.append(replace(row, name=own[0], aliases=tuple(own[1:])))
        else:
            passed["others bear all their names"] += 1
    return tuple(sorted(kept, key=lambda row: row.name))
