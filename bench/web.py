"""How fast pages answer for a large store: 8 people clicking, and one process that reads documents in meanwhile.

    python -m bench.web [--documents 20000] [--seconds 60] [--store FILE]

The store is made by SQL, since reading a million statements takes hours: what its documents hold is drawn by lot from
sentences about invented places, with names as unevenly spread as in news. What is measured is from the first byte of a
question to the last of its answer, on the same machine, with a second between the clicks of one person.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

import purport
from bench.articles import repeated, write
from purport.model import codec
from purport.model.vocabulary import ACTS
from purport.store import Store

STATEMENTS = 50
"""Statements of a document."""
PEOPLE = 8
_WORDS = 4_000
"""Words to read for each second of clicking, more than can be read in it."""
_WORKERS = ("--workers", "1")
"""How `purport read` is told that it is one who reads: a process, which leaves the other core to those who click."""
MEDIAN, MOST = 0.150, 0.500
"""Seconds that half of the answers of a page, and 95 in 100, may take."""
ALL_MEDIAN, ALL_MOST = 0.100, 0.400
"""The same of the answers of all pages together."""
_GIVEN = "Mara Hollan Petra Zoe Aurel Ilin Tamsin Oren Vesna Kaldo Miri Stav Belo Runa Teodor Lisk".split()
_FAMILY = "Denk Reth Valk Markes Stavik Orlov Brann Kest Dovan Lorne Pell Haskar Imre Tolk Venn Sarre".split()
_PLACES = "Halvenna Orrin Tamsin Velmark Abelund Skerrin Ardania Lower-Orrin Carrow Dunmere".split()
_VERBS = "said denied claimed warned promised asked suggested confirmed rejected praised".split()
_THINGS = "bridge dam convoy ceasefire harvest radio tower border school pipeline ferry granary envoy truce".split()
_DONE = (
    "had been shelled,was open again,would be rebuilt,had never existed,could not be reached,belonged to them".split(
        ","
    )
)


_Row = tuple[int, tuple[int, int], tuple[int, int], tuple[int, int]]
"""Who of the document's cast speaks, and the places of source, cue and content."""


def sentence(draw: random.Random, name: str) -> tuple[str, tuple[int, int], tuple[int, int], tuple[int, int]]:
    """A sentence, and the places of its source, cue and content."""
    cue = draw.choice(_VERBS)
    # The numbers keep documents from being copies of each other.
    content = f"that the {draw.choice(_THINGS)} {draw.randrange(9999)} near {draw.choice(_PLACES)} "
    content += f"{draw.choice(_DONE)} on watch {draw.randrange(9999)}"
    text = f"{name} {cue} {content}. "
    at = len(name) + 1
    after = at + len(cue)
    return text, (0, len(name)), (at, after), (after + 1, after + 1 + len(content))


