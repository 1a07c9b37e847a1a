from __future__ import annotations

import random
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import purport
from purport.corpus.reading import reread
from purport.errors import ReadError, StoreError
from purport.model.document import Metadata
from purport.store import Sighting, Store, verify
from purport.store.connection import RESERVED
from tests.made import record

CHANGES = 400
PAGE = 8192


def fill(path: Path) -> Path:
    """A small store with overflow pages, an index of two levels, deletions, updates, and pages that are free again."""
    filler = " ".join(f"The Hill Guard counted {n} carts on the Tamsin bridge." for n in range(900))
    with Store(path, write=True) as store:
        for number in range(4):
            one = record(record().document.text + f"Note {number}. {filler if number < 2 else ''}")
            store.add(one, Sighting(f"{number}.txt", "", Metadata(outlet="Halyard Wire", title=f"Note {number}")))
            store.see(one.document.id, Sighting(f"0{number}.txt", "", Metadata(title="Another title")))
        for statement in ("CREATE TABLE passing AS SELECT text || text || text FROM document", "DROP TABLE passing"):
            store.connection.execute(statement).fetchall()
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("verify") / "sound.db")


def faults(path: Path, *, again: bool = False) -> list[str]:
    """What is wrong, as a caller learns it: by `verify`, or when the store is opened."""
    try:
        with Store(path) as store:
            found = list(verify(store, reread if again else None))
    except StoreError as error:
        found = [str(error)]
    assert not any("\n" in one for one in found)
    return found


def test_a_sound_store_has_no_fault(sound: Path, example_store: Path) -> None:
    assert faults(sound, again=True) == []
    assert faults(example_store, again=True) == []
    with Store(sound) as store:
        assert int(store.connection.pragma("freelist_count")) > 5


