"""purport: who said what about whom, in which words, and who vouches for it.

>>> import purport
>>> record = purport.read_text("The minister denied that the bridge had been hit.")
>>> [one] = record.attributions
>>> record.text(one.source), one.act, record.text(one.content)
('The minister', 'deny', 'that the bridge had been hit')
"""

import purport.runtime.telemetry  # isort: skip  # noqa: F401 - before any library is loaded, else ONNX Runtime sends
from purport.version import __version__  # isort: skip - the pipeline names it in every run

from purport.corpus.corpus import Corpus, network
from purport.corpus.documents import read, read_all, read_text
from purport.corpus.reading import Summary
from purport.corpus.tables import Actors, Claims, Links, Statements
from purport.datasets.corpus import open_corpus as open
from purport.errors import ModelError, PurportError, ReadError, StoreError, UsageError
from purport.export.notebook import for_notebooks
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
from purport.read import Options

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

for_notebooks()


def __dir__() -> list[str]:
    return sorted(__all__)  # what a shell offers behind "purport."
