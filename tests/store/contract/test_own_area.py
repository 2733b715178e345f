"""The figures of an area that an analyst draws: those of the folder, once the loader has computed what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
import shapely

from ia_plugin.core.disclosure.blocks import Blocks
from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.own_area import OWN
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.store.own_area import why_no_own_area, with_own_area
from ia_plugin.store.own_areas_due import compute_own_areas
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.postgis.own_areas import asked_own_area
from ia_plugin.store.summary import read_summary
from tests.support.stores import KEY
from tests.support.two_homes import Homes

NOW = pd.Timestamp("2024-07-10T12:00Z")
DRAWN = {
    "within one area": shapely.box(399_600, 279_600, 400_000, 280_400),
    "over two": shapely.box(399_800, 279_400, 400_600, 280_200),
    "where nobody was": shapely.box(401_000, 279_600, 401_800, 280_400),
    "in two parts": shapely.union(shapely.box(399_200, 279_200, 399_800, 279_800), shapely.box(400_200, 280_200, 400_800, 280_800)),
}  # fmt: skip


def drawn(place: str, shape: shapely.Geometry) -> Material:
    return with_own_area(place, read_summary(place), shape, OWN, at=NOW, version="t")


@pytest.fixture(scope="module")
def computed(homes: Homes) -> Iterator[Homes]:
    """Each area asked for by an analyst, told that it is not computed yet, and computed as the next refresh does it."""
    for shape in DRAWN.values():
        with pytest.raises(StoreError, match="not computed yet") as caught:
            drawn(homes.places["postgis"], shape)
        assert "after the next Daily refresh" in caught.value.remedy
    with PostgisStore(homes.shared.target("lee"), KEY) as store:
        compute_own_areas(store, pd.Timestamp.now(tz="UTC"))
    yield homes


@pytest.fixture(scope="module", params=DRAWN)
def in_both(computed: Homes, request: pytest.FixtureRequest) -> tuple[str, Material, Material]:
    """An area by its name, as the folder and as the shared store tell it."""
    which = request.param
    return which, *(drawn(computed.places[home], DRAWN[which]) for home in ("geopackage", "postgis"))


@pytest.mark.parametrize(
    "state",
    [
        FilterState(areas=(OWN,)),
        FilterState(areas=(OWN,), first=date(2024, 6, 3), last=date(2024, 6, 4)),
        FilterState(areas=(OWN,), weekdays=(0, 1)),
        FilterState(areas=("a", OWN)),
    ],
    ids=["all", "two days", "hours", "beside an area"],
)
def test_the_figures_are_those_of_the_folder(in_both: tuple[str, Material, Material], state: FilterState) -> None:
    which, here, there = in_both
    assert here.under_own_area == there.under_own_area
    ours, theirs = (figures(m, state) for m in (here, there))
    # A folder's reader has the restricted file, and so how many officers there were; an analyst has whether they were five.
    some = ~ours.table["key"].isin(["officers"])
    pd.testing.assert_frame_equal(theirs.table[some], ours.table[some], check_dtype=False)
    assert (ours.table["value"] > 0).any() == (which != "where nobody was" or "a" in state.areas)


def test_the_look_up_is_on_record_with_its_blocks(computed: Homes) -> None:
    asked = "SELECT who, audience, parameters FROM ia_records.runs WHERE what = 'own area' ORDER BY run_id LIMIT 1"
    who, audience, facts = computed.shared.psql("olga", asked).split("|", 2)
    known = Blocks.read(200.0, json.loads(facts)["blocks"])
    assert (who, audience, len(known)) == ("alice", "board", 2 * 4)


def test_what_is_handed_out_tells_no_unit_and_no_number_of_officers(computed: Homes) -> None:
    blocks = Blocks.of(200.0, [(c, r) for c in (1998, 1999) for r in range(1398, 1402)])
    tables = asked_own_area(computed.places["postgis"], blocks, 32.0, "t")
    assert set(tables["time_use"]["unit"]) == {"(all)"} and "officers" not in tables["enough_officers"].columns
    assert all("officer_id" not in t.columns for t in tables.values())


def test_the_loader_refuses_what_a_client_of_ones_own_asks_for(computed: Homes) -> None:
    """Blocks of a hectare where four are the least: the plugin does not ask for them, and who asks in SQL is refused."""
    target, small = computed.places["postgis"], Blocks.of(100.0, [(4_000, 2_800)])
    with pytest.raises(StoreError, match="not computed yet"):
        asked_own_area(target, small, 1.0, "t")
    with PostgisStore(computed.shared.target("lee"), KEY) as store:
        compute_own_areas(store, pd.Timestamp.now(tz="UTC"))
    with pytest.raises(StoreError, match="another grid"):
        asked_own_area(target, small, 1.0, "t")
    with pytest.raises(PrivacyError):
        drawn(target, shapely.box(400_000, 280_000, 400_050, 280_050))


HOSTILE = [
    ("-200", "0:0"), ("'NaN'", "0:0"), ("'infinity'", "0:0"), ("1e-300", "1:1"), ("200", "1:0..99999999"), ("200", "1:99999999999999999999999"),
    ("200", "...,::--"), ("200", " "), ("200", "0:0 0:900000"), ("200", "0:0 0:9000000000000000000"),
]  # fmt: skip


def test_nothing_that_is_asked_for_in_sql_stops_the_refresh(computed: Homes) -> None:
    """What nobody can compute is refused, in a moment, and the areas of others are computed all the same."""
    asks = [f"SELECT ia_records.ask_own_area({side}, '{text}', 4, 't')" for side, text in HOSTILE]
    runs = computed.shared.psql("iris", *asks).splitlines()
    assert len(runs) == len(HOSTILE) and all(run.isdigit() for run in runs)
    began = pd.Timestamp.now(tz="UTC")
    with PostgisStore(computed.shared.target("lee"), KEY) as store:
        compute_own_areas(store, began)
        fresh = store.db.execute("SELECT refused, tables IS NULL FROM ia_restricted.own_areas WHERE computed_at = %s", (began.isoformat(),))  # fmt: skip
    assert len(fresh) > len(HOSTILE) and sum(words is None and not empty for words, empty in fresh) >= len(DRAWN)
    for run, ask in zip(runs, HOSTILE):
        assert computed.shared.psql("iris", f"SELECT refused IS NOT NULL FROM ia_records.own_area({run})") == "t", ask


WAYS = {
    "not yet committed": ["BEGIN", "SELECT count(*) FROM ia_records.own_area(ia_records.ask_own_area(200, '1:1', 4, 't'))", "ROLLBACK"],
    "another's": ["SELECT * FROM ia_records.own_area({run})"],
    "the table": ["TABLE ia_restricted.own_areas"],
    "letters that are no blocks": ["SELECT ia_records.ask_own_area(200, 'x; y', 4, 't')"],
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_read_beside_the_record(computed: Homes, way: str) -> None:
    run = computed.shared.psql("olga", "SELECT min(run_id) FROM ia_records.runs WHERE what = 'own area'")
    said = computed.shared.psql("iris", *[line.format(run=run) for line in WAYS[way]])
    assert any(word in said for word in ("asked for first", "permission denied", "are named in at most"))


def test_an_analyst_may_draw_and_an_auditor_may_not_ask(computed: Homes) -> None:
    assert why_no_own_area(computed.places["postgis"]) == ""
    asked = "SELECT ia_records.ask_own_area(200, '1:1', 4, 't')"
    assert "permission denied" in computed.shared.psql("olga", asked)
