"""What is no part of a name, and what is no name at all.

Words that only stand before a name are cut off it ("Rival Hollan Reth", "68-year-old Hollan Reth", "the bank's Hollan
Reth"), by what the document calls its bearer elsewhere and by given names; a weekday, an adjective, a word that a
sentence begins with, or words of a heading that the body does not confirm, are no names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from purport.analyse import is_word
from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Span
from purport.model.record import Naming
from purport.resolve.document.lands import Lands
from purport.resolve.document.names import Name, acronym, read_name
from purport.resolve.document.nodes import Node
from purport.resolve.document.nouns import BODIES, HEADS
from purport.syntax import relations as rel

Core = tuple[str, ...]


def trim(analysis: Analysis, nodes: Sequence[Node], asked: Sequence[Span], issuers: Sequence[Span]) -> None:
    """Cut what is no part of them off the names of mentions; a mention that is no name becomes a description. `asked`
    are places that name somebody for sure, since they are sources, `issuers` those of who may issue the text."""
    body = _Body(analysis)
    _mark_pieces(analysis, nodes)
    cores = [node.name.core for node in nodes if node.name is not None and node.name.row is None and not node.piece]
    full = Counter(core for core in cores if len(core) > 1 and not _doubtful(core))
    last = Counter(core[-1] for core in full)
    sexes: dict[str, set[str]] = {}
    for node in nodes:
        if node.name is not None and len(node.name.core) > 1 and node.name.gender:
            sexes.setdefault(node.name.core[-1], set()).add(node.name.gender)
    lands = Lands(analysis, full)
    alone = Counter(core[0] for core in cores if len(core) == 1)
    for node in nodes:
        name = node.name
        if name is None or name.tone or node.piece:
            continue
        known = analysis.block_of(node.head) in body.titled and _known(node, asked, issuers)
        if _none(analysis, node, name, body, full, known=known):
            node.name, node.naming = None, Naming.DESCRIPTION
        elif lands(name):
            node.name, node.person = Name(name.core), True
        elif name.row is None and len(name.core) == 1 and (whole := _of_two(node, name, full)):
            node.name = replace(name, core=whole)
        elif name.row is None and len(name.core) == 1 and not name.titles:
            if name.gender and (name.core[0] in last or sexes.get(name.core[0], {name.gender}) - {name.gender}):
                node.name = replace(name, gender="")  # "Clinton", a man's name, after "Hillary Clinton"
        elif name.row is None and len(name.core) > 1:
            _cut(analysis, node, name, _Borne(full, last, alone, body))


def _of_two(node: Node, name: Name, full: Counter[Core]) -> Core:
    """The whole name of the elder or the younger of a surname, where the text has just one such ("Mara Denk Jr.")."""
    words = [word.lower() for word in node.words.split()[:2]]
    wanted = next((_AGES[word] for word in words if word in _AGES), ())
    if not wanted:
        return ()
    fitting = [core for core in full if name.core[0] in core[:-1] and core[-1].lower().strip(".,") in wanted]
    return fitting[0] if len(fitting) == 1 else ()


_AGES = {"elder": ("sr", "senior"), "younger": ("jr", "junior")}
"""What stands behind the whole name of the elder and of the younger."""


def _known(node: Node, asked: Sequence[Span], issuers: Sequence[Span]) -> bool:
    """Whether a mention is a source, or who issues the text."""
    source = any(span.start <= node.span.end and node.span.start <= span.end for span in asked)
    return source or any(span.end == node.span.end and node.span.start <= span.start for span in issuers)


def _mark_pieces(analysis: Analysis, nodes: Sequence[Node]) -> None:
    """Mark the names that stand in another as the first of its words: "Labour" in "the Labour Party"."""
    last: Node | None = None
    told = set(analysis.lexicon.defined.letters.values())
    for node in nodes:
        if node.words in told:
            continue  # "the Orrin Rail Authority - ORA for short": both are names
        inside = last is not None and node.span.end <= last.span.end and node.head != last.head
        if inside and last is not None and node.name is not None and node.name.row is None and not last.piece:
            top = node.head
            while analysis.tokens[top].dep == rel.COMPOUND and top < last.head:
                top = analysis.tokens[top].head
            node.piece = top == last.head or _named_after(node, last) or _of_a_whole(node, last)
        if not inside and node.name is not None:
            last = node


def _named_after(node: Node, whole: Node) -> bool:
    """Whether a name only says what a body is for: "Information" in "the Ministry of Information"."""
    if node.name is None or whole.name is None or not node.name.core:
        return False
    first = node.name.core[0]
    core = " ".join(whole.name.core)
    return is_word(first.lower()) and (f" of {first}" in core or f" for {first}" in core or f" and {first}" in core)


def _of_a_whole(node: Node, whole: Node) -> bool:
    """Whether a name only ends that of many "of" something: "the Plateau" in "the Sons of the Plateau"."""
    if node.name is None or whole.name is None or len(whole.name.core) <= len(node.name.core):
        return False
    first = whole.name.core[0]
    many = first.endswith("s") and is_word(first.lower()) and len(node.name.core) == 1
    return many and " of " in whole.name.words and whole.name.core[-1] == node.name.core[0]


def _doubtful(core: Core) -> bool:
    """Whether a name has something before it, by its looks, that may be none of it."""
    return _stuck(core[0]) or any(_OWNED.search(word) for word in core[:-1])


_OWNED = re.compile(r"(?:['’]s|s['’])$")
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_AGED = re.compile(r"\d+[\w-]*|\w+-(?:year|month)s?-old", re.IGNORECASE)


def _stuck(word: str) -> bool:
    """Whether a word is never the first of a name of a person."""
    return word.lower() in words_of("words stuck to names") or _AGED.fullmatch(word) is not None


@dataclass(frozen=True)
class _Borne:
    """What a document has for names: those of several words, the last words of those, and words alone."""

    full: Counter[Core]
    last: Counter[str]
    alone: Counter[str]
    body: _Body

    def written(self, analysis: Analysis, node: Node, core: Core) -> bool:
        """Whether a name stands within a sentence with capitals that are its own: "resident Whit Denk"."""
        first = next((i for i in analysis.tokens_in(node.span) if analysis.word(i) == core[0]), None)
        titled = analysis.block_of(node.head) in self.body.titled or core[0].lower() in self.body.small
        return first is not None and not titled and core[0][:1].isupper() and not _opens(analysis, first)


def _cut(analysis: Analysis, node: Node, name: Name, borne: _Borne) -> None:
    core = _without_end(name, borne)
    while len(core) > 1 and core[-1].lower().rstrip(".") in _DAYS and not all(is_word(w.lower()) for w in core[:-1]):
        core = core[:-1]  # "in Ardania Friday", not "Black Friday"
    begin = 0
    for at in range(1, len(core) - 1):
        # "Orrin News Mara Denk", "the House Hollan Reth"
        known = " ".join(core[:at]) in analysis.lexicon.named or core[at - 1].lower() in BODIES
        rest = core[at:]
        foreign = at > 1 and len(rest) == 2 and not is_word(rest[0].lower()) and rest[0] not in places()
        if known and len(rest) < _FEW and (_full(rest) or foreign) and not _body(rest):
            begin = at
            break
        if at == 1 and core[0].lower() in titles() and core[1] == "of" and len(core) > _FEW and _full(core[-2:]):
            begin = len(core) - 2  # "Speaker of the House Hollan Reth"
            break
    for at in range(len(core) - 2, -1, -1):
        if _small(core[at]) and core[at + 1][:1].isupper():
            begin = max(begin, at + 1)  # "coalition member Orrin"
            break
    while begin < len(core) - 1 and (core[begin].endswith("-based") or _small(core[begin])):
        begin += 1
    for at in range(len(core) - 1, 0, -1):
        rest = core[at:]
        owned = _OWNED.search(core[at - 1]) is not None
        outlets = owned and _OWNED.sub("", core[at - 1]) in analysis.lexicon.named and len(rest) > 1 and not _body(rest)
        if (owned or core[at - 1] == "-") and (_person(rest, borne) or outlets or (not owned and len(rest) > 1)):
            begin = at
            break
    two = len(core) == begin + _TWO and not is_word(core[-1].lower())
    sure = two and borne.written(analysis, node, core[begin:])
    for at in range(begin + 1, len(core)) if not sure else ():
        # "Mom Corners Denk": words of English before whom the text calls by the rest alone.
        rest = core[at:]
        loose = all(is_word(word.lower()) and word.lower() not in given() for word in core[begin:at])
        if (
            loose
            and not _body(core)
            and all(word[:1].isupper() for word in core)
            and (rest in borne.full or (len(rest) == 1 and borne.alone[rest[0]] > 1))
        ):
            begin = at if borne.full[core] < max(borne.full[rest], borne.alone[rest[0]]) else begin
            break
    while begin < len(core) - 1 and _before(analysis, core[begin], core[begin + 1 :], borne, sure=sure):
        begin += 1
    if begin or len(core) < len(name.core):
        sole = core[begin].lower().rstrip(".") if len(core) == begin + 1 else ""
        if sole == "no" or sole in words_of("words that are no names"):
            node.name, node.naming = None, Naming.DESCRIPTION  # "Orrin-focused super PAC"
            return
        read = read_name(core[begin:], analysis.lexicon)
        gender = "" if len(read.core) == 1 and not name.titles and read.core[0] in borne.last else read.gender
        node.name = replace(read, titles=(*name.titles, *read.titles), gender=gender or name.gender)
        return
    for at in range(1, len(core)):
        # "Hollan Reth's Health Issues": what is his is no other name of him.
        if _OWNED.search(core[at - 1]) and all(is_word(word.lower()) for word in core[at:]) and not _body(core):
            node.name, node.naming = None, Naming.DESCRIPTION
            return


def _without_end(name: Name, borne: _Borne) -> Core:
    """The words of a name without what is behind it: where somebody stands ("Mara Denk D-Orrin"), where a town lies
    ("Orrin Va."), whom he is of, and another name."""
    core = name.core
    address = next((word[word.index("@") :] for word in core if "@" in word), "")
    if len(address) > 1:
        return (address,)  # "Twitter @orrin"
    plain = [word for word in core if not word.isupper()]
    while len(core) > 1 and len(plain) > 1 and _shouted(core[-1]):
        core = core[:-1]  # "Mara Denk SIGNED it"
    seat = next((at for at, word in enumerate(core) if at and _SEAT.fullmatch(word)), len(core))
    core = core[:seat]
    while len(core) > 1 and core[-1].lower() in words_of("divisions written short"):
        core = core[:-1]
    for at in range(1, len(core) - 1):
        whole, rest = core[:at], core[at + 1 :]
        alone = at == 1 and (bool(name.titles) or whole[0] in borne.last)
        if core[at] == "of" and alone and not _body(whole):
            return whole  # "Mr. Denk of the Orrin Club"
        if core[at] == "and" and _full(whole) and any(_full(rest[begin:]) for begin in range(len(rest))):
            return whole  # "Mara Denk and Orrin News Hollan Reth"
    return core


def _small(word: str) -> bool:
    """Whether a word with a small letter is no particle of names: "last week's Orrin Forum"."""
    return word[:1].islower() and len(word) > _LETTERS and is_word(word.removesuffix("'s").removesuffix("’s"))


def _shouted(word: str) -> bool:
    """Whether a word in capitals is one of English, and not one of the letters that stand behind names."""
    return len(word) > _LETTERS and word.isupper() and word.isalpha() and is_word(word.lower())


def _full(core: Core) -> bool:
    """Whether words are a given name and a surname."""
    return len(core) > 1 and core[0].lower() in given() and core[0][:1].isupper() and core[-1].lower() not in BODIES


def _person(rest: Core, borne: _Borne) -> bool:
    """Whether words are the name of a person by themselves."""
    if rest in borne.full and rest[0][:1].isupper():
        return True
    if len(rest) == 1:
        return rest[0] in borne.last or borne.alone[rest[0]] > 0
    return rest[0].lower() in given() and rest[-1].lower() not in BODIES and rest[0][:1].isupper()


def _before(analysis: Analysis, word: str, rest: Core, borne: _Borne, *, sure: bool = False) -> bool:
    """Whether a word only stands before a name, which is not so where both are surely written as one."""
    low = word.lower()
    named = _person(rest, borne)
    if _stuck(word):
        return named or (rest[0][:1].isupper() and not _body(rest))
    if not named or low in given() or (_body((word, *rest)) and rest not in borne.full):
        return False
    if len(rest) == 1:
        if word in analysis.lexicon.adjectives:
            return borne.last[rest[0]] > ((word, *rest) in borne.full)
        # "Injecting Denk into the race", of whom the text says "Denk" else.
        return is_word(low) and not sure and borne.full[(word, *rest)] < borne.alone[rest[0]] > 1
    known = word in analysis.lexicon.adjectives or word in analysis.lexicon.named or is_word(low)
    return known or low.rstrip(".") in titles() or (acronym(Name((word,))) != "" and len(rest) > 1)


def _body(core: Core) -> bool:
    """Whether a name is rather a body's by its words."""
    return core[-1].lower() in BODIES or any(word.lower() in BODIES for word in core if "of" in core)


