"""One filter state: its spans of time, its words, its comparisons."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.filter_state import FilterState, last_days, last_month, listed, period_in_words, weekdays_in_words
from ia_plugin.core.times.time_zones import time_zone

LONDON = time_zone("Europe/London")
MAY = {"first": date(2024, 5, 3), "last": date(2024, 5, 30)}


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def test_says_itself_in_words():
    state = FilterState(areas=("a1",), weekdays=(4, 5), hour_from=18, hour_to=3, modes=("foot",), **MAY)
    assert state.in_words({"a1": "Aston"}) == "Aston, Fri–Sat 18:00–03:00, 3–30 May 2024, foot"
    assert FilterState().in_words() == "all Impact Areas, all days"


@pytest.mark.parametrize(
    "days, said",
    [((4, 5), "Fri–Sat"), ((0, 2), "Mon, Wed"), ((4, 5, 6, 0), "Fri–Mon"), (range(7), "every day"), ((6,), "Sun")],
)
def test_weekdays_in_words(days, said):
    assert weekdays_in_words(days) == said


@pytest.mark.parametrize(
    "first, last, said",
    [
        (date(2024, 5, 3), date(2024, 5, 30), "3–30 May 2024"),
        (date(2024, 5, 28), date(2024, 6, 3), "28 May – 3 Jun 2024"),
        (date(2023, 12, 30), date(2024, 1, 2), "30 Dec 2023 – 2 Jan 2024"),
        (date(2024, 5, 3), date(2024, 5, 3), "3 May 2024"),
        (None, None, "all days"),
    ],
)
def test_period_in_words(first, last, said):
    assert period_in_words(first, last) == said


def test_hours_after_midnight_belong_to_the_evening_before():
    state = FilterState(weekdays=(4,), hour_from=18, hour_to=3, first=date(2024, 5, 31), last=date(2024, 5, 31))
    assert state.spans() == [(utc("2024-05-31T17:00"), utc("2024-06-01T02:00"))]
    assert state.edges() == (utc("2024-05-31T17:00"), utc("2024-06-01T02:00"))


def test_a_night_at_the_change_of_clocks_is_as_long_as_it_was():
    spring = FilterState(hour_from=22, hour_to=7, first=date(2024, 3, 30), last=date(2024, 3, 30))
    autumn = FilterState(hour_from=22, hour_to=7, first=date(2024, 10, 26), last=date(2024, 10, 26))
    lengths = [(b - a) / timedelta(hours=1) for s in (spring, autumn) for a, b in s.spans()]
    assert lengths == [8, 10]


def test_whole_days_are_one_span():
    assert FilterState(**MAY).spans() == [(utc("2024-05-02T23:00"), utc("2024-05-30T23:00"))]


def test_earlier_periods():
    state = FilterState(**MAY)
    assert (state.before().first, state.before().last) == (date(2024, 4, 5), date(2024, 5, 2))
    year = state.year_before()
    assert (year.first.weekday(), year.days) == (state.first.weekday(), state.days)


def test_last_days_and_month():
    assert last_days(date(2024, 5, 30), 28) == (date(2024, 5, 3), date(2024, 5, 30))
    assert last_month(date(2024, 5, 30)) == (date(2024, 4, 1), date(2024, 4, 30))
    assert last_month(date(2024, 5, 31)) == (date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    "wrong",
    [{"hour_from": 5, "hour_to": 5}, {"hour_from": 24}, {"weekdays": ()}, {"weekdays": (7,)}, {"first": date(2024, 2, 2), "last": date(2024, 2, 1)}],
)  # fmt: skip
def test_refuses_what_is_no_filter(wrong):
    with pytest.raises(ParameterError):
        FilterState(**wrong)


states = st.builds(
    FilterState,
    first=st.dates(date(2023, 1, 1), date(2024, 6, 1)),
    last=st.just(date(2024, 12, 1)),
    hour_from=st.integers(0, 11),
    hour_to=st.integers(12, 24),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(tuple),
    units=st.lists(st.text(), max_size=2).map(tuple),
)


@given(states)
def test_keeps_itself_as_json(state):
    assert FilterState.from_dict(state.as_dict()) == state
    assert FilterState.from_dict(state.as_dict()).number("x") == state.number("x") != state.number("y")


@given(st.integers(0, 23), st.integers(1, 24), st.sets(st.integers(0, 6), min_size=1), st.integers(0, 24 * 60))
def test_a_moment_is_in_a_span_as_its_clock_says(begin, end, weekdays, minutes):
    if begin == end:
        return
    state = FilterState(
        hour_from=begin, hour_to=end, weekdays=tuple(weekdays), first=date(2024, 5, 1), last=date(2024, 5, 30)
    )
    moment = datetime(2024, 5, 14, tzinfo=LONDON) + timedelta(minutes=minutes)
    day = moment - timedelta(days=1) if state.wraps and moment.hour < end else moment
    expected = moment.hour in state.hours and day.weekday() in state.weekdays
    assert any(a <= moment < b for a, b in state.spans()) == expected


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c"], "a + b + c"),
        (["a", "b", "c", "d"], "a + b + c + d"),  # one word more is as short as "1 more"
        (["a", "b", "c", "d", "e"], "a + b + c + 2 more"),
    ],
)
def test_many_words_are_counted(words, text):
    assert listed(words) == text
    assert listed(iter(words)) == text


@pytest.mark.parametrize(
    ("chosen", "any_hour", "any_time"),
    [
        ({}, True, True),
        ({"weekdays": (0, 1, 2, 3, 4, 5)}, True, False),
        ({"hour_from": 1}, False, False),
        ({"hour_to": 23}, False, False),
        ({"weekdays": (6, 5, 4, 3, 2, 1, 0, 0)}, True, True),
    ],
)
def test_whether_every_hour_counts(chosen, any_hour, any_time):
    state = FilterState(**chosen)
    assert (state.any_hour, state.any_time) == (any_hour, any_time)


@pytest.mark.parametrize(
    ("begin", "end", "hours", "wraps"),
    [
        (0, 24, range(24), False),
        (7, 15, range(7, 15), False),
        (22, 7, [22, 23, *range(7)], True),
        (23, 24, [23], False),
        (12, 1, [*range(12, 24), 0], True),
    ],
)
def test_the_hours_of_the_day(begin, end, hours, wraps):
    state = FilterState(hour_from=begin, hour_to=end)
    assert (state.hours, state.wraps) == (tuple(hours), wraps)


def test_an_open_period_has_no_days_and_none_before_it():
    state = FilterState(first=date(2024, 5, 3))
    assert state.days is None and state.edges() == (utc("2024-05-02T23:00"), None)
    assert FilterState(last=date(2024, 5, 3)).edges() == (None, utc("2024-05-03T23:00"))
    for ask in (state.before, state.year_before, state.spans):
        with pytest.raises(ParameterError, match="The period is open.*Give its first and last day"):
            ask()
    assert FilterState(first=date(2024, 5, 3), last=date(2024, 5, 3)).days == 1
