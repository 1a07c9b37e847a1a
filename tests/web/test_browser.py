"""A walk through the pages in a real browser: reading, filtering, correcting, taking back; and hostile documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import purport
from purport import store as stores
from tests.web.browser import CHROMIUM, OPTIONS, Watch, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")

BAD = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202egnihton si siht\u202c",
    "zero\u200b\u200d\u2060width\ufeff",
    "W" * 6000,
    "\u0645\u0631\u062d\u0628\u0627 <b>bold</b>",
    "=HYPERLINK(\"http://evil.example\")",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "e\u0301\u0301\u0301\u0301" * 60,
    "\U0001f9ea\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "]]><!--<script>alert(1)//-->",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=http://evil.example>",
    "<iframe src=http://evil.example></iframe>",
    "data:text/html,<script>alert(1)</script>",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def named(page: Page, home: str, who: str) -> None:
    page.goto(home + "/")
    page.get_by_label("Reviewer").fill(who)
    page.locator(".who button").click()
    expect(page.get_by_label("Reviewer")).to_have_value(who)


def test_a_walk(browser: Browser, page: Page, copied: Path, tmp_path: Path) -> None:
    with served(copied) as home:
        watch = Watch(page, home)
        named(page, home, "Ana")
        page.get_by_role("link", name="Statements", exact=True).click()
        page.get_by_label("Act").fill("deny")
        page.get_by_role("button", name="Show").click()
        assert set(page.locator(".what .act").all_inner_texts()) == {"deny"}
        address = page.url
        page.locator("blockquote a").first.click()
        page.wait_for_url("**/documents/**")
        item = page.url.partition("#t-")[2]
        tag = page.locator(f"#t-{item}")
        expect(tag).to_be_focused()
        assert page.locator(f'.text .on[data-items~="{item}"]').count() >= 2
        page.keyboard.press("j")
        expect(tag).not_to_be_focused()
        page.keyboard.press("k")
        expect(tag).to_be_focused()
        card = page.locator(f"#c-{item}")
        card.get_by_role("button", name="Accept").click()
        expect(page.locator(f"#c-{item} .state")).to_contain_text("accepted by Ana")

        other = browser.new_context().new_page()
        named(other, home, "Ben")
        other.goto(f"{home}/items/{item}")
        page.goto(f"{home}/items/{item}")
        page.get_by_label("Act").select_option("doubt")
        page.get_by_role("button", name="Amend").first.click()
        expect(page.locator(".state").first).to_contain_text("amended by Ana")
        other.get_by_role("button", name="Reject").first.click()
        expect(other.get_by_role("alert")).to_contain_text("Somebody else has judged this meanwhile")
        other.get_by_role("button", name="Reject").first.click()
        expect(other.locator(".state").first).to_contain_text("rejected by Ben")
        other.get_by_role("button", name="Undo 3").click()
        expect(other.locator(".state").first).to_contain_text("amended by Ana")

        page.goto(address)
        page.get_by_role("button", name="Accept all").click()
        page.get_by_role("button", name="Yes, accept").click()
        page.get_by_role("button", name="Take back all").click()
        expect(page.locator("main")).to_contain_text("0 still stand")
        page.goto(address)
        with page.expect_download() as kept:
            page.get_by_role("link", name="CSV").first.click()
        kept.value.save_as(tmp_path / "list.csv")
        assert (tmp_path / "list.csv").read_text().startswith("id,")

        page.goto(f"{home}/actors")
        first, second = (page.locator("tbody th a").nth(n).inner_text() for n in (0, 1))
        page.get_by_role("link", name=first, exact=True).click()
        page.get_by_label("Another actor is this one").fill(second)
        page.get_by_role("button", name="Merge").click()
        expect(page.locator(".log")).to_contain_text("Ana")
        page.get_by_role("button", name="Undo 1").click()
        expect(page.locator(".log")).to_contain_text("undone")
        page.reload()
        assert watch.seen == []
    with stores.Store(copied) as store:
        assert len(stores.reviews(store)) > 5


def test_documents_are_added_on_the_page(page: Page, copied: Path, tmp_path: Path) -> None:
    paper = tmp_path / "..note <b>.txt"
    paper.write_text("The minister of Velmark denied on Friday that the ferry had been sold. She said it was safe.\n")
    with served(copied) as home:
        page.goto(home + "/")
        page.locator("#files").set_input_files(paper)
        page.locator("#add-outlet").fill("Harbour Post")
        page.get_by_role("button", name="Read them in").click()
        expect(page.get_by_role("heading", name="Read in", exact=True)).to_be_visible(timeout=90_000)
        page.goto(home + "/statements?outlet=Harbour+Post")
        expect(page.locator("blockquote").first).to_contain_text("ferry")
    with purport.open(copied) as corpus:
        (row,) = (row for row in corpus.documents() if row.outlet == "Harbour Post")
        assert row.paths == ("note _b_.txt",)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 200 hostile documents."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = []
    for number in range(200):
        bad, worse = BAD[number % len(BAD)], BAD[(number * 7 + 3) % len(BAD)]
        text = (
            f'The minister {bad} said on Tuesday that "{worse} was never there {number}". {bad} denied it.\n\n{worse}'
        )
        rows.append({"text": text, "title": f"{bad} {number}", "outlet": worse[:300], "author": bad, "url": bad,
                     "published": "2031-04-02"})  # fmt: skip
    name = "<img src=x onerror=alert(1)>\u202e.jsonl"
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    path = folder / "hostile.db"
    with purport.open(path) as corpus:
        summary = corpus.add([folder / name], told=purport.Metadata(language="en"))
    assert summary.new == 200, summary
    return path


def test_nothing_of_a_hostile_document_runs(page: Page, hostile: Path) -> None:
    with purport.open(hostile) as corpus:
        names = [row.id for row in corpus.documents()]
    with served(hostile) as home:
        watch = Watch(page, home)
        named(page, home, BAD[1])
        wrong: list[tuple[str, object]] = []
        pages = ["/", "/documents", "/documents?page=2", "/statements", "/statements?page=2", "/actors", "/actors/same",
                 "/stories", "/quotations",
                 "/review", "/review/sample", "/runs", "/review/next",
                 *(f"/documents/{name}" for name in names)]  # fmt: skip
        pages += [f"/statements?search={word}&by={word}" for word in ("%3Cscript%3E", "%22%3E%3Csvg", "%E2%80%AE%00")]
        for path in pages:
            answer = page.goto(home + path, wait_until="domcontentloaded")
            assert answer is not None
            if answer.status != 200 and not (path.startswith("/statements?search") and answer.status == 400):
                wrong.append((path, answer.status))
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                wrong.append((path, wide))
            if page.locator("main img, main iframe, main script, main style, main meta").count():
                wrong.append((path, "an element of the document"))
        assert not wrong
        assert [one for one in watch.seen if "400" not in one] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_and_the_dark_need_no_scrolling_sideways(browser: Browser, example_store: Path, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    with served(example_store) as home:
        for path in ("/", "/documents", "/statements", "/actors", "/network", "/review", "/runs", "/review/sample"):
            page.goto(home + path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.goto(home + "/documents")
        page.locator(".documents a").first.click()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_the_keyboard_alone_is_enough(page: Page, copied: Path) -> None:
    with served(copied) as home:
        page.goto(home + "/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        named(page, home, "Ana")
        page.goto(home + "/review/next")
        first = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda now: now != first and "queue=" in now)
        page.goto(home + "/review/log")
        expect(page.locator("tbody tr")).to_have_count(1)
