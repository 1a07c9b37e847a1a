"""Who wrote which part of a page: parts of the same build, side by side, with a name in the same place of each.

Posts of a forum, comments, letters, answers, cards, messages: whatever the page calls them. The place of the name is
found from the parts themselves, as wrappers of pages are (Kushmerick 1997; Liu, Grossman and Zhai 2003), helped by what
the page calls it ("author", "user").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from purport.model.document import BlockKind
from purport.syntax.speakers import names, person

_HINT = re.compile(
    r"(?:author|credit|user|nick|speaker|sender|poster|byline|handle|commenter|contributor|writer|signature|signed|person"
    r"|attribution|respondent|objector|witness|narrator|guest|panell?ist|interviewee|(?:^|[\s_-])(?:name|who|from|by|src|source|sig|member|member-?name)(?:$|[\s_-]))",
    re.I,
)
_PART = re.compile(
    r"comment|post|message|letter|reply|answer|entry|contribution|statement|card|item|testimon|view", re.I
)
_TAGS = frozenset("div section article li tr p blockquote details figure fieldset aside dd td".split())
_NAME = 90
"""Characters of a name at most."""
_WORDS = 30
"""Characters that a part says at least, the name aside."""
_INSIDE = 400
"""Elements of a part that are looked at."""
_CREDIT = re.compile(
    r"^(?:[^\W\d_]+ ){1,4}(?:by|from) (?P<name>[^\W\d_a-z][^\n:;,»|(·•<]{1,50}?)(?:,| at | on |\s*[|·•»(]|$)"
)
_NAMELESS = re.compile(r"^(?:[^\W\d_]+ ){1,3}(?:anonymously|by a reader|by guest)\b", re.I)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$")

Path = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Contributions:
    """The elements that name who wrote (their kind: before or behind the words), and the parts they stand in."""

    names: dict[Any, BlockKind] = field(default_factory=dict)
    parts: set[Any] = field(default_factory=set)

    def within(self, element: Any) -> bool:
        """Whether one of the parts stands in an element."""
        return bool(self.parts) and any(one in self.parts for one in element.iter())


def contributions(root: Any) -> Contributions:
    """The parts of a page that are of the same build and have the name of who wrote them in the same place."""
    found = Contributions()
    within: set[Any] = set()
    for parent in root.iter():
        if parent in found.parts or parent.getparent() in within:
            within.add(parent)
            continue
        if not isinstance(parent.tag, str):
            continue
        groups: dict[tuple[str, str], list[Any]] = {}
        for child in parent:
            if isinstance(child.tag, str) and child.tag in _TAGS and child.tag not in ("td", "tr"):
                groups.setdefault(_build(child), []).append(child)
        for build, group in groups.items():
            if len(group) >= (2 if _PART.search(build[1]) else 3):
                _named(group, found)
    _scattered(root, found)
    _run_in(root, found)
    _coloured(root, found)
    return found


def _scattered(root: Any, found: Contributions) -> None:
    """Parts of the same class that stand in several places of the page: quotations between what the page tells."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for element in root.iter("div", "section", "aside", "figure", "blockquote"):
        tag, name = _build(element)
        if name and not any(one in found.parts for one in (element, *element.iterancestors())):
            groups.setdefault((tag, name), []).append(element)
    for group in groups.values():
        same = set(group)
        outer = [one for one in group if same.isdisjoint(one.iterancestors())]
        if len(outer) >= 2 and not any(one in found.parts for part in outer for one in part.iter()):
            _named(outer, found)


_CLASSES = 400
"""Elements of a class that are looked at."""
_PIECES = 12
"""Pieces of an element's text that are looked at."""


