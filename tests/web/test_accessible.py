"""WCAG 2.2 AA as far as a program can tell (axe-core), on every page, light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.web.browser import CHROMIUM, OPTIONS, served
from tests.web.conftest import client_of

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/documents", "/statements?act=deny", "/actors", "/actors/same", "/review", "/review/log",
         "/stories", "/quotations",
         "/review/agreement", "/review/sample?size=10", "/review/orphaned", "/runs", "/nowhere", "/network?least=1",
         "/network?outlet=Ardinform&other=Halyard+Wire"]  # fmt: skip

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm ci in tests/web)"),
]


@pytest.mark.parametrize("scheme,width", [("light", 1280), ("dark", 390)])
def test_no_rule_is_broken(copied: Path, scheme: str, width: int) -> None:
    ana = client_of(copied, "Ana")
    document = ana.get("/documents").text.partition('href="/documents/')[2][:16]
    item = ana.get("/statements").text.partition('<li id="s-')[2][:16]
    actor = ana.get("/actors").text.partition('href="/actors/')[2].partition('href="/actors/')[2][:16]
    network = ana.get("/network?least=1").text
    edge = "/network/edge?" + network.partition('href="/network/edge?')[2].partition('"')[0].replace("&amp;", "&")
    timeline = "/network/timeline/" + network.partition('href="/network/timeline/')[2].partition('"')[0]
    assert ana.post(f"/items/{item}/judge", data={"deed": "accept", "after": "0"}).status_code == 303
    wrong = []
    with served(copied) as home, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        for path in (*PAGES, f"/documents/{document}", f"/items/{item}", f"/actors/{actor}", edge, timeline):
            page.goto(home + path)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            assert len(found["passes"]) > 10, path
            wrong += [
                (path, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]
            ]
        browser.close()
    assert not wrong, "\n".join(map(str, wrong))
