"""What only some jobs need is named where it is not installed."""

from __future__ import annotations

import sys

import pytest

from purport.errors import UsageError
from purport.runtime import extras


def test_what_is_there_is_loaded() -> None:
    assert extras.arrow().__name__ == "pyarrow"
    assert extras.arrow("pyarrow.parquet").__name__ == "pyarrow.parquet"
    assert extras.pandas().__name__ == "pandas"


@pytest.mark.parametrize("name", ["pyarrow", "pandas"])
def test_what_is_not_there_is_named_with_what_brings_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError) as error:
        (extras.arrow if name == "pyarrow" else extras.pandas)()
    assert str(error.value).endswith(f"need {name}, which is not installed: pip install 'purport[tables]'")
