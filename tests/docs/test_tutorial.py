"""Every command and every piece of Python in the pages is run, and what it prints is what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs import make_pages
from docs.blocks import PAGES, ROOT, fits, prepare, run, steps


@pytest.mark.parametrize("page", [page for page in PAGES if list(steps(page.read_text()))], ids=lambda page: page.name)
def test_blocks_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    for step in steps(page.read_text()):
        printed = run(step, tmp_path)
        # `make docs` writes the pages anew; read the difference before you keep it.
        assert fits(printed, step.printed), f"{page.name}: {step.name}\nprints\n{printed}\nnot\n{step.printed}"


def test_every_page_is_run_or_generated() -> None:
    pages = {*ROOT.glob("docs/*.md"), ROOT / "README.md"}
    assert pages == {*PAGES, ROOT / "docs" / "reference.md", make_pages.PAGE}


@pytest.mark.parametrize(
    "printed, said, right",
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("a\nc\n", "a\n...\nc\n", True),
        ("a\nb\n", "...\n", True),
        ("a\nb\n", "", False),
        ("", "", True),
        ("abc\n", "a...c\n", False),
        ("F1 0.944 of 3\n", "F1 0.945 of 3\n", True),
        ("F1 0.944\n", "F1 0.955\n", False),
        ("F1 0.944\n", "F1 0.94\n", False),
        ("F1 0.944 of 3\n", "F1 0.944 of 4\n", False),
        ("a 0.50\nx\nc 0.70\n", "a 0.51\n...\nc 0.69\n", True),
        ("version 0.10.2\n", "version 0.11.2\n", False),
    ],
)
def test_fits(printed: str, said: str, right: bool) -> None:
    assert fits(printed, said) is right
