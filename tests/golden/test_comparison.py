"""The comparison itself: what it lets pass, and how it names what it does not."""

from __future__ import annotations

import pytest

from tests.support.golden import differences, read_table, report, same, write_table, written

EXPECTED = [{"area": "a", "hours": "1.5", "why": ""}, {"area": "b", "hours": "2", "why": "seen"}]


def changed(**cells):
    return [EXPECTED[0], {**EXPECTED[1], **cells}]


def test_rows_in_another_order_are_the_same_table():
    assert differences("time", EXPECTED, EXPECTED[::-1], ["area"]) == []


@pytest.mark.parametrize(
    "found, sentence",
    [
        (changed(hours="2.1"), "time, area=b, column hours: 2.1, expected 2"),
        (changed(hours=""), "time, area=b, column hours: empty, expected 2"),
        (changed(why="heard"), "time, area=b, column why: heard, expected seen"),
        (EXPECTED[:1], "time, area=b: the row is missing"),
        ([*EXPECTED, {"area": "c", "hours": "0", "why": ""}], "time, area=c: the row is not expected"),
        ([{k: r[k] for k in ("area", "hours")} for r in EXPECTED], "time: column why is missing"),
        ([{**r, "new": ""} for r in EXPECTED], "time: column new is not expected"),
    ],
)
def test_each_difference_names_table_row_and_column(found, sentence):
    assert differences("time", EXPECTED, found, ["area"]) == [sentence]


def test_of_long_texts_the_part_that_differs_is_shown():
    before, after = ({"area": "a", "shape": f"LINESTRING ({'1 1,' * 50}{end} 3)"} for end in (2, 4))
    [sentence] = differences("legs", [before], [after], ["area"])
    assert sentence == "legs, area=a, column shape: …1 1,1 1,1 1,1 1,1 1,4 3), expected …1 1,1 1,1 1,1 1,1 1,2 3)"


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("2024-06-03T10:00:00Z", "2024-06-03T10:00:00.000Z", True),  # GDAL 3.6, and 3.10
        ("2024-06-03 10:00:00", "2024-06-03T10:00:00.000", True),
        ("2024-06-03T10:00:00.5Z", "2024-06-03T10:00:00Z", False),
        ("2024-06-03T10:00:00Z", "2024-06-03T10:00:01.000Z", False),
        ("2024-06-03T10:00:00Z", "2024-06-03T10:00:00.000+01:00", False),
    ],
)
def test_a_moment_is_the_same_however_finely_it_is_written(one, other, alike):
    assert (differences("t", [{"at": one}], [{"at": other}], ()) == []) == alike
    assert (differences("t", [{"at": one, "n": "1"}], [{"at": other, "n": "1"}], ("at",)) == []) == alike


def test_without_a_key_the_order_counts():
    assert differences("answers", EXPECTED, EXPECTED[::-1], []) != []
    assert differences("answers", EXPECTED, EXPECTED[:1], []) == ["answers, row 2: the row is missing"]


def test_without_a_key_a_new_row_moves_none_of_those_after_it():
    told = [{"sentence": f"{what}: {n} h"} for n, what in enumerate(("North", "South", "East"))]
    found = [{"sentence": "First of all."}, {"sentence": "North: 7 h"}, *told[1:]]
    assert differences("answers", told, found, []) == [
        "answers, row 1 of those found: the row is not expected",
        "answers, row 1, column sentence: North: 7 h, expected North: 0 h",
    ]


def test_a_key_that_does_not_tell_rows_apart_is_refused():
    with pytest.raises(AssertionError, match="time: the key why does not tell"):
        differences("time", EXPECTED, [EXPECTED[0]] * 2, ["why"])


@pytest.mark.parametrize(
    "expected, found, alike",
    [
        ("3600", "3600.001", True),
        ("3600", "3600.01", False),
        ("0", "1e-07", True),
        ("0", "1e-05", False),
        ("-1.5", "1.5", False),
        ("0", "", False),
        ("12 hours", "12.0 hours", False),  # a sentence is the same to the letter
        ("2024-10-27T01:00:00Z", "2024-10-27T00:00:00Z", False),
        ("POINT (400000 290000)", "POINT (400000.01 290000)", True),
        ("POINT (400000 290000)", "POINT (400001 290000)", False),
        ("LINESTRING M (0 0 1,1 1 2)", "LINESTRING M (0 0 1,1 1 2,1 1 3)", False),
    ],
)
def test_numbers_are_compared_with_a_tolerance_and_texts_to_the_letter(expected, found, alike):
    assert same(expected, found) is same(found, expected) is alike


@pytest.mark.parametrize(
    "value, text",
    [(None, ""), (float("nan"), ""), (1 / 3, "0.333333333"), (-(2**62), "-4611686018427387904"), (True, "True")],
)
def test_values_as_text(value, text):
    assert written(value) == text


def test_a_table_comes_back_from_its_file_sorted_by_key(tmp_path):
    path = tmp_path / "answers" / "TIME.csv"
    write_table(path, EXPECTED[::-1], ["area"])
    assert read_table(path) == EXPECTED
    write_table(path, [], ["area"], ["area", "hours"])
    assert read_table(path) == [] and path.read_text(encoding="utf-8") == "area,hours\n"


def test_a_report_says_how_many_and_what_accepts():
    text = report([f"difference {i}" for i in range(50)])
    assert "50 differences" in text and "make golden" in text and "difference 39\n… and 10 more" in text