def test_any_byte_that_is_changed_is_found(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.db"
    data = bytearray(sound.read_bytes())
    chance = random.Random(4)
    ends = [page * PAGE + PAGE - 1 - back for page in range(len(data) // PAGE) for back in (0, RESERVED - 1, RESERVED)]
    places = [*range(100), *ends, *(chance.randrange(len(data)) for _ in range(CHANGES - 100 - len(ends)))]
    assert len(places) >= CHANGES
    missed = []
    for place in places:
        before = data[place]
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        if not faults(path):
            missed.append(place)
        data[place] = before
    assert missed == []


@pytest.mark.parametrize("length", [1, 99, 100, 4096, PAGE - 1, PAGE, 3 * PAGE, -PAGE, -1, -17])
def test_a_store_that_was_cut_is_found(sound: Path, tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes(sound.read_bytes()[:length])
    assert faults(path)


@pytest.mark.parametrize("more", [b"\x00", b"\x00" * PAGE, b"x" * PAGE])
def test_bytes_put_behind_a_store_are_found(sound: Path, tmp_path: Path, more: bytes) -> None:
    path = tmp_path / "long.db"
    path.write_bytes(sound.read_bytes() + more)
    assert faults(path)


def test_pages_in_each_others_place_or_emptied_are_found(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "swapped.db"
    data = sound.read_bytes()
    with Store(sound) as store:
        count = int(store.connection.pragma("page_count"))
        free = int(store.connection.pragma("freelist_count"))
    pages = [data[n * PAGE : (n + 1) * PAGE] for n in range(count)]
    missed = []
    for number in range(count - 1):
        changed = [*pages[:number], pages[number + 1], pages[number], *pages[number + 2 :]]
        path.write_bytes(b"".join(changed))
        alike = pages[number] == pages[number + 1]  # both of indexes that are still empty
        missed += [("swapped", number)] if not alike and not faults(path) else []
    swapped = len(missed)
    for number in range(count):
        path.write_bytes(b"".join([*pages[:number], bytes(PAGE), *pages[number + 1 :]]))
        missed += [("emptied", number)] if not faults(path) else []
    # Free pages hold nothing: what stands in them, if its sum is right, changes nothing.
    assert swapped <= free
    assert len(missed) - swapped <= free


TAMPERED: dict[str, str] = {
    "text": "UPDATE document SET text = replace(text, 'denied', 'agreed')",
    "blocks": "UPDATE document SET blocks = '[[0,4,\"paragraph\",0]]'",
    "blocks, malformed": "UPDATE document SET blocks = '[['",
    "blocks, backwards": "UPDATE document SET blocks = '[[4,2,\"paragraph\",0]]'",
    "map": "UPDATE document SET map = replace(map, 'line', 'page')",
    "digest": "UPDATE document SET digest = replace(digest, '0', '1')",
    "outlet": "UPDATE document SET outlet = 'Ardinform'",
    "id": "UPDATE document SET id = 'ffffffffffffffff' WHERE key = 1",
    "format": "UPDATE document SET format = 'html'",
    "notes": "UPDATE document SET notes = '[[],[\"all is well\"]]'",
    "notes, malformed": "UPDATE document SET notes = '3'",
    "spans": "UPDATE attribution SET content = '[[0,3]]'",
    "spans, out of the text": "UPDATE attribution SET content = '[[0,999999]]'",
    "spans, malformed": "UPDATE attribution SET content = '[[0]]'",
    "spans, none": "UPDATE attribution SET content = '[]', cue = '[]', source = '[]'",
    "act": "UPDATE attribution SET act = 'assert'",
    "kind": "UPDATE attribution SET kind = 'shouted'",
    "inside": "UPDATE attribution SET inside = 'ffffffffffffffff'",
    "confidence": "UPDATE attribution SET confidence = 1",
    "attribution": "DELETE FROM attribution WHERE key = 1",
    "run": "UPDATE run SET version = '9'",
    "told": 'UPDATE sighting SET told = \'{"outlet":"Ardinform"}\'',
    "told, malformed": 'UPDATE sighting SET told = \'{"colour":"red"}\'',
    "own": 'UPDATE document SET own = \'{"author":"Lio Brandt"}\'',
    "sightings": "DELETE FROM sighting",
    "document": "DELETE FROM document WHERE key = 1",
    "source, other bytes": "UPDATE source SET deflated = (SELECT deflated FROM source ORDER BY sha256 LIMIT 1)",
    "source, broken": "UPDATE source SET deflated = x'00'",
    "source, gone": "DELETE FROM source",
    "index": "DELETE FROM attribution_words_data WHERE id > 10",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_through_sql_is_found(sound: Path, tmp_path: Path, what: str) -> None:
    path = Path(shutil.copy(sound, tmp_path / "tampered.db"))
    with Store(path, write=True) as store:
        store.connection.execute("PRAGMA foreign_keys = OFF").fetchall()
        store.connection.execute(TAMPERED[what]).fetchall()
        assert store.connection.total_changes() > 0
    assert faults(path)


def test_bytes_that_read_otherwise_now_are_found(sound: Path, tmp_path: Path) -> None:
    """Text, record and digest all forged to agree: the kept bytes tell."""
    from purport.model import codec

    path = Path(shutil.copy(sound, tmp_path / "forged.db"))
    with Store(path, write=True) as store:
        one = store.record_by_key(1)
        text = one.document.text.replace("denied", "agreed")
        forged = replace(one, document=replace(one.document, text=text))
        values = (text, codec.digest(forged))
        store.connection.execute("UPDATE document SET text = ?, digest = ? WHERE key = 1", values)
    assert faults(path) == []
    (fault,) = faults(path, again=True)
    assert fault.endswith("reading its bytes again gives another text")


def test_bytes_that_cannot_be_read_any_more_are_a_fault(sound: Path) -> None:
    def broken(_: object) -> purport.Document:
        raise ReadError("note.txt: is broken")

    with Store(sound) as store:
        found = list(verify(store, broken))
    assert len(found) == 4
    assert all("cannot be read again (note.txt: is broken)" in one for one in found)


ASK: dict[str, Callable[[purport.Corpus], object]] = {
    "statements": lambda corpus: corpus.statements(),
    "documents": lambda corpus: corpus.documents(),
    "records": lambda corpus: list(corpus.records()),
    "search": lambda corpus: corpus.statements(search="bridge"),
    "verify": lambda corpus: corpus.verify(),
}


@pytest.mark.parametrize("what", ASK)
def test_whoever_asks_a_damaged_store_hears_of_it_as_a_store_error(sound: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / "damaged.db"
    data = bytearray(sound.read_bytes())
    for page in range(1, len(data) // PAGE):
        data[page * PAGE + 50] ^= 1
    path.write_bytes(data)
    with purport.open(path) as corpus:
        if what == "verify":
            assert faults(path)  # the list of its tables is longer than the page that is whole
        else:
            with pytest.raises(StoreError, match=r"a page of the store is damaged.*verifying the store"):
                ASK[what](corpus)


def test_deflated_bytes_are_the_source(sound: Path) -> None:
    with Store(sound) as store:
        for sha256, size, deflated in store.query("SELECT * FROM source"):
            assert len(zlib.decompress(deflated)) == size
            assert len(sha256) == 64
