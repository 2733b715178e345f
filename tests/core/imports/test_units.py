"""Speeds and accuracies in the unit that their column's name tells."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.mapping import suggest
from ia_plugin.core.imports.readings import readings


def read(name, value="30", **facts):
    rows = pd.DataFrame(
        [["1", "2024-06-13 10:00", "52.1", "-1.9", value]], columns=["officer", "time", "lat", "lon", name]
    )
    account = Account("a.csv", "affiliations")
    found = readings(rows, suggest("affiliations", list(rows), rows, **facts), account)
    return {k: round(float(np.asarray(v)[0]), 3) for k, v in found.items()}, account


@pytest.mark.parametrize(
    ("name", "kmh"),
    [
        ("Speed", 30), ("Speed (km/h)", 30), ("speed_kph", 30), ("Speed (GPS)", 30), ("GPS Speed", 30), ("Ground speed", 30),
        ("Speed (mph)", 48.28), ("Velocity mph", 48.28), ("SpeedMPH", 48.28), ("Speed in miles per hour", 48.28), ("speed [mi/h]", 48.28),
        ("Speed (knots)", 55.56), ("speed_kn", 55.56), ("SpeedKnots", 55.56), ("Speed (kts)", 55.56), ("speedknots", 55.56),
        ("Speed m/s", 108), ("speed_ms", 108), ("Velocity (metres per second)", 108), ("Speed (ft/s)", 32.918),
    ],
)  # fmt: skip
def test_speeds_in_the_unit_of_their_columns_name(name, kmh):
    found, account = read(name)
    assert found == {"speed_kmh": pytest.approx(kmh, abs=0.001)} and not account.warnings()


@pytest.mark.parametrize(
    ("name", "metres"),
    [("Accuracy", 30), ("Accuracy (m)", 30), ("accuracy_ft", 9.144), ("Accuracy (ft)", 9.144), ("Position error (feet)", 9.144),
     ("AccuracyYards", 27.432), ("Accuracy (km)", 30_000), ("accuracy_cm", 0.3), ("Radius (ft)", 9.144), ("accuracy_metres", 30), ("Accuracy (in metres)", 30),
     ("Accuracy (m, 68%)", 30), ("Accuracy (1 sigma)", 30)],
)  # fmt: skip
def test_accuracies_in_the_unit_of_their_columns_name(name, metres):
    found, account = read(name)
    assert found == {"accuracy_m": pytest.approx(metres)} and not account.warnings()


def test_a_unit_that_is_converted_is_said():
    assert read("Speed (knots)")[1].sentences()[1:] == [
        "1 speed is read in knots, as the column's name 'Speed (knots)' says."
    ]


@pytest.mark.parametrize(
    ("name", "unit"), [("Speed (furlongs)", "furlongs"), ("Accuracy (links)", "links"), ("Speed in leagues", "leagues")]
)
def test_a_unit_that_is_not_known_is_named(name, unit):
    found, account = read(name)
    assert list(found.values()) == [30] and f"its unit '{unit}' is not known" in account.warnings()[0]


def test_a_mapping_that_says_another_unit_than_the_name_is_doubted():
    found, account = read("Speed (knots)", speed_unit="mph")
    assert found == {"speed_kmh": 55.56} and "though the mapping says mph" in account.warnings()[0]
    assert read("Speed", speed_unit="mph")[0] == {"speed_kmh": 48.28}
