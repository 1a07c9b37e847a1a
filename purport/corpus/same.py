"""Pairs of actors that may be one, for people to decide: found by what names share, weighed by what is around them.

Nothing is joined here. What may be compared is found by blocking, as where actors are made (Christen 2012, chapter 4):
by whole names, surnames, the sound of names, initial letters, and the rarest words of the names of bodies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from purport.corpus.actors import Cast
from purport.lexicons.nicknames import nicknames
from purport.resolve.corpus.entities import CLASSES
from purport.resolve.corpus.folding import consonants, person, similar
from purport.resolve.corpus.groups import Key
from purport.resolve.corpus.link import Cluster
from purport.resolve.corpus.said_of_names import SMALL

_LEADERS = 4
"""How many of those who share a name are each compared with all the others: those named most."""
_BLOCK = 300
"""Of how many at most who share a name; more share it by chance."""
_RARE = 2
"""Words of a body's name by which it is looked up: those that the fewest other names have."""
_SHOWN = 3
"""Names of others that a reason lists."""
_OFFICE = 0.15
_BESIDE = 0.05
_BESIDE_MOST = 0.2
_AGAINST = 0.25
_SINGLE = "the same single name"
_FLOOR = 0.15
"""Below this a pair is not worth a look."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors that may be one, the one named more often first; what speaks for it and what against it, in words;
    the documents that name both. `weight` (0..1) puts candidates in order, and is no probability."""

    one: Cluster
    other: Cluster
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    both: tuple[str, ...]
    weight: float


@dataclass(slots=True)
class _Pair:
    one: Cluster
    other: Cluster
    weight: float = 0.0
    speaks_for: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def say(self, reason: str, weight: float) -> None:
        if reason not in self.speaks_for:
            self.speaks_for.append(reason)
        self.weight = max(self.weight, weight)


def candidates(cast: Cast, about: Cluster | None = None, limit: int = 200) -> list[Candidate]:
    """The pairs that most look like one actor, at most `limit`; with `about` only those of that actor. What people
    have judged apart is left out. Ordered by weight, then by how often the two are named; the same for the same
    store."""
    named = [one for one in cast.judged.clusters if one.name and CLASSES.get(one.type) not in (None, "document")]
    named = [one for one in named if one.type not in ("role", "other")]
    found: dict[tuple[Key, Key], _Pair] = {}
    for pair in (*_persons(cast, named, about), *_bodies(cast, named, about), *_of_one_name(cast, named, about)):
        names = (pair.one.key, pair.other.key) if pair.one.key < pair.other.key else (pair.other.key, pair.one.key)
        before = found.setdefault(names, pair)
        if before is not pair:
            for reason in pair.speaks_for:
                before.say(reason, pair.weight)
            before.against += [one for one in pair.against if one not in before.against]
    # What is around two is looked up for those only that may be shown.
    likely = sorted(found.values(), key=lambda pair: _place(cast, pair))
    around = _Around(cast)
    told = [around.weighed(pair) for pair in islice(likely, 4 * limit)]
    open_ = [pair for pair in told if pair[0].weight >= _FLOOR]
    open_ = [pair for pair in open_ if cast.judged.kept_apart(pair[0].one, pair[0].other) is None]
    open_.sort(key=lambda pair: _place(cast, pair[0]))
    return [
        Candidate(pair.one, pair.other, tuple(pair.speaks_for), tuple(pair.against), both, round(pair.weight, 2))
        for pair, both in open_[:limit]
    ]


def _place(cast: Cast, pair: _Pair) -> tuple[float, int, str, str]:
    often = cast.mentions[pair.one.key] + cast.mentions[pair.other.key]
    return -round(pair.weight, 2), -often, pair.one.id, pair.other.id


def _pairs(cast: Cast, block: Iterable[Cluster], about: Cluster | None) -> Iterator[_Pair]:
    """Those of a block in pairs, each with those named most, the one named more first."""
    alike = sorted(
        {one.key: one for one in block}.values(), key=lambda one: (-cast.mentions[one.key], -len(one.name), one.key)
    )
    if not 2 <= len(alike) <= _BLOCK and about is None:
        return
    leaders = alike[:_LEADERS] if about is None else [one for one in alike if one.key == about.key]
    done: set[Key] = set()
    for lead in leaders:
        done.add(lead.key)
        for other in alike:
            if other.key not in done:
                first = alike.index(lead) < alike.index(other)
                yield _Pair(lead, other) if first else _Pair(other, lead)


