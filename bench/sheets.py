"""Sheets for readers: items drawn by a hash, with their words and without what the build says of them.

A sheet is a table (tabs) of the columns of `COLUMNS`; a reader fills in `verdict`, and what is left empty is not yet
read. It holds words of texts, so it is written outside this project, or into bench/out, which git passes over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from bench.articles import ROOT
from bench.questions import CANNOT_TELL, QUESTIONS, Item, items
from bench.texts import Text, record_of
from bench.verdicts import Key, MalformedError, Verdict, check, key_of, load, path_of, rows, save

COLUMNS = ("sha256", "start", "end", "question", "verdict", "item", "context")
OUT = ROOT / "bench" / "out"
BEFORE, BEHIND = 400, 200
"""Code points of a text that are shown around an item."""
TEXTS = 100
"""Texts that are read at most for a sheet."""


def drawn(
    code: str, texts: Sequence[Text], number: int, seed: str, without: frozenset[Key] = frozenset()
) -> list[tuple[Key, str, str]]:
    """So many items of a question, their words and their context: of the first `TEXTS` texts by the hash of the seed
    and their digests, the first items by the hash of the seed and their places. The same arguments draw the same."""
    found: list[tuple[Key, Item]] = []
    contexts: dict[Key, str] = {}
    for text in sorted(texts, key=lambda one: _hash(seed, one.sha256))[:TEXTS]:
        record = record_of(text)
        if record is None:
            continue
        for span, item in items(code, record).items():
            key = Key(text.sha256, span, code)
            if key not in without:
                found.append((key, item))
                shown = QUESTIONS[code].context
                contexts[key] = _context(record.document.text, span.start, span.end) if shown else ""
    found.sort(key=lambda one: _hash(seed, one[0].sha256, str(one[0].span.start), str(one[0].span.end)))
    chosen = _from_all_strata(found)[:number]
    return [(key, item.words, contexts[key]) for key, item in sorted(chosen, key=lambda one: one[0])]


def _from_all_strata(found: Sequence[tuple[Key, Item]]) -> list[tuple[Key, Item]]:
    """In an order that takes from the first values of the strata in turn, and within each from all its strata in turn,
    so that any beginning of it has as many of each as there can be."""
    halves: dict[str, dict[tuple[str, ...], list[tuple[Key, Item]]]] = {}
    for one in found:
        halves.setdefault(one[1].stratum[:1][0] if one[1].stratum else "", {}).setdefault(one[1].stratum, []).append(
            one
        )
    turns = [_in_turn([strata[name] for name in sorted(strata)]) for _, strata in sorted(halves.items())]
    return _in_turn(turns)


def _in_turn(several: Sequence[Sequence[tuple[Key, Item]]]) -> list[tuple[Key, Item]]:
    return [one for row in zip_longest(*several) for one in row if one is not None]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _context(text: str, start: int, end: int) -> str:
    before, behind = text[max(0, start - BEFORE) : start], text[end : end + BEHIND]
    return f"{before}⟦{text[start:end]}⟧{behind}"


def write(path: Path, code: str, chosen: Iterable[tuple[Key, str, str]]) -> None:
    """Write a sheet. Raises `MalformedError` where it would lie in the project."""
    place = path.resolve()
    if place.is_relative_to(ROOT) and not place.is_relative_to(OUT):
        raise MalformedError(f"{path}: a sheet holds words of texts; write it outside the project, or into {OUT}")
    question = QUESTIONS[code]
    answers = ", ".join(question.verdicts) or "a name"
    lines = [f"# {question.asked}", f"# verdict: {answers}; {CANNOT_TELL} where you cannot tell", "\t".join(COLUMNS)]
    for key, words, context in chosen:
        place_ = (key.sha256, str(key.span.start), str(key.span.end), key.question)
        lines.append("\t".join((*place_, "", _cell(words), _cell(context))))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(words: str) -> str:
    """Words as they can stand in a cell: on one line, without tabs."""
    return " ".join(" ¶ ".join(line.strip() for line in words.strip().splitlines() if line.strip()).split())


def filled(path: Path, reader: str) -> list[Verdict]:
    """The verdicts that stand in a sheet. Raises `MalformedError`, naming file and line."""
    found = []
    for number, cells in rows(path, COLUMNS):
        key = key_of(path, number, cells[:4])
        verdict = cells[4].strip()
        if verdict:
            check(path, number, key.question, verdict)
            found.append(Verdict(key, verdict, reader))
    return found


def take(path: Path, name: str, reader: str) -> tuple[int, int]:
    """Puts a sheet's verdicts into the reading of that name, over those that this reader gave the same items before;
    how many there are, and how many items of the sheet are not yet read. Raises `MalformedError`."""
    home = path_of(name)
    path_of(reader)
    new = filled(path, reader)
    if not new:
        raise MalformedError(f"{path}: no verdict is filled in")
    kept: Mapping[tuple[Key, str], Verdict] = {
        (one.key, one.reader): one for one in (*(load(home) if home.exists() else ()), *new)
    }
    save(home, kept.values())
    return len(new), sum(1 for _ in rows(path, COLUMNS)) - len(new)
