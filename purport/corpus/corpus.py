"""What a Python user does with a store of documents: `purport.open` gives a `Corpus`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from typing import cast as as_a

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.asked import offered
from purport.corpus.asking import Asking
from purport.corpus.cache import Cached
from purport.corpus.judging import Judging
from purport.corpus.kept import KeptCast, is_id
from purport.corpus.likeness import Likeness
from purport.corpus.limits import WorkerLimits
from purport.corpus.quotations import CorpusQuotations
from purport.corpus.review import states
from purport.corpus.sharing import Sharing
from purport.corpus.story_judging import StoryJudging
from purport.corpus.tables import Actors, Links
from purport.corpus.view import StoreRows, View
from purport.errors import StoreError, UsageError
from purport.model.document import Metadata
from purport.model.networks import Network
from purport.model.record import Record
from purport.model.rows import Actor, DocumentRow, Evidence, QuotationTelling, StoryDocument
from purport.read.options import COLUMNS, Options

if TYPE_CHECKING:
    # What reading, networks and exports need is loaded when they are asked for: a list need not wait for it.
    import pandas as pd
    import pyarrow as pa

    from purport.corpus import reading
    from purport.corpus.compare import Change
    from purport.corpus.standing import Standing
    from purport.network.copies import Sketches
    from purport.store.filters import Within


class Corpus(StoryJudging, CorpusQuotations, Judging, Asking):
    """A store to ask, and to add to. Use it in a `with` block, or `close` it."""

    def __init__(self, path: str | Path) -> None:
        """The store at `path`, which is opened when it is first asked, and made by the first `add`.

        Raises `StoreError` where no store can be, or something else is there; a store that cannot be used raises it
        when it is asked.
        """
        self.path = Path(path)
        self._store: stores.Store | None = None
        self._cast = Cached(self._data_version, self._find_cast)
        self._standing = Cached(self._data_version, self._build_standing)
        self._standing_found = Cached(self._data_version, partial(self._build_standing, as_found=True))
        self._likeness = Cached(self._data_version, self._find_likeness)
        self._sharing = Cached(self._data_version, self._find_sharing)
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
            self._likeness.clear()
            self._sharing.clear()
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
        options: Options = Options(),
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
        from purport.corpus import frames, reading
        from purport.corpus.documents import with_iso_date
        from purport.lexicons import lexicon_with
        from purport.lexicons.user_table import read_user_table
        from purport.read.tables.metadata import metadata_table

        if isinstance(paths, str | Path):
            raise UsageError(f"add takes a list of paths: [{str(paths)!r}]")
        unknown = next((name for name in columns if name not in COLUMNS), None)
        if unknown is not None:
            raise UsageError(f"add has no argument {unknown!r}; columns of a frame are {', '.join(COLUMNS)}")
        files: Sequence[str | Path]
        if hasattr(paths, "columns"):
            named = {name: columns.get(name) for name in COLUMNS}
            files = [frames.saved(as_a("pd.DataFrame", paths), named, self.path)]
        elif columns:
            raise UsageError("text=, outlet=, ... name columns of a frame, and no frame was given")
        else:
            files = paths
        table = metadata_table(Path(metadata)) if metadata is not None else None
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

    def names(self) -> Iterator[str]:
        """The names of all actors and outlets, those named most first."""
        kept = self._kept()
        yield from (one.name for one in self.cast.ranked()) if kept is None else kept.names()
        yield from self.outlets()

    def outlets(self) -> list[str]:
        """All outlets that documents were seen at, sorted."""
        return stores.outlets(self.store)

    def _seen(self, as_found: bool) -> View:
        return View(StoreRows(self.store)) if as_found else self._view.get()

    def _find_view(self, _version: int) -> View:
        self._views.close()
        with self.store.snapshot():
            view = View.as_judged(StoreRows(self.store), self.store, stores.reviews(self.store))
        self._views.callback(view.close)
        return view

    @property
    def cast(self) -> Cast:
        """The actors as they are now; kept until somebody writes to the store."""
        return self._cast.get()

    @property
    def likeness(self) -> Likeness:
        """How like the documents are to one another; kept until somebody writes to the store."""
        return self._likeness.get()

    def _find_likeness(self, _version: int) -> Likeness:
        with self.store.snapshot():
            return Likeness(self.store)

    @property
    def sharing(self) -> Sharing:
        """What the documents share with one another; kept until somebody writes to the store."""
        return self._sharing.get()

    def _find_sharing(self, _version: int) -> Sharing:
        with self.store.snapshot():
            return Sharing(self.store)

    @property
    def standing(self) -> Standing:
        """Who stands how to whom, as it is now; kept until somebody writes to the store."""
        return self._standing.get()

    def _data_version(self) -> int:
        return stores.data_version(self.store)

    def _find_cast(self, _version: int) -> Cast:
        with self.store.snapshot():
            return Cast.of(self.store)

    def standing_as(self, *, as_found: bool = False, within: Within | None = None) -> Standing:  # noqa: ARG002 - see below
        """Who stands how to whom, as people have judged it, or as it was found. All of it is made at once, and kept for
        the next question, whatever this one is about."""
        return (self._standing_found if as_found else self._standing).get()

    @cached_property
    def _sketches(self) -> Sketches:
        from purport.network.copies import Sketches

        return Sketches()

    def _build_standing(self, _version: int, *, as_found: bool = False) -> Standing:
        from purport.corpus.standing import Standing
        from purport.corpus.who import WhoOfCast, WhoOfStore
        from purport.runtime.gc_pause import uncollected

        view = self._seen(as_found)
        cast = None if self._kept() is not None else self.cast  # which takes a snapshot of its own
        with uncollected(), self.store.snapshot():
            kept = cast is None and self._kept() is not None  # somebody may have written since
            who = WhoOfStore(self.store, lambda: self.cast) if kept else WhoOfCast(cast or Cast.of(self.store))
            return Standing.of(self.store, who, self._sketches, view.stances())

    def evidence(self, ties: Sequence[str]) -> list[Evidence]:
        """The sentences behind an edge of a network, by its `ties` (ids of stances), by date, document and place."""
        return list(stores.evidence(self.store, ties, self.standing.name_of))

    def _bearing(self, name: str) -> Sequence[str]:
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
        return self.dominant(name)[0]

    def dominant(self, name: str) -> tuple[Actor, int]:
        """The actor that a name means most, and how many others a single word may mean. Raises as `actor`."""
        one, others = self.cast.dominant(name)
        return self.cast.actor(one), others

    def links(self, name: str) -> Links:
        """What makes up the actor: each document's entity, with the reason. Raises as `actor`."""
        return Links(self.cast.links(self.cast.dominant(name)[0]))

    def documents(self, limit: int | None = None) -> list[DocumentRow]:
        """All documents with what is known of them, or the first of them, by date of publication (unknown last)."""
        return list(islice(stores.documents(self.store), limit))

    def documents_table(self) -> pa.Table:
        """The same as an Arrow table."""
        from purport.export.tables import documents_table

        return documents_table(self.documents())

    def extra_fields(self) -> dict[str, dict[str, str]]:
        """The further fields that tables, and files themselves, have of documents, by their ids."""
        return stores.extra_fields(self.store)

    def problems(self) -> list[stores.Problem]:
        """What could not be read, by path."""
        return self.store.problems()

    def record(self, document: str) -> Record:
        """The record of one document, by its id. Raises `UsageError` where it is not there."""
        return self.store.record(document)

    def find(self, name: str) -> str:
        """The id of the document called so: by its id, the beginning of it, or the name of a file it was read from.

        Raises `UsageError` where there is none, or several.
        """
        return found_by(name, self.documents(), self.path)

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
        from purport.corpus.reviewed import material as as_judged
        from purport.export.formats import EXPORTS, Material

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
            partial(_further, self),
        )
        cast = self.cast
        with store.snapshot():
            told = states(stores.reviews(store)) if judged and not as_found else {}
            if any(one.standing is not None for one in told.values()):
                with as_judged(store, told, cast, partial(_further, self)) as over:
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
        from purport.corpus.compare import compare

        return compare(self.store, self.run(old), self.run(new))

    def quick_check(self) -> list[str]:
        """What a look at the file alone finds wrong with it, one line each; `verify` looks at all."""
        return stores.quick_check(self.store)

    def verify(self) -> list[str]:
        """Every fault of the store, one line each; an empty list proves it sound (see `purport.store.verify`)."""
        from purport.corpus.reading import reread

        return list(stores.verify(self.store, reread))


