"""The actors of a store brought up to date: only those are told apart anew that what came or went may be one with.

What of all entities bears on each is kept with the store (`purport.store.kept_names`): which words their names say are
lands, surnames, whole names of bodies, what a document says that a word is, and what joins two names so that they
must be told apart together (as `purport.resolve.corpus.parts` has it, but open to change). Where entities come or go,
what their names say is worked out anew; where that turns something that others rest on, these are too; then all that
is joined to any of them. So what comes of it is what telling all of them apart at once gives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from purport import store as stores
from purport.corpus.actors import Cast, by_number, endings, folded_in, in_one_text, is_ending, own_names
from purport.model.rows import Actor, EntityRow, Judgement
from purport.resolve.corpus.classes import Classes
from purport.resolve.corpus.entities import CLASSES, Entities, Listed
from purport.resolve.corpus.folding import fold_name, person
from purport.resolve.corpus.link import Cluster, actor_id, most_usual_name, most_usual_type
from purport.resolve.corpus.parts import SURNAME, alike_in, form_of, joins_of
from purport.resolve.corpus.persons import after_article
from purport.resolve.corpus.said_of_names import lands_of, said_to_be, says_what
from purport.resolve.corpus.words import Part, Told, Words, told_once, words_in
from purport.runtime.gc_pause import uncollected
from purport.store.kept_actors import KeptActor
from purport.store.kept_names import AstrayError, Before, Came, Fact, Join, KeptNames, Kind
from purport.store.transaction import Transaction

_MOST = 0.2
"""Share of all entities that may have come for what is kept of the rest to be worth keeping."""
_LAND, _ARTICLE, _FORM = "land", "joined", "form "
_SPLIT = "\t"


def kept_rows(cast: Cast) -> Iterator[KeptActor]:
    """The actors as they are kept, in the order of lists."""
    return (_kept(cast, one) for one, _ in cast.by_mentions)


def _kept(cast: Cast, one: Cluster) -> KeptActor:
    entities = [link.entity for link in one.links]
    return KeptActor(cast.actor(one), bool(one.name), entities, in_one_text(cast.folded(one)), sorted(cast.forms(one)))


def bring_up_to_date(store: stores.Store, made_by: str) -> None:
    """Keep the actors of a store that is open for writing, as `made_by` (a version of the code) finds them. Raises
    `StoreError` where it cannot be written."""
    names = KeptNames(store)
    if names.kept("names") == made_by and names.waiting() <= _MOST * names.number():
        try:
            with Transaction(store.path, store.connection):
                _Casting(names, made_by).run()
        except AstrayError:
            pass
        else:
            return
    names.drop()
    _Casting(names, made_by, every=True).run()


class _Casting:
    """One bringing up to date."""

    def __init__(self, names: KeptNames, made_by: str, *, every: bool = False) -> None:
        self.names, self.made_by, self.every = names, made_by, every
        self._kinds: dict[str, list[Kind]] = {}
        self._new: dict[str, list[str]] = defaultdict(list)

    def run(self) -> None:
        """Take in what came and went, find all that bears on, tell that apart, and keep what comes of it."""
        with uncollected():
            names = self.names
            changed = self._taken_in()
            touched = changed | self._of_single_words(changed)
            turned, moved = self._of_all_words(touched)
            judgements = stores.judgements(names.store)
            last = str(names.last_judgement())
            judged = self._judged(judgements)
            if last != names.kept("judged"):
                moved |= judged
            whole = moved if self.every else names.together(moved, turned | judged)
            if not self.every and not judged.isdisjoint(whole):
                whole = names.together(whole | judged, turned | judged)
            rest, alone = self._without_lone(whole, judged)
            rows = names.rows(rest)
            cast = Cast(rows, judgements, told=self._told(rows, rest))
            before = names.before([row.id for row in rows])
            same = {one.id for one in cast.judged.clusters if _same(one, before)}
            names.put_actors(before, same, (_kept(cast, one) for one in cast.judged.clusters if one.id not in same))
            names.say_alone(alone)
            names.say(actors=self.made_by, names=self.made_by, judged=last)

    # -- who is alone of a name -------------------------------------------------------------------------------------

    def _without_lone(self, whole: set[str], judged: set[str]) -> tuple[set[str], list[tuple[str, str]]]:
        """Keep the actors that are all that have one name, whom nothing joins to another: those are told by what is
        counted of them. The names that are left, and those of them that are such from now on, each with the id of its
        actor."""
        names = self.names
        there = names.there(whole)
        hubs = {name for name in whole if name.startswith(SURNAME)}
        lone = there - names.joined_among(there | hubs) - judged - names.words(_LAND, there)
        lone -= {word for _, word in names.said(lone)}
        before, documents = names.alone(lone), names.documents(lone)
        self._read_kinds(lone)
        counted = {
            name: _counted(self._kinds[name], documents[name], self._new.get(name, ()))
            for name in sorted(lone)
            if _of_one_class(self._kinds[name])
        }
        taken = names.with_actors([one.row.id for one in counted.values()])
        actors, later = list[tuple[str, KeptActor]](), list[tuple[str, str]]()
        for name, one in counted.items():
            every_new = len(one.entities) == sum(kind.number for kind in self._kinds[name])
            if name in before or (every_new and one.row.id not in taken):
                actors.append((name, one))
            else:
                later.append((name, one.row.id))
        rest = whole - {name for name, _ in actors}
        names.not_alone(rest)
        names.put_alone(actors)
        return rest, later

    def _read_kinds(self, names: Collection[str]) -> None:
        """Read the kinds of entities of names, where they are not read yet."""
        missing = set(names) - self._kinds.keys()
        if missing:
            self._kinds.update((name, []) for name in missing)
            for kind in self.names.kinds(None if self.every else missing):
                if kind.name in missing:
                    self._kinds[kind.name].append(kind)

    # -- what names say ---------------------------------------------------------------------------------------------

    def _taken_in(self) -> set[str]:
        """Take in what came; the names of that, and of what went."""
        names = self.names
        came = names.came()
        told = [(one.key, *_names_of(one)) for one in came]
        names.take(told)
        for one, (_, name, _) in zip(came, told, strict=True):
            self._new[name].append(one.id)
        touched = names.changed() | {name for _, name, _ in told} | {folded for _, _, folded in told}
        return (touched | self._said(came)) - {""}

    def _said(self, came: Iterable[Came]) -> set[str]:
        """Keep what the documents that came say that words are; the words."""
        keys = {one.document for one in came}
        ids = {one.id: one.document for one in came}
        found: list[tuple[int, str, tuple[str, ...]]] = []
        rows = self.names.every_row() if self.every else self.names.in_rows(keys)
        saying = {fold_name(row.name) for row in rows if says_what(row)}
        if saying:
            key_of = {row.document: ids[row.id] for row in rows if row.id in ids}
            said = said_to_be(Listed(rows), saying)
            found = [(key_of[id_], word, what) for (id_, word), what in sorted(said.items())]
        self.names.put_said(keys, found)
        return {word for _, word, _ in found}

    def _of_single_words(self, touched: set[str]) -> set[str]:
        """Keep which words the names say are lands, and which stand after an article; the names that rest on those of
        which this turned."""
        facts = set[Fact]()
        self._read_kinds(touched)
        for name in touched:
            for kind in self._kinds[name]:
                facts |= {(name, _LAND, word) for word in lands_of((kind.row,))}
                facts |= {(name, _ARTICLE, word) for word in after_article(kind.row.name)}
        changes = self.names.put_facts(touched, (_LAND, _ARTICLE).__contains__, facts)
        return {word if kind == _LAND else f"al {word}" for kind, word in self.names.flipped(changes)}

    def _of_all_words(self, touched: set[str]) -> tuple[set[str], set[str]]:
        """Keep what else names say, and what joins them; the names and words of which something turned, and with them
        those at the ends of what joins them otherwise now."""
        entities = self._entities(touched)
        classes = self._classes(entities, touched)
        joined = self.names.words(_ARTICLE, {name.removeprefix("al ") for name in touched})
        facts, joins = set[Fact](), set[Join]()
        for row in told_once(entities, classes):
            name = _name(row)
            if name not in touched:
                continue
            facts.update((name, part.value, word) for part, word in words_in(row, classes, joined))
            joins.update((name, one, other) for one, other in joins_of(row, classes, joined) if one != other)
            form = form_of(row, classes, joined)
            if form is not None:
                facts.add((name, _FORM + _SPLIT.join(form[0]), " ".join(form[1])))
        changes = self.names.put_facts(touched, _of_whole_names, facts)
        flipped = self.names.flipped(changes)
        turned = touched | {word for kind, word in flipped if kind in (Part.CALLED, Part.BORNE)}
        moved = turned | self.names.put_joins(touched, joins) | self._alike(flipped)
        words = {word for _, kind, word in changes if kind == Part.WHOLE}
        words |= {word for kind, word in flipped if kind in (Part.ALONE, Part.TAKEN)}
        return turned, moved | self._owned(words)

    def _alike(self, flipped: Iterable[tuple[str, str]]) -> set[str]:
        """Keep which surnames are joined since full names may be one; the ends of what came or went of that."""
        turned: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for kind, word in flipped:
            if kind.startswith(_FORM):
                turned[kind].add(tuple(word.split()))
        moved = set[str]()
        for kind, own in turned.items():
            forms = {tuple(word.split()) for word in self.names.all_words(kind)}
            if len({form[-1] for form in forms | own}) > 1:
                joined = self._alike_in(kind, forms, own)
                moved |= self.names.put_joins({_ALIKE + kind}, {(_ALIKE + kind, *pair) for pair in joined})
        return moved

    def _alike_in(self, kind: str, forms: set[tuple[str, ...]], turned: set[tuple[str, ...]]) -> set[tuple[str, str]]:
        """The surnames that are joined in a block of full names, of which some came, or some went."""
        came = turned <= forms
        joined = set(self.names.joined_by(_ALIKE + kind)) if came else set()

        def asked(one: str, other: str) -> bool:
            return one != other and (one, other) not in joined

        for pair in alike_in(forms, asked, turned if came else None):
            joined.add(pair)
        return joined

    def _owned(self, words: Collection[str]) -> set[str]:
        """Keep which body alone has a word by which some are called; the ends of what came or went of that."""
        alone, taken = self.names.words(Part.ALONE, words), self.names.words(Part.TAKEN, words)
        joins = set[Join]()
        for word in alone - taken:
            whole = self.names.names_saying(Part.WHOLE, word, 2)
            if len(whole) == 1:
                joins.add((_OWNED + word, word, whole[0]))
        return self.names.put_joins({_OWNED + word for word in words}, joins)

    # -- what is told of all ----------------------------------------------------------------------------------------

    def _entities(self, names: Collection[str]) -> _Kept:
        self._read_kinds(names)
        return _Kept(self.names, [kind for name in names for kind in self._kinds[name]])

    def _classes(self, entities: Entities, names: Collection[str]) -> Classes:
        return Classes.told_of(entities, self.names.words(_LAND, names), self.names.said(names))

    def _told(self, rows: Sequence[EntityRow], names: Collection[str]) -> Told:
        """What all entities tell of some, which have these names."""
        entities = self._entities(names)
        classes = self._classes(entities, names)
        words = set(names)
        for name in {row.name for row in rows}:
            own = person(name).words
            words |= {*own, " ".join(own), *fold_name(name).split()}
        owners = self.names.joined_by_each(_OWNED, words)
        called, borne, taken, joined = (
            self.names.words(part, words) for part in (Part.CALLED, Part.BORNE, Part.TAKEN, _ARTICLE)
        )
        return Told(classes, Words.told(entities, called, borne, taken, joined, owners))

    def _judged(self, judgements: Iterable[Judgement]) -> set[str]:
        """The names of whom judgements are about."""
        found = set[str]()
        for one in judgements:
            for key in (one.one, one.other):
                found |= set(self._of_key(key))
        return found

    def _of_key(self, key: tuple[str, ...]) -> Iterator[str]:
        if len(key) < 2 or key[0] == "judgement":
            return
        if key[0] == "known":
            yield _KNOWN + key[1]
        elif key[0] == "entity":
            yield _UNNAMED + key[1]  # though it may be gone by now
            name = self.names.name_of(key[1])
            if name is not None:
                yield name
            yield from self._of_key(key[3:])
        else:
            yield _BORN.sub("", key[1])


_KNOWN, _UNNAMED, _OWNED, _ALIKE = "=", "#", "+", "*"
"""Before what is no folded name: that of who is in the lexicon, the id of who has none, and what tells joins."""
_BORN = re.compile(r" born \d+$")


def _names_of(one: Came) -> tuple[str, str]:
    """The name by which an entity is told, and its folded name."""
    folded = fold_name(one.name)
    return _KNOWN + one.known if one.known else folded or _UNNAMED + one.id, folded


def _name(row: EntityRow) -> str:
    return _KNOWN + row.known if row.known else fold_name(row.name) or _UNNAMED + row.id


def _of_whole_names(kind: str) -> bool:
    return kind not in (_LAND, _ARTICLE)


def _of_one_class(kinds: Sequence[Kind]) -> bool:
    """Whether entities of a name are surely one: known to the lexicon, or all taken for the same, but for persons and
    for places that may lie in several lands."""
    if kinds[0].row.known:
        return True
    (class_, *others) = {CLASSES.get(kind.row.type, "other") for kind in kinds}
    if others or class_ == "person" or kinds[0].name.startswith(_UNNAMED):
        return False
    return class_ != "place" or not any(", " in name for kind in kinds for name in kind.row.names)


def _counted(kinds: Sequence[Kind], documents: int, entities: Sequence[str]) -> KeptActor:
    """The actor that all entities of a name are, as `kept_rows` of a `Cast` of them has it, with some of these."""
    names, types, called = Counter[str](), Counter[str](), Counter[str]()
    for kind in kinds:
        names[kind.row.name] += kind.number
        types[kind.row.type] += kind.number
        called.update(dict.fromkeys(own_names(kind.row), kind.number))
    known = kinds[0].row.known
    name, type_ = known or most_usual_name(names), most_usual_type(types)
    key = ("known", known) if known else (CLASSES.get(kinds[0].row.type, "other"), kinds[0].name)
    called.pop(name, None)
    mentions, statements, hostile, laudatory = (
        sum(getattr(kind.row, counted) for kind in kinds)
        for counted in ("mentions", "statements", "hostile", "laudatory")
    )
    folded = set[str]().union(*(folded_in(kind.row, name, type_) for kind in kinds))
    row = Actor(
        actor_id(key), name, type_, known, mentions, documents, statements, hostile, laudatory, by_number(called)
    )
    return KeptActor(row, bool(name), entities, in_one_text(folded), sorted(folded))


def _same(one: Cluster, before: Before) -> bool:
    """Whether an actor is kept already as it is: what is told of it besides is of its entities, which do not change."""
    old = before.actors.get(one.id)
    return (
        old is not None
        and old.place not in before.gone
        and (old.name, old.type) == (one.name, one.type)
        and before.number[old.place] == len(one.links)
        and all(before.owner.get(link.entity) == old.place for link in one.links)
        and endings(one) <= old.forms
        and len(endings(one)) == sum(map(is_ending, old.forms))
    )


class _Kept:
    """Entities of a store of some kinds, as `purport.resolve.corpus.entities.Entities`."""

    def __init__(self, names: KeptNames, kinds: Sequence[Kind]) -> None:
        self._names, self._kinds = names, kinds

    def kinds(self) -> Iterator[EntityRow]:
        """As `Entities.kinds`."""
        return (kind.row for kind in self._kinds)

    def of_several_classes(self) -> Iterator[EntityRow]:
        """As `Entities.of_several_classes`."""
        classes: dict[str, set[str]] = defaultdict(set)
        for kind in self._kinds:
            if not kind.row.known:
                classes[kind.name].add(CLASSES.get(kind.row.type, "other"))
        return iter(self._names.rows([name for name, own in classes.items() if len(own - {"other"}) > 1]))

    def named(self, names: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.named`."""
        yield from self._names.rows(names)
        yield from self._names.known_as(names)

    def of(self, documents: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.of`."""
        yield from self._names.in_documents(documents)
