"""A streaming copy of the server, which can only be read: it answers as the store does, and what must be recorded first is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.own_area import OWN
from ia_plugin.core.params import CHECK_PURPOSES, PURPOSES
from ia_plugin.store.about_facts import about_of
from ia_plugin.store.check_one import check_one
from ia_plugin.store.flags import raise_flag
from ia_plugin.store.imports import bring_file
from ia_plugin.store.look import RestrictedLook
from ia_plugin.store.notes import add_note
from ia_plugin.store.own_area import with_own_area
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.purge import purge
from ia_plugin.store.refresh import refresh
from ia_plugin.store.summary import read_summary
from ia_plugin.store.trace_home import tracer_of
from tests.support.postgis import copied, in_step
from tests.support.shared_store import LOOK, SharedStore
from tests.support.stores import AT, KEY, extract
from tests.support.two_homes import Homes, same

NOW = pd.Timestamp("2024-07-10T12:00Z")
DAY = pd.Timestamp("2024-06-03").date()
WHY = PURPOSES[0]


@pytest.fixture(scope="module")
def copy(homes: Homes) -> Iterator[SharedStore]:
    with copied(homes.shared.cluster) as made:
        in_step(homes.shared.cluster, made)
        assert made.psql("SELECT pg_is_in_recovery()") == "t"
        yield replace(homes.shared, cluster=made)


def test_it_answers_as_the_store_does(homes: Homes, copy: SharedStore) -> None:
    there, here = read_summary(copy.target("alice")), read_summary(homes.places["postgis"])
    for name in ("time_use", "cover", "visits", "events"):
        same(getattr(there, name).table, getattr(here, name).table)
    same(there.areas, here.areas)
    about, of_store = (about_of(place) for place in (copy.target("alice"), homes.places["postgis"]))
    assert (about.refreshed, about.data_to) == (of_store.refreshed, of_store.data_to)


ASKS = {
    "what is behind a figure": lambda place: tracer_of(place, WHY, version="t"),
    "one officer-day": lambda place: check_one(
        place, "101", DAY, CHECK_PURPOSES[0], "a letter", KEY, at=NOW, version="t"
    ),
    "cells by unit": lambda place: RestrictedLook(place, NOW, "t")(read_summary(place), [FilterState()], WHY),
}


@pytest.mark.parametrize("what", ASKS)
def test_what_is_recorded_first_is_refused_and_nothing_is_shown(copy: SharedStore, what: str) -> None:
    with pytest.raises(StoreError, match="recorded first, and cannot be here. Use the connection of the store itself"):
        ASKS[what](copy.target("ivan"))


CHANGES = {
    "an area of one's own": lambda place: with_own_area(
        place, read_summary(place), shapely.box(399_600, 279_600, 400_000, 280_400), OWN, at=NOW, version="t"
    ),
    "a note": lambda place: add_note(place, kind="outage", first=DAY, text="No masts.", at=NOW, version="t"),
    "a flag": lambda place: raise_flag(place, "IA-0000-0000", "Too low.", at=NOW, version="t"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_would_be_added_is_refused_in_a_sentence(copy: SharedStore, what: str) -> None:
    with pytest.raises(StoreError) as caught:
        CHANGES[what](copy.target("alice"))
    assert "only be read: it is a copy of the store" in str(caught.value)


LOADS = {
    "an import": lambda store, path: bring_file(store, path, at=AT),
    "a refresh": lambda store, path: refresh(store),
    "a purge": lambda store, path: purge(store, NOW),
}


@pytest.mark.parametrize("what", LOADS)
def test_who_loads_is_sent_to_the_store_itself(copy: SharedStore, tmp_path: Path, what: str) -> None:
    path = extract(tmp_path / "late.csv", day="2024-06-05", seed=9, fixes=20)
    with PostgisStore(copy.target("lee"), KEY) as store, pytest.raises(StoreError) as caught:
        LOADS[what](store, path)
    assert "only be read: it is a copy of the store" in str(caught.value)


def test_a_day_asked_for_on_the_store_is_seen_here_for_its_hour_and_no_other(homes: Homes, copy: SharedStore) -> None:
    """The copy has the record before it has anything to show by it, for both come in one stream."""
    for who in ("ines", "ilka"):
        homes.shared.cluster.psql(f"DROP ROLE IF EXISTS {who}_far", f"CREATE ROLE {who}_far LOGIN IN ROLE ia_inspector")
    in_step(homes.shared.cluster, copy.cluster)
    assert copy.psql("ines_far", LOOK) == "0"
    day = homes.shared.psql("lee", "SELECT min(officer_day) FROM ia_restricted.officer_days")
    ask = f"SELECT ia_journeys.ask('{day}', '{WHY}') IS NOT NULL"
    said = copy.psql("ines_far", ask, LOOK)
    assert "read-only transaction" in said and said.endswith("0")
    tracer_of(homes.shared.target("ines_far"), WHY, version="t")
    homes.shared.psql("ines_far", ask)
    in_step(homes.shared.cluster, copy.cluster)
    assert copy.psql("ines_far", LOOK) == homes.shared.psql("ines_far", LOOK) != "0"
    assert copy.psql("ilka_far", LOOK) == "0"
    asked = f"SELECT who FROM ia_records.runs WHERE officer_day = '{day}' AND who LIKE '%far'"
    assert copy.psql("olga", asked) == "ines_far"
