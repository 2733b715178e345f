"""One scale for any week: its classes follow each other, and the shifts share the day out."""

import pytest

from ia_plugin.core.density.scale import SCALE, class_of
from ia_plugin.core.density.shift_weeks import STORED_SHIFTS
from ia_plugin.core.filter_state import SHIFTS


def test_classes_begin_where_the_one_before_ends():
    assert [c.low for c in SCALE] == [0.0, 5.0, 15.0, 30.0, 60.0]
    assert [c.high for c in SCALE[:-1]] == [c.low for c in SCALE[1:]] and SCALE[-1].high == float("inf")
    assert len({c.colour for c in SCALE}) == len({c.words for c in SCALE}) == 5


@pytest.mark.parametrize(
    ("hours", "low"), [(0.0, 0.0), (0.5, 0.0), (0.75, 5.0), (2.5, 15.0), (7.0, 60.0), (900.0, 60.0)]
)
def test_a_weeks_hours_are_told_as_minutes_of_a_day(hours, low):
    """By hand: 0.75 h a week are 6.4 minutes a day; 7 h are 60."""
    assert class_of(3600.0 * hours).low == low


def test_stored_shifts_have_each_hour_once_and_are_the_presets_where_these_share_it_out_too():
    hours = [h % 24 for s in STORED_SHIFTS for h in range(s.hour_from, s.hour_to + 24 * (s.hour_to < s.hour_from))]
    assert sorted(hours) == list(range(24))
    presets = {(start, end) for _, start, end in SHIFTS}
    assert {(s.hour_from, s.hour_to) for s in STORED_SHIFTS if s.name != "night"} <= presets
