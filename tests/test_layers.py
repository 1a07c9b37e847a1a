"""Folders are layers: a folder imports from those listed before it, and nothing imports in a circle."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "purport"
GROUND = ("errors", "version")
"""Modules at the top of the package that any other may import."""
LAYERS = (
    "model", "runtime", "lexicons", "syntax", "read", "analyse", "extract", "resolve", "stories", "network", "store",
    "export", "corpus", "datasets", "web", "cli",
)  # fmt: skip
"""The folders from the ground up; the command line is last, since `purport serve` starts the web server."""
ROOF = {
    "pipeline": {"model", "runtime", "lexicons", "syntax", "read", "analyse", "extract", "resolve"},
    "evaluate": set(LAYERS) - {"cli", "web"},
    "__init__": {*LAYERS, "pipeline", "evaluate"} - {"cli", "web"},
}
"""Modules at the top of the package that stand on folders, and on which."""
ABOVE = {"pipeline": "resolve", "evaluate": "export"}
"""What may import those: the folders above this one."""
DATA = ("models", "examples")
"""Folders without code."""
MOST_LINES = 500
MOST_AT_THE_TOP = 6
ONLY = {
    "apsw": {"store"},
    "rapidfuzz": {"resolve"},
    "anyascii": {"resolve"},
    "rensa": {"network"},
    "highspy": {"network"},
    "sqlite3": set[str](),
    "spacy": {"analyse"},
    "torch": set[str](),
    "onnxruntime": {"analyse"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "multipart": set[str](),
    "playwright": set[str](),
    "rich": {"cli"},
    "typer": {"cli"},
    "pandas": {"corpus"},
    "pyarrow": {"export", "corpus"},
    "requests": set[str](),
    "urllib.request": set[str](),
    "http": {"web"},
    "socket": {"corpus", "web", "datasets"},
    "pickle": {"runtime", "datasets"},  # of bytes that it made itself and that leave no process but through a pipe
    "distributed": set[str](),  # by `runtime.extras` alone, since not everybody has it
    "duckdb": set[str](),
}
"""Which folders alone may import what."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of a module, with "__init__" for that of a package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, anywhere in it; "purport" for the package as a whole."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            if node.module != "purport":
                yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room_of(path: Path) -> str:
    """The folder of a module within the package, or its name where it stands at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def allowed(room: str) -> set[str]:
    """The folders and modules at the top that a room may import from, beside itself."""
    if room in ROOF:
        return {*ROOF[room], *GROUND}
    if room in GROUND:
        return set()
    below = LAYERS[: LAYERS.index(room)]
    roofs = {name for name, after in ABOVE.items() if LAYERS.index(room) > LAYERS.index(after)}
    return {*below, *roofs, *GROUND}


def test_every_folder_and_module_at_the_top_has_its_place() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"} - {*DATA}
    assert folders == set(LAYERS)
    top = {path.stem for path in PACKAGE.glob("*.py")}
    assert top == {*GROUND, *ROOF}
    assert len(top) <= MOST_AT_THE_TOP


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    room = room_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "purport" and len(parts) > 1 and parts[1] in {*LAYERS, *ROOF, *GROUND} - {room}:
            assert parts[1] in allowed(room), f"{name_of(path)} imports {name}"
        if name == "purport":
            assert room in ("cli", "web"), f"{name_of(path)} imports the roof of the package"
        for package, rooms in ONLY.items():
            if name == package or name.startswith(f"{package}."):
                assert room in rooms, f"{name_of(path)} imports {name}"


def test_nothing_imports_in_a_circle() -> None:
    known = {name_of(path).removesuffix(".__init__"): path for path in MODULES}
    edges = {name: {one for one in imported(path) if one in known and one != name} for name, path in known.items()}
    done: set[str] = set()

    def circle(name: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if name in way:
            return (*way[way.index(name) :], name)
        if name in done:
            return ()
        for one in sorted(edges[name]):
            if found := circle(one, (*way, name)):
                return found
        done.add(name)
        return ()

    # The face of a package re-exports its modules, which may import each other past it.
    faces = {name for name, path in known.items() if path.name == "__init__.py"}
    for name in edges:
        edges[name] -= faces
    for name in sorted(known):
        assert not circle(name, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_long_and_each_says_in_a_sentence_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    if text.strip():
        doc = ast.get_docstring(ast.parse(text))
        assert doc, f"{name_of(path)} does not say what it is for"


def test_importing_purport_is_quick_and_does_nothing_else() -> None:
    code = """
import sys, logging
handlers, level = list(logging.root.handlers), logging.root.level
import purport
heavy = {"spacy", "pyarrow", "pandas", "trafilatura", "pypdfium2", "torch", "rich", "typer", "docx", "py3langid"}
print(*sorted(heavy & set(sys.modules)))
assert logging.root.handlers == handlers and logging.root.level == level
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "\n"
    spent = [(_processor("import purport"), _processor(_ALIKE)) for _ in range(3)]
    assert min(own for own, _ in spent) < 3.5 * min(alike for _, alike in spent)  # 1.9 to 2.3 on machines at hand


_ALIKE = """
import numpy, asyncio, unittest.mock, http.server, xmlrpc.client, pydoc, dataclasses
for n in range(100):
    dataclasses.make_dataclass(f"A{n}", [(f"f{at}", int) for at in range(6)], frozen=True)
"""
"""Work of the same kinds as importing purport, which tells how fast a machine is: its seconds differ by five times."""


def _processor(code: str) -> float:
    """The processor time, in seconds, of a new interpreter that runs the code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
