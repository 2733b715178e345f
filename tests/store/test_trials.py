"""Schedules of trials in a store: once, with the key, and read from the summary alone."""

import pytest

from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.store import SUMMARY, Store
from ia_plugin.store.trials import keep_schedule, kept_schedule
from tests.support.stores import KEY
from tests.support.trials import schedule_of

LATER = dict(first="2024-06-03", last="2024-06-30")


@pytest.fixture
def folder(tmp_path):
    with Store(tmp_path / "store", KEY):
        pass
    return tmp_path / "store"


def test_a_schedule_is_there_as_it_was_drawn(folder):
    plan = schedule_of()
    assert kept_schedule(folder) is None
    with Store(folder, KEY) as store:
        assert keep_schedule(store, plan) == 1
    back = kept_schedule(folder)
    assert back.why_altered() == "" and back.own_mark() == back.mark == plan.mark and (back.drawn == plan.drawn).all()
    with GeoPackage(folder / SUMMARY, create=False) as package:
        assert "officer_id" not in package.read("trial_days").columns


def test_nobody_draws_again_until_it_pleases(folder):
    with Store(folder, KEY) as store:
        keep_schedule(store, schedule_of())
        for again in (
            schedule_of(),
            schedule_of(seed=6),
            schedule_of(first="2024-06-02", last="2024-06-30"),
            schedule_of(2),
        ):
            with pytest.raises(StoreError, match="has these areas on these days already"):
                keep_schedule(store, again)
        assert store.summary.count("trial_days") == 56 * 8
        assert keep_schedule(store, schedule_of(**LATER)) == 2


def test_of_several_one_is_named(folder):
    plans = [schedule_of(), schedule_of(**LATER)]
    with Store(folder, KEY) as store:
        for plan in plans:
            keep_schedule(store, plan)
    with pytest.raises(StoreError, match=r"holds 2 schedules of trials\. Name one .*from 2024-04-08.*"):
        kept_schedule(folder)
    assert kept_schedule(folder, plans[1].mark[:6]).days == plans[1].days
    with pytest.raises(StoreError, match="0 schedules of trials that begin with 'zz'"):
        kept_schedule(folder, "zz")


def test_without_the_key_nothing_is_kept(folder):
    with Store(folder) as store, pytest.raises(PrivacyError):
        keep_schedule(store, schedule_of())


def test_rows_changed_behind_the_stores_back_are_found(folder):
    with Store(folder, KEY) as store:
        keep_schedule(store, schedule_of())
    with GeoPackage(folder / SUMMARY) as package, package.transaction():
        package.execute("UPDATE trial_days SET drawn = NOT drawn WHERE day = '2024-04-20'")
    assert "8 rows of areas and days differ" in kept_schedule(folder).why_altered()
