"""The actors of a store brought up to date: only those are told apart anew that what came or went may be one with.

What of all entities bears on each is kept with the store (`purport.store.kept_names`): which words their names say are
lands, surnames, whole names of bodies, what a document says that a word is, and what joins two names so that they
must be told apart together (as `purport.resolve.corpus.parts` has it, but open to change). Where entities come or go,
what their names say is worked out anew; where that turns something that others rest on, these are too; then all that
is joined to any of them. So what comes of it is what telling all of them apart at once gives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from purport import store as stores
from purport.corpus.actors import Cast
from purport.model.rows import EntityRow, Judgement
from purport.resolve.corpus.classes import Classes
from purport.resolve.corpus.entities import Listed
from purport.resolve.corpus.folding import fold_name, person
from purport.resolve.corpus.parts import alike_in, form_of, joins_of
from purport.resolve.corpus.persons import after_article
from purport.resolve.corpus.said_of_names import lands_of, said_to_be, says_what
from purport.resolve.corpus.words import Part, Told, Words, told_once, words_in
from purport.runtime.gc_pause import uncollected
from purport.store.kept_actors import KeptActor
from purport.store.kept_names import AstrayError, Came, Fact, Join, KeptNames
from purport.store.transaction import Transaction

_MOST = 0.2
"""Share of all entities that may have come for what is kept of the rest to be worth keeping."""
_LAND, _ARTICLE, _FORM = "land", "joined", "form "
_SPLIT = "\t"


def kept_rows(cast: Cast) -> Iterator[KeptActor]:
    """The actors as they are kept, in the order of lists."""
    for one, names in cast.by_mentions:
        entities = [link.entity for link in one.links]
        yield KeptActor(cast.actor(one), bool(one.name), entities, names, sorted(cast.forms(one)))


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
        self._rows: dict[str, EntityRow] = {}
        self._there: set[str] = set()

    def run(self) -> None:
        """Do it."""
        with uncollected():
            names = self.names
            touched = self._taken_in()
            touched |= self._of_single_words(touched)
            moved = self._of_all_words(touched)
            judgements = stores.judgements(names.store)
            last = str(names.last_judgement())
            judged = self._judged(judgements)
            if last != names.kept("judged"):
                moved |= judged
            whole = moved if self.every else names.together(moved)
            if not self.every and not judged.isdisjoint(whole):
                whole = names.together(whole | judged)
            rows = self._of(whole)
            cast = Cast(rows, judgements, told=self._told(rows, whole))
            names.put_actors([row.id for row in rows], list(kept_rows(cast)))
            names.say(actors=self.made_by, names=self.made_by, judged=last)

    def _of(self, names: Collection[str]) -> list[EntityRow]:
        """The entities of names, each read once."""
        missing = set(names) - self._there
        if missing:
            found = self.names.every_row() if self.every and not self._there else self.names.rows(missing)
            self._rows.update((row.id, row) for row in found)
            self._there |= missing
        return [row for row in self._rows.values() if _name(row) in names]

    # -- what names say ---------------------------------------------------------------------------------------------

    def _taken_in(self) -> set[str]:
        """Take in what came; the names of that, and of what went."""
        names = self.names
        came = names.came()
        told = [(one.key, *_names_of(one)) for one in came]
        names.take(told)
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
            found = [(key_of[id_], word, what) for (id_, word), what in sorted(said.items()) if id_ in key_of]
        self.names.put_said(keys, found)
        return {word for _, word, _ in found}

    def _of_single_words(self, touched: set[str]) -> set[str]:
        """Keep which words the names say are lands, and which stand after an article; the names that rest on those of
        which this turned."""
        facts = set[Fact]()
        for row in self._kinds(touched):
            name = _name(row)
            facts |= {(name, _LAND, word) for word in lands_of((row,))}
            facts |= {(name, _ARTICLE, word) for word in after_article(row.name)}
        changes = self.names.put_facts(touched, (_LAND, _ARTICLE).__contains__, facts)
        return {word if kind == _LAND else f"al {word}" for kind, word in self.names.flipped(changes)}

    def _kinds(self, touched: Collection[str]) -> Iterator[EntityRow]:
        """One of those of each name that have the same names and type, and are known as the same."""
        yield from {(row.name, row.type, row.known, row.names, _name(row)): row for row in self._of(touched)}.values()

    def _of_all_words(self, touched: set[str]) -> set[str]:
        """Keep what else names say, and what joins them; the names that must be told apart anew."""
        rows = self._of(touched)
        listed = Listed(self._with_known(rows, touched))
        classes = self._classes(listed, touched)
        joined = self.names.words(_ARTICLE, {name.removeprefix("al ") for name in touched})
        facts, joins = set[Fact](), set[Join]()
        for row in told_once(listed, classes):
            name = _name(row)
            if name not in touched:
                continue
            facts.update((name, part.value, word) for part, word in words_in(row, classes, joined))
            joins.update((name, one, other) for one, other in joins_of(row, classes, joined) if one != other)
            form = form_of(row, classes, joined)
            if form is not None:
                facts.add((name, _FORM + _SPLIT.join(form[0]), " ".join(form[1])))
        changes = self.names.put_facts(touched, _of_whole_names, facts)
        moved = touched | self.names.put_joins(touched, joins)
        flipped = self.names.flipped(changes)
        moved |= {word for kind, word in flipped if kind in (Part.CALLED, Part.BORNE)}
        moved |= self._alike(flipped)
        words = {word for _, kind, word in changes if kind == Part.WHOLE}
        words |= {word for kind, word in flipped if kind in (Part.ALONE, Part.TAKEN)}
        return moved | self._owned(words)

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

    def _with_known(self, rows: Sequence[EntityRow], names: Collection[str]) -> list[EntityRow]:
        """Entities, and those in the lexicon that have one of the names that are lands'."""
        lands = self.names.words(_LAND, names)
        there = {row.id for row in rows}
        return [*rows, *(row for row in self.names.known_as(lands) if row.id not in there)]

    def _classes(self, listed: Listed, names: Collection[str]) -> Classes:
        return Classes.told_of(listed, self.names.words(_LAND, names), self.names.said(names))

    def _told(self, rows: Sequence[EntityRow], names: Collection[str]) -> Told:
        """What all entities tell of some, which have these names."""
        listed = Listed(self._with_known(rows, names))
        classes = self._classes(listed, names)
        words = set(names)
        for name in {row.name for row in rows}:
            own = person(name).words
            words |= {*own, " ".join(own), *fold_name(name).split()}
        owners = dict(pair for word in names for pair in self.names.joined_by(_OWNED + word))
        called, borne, taken, joined = (
            self.names.words(part, words) for part in (Part.CALLED, Part.BORNE, Part.TAKEN, _ARTICLE)
        )
        return Told(classes, Words.told(_Beside(self.names), called, borne, taken, joined, owners))

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


class _Beside:
    """The entities of a store, asked for who is named beside others."""

    def __init__(self, names: KeptNames) -> None:
        self._names = names

    def named(self, names: Collection[str]) -> Iterator[EntityRow]:
        """As `Named.named`."""
        yield from self._names.rows(names)
        yield from self._names.known_as(names)

    def of(self, documents: Collection[str]) -> Iterator[EntityRow]:
        """As `Named.of`."""
        yield from self._names.in_documents(documents)
