"""Who is meant by the entities of a dataset, asked of its tables; see `purport.corpus.who`."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cached_property

from purport.corpus.actors import LEAST, NOBODY, forms_of, nearest, several
from purport.corpus.who import NO_OUTLETS
from purport.datasets.duck import files
from purport.datasets.linked import Linked
from purport.datasets.questions import TableRows
from purport.datasets.tables import key_of
from purport.errors import UsageError
from purport.model.networks import Node
from purport.model.rows import Actor
from purport.resolve.corpus.folding import fold, fold_name

COLUMNS = tuple(one.name for one in fields(Actor))


class WhoOfTables:
    """The actors of a dataset as its tables have them."""

    def __init__(self, tables: Linked, rows: TableRows) -> None:
        """Those; of the entities only the ones that stand in some stance are held in memory."""
        self._tables, self._rows = tables, rows
        self._actor, self._entity, self._form = (
            files([tables.path(one)]) for one in ("actor", "actor_entity", "actor_form")
        )

    def node(self, entity: str) -> Node | None:
        """As `Who.node`."""
        one = self._node_of.get(int(entity, 16))
        return one if one is not None and one.name else None

    @cached_property
    def _node_of(self) -> dict[int, Node]:
        stances = self._rows.of("stances")
        met = " UNION ".join(f"SELECT s.{one} AS entity FROM {stances}" for one in ("holder", "target", "vouched"))
        query = (
            "SELECT e.entity, a.id, CASE WHEN a.named THEN a.name ELSE '' END, a.type "
            f"FROM ({met}) m JOIN {self._entity} e USING (entity) JOIN {self._actor} a USING (place)"
        )
        nodes: dict[str, Node] = {}
        return {key: nodes.setdefault(told[0], Node(*told)) for key, *told in self._rows.query(query)}

    def name_of(self, entity: str) -> str:
        """As `Who.name_of`."""
        own = self.node(entity)
        if own is not None:
            return own.name
        query = f"SELECT s.names FROM {self._rows.of('entities')} WHERE s.id = ?"
        return ", ".join(next((json.loads(names) for (names,) in self._rows.query(query, [key_of(entity)])), [])[:1])

    def outlet(self, name: str) -> Node | None:
        """As `Who.outlet`."""
        named = f"SELECT count(*) FROM {self._entity} e WHERE e.place = a.place"
        query = (
            f"SELECT a.id, a.name, a.type, ({named}) AS entities FROM {self._actor} a "
            f"WHERE a.named AND NOT list_contains(?::VARCHAR[], a.type) "
            f"AND a.place IN (SELECT place FROM {self._form} WHERE form = ?) ORDER BY entities DESC, a.id"
        )
        for id_, called, type_, _ in self._rows.query(query, [NO_OUTLETS, name]):
            if fold_name(called) == name:
                return Node(id_, called, type_)
        return None

    def find(self, name: str) -> Node:
        """As `Who.find`."""
        asked = name.strip().lower()
        found = self._actors("id = ?", asked)
        if not found and len(asked) >= LEAST and set(asked) <= set("0123456789abcdef"):
            found = self._actors("starts_with(id, ?)", asked)
        if not found:
            forms = sorted(forms_of(name))
            found = self._actors(
                f"named AND (name = ? OR place IN (SELECT place FROM {self._form} WHERE "
                "list_contains(?::VARCHAR[], form)))", name, forms,
            )  # fmt: skip
            found = nearest(name, found, self._told) if fold(name) else found
        if not found:
            raise UsageError(NOBODY.format(name))
        if len(found) > 1:
            raise several(name, found, self._where)
        (one,) = found
        return Node(one.id, one.name, one.type)

    def _actors(self, condition: str, *values: object) -> list[Actor]:
        query = f"SELECT {', '.join(COLUMNS)} FROM {self._actor} WHERE {condition} ORDER BY place"
        rows = self._rows.query(query, values)
        return [Actor(**dict(zip(COLUMNS, (*told, tuple(json.loads(names))), strict=True))) for *told, names in rows]

    def _told(self, one: Actor) -> tuple[str, set[str]]:
        query = f"SELECT f.form FROM {self._form} f JOIN {self._actor} a USING (place) WHERE a.id = ?"
        return one.name, {form for (form,) in self._rows.query(query, [one.id])}

    def _where(self, one: Actor) -> str:
        if one.documents != 1:
            return f"{one.documents} documents"
        query = (
            f"SELECT min(d.id) FROM {self._rows.of('entities')} JOIN {self._entity} e ON e.entity = s.id "
            f"JOIN {self._actor} a USING (place) WHERE a.id = ?"
        )
        return "".join(f"document {id_}" for (id_,) in self._rows.query(query, [one.id]))
