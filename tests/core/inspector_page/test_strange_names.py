"""Names that would be programs, that turn the direction of a line, or that do not end: they are text on the page, and it keeps its shape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import needs_browser
from tests.support.inspector import Shown, page_of, shown

pytestmark = needs_browser
AREAS = {
    "a00": "<script>window.ran = 1</script>",
    "a01": "\"'><img src=x onerror='window.ran = 1'>",
    "a02": "\u202eedisrever \u2067eht\u2069 no",
    "a03": "Long " * 60,
    "a04": "W" * 300,
    "a05": "</script><!-- ${window.ran = 1} {{ 7 * 7 }} --> &lt;b&gt;",
    "a06": "شارع الحرية",
    "a07": "toString",
    "a08": "javascript:window.ran=1",
}
UNIT, CATEGORY, NOTE = (
    '<b>Dogs</b> & "Sons"',
    "</textarea><svg onload='window.ran = 1'>",
    "<img src=x onerror='window.ran = 1'> radios",
)


@pytest.fixture(scope="module")
def strange(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    areas = world.areas.assign(name=world.areas["area_id"].map(AREAS).fillna(world.areas["name"]))
    groups = world.groups.assign(value=world.groups["value"].replace({"Dogs": UNIT, "car": "_" * 300}))
    notes = world.notes.assign(text=NOTE)
    events = world.events.table
    categories = events["category"].cat.rename_categories({"Burglary": CATEGORY, "Theft": "t" * 300})
    events = replace(world.events, table=events.assign(category=categories))
    return page_of(
        replace(world, areas=areas, groups=groups, notes=notes, events=events), tmp_path_factory.mktemp("strange")
    )


def inert(at: Shown) -> None:
    """Nothing ran, nothing became an element, and the page is no wider than the window."""
    facts = at.page.evaluate(
        "[window.ran, document.images.length, document.querySelectorAll('main script, [onload], [onerror]').length]"
    )
    assert facts == [None, 0, 0]
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("wide", [1280, 390])
def test_they_are_text_and_the_page_keeps_its_shape(browser: Any, strange: Path, world: Any, wide: int) -> None:
    impact = world.areas.loc[world.areas["role"] == "impact", "area_id"]
    with shown(browser, strange, viewport={"width": wide, "height": 800}) as at:
        inert(at)
        names = [row[0] for row in at.rows("table.areas tbody tr")]
        assert sorted(names) == sorted(AREAS[i].strip() for i in impact)
        for chip in ("areas", "who", "more"):
            at.open(chip)
            inert(at)
            at.page.keyboard.press("Escape")
        assert NOTE in at.text("#notes")


def test_each_can_be_chosen_and_is_said_as_it_is(browser: Any, strange: Path) -> None:
    with shown(browser, strange, viewport={"width": 390, "height": 800}) as at:
        for area, name in AREAS.items():
            at.go(f"#area={area}")
            inert(at)
            # Its direction is its own, and so is that of what else the filter keeps.
            assert at.page.locator("#heading bdi").all_text_contents()[0] == name
            assert at.page.text_content("#heading").startswith(name)


def test_values_of_events_and_units(browser: Any, strange: Path) -> None:
    with shown(browser, strange) as at:
        at.tick("more", CATEGORY)
        inert(at)
        assert (
            at.asked["categories"] == [CATEGORY]
            and at.page.get_attribute("#chip-more", "aria-label").count("</textarea>") == 1
        )
        at.page.reload()
        at.settle()
        assert at.asked["categories"] == [CATEGORY]
        at.choose("dimension", "unit")
        assert UNIT in [row[0] for row in at.rows("#who tbody tr")]
        inert(at)


def test_a_strange_link(browser: Any, strange: Path) -> None:
    with shown(browser, strange) as at:
        for link in ("#area=<script>window.ran=1</script>", "#%E0%A4%A", "#figure=__proto__&kind=constructor", "#" + "a" * 20_000):  # fmt: skip
            at.go(link)
            inert(at)
            assert at.heading.startswith("Impact Areas"), link[:40]
