from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from purport.corpus.reading import reread
from purport.errors import StoreError, UsageError
from purport.model import codec
from purport.model.document import Document, Metadata
from purport.model.record import Record, Run
from purport.read.files import read_bytes
from purport.store import Added, Problem, Sighting, Store, verify
from purport.store.schema import VERSION
from tests.made import RUN, record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "made.db", write=True) as opened:
        yield opened


def lines(store: Store) -> list[str]:
    return [codec.dumps(codec.record_out(one)) for one in store.records()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_may_read_a_store(store: Store) -> None:
    store.add(record(), Sighting("a.txt"))
    for path in store.path.parent.iterdir():
        assert mode(path) == 0o600, path
    assert {path.name for path in store.path.parent.iterdir()} >= {"made.db", "made.db-wal"}


def test_a_record_comes_back_as_it_was(store: Store) -> None:
    one = record(metadata=Metadata(outlet="Ardinform", published="2031-04"))
    assert store.add(one, Sighting("a.txt", "", Metadata(author="Lio Brandt"))) is Added.NEW
    known = Metadata(outlet="Ardinform", author="Lio Brandt", published="2031-04")
    assert store.record(one.document.id) == replace(one, document=replace(one.document, metadata=known))
    assert store.runs() == [RUN]
    with pytest.raises(UsageError, match="no document ffff"):
        store.record("ffff")


def test_the_same_bytes_are_one_document_seen_twice(store: Store) -> None:
    assert store.add(record(), Sighting("b.txt")) is Added.NEW
    assert store.add(record(), Sighting("a.txt")) is Added.SEEN
    assert store.see(record().document.id, Sighting("a.txt")) is Added.SEEN
    assert len(store.ids()) == 1
    assert [one.path for one in store.sightings(record().document.id)] == ["a.txt", "b.txt"]
    with pytest.raises(UsageError, match="no document"):
        store.see("f" * 16, Sighting("c.txt"))


def test_what_was_not_known_is_filled_and_the_first_path_decides_what_was(store: Store) -> None:
    name = record().document.id
    store.add(record(metadata=Metadata(title="Own title")), Sighting("m.txt", "", Metadata(outlet="Middle")))
    assert store.see(name, Sighting("z.txt", "", Metadata(outlet="Last", url="https://z.example"))) is Added.FILLED
    assert store.record(name).document.metadata == Metadata("Middle", None, "Own title", None, "https://z.example")
    assert store.see(name, Sighting("a.txt", "", Metadata(outlet="First", title="Told title"))) is Added.FILLED
    assert store.record(name).document.metadata == Metadata("First", None, "Told title", None, "https://z.example")
    assert list(verify(store, reread)) == []


def test_less_told_at_the_same_place_takes_nothing_away(store: Store) -> None:
    name = record().document.id
    store.add(record(), Sighting("a.txt", "", Metadata(outlet="Ardinform", author="Lio Brandt")))
    assert store.see(name, Sighting("a.txt")) is Added.SEEN
    assert store.see(name, Sighting("a.txt", "", Metadata(author="Runa Sel"))) is Added.FILLED
    assert store.record(name).document.metadata == Metadata(outlet="Ardinform", author="Runa Sel")


VALUE = st.none() | st.sampled_from(["Ardinform", "Halyard Wire"])
TOLD = st.builds(Metadata, outlet=VALUE, title=VALUE, published=st.none() | st.sampled_from(["2031", "2031-03-04"]))
TEXTS = tuple(record().document.text + end for end in ("", "A second text.", "Nothing was confirmed."))


@given(
    data=st.data(),
    met=st.lists(
        st.tuples(st.sampled_from(range(3)), st.sampled_from("abcdef"), TOLD, st.booleans()),
        min_size=2,
        max_size=6,
        unique_by=lambda one: (one[0], one[1]),
    ),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_adding_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, met: list[tuple[int, str, Metadata, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    found = []
    for number, order in enumerate((met, data.draw(st.permutations(met)))):
        with Store(folder / f"{number}.db", write=True) as store:
            for text, path, told, analysed in order:
                store.add(record(TEXTS[text], analysed=analysed), Sighting(path, "", told))
            found.append((lines(store), [store.sightings(name) for name in store.ids()]))
            assert list(verify(store, reread)) == []
    assert found[0] == found[1]
    shutil.rmtree(folder)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_row_that_stands_in_several_places_is_shown_at_the_first(store: Store, order: tuple[int, ...]) -> None:
    table = b"text\nMara Denk denied it.\nThe Hill Guard said no.\nMara Denk denied it.\n"
    rows = [one for one in read_bytes(table, "rows.csv") if isinstance(one, Document)]
    for number in order:
        store.add(Record(rows[number], RUN), Sighting("rows.csv", rows[number].part))
    one = store.record(rows[0].id)
    assert one.document == rows[0]
    assert one.document.source_map.segments[0].number == 1
    assert list(verify(store, reread)) == []


def test_the_same_bytes_in_two_formats_do_not_depend_on_the_order(tmp_path: Path) -> None:
    data = b"# Denk\n\n*Mara Denk* denied it.\n"
    found = []
    for names in (("a.md", "b.txt"), ("b.txt", "a.md")):
        with Store(tmp_path / f"{names[0]}.db", write=True) as store:
            for name in names:
                (one,) = read_bytes(data, name)
                assert isinstance(one, Document)
                store.add(Record(one, RUN), Sighting(name))
            found.append(lines(store))
    assert found[0] == found[1]


def test_a_document_left_out_as_foreign_is_filled_when_it_comes_analysed(store: Store) -> None:
    kept, full = record(analysed=False), record()
    later = replace(full, run=Run("0.1"))
    assert store.add(kept, Sighting("a.txt")) is Added.NEW
    assert store.analysed(kept.document.id) is False
    assert store.add(kept, Sighting("a.txt")) is Added.SEEN
    assert store.add(later, Sighting("a.txt", "", Metadata(language="en"))) is Added.FILLED
    one = store.record(kept.document.id)
    assert (one.analysed, one.attributions, one.notes) == (True, full.attributions, ())
    assert one.run == Run("0.1")
    assert one.document.metadata.language == "en"
    assert store.add(kept, Sighting("a.txt")) is Added.SEEN
    assert store.record(kept.document.id) == one
    assert list(verify(store, reread)) == []


def test_problems_are_kept_until_they_are_solved(store: Store) -> None:
    store.fail(Problem("b.pdf", "", "is broken"))
    store.fail(Problem("a.csv", "row 2", "is empty"))
    store.fail(Problem("b.pdf", "", "needs a password"))
    assert store.problems() == [Problem("a.csv", "row 2", "is empty"), Problem("b.pdf", "", "needs a password")]
    store.add(record(), Sighting("b.pdf"))
    assert [one.path for one in store.problems()] == ["a.csv"]
    store.see(record().document.id, Sighting("a.csv", "row 2"))
    assert store.problems() == []


def test_adding_is_all_or_nothing(store: Store) -> None:
    one = record()
    twice = replace(one, attributions=(*one.attributions, *one.attributions))
    with pytest.raises(StoreError, match="constraint"):
        store.add(twice, Sighting("a.txt"))
    lone = replace(one, document=replace(one.document, metadata=Metadata(title="half a \ud800 pair")))
    with pytest.raises(UnicodeEncodeError):
        store.add(lone, Sighting("a.txt"))
    assert not store.ids() and not store.runs() and not store.problems()  # noqa: PT018
    for table in ("source", "attribution", "sighting", "document"):
        assert list(store.query(f"SELECT * FROM {table}")) == []
    assert store.add(one, Sighting("a.txt")) is Added.NEW
    assert list(verify(store, reread)) == []


WRITER = """
import sys
from purport.store import Store
with Store(sys.argv[1], write=True):
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_one_writes_and_others_read_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with Store(path, write=True) as store:
        store.add(record(), Sighting("a.txt"))
        with pytest.raises(StoreError, match="another process is writing"):
            Store(path, write=True)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        with pytest.raises(StoreError, match="another process is writing") as refused:
            Store(path, write=True)
        assert "\n" not in str(refused.value)
        with Store(path) as reader:
            assert len(reader.ids()) == 1
        other.kill()
    with Store(path, write=True) as store:  # the lock ended with its holder
        assert len(store.ids()) == 1


def test_a_refused_or_ended_writer_takes_no_lock_from_a_reader_of_the_same_process(tmp_path: Path) -> None:
    """Closing a file's descriptor drops all the locks of SQLite on it (howtocorrupt.html, 2.2)."""
    path = tmp_path / "made.db"
    with Store(path, write=True) as store:
        store.add(record(), Sighting("a.txt"))
    with Store(path) as reader:
        assert len(reader.ids()) == 1
        Store(path, write=True).close()
        assert list(verify(reader, reread)) == []
        # Were it without its lock, this connection of another process would be the last one and take the -wal away.
        code = "import sys, purport.store as s; s.Store(sys.argv[1], write=True).close()"
        subprocess.run([sys.executable, "-c", code, path], check=True, timeout=60)
        assert path.with_name("made.db-wal").exists()
        assert len(reader.ids()) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["made.db"]


def test_a_reader_sees_what_is_added_beside_it_and_a_snapshot_does_not(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    with Store(path, write=True) as store:
        with Store(path) as reader, reader.snapshot():
            assert reader.ids() == []
            store.add(record(), Sighting("a.txt"))
            assert reader.ids() == []
        with Store(path) as reader:
            assert len(reader.ids()) == 1
            with pytest.raises(StoreError, match="read-only"):
                reader.fail(Problem("a", "", "b"))


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE statements (who, what)")
    made.close()


def newer(path: Path) -> None:
    with Store(path, write=True) as store:
        store.connection.execute(f"PRAGMA user_version = {VERSION + 1}")


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_bytes(b"Mara Denk denied it. " * 500), "not a store"),
    "short": (lambda path: path.write_bytes(b"x"), "not a store"),
    "database": (other_database, "not a store"),
    "newer": (newer, "newer purport .*upgrade"),
    "folder": (lambda path: path.mkdir(), "is a folder, not a file"),
    "pipe": (os.mkfifo, "no regular file"),
}


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, kind: str, write: bool) -> None:
    make, message = REFUSED[kind]
    path = tmp_path / "thing"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=message) as refused:
        Store(path, write=write)
    assert "\n" not in str(refused.value)
    if kind != "newer":
        assert before == (path.read_bytes() if path.is_file() else None)
    assert [one.name for one in tmp_path.iterdir()] == ["thing"]


@pytest.mark.parametrize("name", ["missing/made.db", "x" * 300, "a.txt/made.db", "nul\x00.db"])
def test_a_place_that_can_hold_no_store_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(StoreError, match=r"cannot be made|no store can be") as refused:
        Store(tmp_path / name, write=True)
    assert "\n" not in str(refused.value)
    with pytest.raises(StoreError, match="no store"):
        Store(tmp_path / name)


def test_an_empty_file_becomes_a_store_when_it_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    path.touch()
    with pytest.raises(StoreError, match="there is no store here"):
        Store(path)
    with Store(path, write=True) as store:
        store.add(record(), Sighting("a.txt"))
        assert list(verify(store, reread)) == []


def test_a_store_whose_making_was_killed_is_made_again(tmp_path: Path) -> None:
    import ctypes

    import apsw

    from purport.store.connection import RESERVED, _checked_vfs

    path = tmp_path / "made.db"
    path.touch()
    half = apsw.Connection(str(path), vfs=_checked_vfs())
    reserved = ctypes.c_int(RESERVED)
    half.file_control("main", apsw.SQLITE_FCNTL_RESERVE_BYTES, ctypes.addressof(reserved))
    half.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
    half.close()
    assert path.stat().st_size > 0
    with Store(path, write=True) as store:
        store.add(record(), Sighting("a.txt"))
    with Store(path) as store:
        assert list(verify(store, reread)) == []


def as_nobody(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run as a user without rights where we are root; as ourselves elsewhere."""
    rights = "import os; os.setgid(65534); os.setuid(65534)\n" if os.geteuid() == 0 else ""
    # The modules are imported first, since they may lie where only we may look.
    whole = f"import sys; import purport.store, purport.corpus.corpus, encodings.idna\n{rights}{code}"
    command = [sys.executable, "-c", whole, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


OPEN = """
from purport.store import Store
from purport.errors import StoreError
try:
    with Store(sys.argv[1], write=sys.argv[2] == "write") as store:
        print(len(store.ids()))
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize(
    "mode_of_file,mode_of_folder,how,said",
    [
        (0o600, 0o755, "read", "cannot be used"),
        (0o600, 0o755, "write", "cannot be made (Permission denied)"),
        (0o600, 0o700, "read", "no store can be here (Permission denied)"),
        (0o444, 0o755, "read", "1\n"),
        (0o444, 0o755, "write", "read-only"),
        (None, 0o755, "write", "cannot be made (Permission denied)"),
    ],
)
def test_rights_that_are_missing_are_told_in_one_line(
    mode_of_file: int | None, mode_of_folder: int, how: str, said: str
) -> None:
    folder = Path(f"/tmp/purport-rights-{os.getpid()}")
    folder.mkdir()
    try:
        path = folder / "made.db"
        if mode_of_file is not None:
            with Store(path, write=True) as store:
                store.add(record(), Sighting("a.txt"))
            path.chmod(mode_of_file)
        folder.chmod(mode_of_folder if os.geteuid() == 0 else mode_of_folder & 0o555)
        done = as_nobody(OPEN, path, how)
        assert done.stderr == ""
        assert said in done.stdout
        assert done.stdout.count("\n") == 1
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