# -- what is no name -----------------------------------------------------------------------------------------------


class _Body:
    """What the running text of a document says of words: which stand there, which with a capital within a sentence, and
    which blocks are written as headings are."""

    def __init__(self, analysis: Analysis) -> None:
        self.within: Counter[str] = Counter()
        self.titled: set[int] = set()
        self.small: set[str] = set()
        running: list[str] = []
        for number, tokens in analysis.by_block.items():
            words = [analysis.word(i) for i in tokens]
            block = analysis.document.blocks[number]
            if _titled(words, heading=block.kind is BlockKind.HEADING):
                self.titled.add(number)
                continue
            running.append(" ".join(words))
            for i in tokens:
                word = analysis.word(i)
                if word.islower():
                    self.small.add(word)
                if word[:1].isupper() and not _opens(analysis, i):
                    self.within[word] += 1
        self._written = f" {' '.join(running)} "
        self.text = self._written.lower()

    def has(self, core: Sequence[str]) -> bool:
        """Whether the text has these words; of words of English, with a capital: "a new poll" is no New Poll."""
        words = f" {' '.join(core)} "
        if len(core) > 1 and all(is_word(word.lower()) for word in core):
            return words in self._written or words.upper() in self._written
        return words.lower() in self.text


def _opens(analysis: Analysis, i: int) -> bool:
    """Whether a token opens a sentence, a quotation or an item."""
    first = analysis.sentences[analysis.tokens[i].sentence].first
    return i == first or not analysis.word(i - 1)[-1:].isalnum()


