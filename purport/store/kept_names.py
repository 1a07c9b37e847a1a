"""What a store keeps of the names of entities, so that those that come need not be told apart from all others anew.

Entities are told by a name each: "=" and the neutral name of who is in the lexicon, "#" and the id of who has none,
else the folded name. `purport.corpus.casting` says what is kept of them and why.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from purport.model import codec
from purport.model.rows import EntityRow
from purport.resolve.corpus.parts import SURNAME
from purport.store.kept_actors import KeptActor, drop_kept_actors, kept_row
from purport.store.store import Store
from purport.store.transaction import Transaction

Fact = tuple[str, str, str]
"""A name, a kind of fact and a word, of which the names say it."""
Join = tuple[str, str, str]
"""Who tells it, and two names that are joined."""
_ROWS = (
    "SELECT e.id, d.id, e.name, e.type, e.names, e.known, n.mentions, n.statements, n.hostile, n.laudatory, "
    "d.published FROM named_entity n JOIN entity e ON e.key = n.key "
    "JOIN document d INDEXED BY document_card ON d.key = e.document "
)
_AMONG = "(SELECT value FROM json_each(?))"
_PUT_ACTOR = f"INSERT OR REPLACE INTO actor VALUES ({', '.join('?' * 13)})"
Link = tuple[str, int]
"""An entity, a form or a name, and the row of an actor."""
_AT_ONCE = 20_000
"""Rows of a transaction where no one holds one."""


@dataclass(frozen=True, slots=True)
class Came:
    """An entity that is new: its own row, that of its document, its id and names."""

    key: int
    document: int
    id: str
    name: str
    known: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Entities of one name that have the same names and type, and are known as the same: that name, one of them with
    what is counted of all, and how many they are."""

    name: str
    row: EntityRow
    number: int


@dataclass(frozen=True, slots=True)
class Old:
    """An actor that is kept: its row, its name, "" where it has none, its type and its forms."""

    place: int
    name: str
    type: str
    forms: set[str]


@dataclass(frozen=True, slots=True)
class Before:
    """Of which actors entities were, by their rows, of how many each was, the actors by their ids, and the rows of
    those whose entities went."""

    owner: Mapping[str, int]
    number: Mapping[int, int]
    actors: Mapping[str, Old]
    gone: Collection[int]


class AstrayError(Exception):
    """What is kept does not fit what comes: all of it must be made anew."""


