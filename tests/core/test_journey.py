"""An officer-day as it is shown: its order, its silences, and no rest at home."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.journey import GAP, LAST, LEFT_OUT, REPORTED, Journey, journey_of
from tests.support.turns import reports

STATION = shapely.box(-50, -50, 50, 50)
EMPTY = Journey("d0123456789abcdef", "2024-06-03", "Europe/London", pd.DataFrame())


def shown(fixes, sites=(STATION,), limit_s=900, journey=EMPTY):
    """The journey with a leg wherever the next report comes within the longest gap."""
    wait = fixes["time"].diff().shift(-1).dt.total_seconds()
    return journey_of(fixes, fixes["time"][wait <= limit_s], list(sites), journey)


def clocks(journey):
    return [f"{t.tz_convert(journey.timezone):%H:%M}" for t in journey.fixes["time"]]


def test_reports_stand_in_order_with_what_joins_them():
    day = reports(("09:00:00", 15, 5000, 0, 6500, 0), ("09:40:00", 10, 9000, 0, 9500, 0))
    found = shown(day)
    assert clocks(found) == ["09:00", "09:05", "09:10", "09:40", "09:45"]
    assert found.fixes["link"].tolist() == [REPORTED, REPORTED, GAP, REPORTED, LAST]
    assert found.fixes["seconds"].tolist()[:4] == [300, 300, 1800, 300] and np.isnan(found.fixes["seconds"].iloc[4])
    assert found.left_out == 0 and not (found.before or found.after)


def test_a_day_is_civil_and_says_where_the_turn_goes_on():
    night = reports(("22:00:00", 240, 0, 5000, 20000, 5000))  # 22:00 to 01:55, over midnight of a summer night
    first = shown(night)
    assert clocks(first)[0] == "22:00" and clocks(first)[-1] == "23:55" and (first.before, first.after) == (False, True)
    second = shown(night, journey=Journey("d", "2024-06-04", "Europe/London", pd.DataFrame()))
    assert clocks(second)[0] == "00:00" and (second.before, second.after) == (True, False)


def test_the_day_that_clocks_go_back_has_twenty_five_hours():
    whole = pd.DataFrame({"time": pd.date_range("2024-10-26T23:00Z", "2024-10-27T23:59Z", freq="10min")})
    whole = whole.assign(x=np.arange(len(whole)) * 900.0, y=0.0)
    found = shown(whole, journey=Journey("d", "2024-10-27", "Europe/London", pd.DataFrame()))
    assert len(found.fixes) == 25 * 6


def turn_that_ends(x, y, minutes=60):
    """A turn from the station, five kilometres about the town and two more to a place, where the radio stays on."""
    return reports(("08:00:00", 60, 0, 0), ("09:00:00", 180, 1000, 0, 6000, 3000), ("12:00:00", 60, 6000, 3000, x, y),
                   ("13:00:00", minutes, x, y))  # fmt: skip


def test_the_rest_that_a_turn_ends_with_is_left_out_with_the_last_of_the_way_to_it():
    found = shown(turn_that_ends(8000, 3000))
    assert found.left_out and not (np.hypot(found.fixes["x"] - 8000, found.fixes["y"] - 3000) <= 500).any()
    assert clocks(found)[-1] == "12:40"  # 33 m a minute: at 12:45 it is 500 m away, and within from then
    assert found.fixes["link"].iloc[-1] == LAST
    # The hour at the station stays, although the turn begins with it.
    assert clocks(found)[0] == "08:00"


def test_a_rest_at_a_police_site_stays_and_without_known_sites_none_does():
    back = turn_that_ends(0, 0)
    assert shown(back).left_out == 0 and shown(back).any_sites
    bare = shown(back, sites=())
    assert bare.left_out and not bare.any_sites and clocks(bare)[0] > "08:55"


def test_a_long_stop_within_the_turn_stays_and_a_very_long_one_does_not():
    def with_stop(minutes):
        after = pd.Timedelta("11:00:00") + pd.Timedelta(minutes=minutes)
        clock = str(after).split()[-1]
        return reports(("09:00:00", 120, 1000, 0, 7000, 0), ("11:00:00", minutes, 7000, 0), (clock, 90, 7000, 0, 2000, 4000))  # fmt: skip

    assert shown(with_stop(90)).left_out == 0
    cut = shown(with_stop(400))
    assert cut.left_out >= 80 and cut.fixes["link"].tolist().count(LEFT_OUT) == 1
    step = cut.fixes["link"].tolist().index(LEFT_OUT)
    assert cut.ground(step).is_empty and not cut.ground(step - 1).is_empty


def test_a_radio_that_is_switched_off_and_on_at_one_place_was_at_rest_there():
    two_days = pd.concat([
        reports(("15:00:00", 120, 1000, 0, 9000, 4000), ("17:00:00", 5, 9000, 4000)),
        reports(("07:00:00", 5, 9000, 4000), ("07:05:00", 60, 9000, 4000, 1000, 0), day="2024-06-04"),
    ], ignore_index=True)  # fmt: skip
    evening = shown(two_days)
    assert evening.left_out >= 1 and (np.hypot(evening.fixes["x"] - 9000, evening.fixes["y"] - 4000) > 500).all()


def test_a_rest_over_midnight_is_left_out_of_both_days():
    night = pd.concat([
        reports(("14:00:00", 240, 1000, 0, 9000, 6000), ("18:00:00", 360, 9000, 6000)),
        reports(("00:00:00", 360, 9000, 6000), ("06:00:00", 120, 9000, 6000, 1000, 0), day="2024-06-04"),
    ], ignore_index=True)  # fmt: skip
    for day in ("2024-06-03", "2024-06-04"):
        found = shown(night, journey=Journey("d", day, "Europe/London", pd.DataFrame()))
        assert found.left_out >= 72 and len(found.fixes)
        assert (np.hypot(found.fixes["x"] - 9000, found.fixes["y"] - 6000) > 500).all()


def test_passing_the_place_earlier_in_the_day_draws_no_hole_round_it():
    day = pd.concat([reports(("06:00:00", 60, 5000, 3000, 11000, 3000)), turn_that_ends(8000, 3000)], ignore_index=True)
    near = np.hypot(shown(day).fixes["x"] - 8000, shown(day).fixes["y"] - 3000) <= 500
    assert near.any()


def test_what_has_no_position_or_is_alone_is_no_fault():
    assert shown(reports(("09:00:00", 5, 1, 1))).fixes["link"].tolist() == [LAST]
    lost = reports(("09:00:00", 15, 5000, 0, 6500, 0))
    lost.loc[1, "x"] = np.nan
    assert len(shown(lost).fixes) == 2
    assert len(shown(reports(("09:00:00", 5, 1, 1), day="2024-06-09")).fixes) == 0


def test_the_ground_between_two_reports_is_that_of_the_speed_limit():
    found = shown(reports(("09:00:00", 10, 0, 5000, 0, 5000)))
    assert found.ground(0, 2.0).area == pytest.approx(np.pi * 300**2, rel=1e-3)  # 300 s at 2 m/s: 300 m out and back
    assert found.ground(1).is_empty and found.ground(-1).is_empty
