"""The actors of a store as they were last found, kept in it: lists of a large store need not find them again.

They are derived from entities and judgements alone. Whatever changes those lets go of them by a trigger, so that what
is kept is never old; whoever writes to the store next keeps them anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from purport.model import codec
from purport.model.rows import Actor
from purport.store.store import Store


@dataclass(frozen=True, slots=True)
class KeptActor:
    """An actor to be kept: its row, whether it has a name or is only described, its entities by id, its folded names in
    one text in which words are found, and the forms by which it is called."""

    row: Actor
    named: bool
    entities: Sequence[str]
    folded: str
    forms: Sequence[str]


_COLUMNS = tuple(one.name for one in fields(Actor))
IN_ORDER = "mentions DESC, CASE WHEN named THEN name ELSE '' END, id"
"""The order of lists, as `Cast.by_mentions` has it; the index `actor_in_order` is in it."""


def kept_row(place: int, one: KeptActor) -> tuple[str | int, ...]:
    """An actor as a row of the table `actor`, with that number for its key."""
    row = one.row
    return (
        place, row.id, row.name, row.type, row.known, row.mentions, row.documents, row.statements, row.hostile,
        row.laudatory, codec.dumps(row.names), int(one.named), one.folded,
    )  # fmt: skip


_DERIVED = (
    "actor", "actor_entity", "actor_form", "actor_changed", "entity_came", "named_entity", "name_fact", "name_join",
    "name_said", "name_changed", "name_alone",
)  # fmt: skip


def drop_kept_actors(store: Store) -> None:
    """Let go of them, and of what is kept of names, words and all. The caller holds the transaction."""
    for table in _DERIVED:
        store.connection.execute(f"DELETE FROM {table}")
    store.connection.execute("DELETE FROM kept WHERE what IN ('actors', 'names', 'judged')")


def has_kept_actors(store: Store, made_by: str) -> bool:
    """Whether what is kept is of the store as it is, and made by the same version of the code."""
    return any(True for _ in store.query("SELECT 1 FROM kept WHERE what = 'actors' AND made_by = ?", (made_by,)))


def kept_actors(store: Store, search: str | None, type_: str | None, limit: int | None) -> Iterator[Actor]:
    """The actors that have a name and are no mere things, or those of a type, in the order of lists;
    `search` is what stands in their folded names."""
    conditions, values = ["type = ?" if type_ is not None else "named AND type != 'other'"], list[str | int]()
    if type_ is not None:
        values.append(type_)
    if search is not None:
        conditions.append("instr(folded, ?) > 0")
        values.append(search)
    rows = store.query(
        f"SELECT {', '.join(_COLUMNS)} FROM actor WHERE {' AND '.join(conditions)} ORDER BY {IN_ORDER} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    yield from map(_actor, rows)


def entities_called(store: Store, id_: str, forms: Iterable[str], known: Iterable[str]) -> list[str]:
    """The ids of the entities of the actor with that id; else of those that have a name and are called by one of the
    forms, or are `known` to the lexicon by one of those names. Sorted."""
    own = "SELECT entity FROM actor_entity WHERE place IN (SELECT place FROM actor WHERE id = ?) ORDER BY entity"
    found = [entity for (entity,) in store.query(own, (id_,))]
    if found:
        return found
    rows = store.query(
        "SELECT entity FROM actor_entity WHERE place IN (SELECT place FROM actor WHERE named AND (place IN "
        "(SELECT place FROM actor_form WHERE form IN (SELECT value FROM json_each(?))) "
        "OR known != '' AND known IN (SELECT value FROM json_each(?)))) ORDER BY entity",
        (codec.dumps(sorted(forms)), codec.dumps(sorted(known))),
    )
    return [entity for (entity,) in rows]


# -- as networks ask for them ----------------------------------------------------------------------------------------

CALLED = (
    "named AND (name = ? OR place IN (SELECT place FROM actor_form WHERE form IN (SELECT value FROM json_each(?))))"
)
"""That an actor has a name, or a form of a list."""
KNOWN = "named AND known != '' AND known IN (SELECT value FROM json_each(?))"
"""That the lexicon knows an actor by one of the names of a list."""


def actors_where(store: Store, condition: str, values: Sequence[str | int]) -> list[Actor]:
    """The actors that fit a condition on their columns, in the order of lists."""
    query = f"SELECT {', '.join(_COLUMNS)} FROM actor WHERE {condition} ORDER BY {IN_ORDER}"
    return [_actor(row) for row in store.query(query, tuple(values))]


def _actor(row: Sequence[Any]) -> Actor:
    *told, names = row
    return Actor(**dict(zip(_COLUMNS, (*told, tuple(json.loads(names))), strict=True)))


def placed_actors(store: Store) -> tuple[Iterator[tuple[str, str]], dict[str, tuple[str, str, str]]]:
    """All entities with the places of their actors, and the id, name and type of those actors that have a name, by
    place."""
    # As one text: a thread that fetches many rows waits for its turn at each.
    ((told, places),) = store.query("SELECT group_concat(entity, ' '), group_concat(place, ' ') FROM actor_entity")
    rows = store.query("SELECT place, id, name, type FROM actor WHERE named")
    return (
        zip((told or "").split(), (places or "").split(), strict=True),
        {str(place): (id_, name, type_) for place, id_, name, type_ in rows},
    )


def actors_with_form(store: Store, form: str) -> list[Actor]:
    """The actors that have a name and that form, those with most entities first, then by id."""
    found = actors_where(store, "named AND place IN (SELECT place FROM actor_form WHERE form = ?)", (form,))
    query = "SELECT count(*) FROM actor_entity WHERE place = (SELECT place FROM actor WHERE id = ?)"
    number = {one.id: next(iter(store.query(query, (one.id,))))[0] for one in found}
    return sorted(found, key=lambda one: (-number[one.id], one.id))


def forms_of_actor(store: Store, id_: str) -> set[str]:
    """The forms by which an actor is called."""
    query = "SELECT form FROM actor_form WHERE place = (SELECT place FROM actor WHERE id = ?)"
    return {form for (form,) in store.query(query, (id_,))}


def document_naming(store: Store, id_: str) -> str:
    """The document that names an actor, of several the one with the smallest id."""
    query = (
        "SELECT min(d.id) FROM actor a JOIN actor_entity m USING (place) JOIN entity e ON e.id = m.entity "
        "JOIN document d ON d.key = e.document WHERE a.id = ?"
    )
    return "".join(id for (id,) in store.query(query, (id_,)))


def names_of_entity(store: Store, entity: str) -> list[str]:
    """The names by which a document calls an entity."""
    rows = store.query("SELECT names FROM entity WHERE id = ?", (entity,))
    return [name for (names,) in rows for name in json.loads(names)]


# -- as stories ask for them -----------------------------------------------------------------------------------------


def actors_in(
    store: Store, documents: Collection[str], without: Collection[str]
) -> Iterator[tuple[str, str, str, int]]:
    """The actors that documents name, but for those without a name and of some types: the document, the actor's id and
    name, and how often one of its entities is mentioned there."""
    yield from store.query(
        "SELECT d.id, a.id, a.name, (SELECT count(*) FROM mention m WHERE m.entity = e.id) FROM document d "
        "JOIN entity e ON e.document = d.key JOIN actor_entity k ON k.entity = e.id JOIN actor a ON a.place = k.place "
        "WHERE d.id IN (SELECT value FROM json_each(?)) AND a.named "
        "AND a.type NOT IN (SELECT value FROM json_each(?)) ORDER BY d.id, e.key",
        (codec.dumps(sorted(documents)), codec.dumps(sorted(without))),
    )


def documents_naming(store: Store, entities: Sequence[str], without: Collection[str]) -> set[str]:
    """The documents that name an actor which one of the entities is of, if it has a name and is of none of some
    types."""
    rows = store.query(
        "SELECT DISTINCT d.id FROM actor_entity k JOIN actor a ON a.place = k.place JOIN entity e ON e.id = k.entity "
        "JOIN document d ON d.key = e.document WHERE k.place IN (SELECT place FROM actor_entity "
        "WHERE entity IN (SELECT value FROM json_each(?))) AND a.named "
        "AND a.type NOT IN (SELECT value FROM json_each(?))",
        (codec.dumps(list(entities)), codec.dumps(sorted(without))),
    )
    return {id for (id,) in rows}


def speaking_actors(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Each entity that is the source of a statement, with its actor's id, its name, "" where it has none, and type."""
    yield from store.query(
        "SELECT k.entity, a.id, CASE WHEN a.named THEN a.name ELSE '' END, a.type FROM actor_entity k "
        "JOIN actor a ON a.place = k.place WHERE k.entity IN (SELECT holder FROM attribution)"
    )


def ids_of(store: Store, entities: Sequence[str]) -> set[str]:
    """The ids of the actors that the entities are of."""
    rows = store.query(
        "SELECT id FROM actor WHERE place IN (SELECT place FROM actor_entity "
        "WHERE entity IN (SELECT value FROM json_each(?)))",
        (codec.dumps(list(entities)),),
    )
    return {id for (id,) in rows}
