"""A golden file per input: `UPDATE_GOLDEN=1 pytest tests/read/test_golden.py` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from tests.read.checks import check, rendered

GOLDEN = Path(__file__).parent / "golden"
INPUTS = sorted(path for path in (GOLDEN / "inputs").iterdir() if path.is_file())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    try:
        found = list(read_bytes(path.read_bytes(), path.name))
    except ReadError as error:
        shown = f"=== error {error}\n"
    else:
        for document in found:
            if isinstance(document, Document):
                check(document)
        shown = rendered(found)
    golden = GOLDEN / f"{path.name}.golden"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
