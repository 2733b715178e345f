"""A page in a real browser: Debian's Chromium without a window, driven by Playwright.

    @needs_browser
    def test_the_page_speaks_to_nobody(browser, page_file):
        with opened(browser, page_file) as (page, seen):
            page.get_by_role("button", name="Reset").click()
        assert seen.quiet

`opened` keeps what the page asked of a network and what it complained of: a page of ours does neither.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), "")
needs_browser = pytest.mark.skipif(
    not CHROMIUM or importlib.util.find_spec("playwright") is None,
    reason="no Chromium, or no Playwright to drive it: make browser brings both",
)
DESK = {"width": 1280, "height": 900}


@dataclass
class Seen:
    """What a page did that it should not: what it asked for beside itself, and what its console said."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def quiet(self) -> bool:
        return not self.requests and not self.complaints


@contextmanager
def started() -> Iterator[Any]:
    """A browser; as a fixture of a module: it takes a second to start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, path: Path, at: str = "", **options: Any) -> Iterator[tuple[Any, Seen]]:
    """A page of a file, as a reader opens it from a folder, and what it did; `at` is a deep link, "#area=E01", `options` those of a Playwright context.

    >>> # with opened(browser, path, viewport={"width": 390, "height": 800}, color_scheme="dark") as (page, seen): ...
    """
    context = browser.new_context(**{"viewport": DESK, "locale": "en-GB", **options})
    try:
        page, seen = context.new_page(), Seen()
        page.on(
            "request",
            lambda r: (
                None
                if r.url.split("#")[0] == path.as_uri() or r.url.startswith("blob:")
                else seen.requests.append(r.url)
            ),
        )
        page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: seen.complaints.append(str(e)))
        page.goto(path.as_uri() + at)
        yield page, seen
    finally:
        context.close()
