"""A trial, compared as drawn: undrawn areas first, then the figure and its conditions, and what stops it."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import AreaError, TimeError
from ia_plugin.core.evaluation.results import results_table
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.evaluation.trial import CLAIM, CLAIM_AGAIN, Days, trial_of, trial_panel
from ia_plugin.core.evaluation.trial_page import trial_page
from ia_plugin.core.evaluation.trial_presence import delivered
from ia_plugin.core.material.summary_tables import Hours
from ia_plugin.core.params import TrialParams
from ia_plugin.core.times.instants import nanoseconds
from tests.support.trials import crimes_of, material_of, panel_of_trial, schedule_of

PARAMS = TrialParams(redraws=199)


def compared(schedule=None, events=None, params=PARAMS, *, audience="restricted", stored=True, **more):
    schedule = schedule or schedule_of()
    events = crimes_of(schedule) if events is None else events
    return trial_of(
        panel_of_trial(schedule, events, params, **more), schedule, params, audience=audience, stored=stored
    )


def sentence(found):
    return results_table(found.results)["sentence"][0]


def test_an_effect_is_spoken_of_with_its_conditions_and_undrawn_areas_first():
    found = compared()
    rows = results_table(found.results)
    assert rows["outcome"].tolist() == ["events of burglary", "events of burglary on the day after"]
    first = rows.iloc[0]
    assert (
        first["low"] < 0.5 < first["high"]
        and first["p"] < 0.02
        and first["p_kind"] == "randomisation"
        and first["primary"]
    )
    assert (
        first["sentence"].startswith("Undrawn areas had 0.1 % more officer time than before")
        and "within the 10 % declared" in first["sentence"]
    )
    assert (
        f"Being drawn for visits went with fewer events of burglary: best estimate −{abs(100 * (first['estimate'] - 1)):.0f}"
        in first["sentence"]
    )
    assert (
        CLAIM in first["sentence"] and "not chosen at random" not in first["sentence"] and math.isnan(first["e_value"])
    )
    assert rows["low"][1] < 1 < rows["high"][1] and CLAIM_AGAIN in rows["sentence"][1] and not rows["primary"][1]
    assert not [w for t in (*rows["sentence"], *found.notes) for w in banned(t)]


def test_drained_areas_stop_every_figure():
    found = compared(drained=0.2)
    rows = results_table(found.results)
    assert rows["estimate"].isna().all() and all("drained" in c.split() for c in rows["caveats"])
    assert rows["sentence"][0].startswith("Undrawn areas had 19.9 % less officer time than before the trial")
    assert "so no effect is stated" in rows["sentence"][0] and CLAIM not in rows["sentence"][0]
    assert np.isfinite(results_table(compared(drained=0.08).results)["estimate"][0])
    assert np.isfinite(results_table(compared(schedule_of(most_drained=30.0), drained=0.2).results)["estimate"][0])


def test_what_was_planned_stands_beside_what_was_delivered():
    """20 minutes at noon of a drawn day on top of 12 h: 740 min beside 720, of 15 planned. One day before has 23 hours."""
    found = compared()
    n = int(schedule_of().drawn.sum())
    assert found.notes[0] == f"Planned: 15 min in each of {n} drawn areas and days, 56 h in all." and n == 224
    assert "740 min drawn, 720 min undrawn, 719 min in the 28 days before." in " ".join(found.notes)
    assert found.presence.extra_hours == pytest.approx(n * 20 / 60, rel=0.01)
    assert "less_than_half_delivered" in results_table(compared(visit=300.0).results)["caveats"][0]
    words = results_table(compared(visit=300.0).results)["sentence"][0]
    assert "Drawn areas had 33" in words and "of the planned officer time" in words


def test_presence_that_is_the_same_everywhere_has_no_effect_to_tell():
    """A visit of nothing: 100 %, so no figure; one of a minute and a half in 12 h is there, and told with its doubt where it is unsure."""
    flat = schedule_of()
    panel = panel_of_trial(flat, crimes_of(flat))
    panel.cells["officer_hours"] = 12.0
    rows = results_table(trial_of(panel, flat, PARAMS).results)
    assert (
        rows["estimate"].isna().all()
        and "Drawn areas had 100 % of the officer time of undrawn ones" in rows["sentence"][0]
    )
    assert "nothing that an effect could come from" in rows["sentence"][0]
    rng = np.random.default_rng(2)
    panel.cells["officer_hours"] = rng.uniform(2, 22, len(panel.cells))
    unsure = next(s for s in (rng.uniform(2, 22, len(panel.cells)) for _ in range(50)) if _is_unsure(panel, flat, s))
    panel.cells["officer_hours"] = unsure
    row = results_table(trial_of(panel, flat, PARAMS).results).iloc[0]
    assert np.isfinite(row["estimate"]) and "by chance they may have had no more" in row["sentence"]


def _is_unsure(panel, plan, hours):
    panel.cells["officer_hours"] = hours
    found = trial_of(panel, plan, replace(PARAMS, redraws=99))
    return found.presence.contrast.low <= 1 < found.presence.contrast.value and found.presence.undrawn.value > 0.9


def test_without_days_before_nobody_knows_whether_areas_were_drained():
    words = sentence(compared(before=3))
    assert words.startswith("Officer time is known of 3 days before the trial; without 7 nobody can tell")
    assert "drain_unknown" in results_table(compared(before=3).results)["caveats"][0]


def test_a_small_force_without_nights_asks_for_less_cover():
    plan = schedule_of()
    whole = material_of(plan, crimes_of(plan))
    hours = whole.time_use.table
    by_day = hours[hours["period"].dt.hour.between(7, 18)].astype({"area_id": str}).reset_index(drop=True)
    material = replace(whole, time_use=Hours.of(by_day))
    words = sentence(trial_of(trial_panel(material, plan), plan, PARAMS))
    assert (
        words.startswith("On no day of the trial do data of officers' time cover 90 % of its hours")
        and "Cannot tell" in words
    )
    assert "went with fewer" in sentence(trial_of(trial_panel(material, plan, PARAMS, 0.4), plan, PARAMS))


def test_an_area_that_is_new_has_no_usual():
    """Two areas, two hours each before; a third is there since the trial: it takes no part in what undrawn areas lost."""
    drawn = np.zeros((10, 3), dtype=bool)
    drawn[:, 0] = True
    hours = np.tile([3.0, 1.0, 5.0], (10, 1))
    before = np.tile([2.0, 2.0, np.nan], (14, 1))
    found = delivered(hours, 60 * hours, drawn, np.ones_like(drawn), before, np.arange(10) % 7, np.arange(14) % 7, 15.0)
    assert found.undrawn.value == pytest.approx(0.5) and found.contrast.value == pytest.approx(3.0)
    assert found.extra_hours == pytest.approx(10 * (3 - 0.5 * 2)) and found.hours["undrawn"] == pytest.approx(3.0)


def test_nobody_there_before_is_not_too_few_days():
    none = np.zeros((14, 2))
    drawn = np.tile([True, False], (10, 1))
    found = delivered(
        none[:10], none[:10], drawn, np.ones_like(drawn), none, np.arange(10) % 7, np.arange(14) % 7, 15.0
    )
    assert found.days_before == 14 and np.isnan(found.undrawn.value) and found.reached == {"drawn": 0.0, "undrawn": 0.0}


def test_bad_days():
    plan = schedule_of()
    nothing = crimes_of(plan).assign(category="theft", key_type="theft")
    assert "No such events were recorded" in sentence(compared(plan, nothing))
    with pytest.raises(TimeError, match=r"none can be counted in an operational day.*Give events with times"):
        compared(plan, crimes_of(plan, precision="month"))
    one_side = crimes_of(plan, ratio=0.0)
    assert "The counts tell of no ratio" in sentence(compared(plan, one_side))
    with pytest.raises(AreaError, match=r"8 areas of the schedule cannot be found by id: 'B0', .*same ids"):
        trial_of(panel_of_trial(plan, crimes_of(plan)), replace(plan, areas=tuple(f"B{i}" for i in range(8))), PARAMS)


def test_areas_that_were_renamed_are_named():
    plan = schedule_of()
    found = compared(plan, names=["Market", *plan.names[1:]])
    assert (
        "Areas are known by their ids; some have another name than in the schedule: Area 0 (now Market)." in found.notes
    )


def test_a_schedule_that_was_altered_tells_nothing():
    plan = schedule_of()
    drawn = plan.drawn.copy()
    drawn[0] = ~drawn[0]
    words = sentence(compared(replace(plan, drawn=drawn), crimes_of(plan)))
    assert (
        words.startswith("The schedule is not the one that its seed draws: 8 rows of areas and days differ.")
        and "Cannot tell" in words
        and "no ratio" not in words
    )
    drawn[:] = False
    assert "Cannot tell" in sentence(compared(replace(plan, drawn=drawn), crimes_of(plan)))
    assert "rests on its own word" in sentence(compared(plan, stored=False))


def test_a_note_that_cuts_the_trial_opens_the_sentence():
    plan = schedule_of()
    note = {
        "from": pd.Timestamp("2024-04-30", tz="UTC"),
        "to": pd.NaT,
        "area_id": None,
        "unit": None,
        "source": None,
        "text": "new radios",
        "author": "x",
    }
    material = replace(material_of(plan, crimes_of(plan)), notes=pd.DataFrame([note]))
    found = trial_of(trial_panel(material, plan), plan, PARAMS)
    assert sentence(found).startswith("This comparison is cut by: new radios. Undrawn areas had")


def test_what_officers_record_themselves_stands_apart():
    plan = schedule_of()
    both = pd.concat([crimes_of(plan), crimes_of(plan, ratio=2.0, seed=2, by="police")], ignore_index=True)
    both["event_id"] = [f"e{i}" for i in range(len(both))]
    rows = results_table(compared(plan, both).results).set_index("outcome")
    assert rows.loc["events of burglary reported by others", "high"] < 1
    own = rows.loc["events of burglary that officers recorded themselves"]
    assert own["low"] > 1 and "police_generated" in own["caveats"] and not own["primary"]
    alone = results_table(compared(plan, crimes_of(plan, by="police")).results)
    assert "police_generated" in alone["caveats"][0] and alone["outcome"][0] == "events of burglary"


def test_further_outcomes_are_exploratory():
    rows = results_table(compared(params=replace(PARAMS, others="crimes")).results)
    assert rows["outcome"].tolist()[-1] == "crimes" and rows["primary"].tolist() == [True, False, False]


def test_a_trial_that_is_not_over_says_so():
    plan = schedule_of()
    events = crimes_of(plan)
    words = sentence(compared(plan, events[events["start"] < pd.Timestamp("2024-05-14", tz="UTC")]))
    assert "its last 20 days have no data yet" in words and "looks early" in words


@pytest.mark.parametrize("first, last, hours", [("2024-03-18", "2024-04-07", 23), ("2024-10-14", "2024-11-03", 25)])
def test_days_of_23_and_25_hours_are_whole_days(first, last, hours):
    """A crime at 05:30 belongs to the day before, on either side of the change of clocks."""
    plan = schedule_of(first=first, last=last, at="2024-02-01T00:00Z")
    lengths = np.diff(nanoseconds(pd.Series(plan.begins))) / 3.6e12
    assert sorted(set(lengths.round().tolist())) == sorted({24.0, float(hours)})
    events = crimes_of(plan)
    panel = panel_of_trial(plan, events)
    grid = Days.of(panel, plan.areas, plan.days)
    assert np.nansum(grid.values(panel.counts("crime"))) == len(events)
    late = crimes_of(plan).iloc[:1].assign(**{c: plan.begins[3] - pd.Timedelta(minutes=30) for c in ("start", "end")})
    other = panel_of_trial(plan, pd.concat([events, late.assign(event_id="late")], ignore_index=True))
    more = grid.values(other.counts("crime")) - grid.values(panel.counts("crime"))
    assert more.sum(axis=1).tolist() == [0, 0, 1] + [0] * (len(plan.days) - 3)


def test_the_public_sees_rounded_events_and_no_hours():
    plan = schedule_of()
    found = compared(plan, audience="public")
    assert found.results[0].events % 5 == 0 and not any(" h in all" in n or "min drawn" in n for n in found.notes)
    few = crimes_of(plan).iloc[[0, 200, -1]]
    assert "too few events to be published" in sentence(compared(plan, few, audience="public"))


def test_the_page():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    plan = schedule_of()
    found = compared(plan)
    text = trial_page(found, plan)
    assert "A trial by day" in text and text.index("Undrawn areas had") < text.index("Being drawn for visits")
    assert "other draws of the same areas" in text and "with other areas, and p" not in text
    assert "An effect is spoken of because lots decided" in text
    assert "An effect is spoken of" not in trial_page(compared(plan, drained=0.2), plan)
    assert "E-value" not in text and "An association, not an effect" not in text
    assert (
        "officer hours an area and day, by week" in text.lower()
        and "officer hours an area and day, by week" not in trial_page(found, plan, audience="public").lower()
    )
