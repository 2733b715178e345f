"""The page of a shared folder: what it lists, and that it says in words when it is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ia_plugin.core.about.facts import About, Finding
from ia_plugin.core.inspector_page.folder_page import FolderPage
from tests.support.browser import needs_browser, opened, started

HOSTILE = '<script>alert("x")</script>'
ABOUT = About(HOSTILE, "", findings=(Finding("Two days are missing.", "Weeks are too low."),), findings_at="3 Jun 2024")
BESIDE = ("technical report 2024.pdf", "technical.html", "Technical.docx", "answers.html", "force.html")


def folder_page(hours_ago: float = 1.0) -> FolderPage:
    at = datetime.now(timezone.utc) - timedelta(hours=hours_ago)
    return FolderPage(
        "force & more.html", [("A#1", HOSTILE), ("B", "Bordesley")], ABOUT, "5 Jul 2024, 07:00", at, BESIDE
    )


def test_areas_are_deep_links_and_reports_are_found() -> None:
    page = folder_page()
    assert [a.href for a in page.area_links] == ["force%20%26%20more.html#area=A%231", "force%20%26%20more.html#area=B"]
    assert [r.words for r in page.reports] == ["technical report 2024.pdf", "technical.html"]
    assert page.quality == ["Two days are missing. Weeks are too low."]


def test_how_old_the_data_are_stands_in_civil_time() -> None:
    page = FolderPage("f.html", [], ABOUT, "5 Jul 2024, 07:00", datetime(2024, 7, 5, 7, 12, tzinfo=timezone.utc))
    assert page.age == "Data to 5 Jul 2024, 07:00; refreshed 5 Jul 2024, 08:12."


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as found:
        yield found


@needs_browser
@pytest.mark.parametrize("hours_ago, old", [(35.5, False), (37.5, True)])
def test_it_is_old_after_a_day_and_a_half(browser: Any, tmp_path: Path, hours_ago: float, old: bool) -> None:
    path = tmp_path / "index.html"
    path.write_text(folder_page(hours_ago).html("OFFICIAL"), encoding="utf-8")
    with opened(browser, path) as (page, seen):
        said = page.get_by_role("alert")
        assert said.count() == old
        if old:
            assert "last refreshed 37 hours ago" in said.inner_text()
        assert page.get_by_role("link", name=HOSTILE).count() == 1, "a name is a name, and no program"
    assert seen.quiet
