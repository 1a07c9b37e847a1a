"""Run the code of the notebooks in docs/ and write what it prints into them: `python -m docs.notebooks [--check]`.

With `--check` nothing is written, and it fails where a notebook does not print what it shows. No notebook server is
needed: a notebook is JSON (nbformat 4), and these print text only.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
NOTEBOOKS = (Path(__file__).parent / "network.ipynb",)


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the output of every cell as it is now; they run in order, in one namespace."""
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.chdir(ROOT):
                exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
            lines = printed.getvalue().splitlines(keepends=True)
            outputs = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
            cell = {**cell, "execution_count": number, "outputs": outputs}
        cells.append(cell)
    return {**notebook, "cells": cells}


def written(notebook: dict[str, Any]) -> str:
    """The notebook as its file has it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """The command line."""
    stale = []
    for path in NOTEBOOKS:
        now = written(run(json.loads(path.read_text("utf-8"))))
        if now != path.read_text("utf-8"):
            stale.append(path)
            if "--check" not in arguments:
                path.write_text(now, "utf-8")
    for path in stale if "--check" in arguments else ():
        print(f"{os.path.relpath(path, ROOT)} does not print what it shows: run make docs")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