def _coloured(root: Any, found: Contributions) -> None:
    """Parts whose speaker only their colour tells: a key has elements of the same classes, with a name in each. The
    name is in no part, so that they are only set apart as what somebody says."""
    classes: dict[str, list[Any]] = {}
    for element in root.iter("span", "p", "div", "td", "li", "i", "b", "em"):
        for name in (element.get("class") or "").split():
            if len(group := classes.setdefault(name, [])) < _CLASSES:
                group.append(element)
    keyed = []
    for group in classes.values():
        key, *rest = group
        own = " ".join("".join(islice(key.itertext(), _PIECES)).split())
        parent = key.getparent()
        line = " ".join("".join(islice(parent.itertext(), _PIECES)).split()) if parent is not None else own
        called = [_name(words.split(":")[-1].removeprefix(own)) for words in (own, line) if len(words) <= _NAME]
        told = [" ".join("".join(islice(one.itertext(), _PIECES)).split()) for one in rest]
        says = sum(_SENTENCE.search(words) is not None for words in told)
        if rest and 2 * says > len(rest) and any(names(one) and len(one.split()) >= 2 for one in called if one):
            keyed.append([one for one, words in zip(rest, told, strict=True) if _SENTENCE.search(words)])
    if len(keyed) >= 2:
        for one in (one for group in keyed for one in group):
            inner = one.getparent() if one.tag in _INLINE else one
            if inner is not None and inner not in found.parts and inner.tag in _AROUND:
                found.parts.add(inner)


SPEAKERS = frozenset(
    "from_name speaker speaker-name sender username user-name author-name message-author nickname".split()
)
"""Classes of elements that hold the name of whoever speaks in what follows."""


def is_speaker(element: Any) -> bool:
    """Whether a page calls an element the name of whoever speaks."""
    return isinstance(element.tag, str) and not SPEAKERS.isdisjoint((element.get("class") or "").split())


def _build(element: Any) -> tuple[str, str]:
    classes = (element.get("class") or "").split()
    return element.tag, classes[0] if classes else ""


_INLINE = frozenset("span b strong i em u font small a cite".split())
_AROUND = frozenset("p div li dd td blockquote".split())


def _run_in(root: Any, found: Contributions) -> None:
    """Names that stand in an element of their own at the beginning of what is said, without a mark behind them."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for parent in root.iter(*_AROUND):
        first = parent[0] if len(parent) else None
        if first is None or not isinstance(first.tag, str) or first.tag not in _INLINE or (parent.text or "").strip():
            continue
        if first not in found.names:
            groups.setdefault(_build(first), []).append(first)
    for group in groups.values():
        told = [(element, " ".join("".join(element.itertext()).split())) for element in group]
        led = [(element, words) for element, words in told if (element.tail or "").strip() and words]
        long = sum(len((element.tail or "").strip()) >= _WORDS for element, _ in led)
        if _meta(root, led, found) or 2 * long < len(led):
            continue
        named = [(element, words) for element, words in led if names(words) and words[-1] not in ".:!?"]
        said = Counter(words for _, words in named)
        people = sum(person(words) and len(words.split()) >= 2 for _, words in named)
        marked = sum((element.tail or "").lstrip()[:1] in ":–—-|(" for element, _ in named)
        if len(named) < 3 or 3 * len(named) < 2 * len(led) or len(said) < 2 or marked:
            continue
        if len(said) < len(named) or 2 * people >= len(named):
            for element, _ in named:
                found.names[element] = BlockKind.LABEL


_BAR = re.compile(r"\s*[·•|]\s")


def _meta(root: Any, led: list[tuple[Any, str]], found: Contributions) -> bool:
    """Lines that begin with who wrote, and go on behind a bar with when: all of the same build are so, whether or not
    their first words are in an element of their own."""
    barred = [element.getparent() for element, _ in led if _BAR.match(element.tail or "")]
    if len(barred) < 2 or 2 * len(barred) < len(led):
        return False
    build = _build(barred[0])
    mark = (led[0][0].tail or "").strip()[:1]
    for line in root.iter(build[0]):
        words = " ".join("".join(line.itertext()).split())
        if _build(line) == build and f" {mark} " in words and len(words) <= _NAME and not _SENTENCE.search(words):
            found.names[line] = BlockKind.LABEL
    lines = [line for line in found.names if _build(line) == build]
    if all(_says_all(line.getprevious()) and not _says_all(line.getnext()) for line in lines):
        found.names.update(dict.fromkeys(lines, BlockKind.SIGNATURE))
    return True


def _says_all(element: Any) -> bool:
    """Whether an element is there and says something."""
    return (
        element is not None and isinstance(element.tag, str) and _says(" ".join(" ".join(element.itertext()).split()))
    )


def _named(group: list[Any], found: Contributions) -> None:
    """The names of a group of parts, where there is one place for them."""
    if sum(is_speaker(element) for part in group for element in part.iter()) >= 2:
        return  # the page says it itself, and what follows without a name is by the same
    inside = [_leaves(part) for part in group]
    telling = [part for part, leaves in zip(group, inside, strict=True) if any(_says(words) for _, _, words in leaves)]
    if len(telling) < 2 or 2 * len(telling) < len(group):
        return
    tells = set(telling)
    kept = [(part, leaves) for part, leaves in zip(group, inside, strict=True) if part in tells]
    best = _best(kept)
    if best is None:
        # Cards of one build may have a colour each: of their classes only the first tells what they are.
        kept = [(part, [(_plain(path), one, words) for path, one, words in leaves]) for part, leaves in kept]
        best = _best(kept)
    if best is None:
        return
    leaves_of = dict(kept)
    for part, element, _ in best:
        leaves = leaves_of[part]
        at = next(n for n, (_, one, _) in enumerate(leaves) if one is element)
        before = sum(len(words) for _, _, words in leaves[:at] if _says(words))
        behind = sum(len(words) for _, _, words in leaves[at + 1 :] if _says(words))
        credits = [one for _, one, words in leaves if _CREDIT.search(words) or _NAMELESS.search(words)]
        above = behind >= before and not (before and element in credits)
        for one in credits if element in credits else [element]:
            found.names[one] = BlockKind.LABEL if above else BlockKind.SIGNATURE
    found.parts.update(part for part, _ in kept)
    for part, leaves in kept:
        _answered(part, leaves, found)


def _titled(words: str) -> bool:
    """Whether words are as a body's name, small words between: "Front for a Free Littoral"."""
    own = words.split()
    return 1 < len(own) <= 8 and own[0][0].isupper() and all(word[0].isupper() or len(word) <= 3 for word in own)


