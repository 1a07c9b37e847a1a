"""Which documents of a store are copies of each other, as it is kept: of those that come in only these are compared."""

from __future__ import annotations

from functools import lru_cache

from purport import store as stores
from purport.network.copies import SKETCH, Sketches, alike, new_pairs, root, sketch_in, sketch_out, sketched
from purport.store.sketches import KeptCopies, has_copies

_TEXTS = 64
"""Texts that are kept at hand: who may be copies of one another come one after another."""


def keep_copies(store: stores.Store) -> None:
    """Keep the groups of copies where they are not kept already, in a store that can be written. It comes to what
    `purport.network.copies.copies` gives of all documents that have a stance. Raises `StoreError`."""
    stores.keep_sketches(store, lambda text: sketch_out(sketched(text)), SKETCH)
    if has_copies(store, SKETCH):
        return
    kept = KeptCopies(store, SKETCH)
    sketches = kept.sketches()
    found = new_pairs(sketches, kept.came) if len(kept.came) < len(sketches) else None
    text = lru_cache(_TEXTS)(kept.text)
    if found is None:
        keys = kept.ids()
        known = Sketches()
        known.add((id, sketch_in(sketches[key])) for id, key in keys.items())
        groups = known.groups(lambda id: text(keys[id]))
        kept.keep({keys[id]: first for id, first in groups.items()}, {})
        return
    same, near = set(found[0]), found[1]
    firsts = kept.firsts({key for pair in (*same, *near) for key in pair} | kept.came.keys())
    parents = {first: first for first in firsts.values()}
    for pair in (*sorted(same), *near):
        a, b = (root(parents, firsts[key]) for key in pair)
        if a != b and (pair in same or alike(*map(text, pair))):
            parents[max(a, b)] = min(a, b)
    changed = {first: end for first in parents if (end := root(parents, first)) != first}
    kept.keep({key: root(parents, id) for key, id in kept.came.items()}, changed)
