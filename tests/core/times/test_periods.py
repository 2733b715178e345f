"""Civil periods: they cover every moment they were made for, however long ago the first one lies."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.times.periods import civil_periods


@pytest.mark.parametrize("period", ["hour", "day", "week", "month"])
@pytest.mark.parametrize("days", [0, 1, 104, 105, 1079, 4000])
@pytest.mark.parametrize("beyond", ["0h", "1ns", "59min", "17h"])
@pytest.mark.parametrize("timezone", ["Europe/London", "UTC", "Asia/Kolkata"])
def test_the_last_moment_lies_in_the_last_period(period, days, beyond, timezone):
    """On the edge of an hour, 105 days and more after the first, it once lay in none: 2^53 ns are 104 days."""
    first = pd.Timestamp("2021-01-01T00:00Z").value
    last = first + days * 86_400 * 10**9 + pd.Timedelta(beyond).value
    periods = civil_periods(first, last + 1, period, timezone)
    at = periods.index(np.array([first, last]))
    assert at[0] == 0 and at[1] <= len(periods.edges) - 2
    which, _, begin, end = periods.cut(np.array([last]), np.array([last]))
    assert (which, begin, end) == (0, last, last)
    if period == "hour":
        assert (np.diff(periods.edges) == 3_600 * 10**9).all() and periods.edges[-1] - last <= 2 * 3_600 * 10**9
