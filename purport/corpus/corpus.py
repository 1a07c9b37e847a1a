"""What a Python user does with a store of documents: `open` gives a `Corpus`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from typing import cast as as_a

from purport import read as readers
from purport import store as stores
from purport.corpus import frames, reading
from purport.corpus.actors import Cast
from purport.corpus.asked import Acts, Period, acts_of, offered, outlet_of, period_of, speaks, told_of
from purport.corpus.cache import Cached
from purport.corpus.compare import Change, compare
from purport.corpus.documents import with_iso_date
from purport.corpus.judging import Judging
from purport.corpus.kept import KeptCast, is_id
from purport.corpus.limits import WorkerLimits
from purport.corpus.quotations import CorpusQuotations
from purport.corpus.review import states
from purport.corpus.reviewed import material as as_judged
from purport.corpus.standing import Standing
from purport.corpus.stories import CorpusStories
from purport.corpus.tables import Actors, Claims, Links, Statements
from purport.corpus.view import View
from purport.errors import StoreError, UsageError
from purport.export import EXPORTS, Material, documents_table
from purport.lexicons import lexicon_with
from purport.lexicons.user_table import read_user_table
from purport.model.document import Metadata
from purport.model.networks import Network
from purport.model.record import Certainty, Frame, Kind, Polarity, Record
from purport.model.rows import Actor, DocumentRow, Evidence
from purport.network.copies import Sketches
from purport.resolve.corpus.nearly import nearly
from purport.store.filters import SURE

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Corpus(CorpusStories, CorpusQuotations, Judging):
    """A store to ask, and to add to. Use it in a `with` block, or `close` it."""

    def __init__(self, path: str | Path) -> None:
        """The store at `path`, which is opened when it is first asked, and made by the first `add`.

        Raises `StoreError` where no store can be, or something else is there; a store that cannot be used raises it
        when it is asked.
        """
        self.path = Path(path)
        self._store: stores.Store | None = None
        self._sketches = Sketches()
        self._cast = Cached(self._data_version, self._find_cast)
        self._standing = Cached(self._data_version, self._build_standing)
        self._standing_found = Cached(self._data_version, partial(self._build_standing, as_found=True))
        self._views = ExitStack()
        self._view = Cached(self._data_version, self._find_view)
        if stores.there(self.path) and stores.surely_none(self.path):
            raise StoreError(f"{self.path}: this file is not a store of purport; name another", "store")

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
            self._standing_found.clear()
            self._view.clear()
            self._views.close()

    @property
    def store(self) -> stores.Store:
        """The open store, for what has no method here. Raises `StoreError` where there is none yet."""
        if self._store is None:
            self._store = stores.Store(self.path)
        return self._store

    def add(
        self,
        paths: Sequence[str | Path] | pd.DataFrame,
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
        data: Mapping[str, bytes] | None = None,
        **columns: str,
    ) -> reading.Summary:
        """Read files and folders, or the rows of a pandas frame, into the store; what is there already is passed over.

        `told` is what is known of all of them, `metadata` a table (columns file, outlet, published, ...) of what is
        known of each, which goes over it. With `again`, what is there is analysed anew with this build, and what the
        run before found is kept for `diff`. `actors` is a table of the user's own actors and their names, which take
        precedence over those that ship: CSV, or what others keep (`purport.lexicons.user_table`). `limits` says how
        far one document may go; once `stop` says so, the documents in hand are finished. `data` are documents that are
        in no file, as the bytes of one, by the name that they are kept under. Of a frame, `columns` says which holds
        what (`text="body", outlet="paper", published="date"`); its rows are kept in a file beside the store. What
        cannot be read is in the summary's `failed`, what folders hold and is of no kind that is read in its `ignored`.
        Raises `ReadError` for a path that is not there, `UsageError` for a malformed table, `StoreError` where the
        store cannot be written.
        """
        if isinstance(paths, str | Path):
            raise UsageError(f"add takes a list of paths: [{str(paths)!r}]")
        unknown = next((name for name in columns if name not in readers.COLUMNS), None)
        if unknown is not None:
            raise UsageError(f"add has no argument {unknown!r}; columns of a frame are {', '.join(readers.COLUMNS)}")
        files: Sequence[str | Path]
        if hasattr(paths, "columns"):
            named = {name: columns.get(name) for name in readers.COLUMNS}
            files = [frames.saved(as_a("pd.DataFrame", paths), named, self.path)]
        elif columns:
            raise UsageError("text=, outlet=, ... name columns of a frame, and no frame was given")
        else:
            files = paths
        table = readers.metadata_table(Path(metadata)) if metadata is not None else None
        count = reading.worker_count(workers)
        todo, begun = reading.jobs(
            [Path(p) for p in files],
            with_iso_date(told),
            options,
            table.rows if table is not None else None,
            Path(metadata).parent if metadata is not None else None,
            shares=count,
            own=[self.path, *(Path(one) for one in (metadata, actors) if one is not None)],
            data=data,
        )
        if metadata is not None and table is not None:
            begun.table, begun.undated, begun.extra_columns = Path(metadata).name, list(table.undated), table.extra
        self.close()  # a forked worker must not inherit an open connection (sqlite.org, howtocorrupt.html, 2.6)
        own = read_user_table(Path(actors)) if actors is not None else None
        lexicon = lexicon_with(own)
        begun.passed_over = own.passed_over if own is not None else ()
        return reading.read_into(
            self.path, todo, workers=count, progress=progress, again=again, limits=limits, stop=stop, lexicon=lexicon,
            begun=begun,
        )  # fmt: skip

    def statements(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        act: Acts | None = None,
        kind: str | None = None,
        search: str | None = None,
        document: str | None = None,
        unsaid: bool = False,
        all: bool = False,
        min_confidence: float = SURE,
        as_found: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Statements:
        """The statements that fit all that is asked, by date, document and place; see `purport.store.Filter`.

        `by` is who says it; `act` one speech act or several, in any form of the verb ("denies"); `document` an id or
        the name of a file. Those less sure than `min_confidence` (0 to 1) are only counted, unless `all` are asked
        for. They come as people have judged them, or, with `as_found`, as they were found. With `once` they are read as
        they are gone through, which can be done once, while the corpus is open: for more than the memory holds.

        With `unsaid` what the text only asks, supposes, plans or imputes is in too; else it is only counted. Blocks of
        the layout (turns, quotations that are set in, mails) are in where `kind` asks for them, else counted as well.
        Raises `UsageError` for an outlet, actor, document, act or kind that is not there.
        """
        if kind is not None and kind not in list(Kind):
            raise UsageError(f"no kind is called {kind!r}; there are {', '.join(Kind)}", "kind")
        acts, since, until, outlet, document = self._checked(act, since, until, outlet, document)
        speaks(self.store, by, self._bearing, self.names)
        note = told_of(self.store, about, self._bearing, self.names)
        every = stores.Filter(by, about, outlet, since, until, acts or None, kind, search, document, unsaid)
        wanted = replace(every, least=0.0 if all else min_confidence)
        view = self._seen(as_found)
        fitting = view.count(wanted, self._bearing)
        left_out = view.count(replace(wanted, unsaid=True), self._bearing) - fitting
        apart = kind is None and not unsaid
        blocks = view.count(replace(wanted, kind="block"), self._bearing) if apart else 0
        unsure = view.count(every, self._bearing) - fitting if wanted.least else 0
        rows = view.statements(wanted, limit, self._bearing)
        number = (fitting if limit is None else min(limit, fitting)) if once else None
        return Statements(rows, left_out - blocks, blocks, unsure, note, number)

    def claims(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        predicate: str | None = None,
        certainty: str | None = None,
        frame: str | None = None,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        document: str | None = None,
        polarity: str | None = None,
        with_reporting: bool = False,
        all: bool = False,
        min_confidence: float = SURE,
        as_found: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Claims:
        """The propositions that fit all that is asked, with who vouches for each; see `purport.store.ClaimFilter`.

        `polarity` is "positive", "negative" or "any"; by default "any", but "positive" where a `predicate` is asked
        for, and `negated` of what is returned says how many are left out by that. `with_reporting` takes in what only
        tells that somebody says something ("Denk denied it"); else `reporting` of what is returned counts it. The rest
        is as for `statements`.
        """
        for name, value, known in (("certainty", certainty, Certainty), ("frame", frame, Frame)):
            if value is not None and value not in list(known):
                raise UsageError(f"no {name} is called {value!r}; there are {', '.join(known)}", name)
        _, since, until, outlet, document = self._checked(None, since, until, outlet, document)
        speaks(self.store, by, self._bearing, self.names)
        note = told_of(self.store, about, self._bearing, self.names)
        every = stores.ClaimFilter(
            by, about, predicate, certainty, frame, outlet, since, until, document, polarity, with_reporting
        )
        wanted = replace(every, least=0.0 if all else min_confidence)
        view = self._seen(as_found)
        fitting = view.count_claims(wanted, self._bearing)
        negated = reporting = 0
        if polarity is None and wanted.wanted_polarity == Polarity.POSITIVE:
            negated = view.count_claims(replace(wanted, polarity=Polarity.NEGATIVE), self._bearing)
        if not with_reporting:
            reporting = view.count_claims(replace(wanted, with_reporting=True), self._bearing) - fitting
        unsure = view.count_claims(every, self._bearing) - fitting if wanted.least else 0
        number = (fitting if limit is None else min(limit, fitting)) if once else None
        return Claims(view.claims(wanted, limit, self._bearing), negated, reporting, unsure, note, number)

    def _checked(
        self, act: Acts | None, since: Period | None, until: Period | None, outlet: str | None, document: str | None
    ) -> tuple[tuple[str, ...], str | None, str | None, str | None, str | None]:
        """What several questions are asked with, as filters take it. Raises `UsageError` for what is not there."""
        if outlet is not None:
            outlet = outlet_of(outlet, stores.outlets(self.store))
        if document is not None:
            document = self.find(document)
        return acts_of(act), period_of(since, "since"), period_of(until, "until"), outlet, document

    def names(self) -> Iterator[str]:
        """The names of all actors and outlets, those named most first."""
        kept = self._kept()
        yield from (one.name for one in self.cast.ranked()) if kept is None else kept.names()
        yield from stores.outlets(self.store)

    def _seen(self, as_found: bool) -> View:
        return View(self.store) if as_found else self._view.get()

    def _find_view(self, _version: int) -> View:
        self._views.close()
        with self.store.snapshot():
            view = View.as_judged(self.store)
        self._views.callback(view.close)
        return view

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

    def standing_as(self, *, as_found: bool = False) -> Standing:
        """Who stands how to whom, as people have judged it, or as it was found."""
        return (self._standing_found if as_found else self._standing).get()

    def _build_standing(self, _version: int, *, as_found: bool = False) -> Standing:
        cast, view = self.cast, self._seen(as_found)
        with self.store.snapshot():
            return Standing.of(self.store, cast, self._sketches, view.stances())

    def network(
        self,
        since: Period | None = None,
        until: Period | None = None,
        outlets: Collection[str] | None = None,
        vouched_by: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
        *,
        least: int = 1,
        directed: bool = True,
        resamples: int = 200,
        as_found: bool = False,
    ) -> Network:
        """The signed network of a corpus: who stands how to whom, by independent documents, as people have judged
        them, or, with `as_found`, as they were found.

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
        _, since, until, _, _ = self._checked(None, since, until, None, None)
        own = [outlet_of(name, stores.outlets(self.store)) for name in outlets] if outlets is not None else None
        standing = self.standing_as(as_found=as_found)
        ties = standing.chosen(since, until, own, vouched_by, kinds)
        return standing.network(ties, least=least, directed=directed, resamples=resamples)

    def evidence(self, ties: Sequence[str]) -> list[Evidence]:
        """The sentences behind an edge of a network, by its `ties` (ids of stances), by date, document and place."""
        return list(stores.evidence(self.store, ties, self.standing.name_of))

    def _bearing(self, name: str) -> list[str]:
        kept = self._kept()
        found = kept.bearing(name) if kept is not None else None
        # Of an actor that was merged or named anew the earlier ids are known to the cast alone.
        return self.cast.bearing(name) if found is None or (not found and is_id(name)) else found

    def _kept(self) -> KeptCast | None:
        """The actors as the store keeps them, unless they were found anew, or it keeps none."""
        return KeptCast.of(self.store) if self._cast.kept is None else None

    def actors(self, *, search: str | None = None, type: str | None = None, limit: int | None = None) -> Actors:
        """Who is named in the documents, each once, those named most first; `search` are words of a name.

        Those without a name and mere things ("other") are left out unless their type is asked for: `type="role"`.
        Raises `UsageError` for a type that is none.
        """
        kept = self._kept()
        return Actors((self.cast if kept is None else kept).actors(search, type, limit))

    def actor(self, name: str) -> Actor:
        """The actor that is called so, or has that id. Raises `UsageError` where there is none, or several."""
        return self.cast.actor(self.cast.dominant(name)[0])

    def links(self, name: str) -> Links:
        """What makes up the actor: each document's entity, with the reason. Raises as `actor`."""
        return Links(self.cast.links(self.cast.dominant(name)[0]))

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
            files = [one for row in self.documents() for place in row.paths for one in _names(place)[1:3]]
            near = offered(nearly(name, files)) or "; the list of documents has their names"
            raise UsageError(f"{self.path}: no document is called {name!r}{near}", "document")
        several = ", ".join(f"{row.id} ({row.paths[0] if row.paths else '?'})" for row in fitting[:5])
        raise UsageError(f"{self.path}: {len(fitting)} documents are called {name!r}: {several}; give an id")

    def records(self) -> Iterator[Record]:
        """All records, by their documents' ids."""
        return self.store.records()

    def export(self, format: str, folder: str | Path, *, as_found: bool = False, judged: bool = True) -> list[Path]:
        """Write the store out as one of `EXPORTS` into `folder`, which is made; the files written are returned.

        It goes out as people have judged it (`purport.corpus.reviewed`): without the statements and claims that they
        reject, with what they amend and add; with `as_found`, or where it is not to be `judged`, as it was found. What
        is unsure is in.

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
            told = states(stores.reviews(store)) if judged and not as_found else {}
            if any(one.standing is not None for one in told.values()):
                with as_judged(store, told, cast) as over:
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
