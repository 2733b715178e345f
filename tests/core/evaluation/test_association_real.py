"""Real timed crime with invented presence beside it: nothing links the two, and each design must say so."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.evaluation.case_crossover import case_crossover_of
from ia_plugin.core.evaluation.hourly import hourly
from ia_plugin.core.params import CaseCrossoverParams

CHICAGO = "America/Chicago"


@pytest.fixture(scope="module")
def assaults(shared):
    path = shared / "data" / "timed" / "chicago_aggravated_assaults.csv.gz"
    if not path.is_file():
        pytest.skip("Chicago's assaults are not beside this checkout.")
    table = pd.read_csv(path)
    when = next(c for c in table.columns if "date" in c.lower())
    start = pd.to_datetime(table[when]).dt.tz_localize(CHICAGO, ambiguous=True, nonexistent="shift_forward")
    table = pd.DataFrame({"area_id": table["district"].astype(str), "start": start.dt.tz_convert("UTC")})
    table = table[(start >= pd.Timestamp("2018-01-01", tz=CHICAGO)) & (start < pd.Timestamp("2019-01-01", tz=CHICAGO))]
    return table.assign(event_id=np.arange(len(table)).astype(str), key_type="assault").reset_index(drop=True)


def presence(assaults, seed):
    """Visits by chance, more at the hours of the week and in the districts that have more assaults."""
    hours = pd.date_range("2018-01-01", "2019-01-01", freq="h", inclusive="left", tz=CHICAGO)
    local = assaults["start"].dt.tz_convert(CHICAGO)
    usual = np.bincount(local.dt.dayofweek * 24 + local.dt.hour, minlength=168) / len(assaults) * 168
    districts, size = np.unique(assaults["area_id"], return_counts=True)
    rate = size[:, None] / size.mean() * usual[hours.dayofweek * 24 + hours.hour][None]
    minutes = 25.0 * np.random.default_rng(seed).poisson(rate)
    area, hour = (a.ravel() for a in np.indices(minutes.shape))
    table = pd.DataFrame({"area_id": districts[area], "period": hours.tz_convert("UTC")[hour], "activity": "on_foot"})
    return table.assign(officer_seconds=60 * minutes.ravel())


@pytest.mark.long
def test_a_year_of_assaults_and_presence_that_nothing_links(assaults):
    """Rejected in few of ten draws, though presence is where and when assaults are: areas and hours drop out."""
    found = [
        case_crossover_of(hourly(presence(assaults, seed), assaults, timezone=CHICAGO), CaseCrossoverParams(timezone=CHICAGO)).results[0]
        for seed in range(100, 110)
    ]  # fmt: skip
    assert all(r.events > 13_000 and r.areas >= 22 for r in found)
    assert sum(r.p < 0.05 for r in found) <= 2
    assert all(0.97 < r.estimate < 1.03 for r in found) and np.mean([r.estimate for r in found]) == pytest.approx(
        1, abs=0.01
    )
    assert sum("follows_events" in r.caveats or "placebo" in r.caveats for r in found) <= 3
