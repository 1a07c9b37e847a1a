"""The conditions of a list of statements, as SQL: of the statement `a`, of its words, of its document `d`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from purport.lexicons import shipped_lexicon
from purport.model import codec
from purport.store.filters import Filter
from purport.store.search import match

Bearers = Callable[[str], Sequence[str]]
"""The ids of the entities, in all documents, of the actors that bear a name or have that id; given by the caller,
since the store compares no names."""
Values = list[str | int | float]
Condition = tuple[str, Values]
"""An expression, and the values of its marks."""


def nobody(_name: str) -> Sequence[str]:
    """No actor bears the name."""
    return ()


def conditions(wanted: Filter, bearers: Bearers = nobody) -> tuple[list[str], Values]:
    """All conditions of a list of statements, which hold together, and the values of their marks."""
    told = [
        *of_statement(wanted),
        *((f"a.key IN ({query})", values) for query, values in of_words(wanted, bearers)),
        *of_document(wanted),
    ]
    return [one for one, _ in told], [value for _, values in told for value in values]


def of_statement(wanted: Filter) -> list[Condition]:
    """What is asked of the statement by itself."""
    told: list[Condition] = []
    if not wanted.unsaid:
        # A cue without an act is only asked, supposed or planned: nobody has said anything, nor what is imputed.
        told.append(("NOT (a.act = '' AND a.cue != '[]') AND NOT a.imputed", []))
        if wanted.kind is None:
            # A block of the layout is its speaker's as a whole, and is listed when it is asked for.
            told.append(("a.kind != 'block'", []))
    acts = acts_of(wanted)
    if acts:
        told.append((f"a.act IN ({', '.join('?' * len(acts))})", list(acts)))
    if wanted.kind is not None:
        told.append(("a.kind = ?", [wanted.kind]))
    if wanted.least > 0 and wanted.accepted:
        told.append(
            (
                "(a.confidence >= ? OR a.id IN (SELECT value FROM json_each(?)))",
                [wanted.least, codec.dumps(list(wanted.accepted))],
            )
        )
    elif wanted.least > 0:
        told.append(("a.confidence >= ?", [wanted.least]))
    return told


def acts_of(wanted: Filter) -> tuple[str, ...]:
    """The acts of which a statement is to be one; () for any."""
    return (wanted.act,) if isinstance(wanted.act, str) else wanted.act or ()


def of_words(wanted: Filter, bearers: Bearers = nobody) -> list[Condition]:
    """Queries for the keys of statements, in each of which the key is to be."""
    told: list[Condition] = []
    said = "SELECT rowid FROM attribution_words WHERE attribution_words MATCH ?"
    if wanted.search is not None:
        told.append((said, [match(wanted.search)]))
    if wanted.by is not None:
        entities, names = naming(wanted.by, bearers)
        # As one set of keys, which the statements are then looked up by: with OR every statement would be looked at.
        query = f"{said} UNION SELECT key FROM attribution WHERE holder IN ({entities})"
        told.append((query, [match(wanted.by, "source", phrase=True), *names]))
    if wanted.about is not None:
        entities, names = naming(wanted.about, bearers)
        query = (
            f"{said} UNION SELECT b.key "
            f"FROM ({entities}) e CROSS JOIN mention m ON m.entity = e.id CROSS JOIN attribution b "
            "ON b.document = m.document AND b.first <= m.first AND json_extract(b.content, '$[0][0]') <= m.first "
            "AND json_extract(b.content, '$[#-1][1]') >= m.last CROSS JOIN json_each(b.content) s "
            "WHERE m.first >= json_extract(s.value, '$[0]') AND m.last <= json_extract(s.value, '$[1]')"
        )
        told.append((query, [match(wanted.about, "content", phrase=True), *names]))
    return told


def of_document(wanted: Filter) -> list[Condition]:
    """What is asked of the document."""
    told: list[Condition] = []
    if wanted.outlet is not None:
        # A document that two outlets gave word for word is each one's.
        query = (
            "d.key IN (SELECT key FROM document WHERE outlet = ? COLLATE NOCASE UNION "
            "SELECT document FROM sighting WHERE json_extract(told, '$.outlet') = ? COLLATE NOCASE)"
        )
        told.append((query, [wanted.outlet, wanted.outlet]))
    if wanted.since is not None:
        # Of "2031-04", as a date of publication, only the month is known: it fits where it may.
        told.append(("d.published >= substr(?, 1, length(d.published))", [wanted.since]))
    if wanted.until is not None:
        # "2031-04" as an end takes in the whole month, and a date its whole day.
        told.append(("substr(d.published, 1, ?) <= ?", [len(wanted.until), wanted.until]))
    if wanted.without:
        told.append(("d.id NOT IN (SELECT value FROM json_each(?))", [codec.dumps(list(wanted.without))]))
    if wanted.document is not None:
        told.append(("d.id = ?", [wanted.document]))
    return told


def known_as(name: str) -> set[str]:
    """The neutral names in the lexicon of those who are called so there."""
    asked = name.strip()
    bare = asked.removeprefix("the ").removeprefix("The ")
    named = shipped_lexicon().named
    return {row.name for written in (asked, bare) for row in named.get(written, ())}


def naming(asked: str, bearers: Bearers) -> tuple[str, Values]:
    """A query for the ids of entities that bear the name, are known by it to the lexicon of actors, or are of an actor
    that bears it in another document; its values."""
    known = sorted(known_as(asked))
    marks = ", ".join("?" * len(known))
    query = (
        "SELECT id FROM entity WHERE key IN (SELECT rowid FROM entity_words WHERE entity_words MATCH ?) "
        f"OR known != '' AND known IN ({marks}) OR id IN (SELECT value FROM json_each(?))"
    )
    return query, [match(asked, "names", phrase=True), *known, codec.dumps(list(bearers(asked)))]
