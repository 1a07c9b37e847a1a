"""Rules hold no lists of words and spell no label of the parser: the one stand in tables, the other in relations.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import purport
from purport.lexicons.classes import CLASSES, classes, listed, words_of
from purport.model.vocabulary import ACTS, TYPES
from purport.syntax import relations

PACKAGE = Path(purport.__file__).parent
RELATIONS = PACKAGE / "syntax" / "relations.py"
LABELS = {value for name, value in vars(relations).items() if name.isupper() and isinstance(value, str)}
COMMON = {"agent", "case", "dep", "mark", "meta", "compound", "prep", "det"}
"""Labels that are words of their own elsewhere: an argument's role, an element of HTML, a part of speech."""
MOST = 5


def strings(tree: ast.AST) -> Iterator[tuple[ast.expr, list[str]]]:
    """Every display or split string of a module, with its strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.Tuple | ast.List | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            yield node, [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            whole = node.func.value
            if isinstance(whole, ast.Constant) and isinstance(whole.value, str):
                yield node, whole.value.split()


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PACKAGE / folder).rglob("*.py"))]


def word_lists(source: str) -> list[list[str]]:
    """Lists of more than five words of the language; closed lists of the model's values are none."""
    found = []
    for _, values in strings(ast.parse(source)):
        words = [one for one in values if one.islower() and any(letter.isalpha() for letter in one)]
        if len(words) > MOST and not set(words) <= {*ACTS, *TYPES}:
            found.append(words)
    return found


def test_no_module_of_rules_holds_a_list_of_words() -> None:
    lists = {path.relative_to(PACKAGE): word_lists(path.read_text("utf-8")) for path in modules("extract", "syntax")}
    lists.pop(RELATIONS.relative_to(PACKAGE))
    lists.pop(Path("extract/attribution/confidence.py"))  # the names of the features of its weights
    assert {path: found for path, found in lists.items() if found} == {}


def test_a_list_of_words_is_seen() -> None:
    assert word_lists('WORDS = frozenset("one two three four five six".split())') == [
        ["one", "two", "three", "four", "five", "six"]
    ]
    assert word_lists('ACTS = ("deny", "ask", "assert", "warn", "hope", "fear")') == []


def test_only_relations_spells_the_parsers_labels() -> None:
    spelled: dict[str, set[str]] = {}
    for path in modules("syntax", "extract", "resolve/document", "analyse", "network"):
        if path == RELATIONS:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        found = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        found |= {word for node, words in strings(tree) if isinstance(node, ast.Call) for word in words}
        spelled[str(path.relative_to(PACKAGE))] = (found & LABELS) - COMMON
    spelled["resolve/document/features.py"].discard(relations.POSS)  # a kind of phrase
    assert {path: found for path, found in spelled.items() if found} == {}


def test_every_class_is_asked_for_by_its_name() -> None:
    asked = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("listed", "words_of")
            ):
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    asked.add(name.value)
    assert asked == set(classes())


def test_classes_keep_their_order_and_have_each_word_once() -> None:
    assert listed("weekdays")[0] == "monday"
    assert len(listed("months")) == 12
    assert words_of("weekdays") == frozenset(listed("weekdays"))
    for row in CLASSES.load():
        assert row.words
        assert len(set(row.words)) == len(row.words)
