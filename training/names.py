"""Train what tells the type of a name: a person, a place, a body, a people, something else.

    python -m training.names

Multinomial logistic regression over the encoder's states and over features of the name and of what stands around it
(`purport.resolve.document.described_names`), by gradient descent. Names come from GUM's train part, re3d (three of four
stretches), Wikigold, the dev part of Universal NER's English EWT, ECB+'s train part; and, without labels, from 457 news
texts of FNC-1, where names that the lexicon of actors knows are what it says. Each name is learned three times: as it
is, without its words, and without anything that a list says of it, so that invented names do as well as known ones.
Prints how many are right of what was held out. Writes `purport/models/types.npz` and `types.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import gum
from bench.articles import SHARED
from purport.analyse import sections
from purport.analyse.models.name_types import read_states
from purport.lexicons import shipped_lexicon
from purport.lexicons.given import given
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.resolve.document.described_names import OWN, described_name
from purport.resolve.document.names import read_name

MODELS = Path(__file__).parents[1] / "purport" / "models"
TYPES = ("person", "place", "organisation", "people", "other", "state")
_CLASSES = {
    "Organisation": "organisation", "Location": "place", "Person": "person", "Nationality": "people",
    "MilitaryPlatform": "other", "Weapon": "other", "DocumentReference": "other", "ORG": "organisation",
    "PER": "person", "LOC": "place", "person": "person", "place": "place", "organization": "organisation",
    "object": "other",
    "event": "other", "abstract": "other", "HUMAN_PART_PER": "person", "HUMAN_PART_ORG": "organisation",
    "HUMAN_PART_GPE": "place", "LOC_GEO": "place", "LOC_FAC": "place", "NON_HUMAN_PART": "other",
    "state": "state", "organisation": "organisation", "people": "people",
}  # fmt: skip
_LISTS = ("given", "knows", "place", "ends", "gender", "adjective")
OFTEN = 3
"""Times that a feature must be seen to be learned."""
STRETCH = 25
"""Sentences that are read as one text."""


@dataclass(frozen=True)
class Text:
    """A text with its names: where each stands and what it is."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def joined(sentences: Iterable[Sequence[tuple[str, str]]]) -> Text:
    """Sentences of words with their labels (BIO) as one text."""
    out = ""
    names: list[tuple[int, int, str]] = []
    for sentence in sentences:
        begin, kind = -1, ""
        for word, label in (*sentence, ("", "O")):
            if begin >= 0 and not label.startswith("I-"):
                names.append((begin, len(out), kind))
                begin = -1
            if not word:
                break
            if out and not out.endswith("\n") and re.match(r"[\w(“‘$#@&]", word) and not out.endswith(("(", "“", "‘")):
                out += " "
            if label != "O" and begin < 0:
                begin, kind = len(out), label[2:]
            out += word
        out += "\n"
    return Text(out, tuple(names))


def columns(path: Path, word: int, label: int) -> Iterator[list[tuple[str, str]]]:
    """The sentences of a file of columns."""
    own: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t") if "\t" in line else line.split()
        if len(cells) <= max(word, label) or line.startswith("# "):
            if own:
                yield own
            own = []
            continue
        tag = cells[label]
        before = own[-1][1] if own else "O"
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = f"B-{tag[2:]}"
        own.append((cells[word], tag))
    if own:
        yield own


def stretches(sentences: Iterable[list[tuple[str, str]]]) -> list[Text]:
    """The same, so many at a time."""
    every = list(sentences)
    return [joined(every[at : at + STRETCH]) for at in range(0, len(every), STRETCH)]


def of_gum(folder: Path) -> Iterator[Text]:
    """GUM's documents with those of their mentions that a proper noun heads."""
    for gold in gum.documents(folder):
        proper = {word.end for word in gold.words if word.pos == "PROPN"}
        yield Text(
            gold.text, tuple((one.head[0], one.head[1], one.kind) for one in gold.mentions if one.head[1] in proper)
        )


def of_ecb(folder: Path) -> Iterator[Text]:
    """ECB+'s documents with the mentions of participants and places."""
    for path in sorted(folder.rglob("*.xml")):
        tree = ElementTree.parse(path).getroot()
        text, places, sentence = "", {}, "0"
        for token in tree.iter("token"):
            if token.get("sentence") != sentence:
                text, sentence = text + "\n", token.get("sentence") or ""
            word = token.text or ""
            if text and not text.endswith("\n") and re.match(r"[\w(“‘$#@&]", word):
                text += " "
            places[token.get("t_id")] = (len(text), len(text) + len(word))
            text += word
        names = []
        for mark in tree.find("Markables") or ():
            anchors = [places[one.get("t_id")] for one in mark.iter("token_anchor")]
            if anchors and mark.tag in _CLASSES:
                names.append((anchors[0][0], anchors[-1][1], mark.tag))
        yield Text(text, tuple(names))


_ACTORS = {
    "state": "state", "place": "place", "people": "people", "person": "person", "movement": "organisation",
    **dict.fromkeys(("organisation", "government", "armed group", "outlet"), "organisation"),
}  # fmt: skip
SILVER = 80
"""Times that one name is learned from texts without labels."""
TEXTS = 457
"""Texts without labels that are read."""


