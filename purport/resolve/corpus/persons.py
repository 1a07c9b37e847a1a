"""Persons across documents: spellings of one name, short forms of it, initials, and surnames that one alone bears."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from purport.lexicons.given import given
from purport.lexicons.nicknames import nicknames
from purport.model.rows import EntityRow
from purport.resolve.corpus.folding import consonants, person, similar
from purport.resolve.corpus.groups import EXACT, SURE, Form, Group, Key


def after_article(name: str) -> list[str]:
    """The words, in small letters, that stand after an article in a name: "reth" in "Bashar al-Reth"."""
    return [word.lower() for word in _AFTER_ARTICLE.findall(name)]


@dataclass(frozen=True, slots=True)
class Called:
    """The words of a person's full name, None where it is but one word; "jr" or the like; and the genders that its
    titles tell."""

    words: tuple[str, ...] | None
    generation: str
    genders: frozenset[str]


def full_name(row: EntityRow, joined: Container[str]) -> Called:
    """What a person is called in a document; `joined` are the words that follow an article somewhere
    (`after_article`)."""
    name = person(row.name)
    if (al := _AL.fullmatch(row.name)) and al[1].lower() not in joined:
        name = replace(name, words=("al", *name.words))  # "Al Brenner", where nobody is called "Aurel al-Brenner"
    if len(name.words) < 2 or (len(name.words) == 2 and name.words[0] in _PARTICLES):
        return Called(None, "", frozenset())
    told = [name, *(one for one in map(person, row.names) if one.words == name.words)]
    generation = next((one.generation for one in told if one.generation), "")
    return Called(name.words, generation, frozenset(one.gender for one in told if one.gender))


def forms(rows: Sequence[EntityRow], joined: Container[str]) -> tuple[list[Form], list[EntityRow]]:
    """The full names with who bears them, by frequency; and those who have but one word for a name. `joined` as in
    `full_name`."""
    forms: dict[Key, Form] = {}
    single: list[EntityRow] = []
    read: dict[tuple[str, tuple[str, ...]], tuple[Form | None, frozenset[str]]] = {}
    for row in rows:
        told = read.get((row.name, row.names))
        if told is None:
            called = full_name(row, joined)
            form = None if called.words is None else _form(forms, called.words, called.generation)
            told = read[row.name, row.names] = form, called.genders
        form, genders = told
        if form is None:
            single.append(row)
            continue
        born = _born(row)
        if born is not None and any(abs(born - other) > _YEARS for other in form.born):
            # Of an age that is not hers: another of that name, and known by her year of birth.
            form = _form(forms, form.words, f"{form.generation} born {born}".strip())
        if born is not None:
            form.born.add(born)
        form.rows.append(row)
        form.documents.add(row.document)
        form.genders |= genders
    borne = (one for one in forms.values() if one.rows)
    return sorted(borne, key=lambda one: (-len(one.rows), one.key)), single


def _form(forms: dict[Key, Form], words: tuple[str, ...], generation: str) -> Form:
    form = Form(words, generation)
    return forms.setdefault(form.key, form)


_AL = re.compile(r"Al ([A-Z][a-z]+)")
_AFTER_ARTICLE = re.compile(r"\w [Aa]l[- ]([A-Z][a-z]+)")
_AGE = re.compile(r"(?:, |, aged |, age |^)(\d{1,2})(?:,|$|-year-old| years old)")
_YEARS = 2
"""Years by which years of birth may differ that ages tell."""


def _born(row: EntityRow) -> int | None:
    """The year in which somebody was born, as an age beside the name and the day of the document tell it."""
    if not row.published:
        return None
    for name in row.names:
        found = _AGE.search(name)
        if found is not None:
            return int(row.published[:4]) - int(found[1])
    return None


def joined(spelled: Sequence[Form]) -> list[Group]:
    """Persons of full names: spellings of one name, then names that lack a middle one, then initials."""
    blocks: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    apart: list[Group] = []
    initials: list[Form] = []
    for form in spelled:
        apart += _same_document(form)
        if not form.rows:
            continue
        if form.initial:
            initials.append(form)
            continue
        block = blocks[block_of(form.words, form.generation)]
        for group in block:
            told = _all(form, group)
            if told is not None:
                group.take(form.rows, form.key, *told)
                group.forms.append(form)
                break
        else:
            block.append(_new(form))
    found: list[Group] = []
    for block in blocks.values():
        found += _without_middle(block)
    return [*apart, *_with_initials(initials, _with_short_forms(found))]


def _new(form: Form) -> Group:
    group = Group(form.key)
    group.forms.append(form)
    group.take(form.rows, form.key, EXACT, SURE)
    return group


def _same_document(form: Form) -> list[Group]:
    """Take out those of one name that a document keeps apart: it knows of two, and which is which elsewhere is open."""
    counts = Counter(row.document for row in form.rows)
    doubled = [row for row in form.rows if counts[row.document] > 1]
    found = []
    for row in doubled:
        group = Group((*form.key, row.document, row.id))
        group.take((row,), group.key, "one of several of its name in its document", 1.0)
        found.append(group)
    if doubled:
        form.rows = [row for row in form.rows if counts[row.document] == 1]
        form.documents = {row.document for row in form.rows}
    return found


def block_of(words: Sequence[str], generation: str) -> tuple[str, ...]:
    """Where a full name is compared with others: the consonants of the first and the last word, in either order, and
    "jr" or the like."""
    return (*sorted(map(consonants, (words[0], words[-1]))), generation)


def may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names are compared at all: spellings of each other, in another order, without a middle name."""
    if len(one) == len(other):
        return _spelled(one, other) is not None or _spelled(other, one) is not None
    short, long = sorted((one, other), key=len)
    return len(short) < _MIDDLE and similar(short, (long[0], long[-1])) is not None