_TWO = 2
_MANY = 0.7
"""Share of the longer words that begin with a capital in a line that is written as a headline is."""
_FEW = 4
"""Words up to which a line tells nothing by its capitals."""


def _titled(words: Sequence[str], *, heading: bool) -> bool:
    """Whether words are written in the way of a headline: nearly all with capitals."""
    long = [word for word in words if word.isalpha() and len(word) > 3]
    if len(long) < _FEW and not (heading and len(long) > 1):
        return False
    return sum(word[0].isupper() for word in long) >= _MANY * len(long)


def _none(analysis: Analysis, node: Node, name: Name, body: _Body, full: Counter[Core], *, known: bool) -> bool:
    """Whether a mention's words are no name."""
    core = name.core
    if not core:
        return True
    low = [word.lower() for word in core]
    addressed = node.words.split()[0].lower() in ("my", "your", "our", "honored", "honoured", "distinguished")
    if addressed and low[-1] in words_of("forms of address"):
        return True  # "Your Honor", "my Lords", "honoured guests"
    if name.row is None and low == list(core) and not _lower(analysis, node):
        return True
    if name.row is None and all(word.rstrip(".") in words_of("words of time") for word in low) and not name.titles:
        # "April" after "April Kest" is she; "March" after nobody of that name is a month.
        if low[0] in _DAYS:
            return True
        return _dated(analysis, node) or not any(core[0] in (one[0], one[-1]) for one in full)
    if name.row is None and (_written_out(core, low) or _no_words(analysis, node, core, low)):
        return True
    initial = len(core) == 1 and not name.titles and re.fullmatch(r"[A-Z]\.", core[0])
    if name.row is None and (initial or all(word in words_of("words that are no names") for word in low)):
        return True  # "P.M. EDT", "(D., Calif.)"
    if name.row is None and all(not any(char.isalpha() for char in word) for word in core):
        return True
    if core[0][0] in "'’" and len(core[0]) == 2 and len(core) == 1:
        return True  # "’S"
    block = analysis.block_of(node.head)
    if block in body.titled and body.text.strip() and name.row is None and not body.has(core) and len(core) > 1:
        if f" {' '.join(low)} " in body.text:
            return True  # words that the body has with small letters
        # "Olga Kest Slams Orlo": as much of it as the body has.
        size = next(
            (
                n
                for n in range(len(core) - 1, 0, -1)
                if body.has(core[:n])
                and (not is_word(low[n - 1]) or _full(core[:n]) or (n == 1 and any(core[0] == one[-1] for one in full)))
            ),
            0,
        )
        if size and (known or size > 1):
            node.name = replace(name, core=core[:size])
            return False
        return not known
    if name.row is not None or len(core) > 1:
        return False
    token = analysis.tokens[node.head]
    word = core[0]
    if low[0] in words_of("divisions written short"):
        return True
    if word in words_of("words that are no names") or low[0] in words_of("words that are no names"):
        return True
    first = analysis.lower(analysis.tokens_in(node.span)[0])
    if first in ("a", "an") and word in analysis.lexicon.adjectives:
        return True  # "a Republican"
    dep = token.dep
    above = token
    while dep == rel.CONJ and analysis.tokens[above.head].pos in ("ADJ", "PROPN") and above.head < above.i:
        above = analysis.tokens[above.head]
        dep = above.dep  # "Republican and Democratic lawmakers"
    left = dep in (rel.AMOD, rel.COMPOUND, rel.NMOD) and not name.titles and low[0] not in given()
    if left and (
        word in analysis.lexicon.adjectives or low[0].endswith(("ian", "ese", "ish", "ic", "ern", "ican", "ist"))
    ):
        return True  # "Sundrian troops", whether or not a lexicon knows the land
    if not name.titles and _member(low[0], word, body):
        return True
    if _once(analysis, node, name, body):
        return True
    opens = _opens(analysis, node.head) and not name.titles
    if not opens or not is_word(low[0]) or low[0] in given() or body.within[word]:
        return not name.titles and _shouted(word) and low[0] in body.small  # "WHITE"
    return not any(word in one or word.removesuffix("s") in one for one in full)