def of_known(path: Path) -> Iterator[Text]:
    """News texts with the names in them that the lexicon of actors knows: what stands around a known state stands
    around any. A person is who has a given name before another with a capital."""
    lexicon = shipped_lexicon()
    often: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines()[:TEXTS]:
        text = re.sub(r"[ \t\r]+", " ", json.loads(line)["text"]).strip() + "\n"
        names = []
        for match in re.finditer(r"(?<![\w’'-])[A-Z][\w’'.-]*[\w](?: (?:of |for |the )?[A-Z][\w’'-]*\w){0,4}", text):
            words = re.sub(r"['’]s$", "", match[0]).split()
            rows = lexicon.named.get(" ".join(words), ())
            label = _ACTORS.get(rows[0].type, "") if len(rows) == 1 else ""
            if not rows and len(words) == 2 and words[0].lower() in given() and words[1] not in lexicon.named:
                label = "person"
            often[" ".join(words)] += 1
            if label and often[" ".join(words)] <= SILVER:
                names.append((match.start(), match.start() + len(" ".join(words)), label))
        yield Text(text, tuple(names))


@dataclass
class Names:
    """Names as they are learned: their features, their heads' states, and their types by number."""

    features: list[list[str]]
    states: list[NDArray[np.float32]]
    types: list[int]


def described(texts: Iterable[Text], *, proper: bool) -> Names:
    """What is known of the names of texts; of those that are `proper` nouns alone, where labels are of others too."""
    found = Names([], [], [])
    for one in texts:
        document = next(iter(read_bytes(one.text.encode(), "text.txt")))
        if not isinstance(document, Document) or document.text != one.text:
            print("passed over, since reading changes it:", one.text[:60], file=sys.stderr)
            continue
        for analysis in sections(document):
            ends = {token.end: token.i for token in analysis.tokens}
            starts = {token.start: token.i for token in analysis.tokens}
            for start, end, label in one.names:
                type_ = _CLASSES.get(label)
                if type_ is None or end not in ends or start not in starts or starts[start] > ends[end]:
                    continue
                inside = range(starts[start], ends[end] + 1)
                tops = [i for i in inside if analysis.tokens[i].head not in inside or analysis.tokens[i].head == i]
                head = tops[0] if tops else inside[-1]
                words = one.text[start:end].split()
                name = read_name(words, analysis.lexicon)
                if (
                    not name.core
                    or (proper and analysis.tokens[head].pos != "PROPN")
                    or not name.core[-1][:1].isupper()
                ):
                    continue
                if name.row is not None and name.row.type == "state" and type_ in ("place", "organisation"):
                    type_ = "state"
                if type_ == "person" and name.core[-1] in analysis.lexicon.adjectives:
                    type_ = "people"
                assert analysis.states is not None
                found.features.append(list(described_name(analysis, inside[0], head, name)))
                found.states.append(read_states(analysis.states[head][None].astype(np.float32))[0])
                found.types.append(TYPES.index(type_))
    return found


def thrice(names: Names) -> Names:
    """Each name as it is, without its words, and without what lists say of it."""
    features = list(names.features)
    features += [[one for one in own if not one.startswith(OWN)] for own in names.features]
    features += [
        [one for one in own if not one.startswith(OWN) and one.split()[0] not in _LISTS] for own in names.features
    ]
    return Names(features, names.states * 3, names.types * 3)


@dataclass
class Matrix:
    """Features of names as numbers, one after another, with the name each is of; and the names' states."""

    numbers: NDArray[np.int64]
    rows: NDArray[np.int64]
    states: NDArray[np.float32]

    @classmethod
    def of(cls, names: Names, numbers: dict[str, int]) -> Matrix:
        """That of some names; features without a number are left out."""
        told = [(numbers[one], row) for row, own in enumerate(names.features) for one in own if one in numbers]
        first, second = zip(*told, strict=True) if told else ((), ())
        return cls(np.array(first, np.int64), np.array(second, np.int64), np.stack(names.states))

    def scores(self, weights: Weights) -> NDArray[np.float32]:
        """Names by types."""
        found = self.states @ weights.states + weights.bias
        for type_ in range(len(TYPES)):
            own = weights.features[self.numbers, type_]
            found[:, type_] += np.bincount(self.rows, own, minlength=len(found)).astype(np.float32)
        return found

    def slopes(self, errors: NDArray[np.float32], count: int) -> Weights:
        """The sums of errors (names by types) of each feature, number of a state, and of all."""
        features = [np.bincount(self.numbers, errors[self.rows, one], minlength=count) for one in range(len(TYPES))]
        return Weights(np.stack(features, axis=1).astype(np.float32), self.states.T @ errors, errors.sum(axis=0))


@dataclass
class Weights:
    """Of features (by types), of states (numbers by types) and of each type by itself."""

    features: NDArray[np.float32]
    states: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def parts(self) -> tuple[NDArray[np.float32], ...]:
        """All of them."""
        return self.features, self.states, self.bias


