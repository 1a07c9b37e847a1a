"""Every notebook runs, and prints what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docs.notebooks import NOTEBOOKS, run, written


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_prints_what_it_shows(path: Path) -> None:
    told = path.read_text("utf-8")
    assert written(run(json.loads(told))) == told, "run make docs"
