"""The inspector's page in a browser: made of a material, opened, and driven by its own controls.

    with shown(browser, page_file) as at:
        at.tick("areas", "Area 03")
        assert at.heading == "Area 03, 4 Nov – 1 Dec 2024"

`at.page` is Playwright's page; every helper waits until the whole page stands again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ia_plugin.core.inspector_page.cube import page_data_text
from ia_plugin.core.inspector_page.page import inspector_page
from ia_plugin.core.material.summary_tables import Material

from .browser import opened
from .patience import PATIENCE_S

MARKING = "OFFICIAL-SENSITIVE"
SETTLED = "document.documentElement.dataset.settled === (location.hash || '#')"


def page_of(material: Material, folder: Path) -> Path:
    """The file of a page of a material."""
    path = folder / "index.html"
    path.write_text(inspector_page(page_data_text(material, MARKING), marking=MARKING), encoding="utf-8")
    return path


class Shown:
    """A page that is open."""

    def __init__(self, page: Any, seen: Any) -> None:
        self.page, self.seen = page, seen

    def settle(self) -> None:
        """Wait until all of the page stands."""
        until = time.monotonic() + PATIENCE_S
        while not self.page.evaluate(SETTLED):  # the policy leaves Playwright no predicate of its own
            assert time.monotonic() < until, "the page does not settle"
            self.page.wait_for_timeout(5)

    def go(self, link: str) -> None:
        """Read the file anew by a deep link, in the window that is open: what a window of its own costs is saved."""
        address = self.page.url.partition("#")[0]
        self.page.goto("about:blank")
        self.page.goto(address + link)
        self.settle()

    def text(self, selector: str) -> str:
        return " ".join(self.page.inner_text(selector).split())

    @property
    def heading(self) -> str:
        return self.text("#heading")

    @property
    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))

    @property
    def focus(self) -> str:
        """Id or key of what has the keyboard."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.dataset.key || ''"))

    @property
    def asked(self) -> dict[str, Any]:
        """The filter as the page has it, plain."""
        return dict(self.page.evaluate("page.as_dict(view.now.state)"))

    def chip(self, name: str) -> str:
        return self.text(f"#chip-{name}").removesuffix("▾").strip()

    def open(self, name: str) -> Any:
        """The editor of a chip, opened."""
        if self.page.get_attribute(f"#chip-{name}", "aria-expanded") != "true":
            self.page.click(f"#chip-{name}")
        return self.page.locator(f"#editor-{name}")

    def key(self, key: str) -> Any:
        """The control that is known by a key."""
        return self.page.locator(f"[data-key='{key}']")

    def press(self, key: str) -> None:
        """Click a control by its key."""
        self.key(key).click()
        self.settle()

    def tick(self, chip: str, words: str) -> None:
        """Turn a box of a chip's editor, by what it is called, and close the editor."""
        self.open(chip).get_by_label(words, exact=True).click()
        self.page.keyboard.press("Escape")
        self.settle()

    def choose(self, key: str, value: str) -> None:
        self.key(key).select_option(value)
        self.settle()

    def rows(self, selector: str) -> list[list[str]]:
        """The texts of the cells of each row of a table, as a screen reader has them."""
        found = self.page.evaluate(
            "(s) => [...document.querySelectorAll(s)].map((r) => [...r.cells].map((c) => c.textContent.trim()))",
            selector,
        )
        return list(found)


@contextmanager
def shown(browser: Any, path: Path, at: str = "", **options: Any) -> Iterator[Shown]:
    """A page opened and settled; nothing was asked of a network, nothing complained of, when it is left."""
    with opened(browser, path, at, **options) as (page, seen):
        found = Shown(page, seen)
        found.settle()
        yield found
        assert seen.quiet, (seen.requests, seen.complaints)


__all__ = ["MARKING", "Shown", "page_of", "shown"]
