"""The small pictures of a sheet: what they draw is what the figures are, and their words stay within them."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from ia_plugin.core.briefing.pictures import before_and_after, gauge, hours_of_week, map_key, north, shares
from ia_plugin.core.briefing.sheet import Earlier, Hours
from ia_plugin.core.briefing.svg import Svg, rough_width, wrapped
from ia_plugin.core.colours import COLOURS, HATCH, KIND_COLOURS, SHADES
from ia_plugin.core.dashboard.map_classes import SCALES
from ia_plugin.core.dashboard.tiles import Gauge, Part, Tile

NAN = math.nan
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shapes(svg: Svg, kind: str):
    return [e.attrib for e in ElementTree.fromstring(svg.written()) if e.tag.endswith(kind)]


def test_a_gauge_is_as_long_as_its_value():
    bar = shapes(gauge(Gauge(10.0, 8.0, 12.0, 6.0), 120, 12), "rect")
    assert [float(r["width"]) for r in bar] == [120.0, pytest.approx(120 * 10 / 14.4, abs=0.01)]
    ticks = [float(t["x1"]) for t in shapes(gauge(Gauge(10.0, 8.0, 12.0, 6.0), 120, 12), "line")]
    assert ticks[-1] == pytest.approx(50.0) and ticks[0] == pytest.approx(120 * 8 / 14.4, abs=0.01)
    assert len(shapes(gauge(Gauge(NAN), 120, 12), "rect")) == 1


def test_shares_have_the_colours_of_modes_and_their_own_words():
    parts = tuple(Part(m, w, p, NAN) for m, w, p in (("unknown", "cannot tell", 20.0), ("foot", "on foot", 30.0), ("vehicle", "in a vehicle", 50.0)))  # fmt: skip
    tile = Tile("moved", "foot", "", "20 % cannot tell", "", ("on foot 30 % (20–40) · in a vehicle 50 % (40–60)",), parts=parts)  # fmt: skip
    svg = shares(tile, 100, 60)
    bars = shapes(svg, "rect")[:3]
    assert [float(b["width"]) for b in bars] == [20, 30, 50]
    assert [b["fill"] for b in bars] == [COLOURS[m] for m in ("unknown", "foot", "vehicle")]
    assert [t.text for t in svg.texts] == ["20 % cannot tell", "on foot 30 % (20–40)", "in a vehicle 50 % (40–60)"]


def test_hours_without_data_are_hatched_and_never_a_shade():
    values = np.zeros((7, 24))
    values[0, 0], values[1, 1] = NAN, 5.0
    svg = hours_of_week(Hours("Officer hours", values, DAYS, tuple(range(24))), 160, 110)
    assert len(shapes(svg, "rect")) == 7 * 24 - 1 + 11 and {e["stroke"] for e in shapes(svg, "line")} >= {HATCH}
    words = [t.text for t in svg.texts]
    assert "5 in an hour of the week" in words and "no data" in words and words[:7] == [*DAYS]


def test_what_is_not_shown_says_why():
    svg = hours_of_week(Hours("", np.empty((0, 0)), (), (), "fewer than five officers"), 160, 110)
    assert " ".join(t.text for t in svg.texts) == "Not shown: fewer than five officers." and not shapes(svg, "rect")


def test_before_and_after_on_one_scale():
    rows = [
        Earlier(
            "Officer-hours", (50.0, 45.0, 55.0), (110.0, 100.0, 120.0), "50 h (45–55)", "110 h (100–120)", "↓ fewer"
        ),
        Earlier("Crimes", (7.0, NAN, NAN), (NAN, NAN, NAN), "7", "–", "not compared: a note", "a note"),
    ]
    svg = before_and_after(rows, 160, 110)
    now, before, crimes = (float(r["width"]) for r in shapes(svg, "rect"))
    assert before / now == pytest.approx(110 / 50, abs=0.01) and crimes > 0
    words = [t.text for t in svg.texts]
    assert "Crimes: not compared: a note." in words and "not known" in words and words.count("not compared") == 1


def test_a_long_change_does_not_run_into_the_name():
    row = Earlier(
        "Stops and searches", (14.0, NAN, NAN), (14.0, NAN, NAN), "14", "14", "no clear change (−53 to +112 %)"
    )
    for width in (162.5, 180.0, 300.0):
        name, change = before_and_after([row], width, 110).texts[:2]
        assert change.x - rough_width(change.text, change.points) * 0.9 >= rough_width(name.text, name.points, True) * 0.9  # fmt: skip


def test_the_key_has_the_map_s_own_colours():
    svg = map_key("Officers per km²", ("a", "b", "c", "d", "e"), ["crime", "stop_search"], ["impact"], 120, 260)
    fills = {e["fill"] for kind in ("rect", "circle", "polygon") for e in shapes(svg, kind)}
    assert {*SHADES, KIND_COLOURS["crime"], KIND_COLOURS["stop_search"]} <= fills and KIND_COLOURS["incident"] not in fills  # fmt: skip
    words = [t.text for t in svg.texts]
    assert "Impact Areas" in words and "Comparison areas" not in words and "Events in squares of 200 m" in words
    assert "Events in squares of 200 m" not in [t.text for t in map_key("", (), [], [], 120, 260).texts]


@pytest.mark.parametrize("size", [(160, 118), (181, 113)])
def test_words_stay_on_the_picture(size):
    rows = [Earlier(n, (1.0, 0.5, 1.5), (2.0, 1.0, 3.0), "1 h (0.5–1.5)", "2 h (1–3)", "no clear change (−79 to +3,668 %)") for n in ("Officer-hours", "Crimes", "Incidents", "Stops and searches")]  # fmt: skip
    week = Hours("", np.ones((7, 24)), DAYS, tuple(range(24)))
    for svg in (before_and_after(rows, *size), hours_of_week(week, *size), north(*size)):
        for t in svg.texts:
            wide = rough_width(t.text, t.points, t.bold) * 0.85
            left = t.x - {"start": 0.0, "middle": wide / 2, "end": wide}[t.anchor]
            assert left >= -1 and left + wide <= size[0] + 1 and 0 < t.y <= size[1], t


def test_a_long_word_is_broken_and_a_hard_blank_is_not():
    assert wrapped("x" * 30, 58.5, 10) == ["x" * 10] * 3
    assert wrapped("likely 3\u00a0h", 28, 5) == ["likely", "3\u00a0h"]
    assert wrapped("a\n\nb", 100, 10) == ["a", "", "b"]


@pytest.mark.parametrize("key", SCALES)
@pytest.mark.parametrize("size", [(102.0, 215.4), (119.0, 260.8)], ids=["landscape", "portrait"])
def test_the_longest_key_fits_its_place(key, size):
    scale = SCALES[key]
    title = f"{scale.unit[:1].upper()}{scale.unit[1:]}, rounded"
    svg = map_key(title, scale.labels(), [*KIND_COLOURS], ["impact", "comparison", "other", "buffer"], *size)
    assert max(t.y for t in svg.texts) <= size[1]
    rows = sorted(t.y for t in svg.texts if t.x == 19)
    assert min(b - a for a, b in zip(rows, rows[1:])) >= 8