def _persons(cast: Cast, named: Sequence[Cluster], about: Cluster | None) -> Iterator[_Pair]:
    """Persons of one surname, of whom a part of the name is missing or may be spelled otherwise."""
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    for one in named:
        if one.key[0] == "person" or one.type == "person":
            for words in _words_of(one):
                blocks[words[-1]].append(one)
                blocks[consonants(words[-1])].append(one)
    for block in blocks.values():
        full = len({one.key for one in block if max(map(len, _words_of(one))) > 1})
        for pair in _pairs(cast, block, about):
            told = _one_person(_words_of(pair.one), _words_of(pair.other), full)
            if told is None or (told[0] == _SINGLE and _first(cast, block, pair) is not pair.one):
                continue
            ages = [{person(name).generation for name in (one.name, *_own_names(cast, one))} for one in _two(pair)]
            if not (ages[0] & ages[1]) and "" not in ages[0] | ages[1]:
                continue
            pair.say(*told)
            if not ages[0] & ages[1]:
                pair.against.append(
                    f"one is called {' or '.join(sorted((ages[0] | ages[1]) - {''}))}, the other is not"
                )
            yield pair


def _two(pair: _Pair) -> tuple[Cluster, Cluster]:
    return pair.one, pair.other


def _own_names(cast: Cast, one: Cluster) -> Iterator[str]:
    for link in one.links[:_BLOCK]:
        yield cast.rows[link.entity].name


def _first(cast: Cast, block: Sequence[Cluster], pair: _Pair) -> Cluster:
    """Whom of a block of one single name is named most: the others are compared with that one alone."""
    alike = [one for one in block if max(map(len, _words_of(one))) == 1 and one.name == pair.one.name] or [pair.one]
    return min(alike, key=lambda one: (-cast.mentions[one.key], one.key))


def _words_of(one: Cluster) -> list[tuple[str, ...]]:
    found = {person(one.name).words, *(person(link.key[1]).words for link in one.links if link.key[0] == "person")}
    full = {words for words in found if len(words) > 1} or found  # a surname that was joined is none of its own
    return sorted((words for words in full if words), key=lambda words: (-len(words), words))


def _one_person(
    mine: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]], full: int
) -> tuple[str, float] | None:
    """Why names may be one person's, and how much that weighs, where `full` bear the surname in a full name."""
    best: tuple[str, float] | None = None
    for one in mine:
        for other in theirs:
            told = _spelled(one, other, full)
            if told is not None and (best is None or told[1] > best[1]):
                best = told
    return best


def _spelled(one: tuple[str, ...], other: tuple[str, ...], full: int) -> tuple[str, float] | None:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        if short[0] not in (long[0], long[-1]):
            return None
        if len(long) == 1:
            return _SINGLE, 0.4
        return ("the surname alone" if short[0] == long[-1] else "the first name alone"), 0.55 / max(1, full)
    if short[-1] != long[-1] and similar(short[-1:], long[-1:]) is None:
        return None
    first, its = short[0], long[0]
    if first == its:
        return ("the same first name and surname", 0.7) if len(short) == len(long) else ("a middle name missing", 0.6)
    if min(len(first), len(its)) == 1 and first[0] == its[0]:
        return "an initial for the first name", 0.6 / max(1, full - 1)
    if first in nicknames().get(its, ()) or its in nicknames().get(first, ()):
        return "a short form of the first name", 0.6
    alike = similar((first, short[-1]), (its, long[-1]))
    return ("names spelled alike", 0.45) if alike is not None else None


def _bodies(cast: Cast, named: Sequence[Cluster], about: Cluster | None) -> Iterator[_Pair]:
    """Bodies and places whose names hold one another, or one of which is the initial letters of the other's."""
    names = {one.key: _body_names(cast, one) for one in named if one.key[0] != "person" and one.type != "person"}
    often = Counter(word for own in names.values() for word in {word for name in own for word in name.split()})
    words: dict[str, list[Cluster]] = defaultdict(list)
    letters: dict[str, list[Cluster]] = defaultdict(list)
    for one in named:
        for name in names.get(one.key, ()):
            own = [word for word in name.split() if word not in SMALL]
            for word in sorted(own, key=lambda word: (often[word], word))[:_RARE]:
                words[word].append(one)
            letters["".join(word[0] for word in own) if len(own) > 1 else name].append(one)
    for block in words.values():
        for pair in _pairs(cast, block, about):
            told = _one_body(names[pair.one.key], names[pair.other.key])
            if told is not None:
                pair.say(*told)
                yield pair
    for short, block in letters.items():
        for pair in _pairs(cast, block, about):
            mine, theirs = names[pair.one.key], names[pair.other.key]
            if (short in mine) != (short in theirs):
                pair.say("initial letters of the other's name", 0.5)
                yield pair


