"""Factuality: how certain a voucher is that an act took place, and how it is put: plain, intended, conditional, ...

Values are FactBank's (Saurí and Pustejovsky 2009). They are worked out from the top of a sentence down: what embeds an
act makes something of it, by a lexicon of signatures (Karttunen 2012; Nairn, Condoravdi and Karttunen 2006), and its
own negation, modals and adverbs change that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from purport.analysis import Analysis
from purport.extract.cueing import row_of
from purport.extract.modality import Modality
from purport.extract.outlook import PLAIN, UNKNOWN, Outlook, either, weaker
from purport.lexicons.embedding import EmbeddingRow, embeddings
from purport.record import Frame


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a token stands in: an attribution, by its number, its speech act, and whether it is quoted."""

    number: int
    act: str
    direct: bool


class Voices(Protocol):
    """In whose words each token stands."""

    def of(self, index: int) -> Voice | None:
        """The innermost attribution in whose content the token stands; None for the text's own words."""


UNLIKELY = -0.1
"""Reality below which an act is not taken to have happened, though no rule says that it has not."""

_FALSELY = frozenset("falsely wrongly wrongfully mistakenly incorrectly erroneously untruthfully".split())
_CONDITIONS = frozenset("if unless whether provided providing lest assuming supposing".split())
_AGAINST = frozenset("without instead rather".split())

