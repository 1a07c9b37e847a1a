"""What the text says of a source that has not said it itself: plans, wishes, knowledge, and what things do.

These are private states (Wiebe, Wilson and Cardie 2005) under no speech event, and deeds in words of speech ("the
landslide claimed nine lives", "challenged the mayor in the election").
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from purport.extract.attribution.cue import FIRST, Cue
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.lexicons.given import given
from purport.lexicons.titles import titles
from purport.model.record import Attribution
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import child, root

_WISHED = frozenset({"plan", "hope"})


def imputed(cue: Cue, known: Mapping[str, Attribution]) -> bool:
    """Whether the text, not the source, says that the source plans, wishes or knows it, or the source cannot speak."""
    if not cue.one.cue or cue.quoted or cue.one.act == "" or cue.source_is(FIRST):
        return False
    if cue.act in _WISHED or _wants(cue) or (cue.act == "learn" and cue.lemma not in words_of("cues of finding")):
        return not _told_itself(cue, known)
    if cue.lemma in ("seem", "appear") and not cue.one.source:
        return True  # "it seems that": the text's own guess
    return _thing(cue) or _naming(cue) or _other_sense(cue) or _brought_about(cue)


def _wants(cue: Cue) -> bool:
    """Whether it is a wish of one's own, and no demand on others: "wanted to break the strike"."""
    if cue.lemma != "want" or cue.word is None:
        return False
    wished = child(cue.analysis, cue.word, (rel.XCOMP, rel.CCOMP))
    return wished is not None and child(cue.analysis, wished, (rel.NSUBJ, rel.NSUBJ_PASS)) is None


def _told_itself(cue: Cue, known: Mapping[str, Attribution]) -> bool:
    """Whether it stands in what the same source says: "Denk said she hoped to leave"."""
    around = known.get(cue.one.inside or "")
    if around is None or not around.source or not cue.one.source:
        return around is not None and not cue.one.source
    words = {cue.analysis.tokens[i].lemma for span in cue.one.source for i in cue.analysis.tokens_in(span)}
    theirs = {cue.analysis.tokens[i].lemma for span in around.source for i in cue.analysis.tokens_in(span)}
    pronoun = words <= words_of("pronouns for a speaker")
    return pronoun or bool(words & theirs)


_ONE = frozenset({"he", "she", "him", "her"})


def _thing(cue: Cue) -> bool:
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


def _clausal(cue: Cue) -> bool:
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


def _naming(cue: Cue) -> bool:
    """Whether the cue only says how something is called: "a field known as topology", "is called the Wall"."""
    passive = not cue.one.source and cue.word is not None and cue.analysis.tokens[cue.word].tag == "VBN"
    inside = (i for span in cue.one.content for i in cue.analysis.tokens_in(span))
    told = any(cue.analysis.tokens[i].pos == "VERB" for i in inside)  # "described as having fled" is said by somebody
    return passive and not told and cue.lemma in words_of("verbs of naming")


def _brought_about(cue: Cue) -> bool:
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


def _other_sense(cue: Cue) -> bool:
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
        and not any(token.lemma == "for" or token.dep in (rel.XCOMP, rel.CCOMP, rel.ADVCL) for token in kids)
        and not any(tokens[i].tag == "TO" for span in cue.one.content for i in cue.analysis.tokens_in(span))
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


def _only_a_person(cue: Cue) -> bool:
    """Whether the verb has a person for its object, and nothing tells what it is about."""
    tokens = cue.analysis.tokens
    kids = cue.analysis.children[cue.word] if cue.word is not None else ()
    met = next((i for i in kids if tokens[i].dep == rel.OBJ), None)
    if met is None:
        return False
    beside = [i for i in (*kids, *cue.analysis.children[met]) if i > met]
    if tokens[met].pos == "PROPN":
        contest = any(
            (of := child(cue.analysis, i, (rel.POBJ,))) is not None and tokens[of].lemma in words_of("contests")
            for i in beside
        )
        if not contest and not any(_personal(cue.analysis.lower(i)) for i in cue.analysis.children[met]):
            return False  # it may be a treaty
    elif tokens[met].lemma not in words_of("persons who are met") | _ONE:
        return False
    for one in beside:
        if tokens[one].dep in (rel.XCOMP, rel.CCOMP) or tokens[one].lemma in ("about", "over"):
            return False
        matter = child(cue.analysis, one, (rel.POBJ,)) if tokens[one].lemma == "on" else None
        if matter is not None and tokens[matter].lemma.lower() not in words_of("words of time"):
            return False
    return True


def _personal(word: str) -> bool:
    """Whether it is a given name or a title."""
    return word in given() or word in titles()
