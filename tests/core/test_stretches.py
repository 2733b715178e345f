"""Where an officer's time is cut into pieces that are worked out each by itself."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.movement import classify_movement
from ia_plugin.core.params import TrackParams
from ia_plugin.core.stretches import stretch_heads
from ia_plugin.core.tracks import build_legs, tracks

HOUR = 3_600 * 10**9


def heads(start, lasts=0.5, officer=None):
    """Heads of legs that start at some hours since 1970 and last `lasts` hours."""
    begin = (np.asarray(start, dtype=float) * HOUR).astype(np.int64)
    who = np.zeros(len(begin), dtype=int) if officer is None else np.asarray(officer)
    return np.flatnonzero(stretch_heads(who, begin, begin + int(lasts * HOUR))).tolist()


def fixes_of(start, hours, minutes=10.0, officer="o1"):
    """Fixes every so many minutes, walking about."""
    n = int(hours * 60 / minutes) + 1
    time = pd.Timestamp(start) + pd.to_timedelta(np.arange(n) * minutes * 60, unit="s")
    step = np.arange(n, dtype=float)
    return pd.DataFrame(
        {"officer_id": officer, "time": time, "x": 400_000 + 40 * step % 900, "y": 280_000 + 11 * step % 500}
    )


def test_nothing_has_no_stretch():
    assert heads([]) == []


def test_three_hours_of_silence_end_a_stretch_and_a_second_less_does_not():
    assert heads([0, 1, 4.5, 5]) == [0]
    assert heads([0, 1, 4.5 + 1 / 3600, 5]) == [0, 2]
    assert heads([0, 1, 2, 3], officer=[0, 0, 1, 1]) == [0, 2]


def test_a_duty_of_thirty_hours_over_two_midnights_is_one_stretch_and_one_track():
    assert heads(np.arange(20, 50, 0.5)) == [0]
    assert len(tracks(build_legs(fixes_of("2024-06-03T23:00Z", 30)))) == 1


def test_what_never_falls_silent_is_cut_at_midnights_after_two_days():
    """From 06:00 on day 0 for five days: the first midnight with two days before it is that of day 3."""
    found = heads(6 + np.arange(0, 120, 0.5))
    assert [(6 + 0.5 * k) / 24 for k in found] == [0.25, 3, 4, 5]
    table = tracks(build_legs(fixes_of("2024-06-03T06:00Z", 120)))
    assert table["start"].dt.strftime("%d %H:%M").tolist() == ["03 06:00", "06 00:00", "07 00:00", "08 00:00"]
    # A cut loses no time: the next begins where the one before ends.
    assert (table["start"].iloc[1:].to_numpy() == table["end"].iloc[:-1].to_numpy()).all()


def test_who_never_falls_silent_is_cut_and_those_beside_are_not():
    """A shift, another officer's five days without a pause, a shift, five days and, days later, a shift of the same one."""
    shift, days = np.arange(6, 14, 0.5), 6 + np.arange(0, 120, 0.5)
    start = np.r_[shift, days, shift, days, shift + 200]
    who = np.repeat([0, 1, 2, 3, 3], [len(shift), len(days), len(shift), len(days), len(shift)])
    found = heads(start, officer=who)
    assert [(who[k], start[k]) for k in found] == [
        *[(0, 6), (1, 6), (1, 72), (1, 96), (1, 120), (2, 6)],
        *[(3, 6), (3, 72), (3, 96), (3, 120), (3, 206)],
    ]


def test_a_leg_over_midnight_belongs_to_the_day_it_begins_on():
    table = tracks(build_legs(fixes_of("2024-06-03T06:05Z", 72)))
    assert table["start"].dt.strftime("%d %H:%M").tolist() == ["03 06:05", "06 00:05"]


@pytest.mark.parametrize("begin", ["2024-06-04T00:00Z", "2024-06-04T23:40Z", "2024-06-05T00:00Z"])
def test_where_the_data_begins_makes_no_difference_two_days_later(begin):
    fixes = fixes_of("2024-05-28T06:05Z", 24 * 14)
    whole, some = (build_legs(f) for f in (fixes, fixes[fixes["time"] >= pd.Timestamp(begin)]))
    later = pd.Timestamp("2024-06-08T00:00Z")
    a, b = (classify_movement(t)[lambda t: t["start"] >= later].reset_index(drop=True) for t in (whole, some))
    pd.testing.assert_frame_equal(a, b, check_exact=True)


@pytest.mark.parametrize("with_tracks", [True, False])
def test_a_stretch_is_classified_alike_alone_and_among_others(with_tracks):
    """Each probability to the last digit, for legs with tracks and for a table that tells none."""
    parts = [
        fixes_of(f"2024-06-0{d}T{h}:00Z", n, 4.0, o)
        for d, h, n, o in ((3, "08", 9, "o1"), (3, "18", 1, "o1"), (4, "08", 8, "o1"), (3, "20", 11, "o2"))
    ]
    rng = np.random.default_rng(1)
    fixes = pd.concat(parts, ignore_index=True)
    fixes["x"] += np.cumsum(rng.normal(0, 400, len(fixes)) * (rng.random(len(fixes)) < 0.5))
    legs = build_legs(fixes, TrackParams(max_gap_s=900.0))
    legs = legs if with_tracks else legs.drop(columns="track_id")
    whole = classify_movement(legs)
    begins = legs["start"].dt.strftime("%d") + legs["officer_id"]
    # One hour of silence on the 3rd: both tracks are of one stretch.
    for _, some in legs.groupby(begins.where(legs["officer_id"] == "o1", "o2"), sort=False):
        pd.testing.assert_frame_equal(classify_movement(some), whole.loc[some.index], check_exact=True)
