"""What belonging together costs for very many documents, made of real ones: days of stories with reprints in them.

    python -m bench.many [--documents 100000] [--folder FOLDER]

A made story is a real article with names and most telling words put for others, the same throughout the story; each of
its documents has some of the sentences, puts more words for others, and some print sentences of the first word for
word. So words and runs of words are about as common as in real texts, and what is shared is what was made to be.

Printed are, for a store in which nothing of it is kept, what `stories` and `passages` take, asked side by side, each in
a process of its own, and how much memory both have at most; what one more day of documents takes in a store that keeps
it; and whether the answers then are those of all at once. Half an hour and 2 GB of disk; times are of the clock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import purport
from bench.articles import SHARED
from purport.corpus.likeness import keep_likeness
from purport.corpus.sharing import keep_sharing
from purport.lexicons.classes import words_of
from purport.store import Store
from purport.stories.texts import StoryText

TEXTS = [SHARED / "polnear" / part / "text" for part in ("dev", "train")]
A_DAY = 500
FIRST = date(2031, 1, 1)
_OUTLETS = 120
_KEPT = 0.3
"""The share of telling words that stay as they are."""
_SHAKEN = 0.7
"""The share of words of every text that stay in a story."""
_LONG = 10
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@lru_cache(1)
def _real() -> tuple[list[list[str]], list[str], dict[str, int]]:
    """The sentences of each real article; telling words by how common they are, and the place of each."""
    common = words_of("words that tell no stories apart")
    articles = [
        [one for one in _SENTENCE.split(path.read_text("utf-8")) if one.strip()]
        for folder in TEXTS
        for path in sorted(folder.glob("*.txt"))
    ]
    counted = Counter(
        word
        for sentences in articles
        for sentence in sentences
        for word in _WORD.findall(sentence)
        if word.lower() not in common
    )
    words = sorted(counted, key=lambda word: (-counted[word], word))
    return articles, words, {word: place for place, word in enumerate(words)}


class _Instead:
    """Puts words for others that are about as common; the same for the same, as far as `share` of them are changed."""

    def __init__(self, chance: random.Random, share: float) -> None:
        self._seed, self._share = chance.random(), share
        self._known: dict[str, str] = {}

    def __call__(self, found: re.Match[str]) -> str:
        word = found[0]
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._other(word)
        return known

    def _other(self, word: str) -> str:
        _, words, places = _real()
        place = places.get(word)
        chance = random.Random(f"{self._seed} {word}")
        if place is None or chance.random() > self._share:
            return word
        low, high = place // 2, min(len(words), place * 2 + 20)
        for _ in range(20):
            other = words[chance.randrange(low, high)]
            if other[0].isupper() == word[0].isupper():
                return other
        return word


def made(number: int, begin: int = 0) -> Iterator[StoryText]:
    """So many documents, `A_DAY` for each day, from the one with number `begin` on. The same for the same numbers."""
    first = begin // A_DAY
    for day in range(first, -(-(begin + number) // A_DAY)):
        for place, text in enumerate(_day(day)):
            if begin <= day * A_DAY + place < begin + number:
                yield text


def _day(day: int) -> list[StoryText]:
    articles, _, _ = _real()
    chance = random.Random(day)
    told: list[StoryText] = []
    while len(told) < A_DAY:
        sentences = articles[chance.randrange(len(articles))][:60]
        story = _Instead(chance, 1 - _KEPT)
        base = [_shaken(_WORD.sub(story, one), chance) for one in sentences]
        size = min(A_DAY - len(told), chance.choice((1, 1, 1, 2, 2, 3, 4, 6, _LONG)))
        for copy in range(size):
            told.append(_document(day, len(told), base, chance, first=copy == 0))
    return told


def _shaken(sentence: str, chance: random.Random) -> str:
    """A sentence with some of its words of every text left out: else all stories of one article have the same ones."""
    common = words_of("words that tell no stories apart")
    words = sentence.split(" ")
    kept = [one for one in words if one.lower() not in common or chance.random() < _SHAKEN]
    return " ".join(kept or words)


def _document(day: int, place: int, base: Sequence[str], chance: random.Random, *, first: bool) -> StoryText:
    other = _Instead(chance, 0.5)
    printed = first or chance.random() < 0.4
    own = [one for one in base if first or chance.random() < 0.7] or list(base)
    text = "\n".join(one if printed and (first or chance.random() < 0.6) else _WORD.sub(other, one) for one in own)
    return StoryText(
        f"{day:05}{place:05}{chance.getrandbits(24):06x}", text, own[0][:80],
        (FIRST + timedelta(days=day)).isoformat(), f"Outlet {chance.randrange(_OUTLETS)}",
    )  # fmt: skip


MOST_SECONDS, MOST_OF_A_DAY, MOST_MEMORY = 600, 20, 3.0
"""What stories and passages may take, and one more day, in seconds; and in GB the processes that do."""


def put(store: Path, first: int, last: int) -> None:
    """Put the days from one to before another into a store, with nothing found in their documents."""
    fork = multiprocessing.get_context("fork")
    with fork.Pool(2) as pool, Store(store, write=True) as opened:
        execute = opened.connection.execute
        execute("PRAGMA synchronous = OFF").fetchall()
        execute("INSERT OR IGNORE INTO run VALUES (?, '0', '[]', '[]')", ("b" * 16,))
        for texts in pool.imap(_day, range(first, last)):
            execute("BEGIN")
            for one in texts:
                execute("INSERT INTO source VALUES (?, ?, ?)", (f"{one.id:0>64}", len(one.text), b""))
                execute(
                    "INSERT INTO document (id, sha256, selector, format, part, text, blocks, map, outlet, author, "
                    "title, published, url, language, own, notes, analysed, run, digest) VALUES "
                    "(?, ?, '', 'text', '', ?, '[]', '{}', ?, NULL, ?, ?, NULL, 'en', '{}', '[[],[]]', 1, ?, '')",
                    (one.id, f"{one.id:0>64}", one.text, one.outlet, one.title, one.published, "b" * 16),
                )
            execute("COMMIT")


def answer(what: str, store: Path) -> dict[str, object]:
    """What "stories", "passages", or to "keep" both takes in this process, and a digest of the answer."""
    begun = time.perf_counter()
    digest = hashlib.sha256()
    if what == "keep":
        with Store(store, write=True) as opened:
            keep_likeness(opened)
            told = {"likeness": time.perf_counter() - begun}
            keep_sharing(opened)
        return {**told, "seconds": time.perf_counter() - begun, "memory": _memory()}
    with purport.open(store) as corpus:
        rows: list[object]
        if what == "stories":
            found = corpus.stories(all=True)
            seconds = time.perf_counter() - begun
            rows = [one.told() for one in found]
        else:
            shared = corpus.sharing.rows().rows.tolist()
            seconds = time.perf_counter() - begun
            order = [one.id for one in corpus.sharing.order]
            rows = [(order[one], order[other], *rest) for one, other, *rest in shared]
        for row in rows:
            digest.update(repr(row).encode())
    return {"seconds": seconds, "memory": _memory(), "number": len(rows), "digest": digest.hexdigest()}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _asked(store: Path, *several: str) -> list[dict[str, float | str]]:
    """The answers of processes that begin at once."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.many", "--answer", what, "--folder", str(store)], stdout=subprocess.PIPE
        )
        for what in several
    ]
    found: list[dict[str, float | str]] = []
    for one in begun:
        told, _ = one.communicate()
        if one.returncode:
            raise SystemExit(one.returncode)
        found.append(json.loads(told))
    return found