def _all(form: Form, group: Group) -> tuple[str, float] | None:
    """Why a name is one with every name of a group; None where it is not."""
    told = None
    for other in group.forms:
        own = _spelled(form.words, other.words)
        if own is None or _two(form, other, apart_in_one=own[0] != _TURNED):
            return None
        told = own if told is None else told
    return told


_TURNED = "the same name in another order"


def _two(one: Form, other: Form, *, apart_in_one: bool = True) -> bool:
    """Whether something says that they are two: "jr", a title of the other gender, a document that names both."""
    return (
        one.generation != other.generation
        or (bool(one.genders) and bool(other.genders) and one.genders.isdisjoint(other.genders))
        or (apart_in_one and not one.documents.isdisjoint(other.documents))
        or (bool(one.born) and bool(other.born) and min(abs(a - b) for a in one.born for b in other.born) > _YEARS)
    )


def _spelled(one: Sequence[str], other: Sequence[str]) -> tuple[str, float] | None:
    """Why two full names with as many words are one: spellings of each other, or in another order."""
    if len(one) != len(other):
        return None
    alike = similar(one, other)
    if alike is not None:
        if any(len(word) == 1 for word in (*one, *other)) and alike == 1:
            return "middle initial", 0.92
        return f"transliteration similarity {alike:.2f}".replace("0.", "."), round(alike * 0.97, 2)
    # "James Thomas" and "Thomas James" are two: which is the given name must be told by one being none.
    if all(word in given() for word in one):
        return None
    turned = (*one[1:], one[0]), (one[-1], *one[:-1])
    best = max((like for words in turned if (like := similar(words, other)) is not None), default=None)
    return (_TURNED, round(0.92 * best, 2)) if best is not None else None


def _without_middle(block: list[Group]) -> list[Group]:
    """The groups of a block, each that has no middle name joined to the only one that has one, if it is the only."""
    longer = [group for group in block if len(group.forms[0].words) > 2]
    found = list(longer)
    for group in block:
        if len(group.forms[0].words) > 2:
            continue
        fitting = [
            other
            for other in longer
            if similar(group.forms[0].words, _ends(other.forms[0])) is not None
            and not any(_two(one, its) for one in group.forms for its in other.forms)
        ]
        # "Hollan Reth" could be either of "Hollan K. Reth" and "Hollan M. Reth", though only one of them be free.
        rivals = sum(similar(group.forms[0].words, _ends(other.forms[0])) is not None for other in longer)
        if len(fitting) == 1 == rivals:
            fitting[0].absorb(group, "middle name missing", 0.9)
        else:
            found.append(group)
    return found


def _ends(form: Form) -> tuple[str, str]:
    return form.words[0], form.words[-1]


def _with_initials(forms: Sequence[Form], groups: Sequence[Group]) -> list[Group]:
    """The groups with what has an initial for its first name joined to the only one that it fits."""
    fitting: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        for place in {(form.words[0][0], form.words[-1]) for form in group.forms}:
            fitting[place].append(group)
    found = list(groups)
    rest: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in forms:
        rest[form.words[0], form.words[-1]].append(form)
    for place, alike in rest.items():
        for form in alike:
            possible = [group for group in fitting[place] if any(_abbreviates(form, one) for one in group.forms)]
            if len(possible) == 1 and not any(_two(form, one) for one in possible[0].forms):
                possible[0].take(form.rows, form.key, "initial and surname", 0.85)
            elif not possible and len(alike) == 1:
                found.append(_new(form))  # of one spelling, and no full name says that it is several
            else:
                found += _each(form, "an initial and a surname that several share")
    return found


