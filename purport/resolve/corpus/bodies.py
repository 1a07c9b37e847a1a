"""Bodies across documents that some call by a short name alone: "the Guard", of the Hill Guard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from purport.model.rows import EntityRow
from purport.resolve.corpus.folding import fold_name
from purport.resolve.corpus.groups import Group, Key
from purport.resolve.corpus.persons import Days
from purport.resolve.corpus.said_of_names import CLASSES, SMALL
from purport.resolve.document.nouns import BODIES

_SHORT = "short name; in these days only one body has it"


def with_short_names(bodies: dict[Key, Group], people: Sequence[Group], rows: Iterable[EntityRow]) -> None:
    """Join who is but a word in a document ("the Guard", "the Concord") to the one body of the store whose name begins
    or ends with it, where no place or person has that word for a name and the documents are of the same days. Of a
    word that many bodies have ("Guard", not "Concord"), both must also be named beside a person whom both know."""
    whole: dict[str, list[Group]] = defaultdict(list)
    for key, group in bodies.items():
        words = key[1].split()
        if key[0] == "body" and len(words) > 1 and len(key) == 2:
            for word in {words[0], words[-1]} if SMALL.isdisjoint(words) else {words[0]}:
                whole[word].append(group)
    taken = {word for group in people for form in group.forms for word in form.words}
    taken |= {key[1] for key in bodies if key[0] == "place"}
    beside: Mapping[str, set[str]] | None = None
    for key in [key for key in sorted(bodies) if key[0] in ("body", "other") and len(key) == 2]:
        owners = whole.get(key[1], ()) if " " not in key[1] and key[1] not in taken else ()
        if len(owners) != 1 or not bodies[key].links:
            continue
        near = Days(owners[0])
        beside = _persons_of(rows) if beside is None and key[1] in BODIES else beside
        known = {name for document in near.documents for name in (beside or {}).get(document, ())}
        left = []
        for row, own, why, sure in bodies[key].links:
            fits = near.has(row) and row.document not in near.documents
            if fits and (key[1] not in BODIES or not known.isdisjoint((beside or {}).get(row.document, ()))):
                owners[0].take((row,), (*own[:2], row.document), _SHORT, 0.85)
            else:
                left.append((row, own, why, sure))
        bodies[key].links = left
        if not left:
            del bodies[key]


def _persons_of(rows: Iterable[EntityRow]) -> dict[str, set[str]]:
    """The whole names of the persons of each document, folded."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name = fold_name(row.name) if CLASSES.get(row.type) == "person" else ""
        if " " in name:
            found[row.document].add(name)
    return found
