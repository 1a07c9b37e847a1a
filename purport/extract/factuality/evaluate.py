"""Factuality: how certain a voucher is that an act took place, and how it is put: plain, intended, conditional, ...

Values are FactBank's (Saurí and Pustejovsky 2009). They are worked out from the top of a sentence down: what embeds an
act makes something of it, by a lexicon of signatures (Karttunen 2012; Nairn, Condoravdi and Karttunen 2006), and its
own negation, modals and adverbs change that.
"""

from __future__ import annotations

import numpy as np

from purport.extract.factuality.act_values import ACTS, HELD, REFUSED, UNREAL
from purport.extract.factuality.content_nouns import Verdicts
from purport.extract.factuality.operators import Operators, applied, composed
from purport.extract.factuality.sentences import CLOSING, answer_after, last_word, tells, verdict_after
from purport.extract.factuality.value import NEGATE, PLAIN, UNKNOWN, Outlook, compose, leaning, put, unplanned, weaken
from purport.extract.factuality.vouchers import Voice, Voices
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.record import Frame
from purport.syntax import relations as rel
from purport.syntax.cues import row_of

UNLIKELY = -0.1
"""Reality below which an act is not taken to have happened, though no rule says that it has not."""

FALSELY = words_of("falsely")
_CONDITIONS = words_of("conditions")
_AGAINST = frozenset("without instead rather far".split())

_HAPPENING = frozenset("happen occur take".split())
"""Verbs that say of an act named by a noun whether it was: "the attack did not take place"."""
_TOLD = words_of("nouns of telling")
"""Nouns with which something is claimed, beside those of the lexicon of cues."""
_SIGNS = words_of("signs")
"""Nouns that are negated where the verb is that they are the object of: "has seen no evidence that"."""
_LYING = frozenset({"lie", "pretend"})
"""Verbs whose subject says that it is so, and of which the text says that it is not."""
_RAISED = words_of("verbs of raised negation")
"""Verbs whose negation is meant of what they embed: "does not think that it rains" (Horn 1978)."""
_CLAUSAL = frozenset({rel.CCOMP, rel.XCOMP, rel.CSUBJ})


