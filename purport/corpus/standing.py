"""Who stands with whom in a corpus: its stances as ties between actors, and the network that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

import numpy as np

from purport import store as stores
from purport.corpus.who import Who
from purport.errors import UsageError
from purport.model.networks import OWN_VOICE, Balance, Network, Node, Tie
from purport.network.aggregate import aggregated, chosen
from purport.network.aggregate import folded as undirected
from purport.network.balance import balance
from purport.network.columns import Column, Columns, Ties
from purport.network.copies import SKETCH, Sketches, sketch_in, sketched
from purport.network.stances import StanceColumns, independent, origins_of
from purport.resolve.corpus.folding import fold_name
from purport.resolve.corpus.link import actor_id
from purport.store.sketches import copies_of, has_copies
from purport.store.stance_columns import stance_columns

KINDS = ("deed", "words", "name")


def _groups(store: stores.Store, known: Sketches) -> dict[str, str]:
    there = stores.with_stances(store)
    known.keep(there)
    kept = stores.sketches(store, [id for id in there if id not in known], SKETCH)
    known.add((id, sketch_in(data)) for id, data in kept)
    missing = stores.texts(store, [id for id in there if id not in known])
    known.add((id, sketched(text)) for id, text in missing)
    return known.groups(partial(stores.text, store))


class Standing:
    """The stances of a store as ties between its actors, as they are at one moment."""

    def __init__(
        self,
        who: Who,
        stances: StanceColumns,
        groups: Mapping[str, str],
        outlets: Collection[str] = (),
        origins: Mapping[int, str] | None = None,
    ) -> None:
        """`groups` gives for each document the key of those that are copies of each other, where there are any;
        `outlets` are those that there are, whether or not a stance is theirs; `origins` gives for each sentence (its
        `said`) that several documents have the one that had it first, by default as the rows have it."""
        self._who, self._outlets = who, frozenset(outlets)
        self.nodes: dict[str, Node] = {}
        self._voices: dict[str, str] = {}
        self.ties = Ties(self._ties(stances, groups, origins_of(stances) if origins is None else origins))

    @classmethod
    def of(
        cls,
        store: stores.Store,
        who: Who,
        sketches: Sketches | None = None,
        stances: StanceColumns | None = None,
    ) -> Standing:
        """That of a store. Where it does not keep who is a copy of whom, what `sketches` knows of documents is not read
        again, and it learns the others. `stances` are its own, where they are to be others than the store's."""
        kept = has_copies(store, SKETCH)
        groups = copies_of(store) if kept else _groups(store, Sketches() if sketches is None else sketches)
        return cls(who, stance_columns(store) if stances is None else stances, groups)

    def _ties(self, stances: StanceColumns, groups: Mapping[str, str], origins: Mapping[int, str]) -> Columns:
        """What can be told of those whose holder and target are actors with a name, or outlets."""
        nodes = self._who.nodes()
        made = {one.id: one for one in nodes.values()}
        actors = list(made.values())
        place = {id: at for at, id in enumerate(made)}
        number = {entity: place[one.id] for entity, one in nodes.items()}
        holder, target, voucher = (
            np.array([number.get(entity, -1) for entity in entities], dtype=np.int64)
            for entities in (stances.holder, stances.target, stances.voucher)
        )
        own = np.array([not one for one in stances.holder], dtype=np.bool_)
        spoken = np.array([bool(told.outlet) for told in stances.documents], dtype=np.bool_)
        told = np.where(own, spoken[stances.document], holder >= 0) & (target >= 0) if len(own) else own
        outlets = {stances.documents[at].outlet for at in np.unique(stances.document[own]).tolist()}
        voices = {outlet: self.voice(outlet) for outlet in sorted(outlets)}
        met = np.unique(np.r_[holder, target, voucher[told]])  # also who stands to somebody without a name
        for at in met[met >= 0].tolist():
            self.nodes.setdefault(actors[at].id, actors[at])
        left = stances.by_document()
        left = left[told[left]]
        own, holder, target, voucher = own[left], holder[left], target[left], voucher[left]
        documents, places = stances.documents, stances.document[left]
        # Actors by their numbers, after them those of the documents' outlets.
        speakers = [*(one.id for one in actors), *(voices.get(told.outlet, "") for told in documents)]
        both = Column.at(speakers, np.r_[np.where(own, len(actors) + places, holder), target])
        vouchers = [*(one.id for one in actors), OWN_VOICE, ""]  # the last of them is that of -1
        vouching = np.where(stances.own[left], len(actors), voucher % len(vouchers))
        keys, counted_as = independent(stances, groups, origins)
        at = left.tolist()
        return Columns(
            ids=[stances.ids[place] for place in at],
            actors=both.texts,
            holder=both.number[: len(at)],
            target=both.number[len(at) :],
            sign=np.sign(stances.sign[left]),
            documents=Column.at([told.id for told in documents], places),
            copies=Column.at(keys, counted_as[left]),
            days=Column.at([told.published for told in documents], places),
            outlets=Column.at([told.outlet for told in documents], places),
            vouchers=Column.at(vouchers, vouching),
            kinds=Column.of([stances.basis[place] for place in at]),
            certainties=Column.of([stances.certainty[place] for place in at]),
            confidence=stances.confidence[left],
        )

    def voice(self, outlet: str) -> str:
        """The id of the actor that an outlet is, whether or not a document names it; "" for none."""
        if not outlet:
            return ""
        if outlet not in self._voices:
            one = self._who.outlet(fold_name(outlet))
            name = actor_id(("outlet", fold_name(outlet))) if one is None else one.id
            self.nodes.setdefault(name, Node(name, outlet, "outlet") if one is None else one)
            self._voices[outlet] = name
        return self._voices[outlet]

    def name_of(self, entity: str | None, outlet: str) -> str:
        """The name of the actor that an entity is of, or of the outlet where there is none."""
        if entity is None:
            own = self.voice(outlet)
            return self.nodes[own].name if own else ""
        return self._who.name_of(entity)

    def find(self, name: str) -> Node:
        """The actor that is called so, whether or not it stands in any tie. Raises `UsageError` where there is none, or
        several."""
        return self._who.find(name)

    def one(self, name: str) -> str:
        """The id of one actor or outlet by its name or id. Raises as `ids`."""
        (found,) = self.ids([name])
        return found

    def ids(self, names: Collection[str]) -> set[str]:
        """The ids of actors or outlets by their names or ids; "outlet" is the text's own voice, "" who is not named.
        Raises `UsageError` for a name that nobody has, or several."""
        found: set[str] = set()
        for name in names:
            if name in (OWN_VOICE, ""):
                found.add(name)
            elif name in self._voices or name in self._outlets:
                found.add(self.voice(name))
            else:
                found.add(self.find(name).id)
        return found

    def chosen(
        self,
        since: str | None = None,
        until: str | None = None,
        outlets: Collection[str] | None = None,
        vouched_by: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> Ties:
        """The ties that are asked for; see `purport.network`."""
        for kind in kinds or ():
            if kind not in KINDS:
                raise UsageError(f"no kind of tie is called {kind!r}; there are {', '.join(KINDS)}")
        vouchers = None if vouched_by is None else self.ids(vouched_by)
        return chosen(self.ties, since=since, until=until, outlets=outlets, vouched_by=vouchers, kinds=kinds)

    def network(self, ties: Iterable[Tie], *, least: int = 1, directed: bool = True, resamples: int = 200) -> Network:
        """The network of some of the ties."""
        return (aggregated if directed else undirected)(ties, self.nodes, least=least, resamples=resamples)

    def balance(self, of: Network, ties: Iterable[Tie], *, least: int = 1, seconds: float = 10.0) -> Balance:
        """The coalitions of the actors of a network that was made of `ties`, in at most that many seconds."""
        if not of.directed:
            return balance(of, seconds)
        nodes = {node.id: node for node in of.nodes}
        return balance(undirected(ties, nodes, least=least, resamples=0), seconds)
