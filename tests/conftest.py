"""What is dear to make and shared by many tests: the example corpus, read once into a store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import purport
from purport.datasets import make_dataset, read_dataset
from purport.lexicons import lexicon_with
from purport.pipeline import current_run

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

# A busy machine is no fault of an example, and what is merged must not depend on luck: new examples are tried where
# people work, the same ones every time where CI does.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")


_SHARD = 4000
"""Bytes of files that a shard of the examples holds here."""


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the whole example corpus; nobody may change it (see `copied`)."""
    purport.read_text("Mara Denk denied it.")  # loads the parser, which forked workers then have
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with purport.open(path) as corpus:
        summary = corpus.add([EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv")
    assert not summary.failed
    assert summary.new == 22
    return path


@pytest.fixture(scope="session")
def example_dataset(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of what `example_store` holds; nobody may change it (see `copied_dataset`)."""
    assert example_store.exists()  # whoever made it has loaded the parser, which forked workers then have
    folder = tmp_path_factory.mktemp("examples") / "dataset"
    make_dataset(folder, current_run(lexicon_with(None)), _SHARD)
    done = read_dataset(folder, [EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv")
    assert not done.summary.failed
    assert (done.summary.new, done.there, done.changed) == (22, 0, 0)
    assert done.finished == done.mine == done.planned > 7
    return folder


@pytest.fixture
def copied(example_store: Path, tmp_path: Path) -> Path:
    """A copy of the store of the examples, to be changed."""
    return Path(shutil.copy(example_store, tmp_path / "copy.db"))


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def purport_command() -> Run:
    """Runs the command line in a process of its own."""

    def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "purport.cli", *map(str, arguments)]
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            command, capture_output=True, text=True, timeout=120, **{"check": False, **more}
        )

    return run