def _plain(path: Path) -> Path:
    return tuple((tag, name.split()[0] if name else "") for tag, name in path)


def _best(kept: list[tuple[Any, list[tuple[Path, Any, str]]]]) -> list[tuple[Any, Any, str]] | None:
    """The parts with the element that names who wrote each; None where no place has names."""
    paths: dict[Path, list[tuple[Any, Any, str]]] = {}
    for part, leaves in kept:
        seen: set[Path] = set()
        for path, element, words in leaves:
            credit = _CREDIT.search(words) is not None or _NAMELESS.search(words) is not None
            way = (*path, ("", "by")) if credit else path
            if way not in seen and len(words) <= _NAME:
                seen.add(way)
                paths.setdefault(way, []).append((part, element, words))
    best: tuple[float, list[tuple[Any, Any, str]]] | None = None
    for path, values in paths.items():
        worth = _worth(path, [words for _, _, words in values], len(kept), _place(values, kept))
        if worth and (best is None or worth > best[0]):
            best = (worth, values)
    return best[1] if best is not None else None


_ANSWER = re.compile(r"reply|response|answer|owner|official", re.I)


def _answered(part: Any, leaves: list[tuple[Path, Any, str]], found: Contributions) -> None:
    """The name over an answer that a part holds, of another than who wrote the part."""
    for inner in part.iterdescendants("div", "section", "blockquote", "li"):
        if not _ANSWER.search(inner.get("class") or "") or inner in found.parts:
            continue
        below = set(inner.iterdescendants())
        inside = [(one, words) for _, one, words in leaves if one in below]
        told = next((n for n, (_, words) in enumerate(inside) if _says(words)), 0)
        name = next((one for one, words in inside[:told] if names(_name(words)) and len(words) <= _NAME), None)
        if name is not None and name not in found.names:
            found.names[name] = BlockKind.LABEL
            found.parts.add(inner)
            return


def _says(words: str) -> bool:
    return len(words) >= _WORDS and (_SENTENCE.search(words) is not None or len(words) >= 2 * _WORDS)


def _leaves(part: Any) -> list[tuple[Path, Any, str]]:
    """The elements of a part that have words of their own: where they stand in it, and these words."""
    return list(_walk(part))


def _walk(part: Any) -> Iterator[tuple[Path, Any, str]]:
    paths: dict[Any, Path] = {part: ()}
    for number, element in enumerate(part.iter()):
        if number > _INSIDE:
            return
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        if element is not part:
            paths[element] = (*paths.get(parent, ()), (element.tag, element.get("class") or ""))
        own = (element.text or "") if len(element) else "".join(element.itertext())
        tails = " ".join(child.tail or "" for child in element)
        words = " ".join(f"{own} {tails}".split())
        if words and element is not part:
            yield paths[element], element, words


