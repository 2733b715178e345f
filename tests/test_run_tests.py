"""The runner of `make test`: what counts as failed, and its last line."""

import pytest

from tools.run_tests import KINDS, NO_TESTS, ROOMS, ROOT, ZONES, Pass, shares, summary


def a_pass(closing, status=0, name="UTC, without QGIS"):
    return Pass(name, status, 12.3, f"....\n{closing}\n")


@pytest.mark.parametrize(
    "passes, last",
    [
        ([a_pass("7 passed in 1.20s"), a_pass("==== 5 passed, 2 skipped in 61.00s (0:01:01) ====")], "12 passed, 0 failed, 2 skipped"),
        ([a_pass("1 failed, 6 passed, 3 warnings in 2.00s", 1), a_pass("5 passed in 1.00s")], "11 passed, 1 failed, 0 skipped"),
        ([a_pass("6 passed, 1 error in 2.00s", 1)], "6 passed, 1 failed, 0 skipped"),
        ([a_pass("Segmentation fault", -11)], "0 passed, 1 failed, 0 skipped"),
        ([a_pass("no tests ran in 0.01s", NO_TESTS)], "0 passed, 0 failed, 0 skipped"),
    ],
)  # fmt: skip
def test_the_last_line_adds_all_passes(passes, last):
    assert summary(passes).splitlines()[-1] == last


def test_each_pass_has_a_line_that_says_whether_it_was_good():
    first, second, _ = summary(
        [a_pass("7 passed in 1.20s"), a_pass("1 failed in 1.00s", 1, "UTC, inside QGIS")]
    ).splitlines()
    assert first.startswith("UTC, without QGIS") and "good: 7 passed, 12 s" in first
    assert second.startswith("UTC, inside QGIS") and "FAILED (pytest's exit status 1): 1 failed" in second


def test_each_test_runs_once_in_the_last_zone():
    last = [share for share in shares("without QGIS", []) if share.zone == ZONES[-1][0]]
    rooms = [room for group in ROOMS for room in group]
    assert [room for share in last for room in share.tests] == rooms
    left_out = [option.split("=")[1] for share in last for option in share.options if option.startswith("--ignore=")]
    assert left_out == rooms  # by the rest
    assert all((ROOT / room).exists() for room in rooms)


def test_long_tests_run_where_all_are_asked_for():
    for kind in KINDS:
        short, every = ([" ".join(s.options) for s in shares(kind, [], also_long)] for also_long in (False, True))
        assert all("not long" in options for options in short) and not any("long" in options for options in every)


def test_asked_tests_are_not_cut():
    asked = shares("without QGIS", ["tests/gpkg"], also_long=True)
    assert [share.tests for share in asked] == [("tests/gpkg",)] * len(ZONES)


def test_all_time_zones_are_tried_where_all_tests_are():
    every, quick = ({share.zone for share in shares("inside QGIS", [], also_long)} for also_long in (True, False))
    assert every == {zone for zone, _ in ZONES} and every - quick == {"UTC"}
