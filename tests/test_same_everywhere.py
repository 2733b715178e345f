"""The comparison of environments: what counts as the same, and what is told where it is not."""

import copy

import pandas as pd

from tools.platforms.same_everywhere import described, differences


def a_table(**more):
    when = pd.Series(pd.to_datetime(["2024-06-03T12:00:00Z", "2024-06-03T13:00:00Z"]))
    return described(pd.DataFrame({"area_id": ["a", "b"], "period": when, "officer_seconds": [3600.0, 7.25], **more}))


def test_the_order_of_rows_and_the_kind_of_missing_are_no_difference():
    first = a_table(unit=["A", None], officers=[2, 1])
    frame = pd.DataFrame(
        {
            "area_id": ["b", "a"],
            "period": pd.to_datetime(["2024-06-03T13:00:00Z", "2024-06-03T12:00:00Z"]).astype("datetime64[ns, UTC]"),
            "officer_seconds": [7.25, 3600.0 * (1 + 1e-12)],
            "unit": [float("nan"), "A"],
            "officers": pd.array([1, 2], dtype="Int64"),
        }
    )
    assert differences({"t": first}, {"t": described(frame)}) == []


def test_what_differs_is_named_with_its_size():
    first = {"t": a_table()}
    number, word, row = copy.deepcopy(first), {"t": a_table()}, copy.deepcopy(first)
    number["t"]["numbers"]["officer_seconds"][1] += 1e-5
    word["t"]["words"]["area_id"] = "other"
    row["t"]["rows"] = 3
    assert differences(first, number) == ["t.officer_seconds: numbers differ by 1.4e-06 of their size"]
    assert differences(first, word) == ["t.area_id: other words, times or ids"]
    assert differences(first, row) == ["t: 2 rows and 3"]
    assert differences(first, {}) == ["t: only in one of them"]


def test_a_missing_number_is_no_zero():
    there, missing = {"t": a_table()}, {"t": a_table()}
    missing["t"]["numbers"]["officer_seconds"][0] = None
    assert differences(there, missing) == ["t.officer_seconds: numbers differ by inf of their size"]
