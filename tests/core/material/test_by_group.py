"""Published tables: without units the figures are those of all tables; by unit they are of whole closed months, or say why not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.answers.resources_table import resources_table
from ia_plugin.core.charts.bars import by_group
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.group_time.month import STEP_S
from ia_plugin.core.material.by_group import (
    BY_MONTH,
    NOT_BY_MODE,
    NOT_CLOSED,
    ONE_AREA,
    ONE_AT_A_TIME,
    TOO_FEW,
    last_closed_month,
)
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.measures import MEASURES, OF_EVENTS, measured
from ia_plugin.core.material.places import places
from ia_plugin.core.material.summary_tables import Material
from tests.support.published import JUNE, materials, officers


@pytest.fixture(scope="module")
def june() -> tuple[pd.DataFrame, Material, Material]:
    people = officers()
    return (people, *materials(people))


@pytest.mark.parametrize(
    "state",
    [
        JUNE,
        replace(JUNE, first=date(2024, 6, 3), last=date(2024, 6, 9)),
        replace(JUNE, hour_from=22, hour_to=7, weekdays=(4, 5)),
        replace(JUNE, modes=("foot",)),
        replace(JUNE, areas=("A",)),
    ],
)
def test_without_units_the_figures_are_the_same(
    june: tuple[pd.DataFrame, Material, Material], state: FilterState
) -> None:
    _, whole, out = june
    for key in ("officer_hours", "share", "foot"):
        np.testing.assert_allclose(
            measured(out, state, places(out))[key], measured(whole, state, places(whole))[key], rtol=1e-12
        )


def test_units_of_a_month_are_those_counted(june: tuple[pd.DataFrame, Material, Material]) -> None:
    people, _, out = june
    found = measured(out, replace(JUNE, units=("North",)), places(out))
    labels = [p.label for p in places(out)]
    for label in ("(impact)", "(rest)", "A", "B"):
        true = people.loc[(people["area_id"] == label) & (people["unit"] == "North"), "seconds"].sum() / 3600
        blocks = (out.groups["area_id"] == label).sum() / 2
        assert found["officer_hours"][labels.index(label)] == pytest.approx(true, abs=blocks * STEP_S / 3600 / 2)


def test_a_unit_of_four_is_shown_nowhere(june: tuple[pd.DataFrame, Material, Material]) -> None:
    _, _, out = june
    assert "Dogs" not in out.choices()["units"]
    found = measured(out, replace(JUNE, units=("Dogs",)), places(out))
    assert not np.isfinite(found["officer_hours"]).any()
    whys = dict(zip((p.label for p in found.places), found.columns["officer_hours"].why))
    assert {whys.pop(a) for a in ("A", "B")} == {ONE_AREA} and set(whys.values()) == {TOO_FEW}
    assert "Dogs" not in set(resources_table(out, JUNE)["value"]) | set(by_group(out, JUNE, "unit")["value"])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last": date(2024, 6, 29)}, BY_MONTH),
        ({"first": None}, BY_MONTH),
        ({"hour_from": 22, "hour_to": 7}, BY_MONTH),
        ({"first": date(2024, 7, 1), "last": date(2024, 7, 31)}, NOT_CLOSED),
        ({"resources": ("car",)}, ONE_AT_A_TIME),
        ({"modes": ("foot",)}, NOT_BY_MODE),
    ],
)
def test_what_is_not_shown_by_unit_says_why(
    june: tuple[pd.DataFrame, Material, Material], changes: dict[str, object], why: str
) -> None:
    """Never a nought in the place of a figure that may not be shown."""
    _, _, out = june
    table = figures(out, replace(JUNE, units=("North",), **changes)).table.set_index("key")  # type: ignore[arg-type]
    of_time = [m.key for m in MEASURES if m.key not in OF_EVENTS and m.key in table.index]
    assert set(table.loc[of_time, "why"]) == {why}
    assert not np.isfinite(table.loc[of_time, "value"].to_numpy(float)).any()


@pytest.mark.parametrize(("last", "said"), [(date(2024, 6, 29), ["1–30 Jun 2024"]), (date(2024, 6, 30), [])])
def test_who_asks_another_period_is_told_the_last_closed_month(
    june: tuple[pd.DataFrame, Material, Material], last: date, said: list[str]
) -> None:
    notes = figures(june[2], replace(JUNE, last=last, units=("North",))).notes
    assert [n for n in notes if "closed months" in n] == [
        f"By unit, department, role and resource type officer time is shown of whole closed months: the last of them is {m}."
        for m in said
    ]


def test_groups_of_a_place_add_up_to_its_time(june: tuple[pd.DataFrame, Material, Material]) -> None:
    people, _, out = june
    table = resources_table(out, JUNE)
    for place in ("(impact)", "A"):
        own = table[(table["place"] == place) & (table["dimension"] == "unit")]
        whole = people.loc[people["area_id"] == place, "seconds"].sum() / 3600
        assert own["value"].tolist() == ["North", "other"]
        assert own["officer_hours"].sum() == pytest.approx(whole, rel=0.02)
        assert own["share_percent"].sum() == pytest.approx(100.0)


def test_the_last_closed_month_is_known(june: tuple[pd.DataFrame, Material, Material]) -> None:
    assert last_closed_month(june[2]) == (date(2024, 6, 1), date(2024, 6, 30))
    assert last_closed_month(june[1]) is None
