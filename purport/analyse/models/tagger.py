"""The tagger at run time: a compact encoder in ONNX, read one window at a time on one thread.

The model's file, its vocabulary and what is known of them lie in `purport/models`; they are checked by their SHA-256
before they are used and never fetched. One window at a time, since the scales of 8-bit arithmetic are taken from all
that is computed together: so what a document yields depends on nothing beside it.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.linking import ASKS, WIDTH, features
from purport.analyse.models.pieces import Pieces, Window, laid_out, windows
from purport.analyse.models.shipped import checked, facts_of
from purport.analyse.models.wordpiece import WordPiece
from purport.model.analysis import Link, Ranges

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]

LINK_TABLES = ("nobody", "no_bias", "by_distance", "by_block", "by_rivals")


@dataclass(frozen=True, eq=False)
class Model:
    """The tagger with all that it needs."""

    session: InferenceSession
    tokenizer: WordPiece
    names: Floats | None
    """What each word piece is like by itself, some numbers a piece: for the names that the encoder is not shown; None
    of one that is shown them."""
    marks: tuple[int, int]
    nobody: Floats
    no_bias: Floats
    by_distance: Floats
    by_block: Floats
    by_rivals: Floats
    steps: NDArray[np.float64]
    weights: tuple[float, ...]

    @property
    def size(self) -> int:
        """Numbers in a state."""
        return int(self.session.get_outputs()[3].shape[2])

    def run(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
        """Scores, vectors, reality and states of the positions of one window."""
        scores, vectors, reality, states = self.session.run(None, {"ids": ids[None]})
        return scores[0], vectors[0], reality[0, :, 0], states[0]


def session(network: bytes) -> InferenceSession:
    """A network that runs on one thread.

    Nobody is told of it: `purport.runtime.telemetry` sees to what ONNX Runtime would send, and what it would write
    into the log of Windows is turned off here.
    """
    import onnxruntime  # here, since most commands need none

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


@cache
def words() -> WordPiece:
    """The tokenizer of the networks that ship. Raises `ModelError` where its vocabulary is damaged or not there."""
    told = facts_of("tagger") or {"sha256": {"vocabulary.txt": ""}}
    pieces = checked("vocabulary.txt", told["sha256"]["vocabulary.txt"]).decode("utf-8").split("\n")
    return WordPiece({word: number for number, word in enumerate(pieces)})


@cache
def model() -> Model | None:
    """The tagger that ships, loaded once; None where there is none. Raises `ModelError` where it is damaged."""
    told = facts_of("tagger")
    if told is None:
        return None
    network = checked("tagger.onnx", told["sha256"]["tagger.onnx"])
    tokenizer = words()
    return Model(
        session(network),
        tokenizer,
        _names(told["sha256"].get("names.npz")),
        (tokenizer.vocabulary["[CLS]"], tokenizer.vocabulary["[SEP]"]),
        **{name: np.array(told["links"][name], np.float32) for name in LINK_TABLES},
        steps=np.array(told["steps"], np.float64),
        weights=tuple(map(float, told["weights"])),
    )


def _names(digest: str | None) -> Floats | None:
    if digest is None:
        return None
    with np.load(io.BytesIO(checked("names.npz", digest)), allow_pickle=False) as arrays:
        found: Floats = arrays["pieces"] * arrays["scale"].astype(np.float32)
    return found


@dataclass(frozen=True, eq=False)
class Tagging:
    """What the tagger makes of a text; see `purport.model.analysis.Tagged`."""

    model: Model
    pieces: Pieces
    chances: Floats
    reality: Floats
    states: NDArray[np.float16]
    windows: tuple[Window, ...]
    vectors: tuple[Floats, ...]

    @property
    def start(self) -> NDArray[np.int64]:
        """Where each piece begins."""
        return self.pieces.start

    @property
    def end(self) -> NDArray[np.int64]:
        """Where each piece ends."""
        return self.pieces.end

    @property
    def block(self) -> NDArray[np.int64]:
        """The number of the block of each piece."""
        return self.pieces.block

    @property
    def first(self) -> NDArray[np.bool_]:
        """Whether a word begins with the piece."""
        return self.pieces.first

    @property
    def steps(self) -> NDArray[np.float64]:
        """What is added for going from a label to the next."""
        return self.model.steps

    @property
    def weights(self) -> tuple[float, ...]:
        """How evidence for an attribution is weighed."""
        return self.model.weights

    def of_words(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float16]:
        """The mean state of the pieces of each word, with what a name is like by its own pieces behind it; words are
        given by where they begin and end, and one without a piece has the state of the piece before it."""
        count = len(self.pieces)
        first = np.searchsorted(self.start, start)
        last = np.searchsorted(self.start, end)
        first = np.where(first < last, first, np.maximum(first - 1, 0))
        last = np.maximum(last, first + 1)
        found = np.zeros((len(start), self.states.shape[1]), np.float16)
        there = np.flatnonzero(first < count)
        found[there] = self.states[first[there]]
        for word in there[last[there] - first[there] > 1]:
            found[word] = self.states[first[word] : last[word]].mean(axis=0, dtype=np.float32)
        return found

    @cached_property
    def _cores(self) -> NDArray[np.int64]:
        return np.array([window.first for window in self.windows], np.int64)

    def links(self, kind: Link, asking: Ranges, offered: Ranges) -> Floats:
        """For each asking span the probabilities of each offered one and of none. Those that do not lie in the window
        whose core holds the asking one's beginning have none."""
        found = np.zeros((len(asking), len(offered) + 1), np.float32)
        owner = np.searchsorted(self._cores, asking[:, 0], "right") - 1
        for number in np.unique(owner):
            window = self.windows[number]
            rows = np.flatnonzero(owner == number)
            near = np.flatnonzero((offered[:, 0] >= window.begin) & (offered[:, 1] <= window.end))
            scores = self._scores(kind, int(number), asking[rows], offered[near])
            scores -= scores.max(axis=1, keepdims=True)
            share = np.exp(scores)
            share /= share.sum(axis=1, keepdims=True)
            found[np.ix_(rows, near)] = share[:, :-1]
            found[rows, -1] = share[:, -1]
        return found

    def _scores(self, kind: Link, number: int, asking: Ranges, offered: Ranges) -> Floats:
        ask, offer = ASKS[kind]
        scale = np.float32(1 / math.sqrt(WIDTH))
        mine, theirs = self._pooled(number, asking, ask), self._pooled(number, offered, offer)
        distance, block, rivals = features(asking, offered, self.block)
        model = self.model
        scores = mine @ theirs.T * scale
        scores += model.by_distance[kind][distance] + model.by_block[kind][block] + model.by_rivals[kind][rivals]
        nobody = mine @ model.nobody[kind] * scale + model.no_bias[kind]
        return np.concatenate([scores, nobody[:, None]], axis=1)

    def _pooled(self, number: int, spans: Ranges, which: int) -> Floats:
        """The mean of one of the vectors over each span, as far as it lies in the window."""
        window = self.windows[number]
        own = self.vectors[number][:, which * WIDTH : (which + 1) * WIDTH]
        total = np.zeros((len(own) + 1, WIDTH), np.float32)
        np.cumsum(own, axis=0, out=total[1:])
        first = np.clip(spans[:, 0], window.begin, window.end) - window.begin
        last = np.clip(spans[:, 1], window.begin, window.end) - window.begin
        mean: Floats = (total[last] - total[first]) / np.maximum(last - first, 1)[:, None].astype(np.float32)
        return mean