class KeptNames:
    """What a store keeps of names; it must be open for writing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._words: dict[str, tuple[str, ...]] = {}

    # -- state ------------------------------------------------------------------------------------------------------

    def kept(self, what: str) -> str:
        """By what, or of what, something was made that is kept; "" where it is not."""
        return "".join(made for (made,) in self.store.query("SELECT made_by FROM kept WHERE what = ?", (what,)))

    def say(self, **made: str) -> None:
        """Say by what things were made."""
        self._many("INSERT OR REPLACE INTO kept VALUES (?, ?)", sorted(made.items()))

    def number(self) -> int:
        """How many entities there are, or a few more."""
        ((number,),) = self.store.query("SELECT coalesce(max(key), 0) FROM entity")
        return int(number)

    def waiting(self) -> int:
        """How many have come."""
        ((number,),) = self.store.query("SELECT count(*) FROM entity_came")
        return int(number)

    def last_judgement(self) -> int:
        """The number of the last judgement of actors."""
        ((number,),) = self.store.query("SELECT coalesce(max(number), 0) FROM judgement")
        return int(number)

    def drop(self) -> None:
        """Let go of all that is kept of actors and names, and take every entity for one that has come."""
        with Transaction(self.store.path, self.store.connection):
            drop_kept_actors(self.store)
            self.store.connection.execute("INSERT INTO entity_came SELECT key FROM entity")

    # -- what came and went -----------------------------------------------------------------------------------------

    def came(self) -> list[Came]:
        """The entities that are new."""
        query = "SELECT e.key, e.document, e.id, e.name, e.known FROM entity_came c JOIN entity e ON e.key = c.key"
        return [Came(*row) for row in self.store.query(query)]

    def take(self, names: Sequence[tuple[int, str, str]]) -> None:
        """Take entities in, each by its row, with its name and its folded name."""
        statement = (
            "INSERT INTO named_entity SELECT ?1, ?2, ?3, coalesce(m.met, 0), coalesce(a.said, 0), "
            "coalesce(m.hostile, 0), coalesce(m.laudatory, 0) FROM entity e LEFT JOIN {mentions} m ON m.entity = e.id "
            "LEFT JOIN {statements} a ON a.holder = e.id WHERE e.key = ?1"
        )
        mentions = (
            "SELECT entity, count(*) AS met, sum(tone = 'hostile') AS hostile, sum(tone = 'laudatory') AS laudatory "
            "FROM mention {} GROUP BY entity"
        )
        statements = "SELECT holder, count(*) AS said FROM attribution WHERE holder {} GROUP BY holder"
        if len(names) < _AT_ONCE:
            own = "= (SELECT id FROM entity WHERE key = ?1)"
            mentions, statements = mentions.format(f"WHERE entity {own}"), statements.format(own)
            self._many(statement.format(mentions=f"({mentions})", statements=f"({statements})"), names)
        else:  # of many all are counted first
            every = (("met", "entity", mentions.format("")), ("told", "holder", statements.format("IS NOT NULL")))
            for table, column, query in every:
                self.store.connection.execute(f"CREATE TEMP TABLE {table} AS {query}")
                self.store.connection.execute(f"CREATE INDEX temp.{table}_by_id ON {table} ({column})")
            self._many(statement.format(mentions="temp.met", statements="temp.told"), names)
            for table in ("met", "told"):
                self.store.connection.execute(f"DROP TABLE temp.{table}")
        self._run("DELETE FROM entity_came")

    def changed(self) -> set[str]:
        """The names of entities that went, or whose documents were dated, and words that went with them."""
        return {name for (name,) in self.store.query("SELECT name FROM name_changed")}

    # -- entities ---------------------------------------------------------------------------------------------------

    def rows(self, names: Collection[str]) -> list[EntityRow]:
        """The entities of names."""
        return self._rows(f"WHERE n.name IN {_AMONG}", codec.dumps(sorted(names)))

    def every_row(self) -> list[EntityRow]:
        """All entities."""
        return self._rows("")

    def kinds(self, names: Collection[str] | None = None) -> Iterator[Kind]:
        """The entities of names, or of all, by their kinds."""
        query = (
            "SELECT n.name, e.name, e.type, e.names, e.known, count(*), sum(n.mentions), sum(n.statements), "
            "sum(n.hostile), sum(n.laudatory) FROM named_entity n JOIN entity e ON e.key = n.key "
            f"{'' if names is None else f'WHERE n.name IN {_AMONG} '}GROUP BY 1, 2, 3, 4, 5"
        )
        rows = self.store.query(query) if names is None else self._listed(query, names)
        for own, name, type_, called, known, number, mentions, statements, hostile, laudatory in rows:
            told = tuple(json.loads(called))
            row = EntityRow("", "", name, type_, told, known, mentions, statements, hostile, laudatory)
            yield Kind(own, row, number)

    def documents(self, names: Collection[str]) -> dict[str, int]:
        """How many documents have each of the names."""
        query = (
            "SELECT n.name, count(DISTINCT e.document) FROM named_entity n JOIN entity e ON e.key = n.key "
            f"WHERE n.name IN {_AMONG} GROUP BY n.name"
        )
        return dict(self._listed(query, names))

    def there(self, names: Collection[str]) -> set[str]:
        """Those of the names that entities have."""
        # Of each but the first row is looked for: a name may have many thousands.
        query = (
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM named_entity WHERE named_entity.name = value)"
        )
        return {name for (name,) in self._listed(query, names)}

    def known_as(self, folded: Collection[str]) -> list[EntityRow]:
        """The entities of other names that have one of these folded ones."""
        return self._rows(f"WHERE n.folded != n.name AND n.folded IN {_AMONG}", codec.dumps(sorted(folded)))

    def in_documents(self, ids: Collection[str]) -> list[EntityRow]:
        """The entities of documents, by their ids."""
        query = f"WHERE d.key IN (SELECT key FROM document WHERE id IN {_AMONG})"
        return self._rows(query, codec.dumps(sorted(ids)))

    def in_rows(self, keys: Collection[int]) -> list[EntityRow]:
        """The entities of documents, by the rows of these."""
        return self._rows(
            f"WHERE n.key IN (SELECT key FROM entity WHERE document IN {_AMONG})", codec.dumps(sorted(keys))
        )

    def _rows(self, condition: str, *values: str) -> list[EntityRow]:
        words = self._words
        found = []
        for id_, document, name, type_, names, known, *rest in self.store.query(_ROWS + condition, values):
            called = words.get(names)
            if called is None:
                called = words[names] = tuple(json.loads(names))
            mentions, statements, hostile, laudatory, published = rest
            found.append(
                EntityRow(
                    id_, document, name, type_, called, known, mentions, statements, hostile, laudatory,
                    (published or "")[:10],
                )
            )  # fmt: skip
        return found

    def name_of(self, entity: str) -> str | None:
        """The name of an entity."""
        query = "SELECT n.name FROM entity e JOIN named_entity n ON n.key = e.key WHERE e.id = ?"
        return next((name for (name,) in self.store.query(query, (entity,))), None)

    # -- what names say ---------------------------------------------------------------------------------------------

    def put_facts(self, names: Collection[str], fits: Callable[[str], bool], facts: Collection[Fact]) -> set[Fact]:
        """Put facts of names in the place of those of kinds that fit; those that came or went."""
        query = f"SELECT name, kind, word FROM name_fact WHERE name IN {_AMONG}"
        there = {row for row in self._listed(query, names) if fits(row[1])}
        new = set(facts)
        self._many("DELETE FROM name_fact WHERE (name, kind, word) = (?, ?, ?)", sorted(there - new))
        self._many("INSERT INTO name_fact VALUES (?, ?, ?)", sorted(new - there))
        return there ^ new

    def flipped(self, changes: Iterable[Fact]) -> set[tuple[str, str]]:
        """Of facts that came or went, as `put_facts` gives them, the kinds and words that no name said before, or none
        does now."""
        number: dict[tuple[str, str], list[str]] = {}
        for name, kind, word in changes:
            number.setdefault((kind, word), []).append(name)
        found = set()
        for (kind, word), own in number.items():
            query = "SELECT name FROM name_fact WHERE (kind, word) = (?, ?) LIMIT ?"
            now = {name for (name,) in self.store.query(query, (kind, word, len(own) + 1))}
            if now <= set(own):  # else another name says so, and did before
                before = set(own) - now
                if not now or not before:
                    found.add((kind, word))
        return found

    def words(self, kind: str, among: Collection[str]) -> set[str]:
        """Those of some words of which a name says that."""
        query = (
            "SELECT value FROM json_each(?) WHERE EXISTS "
            "(SELECT 1 FROM name_fact f WHERE f.kind = ? AND f.word = value)"
        )
        return {word for (word,) in self.store.query(query, (codec.dumps(sorted(among)), kind))}

    def all_words(self, kind: str) -> list[str]:
        """All words of which a name says that."""
        return [word for (word,) in self.store.query("SELECT DISTINCT word FROM name_fact WHERE kind = ?", (kind,))]

    def names_saying(self, kind: str, word: str, most: int) -> list[str]:
        """The names that say that of a word, at most so many."""
        query = "SELECT name FROM name_fact WHERE (kind, word) = (?, ?) LIMIT ?"
        return [name for (name,) in self.store.query(query, (kind, word, most))]

    def put_said(self, documents: Collection[int], said: Iterable[tuple[int, str, tuple[str, ...]]]) -> None:
        """Put what documents, by their rows, say that words are in the place of what is kept of them."""
        self._many("DELETE FROM name_said WHERE document = ?", [(key,) for key in sorted(documents)])
        self._many(
            "INSERT INTO name_said VALUES (?, ?, ?)", [(key, word, codec.dumps(what)) for key, word, what in said]
        )

    def said(self, words: Collection[str]) -> dict[tuple[str, str], tuple[str, ...]]:
        """What documents say that words are, by the document's id and the word."""
        query = (
            "SELECT d.id, s.word, s.what FROM name_said s JOIN document d ON d.key = s.document "
            f"WHERE s.word IN {_AMONG}"
        )
        return {(id_, word): tuple(json.loads(what)) for id_, word, what in self._listed(query, words)}

    # -- what joins names -------------------------------------------------------------------------------------------

    def put_joins(self, told: Collection[str], joins: Collection[Join]) -> set[str]:
        """Put joins in the place of those that the same tell; the names at the ends of what came or went."""
        there = set(self._listed(f"SELECT told, one, other FROM name_join WHERE told IN {_AMONG}", told))
        new = set(joins)
        self._many("DELETE FROM name_join WHERE (told, one, other) = (?, ?, ?)", sorted(there - new))
        self._many("INSERT INTO name_join VALUES (?, ?, ?)", sorted(new - there))
        return {name for _, *ends in there ^ new for name in ends}

    def joined_by(self, told: str) -> list[tuple[str, str]]:
        """What somebody joins."""
        return list(self.store.query("SELECT one, other FROM name_join WHERE told = ?", (told,)))

    def joined_by_each(self, before: str, words: Collection[str]) -> dict[str, str]:
        """What those join who are words with that `before` them."""
        query = f"SELECT one, other FROM name_join WHERE told IN {_AMONG}"
        return dict(self._listed(query, [before + word for word in words]))

    def together(self, names: Collection[str], changed: Collection[str]) -> set[str]:
        """The names with all that they are joined to, by however many steps over names that entities have, or of which
        some were changed, and over what stands for surnames."""
        found, ahead = set(names), set(names)
        while ahead:
            ahead = {name for name in ahead if name.startswith(SURNAME) or name in changed} | self.there(ahead)
            asked = codec.dumps(sorted(ahead))
            query = (
                f"SELECT other FROM name_join WHERE one IN {_AMONG} UNION SELECT one FROM name_join "
                f"WHERE other IN {_AMONG}"
            )
            ahead = {name for (name,) in self.store.query(query, (asked, asked))} - found
            found |= ahead
        return found

    def joined_among(self, names: Set[str]) -> set[str]:
        """Those of the names that are joined to another of them."""
        pairs = self._listed(f"SELECT one, other FROM name_join WHERE one IN {_AMONG}", names)
        return {name for one, other in pairs if other in names for name in (one, other)}

    # -- actors that are all that have a name -----------------------------------------------------------------------

    def alone(self, names: Collection[str]) -> dict[str, int]:
        """The rows of the actors that are all that have one of the names."""
        return dict(self._listed(f"SELECT name, place FROM name_alone WHERE name IN {_AMONG}", names))

    def with_actors(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that kept actors have."""
        return {id_ for (id_,) in self._listed(f"SELECT id FROM actor WHERE id IN {_AMONG}", ids)}

    def put_alone(self, actors: Sequence[tuple[str, KeptActor]]) -> None:
        """Put actors, each with its name, in the place of those that were all that had it; where there was none, no
        other actor may have the id. Their entities are those that are new."""
        places = self.alone([name for name, _ in actors])
        last = self._last_place()
        rows, links, forms, new = list[tuple[Any, ...]](), list[Link](), list[Link](), list[Link]()
        for name, one in actors:
            place = places.get(name)
            if place is None:
                last += 1
                place = last
                new.append((name, place))
            rows.append(kept_row(place, one))
            links += [(entity, place) for entity in one.entities]
            forms += [(form, place) for form in one.forms]
        self._many("DELETE FROM actor_form WHERE place = ?", [(place,) for place in places.values()])
        self._many(_PUT_ACTOR, rows)
        self._many("INSERT INTO actor_entity VALUES (?, ?)", links)
        self._many("INSERT INTO actor_form VALUES (?, ?)", forms)
        self._many("INSERT INTO name_alone VALUES (?, ?)", new)
        self._many("DELETE FROM actor_changed WHERE place = ?", [(place,) for place in places.values()])

    def say_alone(self, actors: Sequence[tuple[str, str]]) -> None:
        """Say that actors, by their ids, are all that have a name, each before its id."""
        self._many("INSERT INTO name_alone SELECT ?, place FROM actor WHERE id = ?", actors)

    def not_alone(self, names: Collection[str]) -> None:
        """Say of no actor that it is all that has one of the names."""
        self._many("DELETE FROM name_alone WHERE name = ?", [(name,) for name in sorted(names)])

    def _last_place(self) -> int:
        ((last,),) = self.store.query("SELECT coalesce(max(place), -1) FROM actor")
        return int(last)

    # -- actors -----------------------------------------------------------------------------------------------------

    def before(self, entities: Collection[str]) -> Before:
        """The actors that entities were of, and those whose entities went. Raises `AstrayError` where one of those has
        others too."""
        owner = dict(self._listed(f"SELECT entity, place FROM actor_entity WHERE entity IN {_AMONG}", entities))
        gone = {place for (place,) in self.store.query("SELECT place FROM actor_changed")}
        places = sorted(gone | set(owner.values()))
        ((number,),) = self.store.query(
            f"SELECT count(*) FROM actor_entity WHERE place IN {_AMONG}", (codec.dumps(places),)
        )
        if number != len(owner):
            raise AstrayError
        forms: dict[int, set[str]] = {}
        for form, place in self._listed(f"SELECT form, place FROM actor_form WHERE place IN {_AMONG}", places):
            forms.setdefault(place, set()).add(form)
        query = f"SELECT id, place, CASE WHEN named THEN name ELSE '' END, type FROM actor WHERE place IN {_AMONG}"
        actors = {
            id_: Old(place, name, type_, forms.get(place, set()))
            for id_, place, name, type_ in self._listed(query, places)
        }
        return Before(owner, Counter(owner.values()), actors, gone)

    def put_actors(self, before: Before, same: Collection[str], actors: Iterable[KeptActor]) -> None:
        """Put actors in the place of those before but for those, by their ids, that are the same."""
        last = self._last_place()
        rows, links, called, uncalled = list[tuple[Any, ...]](), list[Link](), list[Link](), list[Link]()
        left = {old.place for id_, old in before.actors.items() if id_ not in same}
        for one in actors:
            old = before.actors.get(one.row.id)
            if old is None:
                last += 1
            place = old.place if old is not None else last
            left.discard(place)
            rows.append(kept_row(place, one))
            links += [(entity, place) for entity in one.entities if before.owner.get(entity) != place]
            had, has = old.forms if old is not None else set(), set(one.forms)
            called += [(form, place) for form in sorted(has - had)]
            uncalled += [(form, place) for form in sorted(had - has)]
        for table in ("actor", "actor_form"):
            self._many(f"DELETE FROM {table} WHERE place = ?", [(place,) for place in sorted(left)])
        self._many(_PUT_ACTOR, rows)
        self._many("INSERT OR REPLACE INTO actor_entity VALUES (?, ?)", links)
        self._many("DELETE FROM actor_form WHERE (form, place) = (?, ?)", uncalled)
        self._many("INSERT INTO actor_form VALUES (?, ?)", called)
        for table in ("actor_changed", "name_changed"):
            self._run(f"DELETE FROM {table}")

    # -- the store --------------------------------------------------------------------------------------------------

    def _listed(self, query: str, values: Collection[str] | Collection[int]) -> Iterator[tuple[Any, ...]]:
        return self.store.query(query, (codec.dumps(sorted(values)),))

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for many rows, in a transaction: that which is open, or else one for so many at a time."""
        connection, listed = self.store.connection, list(rows)
        if connection.in_transaction:
            connection.executemany(statement, listed)
            return
        for at in range(0, len(listed), _AT_ONCE):
            with Transaction(self.store.path, connection):
                connection.executemany(statement, listed[at : at + _AT_ONCE])

    def _run(self, statement: str) -> None:
        """Run a statement once, as `_many` does."""
        self._many(statement, [()])
