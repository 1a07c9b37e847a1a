"""Who is meant by the entities of a dataset, asked of its tables; see `purport.corpus.who`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property

from purport.corpus.who import NO_OUTLETS, KeptWho
from purport.datasets.duck import files
from purport.datasets.linked import Linked
from purport.datasets.questions import TableRows
from purport.datasets.tables import id_of, key_of
from purport.model.networks import Node
from purport.model.rows import Actor, ActorLink
from purport.resolve.corpus.folding import fold_name
from purport.store.filters import Within

COLUMNS = tuple(one.name for one in fields(Actor))


class WhoOfTables(KeptWho):
    """The actors of a dataset as its tables have them."""

    def __init__(self, tables: Linked, rows: TableRows, within: Within) -> None:
        """Those; of the entities only the ones that stand in some stance `within` are held in memory."""
        self._tables, self._rows, self._within = tables, rows, within
        self._actor, self._entity, self._form = (
            files([tables.path(one)]) for one in ("actor", "actor_entity", "actor_form")
        )

    def nodes(self) -> Mapping[str, Node]:
        """As `Who.nodes`."""
        return self._nodes

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        stances, values = self._rows.of_stances(self._within)
        met = f"SELECT DISTINCT unnest([s.holder, s.target, s.vouched]) AS entity FROM {stances}"
        query = (
            "SELECT e.entity, a.id, a.name, a.type "
            f"FROM ({met}) m JOIN {self._entity} e USING (entity) JOIN {self._actor} a USING (place) WHERE a.named"
        )
        made: dict[str, Node] = {}
        rows = self._rows.query(query, values)
        return {id_of(key) or "": made.setdefault(told[0], Node(*told)) for key, *told in rows}

    def name_of(self, entity: str) -> str:
        """As `Who.name_of`."""
        own = self._nodes.get(entity)
        if own is not None:
            return own.name
        query = f"SELECT s.names FROM {self._rows.of('entities')} WHERE s.id = ?"
        return ", ".join(next((json.loads(names) for (names,) in self._rows.query(query, [key_of(entity)])), [])[:1])

    def outlet(self, name: str) -> Node | None:
        """As `Who.outlet`."""
        return self._outlets.get(name)

    @cached_property
    def _outlets(self) -> dict[str, Node]:
        """The actors that are outlets, or authors, of documents, by the folded names of these."""
        voices = {fold_name(name) for name in (*self._rows.voices(), *self._rows.outlets())} - {""}
        called_so = f"SELECT place FROM {self._form} WHERE {_AMONG}"
        numbers = f"SELECT place, count(*) AS number FROM {self._entity} WHERE place IN ({called_so}) GROUP BY place"
        query = (
            f"SELECT a.id, a.name, a.type, f.form FROM {self._form} f JOIN {self._actor} a USING (place) "
            f"JOIN ({numbers}) e USING (place) WHERE a.named AND NOT list_contains(?::VARCHAR[], a.type) "
            f"AND {_AMONG} ORDER BY e.number DESC, a.id"
        )
        found: dict[str, Node] = {}
        for id_, called, type_, form in self._rows.query(query, [sorted(voices), NO_OUTLETS, sorted(voices)]):
            if fold_name(called) == form:
                found.setdefault(form, Node(id_, called, type_))
        return found

    def _actors(self, condition: str, *values: object) -> list[Actor]:
        query = f"SELECT {', '.join(COLUMNS)} FROM {self._actor} WHERE {condition} ORDER BY place"
        rows = self._rows.query(query, values)
        return [Actor(**dict(zip(COLUMNS, (*told, tuple(json.loads(names))), strict=True))) for *told, names in rows]

    def _called(self, name: str, forms: Sequence[str]) -> list[Actor]:
        condition = f"named AND (name = ? OR place IN (SELECT place FROM {self._form} WHERE {_AMONG}))"
        return self._actors(condition, name, forms)

    def _known(self, names: Sequence[str]) -> list[Actor]:
        return self._actors("named AND known != '' AND list_contains(?::VARCHAR[], known)", names)

    def links(self, one: Actor) -> Iterator[ActorLink]:
        """Every entity of an actor with the reason for which it is of it, by document."""
        query = (
            "SELECT s.id, d.id, s.name, s.type, s.mentions, e.reason, e.confidence, s.names "
            f"FROM {self._rows.of('entities')} JOIN {self._entity} e ON e.entity = s.id "
            f"JOIN {self._actor} a USING (place) WHERE a.id = ? ORDER BY d.id, s.id"
        )
        for key, document, name, type_, mentions, reason, confidence, names in self._rows.query(query, [one.id]):
            yield ActorLink(
                id_of(key) or "", one.id, one.name, document, name, type_, mentions, reason, confidence,
                tuple(json.loads(names)),
            )  # fmt: skip

    def _forms(self, one: Actor) -> set[str]:
        query = f"SELECT f.form FROM {self._form} f JOIN {self._actor} a USING (place) WHERE a.id = ?"
        return {form for (form,) in self._rows.query(query, [one.id])}

    def _document(self, one: Actor) -> str:
        query = (
            f"SELECT min(d.id) FROM {self._rows.of('entities')} JOIN {self._entity} e ON e.entity = s.id "
            f"JOIN {self._actor} a USING (place) WHERE a.id = ?"
        )
        return "".join(id_ for (id_,) in self._rows.query(query, [one.id]))


_AMONG = "list_contains(?::VARCHAR[], form)"
