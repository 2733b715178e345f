"""The shipped templates stand on their grid: nothing overlaps, nothing leaves the margins, one scale of letters."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "resources" / "layouts").glob("*.qpt"))
MARGIN = 15.0
INSIDE = {"scale_bar", "north"}  # stand on the main map
SIZES = {22.0, 15.0, 9.5, 8.0, 7.0, 6.5}
NEEDED = "marking headline title subtitle verdict beside locator main_map scale_bar north key map_note notes method attribution figure code sheet_number marking_foot week_1 week_2 earlier".split()


def boxes_of(path):
    """Id -> (left, top, right, bottom) in mm of every item."""
    found = {}
    for item in ElementTree.parse(path).getroot().iter("LayoutItem"):
        if item.get("id"):
            x, y, _ = item.get("position").split(",")
            w, h, _ = item.get("size").split(",")
            found[item.get("id")] = (float(x), float(y), float(x) + float(w), float(y) + float(h))
    return found


def test_there_are_two() -> None:
    assert [p.name for p in TEMPLATES] == ["briefing_landscape.qpt", "briefing_portrait.qpt"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_nothing_overlaps_or_leaves_the_page(path) -> None:
    boxes = boxes_of(path)
    page = (210.0, 297.0) if "portrait" in path.stem else (297.0, 210.0)
    for name, (left, top, right, bottom) in boxes.items():
        assert left >= MARGIN - 0.01 and right <= page[0] - MARGIN + 0.01, name
        assert top >= 6 and bottom <= page[1] - 6, name
    apart = {n: b for n, b in boxes.items() if n not in INSIDE}
    for (one, a), (other, b) in itertools.combinations(apart.items(), 2):
        over = min(a[2], b[2]) - max(a[0], b[0]) > 0.05 and min(a[3], b[3]) - max(a[1], b[1]) > 0.05
        assert not over, (one, other)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_each_item_is_there_once(path) -> None:
    ids = [i.get("id") for i in ElementTree.parse(path).getroot().iter("LayoutItem") if i.get("id")]
    tiles = [f"tile_{i}_{part}" for i in range(1, 5) for part in ("title", "value", "beside", "picture", "lines")]
    assert len(ids) == len(set(ids)) and {*NEEDED, *tiles} <= set(ids)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_letters_are_of_one_scale(path) -> None:
    fonts = [f.get("description").split(",") for f in ElementTree.parse(path).getroot().iter("LabelFont")]
    assert {f[0] for f in fonts} == {"Arial"} and {float(f[1]) for f in fonts} <= SIZES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_left_edges_stand_on_few_lines(path) -> None:
    """A page whose items begin anywhere looks it: ten left edges at most, maps' own marks aside."""
    edges = {round(b[0], 1) for n, b in boxes_of(path).items() if n not in INSIDE and n != "sheet_number"}
    assert len(edges) <= 10, sorted(edges)