class Factuality(Verdicts):
    """What a document's words make of its acts."""

    def __init__(self, analysis: Analysis, voices: Voices | None = None, without: str = "") -> None:
        """`voices` says in whose words each token stands; without it the sentence alone tells. `without` is the id of
        an operator to leave out."""
        super().__init__(analysis)
        self.voices = voices
        self._going: set[int] = set()
        self._pieces = analysis.tagged.start if analysis.tagged is not None else None
        self._operators = Operators(analysis, without) if without else Operators.of(analysis)

    def why(self, index: int) -> tuple[str, ...]:
        """What decided the outlook of the act whose word is the token: rows of lexicons, modal verbs, negation, ..."""
        self.outlook(index)
        return self.reasons(index)

    def outlook(self, index: int) -> Outlook:
        """What is made of the act whose word is the token."""
        return PLAIN if index in self._going else self.noted(index, self._worked_out)

    def _worked_out(self, index: int) -> Outlook:
        self._going.add(index)
        found = self.own(index, self._context(index))
        for row, _ in self._operators.within(index):
            self.because(f"operators.tsv: {row.id}")
            found = compose(applied(row.affirmed, found), put(Frame(row.frame)))
        sure = found.certainty == 3 and found.frame is Frame.PLAIN
        if sure and not self._settled(index) and self._unlikely(index):
            # No word says whether it is so; what was learned of such sentences says that it is not.
            self.because("learned from sentences")
            found = found._replace(certainty=UNKNOWN, doubtful=True)
        self._going.discard(index)
        return found

    def _settled(self, index: int) -> bool:
        """Whether a row of a lexicon that embeds acts says what is made of this one ("did not hesitate to sign")."""
        if self._operators.touches(index):
            return True
        embedded = self.tokens[index].dep in _CLAUSAL
        if self.tokens[index].dep == rel.PCOMP:  # "talked them into leaving", "by leaving"
            above = self.tokens[index].head
            return self.lower(above) == "by" or self.signature(self.tokens[above].head, self.lower(above)) is not None
        return embedded and self.signature(self.tokens[index].head, self.form(index)) is not None

    def denied_here(self, index: int) -> bool:
        """Whether words of its own clause say that the act did not take place ("few denied", "at no point")."""
        negating = any(row.affirmed.startswith("negate") for row, _ in self._operators.within(index))
        return self.negated(index) or negating

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
        if voice is not None and (voice.act == "accuse" or (voice.act in HELD and self.topmost(index))):
            return False  # whoever claims it, or accuses somebody of it, holds it to be so, however others take it
        learned = self.reality(index)
        return learned is not None and learned < UNLIKELY

    def reported(self, index: int) -> int | None:
        """The cue of the lexicon that brings in the words ("X said that ..."); None for what none does."""
        above = self._operators.above(index)
        if above is not None and above.row.affirmed == above.row.negated == "fix +":
            return None  # "there is no denying that": taken for granted, whatever the word would say elsewhere
        seen: set[int] = set()
        while index not in seen:
            seen.add(index)
            token = self.tokens[index]
            if self.voices is not None and self.voices.imputes(token.head):
                return None
            if token.dep == rel.ACL and self.form(index) == "that" and self._says(token.head):
                return token.head if self.judged(token.head) is None else None
            if token.dep == rel.CCOMP and self.form(index) == "that" and token.head != index:
                cue = row_of(self.analysis, token.head, "verb", "phrase")
                if cue is not None and "that" in cue.frames and cue.act != "learn":
                    return token.head
            index = token.head
        return None

    # -- context ---------------------------------------------------------------------------------------------------

    def _context(self, index: int) -> Outlook:
        token = self.tokens[index]
        if {"as", "if"} <= set(self.marks(index)):
            return Outlook(-3)  # "struts as if he had won it"
        dep, head = token.dep, token.head
        if dep != rel.ADVCL and self._supposed(index):
            return Outlook(3, Frame.COUNTERFACTUAL)
        voice = self._voice(index)
        if (match := self._operators.above(index)) is not None and match.token not in self._going:
            theirs = self._voice(match.token)
            if theirs == voice:
                self.because(f"operators.tsv: {match.row.id}")
                return composed(match.row, self._of_word(match.token))
            if voice is not None and not voice.direct:
                self.because(f"operators.tsv: {match.row.id}")
                return composed(match.row, PLAIN)  # whoever says so holds what the operator makes of it
        if self.orders(index):
            return self._sentence(index)
        if voice is not None and (head == index or self._voice(head) != voice):
            found = self._voiced(index, head, voice)
            return found._replace(certainty=min(found.certainty, UNKNOWN)) if voice.unsaid else found
        if head == index:
            return self._sentence(index)
        if dep == rel.CONJ:
            if self._asked_about(index) and self._asks(index):
                return self._sentence(index)  # "Who drew it up, and did Denk sign it?"
            if (infinitive := self._infinitive_before(index)) is not None:
                return self._context(infinitive)
            return self._context(head) if self.tokens[head].pos in ("VERB", "AUX", "NOUN", "ADJ") else PLAIN
        if dep == rel.CCOMP and index < head and not self.marks(index) and row_of(self.analysis, head, "verb") is None:
            return self._sentence(index)  # "Denk pointed out that ..., so they do not ...": side by side
        if dep in (rel.XCOMP, rel.CCOMP):
            return self._embedded(index, head, self.form(index))
        if dep == rel.ADVCL:
            return self._adverbial(index, head)
        if dep == rel.ACL:
            how = self.form(index)
            if how == "that" and (judged := self.judged(head)) is not None:
                return judged
            if how == "that" and self._says(head):
                return Outlook(UNKNOWN)  # "the claim that ... is popular": whoever says so takes no view of it
            if (self.tokens[index].tag, how) in (("VBN", "bare"), ("VBG", "ing")):
                copula = self.tokens[head].head
                said = [i for i in self.kids(copula, rel.ACOMP, rel.PREP, rel.ATTR) if i > head]
                whole = self.tokens[copula].lemma == "be" and not said
                # "Was the general involved?", where the parser takes the participle for a word about the general
                return self.outlook(copula) if whole and self.tokens[head].dep in (rel.NSUBJ, rel.ATTR) else PLAIN
            if how == "to" and any(self.lower(i) in ("first", "last", "only") for i in self.kids(head, rel.AMOD)):
                return PLAIN
            return self._embedded(index, head, how) if how != "ing" else PLAIN
        if dep == rel.RELCL and self.infinitive(index) and not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS):
            return self._embedded(index, head, "to")
        if dep == rel.RELCL and (named := self.cleft(index, head)) is not None:
            return self.outlook(named)  # "It was not the army that fired", "was it the army that fired?"
        if dep in (rel.RELCL, rel.APPOS):
            return PLAIN
        if dep == rel.NSUBJ and self.tokens[head].lemma in _HAPPENING and self._pos(index) == "noun":
            return self.outlook(head)  # "the attack did not happen"
        if dep in (rel.PCOMP, rel.POBJ):
            return self._after_preposition(index, head)
        if dep in (rel.CSUBJ, rel.CSUBJ_PASS):
            if "that" in self.marks(index):
                return self._embedded(index, head, "that")  # "That ... is untrue", as "It is untrue that ..."
            return PLAIN._replace(certainty=UNKNOWN) if self.infinitive(index) else PLAIN
        if dep in (rel.OBJ, rel.NSUBJ_PASS, rel.ATTR):
            return self._object(head)
        return PLAIN

    def _infinitive_before(self, index: int) -> int | None:
        """The infinitive that a bare verb goes on from, where the parser joins it with the verb above that: "promised
        to cut the tax, rebuild the pier"; None where it is joined rightly."""
        above = self.tokens[self.tokens[index].head]
        bare = self.tokens[index].tag == "VB" and not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS, *rel.HELPING)
        if not bare or above.tag not in ("VBD", "VBZ", "VBP"):
            return next((self._infinitive_before(i) for i in (above.i,) if bare and above.dep == rel.CONJ), None)
        return next((i for i in self.kids(above.i, rel.XCOMP) if i < index and self.infinitive(i)), None)

    def judged(self, noun: int) -> Outlook | None:
        """What whoever speaks of the noun makes of what it says ("rejected the claim", "the claim is a lie"); None
        where that is not told."""
        found = self.verdict(noun)
        if found is not None:
            return found
        voice, above = self._voice(noun), self.tokens[noun].head
        turned_down = voice is not None and voice.act in REFUSED and not voice.direct
        if turned_down and self._voice(above) != voice and self._says(noun):
            return Outlook(ACTS[voice.act][0]) if voice is not None else None
        return None

    def topmost(self, index: int) -> bool:
        """Whether the act is, in a source's words, what these say first, and not what they say of something in it."""
        while self.tokens[index].dep == rel.CONJ and self._voice(self.tokens[index].head) == self._voice(index):
            index = self.tokens[index].head
        head = self.tokens[index].head
        return head == index or self._voice(head) != self._voice(index)

    def judged_by(self, index: int) -> tuple[Voice | None, Outlook] | None:
        """Of what a noun says in one voice ("the claim that ..."), in whose words the noun itself stands, and what is
        made of it there; None for what no noun says, where both are the same, and where nothing is made of it."""
        while self.tokens[index].dep == rel.CONJ and self.tokens[self.tokens[index].head].pos in ("VERB", "AUX"):
            index = self.tokens[index].head
        token = self.tokens[index]
        if token.dep != rel.ACL or self.form(index) != "that" or self._voice(token.head) == self._voice(index):
            return None
        found = self.judged(token.head)
        return None if found is None else (self._voice(token.head), found)

    def _says(self, noun: int) -> bool:
        """Whether the noun is one with which something is claimed, and not promised, asked for or found out."""
        row = row_of(self.analysis, noun, "noun")
        return self.tokens[noun].lemma in _TOLD or (row is not None and row.act in ("assert", "accuse", "believe"))

    def _voice(self, index: int) -> Voice | None:
        return self.voices.of(index) if self.voices is not None else None

    def _voiced(self, index: int, head: int, voice: Voice) -> Outlook:
        """What a source makes of the first of its words: by the cue's act, unless the words are its own."""
        if voice.act in ACTS and not voice.direct:
            self.because(f"act: {voice.act}")
        asked = self._sentence(index) if head == index or (voice.direct and self._asks(index)) else PLAIN
        if asked.frame is Frame.QUESTION and not voice.direct and self.told_as(index):
            return PLAIN  # "Did they drain the lake, as villagers claim?"
        if voice.direct or head == index:
            # In its own words a source says what it says; "denied" is then told by the words themselves.
            if voice.act in REFUSED and not voice.direct:
                return Outlook(ACTS[voice.act][0], Frame.PLAIN)
            return asked
        noun = self.tokens[index].dep == rel.ACL and row_of(self.analysis, head, "noun") is not None
        if noun and voice.act not in REFUSED and self._voice(head) != voice:
            # Whoever claims holds it to be so, whatever is made of the claim.
            return self._embedded(index, head, self.form(index), PLAIN)
        if voice.act in REFUSED or voice.act in ("withhold", "ask"):
            inner = self._embedded(index, head, self.form(index)) if self.tokens[index].dep in _CLAUSAL else PLAIN
            if self.tokens[index].dep in _CLAUSAL and inner.certainty <= 0:
                return inner._replace(false=False)
            return Outlook(*ACTS[voice.act])
        if self.tokens[index].dep in (*_CLAUSAL, rel.PCOMP, rel.ACL, rel.OBJ, rel.POBJ, rel.ADVCL):
            token = self.tokens[index]
            if token.dep in (rel.XCOMP, rel.CCOMP):
                return self._embedded(index, head, self.form(index))
            if token.dep in (rel.PCOMP, rel.POBJ):
                return self._after_preposition(index, head)
            if token.dep == rel.ACL:
                return self._embedded(index, head, self.form(index))
            if token.dep == rel.OBJ:
                return self._object(head)
        made, frame = ACTS.get(voice.act, (3, Frame.PLAIN))
        return Outlook(made, frame) if voice.act in UNREAL else PLAIN

    def _supposed(self, index: int) -> bool:
        """ "Had they attacked, we ...", "If only they had signed!": supposed against the fact, where the parser hangs
        it on nothing."""
        first = self.analysis.sentences[self.tokens[index].sentence].first
        if self._asks(index) or not self._unreal(index):
            return False
        if "if" in self.marks(index):
            mark = next(iter(self.kids(index, rel.MARK)))
            return self.lower(min(mark + 1, len(self.tokens) - 1)) == "only"
        opens = self.lower(self.analysis.edges[index][0]) == "had" or self.lower(first) == "had"
        return opens and self._inverted(index)

    def _asks(self, index: int) -> bool:
        """Whether the sentence ends as a question, within the same words of a source as the act."""
        last = last_word(self, index)
        own = self._voice(index)
        if own is not None and own.direct and self._voice(last) != own:
            # `"Did it fall?" asked Denk`: a sentence within quotation marks ends with them.
            last = next(i for i in range(last, index - 1, -1) if self._voice(i) == own or i == index)
            while last > index and self.analysis.word(last) in CLOSING:
                last -= 1
        if self.analysis.word(last) != "?" or answer_after(self, index) == "yes":
            return False
        theirs = self._voice(last)
        # "Did Denk deny that it fell?" asks with its own mark, "Denk asked: 'Did it fall?'" does not.
        return theirs is None or not theirs.direct or theirs == self._voice(index)

    def _sentence(self, index: int) -> Outlook:
        if self._asks(index):
            self.because("question")
            if any(self.tokens[i].lemma == "why" for i in self.kids(index, rel.ADVMOD)):
                return PLAIN  # who asks why it was done takes for granted that it was
            no = self._voice(index) is None and answer_after(self, index) == "no"
            return Outlook(-3) if no else Outlook(UNKNOWN, Frame.QUESTION)
        judged = verdict_after(self, index) if self._voice(index) is None else None
        if judged is not None and not tells(self, index):
            self.because("verdict of the next sentence")
            return judged
        token = self.tokens[index]
        alone = not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS, rel.AUX, rel.CSUBJ, rel.EXPL)
        if (token.tag == "VB" and alone) or self.orders(index):
            return Outlook(UNKNOWN, Frame.ORDERED)
        if self.infinitive(index) and self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS):
            return Outlook(UNKNOWN, Frame.PREDICTED)  # "Ardania to close border"
        if token.tag == "VBG" and not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS, rel.AUX, rel.CSUBJ, rel.EXPL):
            return Outlook(UNKNOWN)  # "Eradicating the weed": a heading names an act and does not say that it was done
        return PLAIN

    def _embedded(self, index: int, head: int, how: str, parent: Outlook | None = None) -> Outlook:
        """What the word that the act hangs on makes of it; `parent` where something else is made of that word."""
        parent = parent or self._of_word(head)
        marks = self.marks(index)
        if any(mark in ("whether", "if") for mark in marks):
            return Outlook(UNKNOWN, Frame.QUESTION)
        if self.tokens[head].lemma in _LYING and how == "that" and self._voice(index) != self._voice(head):
            return Outlook(false=True)  # whoever lies says that it is so
        if self.tokens[head].lemma == "wish" and self._unreal(index):
            return Outlook(3, Frame.COUNTERFACTUAL)
        if how == "bare" and self.tokens[index].pos == "ADJ":
            how = "that"  # "found the keeper guilty"
        row = self.signature(head, how)
        if row is None and self.tokens[head].lemma in words_of("copulas"):
            # "it is doubtful that ..." hangs on the copula, and what makes something of it is the adjective.
            for state in self.kids(head, rel.ACOMP, rel.ATTR):
                row = row or self.signature(state, how)
        if (
            row is not None
            and row.lemma == "likely"
            and any(self.lower(i) == "less" for i in self.kids(head, rel.ADVMOD))
        ):
            return Outlook(UNKNOWN, Frame(row.frame))
        if row is not None and row.lemma == "able" and parent.certainty > 0 and self._past(head):
            return parent  # "was able to open": and did
        if row is not None:
            return self.applied(parent, row)
        cue = row_of(self.analysis, head, "verb", "noun", "adj", "phrase")
        if cue is not None:
            self.because(f"cues.tsv: {cue.lemma}")
            made, frame = ACTS.get(cue.act, (3 if cue.polarity > 0 else -3 if cue.polarity < 0 else 0, Frame.PLAIN))
            past = False
            if how == "that" and cue.act in ("promise", "threaten"):
                past = self.tokens[index].tag == "VBD" or bool({"had", "has", "have"} & set(self.auxiliaries(index)))
                made, frame = (3, Frame.PLAIN) if past else (2, Frame.PREDICTED)  # "swore that he had not"
            if how in ("to", "bare") and cue.polarity >= 0 and made > 0 and not self.kids(head, rel.AUX_PASS):
                made, frame = 0, Frame.ORDERED  # but "is said to have left" reports
            if parent.certainty <= 0 or self._wh(index):
                negated = -made if cue.lemma in _RAISED else 0
                if self._wh(index):
                    return Outlook(UNKNOWN if not cue.polarity else 3, Frame.PLAIN)
                if parent.certainty < 0:
                    return Outlook(negated, frame) if negated else unplanned(Outlook(UNKNOWN, frame))
                return Outlook(UNKNOWN, frame)
            false = any(self.lower(i) in FALSELY for i in self.kids(head, rel.ADVMOD))
            level = made if past or cue.act not in UNREAL else UNKNOWN
            if abs(parent.certainty) < 3 and made:
                level = compose(parent, *leaning(made)).certainty
            return Outlook(level, frame, false=false)
        if self.tokens[head].lemma == "be" or self.tokens[head].pos == "ADJ" or self.tokens[head].pos == "AUX":
            if how == "to":
                ahead = self.tokens[head]
                if ahead.lemma == "be" and not self.kids(head, rel.ACOMP, rel.ATTR):
                    subject = next(iter(self.kids(head, rel.NSUBJ)), None)
                    noun = self.signature(subject, "to") if subject is not None else None
                    if noun is not None:
                        return self.applied(parent, noun)
                    return compose(Outlook(parent.certainty, Frame.PREDICTED), weaken(1))
                return Outlook(UNKNOWN, parent.frame)
            return parent if parent.certainty > 0 else Outlook(UNKNOWN, parent.frame)
        if how == "to":
            return Outlook(UNKNOWN, parent.frame if parent.frame is not Frame.PLAIN else Frame.INTENDED)
        if how == "bare" and self.tokens[index].tag == "VB":
            return Outlook(parent.certainty, parent.frame)
        return parent if parent.certainty >= 0 else Outlook(UNKNOWN, parent.frame)

    def _of_word(self, head: int) -> Outlook:
        """What is made of the word that something hangs on; of a noun that nothing embeds by "no" alone."""
        found = self.outlook(head)
        token = self.tokens[head]
        bare = token.pos == "NOUN" and (token.head == head or self._voice(token.head) != self._voice(head))
        if bare and found.certainty > 0 and self.none(head):
            return compose(found, NEGATE)
        if token.dep in (rel.OBJ, rel.ATTR, rel.NSUBJ, rel.NSUBJ_PASS) and token.lemma in _SIGNS and token.head != head:
            return self.outlook(token.head)  # "has seen no evidence that"
        return found

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
        if "than" in marks and any(self.lower(i) == "rather" for i in self.kids(index, rel.ADVMOD)):
            return Outlook(-3)
        if self.infinitive(index):
            if self.signature(head, "to") is not None and not self.kids(head, rel.XCOMP):
                return self._embedded(index, head, "to")
            return Outlook(UNKNOWN, Frame.INTENDED)
        if "so" in marks and "that" in marks:
            return Outlook(UNKNOWN, Frame.INTENDED)
        if any(mark in words_of("conjunctions of time") for mark in marks) and (
            parent.frame in (Frame.PREDICTED, Frame.INTENDED, Frame.CONDITIONAL, Frame.ORDERED)
        ):
            return Outlook(UNKNOWN, parent.frame)
        if not marks and self.form(index) in ("ing", "bare") and abs(parent.certainty) < 3:
            return compose(parent, NEGATE) if parent.certainty < 0 else parent
        return PLAIN

    def _condition(self, index: int, head: int) -> Outlook:
        self.because("condition")
        if self._unreal(index) and not self._below_real(head):
            return Outlook(3, Frame.COUNTERFACTUAL)  # turned about below
        return Outlook(UNKNOWN, Frame.CONDITIONAL)

    def _after_preposition(self, index: int, prep: int) -> Outlook:
        word = self.lower(prep)
        above = self.tokens[prep].head
        beside = {self.lower(above), self.lower(max(0, prep - 1)), *map(self.lower, self.kids(prep, rel.ADVMOD))}
        if word in _AGAINST or (word in ("of", "than", "from") and beside & _AGAINST):
            return Outlook(-3)
        if word == "of" and self.tokens[above].lemma in ("absence", "lack"):
            return Outlook(-3)
        if word == "of" and self.lower(above) == "out":
            word, above = "out", self.tokens[above].head  # "talked them out of it"
        elif word == "from" and self.lower(above) in ("back", "away", "off"):
            above = self.tokens[above].head  # "held back from it"
        verb = self.tokens[above].head
        if self.tokens[above].dep == rel.OBJ and (row := self.signature(verb, word)) is not None and row.pos == "verb":
            above = verb  # "acquitted the keeper of it", which the parser takes for the keeper of it
        elif self.tokens[above].dep == rel.POBJ and self.tokens[verb].dep == rel.AGENT:
            above = self.tokens[verb].head  # "accused by the opposition of it"
        for how in (word, "ing" if self.tokens[index].tag == "VBG" else word):
            row = self.signature(above, how)
            if row is not None:
                parent = self.outlook(above)
                return self.applied(parent, row)
        cue = row_of(self.analysis, above, "verb", "noun")
        open_ = cue is not None and (cue.act in UNREAL or ACTS.get(cue.act, (3,))[0] < 3)
        wanted = open_ and word in ("for", "of")  # "fear of an attack", "demands for an attack"
        act = self.tokens[index].tag == "VBG" and word in words_of("prepositions of cues")
        if cue is not None and (act or wanted):
            made, frame = ACTS.get(cue.act, (3 if cue.polarity > 0 else -3 if cue.polarity < 0 else 0, Frame.PLAIN))
            return Outlook(UNKNOWN if self.negated(above) else made, frame)  # "nobody accused him of it"
        if word in words_of("prepositions of what happened"):
            parent = self.outlook(above) if self.tokens[above].pos in ("VERB", "AUX") else PLAIN
            if word == "by" and parent.certainty < 3:
                return compose(parent, NEGATE) if parent.certainty < 0 else parent
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
            return self.applied(parent, row)
        cue = row_of(self.analysis, head, "verb")
        if cue is not None and (cue.polarity <= 0 or cue.act in ACTS):
            made, frame = ACTS.get(cue.act, (0, Frame.PLAIN))
            return Outlook(made, frame)
        return parent