def _no_words(analysis: Analysis, node: Node, core: Core, low: Sequence[str]) -> bool:
    """Whether the words of a name are such as no name has: broken ("W]e"), shouted ("MANY CAVEATS Plenty"), a noun for
    a kind ("TV star"), a member ("Republican of Orrin"), only directions and adjectives."""
    if any(mark in word for word in core for mark in "[]{}<>=$") or any("http" in word for word in low):
        return True
    if core[0].startswith("-") or core[-1].endswith("-"):
        return True
    if len(core) == 1 and core[0].isupper() and (low[0] in words_of("roles of speakers") or low[0] in titles()):
        return True  # "THE WITNESS:", whoever that is
    if len(core) > 1 and low[-1] in words_of("nouns of groups of people"):
        return all(word in analysis.lexicon.adjectives or is_word(word.lower()) for word in core[:-1])
    if len(core) > 1 and low[-1] in titles() and "." in low[-1]:
        return all(word in analysis.lexicon.adjectives or _ends_as_member(word.lower()) for word in core[:-1])
    shouted = [word for word in core if len(word) > 2 and word.isupper() and word.isalpha()]
    if len(shouted) > 1 and all(map(is_word, low)) and " ".join(map(str.capitalize, low)) not in places():
        return True
    if len(core) > 1 and core[-1].islower() and is_word(core[-1]) and not _lower(analysis, node):
        return True
    if len(core) > 1 and all(word in analysis.lexicon.adjectives or _ends_as_member(word.lower()) for word in core):
        return analysis.tokens[node.head].tag != "NNPS"  # "African American", one of many
    if len(core) == 2 and low[0] in words_of("divisions written short"):
        return is_word(low[1]) and low[1] not in BODIES  # "Wis. And": a sentence ends with the first
    if len(core) > 2 and low[1] == "of":
        person = "person" in HEADS.get(low[0], ()) or low[0] in ("member", "members") or _ends_as_member(low[0])
        return person and low[0] not in given()
    if all(_side(word) or word in analysis.lexicon.adjectives for word in core):
        return len(core) > 1 and any(map(_side, core))
    return False