def main() -> int:
    """Exit status 0; 1 where a figure misses what is asked, 2 where the articles are not on this machine."""
    parser = argparse.ArgumentParser(prog="python -m bench.many", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--answer", choices=("stories", "passages", "keep"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.answer:
        print(json.dumps(answer(asked.answer, asked.folder)))
        return 0
    if not all(folder.is_dir() for folder in TEXTS):
        print(f"{TEXTS[0]}: not on this machine", file=sys.stderr)
        return 2
    days = asked.documents // A_DAY
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        bare, kept = Path(place) / "bare.db", Path(place) / "kept.db"
        put(bare, 0, days)
        print(f"{days * A_DAY:,} documents, {bare.stat().st_size / 1e9:.1f} GB", flush=True)
        stories, passages = _asked(bare, "stories", "passages")
        memory = float(stories["memory"]) + float(passages["memory"])
        longest = max(float(stories["seconds"]), float(passages["seconds"]))
        print(
            f"stories {stories['seconds']:.0f} s, {stories['memory']:.1f} GB, {stories['number']:,}; "
            f"passages {passages['seconds']:.0f} s, {passages['memory']:.1f} GB, {passages['number']:,}", flush=True,
        )  # fmt: skip
        shutil.copy(bare, kept)
        (whole,) = _asked(kept, "keep")
        print(f"kept by one who writes: {whole['seconds']:.0f} s, {whole['memory']:.1f} GB", flush=True)
        put(kept, days, days + 1)
        (day,) = _asked(kept, "keep")
        print(
            f"one more day: {day['seconds']:.1f} s (likeness {day['likeness']:.1f}), {day['memory']:.1f} GB", flush=True
        )
        again = _asked(kept, "stories", "passages")
        put(bare, days, days + 1)
        at_once = _asked(bare, "stories", "passages")
        same = [one["digest"] for one in again] == [one["digest"] for one in at_once]
        for name, one in zip(("stories", "passages"), again, strict=True):
            print(f"{name} of what is kept: {one['seconds']:.1f} s, {one['memory']:.1f} GB")
        print(f"the same as all at once: {'yes' if same else 'NO'}")
    fits = longest <= MOST_SECONDS and float(day["seconds"]) <= MOST_OF_A_DAY and memory <= MOST_MEMORY
    return 0 if fits and same else 1


if __name__ == "__main__":
    sys.exit(main())
