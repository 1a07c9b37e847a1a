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

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

# A busy machine is no fault of an example, and what is merged must not depend on luck: new examples are tried where
# people work, the same ones every time where CI does.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")


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
