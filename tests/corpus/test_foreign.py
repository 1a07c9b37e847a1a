"""Documents that other programs make: LibreOffice and Chromium, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import purport
from purport import BlockKind

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The dam of Orrin</title></head><body>
<h1>The dam of Orrin</h1>
<p>Mara Denk, the minister of information, denied on Tuesday that the dam had been opened by night, and said that
the engineers of both banks would be asked to look at the wheels before the end of the week.</p>
<h2>A question of wheels</h2>
<p>“The wheel has a hand,” Zoé Márkes told reporters in Halvenna. “It is not ours.”</p>
<ul><li>Velmark said that ice had jammed the gates.</li><li>The Concord could not confirm it.</li></ul>
</body></html>
"""
WORDS = ("that the dam had been opened by night", "“The wheel has a hand,”", "that ice had jammed the gates")


def converted(page: Path, suffix: str) -> Path:
    assert OFFICE is not None
    profile = page.parent / "profile"
    command = [OFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(page.parent), str(page)], check=True, capture_output=True, timeout=120)
    return page.with_suffix("." + suffix.partition(":")[0])


def check(path: Path, folder: Path) -> None:
    with purport.open(folder / "s.db") as corpus:
        summary = corpus.add([path], workers=1, told=purport.Metadata(language="en"))
        assert (summary.new, summary.failed) == (1, [])
        contents = [one.content for one in corpus.statements()]
        for words in WORDS:
            assert any(words in content for content in contents), contents
        (record,) = corpus.records()
        headings = [b.span.of(record.document.text) for b in record.document.blocks if b.kind is BlockKind.HEADING]
        assert "A question of wheels" in headings
        assert corpus.verify() == []


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["docx:MS Word 2007 XML", "pdf", "html:HTML:EmbedImages"])
def test_libreoffice(page: Path, suffix: str) -> None:
    source = page if not suffix.startswith("html") else converted(page, "odt")
    check(converted(source, suffix), page.parent)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_chromium_prints(page: Path) -> None:
    assert CHROMIUM is not None
    out = page.with_name("printed.pdf")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    profile = f"--user-data-dir={page.parent / 'chromium'}"
    subprocess.run(
        [CHROMIUM, *options, profile, f"--print-to-pdf={out}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    check(out, page.parent)
