"""What a page may tell, by hand: two months of two officer hours in each hour, to Sunday 30 June 2024."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import GROUP_TIME
from ia_plugin.core.errors import EstimateError, ParameterError, PrivacyError
from ia_plugin.core.inspector_page.cube import cube_of
from ia_plugin.core.inspector_page.day_slots import WHOLE_DAY
from ia_plugin.core.inspector_page.released import released
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.times.civil import pandas_zone
from tests.support.late_records import AREAS, events_of, hours_of, material_of

HOURS = hours_of()


@pytest.fixture(scope="module")
def material() -> Material:
    return material_of(events_of())


def months(*firsts: str) -> pd.DataFrame:
    """Five officer hours of a unit in each of some months, of all hours together."""
    starts = pd.DatetimeIndex([pd.Timestamp(f, tz=pandas_zone("Europe/London")) for f in firsts]).tz_convert("UTC")
    row = {"dimension": "unit", "value": "North", "area_id": "a", "weekday": -1, "first_hour": 0, "hours": 24,
           "officer_seconds": 18_000.0, "variance": 0.0, "systematic": 0.0}  # fmt: skip
    return pd.DataFrame({"month": starts, **row})[list(GROUP_TIME.names)]


def test_hours_end_seven_days_before_the_data(material: Material) -> None:
    """24 to 30 June are totals of 48 officer hours each, and each day before, since 1 May, has its 24 hours."""
    cube = cube_of(material, marking="OFFICIAL")
    assert (cube.facts["hours_until"], cube.facts["data_days"]) == (
        "2024-06-23",
        {"first": "2024-05-01", "last": "2024-06-30"},
    )
    totals = cube.arrays["moment_hour"] == WHOLE_DAY
    assert totals.tolist() == [False] * (54 * 24) + [True] * 7
    row = cube.facts["rows"].index("a")
    assert cube.arrays["time_seconds"][row, totals].tolist() == [48 * 3600] * 7
    assert set(cube.arrays["time_seconds"][row, ~totals]) == {2 * 3600}


def test_events_of_the_last_days_have_no_hour(material: Material) -> None:
    """Six crimes a day, those recorded on their day, at noon by the clock: hour 12 until the 23rd, none after."""
    cube = cube_of(material, marking="OFFICIAL")
    arrays = cube.arrays
    by_hour = arrays["event_day"] < cube.facts["days"] - 7
    assert set(arrays["event_hour"][by_hour]) == {12} and set(arrays["event_hour"][~by_hour]) == {WHOLE_DAY}


def test_a_day_that_has_begun_is_not_told() -> None:
    """Pages made at 07:00 and at 08:00 of 1 July would differ by one hour of the officers."""
    extra = hours_of(days=1, first="2024-07-01")
    of_hour = extra["period"].rank(method="dense")
    pages = [
        cube_of(Material.of(AREAS, pd.concat([HOURS, extra[of_hour <= n]])), marking="OFFICIAL") for n in (0, 7, 8)
    ]
    assert pages[0].facts["data_days"]["last"] == "2024-06-30"
    for page in pages[1:]:
        assert page.facts["data_days"] == pages[0].facts["data_days"]
        for name, values in pages[0].arrays.items():
            np.testing.assert_array_equal(page.arrays[name], values, err_msg=name)


def test_a_month_is_told_by_unit_once_all_its_days_are_told_by_the_hour(material: Material) -> None:
    """June by blocks of hours, less its days until the 23rd by the hour, would be hours of its last week."""
    told = cube_of(replace(material, groups=months("2024-05-01", "2024-06-01")), marking="OFFICIAL").facts["groups"]
    assert told["month"] == ["2024-05-01"] and told["officer_seconds"] == [18_000.0]
    week_later = Material.of(AREAS, hours_of(days=68), groups=months("2024-05-01", "2024-06-01"))
    assert cube_of(week_later, marking="OFFICIAL").facts["groups"]["month"] == ["2024-05-01", "2024-06-01"]


def test_sexual_offences_are_told_by_closed_week_alone() -> None:
    """One each day at noon, 1 May to 30 June, seen to 30 June at once: of whole weeks from Monday 29 April on, whose number is −1."""
    rapes = events_of(by_delay=(1,), kind="crime", category="Rape of a female")
    thefts = events_of(by_delay=(2,), kind="incident")
    cube = cube_of(material_of(pd.concat([rapes, thefts])), marking="OFFICIAL")
    assert {w["category"]: w["sensitive"] for w in cube.facts["event_whats"]} == {
        "Rape of a female": True,
        "Theft": False,
    }
    told = cube.arrays["event_what"]
    assert not any(cube.facts["event_whats"][w]["sensitive"] for w in told) and len(told)
    own = cube.arrays["sensitive_row"] == cube.facts["rows"].index("a")
    # Day 0 is 30 April: Mondays are 6, 13, 20, 27 May, 3, 10 and 17 June; the week from 24 June is one of the last seven days.
    assert cube.arrays["sensitive_week"][own].tolist() == [6, 13, 20, 27, 34, 41, 48]
    assert cube.arrays["sensitive_count"][own].tolist() == [7] * 7
    assert cube.facts["sensitive"] == {"categories": ["Rape of a female"], "weeks_until": "2024-06-23"}


def test_a_week_is_closed_once_its_records_have_come_in() -> None:
    """Nineteen in twenty crimes are recorded within 12 days: to 30 June that fills days to the 18th, and weeks to the 16th."""
    slow = material_of(events_of(by_delay=(8, *[1] * 12)))
    assert slow.delays["crime"].filled_to == date(2024, 6, 18)
    assert released(slow).weeks_until == date(2024, 6, 16)


def test_a_category_that_the_force_calls_sensitive_is() -> None:
    coded = events_of(category="V07").assign(sensitive=True)
    assert released(material_of(coded)).sensitive == {"V07"}


@pytest.mark.parametrize(("audience", "instead"), [("public", "run Answers with AUDIENCE=public"), ("restricted", "the dashboard in QGIS")])  # fmt: skip
def test_others_than_a_board_are_refused_with_what_there_is_for_them(material: Material, audience: str, instead: str) -> None:  # fmt: skip
    with pytest.raises(ParameterError, match=f"is not made for .*{audience}") as raised:
        released(material, audience)
    assert instead in raised.value.remedy


def test_it_says_whom_it_is_for(material: Material) -> None:
    facts = cube_of(material, marking="OFFICIAL").facts
    assert (facts["audience"], facts["reader"], facts["about"][0]["title"]) == (
        "board",
        "for the board",
        "Whom this page is for",
    )


def test_restricted_cells_are_refused(material: Material) -> None:
    with pytest.raises(PrivacyError, match="looked at for 'a complaint'"):
        released(replace(material, purpose="a complaint"))


def test_less_than_a_day_makes_no_page() -> None:
    begun = HOURS[HOURS["period"] < HOURS["period"].min() + pd.Timedelta(8, "h")]
    with pytest.raises(EstimateError, match="no whole day"):
        released(Material.of(AREAS, begun))
