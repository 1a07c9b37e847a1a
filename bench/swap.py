"""Whether names alone change what is read: `python -m bench.swap [--sentences 500]`.

Sentences with two actors (DSE's valid; a sentence counts once) have both replaced by each of 20 pairs of names, and by
each pair the other way round: states, leaders, parties and movements, opposed ones among them. Whatever the names, the
words say the same, so sign, certainty and voucher should not change. Counted is how often they are another than with
most of the pairs. The sign is that of `purport.stance`, both ways; certainty, frame and voucher are those of all claims
that `purport.read_text` finds in the sentence, by the place of their predicate.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import purport
from bench.articles import SHARED
from bench.stance import Pair, dse
from purport.model.record import Record

PAIRS = (
    ("Russia", "Ukraine"), ("Israel", "Palestine"), ("Iran", "Israel"), ("China", "Taiwan"), ("India", "Pakistan"),
    ("Turkey", "Greece"), ("Armenia", "Azerbaijan"), ("Morocco", "Algeria"),
    ("Vladimir Putin", "Volodymyr Zelensky"), ("Donald Trump", "Joe Biden"), ("Benjamin Netanyahu", "Mahmoud Abbas"),
    ("Narendra Modi", "Imran Khan"), ("Angela Merkel", "Emmanuel Macron"), ("Nicolas Maduro", "Juan Guaido"),
    ("Congress", "Labour"), ("Fidesz", "Syriza"), ("Likud", "Meretz"),
    ("Hamas", "Fatah"), ("Hezbollah", "Boko Haram"), ("Greenpeace", "Blackwater"),
)  # fmt: skip
"""States, leaders, parties and movements, many of them opposed to each other; the list takes no side, and each pair is
put in both ways round."""


class Reading(NamedTuple):
    """What is read of one sentence with one pair of names."""

    names: tuple[str, str]
    signs: tuple[int, int]
    claims: Mapping[tuple[int, int], str]


def sentences(wanted: int) -> list[Pair]:
    """The first pair of each sentence of DSE's valid in which both are names in full words, at most `wanted`."""
    found: dict[str, Pair] = {}
    for pair in dse(SHARED / "stance" / "dse" / "valid.txt"):
        if len(found) == wanted:
            break
        if all(_whole(pair.text, place) for place in (pair.p, pair.q)):
            found.setdefault(pair.text, pair)
    return list(found.values())


def _whole(text: str, place: tuple[int, int]) -> bool:
    start, end = place
    around = (text[start - 1 : start], text[end : end + 1])
    return text[start].isupper() and text[end - 1].isalnum() and not any(char.isalnum() for char in around)


def put(pair: Pair, names: tuple[str, str]) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence with the names in the places of the two, and the places that they have then."""
    (a, b), (c, d) = pair.p, pair.q
    text = pair.text[:a] + names[0] + pair.text[b:c] + names[1] + pair.text[d:]
    second = a + len(names[0]) + c - b
    return text, (a, a + len(names[0])), (second, second + len(names[1]))


def back(pair: Pair, names: tuple[str, str], place: int) -> int:
    """Where a place of the sentence with the names stands in the sentence itself."""
    (a, b), (c, d) = pair.p, pair.q
    moved = place
    for start, end, name in ((a, b, names[0]), (c, d, names[1])):
        if moved >= start + len(name):
            moved += end - start - len(name)
        elif moved > start:
            return start
    return moved


def claims(pair: Pair, names: tuple[str, str], record: Record) -> dict[tuple[int, int], str]:
    """Certainty, frame and the voucher's words of each claim, by where its predicate stands."""
    sources = {one.id: one for one in record.attributions}
    told = {}
    for one in record.propositions:
        if not one.predicate:
            continue
        place = tuple(back(pair, names, at) for at in (one.predicate[0].start, one.predicate[-1].end))
        own = sources[one.voucher].cue if one.voucher else ()
        cue = tuple(back(pair, names, span.start) for span in own)
        told[place[0], place[1]] = f"{one.certainty.value} {one.frame.value} {'own' if one.voucher is None else cue}"
    return told


def read(pair: Pair, *, claimed: bool) -> Iterator[Reading]:
    """The sentence as it is read with each pair of names."""
    for one, other in PAIRS:
        for names in ((one, other), (other, one)):
            text, p, q = put(pair, names)
            signs = (purport.stance(text, p, q).sign, purport.stance(text, q, p).sign)
            found = claims(pair, names, purport.read_text(text, language="en")) if claimed else {}
            yield Reading(names, signs, found)


class Changes(NamedTuple):
    """How many readings there were and how many were another than most; by pair of names what share was."""

    readings: int
    signs: int
    compared: int
    claims: int
    by_names: Mapping[tuple[str, str], float]


def changes(pairs: Sequence[Pair], *, claimed: bool = True) -> Changes:
    """What names alone change in what is read of the sentences."""
    readings = signs = compared = claims_ = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        found = list(read(pair, claimed=claimed))
        usual = _most(one.signs for one in found)
        at: dict[tuple[int, int], list[str]] = defaultdict(list)
        for one in found:
            for place, told in one.claims.items():
                at[place].append(told)
        most = {place: _most(told) for place, told in at.items() if 2 * len(told) > len(found)}
        for one in found:
            readings += 1
            off = one.signs != usual
            signs += off
            shared = [place for place in most if place in one.claims]
            compared += len(shared)
            differing = sum(one.claims[place] != most[place] for place in shared)
            claims_ += differing
            wrong[one.names] += bool(off or differing)
    shares = {names: count / len(pairs) for names, count in sorted(wrong.items(), key=lambda item: -item[1])}
    return Changes(readings, signs, compared, claims_, shares)


def _most(values: Iterable[object]) -> object:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--signs", action="store_true", help="only signs, which takes a minute")
    told = parser.parse_args()
    if not SHARED.is_dir():
        print("../shared/data is not on this machine", file=sys.stderr)
        return 2
    found = changes(sentences(told.sentences), claimed=not told.signs)
    print(f"sign changed in {found.signs} of {found.readings} readings: {found.signs / max(1, found.readings):.2%}")
    share = found.claims / max(1, found.compared)
    print(f"certainty or voucher changed in {found.claims} of {found.compared} claims: {share:.2%}")
    for names, share in list(found.by_names.items())[:10]:
        print(f"  {names[0]}, {names[1]}: another reading in {share:.2%} of the sentences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
