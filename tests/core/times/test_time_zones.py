"""Time zones where the computer has none (Windows), and civil time alike on every pandas."""

from __future__ import annotations

import importlib.abc
import sys
import tarfile
import zoneinfo
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.times import time_zones as zones
from ia_plugin.core.times.civil import from_civil, moment_of, pandas_zone
from ia_plugin.core.times.clocks import to_utc
from ia_plugin.core.times.time_zones import has_database, time_zone


class Without(importlib.abc.MetaPathFinder):
    """Makes tzdata absent."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "tzdata":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.fixture
def without(monkeypatch):
    """Takes the system's database, and tzdata or pytz, away for one test."""

    def clear() -> None:
        for cache in (zones._find.cache_clear, pandas_zone.cache_clear, zoneinfo.ZoneInfo.clear_cache):
            cache()

    def take(*packages: str) -> None:
        if "tzdata" in packages:
            for name in [n for n in sys.modules if n.split(".")[0] == "tzdata"]:
                monkeypatch.delitem(sys.modules, name)
            monkeypatch.setattr(sys, "meta_path", [Without(), *sys.meta_path])
        if "pytz" in packages:
            monkeypatch.setattr(zones, "_of_pytz", lambda name: None)
        zoneinfo.reset_tzpath(to=[])
        clear()

    yield take
    zoneinfo.reset_tzpath()
    clear()


def london(zone) -> list[str]:
    """Offsets of London in winter and in summer."""
    return [str(datetime(2024, month, 1, 12, tzinfo=zone).utcoffset()) for month in (1, 7)]


def test_a_zone_of_the_database() -> None:
    assert has_database()
    assert london(time_zone("Europe/London")) == ["0:00:00", "1:00:00"]


def test_tzdata_stands_in_for_the_system(without) -> None:
    pytest.importorskip("tzdata")
    without("pytz")
    assert london(time_zone("Europe/London")) == ["0:00:00", "1:00:00"]


def test_pytz_stands_in_for_tzdata(without) -> None:
    pytz = pytest.importorskip("pytz")
    if not (Path(pytz.__file__).parent / "zoneinfo" / "Europe" / "London").is_file():
        pytest.skip("this pytz reads the system's zones")
    without("tzdata")
    assert london(time_zone("Europe/London")) == ["0:00:00", "1:00:00"]


def test_dateutils_archive_stands_in_for_both(without, tmp_path, monkeypatch) -> None:
    """Laid out as dateutil 2 does: one archive of the zones' files, with a list of its own among them."""
    here = next((Path(p) / "Europe" / "London" for p in zoneinfo.TZPATH if (Path(p) / "Europe/London").is_file()), None)
    if here is None:
        pytest.skip("there is no file of London's zone to put into an archive")
    (tmp_path / "zoneinfo").mkdir()
    with tarfile.open(tmp_path / "zoneinfo" / "dateutil-zoneinfo.tar.gz", "w:gz") as archive:
        archive.add(here.resolve(), "Europe/London")
        archive.add(here.resolve(), "UTC")
        archive.add(__file__, "METADATA")
    without("tzdata", "pytz")
    found = importlib.util.find_spec
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(zones.importlib.util, "find_spec", lambda n: spec if n == "dateutil" else found(n))
    assert london(time_zone("Europe/London")) == ["0:00:00", "1:00:00"]
    for name in ("METADATA", "Europe/Nowhere"):
        with pytest.raises(ParameterError, match="is not known. Give an IANA name"):
            time_zone(name)
    times, _ = to_utc(pd.Series(["2024-07-01 12:00"]), "Europe/London")
    assert times[0] == pd.Timestamp("2024-07-01 11:00Z")


def test_where_there_is_none_the_error_does_not_advise_what_just_failed(without, monkeypatch) -> None:
    without("tzdata", "pytz")
    monkeypatch.setattr(zones, "_of_dateutil", lambda name: None)
    assert not has_database()
    for asked in (time_zone, pandas_zone):
        with pytest.raises(ParameterError, match="cannot be looked up: neither .* pip install tzdata") as told:
            asked("Europe/London")
        assert "such as" not in str(told.value)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "dateutil/Europe/London", "+01:00"])
def test_no_zone(name: str) -> None:
    for asked in (time_zone, pandas_zone):
        with pytest.raises(ParameterError, match="is not known"):
            asked(name)


# What Python does with fold=0 (PEP 495), written out: the hour that is left out reads as if the clock stood, the hour
# that comes twice as the first.
@pytest.mark.parametrize(
    "reading, moment",
    [
        ("2024-03-31 00:59", "2024-03-31 00:59"),
        ("2024-03-31 01:00", "2024-03-31 01:00"),
        ("2024-03-31 01:30", "2024-03-31 01:30"),
        ("2024-03-31 02:00", "2024-03-31 01:00"),
        ("2024-10-27 00:59", "2024-10-26 23:59"),
        ("2024-10-27 01:30", "2024-10-27 00:30"),
        ("2024-10-27 02:00", "2024-10-27 02:00"),
        (None, None),
    ],
)
def test_clock_readings_of_the_two_odd_nights(reading, moment) -> None:
    found = from_civil(pd.DatetimeIndex([reading, "2024-06-01 12:00"]), "Europe/London")
    assert (found[0] is pd.NaT) if moment is None else found[0] == pd.Timestamp(moment, tz="UTC")
    assert found[1] == pd.Timestamp("2024-06-01 11:00", tz="UTC")
    if reading:
        python = pd.Timestamp(reading).to_pydatetime().replace(tzinfo=time_zone("Europe/London"))
        assert (
            moment_of(pd.Timestamp(reading), "Europe/London")
            == found[0]
            == pd.Timestamp(python.timestamp(), unit="s", tz="UTC")
        )


def test_a_day_that_begins_at_one_begins_at_its_first_moment() -> None:
    """Beirut puts its clocks forward at midnight."""
    assert moment_of(pd.Timestamp("2024-03-31"), "Asia/Beirut") == pd.Timestamp("2024-03-30 22:00Z")


def test_no_readings_at_all() -> None:
    assert len(from_civil(pd.DatetimeIndex([]), "Europe/London")) == 0
