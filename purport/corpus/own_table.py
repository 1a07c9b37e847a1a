"""The actors of a store as a table of one's own, and such a table as judgements of the actors of a store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from purport.corpus.actors import Cast
from purport.errors import UsageError
from purport.lexicons import shipped_lexicon
from purport.lexicons.user_table import UserTable
from purport.model.lexicon import ActorRow
from purport.model.rows import Actor, Judgement
from purport.model.vocabulary import ACTOR_TYPES, ActorType
from purport.resolve.corpus.entities import CLASSES
from purport.resolve.corpus.folding import fold, fold_name, folded_person
from purport.resolve.corpus.groups import Key
from purport.resolve.corpus.judgements import MERGE, judged
from purport.resolve.corpus.link import Cluster
from purport.resolve.document.names import read_name


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table makes of the actors of a store: the judgements, how many `rows` it has, how many actors are `merged`
    and `renamed`, and how many rows or names were passed over, by reason."""

    judgements: tuple[Judgement, ...]
    rows: int
    merged: int
    renamed: int
    passed_over: Mapping[str, int]


def table_of(cast: Cast, least: int = 1) -> tuple[list[ActorRow], dict[str, int]]:
    """The actors that are named in `least` documents or more, as rows of a table, and how many were passed over, by
    reason. Another name stands with an actor only where no other bears it."""
    passed: Counter[str] = Counter()
    named = [one for one in cast.actors() if one.type in ACTOR_TYPES]
    called = {one.id: _bare(one) for one in named}
    bearers = Counter(name.casefold() for one in named for name in {one.name, *called[one.id]})
    firsts = Counter(one.name.casefold() for one in named)
    known = shipped_lexicon().by_name
    found = []
    for one in named:
        if one.documents < least:
            passed[f"named in fewer than {least} documents"] += 1
            continue
        if firsts[one.name.casefold()] > 1:
            passed["another actor is called the same; rename one to tell them apart"] += 1
            continue
        if ";" in one.name or one.name.startswith("#"):
            passed["its name has a mark that separates names"] += 1
            continue
        shipped = known.get(one.known)
        own = [name for name in called[one.id] if bearers[name.casefold()] == 1 and ";" not in name]
        row = ActorRow(one.name, _type(one.type), "", tuple(own), (), (), "")
        if shipped is not None:
            aliases = tuple(dict.fromkeys((*own, *shipped.aliases)))
            row = replace(shipped, name=one.name, aliases=tuple(name for name in aliases if name != one.name))
        found.append(row)
    return sorted(found, key=lambda row: row.name), dict(sorted(passed.items()))


def _bare(one: Actor) -> list[str]:
    """Its other names without titles, roles and words that take sides, each once."""
    cores = (" ".join(read_name(name.split(), shipped_lexicon()).core) for name in one.names)
    return [name for name in dict.fromkeys(cores) if name and name != one.name]


def _type(told: str) -> ActorType:
    return next(one for one in ACTOR_TYPES if one == told)


def judgements_by(cast: Cast, table: UserTable) -> Imported:
    """What the rows of a table say of the actors: for each row that all who bear its name or one of its aliases, and
    are of its kind, are one, and are called as it says. A name in several rows tells nothing."""
    passed: Counter[str] = Counter(dict(table.passed_over))
    rows = table.actors
    owners: dict[str, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        for name in _folded(row):
            owners[name].add(at)
    bearers: dict[int, dict[Key, Cluster]] = defaultdict(dict)
    for one in cast.judged.clusters:
        if not one.name:
            continue
        asked = {at for name in cast.folded(one) for at in owners.get(name, ())}
        fitting = {at for at in asked if CLASSES.get(rows[at].type) == CLASSES.get(one.type)}
        if len(fitting) == 1:
            bearers[fitting.pop()][one.key] = one
        elif fitting:
            passed["actors that several rows may mean"] += 1
    made: list[Judgement] = []
    merged = renamed = 0
    for at, row in enumerate(rows):
        name = row.name
        own = sorted(bearers[at].values(), key=lambda one: (one.name != name, -cast.actor(one).mentions, one.key))
        if not own:
            passed["rows whose names nobody bears"] += 1
            continue
        for other in own[1:]:
            try:
                made.append(cast.merge(own[0].id, other.id))
                merged += 1
            except UsageError:
                passed["merges that a judgement refuses"] += 1
        if own[0].name != name:
            made.append(cast.rename(own[0].id, name))
            renamed += 1
    made, refused = _kept(cast, made)
    if refused:
        passed["merges that a judgement refuses"] += refused
        merged -= refused
    return Imported(tuple(made), len(rows), merged, renamed, dict(sorted(passed.items())))


def _kept(cast: Cast, made: list[Judgement]) -> tuple[list[Judgement], int]:
    """The judgements without the merges that would together make one of whom others keep apart; how many those were."""
    numbered = [replace(one, number=len(cast.judgements) + at) for at, one in enumerate(made, 1)]
    after = judged(cast.found, (*cast.judgements, *numbered), cast.rows)
    broken = after.overridden() - cast.judged.overridden()
    if not broken:
        return made, 0
    owner = {link.entity: one.key for one in after.clusters for link in one.links}
    wrong = {owner[one] for number, some, _ in after.apart if number in broken for one in some if one in owner}
    kept = [one for one in made if one.deed != MERGE or after.by_key[one.one].key not in wrong]
    return kept, len(made) - len(kept)


def _folded(row: ActorRow) -> Iterable[str]:
    names = (row.name, *row.aliases)
    found = {form for name in names for form in (fold(name), fold_name(name))}
    if row.type == "person":
        found |= {folded_person(name) for name in names}
    return found - {""}
