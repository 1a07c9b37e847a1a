"""Chromium, as Debian packages it, driven by Playwright; and a server of a store beside it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Dialog, Page, Request

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
]  # fmt: skip


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a server of the store, in a process of its own."""
    command = [sys.executable, "-m", "purport.cli", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+/", server.stdout.readline())
            assert found is not None
            yield found[0].rstrip("/")
        finally:
            server.terminate()


class Watch:
    """What a page did that it should not: dialogs, errors, messages of the console, questions asked elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.seen: list[str] = []
        self.home = home
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.seen.append(f"error {error}"))
        page.on("console", lambda message: self.seen.append(f"console {message.text}"))
        page.on("popup", lambda other: self.seen.append(f"popup {other.url}"))
        page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, asked: Request) -> None:
        if not asked.url.startswith(self.home):
            self.seen.append(f"asked {asked.url}")
