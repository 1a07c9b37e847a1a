"""A dataset as it is asked: the questions, answers and types of a corpus, by DuckDB over its tables; only to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from purport import store as stores
from purport.corpus.actors import Cast, forms_of
from purport.corpus.asked import Period, told_of
from purport.corpus.corpus import Corpus
from purport.corpus.likeness import Likeness
from purport.corpus.sharing import Sharing
from purport.corpus.standing import Standing
from purport.corpus.tables import Actors, Links
from purport.corpus.view import View
from purport.corpus.who import WhoOfCast
from purport.datasets.actors import entities
from purport.datasets.dataset import FORMAT
from purport.datasets.duck import files
from purport.datasets.forgetting import forget
from purport.datasets.linked import Linked
from purport.datasets.linking import linked
from purport.datasets.places import located
from purport.datasets.questions import Place, TableRows
from purport.datasets.verify import verify_dataset
from purport.datasets.who import COLUMNS, WhoOfTables
from purport.errors import UsageError
from purport.model.record import Record
from purport.model.rows import Actor, DocumentRow, Evidence, Judgement, Review
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.folding import fold
from purport.store.conditions import known_as
from purport.store.filters import Within

_CACHED = ("tables", "_judged_view", "_reviews", "_decided", "_all_actors", "_standing_now")
"""What is kept from the first question on."""


class DatasetCorpus(Corpus):
    """A dataset to ask, as a `Corpus` is: for statements, claims, actors, networks, documents and what it holds.

    All else, and to write, needs a store: `purport.datasets.gather` makes one. What needs it raises `UsageError`.
    """

    def __init__(self, folder: str | Path, judgements: str | Path | None = None, *, refresh: bool = True) -> None:
        """The dataset in `folder`; the first question brings its tables up to date, unless they are not to be
        refreshed. What people judged, of actors, statements and claims, is taken from the store `judgements`.

        Raises `StoreError` where there is no such store; a dataset that cannot be used raises it when it is asked.
        """
        self.path = located(folder)
        self._refresh = refresh
        self._judged_in = stores.Store(judgements) if judgements is not None else None
        self._rows: TableRows | None = None
        self._kept_views: list[View] = []

    def close(self) -> None:
        """Let go of the tables."""
        for view in self._kept_views:
            view.close()
        if self._rows is not None:
            self._rows.close()
        if self._judged_in is not None:
            self._judged_in.close()
        for name in [name for name in vars(self) if name in _CACHED]:
            delattr(self, name)
        self._rows, self._judged_in, self._kept_views = None, None, []

    @property
    def store(self) -> stores.Store:
        """There is none. Raises `UsageError`."""
        raise self._needs_store()

    @property
    def likeness(self) -> Likeness:
        """A dataset keeps none. Raises `UsageError`."""
        raise self._needs_store()

    @property
    def sharing(self) -> Sharing:
        """A dataset keeps none. Raises `UsageError`."""
        raise self._needs_store()

    def _needs_store(self) -> UsageError:
        return UsageError(
            f"{self.path}: a dataset answers statements, claims, actors, network, documents and info; for all else "
            f"make a store of it: purport gather {self.path} --store FILE"
        )

    def add(self, *_: object, **__: object) -> NoReturn:
        """Refused: `purport.datasets.read_dataset` reads into a dataset. Raises `UsageError`."""
        raise UsageError(f"{self.path}: is a dataset; read into it with purport.datasets.read_dataset")

    @cached_property
    def tables(self) -> Linked:
        """The tables, brought up to date. Raises `StoreError` where there is no dataset, or they cannot be written."""
        return linked(self.path, refresh=self._refresh)

    @property
    def rows(self) -> TableRows:
        """The rows as they were found."""
        if self._rows is None:
            self._rows = TableRows(self.tables)
        return self._rows

    def _seen(self, as_found: bool) -> View:
        return View(self.rows) if as_found else self._judged_view

    @cached_property
    def _judged_view(self) -> View:
        view = View.as_judged(self.rows, self.rows, self._reviews)
        self._kept_views.append(view)
        return view

    @cached_property
    def _reviews(self) -> Sequence[Review]:
        return stores.reviews(self._judged_in) if self._judged_in is not None else ()

    @cached_property
    def _decided(self) -> Sequence[Judgement]:
        return stores.judgements(self._judged_in) if self._judged_in is not None else ()

    def _judge(self, *_: object, **__: object) -> NoReturn:
        """Refused: people judge in a store. Raises `UsageError`."""
        raise self._needs_store()

    def forget(self, documents: Sequence[str]) -> None:
        """Remove documents, by their ids, with all that was derived from them (`purport.datasets.forget`).

        Raises `UsageError` for one that is not there, and then removes none; `StoreError` where the dataset cannot be
        written.
        """
        # A shard that came since, or was left out as damaged, may hold them too.
        without = {marker.name for marker in self.tables.shards} - self.rows.shards_of(documents)
        self.close()
        forget(self.path, documents, without)

    # -- actors ---------------------------------------------------------------------------------------------------

    @property
    def cast(self) -> Cast:
        """The actors, with what they are made of; all of them are held in memory."""
        return self._all_actors

    @cached_property
    def _all_actors(self) -> Cast:
        return Cast(entities(self.tables), self._decided)

    def _table(self, what: str) -> str:
        return files([self.tables.path(what)])

    def actors(self, *, search: str | None = None, type: str | None = None, limit: int | None = None) -> Actors:
        """As `Corpus.actors`."""
        if self._decided:
            return Actors(self.cast.actors(search, type, limit))
        return Actors(self._actors(search, type, limit))

    def _actors(self, search: str | None, type_: str | None, limit: int | None) -> Iterator[Actor]:
        if type_ is not None and type_ not in TYPES:
            raise UsageError(f"no type of actor is called {type_!r}; there are {', '.join(TYPES)}")
        conditions, values = ["type = ?" if type_ is not None else "named AND type != 'other'"], list[object]()
        if type_ is not None:
            values.append(type_)
        if search is not None:
            conditions.append("contains(folded, ?)")
            values.append(f" {fold(search)} ")
        most = f"LIMIT {int(limit)}" if limit is not None else ""
        where = f"{self._table('actor')} WHERE {' AND '.join(conditions)}"
        query = f"SELECT {', '.join(COLUMNS)} FROM {where} ORDER BY place {most}"
        for *told, names in self.rows.query(query, values):
            yield Actor(**dict(zip(COLUMNS, (*told, tuple(json.loads(names))), strict=True)))

    def dominant(self, name: str) -> tuple[Actor, int]:
        """As `Corpus.dominant`."""
        return super().dominant(name) if self._decided else self._who.dominant(name)

    def links(self, name: str) -> Links:
        """As `Corpus.links`."""
        return super().links(name) if self._decided else Links(self._who.links(self.dominant(name)[0]))

    @property
    def _who(self) -> WhoOfTables:
        return WhoOfTables(self.tables, self.rows, Within())

    def names(self) -> Iterator[str]:
        """As `Corpus.names`."""
        yield from (one.name for one in self.actors())
        yield from self.outlets()

    def _kept(self) -> None:
        """None of a store's."""

    def _bearing(self, name: str) -> Sequence[str]:
        if self._decided:
            return self.cast.bearing(name)
        return self.rows.bearing(name.strip().lower(), sorted(forms_of(name)), sorted(known_as(name)))

    # -- networks -------------------------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """Who stands how to whom, as people have judged it."""
        return self._standing_now

    @cached_property
    def _standing_now(self) -> Standing:
        return self.standing_as()

    def standing_as(self, *, as_found: bool = False, within: Within | None = None) -> Standing:
        """As `Corpus.standing_as`; of a large dataset only what is `within` is looked at."""
        view, own = self._seen(as_found), within or Within()
        who = WhoOfCast(self.cast) if self._decided else WhoOfTables(self.tables, self.rows, own)
        reprints = dict(self.rows.query(f"SELECT id, first FROM {self._table('reprint')}"))
        origins = None if view.judged else dict(self.rows.query(f"SELECT said, first FROM {self._table('sentence')}"))
        # Also outlets that say nothing within it can be asked about.
        stances = view.stances() if view.judged else self.rows.stances(own)
        return Standing(who, stances, reprints, self.outlets(), origins)

    def evidence(self, ties: Sequence[str]) -> list[Evidence]:
        """As `Corpus.evidence`."""
        return list(self.rows.evidence(ties, self.standing.name_of))

    # -- documents ------------------------------------------------------------------------------------------------

    def documents(self, limit: int | None = None) -> list[DocumentRow]:
        """As `Corpus.documents`."""
        columns = [one.name for one in fields(DocumentRow)]
        most = f"LIMIT {int(limit)}" if limit is not None else ""
        rows = f"{self.rows.documents()} ORDER BY published IS NULL, published, id {most}"
        query = f"SELECT {', '.join(columns)} FROM {rows}"
        found: list[DocumentRow] = []
        for row in self.rows.query(query):
            told = dict(zip(columns, row, strict=True))
            lists = {name: tuple(json.loads(told[name])) for name in ("notes", "paths")}
            found.append(DocumentRow(**{**told, **lists}))
        return found

    def documents_of(
        self,
        *,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        about: str | None = None,
    ) -> dict[str, list[Place]]:
        """Where the documents are that fit, by the names of the shards that hold them; see `purport.datasets.gather`.

        Raises `UsageError` for an outlet or actor that is not there.
        """
        _, since, until, outlet, _ = self._checked(None, since, until, outlet, None)
        told_of(self._seen(True), about, self._bearing, self.names)
        wanted = stores.Filter(outlet=outlet, since=since, until=until, about=about, unsaid=True)
        return self.rows.documents_of(wanted, self._bearing)

    def outlets(self) -> list[str]:
        """All outlets that documents were seen at, sorted."""
        return self.rows.outlets()

    def extra_fields(self) -> dict[str, dict[str, str]]:
        """As `Corpus.extra_fields`."""
        query = f"SELECT id, extra FROM {self.rows.documents()} WHERE extra != '{{}}'"
        return {id_: json.loads(told) for id_, told in self.rows.query(query)}

    def record(self, document: str) -> Record:
        """As `Corpus.record`."""
        return self.rows.record(document)

    def records(self) -> Iterator[Record]:
        """As `Corpus.records`."""
        return map(self.record, sorted(one.id for one in self.documents()))

    def quick_check(self) -> list[str]:
        """As `Corpus.quick_check`: files that are gone or not as long as they were."""
        dataset = self.tables.dataset
        every = (file for marker in self.tables.shards for file in marker.files)
        return [fault for file in every if (fault := dataset.fault(file, whole=False)) is not None]

    def verify(self) -> list[str]:
        """Every fault of the dataset, one line each; an empty list proves it sound."""
        return verify_dataset(self.path).faults

    def info(self) -> stores.Info:
        """What is in the dataset; `size` is that of all its files, `version` that of their form."""
        query, rows = f"FROM {self.rows.documents()}", self.rows.query
        ((documents, analysed, statements, claims, first, last),) = rows(
            "SELECT count(*), coalesce(sum(analysed::INTEGER), 0), coalesce(sum(attributions), 0), "
            f"coalesce(sum(claims), 0), min(published), max(published) {query}"
        )
        ((problems,),) = rows(f"SELECT count(*) FROM {self._table('problem')}")
        run = self.tables.dataset.run
        return stores.Info(
            path=str(self.path),
            size=sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file()),
            version=FORMAT,
            documents=documents,
            analysed=int(analysed),
            statements=int(statements),
            claims=int(claims),
            problems=problems,
            outlets=tuple(rows(f"SELECT coalesce(outlet, ''), count(*) {query} GROUP BY 1 ORDER BY 1")),
            formats=tuple(rows(f"SELECT format, count(*) {query} GROUP BY 1 ORDER BY 1")),
            published=(first, last) if first is not None else None,
            runs=(stores.RunInfo(run.id, run, documents, 0),),
            kept_in="dataset",
        )

    def problems(self) -> list[stores.Problem]:
        """What could not be read, by path."""
        query = f"SELECT path, part, reason FROM {self._table('problem')} ORDER BY path, part"
        return [stores.Problem(*row) for row in self.rows.query(query)]
