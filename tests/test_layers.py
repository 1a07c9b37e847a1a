from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = [
    {
        "document",
        "analysis",
        "packed",
        "quiet",
        "record",
        "rows",
        "codec",
        "errors",
        "garbage",
        "lexicons",
        "times",
        "ties",
        "version",
    },
    {"read", "analyse", "extract", "resolve", "network", "store", "export"},
    {"pipeline", "pool", "compare", "evaluate", "actors", "standing", "views", "api", "review", "agreement", "judged"},
    {"cli", "cli_actors", "cli_network", "console", "console_actors", "console_network", "web", "cluster"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS, 1) for name in names}
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
    "rich": {"console", "console_actors", "console_network"},
    "typer": {"cli", "cli_actors", "cli_network"},
    "pandas": {"api"},
    "pyarrow": {"export", "api"},
    "requests": set[str](),
    "urllib.request": set[str](),
    "http": {"web"},
    "socket": {"pipeline", "web"},
    "pickle": {"packed"},  # of bytes that it made itself and that leave no process but through the pool
}
"""Who alone may import what."""
MODULES = sorted((ROOT / "purport").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def part_of(path: Path) -> str:
    return path.relative_to(ROOT / "purport").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    own = part_of(path)
    if own in ("__init__", "__main__", "examples"):
        return
    assert own in LEVEL, f"{own} has no place in the layers of DESIGN.md, section 3"
    for name in imported(path):
        if name.split(".")[0] == "purport" and "." in name:
            other = name.split(".")[1]
            if other in LEVEL and other != own:
                limit = LEVEL[own] - (LEVEL[own] == 2)
                assert LEVEL[other] <= limit, f"{path.name} of layer {LEVEL[own]} imports {name}"
        for package, allowed in ONLY.items():
            if name == package or name.startswith(f"{package}."):
                assert own in allowed, f"{path.name} imports {name}"


def test_importing_purport_is_quick_and_does_nothing_else() -> None:
    code = """
import sys, logging, resource
handlers, level = list(logging.root.handlers), logging.root.level
import purport
heavy = {"spacy", "pyarrow", "pandas", "trafilatura", "pypdfium2", "torch", "rich", "typer", "docx", "py3langid"}
print(*sorted(heavy & set(sys.modules)))
assert logging.root.handlers == handlers and logging.root.level == level
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, file=sys.stderr)
"""
    spent = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout == "\n"
        spent.append(float(done.stderr))
    assert min(spent) < 1.0  # seconds of the processor; 0.3 on a machine that does nothing else
