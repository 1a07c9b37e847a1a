"""Pictures of the pages of `purport serve`, light, dark, on a phone and on paper: `python -m docs.make_pages`.

Pages of the examples' corpus, with some judgements, in Chromium as Debian packages it. Written are
`docs/pages/PAGE-KIND.webp` and `docs/pages.md`, which shows them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import purport
from docs.blocks import ROOT
from purport import store as stores
from purport.corpus.review import ACCEPT, AMEND, REJECT
from purport.model.rows import Review
from tests.web.browser import CHROMIUM, OPTIONS, served

FOLDER = Path(__file__).parent / "pages"
PAGE = Path(__file__).parent / "pages.md"
KINDS = {
    "light": {"viewport": {"width": 1200, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1200, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "color_scheme": "light", "has_touch": True},
}
PRINTED = ("document", "statements")
"""What is also shown as it goes to paper."""
QUALITY = 60
"""Of WebP: text stays sharp, and a picture has some 40 kB at most."""
SHOWN = {
    "corpus": "Corpus: documents by outlet and month, what could not be read, what is reviewed",
    "document": "Document: the text as it was laid out, each voice joined to its card beside it",
    "statements": "Statements: filtered by act, with counts of what was found",
    "actors": "Actors: all names used, by outlet",
    "actor": "One actor: names, what it says, what is said about it",
    "same": "Same actor? Pairs that may be one, with the sentences for and against",
    "stories": "Stories: documents that tell one event",
    "story": "One story: its documents in time, and what they share word for word",
    "quotations": "Quotations that travel, beside their fullest telling",
    "network": "Network: who stands with whom, two outlets side by side",
    "edge": "One edge of the network opens its sentences",
    "timeline": "An actor's relations over time",
    "review": "Review: the least sure first",
    "item": "One statement, to accept, reject or amend",
    "agreement": "How far two reviewers agree",
    "sample": "A random sample, which gives the error rate of the corpus",
    "log": "The log of all judgements",
    "runs": "Runs: versions, models, settings, problems",
}
_TOLD = "2031-04-0{} 10:0{}:00"


def made(path: Path) -> tuple[str, str]:
    """A store of the examples with judgements of two reviewers; the ids of a document and of a statement in it."""
    with purport.open(path) as corpus:
        corpus.add(
            [ROOT / "examples" / "stances"], metadata=ROOT / "examples" / "stances-metadata.csv",
            actors=ROOT / "examples" / "world.csv", workers=1,
        )  # fmt: skip
        corpus.add(
            [ROOT / "examples" / "corpus"], metadata=ROOT / "examples" / "metadata.csv",
            actors=ROOT / "examples" / "world.csv", workers=1,
        )  # fmt: skip
        rows = list(corpus.statements())
        shown = next(row.id for row in corpus.documents() if any("halyard-bridge" in one for one in row.paths))
    own = [row for row in rows if row.document == shown]
    some = [*own, *(row for row in rows if row.document != shown)][:14]
    judged = []
    for number, row in enumerate(some):
        usual = ACCEPT if number % 5 else REJECT
        for who, deed in (("Ana", usual), ("Ben", AMEND if number == 6 else usual)):
            told = (("act", '"promise"'),) if deed == AMEND else ()
            time = _TOLD.format(1 + number % 9, number % 10)
            judged.append(Review(0, row.id, "attribution", row.document, deed, told, 0, "", who, "", time))
    with stores.Store(path, write=True) as store:
        stores.review(store, judged)
    return shown, own[1].id


def addresses(page: Page, home: str, document: str, item: str) -> dict[str, str]:
    """Where each page of `SHOWN` is."""

    def link(at: str, begins: str) -> str:
        page.goto(home + at)
        found = page.eval_on_selector_all(
            "a[href], area[href], svg a", "all => all.map(one => one.getAttribute('href'))"
        )
        fitting = (str(one) for one in found if one and unquote(one).startswith(begins) and len(one) > len(begins))
        return next(one for one in fitting if not one.endswith("/same"))

    network = "/network?outlet=Ardinform&other=Halyard+Wire"
    return {
        "corpus": "/",
        "document": f"/documents/{document}",
        "statements": "/statements?act=deny",
        "actors": "/actors",
        "actor": link("/actors", "/actors/"),
        "same": "/actors/same",
        "stories": "/stories",
        "story": link("/stories?order=largest", "/stories/"),
        "quotations": "/quotations",
        "network": network,
        "edge": link("/network", "/network/edge?"),
        "timeline": link("/network", "/network/timeline/"),
        "review": "/review",
        "item": f"/items/{item}",
        "agreement": "/review/agreement",
        "sample": "/review/sample?size=10",
        "log": "/review/log",
        "runs": "/runs",
    }


def pictures() -> Iterator[tuple[str, str, bytes]]:
    """The name of each page, the kind, and the picture as WebP."""
    if CHROMIUM is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as running:
        store = Path(scratch) / "examples.db"
        document, item = made(store)
        browser = running.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        with served(store) as home:
            found = addresses(browser.new_page(), home, document, item)
            for kind, told in KINDS.items():
                context = browser.new_context(**told)  # type: ignore[arg-type]
                context.add_cookies([{"name": "purport_reviewer", "value": "Ana", "url": home}])
                page = context.new_page()
                for name, address in found.items():
                    page.goto(home + address)
                    yield name, kind, taken(page)
            page = browser.new_page(viewport={"width": 800, "height": 1130})
            page.emulate_media(media="print")
            for name in PRINTED:
                page.goto(home + found[name])
                yield name, "paper", taken(page)
        browser.close()


def taken(page: Page) -> bytes:
    """What is seen of a page, as WebP."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    kept = io.BytesIO()
    picture.save(kept, "webp", quality=QUALITY, method=6)
    return kept.getvalue()


def told() -> str:
    """The page that shows the pictures."""
    lines = [
        "# The pages of `purport serve`", "",
        "Of the examples, whose countries and people are invented; `python -m docs.make_pages` makes the pictures.", "",
    ]  # fmt: skip
    for name, about in SHOWN.items():
        lines += [f"## {about.partition(':')[0]}", "", f"{about}.", ""]
        lines += [f"![{about}, {kind}](pages/{name}-{kind}.webp)" for kind in kinds_of(name)]
        lines.append("")
    return "\n".join(lines)


def kinds_of(name: str) -> tuple[str, ...]:
    """How a page is shown."""
    return (*KINDS, "paper") if name in PRINTED else tuple(KINDS)


def main() -> int:
    """Write the pictures, and the page that shows them."""
    FOLDER.mkdir(exist_ok=True)
    for name, kind, data in pictures():
        (FOLDER / f"{name}-{kind}.webp").write_bytes(data)
    PAGE.write_text(told(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
