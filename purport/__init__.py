"""purport: who said what about whom, in which words, and who vouches for it.

>>> import purport
>>> record = purport.read_text("The minister denied that the bridge had been hit.")
>>> [one] = record.attributions
>>> record.text(one.source), one.act, record.text(one.content)
('The minister', 'deny', 'that the bridge had been hit')
"""

import purport.runtime.telemetry  # isort: skip  # noqa: F401 - before any library is loaded, else ONNX Runtime sends
from purport.version import __version__  # isort: skip - the pipeline names it in every run

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from purport.corpus.corpus import Corpus, network
    from purport.corpus.documents import read, read_all, read_text
    from purport.corpus.reading import Summary
    from purport.corpus.tables import Actors, Claims, Links, Statements
    from purport.errors import ModelError, PurportError, ReadError, StoreError, UsageError
    from purport.extract.stance.views import View, stance, tone
    from purport.model.document import Block, BlockKind, Document, Metadata, Place, SourceMap, Span, Spans
    from purport.model.networks import Balance, Edge, Network, Node, Tie
    from purport.model.record import (
        Argument,
        Attribution,
        Basis,
        Certainty,
        Frame,
        Held,
        Kind,
        Proposition,
        Record,
        Run,
        Stance,
        Timex,
        Toponym,
        Triple,
    )
    from purport.model.rows import Actor, ActorLink, Claim, DocumentRow, Evidence, Judgement, Statement
    from purport.network.balance import balance
    from purport.network.change import compared, matched
    from purport.read.options import Options

_HOMES = {
    "purport.corpus.corpus": "Corpus network",
    "purport.corpus.documents": "read read_all read_text",
    "purport.corpus.reading": "Summary",
    "purport.corpus.tables": "Actors Claims Links Statements",
    "purport.errors": "ModelError PurportError ReadError StoreError UsageError",
    "purport.extract.stance.views": "View stance tone",
    "purport.model.document": "Block BlockKind Document Metadata Place SourceMap Span Spans",
    "purport.model.networks": "Balance Edge Network Node Tie",
    "purport.model.record": (
        "Argument Attribution Basis Certainty Frame Held Kind Proposition Record Run Stance Timex Toponym Triple"
    ),
    "purport.model.rows": "Actor ActorLink Claim DocumentRow Evidence Judgement Statement",
    "purport.network.balance": "balance",
    "purport.network.change": "compared matched",
    "purport.read.options": "Options",
}
"""The modules that names are from, "name=other" where they have another name there. They are loaded when they are first
asked for: who only asks for help, or for a store, need not wait for all of them."""
_HOME_OF = {
    name.partition("=")[0]: (home, name.partition("=")[2] or name)
    for home, names in _HOMES.items()
    for name in names.split()
}

__all__ = [
    "Actor",
    "ActorLink",
    "Actors",
    "Argument",
    "Attribution",
    "Balance",
    "Basis",
    "Block",
    "BlockKind",
    "Certainty",
    "Claim",
    "Claims",
    "Corpus",
    "Document",
    "DocumentRow",
    "Edge",
    "Evidence",
    "Frame",
    "Held",
    "Judgement",
    "Kind",
    "Links",
    "Metadata",
    "ModelError",
    "Network",
    "Node",
    "Options",
    "Place",
    "Proposition",
    "PurportError",
    "ReadError",
    "Record",
    "Run",
    "SourceMap",
    "Span",
    "Spans",
    "Stance",
    "Statement",
    "Statements",
    "StoreError",
    "Summary",
    "Tie",
    "Timex",
    "Toponym",
    "Triple",
    "UsageError",
    "View",
    "__version__",
    "balance",
    "compared",
    "matched",
    "network",
    "open",
    "read",
    "read_all",
    "read_text",
    "stance",
    "tone",
]


def open(path: str | Path) -> "Corpus":
    """The corpus in the store at `path`; a store that is not there is made by the first `Corpus.add`. Of a folder that
    holds a dataset, also of one of another file system ("s3://bucket/papers"), the dataset, which is only to be asked
    (`purport.datasets.DatasetCorpus`).

    Raises `StoreError` where no store can be, or something else is there.
    """
    if "://" in str(path) or Path(path).is_dir():
        from purport.datasets.corpus import DatasetCorpus
        from purport.datasets.dataset import DESCRIPTION
        from purport.datasets.places import far, located

        folder = located(path)
        if far(folder) or (folder / DESCRIPTION).is_file():
            return DatasetCorpus(folder)
    from purport.corpus.corpus import Corpus

    return Corpus(path)


class _Package(ModuleType):
    """This package, whose names are loaded when they are first asked for (PEP 562).

    `read` and `network` are folders too, which the import system would put in the place of the functions.
    """

    def __getattr__(self, name: str) -> Any:
        found = _loaded(name)
        self.__dict__[name] = found
        return found

    def __dir__(self) -> list[str]:
        return sorted(__all__)  # what a shell offers behind "purport."

    @property
    def read(self) -> Any:
        """`purport.corpus.documents.read`."""
        return _loaded("read")

    @read.setter
    def read(self, _folder: ModuleType) -> None: ...

    @property
    def network(self) -> Any:
        """`purport.corpus.corpus.network`."""
        return _loaded("network")

    @network.setter
    def network(self, _folder: ModuleType) -> None: ...


def _loaded(name: str) -> Any:
    if name in _HOME_OF:
        home, there = _HOME_OF[name]
        found = getattr(importlib.import_module(home), there)
        from purport.export.notebook import for_notebooks

        for_notebooks()
        return found
    if not name.startswith("_"):
        try:
            return importlib.import_module(f"purport.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"purport.{name}":
                raise
    raise AttributeError(f"module 'purport' has no attribute {name!r}")


sys.modules[__name__].__class__ = _Package
