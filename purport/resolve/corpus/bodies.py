"""Bodies across documents that some call by a short name alone: "the Guard", of the Hill Guard."""

from __future__ import annotations

from purport.resolve.corpus.groups import Group, Key
from purport.resolve.corpus.persons import Days
from purport.resolve.corpus.words import Words
from purport.resolve.document.nouns import BODIES

_SHORT = "short name; in these days only one body has it"


def with_short_names(bodies: dict[Key, Group], words: Words) -> None:
    """Join who is but a word in a document ("the Guard", "the Concord") to the one body of the store whose name begins
    or ends with it, where no place or person has that word for a name and the documents are of the same days. Of a
    word that many bodies have ("Guard", not "Concord"), both must also be named beside a person whom both know."""
    places = {key[1] for key in bodies if key[0] == "place"}
    for key in [key for key in sorted(bodies) if key[0] in ("body", "other") and len(key) == 2]:
        owner = bodies.get(("body", words.owners.get(key[1], "")))
        if owner is None or key[1] in places or not bodies[key].links:
            continue
        near = Days(owner)
        known = {name for document in near.documents for name in words.beside.get(document, ())}
        left = []
        for row, own, why, sure in bodies[key].links:
            fits = near.has(row) and row.document not in near.documents
            if fits and (key[1] not in BODIES or not known.isdisjoint(words.beside.get(row.document, ()))):
                owner.take((row,), (*own[:2], row.document), _SHORT, 0.85)
            else:
                left.append((row, own, why, sure))
        bodies[key].links = left
        if not left:
            del bodies[key]
