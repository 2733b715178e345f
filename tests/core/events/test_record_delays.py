"""How late records come, counted right although the newest days have had time for short delays only."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.events.record_delays import (
    NOT_KNOWN,
    RecordingDelay,
    delays_as_text,
    delays_of_text,
    recording_delays,
    share_recorded,
)
from tests.support.late_records import LONDON, events_of


def truncated(by_delay, ages):
    """(delay, age) of events: `by_delay[k]` of each day recorded k days later, of days so many days old; what is to come is not there."""
    delay, age = (np.repeat(g.ravel(), np.tile(by_delay, len(ages))) for g in np.meshgrid(range(len(by_delay)), ages))
    seen = delay <= age
    return delay[seen], age[seen]


def test_by_hand():
    """Four days, each 6 recorded at once, 3 a day and 1 two days later; of the newest day 6 are there, of the one before 9.

    Recorded on day 2: 2 of the 20 of the two days old enough; on day 1: 9 of the 27 of three days. So within two days all, within
    one 1 − 2/20 = 0.9, at once 0.9 × (1 − 9/27) = 0.6. Counted plainly 24 of 35 = 0.69 come at once.
    """
    delay, age = truncated([6, 3, 1], [0, 1, 2, 3])
    assert len(delay) == 35
    assert share_recorded(delay, age, 2).tolist() == pytest.approx([0.6, 0.9, 1.0])
    assert (delay == 0).mean() == pytest.approx(0.686, abs=0.001)


def test_later_than_the_horizon_is_no_delay():
    """Of 10 a day, 2 come a year later: of the 8 within a day, 4 come at once."""
    delay, age = truncated([4, 4], [0, 1, 2, 3])
    delay, age = np.append(delay, [365, 365]), np.append(age, [366, 366])
    assert share_recorded(delay, age, 1).tolist() == pytest.approx([0.5, 1.0])


@given(st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(lambda c: sum(c) > 0), st.integers(0, 20))
@settings(max_examples=200, deadline=None)
def test_the_same_every_day_is_found_exactly(by_delay, more_days):
    """Where each day is recorded alike, truncation takes nothing away from the shares."""
    horizon = len(by_delay) - 1
    delay, age = truncated(by_delay, range(horizon + more_days + 1))
    whole = np.cumsum(by_delay) / sum(by_delay)
    assert share_recorded(delay, age, horizon) == pytest.approx(whole, abs=1e-12)


def test_drawn_by_chance_it_is_right_on_average_where_a_plain_count_is_not():
    """200 times 60 days of about 10 events, delays geometric with mean 9 days: unbiased to a hundredth; a plain count is not."""
    rng, horizon = np.random.default_rng(5), 40
    law = 0.9 ** np.arange(horizon + 1) * 0.1
    true = np.cumsum(law) / law.sum()
    found, plain = [], []
    for _ in range(200):
        age = np.repeat(np.arange(60), rng.poisson(10, 60))
        delay = rng.choice(horizon + 1, len(age), p=law / law.sum())
        seen = delay <= age
        found.append(share_recorded(delay[seen], age[seen], horizon))
        plain.append((delay[seen][:, None] <= np.arange(horizon + 1)).mean(axis=0))
    assert np.abs(np.mean(found, axis=0) - true).max() < 0.01
    assert np.abs(np.mean(plain, axis=0) - true).max() > 0.04


# --- of a table of events -------------------------------------------------------------------------------------------------


def test_days_are_filled_when_95_per_cent_are_in():
    """60 % at once, 90 % a day later, all after two: 95 % are reached on the second day, so the 29 June of data to 30 June 24:00 less two."""
    found = recording_delays(events_of(61), LONDON)["crime"]
    assert found.complete[:3] == (0.6, 0.9, 1.0) and found.days == 2
    assert (found.to, found.filled_to) == (date(2024, 6, 30), date(2024, 6, 28))
    assert found.sentence.startswith(
        "95 % are recorded within 2 days, so days are filled to 28 Jun 2024 (of what is recorded within "
    )


def test_each_kind_has_its_own_delay():
    both = pd.concat([events_of(61), events_of(61, by_delay=(5,), kind="incident")], ignore_index=True)
    found = recording_delays(both, LONDON)
    assert found["incident"].days == 0 and found["incident"].filled_to == date(2024, 6, 30)
    assert found["crime"].filled_to == date(2024, 6, 28)


def test_an_extract_made_before_the_day_is_over_ends_with_the_day_before():
    """Records come at 20:15; an extract made at noon has those of other hours of its day alone."""
    whole = events_of(61)
    early = events_of(62, by_delay=(2,), until="2024-07-01 12:30", clock="12:10")
    found = recording_delays(
        pd.concat([whole, early.assign(event_id="n" + early["event_id"])], ignore_index=True), LONDON
    )
    assert found["crime"].to == date(2024, 6, 30)


def test_the_delay_begins_at_the_end_of_the_window():
    """A burglary over a fortnight, recorded on the day on which the family came home, was recorded at once; so was a day's theft."""
    events = events_of(61, by_delay=(5,))
    long = events.assign(start=events["start"] - pd.Timedelta("14D"))
    assert recording_delays(long, LONDON)["crime"].days == 0
    local = events["start"].dt.tz_convert(LONDON).dt.normalize()
    whole_day = events.assign(
        start=local.dt.tz_convert("UTC"), end=(local + pd.Timedelta("1D")).dt.tz_convert("UTC"), time_precision="day"
    )
    assert recording_delays(whole_day, LONDON)["crime"].days == 0