class Maker:
    """Writes documents with all that is found in them, as the store holds them."""

    def __init__(self, store: Store, seed: int = 7) -> None:
        self.store = store
        self.draw = random.Random(seed)
        self.names = [f"{one} {two}" for one in _GIVEN for two in _FAMILY]
        self.acts = sorted(ACTS)
        self.made = 0
        self.run = "b" * 16

    def begin(self) -> None:
        """What all documents share."""
        self.store.connection.execute(
            "INSERT OR IGNORE INTO run VALUES (?, '0', '[[\"model\", \"none\"]]', '[]')", (self.run,)
        )

    def document(self) -> None:
        """One document; the caller holds the transaction."""
        execute, draw = self.store.connection.execute, self.draw
        self.made += 1
        number = self.made
        name = f"{number:08x}{draw.getrandbits(32):08x}"
        cast = self._cast()
        text, start = list[str](), 0
        blocks, found = list[tuple[int, int, str, int]](), list[_Row]()
        for at in range(STATEMENTS):
            who = draw.randrange(6)
            told, source, cue, content = sentence(draw, cast[who])
            places = [(s + start, e + start) for s, e in (source, cue, content)]
            found.append((who, places[0], places[1], places[2]))
            text.append(told)
            start += len(told)
            if at % 5 == 4:
                text[-1] = told[:-1] + "\n"
                first = blocks[-1][1] + 1 if blocks else 0
                blocks.append((first, start - 1, "paragraph", 0))
        whole = "".join(text)
        mapping = {"unit": "line", "encoding": "utf-8", "segments": [[b[0], n, b[0]] for n, b in enumerate(blocks, 1)]}
        day = f"{2029 + draw.randrange(3)}-{draw.randrange(12) + 1:02}-{draw.randrange(28) + 1:02}"
        outlet = f"Outlet {min(int(draw.paretovariate(0.8)), 40)}"
        sha = f"{number:064x}"
        execute("INSERT INTO source VALUES (?, ?, ?)", (sha, len(whole), zlib.compress(whole.encode(), 1)))
        execute(
            "INSERT INTO document (id, sha256, selector, format, part, text, blocks, map, outlet, author, title, "
            "published, url, language, own, notes, analysed, run, digest) VALUES "
            "(?, ?, '', 'text', '', ?, ?, ?, ?, NULL, ?, ?, NULL, 'en', '{}', '[[],[]]', 1, ?, '')",
            (name, sha, whole, json.dumps(blocks), json.dumps(mapping), outlet, f"Note {number}", day, self.run),
        )
        key = self.store.connection.last_insert_rowid()
        execute("INSERT INTO sighting VALUES (?, ?, '', '{}')", (key, f"notes/{number}.txt"))
        execute("INSERT INTO document_words (rowid, title, text) VALUES (?, ?, ?)", (key, f"Note {number}", whole))
        entities = [f"{number:09x}{at:07x}" for at in range(6)]
        for entity, called in zip(entities, cast, strict=True):
            execute(
                "INSERT INTO entity (id, document, name, type, names, known, belongs, held) "
                "VALUES (?, ?, ?, 'person', ?, '', '', '')",
                (entity, key, called, codec.dumps([called])),
            )
            execute(
                "INSERT INTO entity_words (rowid, names) VALUES (?, ?)",
                (self.store.connection.last_insert_rowid(), called),
            )
        self._found(key, number, whole, found, entities)

    def _cast(self) -> list[str]:
        """Six whom a document names, each once."""
        found = dict[str, None]()
        while len(found) < 6:
            found[self.names[min(int(self.draw.paretovariate(0.7)) - 1, len(self.names) - 1)]] = None
        return list(found)

    def _found(self, key: int, number: int, text: str, found: list[_Row], entities: list[str]) -> None:
        execute, draw = self.store.connection.execute, self.draw
        for at, (who, source, cue, content) in enumerate(found):
            item = f"{number:010x}{at:06x}"
            act = self.acts[min(int(draw.paretovariate(0.9)) - 1, len(self.acts) - 1)]
            kind = draw.choice(("indirect", "indirect", "indirect", "direct", "mixed"))
            places = [json.dumps([list(span)]) for span in (source, cue, content)]
            execute(
                "INSERT INTO attribution (id, document, first, source, cue, content, kind, act, inside, holder, "
                "confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)",
                (item, key, source[0], *places, kind, act, entities[who], round(draw.betavariate(6, 2), 3)),
            )
            execute(
                "INSERT INTO attribution_words (rowid, source, cue, content) VALUES (?, ?, ?, ?)",
                (self.store.connection.last_insert_rowid(), *(text[s:e] for s, e in (source, cue, content))),
            )
            certainty = draw.choice(("CT+", "CT+", "CT+", "Uu", "PR+", "CT-", "PS+"))
            verb = [content[0] + 5, content[0] + 9]
            rest = {"implied": "", "negation": [], "arguments": [], "triples": [], "held": [[item, certainty]],
                    "endorsed": False, "times": [], "places": [], "refers": [], "unsure": []}  # fmt: skip
            execute(
                "INSERT INTO proposition (id, document, first, predicate, subject, object, certainty, frame, voucher, "
                "confidence, rest) VALUES (?, ?, ?, ?, ?, '[]', ?, 'plain', ?, 0.9, ?)",
                (f"f{item[1:]}", key, content[0], json.dumps([verb]), json.dumps([[content[0], content[0] + 4]]),
                 certainty, item, codec.dumps(rest)),
            )  # fmt: skip
            if at % 5 == 0:
                target = (who + draw.randrange(1, 6)) % 6
                execute(
                    "INSERT INTO stance (id, document, first, last, holder, target, sign, basis, places, voucher, "
                    "certainty, deed, proposition, confidence, vouched) VALUES (?, ?, ?, ?, ?, ?, ?, 'words', "
                    "'[[],[]]', ?, ?, '', NULL, ?, ?)",
                    (f"5{item[1:]}", key, source[0], content[1], None if at % 10 else entities[who], entities[target],
                     draw.choice((-1, -1, 1)), item, certainty, round(draw.uniform(0.7, 1), 3), entities[who]),
                )  # fmt: skip
            if at % 3 == 0:
                execute(
                    "INSERT INTO mention (document, first, last, entity, naming, reason, confidence, tone) "
                    "VALUES (?, ?, ?, ?, 'name', 'exact name', 1.0, '')",
                    (key, *source, entities[who]),
                )


