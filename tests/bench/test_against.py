"""Two builds are timed in turn; what cannot be timed is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import against
from tests.conftest import ROOT


def test_this_build_beside_itself() -> None:
    old, new = against.measured(["Denk denied that the dam was safe.\n"], ROOT, 1)
    assert old[0] > 0
    assert new[0] > 0
    assert "of processor time" in against.told(old, new)


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no checkout"):
        against.measured(["Denk spoke."], tmp_path, 1)
