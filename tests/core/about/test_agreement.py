"""The manual check: what counts, what does not yet, and with which interval."""

import pandas as pd
import pytest

from ia_plugin.core.about.agreement import Agreement, Sheet, agreement_of, quotas, result_of, shared_out
from ia_plugin.core.checked import NOT_CHECKED, beta_words
from ia_plugin.core.share_interval import share_interval

DRAWN, TYPED = pd.Timestamp("2024-06-03T09:00Z"), pd.Timestamp("2024-06-10T09:00Z")


def rows(*results, sheet=1, part="visits"):
    """The rows of a sheet as drawn, and a row for each result typed back, None where it is not."""
    ids = [f"{sheet}-{i}" for i in range(1, len(results) + 1)]
    drawn = pd.DataFrame(
        {"sheet": sheet, "check_id": ids, "drawn_at": DRAWN, "part": part, "result": None, "typed_at": pd.NaT}
    )
    back = typed({i: r for i, r in zip(ids, results) if r}, sheet, part)
    return pd.concat([t for t in (drawn, back) if len(t)], ignore_index=True)


def typed(results, sheet=1, part="visits"):
    return pd.DataFrame(
        [(sheet, i, DRAWN, part, r, TYPED) for i, r in results.items()],
        columns=["sheet", "check_id", "drawn_at", "part", "result", "typed_at"],
    )


@pytest.mark.parametrize(
    "checked, words",
    [
        (None, NOT_CHECKED),
        ((0, 0), NOT_CHECKED),
        ((43, 50), "Beta: 43 of 50 checks agree"),
        ((0, 50), "Beta: 0 of 50 checks agree"),
        ((1, 1), "Beta: 1 of 1 check agrees"),
    ],
)
def test_what_stands_on_every_output(checked, words):
    assert beta_words(checked) == words


# Wilson (1927), by hand for 43 of 50: (0.86 + 0.0384 ± 0.1036) / 1.0768; the others by the same formula.
@pytest.mark.parametrize(
    "part, whole, ends",
    [(43, 50, (0.7381, 0.9305)), (0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (1, 2, (0.0945, 0.9055))],
)
def test_the_interval_of_a_share(part, whole, ends):
    assert share_interval(part, whole, 0.95) == pytest.approx(ends, abs=6e-5)


def test_what_is_called_likely_is_an_interval_of_90_percent():
    """By hand for 43 of 50: (0.86 + 0.02706 ± 0.08508) / 1.05411."""
    assert share_interval(43, 50) == pytest.approx((0.7608, 0.9223), abs=6e-5)


def test_a_share_of_nothing_has_none():
    assert all(end != end for end in share_interval(0, 0))


def test_a_sheet_counts_once_every_row_has_its_result():
    """Who types the good rows back alone has checked nothing."""
    part = agreement_of(rows("agree", "agree", "agree", None))
    assert part.checked is None and part.sheets[0].waiting == 1
    assert part.sentences() == [
        "Nobody has held figures of this store against the source systems yet.",
        "Sheet 1, drawn on 3 Jun 2024, counts once it is whole: 1 of its 4 results still to be typed back.",
    ]
    whole = agreement_of(rows("agree", "agree", "differs", "cannot tell"))
    assert whole.checked == (2, 4)
    assert whole.sentences()[:2] == [
        "2 of 4 rows agree with the source systems: 50 %, likely 18–82. 1 row differs, 1 could not be told: these count as not agreeing.",
        "Of what this plugin says: visits 2 of 4 (50 %, likely 18–82).",
    ]


def test_whole_sheets_add_up_and_others_wait():
    found = agreement_of(
        pd.concat(
            [rows("agree", "differs"), rows(None, "agree", sheet=2), rows("agree", sheet=3, part="rejected rows")]
        )
    )
    assert found.checked == (2, 3) and [s.number for s in found.done] == [1, 3]
    assert any(s.startswith("Sheet 2, drawn on 3 Jun 2024, counts once") for s in found.sentences())


def test_the_last_result_of_a_row_counts_and_the_change_is_told():
    found = agreement_of(pd.concat([rows("differs", "agree"), typed({"1-1": "agree"}), typed({"1-2": "agree"})]))
    assert found.checked == (2, 2) and found.sheets[0].changed == 1
    assert found.sentences()[-1] == "Sheet 1: 1 row had another result at first."


def test_the_summary_has_the_counts_and_gives_them_back():
    found = agreement_of(pd.concat([rows("agree", "differs"), rows(None, sheet=2, part="events")]))
    assert Agreement.of_text(found.as_text()) == found
    assert "1-1" not in found.as_text()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{}",
        "[1]",
        '[{"sheet": 1}]',
        "no JSON",
        '[{"sheet": 1, "drawn": "", "typed": "", "counts": 3, "changed": 0}]',
    ],
)
def test_another_program_s_text_is_no_check(text):
    assert Agreement.of_text(text) == Agreement()


def test_a_result_is_one_of_three():
    assert [result_of(t) for t in ("AGREE", " differs.", "Can't tell", "", None, float("nan"))] == [
        "agree",
        "differs",
        "cannot tell",
        "",
        "",
        "",
    ]
    assert [result_of(t) for t in ("no", "agree?", "1", 7)] == [None] * 4


@pytest.mark.parametrize(
    "there, wanted",
    [
        ((999, 999, 999, 999), (13, 12, 13, 12)),
        ((999, 0, 999, 0), (25, 0, 25, 0)),  # a store without events, and without rejected rows
        ((5, 4, 999, 999), (5, 4, 21, 20)),  # what one half lacks the other has
        ((3, 2, 1, 0), (3, 2, 1, 0)),
        ((0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_half_is_of_what_we_say_and_half_of_what_the_extracts_have(there, wanted):
    parts = ("visits", "events", "source rows", "rejected rows")
    assert quotas(50, dict(zip(parts, there))) == dict(zip(parts, wanted))


def test_nothing_is_shared_out_among_nobody():
    assert shared_out(5, []) == [] and shared_out(0, [3]) == [0]


def test_a_sheet_without_rows_waits_for_none():
    assert Sheet(1, "", "", {}).waiting == 0