# What a cue of each act makes of its content for its source.
_ACTS: dict[str, tuple[int, Frame]] = {
    "believe": (2, Frame.PLAIN),
    "predict": (2, Frame.PREDICTED),
    "warn": (2, Frame.PREDICTED),
    "promise": (0, Frame.INTENDED),
    "plan": (0, Frame.INTENDED),
    "threaten": (0, Frame.INTENDED),
    "hope": (0, Frame.INTENDED),
    "demand": (0, Frame.ORDERED),
    "request": (0, Frame.ORDERED),
    "fear": (0, Frame.PREDICTED),
    "ask": (0, Frame.QUESTION),
    "doubt": (-2, Frame.PLAIN),
    "deny": (-3, Frame.PLAIN),
    "reject": (-3, Frame.PLAIN),
    "withhold": (0, Frame.PLAIN),
}
_RAISED = frozenset("believe expect imagine reckon suppose think".split())
"""Verbs whose negation is meant of what they embed: "does not think that it rains" (Horn 1978)."""
_REFUSED = frozenset({"deny", "reject", "doubt"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj"})
_UNREAL = frozenset({"promise", "plan", "threaten", "hope", "demand", "request"})


@cache
def _signatures() -> dict[tuple[str, str], tuple[EmbeddingRow, ...]]:
    found: dict[tuple[str, str], list[EmbeddingRow]] = {}
    for row in embeddings():
        found.setdefault((row.lemma, row.pos), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


class Factuality(Modality):
    """What a document's words make of its acts."""

    def __init__(self, analysis: Analysis, voices: Voices | None = None) -> None:
        """`voices` says in whose words each token stands; without it the sentence alone tells."""
        super().__init__(analysis)
        self.voices = voices
        self._known: dict[int, Outlook] = {}
        self._going: set[int] = set()
        self._pieces = analysis.tagged.start if analysis.tagged is not None else None

    def outlook(self, index: int) -> Outlook:
        """What is made of the act whose word is the token."""
        if index in self._known:
            return self._known[index]
        if index in self._going:
            return PLAIN
        self._going.add(index)
        found = self.own(index, self._context(index))
        if found.certainty == 3 and found.frame is Frame.PLAIN and self._unlikely(index):
            # No word says that it is not so; what was learned of such sentences does.
            found = found._replace(certainty=UNKNOWN, doubtful=True)
        self._going.discard(index)
        self._known[index] = found
        return found

    def reality(self, index: int) -> float | None:
        """How surely the act took place by what the tagger learned, -1 to 1; None without one."""
        tagged = self.analysis.tagged
        if tagged is None or self._pieces is None:
            return None
        at = int(np.searchsorted(self._pieces, self.tokens[index].start))
        if at >= len(self._pieces) or self._pieces[at] >= self.tokens[index].end:
            return None
        return float(tagged.reality[at])

    def _unlikely(self, index: int) -> bool:
        voice = self.voices.of(index) if self.voices is not None else None
        if voice is not None and voice.act == "accuse":
            return False  # whoever accuses holds it to be so, however others take it
        learned = self.reality(index)
        return learned is not None and learned < UNLIKELY

    def reported(self, index: int) -> bool:
        """Whether the words stand in what a cue of the lexicon brings in ("X said that ...")."""
        seen: set[int] = set()
        while index not in seen:
            seen.add(index)
            token = self.tokens[index]
            if token.dep == "ccomp" and self.form(index) == "that" and token.head != index:
                cue = row_of(self.analysis, token.head, "verb", "phrase")
                if cue is not None and "that" in cue.frames and cue.act != "learn":
                    return True
            index = token.head
        return False

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _pos(self, index: int) -> str:
        return {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "PROPN": "noun"}.get(
            self.tokens[index].pos, ""
        )

    def signature(self, index: int, how: str) -> EmbeddingRow | None:
        """The lexicon's row for the word where what it embeds is put so ("to", "that", "ing", "of", ...)."""
        token = self.tokens[index]
        further = ("verb" if token.tag.startswith("VB") else "", "adj" if token.tag == "VBN" else "")
        for pos in dict.fromkeys((self._pos(index), *further)):
            for row in _signatures().get((token.lemma, pos), ()):
                if how in row.takes or (how == "bare" and ("to" in row.takes or "that" in row.takes)):
                    return row
        return None

    # -- context ---------------------------------------------------------------------------------------------------

    def _context(self, index: int) -> Outlook:
        token = self.tokens[index]
        dep, head = token.dep, token.head
        voice = self._voice(index)
        if voice is not None and (head == index or self._voice(head) != voice):
            return self._voiced(index, head, voice)
        if head == index:
            return self._sentence(index)
        if dep == "conj":
            return self._context(head) if self.tokens[head].pos in ("VERB", "AUX", "NOUN", "ADJ") else PLAIN
        if dep in ("xcomp", "ccomp"):
            return self._embedded(index, head, self.form(index))
        if dep == "advcl":
            return self._adverbial(index, head)
        if dep == "acl":
            how = self.form(index)
            if self.tokens[index].tag == "VBN" and how == "bare":
                return PLAIN
            if how == "to" and any(self.lower(i) in ("first", "last", "only") for i in self.kids(head, "amod")):
                return PLAIN
            return self._embedded(index, head, how) if how != "ing" else PLAIN
        if dep == "relcl" and self.infinitive(index) and not self.kids(index, "nsubj", "nsubjpass"):
            return self._embedded(index, head, "to")
        if dep in ("relcl", "appos"):
            return PLAIN
        if dep in ("pcomp", "pobj"):
            return self._after_preposition(index, head)
        if dep in ("csubj", "csubjpass"):
            return PLAIN._replace(certainty=UNKNOWN) if self.infinitive(index) else PLAIN
        if dep in ("dobj", "nsubjpass", "attr"):
            return self._object(head)
        return PLAIN

    def _voice(self, index: int) -> Voice | None:
        return self.voices.of(index) if self.voices is not None else None

    def _voiced(self, index: int, head: int, voice: Voice) -> Outlook:
        """What a source makes of the first of its words: by the cue's act, unless the words are its own."""
        asked = self._sentence(index) if head == index else PLAIN
        if voice.direct or head == index:
            # In its own words a source says what it says; "denied" is then told by the words themselves.
            if voice.act in _REFUSED and not voice.direct:
                return Outlook(_ACTS[voice.act][0], Frame.PLAIN)
            return asked
        if voice.act in _REFUSED or voice.act in ("withhold", "ask"):
            inner = self._embedded(index, head, self.form(index)) if self.tokens[index].dep in _CLAUSAL else PLAIN
            if self.tokens[index].dep in _CLAUSAL and inner.certainty <= 0:
                return inner._replace(false=False)
            return Outlook(*_ACTS[voice.act])
        if self.tokens[index].dep in (*_CLAUSAL, "pcomp", "acl", "dobj", "pobj", "advcl"):
            token = self.tokens[index]
            if token.dep in ("xcomp", "ccomp"):
                return self._embedded(index, head, self.form(index))
            if token.dep in ("pcomp", "pobj"):
                return self._after_preposition(index, head)
            if token.dep == "acl":
                return self._embedded(index, head, self.form(index))
            if token.dep == "dobj":
                return self._object(head)
        made, frame = _ACTS.get(voice.act, (3, Frame.PLAIN))
        return Outlook(made, frame) if voice.act in _UNREAL else PLAIN

    def _sentence(self, index: int) -> Outlook:
        sentence = self.analysis.sentences[self.tokens[index].sentence]
        last = sentence.last - 1
        while last > sentence.first and self.analysis.word(last) in ('"', "”", "’", "'", "''", ")", "»"):
            last -= 1
        if self.analysis.word(last) == "?":
            return Outlook(UNKNOWN, Frame.QUESTION)
        token = self.tokens[index]
        if token.tag == "VB" and not self.kids(index, "nsubj", "nsubjpass", "aux", "csubj", "expl"):
            return Outlook(UNKNOWN, Frame.ORDERED)
        if token.tag == "VBG" and not self.kids(index, "nsubj", "nsubjpass", "aux", "csubj", "expl"):
            return Outlook(UNKNOWN)  # "Eradicating the weed": a heading names an act and does not say that it was done
        return PLAIN

    def _applied(self, parent: Outlook, affirmed: int, negated: int, frame: Frame, *, presupposed: bool) -> Outlook:
        if presupposed:
            return Outlook(affirmed)
        made = affirmed if parent.certainty > 0 else negated if parent.certainty < 0 else 0
        return Outlook(weaker(parent.certainty, made) if made else UNKNOWN, either(parent.frame, frame))

    def _embedded(self, index: int, head: int, how: str) -> Outlook:
        parent = self.outlook(head)
        marks = self.marks(index)
        if any(mark in ("whether", "if") for mark in marks):
            return Outlook(UNKNOWN, Frame.QUESTION)
        row = self.signature(head, how)
        if row is None and self.tokens[head].lemma == "be":
            # "it is doubtful that ..." hangs on the copula, and what makes something of it is the adjective.
            for state in self.kids(head, "acomp", "attr"):
                row = row or self.signature(state, how)
        if row is not None and row.lemma == "able" and parent.certainty > 0 and self._past(head):
            return parent  # "was able to open": and did
        if row is not None:
            return self._applied(parent, row.affirmed, row.negated, Frame(row.frame), presupposed=row.presupposed)
        cue = row_of(self.analysis, head, "verb", "noun", "adj", "phrase")
        if cue is not None:
            made, frame = _ACTS.get(cue.act, (3 if cue.polarity > 0 else -3 if cue.polarity < 0 else 0, Frame.PLAIN))
            if how == "that" and cue.act in ("promise", "threaten"):
                made, frame = 2, Frame.PREDICTED
            if how in ("to", "bare") and cue.polarity >= 0 and made > 0 and not self.kids(head, "auxpass"):
                made, frame = 0, Frame.ORDERED  # but "is said to have left" reports
            if parent.certainty <= 0 or self._wh(index):
                negated = -made if cue.lemma in _RAISED else 0
                if self._wh(index):
                    return Outlook(UNKNOWN if not cue.polarity else 3, Frame.PLAIN)
                return Outlook(negated if parent.certainty < 0 else UNKNOWN, frame)
            false = any(self.lower(i) in _FALSELY for i in self.kids(head, "advmod"))
            level = (made) if cue.act not in _UNREAL else UNKNOWN
            if abs(parent.certainty) < 3 and made:
                level = weaker(parent.certainty, made)
            return Outlook(level, frame, false=false)
        if self.tokens[head].lemma == "be" or self.tokens[head].pos == "ADJ" or self.tokens[head].pos == "AUX":
            if how == "to":
                ahead = self.tokens[head]
                if ahead.lemma == "be" and not self.kids(head, "acomp", "attr"):
                    subject = next(iter(self.kids(head, "nsubj")), None)
                    noun = self.signature(subject, "to") if subject is not None else None
                    if noun is not None:
                        return self._applied(
                            parent, noun.affirmed, noun.negated, Frame(noun.frame), presupposed=noun.presupposed
                        )
                    return Outlook(weaker(parent.certainty, 2) if parent.certainty else UNKNOWN, Frame.PREDICTED)
                return Outlook(UNKNOWN, parent.frame)
            return parent if parent.certainty > 0 else Outlook(UNKNOWN, parent.frame)
        if how == "to":
            return Outlook(UNKNOWN, parent.frame if parent.frame is not Frame.PLAIN else Frame.INTENDED)
        if how == "bare" and self.tokens[index].tag == "VB":
            return Outlook(weaker(3, parent.certainty) if parent.certainty else UNKNOWN, parent.frame)
        return parent if parent.certainty >= 0 else Outlook(UNKNOWN, parent.frame)

    def _past(self, index: int) -> bool:
        """Whether the copula of an adjective is in the past."""
        above = self.tokens[self.tokens[index].head]
        return above.lemma == "be" and above.tag == "VBD"

    def _wh(self, index: int) -> bool:
        first = min([index, *(self.analysis.edges[i][0] for i in self.children[index] if i < index)])
        return self.tokens[first].tag in ("WP", "WRB", "WDT")

    def _adverbial(self, index: int, head: int) -> Outlook:
        marks = self.marks(index)
        parent = self.outlook(head) if head not in self._going else PLAIN
        if any(mark in _CONDITIONS for mark in marks):
            if any(mark in ("as", "even") for mark in marks) and "as" in marks:
                return Outlook(-3)
            return self._condition(index, head)
        if "as" in marks and "though" in marks:
            return Outlook(-3)
        if self._inverted(index):
            return self._condition(index, head)
        if self.infinitive(index):
            if self.signature(head, "to") is not None and not self.kids(head, "xcomp"):
                return self._embedded(index, head, "to")
            return Outlook(UNKNOWN, Frame.INTENDED)
        if "so" in marks and "that" in marks:
            return Outlook(UNKNOWN, Frame.INTENDED)
        if any(mark in ("when", "whenever", "once", "until", "till", "while", "where") for mark in marks) and (
            parent.frame in (Frame.PREDICTED, Frame.INTENDED, Frame.CONDITIONAL, Frame.ORDERED)
        ):
            return Outlook(UNKNOWN, parent.frame)
        if not marks and self.form(index) in ("ing", "bare") and abs(parent.certainty) < 3:
            return parent._replace(certainty=abs(parent.certainty))
        return PLAIN

    def _condition(self, index: int, head: int) -> Outlook:
        if self._unreal(index) and not self._below_real(head):
            return Outlook(3, Frame.COUNTERFACTUAL)  # turned about below
        return Outlook(UNKNOWN, Frame.CONDITIONAL)

    def _after_preposition(self, index: int, prep: int) -> Outlook:
        word = self.lower(prep)
        above = self.tokens[prep].head
        beside = {self.lower(above), *(self.lower(i) for i in self.kids(prep, "advmod"))}
        if word in _AGAINST or (word in ("of", "than") and beside & _AGAINST):
            return Outlook(-3)
        for how in (word, "ing" if self.tokens[index].tag == "VBG" else word):
            row = self.signature(above, how)
            if row is not None:
                parent = self.outlook(above)
                return self._applied(parent, row.affirmed, row.negated, Frame(row.frame), presupposed=row.presupposed)
        cue = row_of(self.analysis, above, "verb", "noun")
        if cue is not None and word in ("of", "to", "on", "for", "about", "from") and self.tokens[index].tag == "VBG":
            made, frame = _ACTS.get(cue.act, (3 if cue.polarity > 0 else -3 if cue.polarity < 0 else 0, Frame.PLAIN))
            return Outlook(made, frame)
        if word in ("by", "in", "after", "before", "upon", "on", "through", "while", "despite", "with", "of", "at"):
            parent = self.outlook(above) if self.tokens[above].pos in ("VERB", "AUX") else PLAIN
            if word == "by" and parent.certainty < 3:
                return parent._replace(certainty=abs(parent.certainty))
            return PLAIN
        if word in ("for", "against", "toward", "towards") and self.tokens[index].tag == "VBG":
            return PLAIN if word == "for" else Outlook(UNKNOWN)
        return PLAIN

    def _object(self, head: int) -> Outlook:
        """An act that is named by a noun and wanted, tried, prevented, denied."""
        if self.tokens[head].pos not in ("VERB", "AUX"):
            return PLAIN
        parent = self.outlook(head)
        row = self.signature(head, "to") or self.signature(head, "ing")
        if row is not None and row.pos == "verb":
            return self._applied(parent, row.affirmed, row.negated, Frame(row.frame), presupposed=row.presupposed)
        cue = row_of(self.analysis, head, "verb")
        if cue is not None and (cue.polarity <= 0 or cue.act in _ACTS):
            made, frame = _ACTS.get(cue.act, (0, Frame.PLAIN))
            return Outlook(made, frame)
        return parent
