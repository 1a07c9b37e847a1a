from __future__ import annotations

import pickle

import pytest

from purport.errors import UsageError
from purport.read.options import Options, options_of, selector


def test_selectors_are_read_back() -> None:
    written = selector("utf-16-le", "a;b=c% é", ";")
    options = options_of(written)
    assert (options.encoding, options.column("text"), options.delimiter) == ("utf-16-le", "a;b=c% é", ";")
    assert selector() == ""
    assert pickle.loads(pickle.dumps(options)) == options


def test_codecs_are_named_in_one_way() -> None:
    assert Options(encoding="UTF8").encoding == "utf-8"
    assert Options(encoding="utf-8-sig").encoding == "utf-8"


@pytest.mark.parametrize(
    "arguments",
    [
        {"encoding": "klingon"},
        {"encoding": "utf-7"},
        {"encoding": "base64"},
        {"columns": (("colour", "x"),)},
        {"delimiter": "ab"},
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Options(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["x", "colour=red", "encoding"])
def test_a_strange_selector_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        options_of(written)
