"""The parse in the relations of Universal Dependencies, with content heads, whatever parser made it.

Prepositions hang on what they bring in (`case`, or `mark` before a verb), a copula on what it says of its subject
(`cop`), a conjunction on what follows it (`cc`), as in UD 2 (de Marneffe et al. 2021). Only this module knows how the
parser names its relations to make these of them: patterns of operators are written in these alone.
"""

from __future__ import annotations

from purport.model.analysis import Analysis

# The parser's relations: ClearNLP's (Choi and Palmer 2012), as spaCy's English models give them. Rules name them by
# these, so that this is the one file that knows how they are spelled.
ROOT = "ROOT"
NSUBJ = "nsubj"
NSUBJ_PASS = "nsubjpass"
CSUBJ = "csubj"
CSUBJ_PASS = "csubjpass"
EXPL = "expl"
OBJ = "dobj"
IOBJ = "dative"
POBJ = "pobj"
PCOMP = "pcomp"
PREP = "prep"
AGENT = "agent"
ATTR = "attr"
ACOMP = "acomp"
OPRD = "oprd"
CCOMP = "ccomp"
XCOMP = "xcomp"
ADVCL = "advcl"
ACL = "acl"
RELCL = "relcl"
APPOS = "appos"
CONJ = "conj"
CC = "cc"
PRECONJ = "preconj"
AUX = "aux"
AUX_PASS = "auxpass"
NEG = "neg"
PRT = "prt"
MARK = "mark"
ADVMOD = "advmod"
AMOD = "amod"
NPADVMOD = "npadvmod"
NUMMOD = "nummod"
QUANTMOD = "quantmod"
POSS = "poss"
CASE = "case"
DET = "det"
PREDET = "predet"
NMOD = "nmod"
COMPOUND = "compound"
PARATAXIS = "parataxis"
PUNCT = "punct"
DEP = "dep"
INTJ = "intj"
META = "meta"

HELPING = (AUX, AUX_PASS)
"""What auxiliaries hang in."""

_NAMES = {
    ROOT: "root",
    ACOMP: "xcomp",
    AGENT: "case",
    ATTR: "xcomp",
    AUX_PASS: "aux:pass",
    CSUBJ_PASS: "csubj:pass",
    IOBJ: "iobj",
    OBJ: "obj",
    INTJ: "discourse",
    NEG: "advmod",
    NPADVMOD: "obl:unmarked",
    NSUBJ_PASS: "nsubj:pass",
    OPRD: "xcomp",
    PCOMP: "advcl",
    POBJ: "obl",
    POSS: "nmod:poss",
    PRECONJ: "cc:preconj",
    PREDET: "det:predet",
    PREP: "case",
    PRT: "compound:prt",
    QUANTMOD: "advmod",
    RELCL: "acl:relcl",
}
"""ClearNLP's names that differ, and those of Universal Dependencies."""
RELATIONS = frozenset(
    "root nsubj nsubj:pass csubj csubj:pass obj iobj obl obl:agent obl:unmarked nmod nmod:poss ccomp xcomp advcl acl "
    "acl:relcl appos amod advmod nummod det det:predet case mark aux aux:pass cop compound compound:prt cc cc:preconj "
    "conj expl discourse parataxis punct dep meta".split()
)
"""The relations that there are; patterns may name no others."""
_VERBAL = ("VERB", "AUX", "ADJ", "ADV")


class Relations:
    """The governor and the relation of every token of an analysis; a root governs itself."""

    def __init__(self, analysis: Analysis) -> None:
        self.head = [token.head for token in analysis.tokens]
        self.relation = [_NAMES.get(token.dep, token.dep) for token in analysis.tokens]
        self._analysis = analysis
        self._prepositions()
        self._copulas()
        self._conjunctions()
        self.children: list[list[int]] = [[] for _ in self.head]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)

    def _prepositions(self) -> None:
        """What a preposition brings in takes its place, and the preposition hangs on it."""
        tokens = self._analysis.tokens
        for token in tokens:
            inner = [i for i in self._analysis.children[token.i] if tokens[i].dep in ("pobj", "pcomp")]
            if token.dep not in ("prep", "agent", "dative") or not inner or token.head == token.i:
                continue
            first, verb = inner[0], tokens[inner[0]].dep == PCOMP
            above = tokens[token.head].pos in _VERBAL
            by = ":agent" if token.dep == AGENT and not verb else ""
            self.relation[first] = ("advcl" if above else "acl") if verb else f"obl{by}" if above else "nmod"
            self.head[first], self.head[token.i] = self.head[token.i], first
            self.relation[token.i] = "mark" if verb else "case"

    def _copulas(self) -> None:
        """What is said of a subject takes the place of the copula."""
        tokens = self._analysis.tokens
        for token in tokens:
            said = [i for i in self._analysis.children[token.i] if tokens[i].dep in ("acomp", "attr")]
            if token.lemma != "be" or not said:
                continue
            first = said[-1]
            for other in self._governed(token.i):
                if other != first:
                    self.head[other] = first
            root = self.head[token.i] == token.i
            self.head[first] = first if root else self.head[token.i]
            self.relation[first] = self.relation[token.i]
            self.head[token.i], self.relation[token.i] = first, "cop"

    def _governed(self, index: int) -> list[int]:
        """The tokens that hang on one now, among those of its sentence."""
        sentence = self._analysis.sentences[self._analysis.tokens[index].sentence]
        return [i for i in range(sentence.first, sentence.last) if self.head[i] == index and i != index]

    def _conjunctions(self) -> None:
        """A conjunction hangs on the conjunct behind it."""
        for index, relation in enumerate(self.relation):
            if relation == "cc":
                behind = [i for i in self._governed(self.head[index]) if self.relation[i] == "conj" and i > index]
                if behind:
                    self.head[index] = behind[0]
