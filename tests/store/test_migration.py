from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from purport.errors import StoreError
from purport.store import Sighting, Store, connection, schema, verify
from tests.made import record


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_store_of_every_earlier_version_is_upgraded_and_keeps_what_it_held(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    before = replace(record(), propositions=())  # which version 3 brought
    with monkeypatch.context() as old:
        old.setattr(connection, "VERSION", version)
        old.setattr(connection, "MIGRATIONS", schema.MIGRATIONS[:version])
        with Store(path, write=True) as store:
            store.add(before, Sighting("a.txt"))
    with pytest.raises(StoreError, match="made by an older purport"):
        Store(path)
    with Store(path, write=True) as store:
        assert store.record(before.document.id) == before
        assert list(verify(store)) == []
        assert int(store.connection.pragma("user_version")) == schema.VERSION
    with Store(path) as store:
        assert len(store.ids()) == 1


def test_every_version_has_its_step() -> None:
    assert len(schema.MIGRATIONS) == schema.VERSION >= 2