def _further(corpus: Corpus) -> Iterator[tuple[str, type, Iterable[object]]]:
    """The tables of stories, passages and quotations."""
    from purport.stories.passages import Passage

    stories = corpus.stories(all=True)
    yield "stories", StoryDocument, [one for row in stories for one in row.rows()]
    yield "passages", Passage, corpus.passages()
    yield "quotations", QuotationTelling, [one for row in corpus.quotations() for one in row.rows()]


def folder_at(path: str | Path) -> Path:
    """The folder, which is made where there is none. Raises `UsageError` where it cannot be."""
    target = Path(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{target}: cannot be made ({error.strerror}); name another folder") from None
    return target


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


def found_by(name: str, documents: Sequence[DocumentRow], path: Path) -> str:
    """The id of the document called so, of those in what is at `path`; see `Corpus.find`."""
    fitting = [
        row
        for row in documents
        if (len(name) >= 4 and row.id.startswith(name)) or any(name in _names(place) for place in row.paths)
    ]
    if len(fitting) == 1:
        return fitting[0].id
    if not fitting:
        from purport.resolve.corpus.nearly import nearly

        files = [one for row in documents for place in row.paths for one in _names(place)[1:3]]
        near = offered(nearly(name, files)) or "; the list of documents has their names"
        raise UsageError(f"{path}: no document is called {name!r}{near}", "document")
    several = ", ".join(f"{row.id} ({row.paths[0] if row.paths else '?'})" for row in fitting[:5])
    raise UsageError(f"{path}: {len(fitting)} documents are called {name!r}: {several}; give an id")


def _names(place: str) -> tuple[str, ...]:
    """What a document may be called that was read from a place: of "mail.eml, message" the file's name alone too."""
    path = Path(place)
    return place, path.name, path.stem, path.name.partition(", ")[0]
