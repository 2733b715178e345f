"""The page about the data: what it tells, in which words, and when it is shown again."""

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest

from ia_plugin.core.about.agreement import Agreement, Sheet
from ia_plugin.core.about.card import checked_card
from ia_plugin.core.about.facts import LONGEST_OUTCOME, About, Finding, ObservedUnits, Refresh, Source, safe_outcome
from ia_plugin.core.about.method import METHOD_VERSION, Way, about_seen, cannot_say, method_in_ten_lines, needs_about
from ia_plugin.core.about.page import about_html
from ia_plugin.core.disclosure.shown_texts import NOTE_WITHHELD
from ia_plugin.core.params import CleanParams, MovementParams, PresenceParams, SummaryParams, TrackParams, VisitParams

TODAY = date(2024, 7, 1)
FULL = About(
    "store", "X:/force/store",
    data_to=(("officers' time", "30 Jun 2024, 23:00"), ("crimes", "29 Jun 2024")),
    refreshed=Refresh("2024-07-01T04:00:00+00:00", False, "Set aside: june.csv has no column of times."),
    sources=(Source("affiliations", 28, 200_000, 199_000, (("no position", 900), ("off duty", 100)), "1 Jul 2024"),),
    observed=ObservedUnits("May 2024", 71, (("North", 68), ("other", 74))),
    findings=(Finding("Clocks of 3 radios are an hour ahead.", "Their time lies in the wrong hour."),), findings_at="30 Jun 2024",
    agreement=Agreement((Sheet(1, "3 Jun 2024", "10 Jun 2024", {"visits": (25, 23, 1, 1), "source rows": (25, 20, 4, 1)}),)),
    card=checked_card({"owner": "Head of Intelligence", "contact": "Analysis office", "retention": "90 days"}),
    in_restricted=True,
)  # fmt: skip


def words(about):
    """The page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", about_html(about, TODAY)).split())


def test_everything_the_brief_asks_for_is_there():
    text = words(FULL)
    for wanted in (
        "Beta: 43 of 50 checks agree (86 %, likely 76–92)",
        "43 of 50 rows agree with the source systems",
        "Whom to ask: Analysis office.",
        "officers&#x27; time 30 Jun 2024, 23:00",
        "Last refresh 1 Jul 2024, 05:00: did not go well. Set aside: june.csv has no column of times.",
        "positions of radios 28 200,000 199,000 1 Jul 2024",
        "Left out of positions of radios: 900 no position; 100 off duty.",
        "They lie in X:/force/store: both halves of the store, single movements too.",
        "In May 2024 71 % of the time",
        "North 68 %",
        "Clocks of 3 radios are an hour ahead.",
        "source rows 20 of 25",
        "Retention 90 days",
        "The program shows this card and enforces none of it.",
        "Permitted purposes not declared",
    ):
        assert wanted in text, wanted


def test_an_empty_store_says_what_is_missing():
    text = words(About("new", "X:/new"))
    for wanted in (
        "Beta: not yet checked against source systems (nobody has held a whole sheet",
        "nobody was named yet: enter the governance card",
        "No refresh of this store is on record.",
        "the summary alone, without any single movement",
        "The quality of these data was not looked at yet",
        "No governance card was entered",
    ):
        assert wanted in text, wanted


def test_every_value_is_escaped():
    evil = "<img src=x onerror=alert(1)>&\"'"
    about = replace(
        FULL, name=evil, folder=evil, data_to=((evil, evil),), refreshed=Refresh(evil, True, evil), findings=(Finding(evil, evil),),
        sources=(Source(evil, 1, 1, 1, ((evil, 1),), evil),), observed=ObservedUnits(evil, 1, ((evil, 3),)),
        card=replace(FULL.card, owner=evil, contact=evil),
    )  # fmt: skip
    assert "<img" not in about_html(about, TODAY)


def test_the_method_has_ten_lines_and_follows_the_store():
    assert len(method_in_ten_lines()) == 10
    text = " ".join(method_in_ten_lines(Way("linear", 1200.0, 20)))
    assert "longer than 20 min is" in text and "straight line" in text and "shifts of 20 officers of the force" in text
    assert all("That nobody was there" not in line for line in method_in_ten_lines()) and len(cannot_say()) == 8


def test_a_change_of_method_raises_its_version():
    """Fails where a default or a line of the method changed: raise METHOD_VERSION, so that readers see the page again."""
    defaults = [
        p().as_dict() for p in (CleanParams, TrackParams, MovementParams, PresenceParams, VisitParams, SummaryParams)
    ]
    mark = hashlib.sha256(repr((method_in_ten_lines(), defaults)).encode()).hexdigest()[:12]
    assert (METHOD_VERSION, mark) == ("2", "7ccb81d8b654")


def test_the_page_comes_first_at_first_and_after_a_change():
    seen = about_seen(None, "a", Way().version)
    assert needs_about(None, "a", Way().version) and needs_about("", "a", "1") and needs_about("no JSON", "a", "1")
    assert not needs_about(seen, "a", Way("bridge").version)
    assert needs_about(seen, "a", Way("linear").version) and needs_about(seen, "a", Way("bridge", 900.0).version)
    assert needs_about(seen, "a", Way("bridge", None, 20).version) and needs_about(seen, "b", Way().version)
    both = about_seen(seen, "b", "x")
    assert not needs_about(both, "a", Way().version) and not needs_about(both, "b", "x")


def test_what_a_refresh_came_to_names_nobody_and_is_no_novel():
    assert safe_outcome("Set aside: Sgt Example.csv") == NOTE_WITHHELD
    assert len(safe_outcome("no column " * 200)) == LONGEST_OUTCOME
    kept = Refresh("2024-07-01T04:00:00+00:00", True, "All of it was done.")
    assert Refresh.of_text(kept.as_text()) == kept


@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"at": 1}'])
def test_facts_of_another_program_are_none(text):
    assert (
        Refresh.of_text(text) is None and Way.of_text(text) == Way() and ObservedUnits.of_text(text) == ObservedUnits()
    )
