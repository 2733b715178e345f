"""Civil periods lie over all moments they are made of, however many years these span."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.summaries.event_cells import event_cells
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.times.periods import civil_periods
from tests.support.tables import areas

HOUR = 3_600 * 10**9


@pytest.mark.parametrize("hours", [0, 1, 4096, 8_191, 8_192, 8_760, 26_304, 320_496])
@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata"])
def test_the_last_moment_has_an_hour_though_it_lies_on_an_edge(hours, zone):
    """A moment at an exact hour, a year (8,760 hours) or 36 after the first: one period more than hours between them."""
    first = pd.Timestamp("2024-01-01T12:00", tz=zone).value
    last = first + hours * HOUR
    periods = civil_periods(first, last + 1, "hour", zone)
    assert (len(periods.edges), periods.edges[0], periods.edges[-1]) == (hours + 2, first, last + HOUR)
    which, period, begin, stop = periods.cut(np.array([first, last]), np.array([first, last]))
    assert which.tolist() == [0, 1] and period.tolist() == [0, hours]
    assert (begin == stop).all()


@pytest.mark.parametrize("period", ["hour", "day", "week", "month"])
@pytest.mark.parametrize("until", ["2024-02-01T00:00Z", "2024-12-31T00:00Z", "2025-06-30T23:00Z", "2031-12-31T23:59Z"])
def test_periods_cover_what_they_are_made_of(period, until):
    first, last = (int(nanoseconds(pd.Series(pd.to_datetime([t], utc=True)))[0]) for t in ("2024-01-01T00:30Z", until))
    periods = civil_periods(first, last + 1, period, "Europe/London")
    assert periods.edges[0] <= first and periods.edges[-1] > last and (np.diff(periods.edges) > 0).all()


@pytest.mark.parametrize("last", ["2025-01-06T12:00Z", "2025-06-30T23:00Z", "2026-01-01T00:00Z"])
def test_events_of_a_year_are_counted_to_the_last_exact_hour(last):
    """Two crimes at noon and one a year later, at an exact hour, as dates and rounded times are: three."""
    start = pd.to_datetime(["2024-01-05T12:00Z", "2024-01-05T12:00Z", last], utc=True)
    events = pd.DataFrame(
        {"event_id": list("abc"), "kind": "crime", "category": "Burglary", "start": start, "end": start}
    )
    events = events.assign(time_precision="minute", x=500.0, y=500.0, status="current")
    cells = event_cells(events, areas(a=shapely.box(0, 0, 1000, 1000)).assign(role="impact"), "Europe/London")
    assert cells.loc[cells["area_id"] == "a", "events"].sum() == 3