def make(path: Path, documents: int) -> None:
    """A store of so many documents."""
    before = time.monotonic()
    with Store(path, write=True) as store:
        store.connection.execute("PRAGMA synchronous = OFF").fetchall()
        maker = Maker(store)
        for start in range(0, documents, 500):
            store.connection.execute("BEGIN IMMEDIATE")
            maker.begin()
            for _ in range(min(500, documents - start)):
                maker.document()
            store.connection.execute("COMMIT")
    print(f"{documents:,} documents, {documents * STATEMENTS:,} statements made in {time.monotonic() - before:.0f} s")


def linked(port: int) -> dict[str, list[str]]:
    """Addresses that pages lead to and that nobody can make up: of actors, of their timelines, of edges."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    found: dict[str, list[str]] = {"/actors/": [], "/network/edge?": []}
    for page in ("/actors", "/actors?page=2", "/actors?page=9", "/network?least=20", "/network?outlet=Outlet+2"):
        connection.request("GET", page)
        for address in re.findall(r'href="(/[^"]+)"', connection.getresponse().read().decode()):
            for kind in ("/actors/", "/network/edge?"):
                if address.startswith(kind):
                    found[kind].append(html.unescape(address))
    found["/network/timeline/"] = [one.replace("/actors/", "/network/timeline/") for one in found["/actors/"]]
    if empty := [kind for kind, addresses in found.items() if not addresses]:
        raise SystemExit(f"the store is too small: no page leads to {', '.join(empty)}")
    return found


def clicks(path: Path, draw: random.Random, linked: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Pages that a person opens, one after the other, each with the name of its kind."""
    with Store(path) as store:
        documents = [name for (name,) in store.query("SELECT id FROM document ORDER BY key LIMIT 4000")]
        items = [name for (name,) in store.query("SELECT id FROM attribution ORDER BY key LIMIT 4000")]
    names = [f"{one} {two}" for one in _GIVEN for two in _FAMILY]
    acts = sorted(ACTS)
    kinds: list[tuple[str, Callable[[], str]]] = [
        ("corpus", lambda: "/"),
        ("documents", lambda: f"/documents?page={draw.randint(1, 100)}"),
        ("document", lambda: f"/documents/{draw.choice(documents)}"),
        ("document", lambda: f"/documents/{draw.choice(documents)}"),
        ("statements", lambda: f"/statements?page={draw.randint(1, 60)}"),
        ("statements, act", lambda: f"/statements?act={draw.choice(acts)}"),
        ("statements, outlet", lambda: f"/statements?outlet=Outlet+{draw.randint(1, 40)}&since=2030"),
        ("statements, words", lambda: f"/statements?search={draw.choice(_THINGS)}+{draw.choice(_PLACES)}"),
        ("statements, by", lambda: f"/statements?by={quote_plus(draw.choice(names))}"),
        ("statements, about", lambda: f"/statements?about={quote_plus(draw.choice(_PLACES))}"),
        ("statements, certainty", lambda: f"/statements?certainty=CT-&kind={draw.choice(['direct', 'mixed'])}"),
        ("statements, unsure", lambda: f"/statements?sort=unsure&page={draw.randint(1, 20)}"),
        ("statements, not reviewed", lambda: "/statements?reviewed=no"),
        ("actors", lambda: f"/actors?page={draw.randint(1, 4)}"),
        ("actors, name", lambda: f"/actors?search={draw.choice(_FAMILY)}"),
        ("actor", lambda: draw.choice(linked["/actors/"])),
        ("timeline", lambda: draw.choice(linked["/network/timeline/"])),
        ("edge", lambda: draw.choice(linked["/network/edge?"])),
        ("network, two", lambda: "/network?outlet=Outlet+{}&other=Outlet+{}".format(*draw.sample(range(1, 10), 2))),
        ("network, outlet", lambda: f"/network?outlet=Outlet+{draw.randint(1, 40)}&at={draw.randint(1, 36)}"),
        ("network, all", lambda: f"/network?least={draw.choice((5, 20))}"),
        ("item", lambda: f"/items/{draw.choice(items)}"),
        ("review", lambda: "/review"),
        ("next to judge", lambda: "/review/next"),
        ("sample", lambda: f"/review/sample?seed={draw.randint(1, 9)}&size=100"),
        ("log", lambda: "/review/log"),
        ("agreement", lambda: "/review/agreement"),
        ("orphaned", lambda: "/review/orphaned"),
        ("runs", lambda: "/runs"),
    ]  # fmt: skip
    while True:
        name, address = draw.choice(kinds)
        yield name, address()


