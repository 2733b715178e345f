"""The inspector's page on paper: marking and header on every sheet, no controls, light whatever the screen is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import needs_browser
from tests.support.inspector import MARKING, shown

pytestmark = needs_browser


def test_marking_and_header_stand_on_every_sheet(browser: Any, page_file: Path, tmp_path: Path) -> None:
    pdfium = pytest.importorskip(
        "pypdfium2", reason="no pypdfium2, which reads the printed page: make browser brings it"
    )
    with shown(browser, page_file) as at:
        number, heading = at.text("#foot-line b").removeprefix("Figure "), at.heading
        at.page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True, print_background=True)
    sheets = pdfium.PdfDocument(tmp_path / "page.pdf")
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    assert 2 <= len(texts) <= 6
    for text in texts:
        head = text[:400]
        assert MARKING in head and number in head and heading in head and "Beta: " in head
    assert (
        "earlier: " in texts[0] and "comparison together: cannot tell" in texts[0]
    )  # what is folded away on the screen
    assert "Copy the code" not in "".join(texts) and "Reset" not in "".join(texts)


def test_paper_is_light_and_has_no_controls(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file, color_scheme="dark") as at:
        assert at.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        at.page.emulate_media(media="print")
        assert at.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert at.page.is_hidden("#bar") and at.page.is_hidden("#actions") and at.page.is_hidden("#areas select")
        assert at.page.is_visible("#print-line") and at.page.is_visible("#tiles")
