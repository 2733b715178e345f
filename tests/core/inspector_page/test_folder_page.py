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


def folder_page(hours_ago: float = 1.0, data_hours_ago: float = 2.0) -> FolderPage:
    at, end = (datetime.now(timezone.utc) - timedelta(hours=h) for h in (hours_ago, data_hours_ago))
    areas = [("A#1", HOSTILE), ("B", "Bordesley")]
    return FolderPage("force & more.html", areas, ABOUT, "5 Jul 2024, 07:00", at, BESIDE, end)


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


REFRESH_37 = "last refreshed 37 hours ago"
DATA_61, DATA_90 = "officers' time ends 61 hours ago", "officers' time ends 90 hours ago"


@needs_browser
@pytest.mark.parametrize(
    ("refreshed", "data", "words"),
    [
        (35.5, 59.5, []),  # a day and a half, and of the data a day more: the lag of extracts
        (37.5, 59.5, [REFRESH_37]),
        (1.0, 61.5, [DATA_61]),  # refreshed each night, but nothing new has come
        (37.5, 90.5, [REFRESH_37, DATA_90]),
        (1.0, 24 * 30 + 1.0, ["officers' time ends 30 days ago"]),
    ],
)
def test_it_says_what_is_old(browser: Any, tmp_path: Path, refreshed: float, data: float, words: list[str]) -> None:
    path = tmp_path / "index.html"
    path.write_text(folder_page(refreshed, data).html("OFFICIAL"), encoding="utf-8")
    with opened(browser, path) as (page, seen):
        alerts = page.get_by_role("alert").all_inner_texts()
        assert len(alerts) == len(words) and all(w in text for w, text in zip(words, alerts))
        assert page.get_by_role("link", name=HOSTILE).count() == 1, "a name is a name, and no program"
    assert seen.quiet
