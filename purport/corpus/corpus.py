"""What a Python user does with a store of documents: `open` gives a `Corpus`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from purport import read as readers
from purport import store as stores
from purport.corpus import reading
from purport.corpus.actors import Cast
from purport.corpus.cache import Cached
from purport.corpus.compare import Change, compare
from purport.corpus.documents import with_iso_date
from purport.corpus.limits import WorkerLimits
from purport.corpus.own_table import Imported, judgements_by, table_of
from purport.corpus.review import states
from purport.corpus.reviewed import material as as_judged
from purport.corpus.same import Candidate, candidates
from purport.corpus.standing import Standing
from purport.corpus.tables import Actors, Claims, Links, Statements
from purport.errors import UsageError
from purport.export import EXPORTS, Material, documents_table
from purport.lexicons import lexicon_with
from purport.lexicons.user_table import read_user_table
from purport.model.document import Metadata
from purport.model.lexicon import ActorRow
from purport.model.networks import Network
from purport.model.record import Polarity, Record
from purport.model.rows import Actor, DocumentRow, Evidence, Judgement
from purport.network.copies import Sketches

if TYPE_CHECKING:
    import pyarrow as pa


class Corpus:
    """A store to ask, and to add to. Use it in a `with` block, or `close` it."""

    def __init__(self, path: str | Path) -> None:
        """The store at `path`, which is opened when it is first asked, and made by the first `add`.

        Raises `StoreError` where no store can be; one that is there but cannot be used raises it when it is asked.
        """
        self.path = Path(path)
        self._store: stores.Store | None = None
        self._sketches = Sketches()
        self._cast = Cached(self._data_version, self._find_cast)
        self._standing = Cached(self._data_version, self._build_standing)
        stores.there(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None
            self._cast.clear()  # the next connection counts its data versions anew
            self._standing.clear()

    @property
    def store(self) -> stores.Store:
        """The open store, for what has no method here. Raises `StoreError` where there is none yet."""
        if self._store is None:
            self._store = stores.Store(self.path)
        return self._store

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        told: Metadata = Metadata(),
        options: readers.Options = readers.Options(),
        metadata: str | Path | None = None,
        workers: int | None = None,
        again: bool = False,
        actors: str | Path | None = None,
        limits: WorkerLimits = WorkerLimits(),
        progress: Callable[[reading.Progress], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> reading.Summary:
        """Read files and folders into the store; what is there already is passed over.

        `told` is what is known of all of them, `metadata` a table (columns file, outlet, published, ...) of what is
        known of each, which goes over it. With `again`, what is there is analysed anew with this build, and what the
        run before found is kept for `diff`. `actors` is a table of the user's own actors and their names, which take
        precedence over those that ship: CSV, or what others keep (`purport.lexicons.user_table`). `limits` says how far
        one document may go; once `stop` says so, the documents in hand are finished. What cannot be read is in the
        summary's `failed`. Raises `ReadError` for a path that is not there, `UsageError` for a malformed table,
        `StoreError` where the store cannot be written.
        """
        if isinstance(paths, str | Path):
            raise UsageError(f"add takes a list of paths: [{str(paths)!r}]")
        table = readers.metadata_table(Path(metadata)) if metadata is not None else None
        count = reading.worker_count(workers)
        todo, unused = reading.jobs(
            [Path(p) for p in paths],
            with_iso_date(told),
            options,
            table,
            Path(metadata).parent if metadata is not None else None,
            shares=count,
        )
        self.close()  # a forked worker must not inherit an open connection (sqlite.org, howtocorrupt.html, 2.6)
        own = read_user_table(Path(actors)) if actors is not None else None
        lexicon = lexicon_with(own)
        summary = reading.read_into(
            self.path, todo, workers=count, progress=progress, again=again, limits=limits, stop=stop, lexicon=lexicon
        )
        summary.unused = unused
        summary.passed_over = own.passed_over if own is not None else ()
        return summary

    def statements(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        act: str | None = None,
        kind: str | None = None,
        search: str | None = None,
        document: str | None = None,
        unsaid: bool = False,
        limit: int | None = None,
    ) -> Statements:
        """The statements that fit all that is asked, by date, document and place; see `purport.store.Filter`.

        With `unsaid` what the text only asks, supposes, plans or imputes is in too; else it is only counted. Blocks of
        the layout (turns, quotations that are set in, mails) are in where `kind` asks for them, else counted as well.
        """
        wanted = stores.Filter(by, about, outlet, since, until, act, kind, search, document, unsaid)
        every = stores.count(self.store, replace(wanted, unsaid=True), self._bearing)
        left_out = every - stores.count(self.store, wanted, self._bearing)
        apart = kind is None and not unsaid
        blocks = stores.count(self.store, replace(wanted, kind="block"), self._bearing) if apart else 0
        return Statements(stores.statements(self.store, wanted, limit, self._bearing), left_out - blocks, blocks)

    def claims(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        predicate: str | None = None,
        certainty: str | None = None,
        frame: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        document: str | None = None,
        polarity: str | None = None,
        with_reporting: bool = False,
        limit: int | None = None,
    ) -> Claims:
        """The propositions that fit all that is asked, with who vouches for each; see `purport.store.ClaimFilter`.

        `polarity` is "positive", "negative" or "any"; by default "any", but "positive" where a `predicate` is asked
        for, and `negated` of what is returned says how many are left out by that. `with_reporting` takes in what only
        tells that somebody says something ("Denk denied it"); else `reporting` of what is returned counts it.
        """
        wanted = stores.ClaimFilter(
            by, about, predicate, certainty, frame, outlet, since, until, document, polarity, with_reporting
        )
        negated = 0
        if polarity is None and wanted.wanted_polarity == Polarity.POSITIVE:
            negated = stores.count_claims(self.store, replace(wanted, polarity=Polarity.NEGATIVE), self._bearing)
        reporting = 0
        if not with_reporting:
            every = stores.count_claims(self.store, replace(wanted, with_reporting=True), self._bearing)
            reporting = every - stores.count_claims(self.store, wanted, self._bearing)
        return Claims(stores.claims(self.store, wanted, limit, self._bearing), negated, reporting)

    @property
    def cast(self) -> Cast:
        """The actors as they are now; kept until somebody writes to the store."""
        return self._cast.get()

    @property
    def standing(self) -> Standing:
        """Who stands how to whom, as it is now; kept until somebody writes to the store."""
        return self._standing.get()

    def _data_version(self) -> int:
        return stores.data_version(self.store)

    def _find_cast(self, _version: int) -> Cast:
        with self.store.snapshot():
            return Cast.of(self.store)

    def _build_standing(self, _version: int) -> Standing:
        cast = self.cast
        with self.store.snapshot():
            return Standing.of(self.store, cast, self._sketches)

    def network(
        self,
        since: str | None = None,
        until: str | None = None,
        outlets: Collection[str] | None = None,
        vouched_by: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
        *,
        least: int = 1,
        directed: bool = True,
        resamples: int = 200,
    ) -> Network:
        """The signed network of a corpus: who stands how to whom, by independent documents.

        `since` and `until` are dates of publication, both included; `outlets` names of outlets; `vouched_by` names or
        ids of actors on whose word it stands (the innermost voucher), "outlet" for the text's own voice, "" for a
        source that is not named; `kinds` of "deed", "words", "name". An edge needs `least` documents, copies counted
        once; where it is not `directed`, both directions are one edge. `resamples` is how often documents are
        resampled to see how steady a sign is. Raises `UsageError` for what makes no sense, `StoreError` where the
        store cannot be read.
        """
        outlets, vouched_by, kinds = (
            [names] if isinstance(names, str) else names for names in (outlets, vouched_by, kinds)
        )
        ties = self.standing.chosen(since, until, outlets, vouched_by, kinds)
        return self.standing.network(ties, least=least, directed=directed, resamples=resamples)

    def evidence(self, ties: Sequence[str]) -> list[Evidence]:
        """The sentences behind an edge of a network, by its `ties` (ids of stances), by date, document and place."""
        return list(stores.evidence(self.store, ties, self.standing.name_of))

    def _bearing(self, name: str) -> list[str]:
        return self.cast.bearing(name)

    def actors(self, *, search: str | None = None, type: str | None = None, limit: int | None = None) -> Actors:
        """Who is named in the documents, each once, those named most first; `search` are words of a name.

        Those without a name and mere things ("other") are left out unless their type is asked for: `type="role"`.
        Raises `UsageError` for a type that is none.
        """
        return Actors(self.cast.actors(search, type, limit))

    def actor(self, name: str) -> Actor:
        """The actor that is called so, or has that id. Raises `UsageError` where there is none, or several."""
        return self.cast.actor(self.cast.dominant(name)[0])

    def links(self, name: str) -> Links:
        """What makes up the actor: each document's entity, with the reason. Raises as `actor`."""
        return Links(self.cast.links(self.cast.dominant(name)[0]))

    def merge(self, name: str, *others: str, who: str = "", note: str = "") -> int:
        """Judge that the other actors are the first; the number of the last judgement. Names may be ids.

        Judgements are only ever added, stand when documents are read again, and leave mentions and entities as they
        are. `who` and `note` are kept with it. Raises as `actor`, `StoreError` where the store cannot be written.
        """
        return self._judge(self.cast.merged((name, other) for other in others), who, note)

    def apart(self, name: str, *others: str, who: str = "", note: str = "") -> int:
        """Judge that none of the other actors is the first, so that nothing ever makes them one. Else as `merge`."""
        return self._judge([self.cast.apart(name, other) for other in others], who, note)

    def actors_table(self, least: int = 1) -> tuple[list[ActorRow], Mapping[str, int]]:
        """The actors as a table of one's own, those named in `least` documents or more, and how many were passed over,
        by reason. Read with it (`add(actors=…)`), texts name the same actors."""
        return table_of(self.cast, least)

    def import_actors(self, table: str | Path, *, who: str = "", note: str = "") -> Imported:
        """Judge by a table of actors, one's own or that of others (`purport.lexicons.user_table`): all who bear the
        names of a row are one actor, which is called as the row says. What judgements keep apart stays so. Raises
        `UsageError` for a malformed table, `StoreError` where the store cannot be written."""
        imported = judgements_by(self.cast, read_user_table(Path(table)))
        if imported.judgements:
            self._judge(imported.judgements, who, note)
        return imported

    def candidates(self, name: str | None = None, limit: int = 50) -> list[Candidate]:
        """Pairs of actors that may be one, those most likely first, with what speaks for and against it; with a
        `name`, those of that actor. Raises as `actor`."""
        return candidates(self.cast, self.cast.dominant(name)[0] if name is not None else None, limit)

    def split(self, name: str, what: str, *, who: str = "", note: str = "") -> int:
        """Judge that an entity of the actor, by its id, or all that have a name, are another. Else as `merge`."""
        return self._judge([self.cast.split(name, what)], who, note)

    def rename(self, name: str, new: str, *, who: str = "", note: str = "") -> int:
        """Judge that the actor is to be called otherwise. Else as `merge`."""
        return self._judge([self.cast.rename(name, new)], who, note)

    def undo(self, number: int | None = None, *, who: str = "", note: str = "") -> int:
        """Take back a judgement, the last that stands if none is named, by another one. Else as `merge`."""
        return self._judge([self.cast.undo(number)], who, note)

    def judgements(self) -> list[Judgement]:
        """All that people decided of actors, in order; what of it stands, `cast.judged` tells."""
        return list(self.cast.judgements)

    def _judge(self, judgements: Sequence[Judgement], who: str, note: str) -> int:
        self.close()
        who, note = " ".join(who.split()), " ".join(note.split())
        told = [replace(one, who=who, note=note) for one in judgements]
        with stores.Store(self.path, write=True) as store:
            return stores.judge(store, told)

    def documents(self) -> list[DocumentRow]:
        """All documents with what is known of them."""
        return list(stores.documents(self.store))

    def documents_table(self) -> pa.Table:
        """The same as an Arrow table."""
        return documents_table(self.documents())

    def record(self, document: str) -> Record:
        """The record of one document, by its id. Raises `UsageError` where it is not there."""
        return self.store.record(document)

    def find(self, name: str) -> str:
        """The id of the document called so: by its id, the beginning of it, or the name of a file it was read from.

        Raises `UsageError` where there is none, or several.
        """
        fitting = [
            row
            for row in self.documents()
            if (len(name) >= 4 and row.id.startswith(name)) or any(name in _names(place) for place in row.paths)
        ]
        if len(fitting) == 1:
            return fitting[0].id
        if not fitting:
            raise UsageError(f"{self.path}: no document is called {name!r}; the list of documents has their names")
        several = ", ".join(f"{row.id} ({row.paths[0] if row.paths else '?'})" for row in fitting[:5])
        raise UsageError(f"{self.path}: {len(fitting)} documents are called {name!r}: {several}; give an id")

    def records(self) -> Iterator[Record]:
        """All records, by their documents' ids."""
        return self.store.records()

    def export(self, format: str, folder: str | Path, *, judged: bool = False) -> list[Path]:
        """Write the store out as one of `EXPORTS` into `folder`, which is made; the files written are returned.

        With `judged` it goes out as people have judged it (`purport.corpus.reviewed`): without the statements and
        claims that they reject, with what they amend and add; else as it was found.

        Raises `UsageError` for an unknown format or a folder that cannot be written.
        """
        if format not in EXPORTS:
            raise UsageError(f"no export format is called {format!r}; there are {', '.join(EXPORTS)}")
        target = folder_at(folder)
        store = self.store
        material = Material(
            store.records,
            lambda: stores.documents(store),
            lambda: stores.statements(store, stores.Filter(unsaid=True)),
            lambda: stores.claims(store, stores.ClaimFilter(with_reporting=True)),
            lambda: cast.actors(),
            lambda: cast.all_links(),
        )
        cast = self.cast
        with store.snapshot():
            if judged:
                with as_judged(store, states(stores.reviews(store)), cast) as over:
                    return EXPORTS[format](over, target)
            return EXPORTS[format](material, target)

    def forget(self, documents: Sequence[str]) -> None:
        """Remove documents, by their ids, with all that was derived from them and every trace in the file.

        Raises `UsageError` for one that is not there, and then removes none; `StoreError` as `add`.
        """
        self.close()
        with stores.Store(self.path, write=True) as store:
            stores.forget(store, documents)

    def info(self) -> stores.Info:
        """What is in the store, and by which runs."""
        return stores.info(self.store)

    def run(self, name: str) -> str:
        """The id of the run that is called so: by its id or the beginning of it. Raises `UsageError` for another."""
        known = [one.id for one in self.info().runs]
        fitting = [one for one in known if one.startswith(name)]
        if len(fitting) != 1:
            raise UsageError(f"{self.path}: {len(fitting)} runs are called {name!r}; there are {', '.join(known)}")
        return fitting[0]

    def diff(self, old: str, new: str) -> Iterator[Change]:
        """What came, went or changed between two runs, over the documents that both have analysed."""
        return compare(self.store, self.run(old), self.run(new))

    def verify(self) -> list[str]:
        """Every fault of the store, one line each; an empty list proves it sound (see `purport.store.verify`)."""
        return list(stores.verify(self.store, reading.reread))


def folder_at(path: str | Path) -> Path:
    """The folder, which is made where there is none. Raises `UsageError` where it cannot be."""
    target = Path(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{target}: cannot be made ({error.strerror}); name another folder") from None
    return target


def open_corpus(path: str | Path) -> Corpus:
    """The corpus in the store at `path`; a store that is not there is made by the first `Corpus.add`."""
    return Corpus(path)


def network(
    corpus: Corpus,
    since: str | None = None,
    until: str | None = None,
    outlets: Collection[str] | None = None,
    vouched_by: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
    *,
    least: int = 1,
    directed: bool = True,
    resamples: int = 200,
) -> Network:
    """The signed network of a corpus; see `Corpus.network`."""
    return corpus.network(since, until, outlets, vouched_by, kinds, least=least, directed=directed, resamples=resamples)


def _names(place: str) -> tuple[str, ...]:
    """What a document may be called that was read from a place: of "mail.eml, message" the file's name alone too."""
    path = Path(place)
    return place, path.name, path.stem, path.name.partition(", ")[0]