def _place(values: list[tuple[Any, Any, str]], kept: list[tuple[Any, list[tuple[Path, Any, str]]]]) -> str:
    """Where in most parts an element stands: "below" all words, "above" them and another short line, or ""."""
    inside = dict(kept)
    places: Counter[str] = Counter()
    for part, element, _ in values:
        leaves = inside[part]
        at = next(n for n, (_, one, _) in enumerate(leaves) if one is element)
        if any(_says(words) for _, _, words in leaves[:at]) and not any(
            _says(words) for _, _, words in leaves[at + 1 :]
        ):
            places["below"] += 1
        elif not any(_says(words) for _, _, words in leaves[:at]) and len(leaves) > at + 2:
            behind = leaves[at + 1][2]
            places["above"] += not _says(behind) and len(behind) <= _NAME
    place, often = places.most_common(1)[0] if places else ("", 0)
    return place if 3 * often >= 2 * len(values) else ""


def _name(words: str) -> str:
    """The name in a short line: without a mark before it, a day, an age or an office behind it."""
    start = next((n for n, c in enumerate(words) if c.isalnum() or c in "[("), 0)
    if start and words[0] in "-–—" and (told := _TELLS.match(words[start:])) is not None:
        return told[1]
    if (led := _LEADS.match(words)) is not None and names(words[led.end() :].split(",")[0]):
        start = led.end()
    return _FURTHER.split(words[start:])[0].strip()


_TELLS = re.compile(r"((?:[^\W\d_a-z][\w.'’-]{0,30} ){1,4})(?=[a-z])")
"""A name behind a dash of whom a sentence tells: "— Alma Reiss teaches law."."""
_LEADS = re.compile(r"[^\W\d_][^:\n]{2,30}: (?=[^\W\d_a-z])")
"""What leads to a name: "Recorded 1994: Signe Marr"."""
_WHEN = re.compile(r"\W{0,3}\d{1,4}(?:[:./-]\d|(?:st|nd|rd|th)?\.?\s[^\W\d_]{3,9}\b\.?,?(?:\s\d|$))")
"""A day or an hour, which is nobody's name."""
_FURTHER = re.compile(r"\s*[,·•|✔✓»(]|\s+\d")


def _worth(path: Path, values: list[str], parts: int, place: str) -> float:
    """How sure it is that names stand at a path of the parts; 0 where it is not sure enough."""
    credited = [match for words in values if (match := _CREDIT.search(words)) is not None]
    if 2 * len(credited) >= len(values) and len({match["name"] for match in credited}) >= 2:
        return 1.5
    if 2 * sum(_WHEN.match(words) is not None for words in values) > len(values):
        return 0.0
    lines = sum("," in words for words in values)
    values = [_name(words) for words in values]
    said = Counter(words.lower() for words in values)
    if 3 * len(values) < 2 * parts or len(said) < 2:
        return 0.0
    if any(_SENTENCE.search(words) and len(words.split()) > 4 for words in values):
        return 0.0
    hinted = any(_HINT.search(f"{name} {tag if tag in ('address', 'cite') else ''}") for tag, name in path[-2:])
    named = sum(names(words) and len(words.split()) <= 5 for words in values)
    people = sum(person(words) and len(words.split()) >= 2 for words in values)
    handles = sum(len(words.split()) == 1 and not words[0].isdigit() for words in values)
    heading = any(tag in ("h1", "h2", "h3", "h4", "h5", "h6") for tag, _ in path)
    again = len(said) < len(values)
    if hinted and 2 * (max(named, sum(map(_titled, values))) + handles) >= len(values):
        return 2.0 + (people + named) / len(values)
    full = sum(names(words) and 2 <= len(words.split()) <= 4 for words in values)
    if (
        (place == "above" or (place and not heading))
        and 3 * full >= 2 * len(values)
        and (len(values) >= 3 or lines == len(values))
    ):
        return 1.0 + full / len(values)
    if place and again and len(said) >= 2 and named + handles >= len(values):
        return 1.0 + named / len(values)
    if 2 * people >= len(values) or (again and 3 * named >= 2 * len(values) and not heading):
        return 1.0 + (people + named) / len(values) - 0.5 * heading
    return 0.0