def test_of_several_versions_the_first_counts_and_withdrawn_records_do_not():
    """All are changed three weeks later, which is no delay; as many that are cancelled at once took no part in any count."""
    events = events_of(61, by_delay=(5,))
    again = events.assign(version=2, recorded_at=events["recorded_at"] + pd.Timedelta("21D"))
    again = again[again["recorded_at"] < pd.Timestamp("2024-06-30T23:00Z")]
    slow = events_of(61, by_delay=(0,) * 20 + (5,)).assign(status="withdrawn")
    slow["event_id"] = "w" + slow["event_id"]
    versions = pd.concat([events.assign(status="superseded"), again, slow], ignore_index=True)
    versions.loc[~versions["event_id"].isin(again["event_id"]) & (versions["status"] == "superseded"), "status"] = (
        "current"
    )
    assert recording_delays(versions, LONDON)["crime"].days == 0


def test_an_extract_chosen_by_the_day_of_recording_begins_with_old_matters():
    """Taken by day of recording from 1 May: of the days before, only what came late is there, and would make the delay longer."""
    events = events_of(200, by_delay=(6,) + (0,) * 19 + (4,), first="2024-01-01")
    by_recording = events[events["recorded_at"] >= pd.Timestamp("2024-05-01", tz=LONDON)]
    assert recording_delays(by_recording, LONDON)["crime"].complete[:2] == (0.6, 0.6)


def test_a_single_wrong_date_at_the_end_moves_no_day():
    events = events_of(61)
    events.loc[0, "recorded_at"] = pd.Timestamp("2024-11-06T10:00Z")  # 11 June, written the other way round
    assert recording_delays(events, LONDON)["crime"].filled_to == date(2024, 6, 28)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_days_are_civil_days(zone):
    """Recorded ten minutes after midnight of an event before midnight is a day later, wherever midnight is."""
    end = pd.date_range("2024-05-01 23:55", periods=61, freq="D", tz=zone).repeat(5).tz_convert("UTC")
    events = events_of(61, by_delay=(5,)).assign(start=end, end=end, recorded_at=end + pd.Timedelta("15min"))
    assert recording_delays(events, zone)["crime"].days == 1
    assert recording_delays(events.assign(recorded_at=end + pd.Timedelta("4min")), zone)["crime"].days == 0


@pytest.mark.parametrize(
    "events, why",
    [
        (events_of(61).drop(columns="recorded_at"), "fewer than 80 % of the records say when they were made"),
        (events_of(61, time_precision="month"), "the records tell the month of the event only"),
        (events_of(8, by_delay=(6,)), "only 42 records tell it, and it takes 100"),
        (events_of(20), "records cover 14 days of recording, and it takes 28"),
    ],
)
def test_what_cannot_be_measured_is_not_made_up(events, why):
    found = recording_delays(events, LONDON)["crime"]
    assert not found.known and found.filled_to is None and found.sentence == f"{NOT_KNOWN}: {why}"


def test_no_events_have_no_delay():
    assert recording_delays(events_of(61).iloc[:0], LONDON) == {}


def test_a_store_that_is_refreshed_daily_knows_when_it_first_had_a_record():
    """Without a recorded_at: the file of each day has the events of two days before, so that 95 % are in after two days."""
    events = events_of(61, by_delay=(0, 0, 5)).drop(columns="recorded_at")
    day = events["start"].dt.tz_convert(LONDON).dt.normalize() + pd.Timedelta("2D")
    events["source_ref"] = day.dt.strftime("%Y%m%d") + "00000000:7"
    imports = {f"{d:%Y%m%d}00000000": d.tz_convert("UTC") for d in day.drop_duplicates() + pd.Timedelta("6h")}
    found = recording_delays(events, LONDON, imports)["crime"]
    assert (found.basis, found.days) == ("first seen", 2) and found.filled_to == date(2024, 6, 28)
    weekly = {mark: at for i, (mark, at) in enumerate(imports.items()) if i % 7 == 0}
    assert not recording_delays(events, LONDON, weekly)["crime"].known, "a week's file says nothing of the day"
    at_once = dict.fromkeys(imports, pd.Timestamp("2024-07-01T06:00Z"))
    assert not recording_delays(events, LONDON, at_once)["crime"].known, "all of it was brought in on one day"


def test_it_goes_through_a_summary_and_nothing_else_is_read():
    delays = recording_delays(events_of(61), LONDON)
    assert delays_of_text(delays_as_text(delays)) == delays
    assert delays_of_text('{"crime": {"basis": 3}}') == {} == delays_of_text("[1]")
    assert RecordingDelay().sentence == NOT_KNOWN
