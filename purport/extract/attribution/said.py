"""Which of the attributions that were found tell what somebody has said, and which the text only imputes.

A cue that is asked, supposed, predicted or negated is no act of speech ("did Denk deny", "nobody accused"), and a plan,
wish or knowledge that the text ascribes to somebody who is not said to have told it ("the militia planned to burn the
mill") is the text's own word. The latter are what event factuality calls private states (Wiebe, Wilson and Cardie 2005)
under no speech event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from purport.extract.attribution.acts import Reading, avoider, negated, reading
from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.operators import Operators
from purport.extract.factuality.vouchers import Vouchers
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.lexicons.operators import OperatorRow, operators
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Frame, Kind
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import child, root, subject

_FIRST = frozenset({"i", "we", "my", "our"})
_WISHED = frozenset({"plan", "hope"})
_LISTENER = frozenset({"you", "your"})
_THOUGHT = frozenset({"believe", "learn", "doubt", "hope", "plan", "fear", "predict"})
"""Acts that take no word: whoever is addressed is only said to think so."""
_UNSURE = 0.7
"""Confidence below which a cue that no lexicon knows, and that has no word for speech, is taken for a deed."""


def said(analysis: Analysis, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with the acts that the text says were done, and those marked that it imputes.

    What a cue does is done where the text holds the cue's own act to have happened. Where its clause holds that it did
    not ("few ministers denied") the act is that of its negation, if that too tells of words ("would not say"); where
    the text only asks, supposes, predicts or demands it ("should he accuse them", "may deny"), nobody has said
    anything, and `act` is "". What a cue takes for granted and puts in nobody's mouth ("it is no secret that") is no
    attribution at all.
    """
    found = Operators.of(analysis)
    gone = {one.id: one.inside for one in attributions if _presupposed(analysis, found, one)}
    left = [replace(one, inside=_around(one.inside, gone)) for one in attributions if one.id not in gone]
    known = {one.id: one for one in left}
    cues = [_Cue.of(analysis, one) for one in left]
    imputed = [cue.one.kind is not Kind.BLOCK and _imputed(cue, known) for cue in cues]
    silent = {one.id: one.inside for one, so in zip(left, imputed, strict=True) if so}
    marked = [
        replace(one, imputed=so, inside=_around(one.inside, silent)) for one, so in zip(left, imputed, strict=True)
    ]
    values = Factuality(analysis, Vouchers(analysis, marked))
    told = [one.imputed or one.kind is Kind.BLOCK for one in marked]
    return [
        one if so else replace(one, act=_done(cue, values)) for cue, one, so in zip(cues, marked, told, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Cue:
    """An attribution with its cue as the lexicon reads it: `word` is the token that its clause hangs on."""

    analysis: Analysis
    one: Attribution
    reading: Reading | None
    word: int | None

    @classmethod
    def of(cls, analysis: Analysis, one: Attribution) -> _Cue:
        found = reading(analysis, one.cue) if one.cue else None
        tokens = analysis.tokens_in(one.cue[0]) if one.cue else range(0)
        return cls(analysis, one, found, found.word if found is not None else root(analysis, tokens))

    @property
    def act(self) -> Act | Literal[""]:
        """What the row's act is, before it is asked whether it was done."""
        return self.reading.row.act if self.reading is not None else ""

    @property
    def lemma(self) -> str:
        return self.reading.row.lemma if self.reading is not None else ""

    @property
    def verbal(self) -> bool:
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


# -- what is no attribution ----------------------------------------------------------------------------------------


def _around(inside: str | None, gone: Mapping[str, str | None]) -> str | None:
    """The attribution around one, past those that are gone."""
    while inside is not None and inside in gone:
        inside = gone[inside]
    return inside


def _presupposed(analysis: Analysis, found: Operators, one: Attribution) -> bool:
    """Whether its cue takes the content for granted and puts it in nobody's mouth: "the board was unaware that",
    "it is no secret that", "there is no denying that"."""
    cue = {i for span in one.cue for i in analysis.tokens_in(span)}
    if not any(analysis.tokens[i].lemma in _granting() for i in cue):
        return False
    inside = (i for span in one.content for i in analysis.tokens_in(span))
    above = (found.above(i) for i in inside if analysis.tokens[i].pos in ("VERB", "AUX", "ADJ", "NOUN"))
    return any(match is not None and match.token in cue and _grants(match.row) for match in above)


@cache
def _granting() -> frozenset[str]:
    """The words of operators that take an act for granted, affirmed and negated."""
    ways = (way for row in operators() if _grants(row) for way in row.ways if way.embeds)
    return frozenset(word for way in ways for word in way.nodes[0].words)


def _grants(row: OperatorRow) -> bool:
    return row.affirmed == row.negated == "fix +"


# -- what is imputed -----------------------------------------------------------------------------------------------


def _imputed(cue: _Cue, known: Mapping[str, Attribution]) -> bool:
    """Whether the text, not the source, says that the source plans, wishes or knows it, or the source cannot speak."""
    if not cue.one.cue or cue.quoted or cue.one.act == "" or cue.source_is(_FIRST):
        return False
    if cue.act in _WISHED or _wants(cue) or (cue.act == "learn" and cue.lemma not in words_of("cues of finding")):
        return not _told_itself(cue, known)
    if cue.lemma in ("seem", "appear") and not cue.one.source:
        return True  # "it seems that": the text's own guess
    return _thing(cue) or _naming(cue) or _other_sense(cue) or _brought_about(cue)


def _wants(cue: _Cue) -> bool:
    """Whether it is a wish of one's own, and no demand on others: "wanted to break the strike"."""
    if cue.lemma != "want" or cue.word is None:
        return False
    wished = child(cue.analysis, cue.word, (rel.XCOMP, rel.CCOMP))
    return wished is not None and child(cue.analysis, wished, (rel.NSUBJ, rel.NSUBJ_PASS)) is None


def _told_itself(cue: _Cue, known: Mapping[str, Attribution]) -> bool:
    """Whether it stands in what the same source says: "Denk said she hoped to leave"."""
    around = known.get(cue.one.inside or "")
    if around is None or not around.source or not cue.one.source:
        return around is not None and not cue.one.source
    words = {cue.analysis.tokens[i].lemma for span in cue.one.source for i in cue.analysis.tokens_in(span)}
    theirs = {cue.analysis.tokens[i].lemma for span in around.source for i in cue.analysis.tokens_in(span)}
    pronoun = words <= words_of("pronouns for a speaker")
    return pronoun or bool(words & theirs)


_ONE = frozenset({"he", "she", "him", "her"})


def _thing(cue: _Cue) -> bool:
    """Whether the source is nobody and no document: a thing, a state of affairs."""
    speaker = cue.speaker
    if speaker is None:
        return False
    token = cue.analysis.tokens[speaker]
    if token.pos == "PRON" or token.tag in ("WDT", "WP", "DT"):
        showing = cue.lemma in words_of("verbs of showing")
        return showing and token.lemma in words_of("pronouns for a thing") and token.lemma not in _ONE
    first = speaker == cue.analysis.sentences[token.sentence].first  # where capitals make a name of any noun
    if token.pos != "NOUN" and not (first and token.pos == "PROPN" and token.lemma in words_of("things")):
        return False
    if thing(token.lemma) or cue.lemma not in words_of("verbs that things do") or speaks(token.lemma):
        return thing(token.lemma)
    return not (cue.lemma in words_of("verbs of telling a clause") and _clausal(cue))


def _clausal(cue: _Cue) -> bool:
    """Whether the content is a clause: a verb with its subject."""
    tokens = cue.analysis.tokens
    inside = [i for span in cue.one.content for i in cue.analysis.tokens_in(span)]
    heads = {tokens[i].head for i in inside if tokens[i].dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL)}
    return any(i in heads for i in inside)


def thing(noun: str) -> bool:
    """Whether a common noun names what cannot speak: by the lexicon, or by its ending."""
    if noun in words_of("bodies and documents"):
        return False
    return noun in words_of("things") or noun.endswith(tuple(words_of("endings of abstract nouns")))


def speaks(noun: str) -> bool:
    """Whether a common noun names who can speak, or what is read: a person, a body, a document."""
    known = words_of("persons") | words_of("bodies and documents") | words_of("who has the word")
    if noun in known or noun in words_of("roles of speakers") or noun in titles():
        return True
    return noun.endswith(tuple(words_of("endings of persons"))) and not thing(noun)


def _naming(cue: _Cue) -> bool:
    """Whether the cue only says how something is called: "a field known as topology", "is called the Wall"."""
    passive = not cue.one.source and cue.word is not None and cue.analysis.tokens[cue.word].tag == "VBN"
    inside = (i for span in cue.one.content for i in cue.analysis.tokens_in(span))
    told = any(cue.analysis.tokens[i].pos == "VERB" for i in inside)  # "described as having fled" is said by somebody
    return passive and not told and cue.lemma in words_of("verbs of naming")


def _brought_about(cue: _Cue) -> bool:
    """Whether the verb brings about what hangs on it and is no cue of the lexicon, or none with an infinitive:
    "persuaded them to leave", "remembered to lock it"."""
    if cue.word is None or not cue.verbal or cue.analysis.tokens[cue.word].lemma not in _implicatives(both=False):
        return False
    if cue.reading is None:
        return True
    if cue.lemma not in _implicatives(both=True):
        return False  # who agrees to leave says so
    below = child(cue.analysis, cue.word, (rel.XCOMP,)) if cue.reading.word == cue.word else None
    led = below is not None and any(cue.analysis.tokens[i].tag == "TO" for i in cue.analysis.children[below])
    return led and below is not None and row_of(cue.analysis, below, "verb") is None


@cache
def _implicatives(*, both: bool) -> frozenset[str]:
    """Verbs that settle whether what hangs on them took place, affirmed or negated; or `both` where they do twice."""
    wanted = all if both else any
    verbs = (row for row in embeddings() if row.pos == "verb")
    return frozenset(row.lemma for row in verbs if wanted(abs(value) == 3 for value in (row.affirmed, row.negated)))


def _other_sense(cue: _Cue) -> bool:
    """Whether the verb's object makes it a deed: "claimed nine lives", "charged the barricade"."""
    if cue.word is None or cue.reading is None:
        return False
    tokens = cue.analysis.tokens
    content = root(cue.analysis, cue.analysis.tokens_in(cue.one.content[0]))
    if cue.verbal and content is not None and tokens[content].dep == rel.OBJ and tokens[content].head == cue.word:
        beside = (*cue.analysis.children[cue.word], *cue.analysis.children[content])
        more = {tokens[i].dep for i in beside if i > cue.word}
        leads = words_of("prepositions of cues") | {"with", "over", "as", "against"}
        told = any(i > cue.word and tokens[i].lemma in leads for i in beside)
        if "np" not in cue.reading.row.frames and not told and not more & {rel.CCOMP, rel.XCOMP, rel.OPRD, rel.RELCL}:
            return True  # of such an object the verb says nothing
    kids = [tokens[i] for i in cue.analysis.children[cue.word]]
    if (
        cue.verbal
        and cue.lemma == "appeal"
        and not any(token.lemma == "for" or token.dep == rel.XCOMP for token in kids)
    ):
        return not cue.quoted  # "appeals to crowds"
    if cue.verbal and cue.lemma == "deny" and any(one.dep == rel.IOBJ for one in kids):
        return True  # "the frost denied the growers a harvest"
    if cue.verbal and cue.lemma == "admit" and any(one.dep == rel.OBJ and speaks(one.lemma) for one in kids):
        return True  # "admitted four sailors to her ward"
    if cue.verbal and not cue.quoted and cue.lemma in words_of("verbs of meeting a person") and _only_a_person(cue):
        return True  # "challenged the mayor in the election", "questioned two men"
    for token in kids:
        if token.dep == rel.OBJ and f"{cue.lemma} {token.lemma}" in words_of("deeds in words of speech"):
            return True
    return False


def _only_a_person(cue: _Cue) -> bool:
    """Whether the verb has a person for its object, and nothing tells what it is about."""
    tokens = cue.analysis.tokens
    kids = cue.analysis.children[cue.word] if cue.word is not None else ()
    met = next((i for i in kids if tokens[i].dep == rel.OBJ), None)
    if met is None:
        return False
    first = tokens[met]
    person = first.pos == "PROPN" or first.lemma in _ONE | words_of("persons by what they are")
    if not person and (first.lemma == "count" or not speaks(first.lemma)):  # mostly a count of votes, not a nobleman
        return False
    for one in (*kids, *cue.analysis.children[met]):
        if one < met:
            continue
        if tokens[one].dep in (rel.XCOMP, rel.CCOMP) or tokens[one].lemma in ("about", "over"):
            return False
        matter = child(cue.analysis, one, (rel.POBJ,)) if tokens[one].lemma == "on" else None
        if matter is not None and tokens[matter].lemma.lower() not in words_of("words of time"):
            return False
    return True


# -- what was done -------------------------------------------------------------------------------------------------


def _done(cue: _Cue, values: Factuality) -> Act | Literal[""]:
    """The act that the text says was done; "" where nobody has said anything."""
    one = cue.one
    if not one.cue or not one.act or cue.word is None:
        return one.act
    if cue.reading is None and not cue.quoted and _deed(cue):
        return ""
    if _empty(cue) and not _takes_a_stand(cue):
        return ""
    if cue.source_is(_LISTENER) and not cue.quoted and not _spoke(cue):
        return ""
    if (over := _of_others(cue)) is not None:
        return "reject" if over in words_of("verbs of turning down") else ""
    if not cue.verbal or not _governs(cue.analysis, cue.word, one):
        return one.act
    value = values.outlook(cue.word)
    turned = any(reason.startswith("operators") for reason in values.why(cue.word))
    if turned and cue.reading is not None and cue.reading.negated and value == (3, Frame.PLAIN, False, False):
        return cue.reading.row.act  # "could not resist pointing out"
    if cue.reading is not None and cue.reading.negated:
        return one.act if value.frame is not Frame.QUESTION and (_withholds(cue) or _own_feeling(cue)) else ""
    if value.doubtful or value.frame is Frame.ATTEMPTED:
        return one.act
    if value.frame in (Frame.QUESTION, Frame.COUNTERFACTUAL):
        return ""
    if value.frame is Frame.CONDITIONAL and not values.has_condition(cue.word):
        return one.act if _would_say(cue) else ""
    if value.certainty <= -2 and not _own_feeling(cue):
        told = cue.reading is not None and values.denied_here(cue.word) and _withholds(cue)
        return negated(cue.reading.row) if told and cue.reading is not None else ""
    if value.frame is Frame.PREDICTED and not cue.quoted and not cue.source_is(_FIRST):
        return ""  # "her lawyers expect the judge to reject it"
    if value.certainty >= 2 or cue.quoted or cue.source_is(_FIRST):
        return _ordered(cue) or one.act  # "I will note that": whoever says so of himself does it
    return ""


def _of_others(cue: _Cue) -> str | None:
    """The verb with which the source turns down or passes over what others ask: "[resisted] calls to resign"."""
    if cue.word is None or cue.reading is None or cue.reading.row.act not in ("demand", "request"):
        return None
    token = cue.analysis.tokens[cue.word]
    over = cue.analysis.tokens[token.head].lemma
    deaf = over in words_of("verbs of turning down") or over in words_of("verbs of passing over")
    return over if token.pos == "NOUN" and token.dep == rel.OBJ and deaf and token.head in cue.words() else None


def _ordered(cue: _Cue) -> Act | Literal[""]:
    """The act of a verb of saying that orders or asks for something: "told his men to leave", "insisted that the gate
    be shut", "asked them to leave", "asked for water"; else ""."""
    if cue.word is None or cue.one.act not in ("assert", "doubt", "ask"):
        return ""
    tokens = cue.analysis.tokens
    for below in cue.analysis.children[cue.word]:
        if cue.lemma == "ask" and below > cue.word and not cue.quoted and _wanted(cue, below):
            return "request"
        if tokens[below].dep not in (rel.CCOMP, rel.XCOMP) or tokens[below].tag != "VB" or cue.quoted:
            continue
        helped = [tokens[i] for i in cue.analysis.children[below] if tokens[i].dep in rel.HELPING]
        named = child(cue.analysis, below, (rel.NSUBJ, rel.NSUBJ_PASS)) is not None
        told = any(one.tag == "TO" for one in helped) and cue.lemma in words_of("verbs of bidding by to")
        urged = (
            named and not any(one.tag in ("TO", "MD") for one in helped) and cue.lemma in words_of("verbs of bidding")
        )
        if told or urged:
            return "demand"
    return ""


def _wanted(cue: _Cue, below: int) -> bool:
    """Whether what hangs on "ask" is asked for, and is no question: "[to leave]", "[for water]"."""
    token = cue.analysis.tokens[below]
    if token.dep == rel.PREP:
        return token.lemma == "for"
    led = any(cue.analysis.tokens[i].tag == "TO" for i in cue.analysis.children[below])
    asking = cue.analysis.lower(cue.analysis.edges[below][0]) in words_of("words of asking")
    return token.dep in (rel.XCOMP, rel.CCOMP) and led and not asking


def _deed(cue: _Cue) -> bool:
    """Whether no lexicon knows the cue, and no word of it is one for speech or for what is felt."""
    tokens = [cue.analysis.tokens[i] for i in cue.words()]
    if cue.one.confidence >= _UNSURE or cue.source_is(_FIRST) or any(one.lemma == ":" for one in tokens):
        return False
    told = words_of("words for words") | words_of("feelings that are told")
    return not any(
        one.lemma in told or row_of(cue.analysis, one.i, "verb", "noun", "adj", "prep", "phrase") for one in tokens
    )


_STANDS = frozenset({"deny", "reject", "confirm", "admit", "agree", "doubt"})
"""Acts by which somebody takes a stand to what was said."""


def _takes_a_stand(cue: _Cue) -> bool:
    """Whether what is said is a stand to something, which a pronoun may name: "officials denied it", but "said it"."""
    return cue.verbal and cue.reading is not None and cue.reading.row.strong and cue.one.act in _STANDS


def _empty(cue: _Cue) -> bool:
    """Whether the content has no word of its own, but a mark or a pronoun."""
    tokens = [cue.analysis.tokens[i] for span in cue.one.content for i in cue.analysis.tokens_in(span)]
    words = [one for one in tokens if any(letter.isalnum() for letter in cue.analysis.word(one.i))]
    return not words or (len(words) == 1 and words[0].lemma in words_of("pronouns for a thing") and not cue.quoted)


def _spoke(cue: _Cue) -> bool:
    """Whether whoever is addressed is said to have spoken, and not only to think, or to be about to."""
    if cue.act in _THOUGHT or cue.word is None:
        return False
    past = cue.analysis.tokens[cue.word].tag == "VBD"
    return past or bool(cue.auxiliaries() & {"have", "has", "had", "'ve"})


def _would_say(cue: _Cue) -> bool:
    """Whether "would" tells of words that were said: "would only say", "would later claim", "I would say"."""
    if cue.quoted or cue.source_is(_FIRST) or cue.word is None:
        return True
    beside = {cue.analysis.word(i).lower() for i in cue.analysis.children[cue.word]}
    return bool(beside & words_of("adverbs of what was said"))


def _withholds(cue: _Cue) -> bool:
    """Whether the negation itself tells of words, or of words that were asked for and not given."""
    one, found = cue.one, cue.reading
    if found is None or cue.word is None or cue.source_is(_LISTENER) or _nobody(cue):
        return False
    if one.act in ("doubt", "believe") or found.row.act == "withhold":
        return True
    telling = found.row.lemma in words_of("verbs of withholding")
    over = avoider(cue.analysis, cue.word)
    if over is not None and cue.analysis.tokens[over].lemma != "without":
        refused = cue.analysis.tokens[over].lemma in words_of("verbs of refusing")
        return refused and (telling or found.row.act in ("confirm", "admit", "deny", "agree", "reject"))
    helping = cue.auxiliaries()
    if helping & {"can", "could", "ca"}:
        return telling and (found.row.act in ("confirm", "reject") or not _that(cue) or cue.source_is(_FIRST))
    if helping & {"would", "will", "wo", "'ll", "'d"}:
        return telling or found.row.act in ("confirm", "admit", "deny", "agree", "reject", "announce")
    if found.row.act in ("confirm", "deny", "admit", "agree", "reject"):
        return True
    return telling and not _that(cue)


def _own_feeling(cue: _Cue) -> bool:
    """Whether somebody tells what he himself does not feel or know now: "I don't know if", "we don't like it"."""
    if not cue.source_is(_FIRST) or cue.word is None or (cue.act and cue.act not in _THOUGHT):
        return False
    return cue.analysis.tokens[cue.word].tag in ("VB", "VBP") and bool(cue.auxiliaries() <= {"do"})


def _nobody(cue: _Cue) -> bool:
    """Whether nobody does it: "no minister denied", "neither army has admitted"."""
    if cue.word is None:
        return False
    found = subject(cue.analysis, cue.word)
    if found is None:
        return False
    below = {cue.analysis.tokens[i].lemma for i in cue.analysis.children[found] if i < found}
    return cue.analysis.tokens[found].lemma in words_of("nobody") or bool(below & {"no", "neither"})


def _that(cue: _Cue) -> bool:
    """Whether what is not said is a whole clause: "did not say that it burned", not "did not say who burned it"."""
    if cue.word is None:
        return False
    for below in cue.analysis.children[cue.word]:
        if cue.analysis.tokens[below].dep == rel.CCOMP:
            first = cue.analysis.word(min(cue.analysis.subtree(below))).lower()
            return first not in words_of("words of asking")
    return False


def _governs(analysis: Analysis, cue: int, one: Attribution) -> bool:
    """Whether some of the content stands in the cue's clause; "if she is to be believed, ..." is beside it."""
    first, last = analysis.edges[cue]
    clause: Span = analysis.span(first, last)
    return any(clause.overlaps(span) for span in one.content)