def _abbreviates(short: Form, form: Form) -> bool:
    """Whether "H. K. Reth" may stand for a full name: its further initials are those of the name, as far as it has
    any."""
    mine, theirs = short.words[1:-1], form.words[1:-1]
    if short.generation != form.generation:
        return False
    return not mine or not theirs or [word[0] for word in mine] == [word[0] for word in theirs]


def _each(form: Form, reason: str) -> Iterator[Group]:
    for row in form.rows:
        group = Group((*form.key, row.document))
        group.take((row,), group.key, reason, 1.0)
        yield group


def _with_short_forms(groups: Sequence[Group]) -> list[Group]:
    """The groups, those of a short form of a given name ("Bill Tanner") joined to the only one of the whole form."""
    by_last: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_last[group.forms[0].words[-1]].append(group)
    gone: set[int] = set()
    for alike in by_last.values():
        for short in alike if len(alike) > 1 else ():
            first = short.forms[0].words[0]
            whole = [one for one in alike if one is not short and first in nicknames().get(one.forms[0].words[0], ())]
            if len(whole) == 1 and id(whole[0]) not in gone and _one_of_both(short, whole[0]):
                whole[0].absorb(short, "short form of a given name", 0.88)
                gone.add(id(short))
    return [group for group in groups if id(group) not in gone]


def _one_of_both(one: Group, other: Group) -> bool:
    """Whether nothing says that two are two, their middle names neither."""
    return all(
        not _two(mine, its)
        and (len(mine.words) < _MIDDLE or len(its.words) < _MIDDLE or mine.words[1][0] == its.words[1][0])
        for mine in one.forms
        for its in other.forms
    )


_MIDDLE = 3
"""Words of a name with a middle one."""

DAYS = 30
"""Days from a document within which who alone bears a surname in the store is meant by it."""


def with_surnames(single: Sequence[EntityRow], groups: Sequence[Group]) -> list[EntityRow]:
    """Join each who is but a surname in a document to the one person of the store who bears it in the documents of the
    same days, where one does and is not told apart in that document; who is left comes out."""
    bearers: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for last in {form.words[-1] for form in group.forms}:
            bearers[last].append(group)
    near = {id(group): Days(group) for owners in bearers.values() for group in owners}
    left = []
    joined_to: list[tuple[EntityRow, Group, str]] = []
    # Two of one surname that a document keeps apart are two, and which of them is meant is open.
    several = Counter((row.document, person(row.name).words[-1:]) for row in single)
    on_a_day: dict[tuple[str, str], list[Group]] = {}
    for row in single:
        name = person(row.name)
        last = name.words[-1] if name.words else ""
        own = on_a_day.get((last, row.published))
        if own is None:
            own = [group for group in bearers.get(last, ()) if near[id(group)].has(row)]
            on_a_day[last, row.published] = own
        # "Clinton" is a given name too: only a title tells.
        genders = {told.gender for told in map(person, (row.name, *row.names)) if told.titled} - {""}
        fitting = [group for group in own if _fits(genders, group)]
        told_apart = several[row.document, name.words[-1:]] > 1
        told_apart = told_apart or any(row.document in near[id(group)].documents for group in own)
        if len(fitting) == 1 and not told_apart:
            joined_to.append((row, fitting[0], " ".join(name.words)))
        else:
            left.append(row)
    for row, group, name_ in joined_to:
        group.take((row,), ("person", name_, row.document), "surname; who alone bears it in these days", 0.95)
    return left


def _fits(genders: set[str], group: Group) -> bool:
    told = {gender for form in group.forms for gender in form.genders}
    told = told or {gender for form in group.forms if (gender := _gender(form.words[0]))}
    return not genders or not told or not genders.isdisjoint(told)


def _gender(first: str) -> str:
    share = given().get(first)
    return "" if share is None else "f" if share > _WOMEN else "m" if share < 1 - _WOMEN else ""


_WOMEN = 0.9


class Days:
    """The documents of a group, and the days on which they were published."""

    def __init__(self, group: Group) -> None:
        rows = [row for row, *_ in group.links]
        self.documents = {row.document for row in rows}
        days = [_ordinal(row.published) for row in rows]
        self.undated = any(day is None for day in days)
        self.days = sorted(day for day in days if day is not None)

    def has(self, row: EntityRow) -> bool:
        """Whether one of the documents may be of the same days as that of the row."""
        day = _ordinal(row.published)
        if day is None or self.undated:
            return True
        at = bisect_left(self.days, day - DAYS)
        return at < len(self.days) and self.days[at] <= day + DAYS


@lru_cache(maxsize=1 << 14)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


_PARTICLES = frozenset("de del della di da dos du van von der den ter bin ibn ben la le".split())
