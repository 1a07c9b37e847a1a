from __future__ import annotations

import importlib
import subprocess
import sys
from types import ModuleType

import pytest

import purport


@pytest.mark.parametrize("name", [name for name in purport.__all__ if name not in ("__version__", "open")])
def test_each_name_is_where_it_is_said_to_be(name: str) -> None:
    home, there = purport._HOME_OF[name]
    assert getattr(purport, name) is getattr(importlib.import_module(home), there)


def test_folders_do_not_take_the_place_of_functions_that_are_called_like_them() -> None:
    importlib.import_module("purport.read.walk")
    importlib.import_module("purport.network.balance")
    for function in (purport.read, purport.network, purport.balance, purport.open):
        assert not isinstance(function, ModuleType)
        assert callable(function)
    for folder in ("datasets", "store"):
        assert isinstance(getattr(purport, folder), ModuleType)
    assert dir(purport) == sorted(purport.__all__)
    with pytest.raises(AttributeError, match="module 'purport' has no attribute 'nothing'"):
        getattr(purport, "nothing")  # noqa: B009 - as an attribute mypy refuses it first
    assert not hasattr(purport, "_nothing")


@pytest.mark.parametrize(
    "code, heavy",
    [
        ("import purport.cli.app", ("numpy", "spacy", "apsw", "lxml")),
        ("import purport; purport.Corpus", ("numpy", "spacy", "lxml")),
    ],
)
def test_little_is_loaded_before_it_is_needed(code: str, heavy: tuple[str, ...]) -> None:
    told = f"import sys; {code}; print(*(name for name in {heavy} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