def _side(word: str) -> bool:
    """Whether a word is an adjective of direction: "Northern", "Midwestern"."""
    return word.lower().endswith(("northern", "southern", "eastern", "western", "central"))


def _ends_as_member(word: str) -> bool:
    """Whether a word may be one for who belongs to a party or land: "Republican", "Democrat", "Sundrian"."""
    return len(word) > _SHORT and word.endswith(("ican", "ocrat", "ocratic", "ian", "ean"))


_LETTERS = 3
"""Letters of which a word may be an abbreviation, though it is one of English too."""
_SHORT = 6
"""Letters of a word up to which its ending tells nothing ("Jean", "Dylan")."""


def _member(low: str, word: str, body: _Body) -> bool:
    """Whether a single word is that for one of many: "the Democrat", where the text has Democrats too."""
    return _ends_as_member(low) and low not in given() and body.text.count(f" {low}s ") > 0 and word[:1].isupper()


def _once(analysis: Analysis, node: Node, name: Name, body: _Body) -> bool:
    """Whether a single word of English that the text has with a capital but once, without "the", is none: a quality
    ("Highest"), or what the text has with a small letter too."""
    word, low = name.core[0], name.core[0].lower()
    if name.titles or low in given() or low in BODIES or not is_word(low) or body.within[word] > 1:
        return False
    token = analysis.tokens[node.head]
    first = analysis.tokens_in(node.span)[0]
    if analysis.lower(first) == "the" or (first and analysis.lower(first - 1) == "the"):
        return False
    if low.endswith(("ly", "est")) or token.pos in ("ADJ", "ADV", "VERB"):
        return True
    return low in body.small and token.dep not in (rel.NSUBJ, rel.POSS)


def _lower(analysis: Analysis, node: Node) -> bool:
    """Whether the sentence of a mention is written without capitals, names and all."""
    sentence = analysis.sentences[analysis.tokens[node.head].sentence]
    return not any(analysis.word(i)[:1].isupper() for i in range(sentence.first, sentence.last))


def _written_out(core: Core, low: Sequence[str]) -> bool:
    """Whether words are an office alone ("Secretary of State"), a shout ("ME AND ONLY ME"), or where somebody stands in
    letters ("D-Orrin")."""
    if " ".join(low) in titles() or (len(core) == 1 and _SEAT.fullmatch(core[0])):
        return True
    return len(core) > _FEW - 2 and all(map(str.isupper, core)) and sum(map(is_word, low)) > len(core) / 2


_SEAT = re.compile(r"[DRI]-[A-Z].*")


def _dated(analysis: Analysis, node: Node) -> bool:
    """Whether a month stands where a date does: "in March", "last April", "5 May", "June 2031"."""
    first = analysis.tokens_in(node.span)[0]
    before = analysis.lower(first - 1) if first else ""
    after = analysis.word(first + 1) if first + 1 < len(analysis.tokens) else ""
    return before in words_of("words before a date") or before[:1].isdigit() or after[:1].isdigit()
