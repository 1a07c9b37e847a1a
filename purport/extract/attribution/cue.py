"""An attribution with its cue as the lexicon reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from purport.extract.attribution.acts import Reading, reading
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.record import Attribution, Kind
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.parse import child, root

FIRST = frozenset({"i", "we", "my", "our"})
"""Words of whoever speaks of himself."""


@dataclass(frozen=True, slots=True)
class Cue:
    """An attribution with its cue as the lexicon reads it: `word` is the token that its clause hangs on."""

    analysis: Analysis
    one: Attribution
    reading: Reading | None
    word: int | None

    @classmethod
    def of(cls, analysis: Analysis, one: Attribution) -> Cue:
        """The cue of an attribution of the analysis."""
        found = reading(analysis, one.cue) if one.cue else None
        tokens = analysis.tokens_in(one.cue[0]) if one.cue else range(0)
        return cls(analysis, one, found, found.word if found is not None else root(analysis, tokens))

    @property
    def act(self) -> Act | Literal[""]:
        """What the row's act is, before it is asked whether it was done."""
        return self.reading.row.act if self.reading is not None else ""

    @property
    def lemma(self) -> str:
        """The words of the lexicon's row; "" where there is none."""
        return self.reading.row.lemma if self.reading is not None else ""

    @property
    def verbal(self) -> bool:
        """Whether its word is a verb."""
        return self.word is not None and self.analysis.tokens[self.word].pos in ("VERB", "AUX")

    @property
    def quoted(self) -> bool:
        """Whether some of the content stands in quotation marks: those are words."""
        return self.one.kind is not Kind.INDIRECT

    def source_is(self, words: frozenset[str]) -> bool:
        """Whether the source is one of the words alone."""
        tokens = [i for span in self.one.source for i in self.analysis.tokens_in(span)]
        return bool(tokens) and self.analysis.word(tokens[0]).lower() in words and len(tokens) == 1

    @property
    def speaker(self) -> int | None:
        """The word that the source hangs on; where the parser takes a noun to be its cue ("the [tunnel] promises"), so
        that all words of the source hang on that, the last noun of them."""
        inside = self.analysis.tokens_in(self.one.source[0]) if self.one.source else range(0)
        top = root(self.analysis, inside) if inside else None
        if top is None:
            return None
        if self.analysis.tokens[top].lemma in words_of("amounts of people"):
            of = child(self.analysis, top, (rel.PREP,))
            counted = child(self.analysis, of, (rel.POBJ,)) if of is not None else None
            return top if counted is None else counted  # "a number of [members] echo"
        if self.analysis.tokens[top].pos not in ("DET", "ADJ"):
            return top
        over = self.analysis.tokens[top].head
        beside = (i for i in reversed(inside) if self.analysis.tokens[i].head == over)
        return next((i for i in beside if self.analysis.tokens[i].pos in ("NOUN", "PROPN")), top)

    def words(self) -> list[int]:
        """All tokens of the cue."""
        return [i for span in self.one.cue for i in self.analysis.tokens_in(span)]

    def auxiliaries(self) -> set[str]:
        """What helps the cue's verb, in lower case."""
        own = self.analysis.children[self.word] if self.word is not None else ()
        return {self.analysis.word(i).lower() for i in own if self.analysis.tokens[i].dep in rel.HELPING}
