"""What a sheet says of a row: enough to find it and hold it against the source, nothing of who it was."""

import pandas as pd
import pytest

from ia_plugin.core.about.row_words import event_in_words, fix_in_words, nothing_kept, rejected_in_words, visit_in_words

EVENT = {
    "kind": "crime", "category": "Theft", "start": pd.Timestamp("2024-06-03T19:00Z"), "end": pd.Timestamp("2024-06-03T19:01Z"),
    "time_precision": "minute", "status": "current", "x": 400_050.4, "y": 280_000.0, "sensitive": None, "officer_ids": "k1 k2",
}  # fmt: skip
AT = "at 400050 280000 (Old Town)"


@pytest.mark.parametrize(
    "more, words",
    [
        ({}, f"Crime, “Theft”, at 3 Jun 2024 20:00:00, {AT}."),
        (
            {"end": pd.Timestamp("2024-06-04T01:00Z")},
            f"Crime, “Theft”, between 3 Jun 2024 20:00:00 and 4 Jun 2024 02:00:00, {AT}.",
        ),
        ({"time_precision": "day"}, f"Crime, “Theft”, on 3 Jun 2024, {AT}."),
        ({"time_precision": "month", "kind": "incident"}, f"Incident, “Theft”, in June 2024, {AT}."),
        ({"kind": "stop_search", "category": "Drugs"}, f"Stop and search, “Drugs”, at 3 Jun 2024 20:00:00, {AT}."),
        ({"x": float("nan")}, "Crime, “Theft”, at 3 Jun 2024 20:00:00, without a place."),
        ({"status": "withdrawn"}, f"Crime, “Theft”, at 3 Jun 2024 20:00:00, {AT}, withdrawn."),
        ({"category": "Rape of a female"}, "Crime of a sensitive kind, at 3 Jun 2024 20:00:00."),
        (
            {"category": "Domestic incident", "kind": "incident"},
            "Incident of a sensitive kind, at 3 Jun 2024 20:00:00.",
        ),
        (
            {"category": "Concern for safety", "kind": "incident"},
            "Incident of a sensitive kind, at 3 Jun 2024 20:00:00.",
        ),
        ({"sensitive": True}, "Crime of a sensitive kind, at 3 Jun 2024 20:00:00."),
        ({"category": "08/56"}, "Crime of a sensitive kind, at 3 Jun 2024 20:00:00."),
        ({"category": "08/56", "sensitive": False}, f"Crime, “08/56”, at 3 Jun 2024 20:00:00, {AT}."),
    ],
)
def test_events(more, words):
    assert event_in_words({**EVENT, **more}, ["Old Town"], "Europe/London") == words


def test_a_report_has_its_moment_place_and_unit():
    fix = {"time": EVENT["start"], "x": 1.2, "y": 3.0, "unit": "North", "officer_id": "k1", "radio_id": "k9"}
    assert (
        fix_in_words(fix, [], "Europe/London")
        == "A position report of 3 Jun 2024 20:00:00, at 1 3 (in no area of the store), unit North."
    )
    assert (
        fix_in_words({**fix, "unit": None}, ["A", "B"], "UTC")
        == "A position report of 3 Jun 2024 19:00:00, at 1 3 (A and B)."
    )


def test_a_visit_over_midnight_names_both_days():
    visit = {
        "enter": EVENT["start"],
        "leave": EVENT["start"] + pd.Timedelta("5h"),
        "seconds": 18_000.0,
        "seconds_low": 17_000.0,
        "seconds_high": 18_200.0,
    }
    text = visit_in_words(visit, "Old Town", "Europe/London")
    assert (
        text
        == "One officer in Old Town from 3 Jun 2024 20:00:00 to 4 Jun 2024 01:00:00: best estimate 300 min inside, by hard bounds 283–303."
    )


def test_what_left_no_row_says_so():
    assert rejected_in_words("no position") == "Not used: no position."
    assert nothing_kept(None).startswith("Nothing is kept of this row: it repeats another")
    assert "data before 2024-01-31 were purged" in nothing_kept("2024-01-31T00:00:00Z")