def fitted(inputs: Matrix, types: Sequence[int], count: int, steps: int) -> Weights:
    """Weights by Adam on all names at once, each held back."""
    size = len(TYPES)
    weights = Weights(
        *(np.zeros(shape, np.float32) for shape in ((count, size), (inputs.states.shape[1], size), (size,)))
    )
    means, squares = ([np.zeros_like(part) for part in weights.parts] for _ in range(2))
    wanted = np.eye(len(TYPES), dtype=np.float32)[np.array(types)]
    for step in range(1, steps + 1):
        scores = inputs.scores(weights)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        slopes = inputs.slopes((share - wanted) / len(types), count)
        for at, (part, slope) in enumerate(zip(weights.parts, slopes.parts, strict=True)):
            slope = slope + DECAY[at] * part
            means[at] = 0.9 * means[at] + 0.1 * slope
            squares[at] = 0.99 * squares[at] + 0.01 * slope**2
            part -= RATE * (means[at] / (1 - 0.9**step)) / (np.sqrt(squares[at] / (1 - 0.99**step)) + 1e-8)
    return weights


DECAY = (1e-4, 1e-3, 0.0)
RATE = 0.03


def right(inputs: Matrix, types: Sequence[int], weights: Weights) -> str:
    """How many are right, and of each type; a state is a place here."""
    guess = inputs.scores(weights).argmax(axis=1)
    wanted = np.array(types)
    # What is a state counts as a place too: which of the two an unknown land is, its name does not tell.
    state, place = TYPES.index("state"), TYPES.index("place")
    guess[guess == state], wanted[wanted == state] = place, place
    own = (
        f"{name} {np.mean(guess[wanted == n] == n):.2f} of {np.sum(wanted == n)}"
        for n, name in enumerate(TYPES)
        if np.any(wanted == n)
    )
    return f"{np.mean(guess == wanted):.3f} ({', '.join(own)})"


def read() -> tuple[dict[str, Names], dict[str, Names]]:
    """The names to learn from, and those that are held out, by corpus."""
    data = SHARED / "names"
    re3d = stretches(columns(data / "re3d-train.conll", 0, 1))
    learned = {
        "gum": described(of_gum(gum.TRAIN), proper=True),
        "re3d": described((one for at, one in enumerate(re3d) if at % 4), proper=False),
        "wikigold": described(stretches(columns(data / "wikigold.conll", 0, 1)), proper=False),
        "ewt": described(stretches(columns(data / "uner-ewt-dev.iob2", 1, 2)), proper=False),
        "ecb": described(of_ecb(SHARED / "ecbplus" / "train"), proper=True),
        "known": described(of_known(SHARED / "positions" / "fnc1-dev-bodies.jsonl"), proper=True),
    }
    held = {
        "re3d held out": described((one for at, one in enumerate(re3d) if not at % 4), proper=False),
        "gum dev": described(of_gum(gum.DEV), proper=True),
        "ecb dev": described(of_ecb(SHARED / "ecbplus" / "dev"), proper=True),
    }
    return learned, held


def main() -> int:
    """Train, say how well, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--kept", type=Path, help="where what is read of the corpora is kept from run to run")
    options = parser.parse_args()
    if options.kept is not None and options.kept.exists():
        sources, held = pickle.loads(options.kept.read_bytes())
    else:
        sources, held = read()
        if options.kept is not None:
            options.kept.write_bytes(pickle.dumps((sources, held)))
    train = Names([], [], [])
    for name, own in sources.items():
        print(name, dict(Counter(TYPES[one] for one in own.types)))
        train.features += own.features
        train.states += own.states
        train.types += own.types
    train = thrice(train)
    counts = Counter(one for own in train.features for one in own)
    known = sorted(one for one, times in counts.items() if times >= OFTEN)
    numbers = {name: number for number, name in enumerate(known)}
    inputs = Matrix.of(train, numbers)
    weights = fitted(inputs, train.types, len(numbers), options.steps)
    print("learned", len(numbers), right(inputs, train.types, weights))
    for name, own in held.items():
        for what, some in zip(("as they are", "without words", "without lists"), _parts(thrice(own), 3), strict=True):
            print(name, what, right(Matrix.of(some, numbers), some.types, weights))
    arrays = {name: getattr(weights, name).astype(np.float16) for name in ("features", "states", "bias")}
    np.savez_compressed(MODELS / "types.npz", allow_pickle=False, **arrays)
    digest = hashlib.sha256((MODELS / "types.npz").read_bytes()).hexdigest()
    told = {"sha256": {"types.npz": digest}, "types": TYPES, "features": known}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (MODELS / "types.json").write_text(text + "\n", encoding="utf-8")
    return 0


def _parts(names: Names, count: int) -> Iterator[Names]:
    size = len(names.types) // count
    for at in range(0, size * count, size):
        yield Names(names.features[at : at + size], names.states[at : at + size], names.types[at : at + size])


if __name__ == "__main__":
    sys.exit(main())
