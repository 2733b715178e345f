"""Moments in whole nanoseconds, whatever unit pandas or numpy kept them in, and what they cannot count."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.times.instants import nanoseconds, parsed, whole_nanoseconds

NOON = pd.Timestamp("2024-06-03T12:00Z").value


@pytest.mark.parametrize("container", [list, pd.Series])
def test_iso_texts_of_several_forms_are_read_each_by_itself(container):
    found = parsed(container(["2024-06-03T12:00:00Z", "2024-06-03 13:00:00.5+01:00", "2024-06-03"]))
    whole = NOON + 500_000_000
    assert nanoseconds(pd.Series(found)).tolist() == [NOON, whole, NOON - 12 * 3600 * 10**9]


@pytest.mark.parametrize("utc", [True, False])
@pytest.mark.parametrize("far", ["9999-12-31", "2300-01-01", "1600-01-01"])
def test_a_day_that_nanoseconds_cannot_count_is_no_day(far, utc):
    """It stands for "no end": wrapped round it would lie in another century."""
    found = pd.Series(parsed(pd.Series(["2024-06-03", far]), utc=utc))
    assert found.isna().tolist() == [False, True] and str(found.dtype).startswith("datetime64[ns")


def test_where_it_matters_such_a_day_is_refused():
    with pytest.raises(ValueError):
        parsed(pd.Series(["2024-06-03", "9999-12-31"]), errors="raise")


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_any_unit_of_numpy(unit):
    clock = np.array(["2024-06-03T12:00", "NaT"], dtype=f"datetime64[{unit}]")
    assert whole_nanoseconds(clock).tolist() == [NOON, np.iinfo(np.int64).min]


def test_numpys_far_days_do_not_wrap_round():
    far = np.array(["9999-12-31", "1066-10-14", "2024-06-03"], dtype="datetime64[ms]")
    assert (whole_nanoseconds(far) == np.iinfo(np.int64).min).tolist() == [True, True, False]
