"""What `pip install` brings: a wheel with every table, template, script and model, which works by itself."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

USES = """
import sys
from pathlib import Path
import purport
from purport.cli.reading import examples
from purport.lexicons.registry import TABLES
from purport.web.view.page import _TEMPLATES
assert Path(purport.__file__).is_relative_to(sys.argv[1]), purport.__file__
record = purport.read_text("Mara Denk denied that the dam had been opened.")
assert [one.act for one in record.attributions] == ["deny"]
assert all(table.load() for table in TABLES)
assert all(_TEMPLATES.get_template(name) for name in _TEMPLATES.list_templates())
with examples() as folder:
    assert {one.name for one in folder.iterdir()} >= {"corpus", "metadata.csv", "world.csv"}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, made without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    made = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", str(folder),
            str(ROOT)]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True, timeout=300)
    (path,) = folder.glob("*.whl")
    return path


def test_a_wheel_holds_all_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "purport").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package - held == set()
    assert sum(name.endswith((".tsv", ".tsv.gz")) for name in held) >= 10
    assert sum(name.endswith(".html") for name in held) >= 20
    assert "purport/models/tagger.onnx" in held


def test_a_wheel_works_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(target),
               str(wheel)]  # fmt: skip
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    done = subprocess.run(
        [sys.executable, "-c", USES, str(target)], cwd=tmp_path, env={"PYTHONPATH": str(target)}, capture_output=True,
        text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
