"""The ethics sheet: eight headings, what a store tells on each, and what stands to complete; it names nobody."""

import html
import re
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.about.agreement import Agreement, Sheet
from ia_plugin.core.about.card import Card
from ia_plugin.core.about.facts import About, Finding, ObservedUnits, Refresh, Source
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.report.ethics import FRAMEWORK, NO_RECORD, ethics_html, ethics_sheet

TODAY = date(2024, 7, 1)
CARD = Card(
    "Head of Intelligence",
    "analysis.team@example.police.uk",
    "DPIA 2024/17",
    "deployment",
    "90 days",
    "analysts",
    "board",
    "2024-01-31",
)
FULL = About(
    "force <store>", "/data/force", data_to=(("officers' time", "30 Jun 2024, 06:00"),), refreshed=Refresh("2024-07-01T03:00:00Z", True, "All of it was done."),
    sources=(Source("affiliations", 3, 1000, 990),), observed=ObservedUnits("June 2024", 91), findings=(Finding("Two radios never move.", "Their time is kept."),),
    findings_at="1 Jul 2024", agreement=Agreement((Sheet(1, "1 Jun 2024", "8 Jun 2024", {"visits": (50, 43, 5, 2)}),)), card=CARD,
    looks=("One officer was looked at 3 times (journey), by jsmith, for: training.",),
)  # fmt: skip
USES = pd.DataFrame({
    "what": ["dailyrefresh", "journey", "journey"], "purpose": ["", "training", "training"], "audience": ["restricted", "restricted", "restricted"],
    "outcome": ["done", "done", "stopped"], "runs": [30, 4, 1], "people": [1, 2, 1],
    "first": pd.to_datetime(["2024-06-01"] * 3, utc=True), "last": pd.to_datetime(["2024-07-01"] * 3, utc=True),
})  # fmt: skip
FLAGS = pd.DataFrame({"status": ["open", "open", "fault"]})
HEADINGS = ["Advisory", "Lawful", "Granularity", "Ownership", "Challengeable", "Accuracy", "Responsible", "Explainable"]


def by_title(about=FULL, **more):
    return {h.title: h for h in ethics_sheet(about, TODAY, **more)}


def test_the_letters_of_algo_care_stand_in_order_and_each_asks_people():
    sheet = ethics_sheet(FULL, TODAY, uses=USES, flags=FLAGS)
    assert [h.title for h in sheet] == HEADINGS
    assert all(h.asks.endswith("?") and h.known and h.to_complete for h in sheet)
    assert {part for _, where in FRAMEWORK for part in where.split(", ")} <= set(HEADINGS)


def test_the_store_fills_in_what_it_knows():
    sheet = by_title(uses=USES, flags=FLAGS)
    assert (
        "Impact assessment: DPIA 2024/17." in sheet["Lawful"].known and "Retention: 90 days." in sheet["Lawful"].known
    )
    assert (
        "In June 2024 91 % of the time between officers' first and last reports of a turn was observed."
        in sheet["Granularity"].known
    )
    assert sheet["Granularity"].tables[0][1].rows == (("positions of radios", "3", "1,000", "990"),)
    assert ("Review date", "31 Jan 2024: it has passed") in sheet["Ownership"].tables[0][1].rows
    assert "Flags on figures: 1 fault, 2 open." in sheet["Challengeable"].known
    assert sheet["Challengeable"].tables[0][1].rows[1] == (
        "journey",
        "training",
        "restricted",
        "done",
        "4",
        "2",
        "1 Jul 2024",
    )
    assert (
        "Beta: 43 of 50 checks agree." in sheet["Accuracy"].known
        and "Two radios never move. Their time is kept." in sheet["Accuracy"].known
    )
    assert "Restricted cells or single movements were looked at 34 times on record." in sheet["Responsible"].known


def test_an_empty_store_says_what_is_missing():
    sheet = by_title(About("new", "here"))
    assert any("No governance card" in s for s in sheet["Lawful"].known + sheet["Ownership"].known)
    assert NO_RECORD in sheet["Challengeable"].known and not sheet["Challengeable"].tables
    assert any("was not looked at yet" in s for s in sheet["Accuracy"].known)
    assert any("not checked on this force" in s for s in sheet["Accuracy"].known)


def test_the_page_names_nobody_and_does_no_harm():
    page = ethics_html(ethics_sheet(FULL, TODAY, uses=USES, flags=FLAGS), FULL, TODAY)
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S))
    assert "jsmith" not in text and "force <store>" in text and "<store>" not in page
    assert page.count("OFFICIAL-SENSITIVE") == 2 and "http:" not in page and "https:" not in page and not banned(text)
    assert page.count("To complete:") == sum(len(h.to_complete) for h in ethics_sheet(FULL, TODAY))


def test_nothing_leaves_unmarked():
    with pytest.raises(ParameterError):
        ethics_html(ethics_sheet(FULL, TODAY), FULL, TODAY, marking="")
