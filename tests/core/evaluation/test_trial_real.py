"""A trial on public data: Chicago's timed assaults by district, with lots and visits that had nothing to do with them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.evaluation.randomisation import fit_draw
from ia_plugin.core.evaluation.results import results_table
from ia_plugin.core.evaluation.trial import Days, trial_of
from ia_plugin.core.evaluation.trial_schedule import draw_schedule
from ia_plugin.core.params import ScheduleParams, TrialParams
from ia_plugin.core.times.civil import from_civil
from tests.support.month_panels import crimes
from tests.support.trials import panel_of_trial

DATA = Path(__file__).parents[4] / "shared" / "data" / "timed" / "chicago_aggravated_assaults.csv.gz"
PLAN = ScheduleParams(
    first_day="2012-03-01", last_day="2012-08-31", areas_per_day=8, outcomes="assault", timezone="America/Chicago"
)
AT = pd.Timestamp("2012-02-20T15:00Z")


@pytest.fixture(scope="module")
def assaults():
    if not DATA.exists():
        pytest.skip("the shared data are not beside this checkout")
    table = pd.read_csv(DATA)
    return table[table["date"].between("2012-02-01", "2012-09-02")].reset_index(drop=True)


@pytest.fixture(scope="module")
def districts(assaults):
    return pd.DataFrame({"area_id": sorted(f"D{d:02}" for d in assaults["district"].unique())})


def panel_of(assaults, plan):
    times = from_civil(pd.DatetimeIndex(assaults["date"]), PLAN.timezone)
    place = {a: 500.0 + 2000.0 * k for k, a in enumerate(plan.areas)}
    rows = [(place[f"D{d:02}"], t.isoformat(), t.isoformat(), "assault") for d, t in zip(assaults["district"], times)]
    return panel_of_trial(plan, crimes(*rows))


@pytest.mark.long
def test_lots_that_nobody_followed_go_with_nothing(assaults, districts):
    """Lots drawn 120 times for the same real days: about one in twenty looks like something, and no more."""
    first = draw_schedule(districts, PLAN, seed=1, at=AT)
    panel = panel_of(assaults, first)
    counts = Days.of(panel, first.areas, first.days).values(panel.counts("crime"))
    own = assaults["date"].between("2012-03-01 06:00", "2012-09-01 05:59")
    assert counts.sum() == own.sum() and len(first.areas) == 22
    found = [fit_draw(counts, draw_schedule(districts, PLAN, seed=s, at=AT).drawn, n=199).drawn for s in range(1, 121)]
    assert np.mean([f.p <= 0.05 for f in found]) <= 0.11
    assert 0.89 <= np.mean([f.low <= 1 <= f.high for f in found]) <= 0.99
    assert np.median([f.estimate for f in found]) == pytest.approx(1.0, abs=0.02)


def test_the_page_cannot_tell(assaults, districts):
    plan = draw_schedule(districts, PLAN, seed=1, at=AT)
    rows = results_table(trial_of(panel_of(assaults, plan), plan, TrialParams(redraws=199)).results)
    assert (
        "Cannot tell whether being drawn for visits went with more or fewer events of assault" in rows["sentence"][0]
        or "about as many" in rows["sentence"][0]
    )
    assert rows["low"][0] < 1 < rows["high"][0] and "few_areas" not in rows["caveats"][0]