def person(
    path: Path,
    port: int,
    until: float,
    seed: int,
    addresses: Mapping[str, Sequence[str]],
    spent: dict[str, list[float]],
    failed: list[str],
) -> None:
    """One who clicks, and judges what is next now and then."""
    draw = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    head = {"Cookie": f"purport_reviewer=Person%20{seed}", "Origin": f"http://127.0.0.1:{port}",
            "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
    for name, address in clicks(path, draw, addresses):
        if time.monotonic() > until:
            return
        status, where, took = _asked(connection, "GET", address, "", head)
        spent[name].append(took)
        if status not in (200, 303):
            failed.append(f"{address}: {status}")
        if name == "next to judge" and status == 303:
            body = "deed=accept&after=0"
            status, _, took = _asked(connection, "POST", f"{where.partition('?')[0]}/judge", body, head)
            spent["judging"].append(took)
            if status not in (303, 409):
                failed.append(f"judging: {status}")
        time.sleep(draw.uniform(0.5, 1.5))


def _asked(
    connection: http.client.HTTPConnection, method: str, address: str, body: str, head: dict[str, str]
) -> tuple[int, str, float]:
    before = time.perf_counter()
    connection.request(method, address, body=body or None, headers=head)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("location", "") or "", time.perf_counter() - before


@contextmanager
def reading(path: Path, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """One who reads documents into the store, as a user does from the shell, for as long as the block lasts, which is
    some `seconds`."""
    with tempfile.TemporaryDirectory() as folder:
        texts = [f"{text}\n\nBeside {_documents(path)}.\n" for text in repeated(int(_WORDS * seconds))]
        write(texts, Path(folder) / "read")  # none of which an earlier reading has put into the store
        command = [sys.executable, "-m", "purport.cli", "read", "read", "--store", str(path.resolve()), *_WORKERS]
        # In a session of its own, as from another terminal.
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=folder, start_new_session=True, stdout=quiet, stderr=quiet) as process:
            try:
                yield process
            finally:
                process.send_signal(signal.SIGINT)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = told.store or Path(folder) / "web.db"
        if not path.exists():
            make(path, told.documents)
        command = [sys.executable, "-m", "purport.cli", "serve", "--store", str(path), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = re.search(r":(\d+)/", server.stdout.readline())
                assert found is not None
                return measured(path, int(found[1]), told.seconds)
            finally:
                server.terminate()


def counted(path: Path) -> None:
    """Print how long the whole network of the store takes to be counted, once its actors and copies are known."""
    with purport.open(path) as corpus:
        ties = len(corpus.standing.ties)
        before = time.process_time()
        found = purport.network(corpus)
        took = time.process_time() - before
    print(f"{ties:,} ties of the store make {len(found.edges):,} edges: {took:.2f} s, with 200 resamples")


def _documents(path: Path) -> int:
    with Store(path) as store:
        ((number,),) = store.query("SELECT count(*) FROM document")
    return int(number)


def measured(path: Path, port: int, seconds: float) -> int:
    """Click, and print what it took; 1 where it took too long."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    first = _asked(connection, "GET", "/actors", "", {})[2]  # who is who is found once, when it is first asked for
    print(f"finding who is who, once: {first:.1f} s")
    first = _asked(connection, "GET", "/network?least=20", "", {})[2]
    print(f"finding who stands with whom, and copies, once: {first:.1f} s")
    counted(path)
    spent: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    addresses = linked(port)
    before = _documents(path)
    with reading(path, seconds) as reader:
        until = time.monotonic() + seconds
        people = [
            threading.Thread(target=person, args=(path, port, until, seed, addresses, spent, failed))
            for seed in range(1, PEOPLE + 1)
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        if reader.poll() is not None:
            failed.append(f"the reading ended before the clicking did, with {reader.returncode}")
    print(f"{_documents(path) - before} documents were read in meanwhile")
    slow = False
    print(f"{'page':32} {'asked':>6} {'median ms':>10} {'95th ms':>8}")
    for name, took in sorted(spent.items()):
        median, most = statistics.median(took), sorted(took)[min(len(took) - 1, int(0.95 * len(took)))]
        slow |= median > MEDIAN or most > MOST
        print(f"{name:32} {len(took):6} {median * 1000:10.0f} {most * 1000:8.0f}")
    every = sorted(one for took in spent.values() for one in took)
    if every:
        most = every[int(0.95 * (len(every) - 1))]
        slow |= statistics.median(every) > ALL_MEDIAN or most > ALL_MOST
        print(f"{'all':32} {len(every):6} {statistics.median(every) * 1000:10.0f} {most * 1000:8.0f}")
    for what in failed[:10]:
        print("failed:", what)
    return 1 if slow or failed else 0


if __name__ == "__main__":
    sys.exit(main())