def _body_names(cast: Cast, one: Cluster) -> list[str]:
    return sorted(name for name in cast.folded(one) if len(name) > 1)


def _one_body(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, float] | None:
    for one in mine:
        for other in theirs:
            written = [[word for word in name.split() if word not in SMALL] for name in (one, other)]
            short, long = sorted(map(frozenset, written), key=len)
            if short == long and written[0] != written[1]:
                return "the same words in another order", 0.6
            if len(short) > 1 and short < long and len(long) == len(short) + 1:
                return f"its name has one word more ({', '.join(sorted(long - short))})", 0.35
    return None


def _of_one_name(cast: Cast, named: Sequence[Cluster], about: Cluster | None) -> Iterator[_Pair]:
    """Actors that share a whole name, whatever they are."""
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    for one in named:
        for name in cast.folded(one):
            if " " in name or one.key[0] != "person":
                blocks[name].append(one)
    for block in blocks.values():
        for pair in _pairs(cast, block, about):
            if pair.one.type != "person" or pair.other.type != "person":  # of two persons more is asked
                pair.say("a name that both have", 0.6)
                yield pair


class _Around:
    """What the documents tell of two actors beside their names."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._documents = {
            one.key: {cast.rows[link.entity].document for link in one.links} for one in cast.judged.clusters if one.name
        }
        self._named_in: Mapping[str, list[Cluster]] = _inverted(cast, self._documents)
        self._beside: dict[Key, Counter[Key]] = {}
        self._called = {one.key: one.name for one in cast.judged.clusters}

    def weighed(self, pair: _Pair) -> tuple[_Pair, tuple[str, ...]]:
        """The pair with all that speaks for and against it, and the documents that name both."""
        one, other = pair.one, pair.other
        both = tuple(sorted(self._documents[one.key] & self._documents[other.key]))
        offices = sorted(self._offices(one) & self._offices(other))
        if offices:
            pair.speaks_for.append(f"the same title: {', '.join(offices[:_SHOWN])}")
            pair.weight += _OFFICE
        shared = self._companions(one) & self._companions(other)
        for key in (one.key, other.key):
            shared.pop(key, None)
        if shared:
            names = [self._called[key] for key, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))]
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            pair.speaks_for.append(f"both are named beside {', '.join(names[:_SHOWN])}{more}")
            pair.weight += min(_BESIDE_MOST, _BESIDE * len(names))
        if both:
            several = f"{len(both)} documents name both, and take them for two"
            pair.against.append("a document names both, and takes them for two" if len(both) == 1 else several)
        mine, theirs = self._genders(one), self._genders(other)
        if mine and theirs and mine.isdisjoint(theirs):
            pair.against.append("a title says that one is a woman and the other a man")
        if CLASSES.get(one.type) != CLASSES.get(other.type):
            pair.against.append(f"one is read as {_a(one.type)}, the other as {_a(other.type)}")
        pair.weight = max(0.0, min(1.0, pair.weight - _AGAINST * len(pair.against)))
        return pair, both

    def _offices(self, one: Cluster) -> set[str]:
        """The titles and roles under which its documents name it, folded."""
        found: set[str] = set()
        for row in (self._cast.rows[link.entity] for link in one.links[:_BLOCK]):
            for name in row.names:
                read = person(name)
                if read.titled and one.type == "person":
                    words = " ".join(name.lower().replace(",", " ").split())
                    for word in read.words:
                        words = words.replace(word, " ")
                    found.add(" ".join(words.split()))
        return found - {"", "mr", "mrs", "ms", "mr.", "mrs.", "ms."}

    def _genders(self, one: Cluster) -> set[str]:
        rows = (self._cast.rows[link.entity] for link in one.links[:_BLOCK])
        return {person(name).gender for row in rows for name in row.names} - {""} if one.type == "person" else set()

    def _companions(self, one: Cluster) -> Counter[Key]:
        found = self._beside.get(one.key)
        if found is None:
            found = self._beside[one.key] = Counter()
            for document in sorted(self._documents[one.key])[:_BLOCK]:
                found.update(dict.fromkeys((named.key for named in self._named_in[document]), 1))
        return Counter(found)


def _inverted(cast: Cast, documents: Mapping[Key, set[str]]) -> dict[str, list[Cluster]]:
    found: dict[str, list[Cluster]] = defaultdict(list)
    for one in cast.judged.clusters:
        # States stand beside everybody, and what is not told what it is may be anything.
        if one.name and one.type in ("person", "organisation", "armed group", "movement", "outlet", "government"):
            for document in documents[one.key]:
                found[document].append(one)
    return found


def _a(type_: str) -> str:
    return f"an {type_}" if type_[0] in "aeiou" else f"a {type_}"
