"""The likely range of a share by mode: what makes it wide, and what it never does."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import DataRangeError
from ia_plugin.core.movement import ShareSpread, default_model, share_range, spread_of, time_by_mode, time_in_words
from ia_plugin.core.movement.likely_shares import MEASURED, PARTS, concentration_of, default_spread, read_spread
from ia_plugin.core.resources import resource_path
from ia_plugin.core.words import RANGES_OF_MODES

TEXT = resource_path("share_spread.json").read_text(encoding="utf-8")


def spread(**parts):
    return ShareSpread(**{p: {"foot": parts.get(p, 0.0), "vehicle": parts.get(p, 0.0)} for p in PARTS})


@pytest.mark.parametrize(
    ("parts", "share", "known", "hours", "concentration", "half"),
    [
        # 1.645 √(p(1 − p)) × what is asked for: of one half that is 0.822.
        (dict(transfer=0.1), 0.5, 1.0, 100.0, 1.0, 0.0822),
        (dict(transfer=0.1), 0.5, 1.0, 100.0, 0.01, 0.0822),  # never averaged out
        (dict(officer=0.1), 0.5, 1.0, 100.0, 1.0, 0.0822),
        (dict(officer=0.1), 0.5, 1.0, 100.0, 0.25, 0.0411),  # four officers alike
        (dict(own_hours=1.0), 0.5, 1.0, 100.0, 1.0, 0.0822),
        (dict(own_hours=1.0), 0.5, 1.0, 400.0, 1.0, 0.0411),  # four times the time
        (dict(transfer=0.1), 0.5, 0.5, 100.0, 1.0, 0.0822),  # what cannot be told is of other modes here
        (dict(transfer=0.1, officer=0.1), 0.5, 1.0, 100.0, 1.0, 0.1163),
        (dict(transfer=0.1, flat=0.5), 0.5, 1.0, 100.0, 1.0, 0.1163),
    ],
)
def test_each_part_by_hand(parts, share, known, hours, concentration, half):
    low, high = share_range(share, known, hours, concentration, "foot", spread(**parts))
    assert [share - low, high - share] == pytest.approx([half, half], abs=1e-4)


def test_a_mode_has_its_part_of_what_cannot_be_told():
    """Told 40 % of all time, and half of the 20 % that cannot be told: about 50 %, 0.5 ± 0.0822."""
    low, high = share_range(0.4, 0.8, 100.0, 1.0, "foot", spread(transfer=0.1, untold=0.5))
    assert [float(low), float(high)] == pytest.approx([0.4, 0.5822], abs=1e-4)  # never above what is told
    low, high = share_range(0.4, 0.8, 100.0, 1.0, "foot", spread(transfer=0.2, untold=0.5))
    assert [float(low), float(high)] == pytest.approx([0.5 - 0.1645, 0.5 + 0.1645], abs=1e-4)


def test_the_range_holds_the_estimate_and_is_a_share():
    rng = np.random.default_rng(0)
    known = rng.uniform(0.01, 1, 2000)
    share = known * rng.choice([0.0, 1.0, 0.3, 0.7], 2000)
    for mode in (*MEASURED, "bicycle"):
        low, high = share_range(share, known, 10 ** rng.uniform(-2, 4, 2000), rng.random(2000), mode)
        assert (low >= 0).all() and (low <= share).all() and (share <= high).all() and (high <= 1).all()
    # Nothing observed, and nothing told: no range.
    assert np.isnan(share_range(0.0, [0.0, 0.0], [0.0, 5.0], 1.0, "foot")).all()


def test_more_officers_and_more_time_never_widen_it():
    for mode in MEASURED:
        widths = [
            np.subtract(*share_range(0.3, 0.9, h, c, mode)[::-1]) for h, c in ((1, 1), (50, 1), (50, 0.2), (500, 0.02))
        ]
        assert (np.diff(widths) <= 0).all()


def test_a_bicycle_is_as_doubtful_as_the_worst_that_was_measured():
    own = [np.subtract(*share_range(0.3, 0.9, 100.0, 0.2, m)[::-1]) for m in MEASURED]
    assert np.subtract(*share_range(0.3, 0.9, 100.0, 0.2, "bicycle")[::-1]) >= max(own)


def test_so_many_officers_at_least():
    assert concentration_of([0, 1, 4, 100]).tolist() == [1.0, 1.0, 0.5, 0.02]


def test_a_check_on_the_force_narrows_what_its_officers_have_in_common():
    model, floor = default_model(), default_spread().transfer
    assert spread_of(model) is default_spread()
    few, many = (
        spread_of(model.recalibrated((0.0, 0.0, 1.0, 0.0), legs=600, officers=n, officers_alike=n)) for n in (2, 400)
    )
    for mode in ("foot", "vehicle"):
        known = np.hypot(default_spread().least[mode], default_spread().officer[mode] / 20)
        assert many.transfer[mode] == pytest.approx(min(floor[mode], known))
        assert few.transfer[mode] <= floor[mode]  # never wider than before
    # Officers label when they drive and when they walk, and no stops.
    assert many.transfer["stationary"] == few.transfer["stationary"] == floor["stationary"]
    assert sum(many.transfer.values()) < sum(floor.values()) and many.officer == default_spread().officer


def test_the_file_that_comes_with_the_plugin():
    found = read_spread(TEXT)
    assert found == default_spread() and found.provenance["made_by"] == "tools/fit_shares.py"
    for text in ("", "[]", "{}", json.dumps({**json.loads(TEXT), "flat": {"foot": 0.1}})):
        with pytest.raises(DataRangeError, match="no spread of shares"):
            read_spread(text)
    with pytest.raises(DataRangeError, match="transfer of foot is -1.0, not 0 to 10"):
        read_spread(json.dumps({**json.loads(TEXT), "transfer": dict.fromkeys(MEASURED, -1)}))


def legs_of(*officers: str, hours: float = 4.0, unit: object = "A") -> pd.DataFrame:
    start = pd.Timestamp("2024-06-01T08:00Z")
    return pd.DataFrame(
        {
            "officer_id": officers,
            "unit": unit,
            "start": start,
            "end": start + pd.Timedelta(hours=hours),
            "p_foot": 0.3,
            "p_vehicle": 0.6,
            "p_stationary": 0.1,
            "mode": "vehicle",
        }
    )


def of_all(table: pd.DataFrame) -> str:
    said = time_in_words(table)
    assert said.endswith(f". {RANGES_OF_MODES}")
    return said.partition(": ")[2][: -len(RANGES_OF_MODES) - 1]


def test_hours_by_mode_have_the_range_of_their_officers():
    one = spread(officer=0.1)
    alike, alone = (time_by_mode(legs_of(*who), spread=one_mode(one)) for who in ("abcd", "aaaa"))
    # A row is an hour of four officers, or four hours of one: 0.3 ± 1.645 √0.21 × 0.1 / √4, and without the √4.
    assert alike["foot_hours"].tolist() == pytest.approx([1.2] * 4) == alone["foot_hours"].tolist()
    assert alike["foot_hours_high"].tolist() == pytest.approx([4 * 0.3377] * 4, abs=1e-3)
    assert alone["foot_hours_low"].tolist() == pytest.approx([4 * 0.2246] * 4, abs=1e-3)
    assert (
        of_all(alike)
        == "on foot 30 %, likely 26–34; in a vehicle 60 %, likely 56–64; stopped 10 %, likely 8–12; cannot tell 0 %."
    )
    assert of_all(alone).startswith("on foot 30 %, likely 22–38;")
    nameless = time_by_mode(legs_of(*"abcd").drop(columns="officer_id"), spread=one_mode(one))
    assert of_all(nameless) == of_all(alone)  # who it was is not known: the widest


def one_mode(found: ShareSpread) -> ShareSpread:
    """The same spread for all three modes."""
    return ShareSpread(**{p: dict.fromkeys(MEASURED, getattr(found, p)["foot"]) for p in PARTS})


def test_a_part_of_the_table_has_a_range_of_its_own():
    legs = pd.concat([legs_of(*"abcd"), legs_of(*"efgh", unit="B")], ignore_index=True)
    table = time_by_mode(legs, spread=one_mode(spread(officer=0.1)))
    assert of_all(table).startswith("on foot 30 %, likely 27–33;")
    # The ranges of unit A's rows added: not those of both units.
    assert of_all(table[table["unit"] == "A"]).startswith("on foot 30 %, likely 26–34;")


def test_time_that_nobody_can_tell_is_counted_and_no_estimate():
    legs = legs_of(*"abcd")
    legs.loc[0, "mode"] = "unknown"
    table = time_by_mode(legs)
    assert table["unknown_hours_low"].equals(table["unknown_hours"]) and table["unknown_hours_high"].equals(
        table["unknown_hours"]
    )
    for mode in MEASURED:
        assert (table[f"{mode}_hours_high"] <= table["observed_hours"]).all() and (
            table[f"{mode}_hours_low"] >= 0
        ).all()
    assert of_all(table).endswith("cannot tell 25 %.")


def test_a_row_without_a_told_mode_may_be_all_of_any_in_the_range_of_a_part():
    told, untold, other = legs_of(*"abcd"), legs_of(*"ab", hours=1.0, unit="B").assign(mode="unknown"), legs_of("e")
    table = time_by_mode(pd.concat([told, untold, other.assign(unit="C")], ignore_index=True))
    part = table[table["unit"] != "C"]
    own = part.loc[part["unit"] == "A", ["foot_hours_low", "foot_hours_high"]].sum()
    low, high = 100 * own["foot_hours_low"] / 18, 100 * (own["foot_hours_high"] + 2) / 18  # 16 told hours and 2 of B's
    assert of_all(part).startswith(f"on foot 27 %, likely {low:.0f}–{high:.0f};")
    assert of_all(table[table["unit"] == "B"]).startswith("on foot 0 %; in a vehicle 0 %;")


@pytest.mark.parametrize(
    "gaps",
    [dict(p_foot=np.nan), dict(p_vehicle=None), dict(p_foot=np.nan, p_vehicle=np.nan, p_stationary=np.nan),
     dict(mode=None), dict(p_foot=0.0, p_vehicle=0.0, p_stationary=0.0)],
)  # fmt: skip
def test_no_hour_is_lost_where_a_leg_lacks_its_probabilities(gaps):
    legs = legs_of(*"abcd")
    for column, value in gaps.items():
        legs.loc[0, column] = value
    table = time_by_mode(legs)
    assert table["unknown_hours"].tolist() == [1.0] * 4 and table["observed_hours"].tolist() == [4.0] * 4
    hours = table[["foot_hours", "vehicle_hours", "stationary_hours", "unknown_hours"]].sum(axis=1)
    assert hours.tolist() == pytest.approx([4.0] * 4)


def test_legs_of_a_model_without_bicycles_stand_beside_those_of_one_with_them():
    with_bicycles = legs_of("a").assign(p_foot=0.2, p_bicycle=0.1)
    table = time_by_mode(pd.concat([with_bicycles, legs_of("b")], ignore_index=True))
    assert table["foot_hours"].tolist() == pytest.approx([0.5] * 4)
    assert table["bicycle_hours"].tolist() == pytest.approx([0.1] * 4) and not table["unknown_hours"].any()


def test_rounded_probabilities_make_no_hour_and_lose_none():
    table = time_by_mode(
        legs_of(*"abc").assign(p_foot=0.33, p_vehicle=0.34, p_stationary=0.34)
    )  # as a layer keeps them
    assert table["foot_hours"].tolist() == pytest.approx([3 * 33 / 101] * 4)


def test_the_estimate_lies_in_its_range_to_the_last_digit():
    random = np.random.default_rng(4)
    legs = pd.concat([legs_of(*"ab", hours=h, unit=f"u{k}") for k, h in enumerate(random.uniform(0, 3, 200))])
    legs = legs.assign(mode=random.choice(["foot", "unknown"], len(legs)))
    table = time_by_mode(legs.assign(p_foot=random.random(len(legs))).reset_index(drop=True))
    for name in ("foot", "vehicle", "stationary", "unknown"):
        value, low, high = (table[f"{name}_hours{end}"] for end in ("", "_low", "_high"))
        assert ((low <= value) | low.isna()).all() and ((value <= high) | high.isna()).all()


@pytest.mark.parametrize("asked", [0.4, 0.9, 0.999])
def test_the_confidence_asked_for_changes_what_is_told_and_not_the_range_about_the_truth(asked):
    """Of four hours one is told with 0.6, one with 0.75, two with 0.95: at 0.7 one cannot be told, whatever else is asked."""
    sure = np.array([0.6, 0.75, 0.95, 0.95])
    legs = legs_of(*"abcd").assign(confidence=sure)
    usual, other = (legs.assign(mode=np.where(sure >= least, legs["mode"], "unknown")) for least in (0.7, asked))
    usual, other = time_by_mode(usual), time_by_mode(other)
    assert other["unknown_hours"].sum() == pytest.approx({0.4: 0.0, 0.9: 8.0, 0.999: 16.0}[asked])
    for mode in MEASURED:
        told = other[f"{mode}_hours"]
        low, high = (other[f"{mode}_hours_{end}"] for end in ("low", "high"))
        assert low.to_numpy() == pytest.approx(np.minimum(usual[f"{mode}_hours_low"], told))
        assert high.to_numpy() == pytest.approx(np.maximum(usual[f"{mode}_hours_high"], told))