def read_by(one: Model, found: Pieces) -> Tagging:
    """What the tagger, or any model like it, makes of the pieces of a document."""
    chances = np.zeros((len(found), 7), np.float32)
    reality = np.zeros(len(found), np.float32)
    more = 0 if one.names is None else one.names.shape[1]
    states = np.zeros((len(found), one.size + more), np.float16)
    if one.names is not None:
        known: dict[tuple[int, ...], Floats] = {}
        for number, behind in found.behind.items():
            hidden = tuple(behind)
            if hidden not in known:
                known[hidden] = one.names[list(hidden)].mean(axis=0)
            states[number, one.size :] = known[hidden]
    cut = tuple(windows(found.block))
    vectors: list[Floats] = []
    for window in cut:
        ids, place = laid_out(found, window, one.marks)
        scores, own, happened, state = one.run(ids)
        mine = place[window.first - window.begin : window.last - window.begin]
        reality[window.first : window.last] = happened[mine]
        states[window.first : window.last, : one.size] = state[mine]
        core = scores[mine]
        core = np.exp(core - core.max(axis=1, keepdims=True))
        chances[window.first : window.last] = core / core.sum(axis=1, keepdims=True)
        vectors.append(own[place])
    return Tagging(one, found, chances, reality, states, cut, tuple(vectors))
