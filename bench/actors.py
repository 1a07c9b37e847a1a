"""Actors across documents: how long 200,000 mentions take to be told apart, and 100,000, on one core.

    python -m bench.actors [MENTIONS]

Names are invented and the same every time: persons under transliteration variants, in another order, without a middle
name, by an initial, by a title and a surname; organisations with and without article, by acronym. Each mention is an
entity of its own, the worst that documents can do. Printed are seconds by the clock and of the processor.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from purport.model.rows import EntityRow
from purport.resolve.corpus.link import clusters

MENTIONS = 200_000
LIMIT = 120.0
"""Seconds that 200,000 mentions may take."""
_PER_DOCUMENT = 20
_SPELLINGS = (("q", "gh"), ("q", "k"), ("s", "ss"), ("ou", "u"), ("ei", "i"), ("o", "u"))
_TITLES = ("Minister", "General", "Colonel", "Mr.", "President")
_BODIES = ("Council", "Relief Fund", "Water Board", "Brigade", "Front", "Observatory")


def synthetic(mentions: int) -> Iterator[EntityRow]:
    """So many entities of invented names, with variants; the same every time."""
    made = random.Random(6)
    surnames = [_word(made) for _ in range(4_000)]
    given = [_word(made) for _ in range(1_500)]
    # A few names are met often and most seldom, as in news (Zipf).
    persons = [(made.choice(given), made.choice(given), made.choice(surnames)) for _ in range(max(1, mentions // 8))]
    bodies = [f"{made.choice(surnames)} {made.choice(surnames)} {made.choice(_BODIES)}" for _ in range(mentions // 20)]
    for number in range(mentions):
        document = f"d{number // _PER_DOCUMENT:07d}"
        if made.random() < 0.7:
            name, names = _person(made, persons[int(len(persons) * made.random() ** 3)])
            yield EntityRow(f"{number:016x}", document, name, "person", names)
        else:
            name, names = _body(made, bodies[int(len(bodies) * made.random() ** 3)])
            type_ = made.choice(("organisation", "organisation", "place", "other"))
            yield EntityRow(f"{number:016x}", document, name, type_, names)


def _word(made: random.Random) -> str:
    return "".join(
        made.choice("b d f g h j k l m n q r s t v z".split()) + made.choice("a e i o u ou ei".split())
        for _ in range(made.choice((2, 2, 3)))
    ).capitalize() + made.choice(("", "n", "r", "th", "s"))


def _person(made: random.Random, whole: tuple[str, str, str]) -> tuple[str, tuple[str, ...]]:
    first, middle, last = whole
    way = made.random()
    if way < 0.4:
        name = f"{first} {last}"
    elif way < 0.55:
        name = f"{first} {middle[0]}. {last}"
    elif way < 0.7:
        old, new = made.choice(_SPELLINGS)
        name = f"{first.lower().replace(old, new).capitalize()} {last.lower().replace(old, new).capitalize()}"
    elif way < 0.8:
        name = f"{first[0]}. {last}"
    elif way < 0.9:
        name = f"{last} {first}"
    else:
        name = last
    return name, (f"{made.choice(_TITLES)} {name}", name)


def _body(made: random.Random, whole: str) -> tuple[str, tuple[str, ...]]:
    letters = "".join(word[0] for word in whole.split())
    way = made.random()
    if way < 0.1:
        return letters, (letters,)
    return (whole, (f"the {whole}", letters)) if way < 0.3 else (whole, (whole,))


def timed(mentions: int) -> tuple[float, float, int]:
    """Seconds by the clock, seconds of the processor, and how many actors came of so many mentions."""
    rows = list(synthetic(mentions))
    clock, spent = time.perf_counter(), time.process_time()
    found = clusters(rows)
    return time.perf_counter() - clock, time.process_time() - spent, len(found)


def main() -> int:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS
    print(f"{'mentions':>10} {'seconds':>9} {'processor':>10} {'actors':>9}")
    slow = False
    for mentions in (most // 2, most):
        clock, spent, actors = timed(mentions)
        slow = clock > LIMIT * mentions / MENTIONS
        print(f"{mentions:>10,} {clock:>9.1f} {spent:>10.1f} {actors:>9,}")
    if slow:
        print(f"slower than {LIMIT:.0f} seconds for {MENTIONS:,}", file=sys.stderr)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
