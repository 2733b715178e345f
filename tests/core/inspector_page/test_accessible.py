"""Who sees little, uses no pointer or has the page read aloud: axe-core finds no serious fault, and five questions are answered by keyboard alone.

axe-core is put into a page that is opened without its policy, which would stop it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import needs_browser
from tests.support.inspector import Shown, shown
from tests.support.long import long_after

AXE = Path(__file__).parents[3] / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: make browser brings it where npm is")
LOOKS = {
    "light": {},
    "dark phone": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}},
}
SERIOUS = "(where) => axe.run(where || document).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => [v.id, v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message)]))"
pytestmark = needs_browser


@needs_axe
@pytest.mark.parametrize("look", long_after(2, LOOKS))
def test_axe_finds_no_serious_fault(browser: Any, page_file: Path, look: str) -> None:
    with shown(browser, page_file, "#area=a03", bypass_csp=True, **LOOKS[look]) as at:
        at.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        assert at.page.evaluate(SERIOUS) == []
        for chip in ("areas", "period", "hours", "weekdays", "who", "more"):
            at.open(chip)
            assert at.page.evaluate(SERIOUS, "#bar") == [], chip
            at.page.keyboard.press("Escape")
        at.press("flag")
        assert at.page.evaluate(SERIOUS, "#copy-place") == []


# --- five questions, by keyboard and the tree that a screen reader reads ----------------------------------------------------


def to(at: Shown, role: str, start: str, most: int = 120) -> None:
    """Tab on until what has the keyboard is of a role and its name begins so, as a screen reader has them."""
    for _ in range(most):
        at.page.keyboard.press("Tab")
        if start in at.page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent"):
            found = focused(at)
            if found["role"] == role and found["name"].replace("\u2068", "").startswith(start):
                return
    raise AssertionError(f"no {role} {start!r} is reached by Tab")


def tree(at: Shown) -> list[dict[str, str]]:
    """The nodes of Chromium's accessibility tree that have a name, in their order."""
    session = at.page.context.new_cdp_session(at.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {"role": n.get("role", {}).get("value", ""), "name": n.get("name", {}).get("value", ""),
         **{p["name"]: str(p["value"].get("value")) for p in n.get("properties", [])}}
        for n in nodes if not n.get("ignored")
    ]  # fmt: skip


def focused(at: Shown) -> dict[str, str]:
    return next((n for n in tree(at)[1:] if n.get("focused") == "True"), {"role": "", "name": ""})


def named(at: Shown, role: str) -> list[str]:
    return [n["name"].replace("\u2068", "").replace("\u2069", "") for n in tree(at) if n["role"] == role and n["name"]]


def test_did_impact_areas_have_more_officer_time_than_the_others(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        assert any("than comparison areas" in name or "as many" in name for name in named(at, "heading"))
        lines = named(at, "StaticText")
        assert any(line.startswith("comparison ") for line in lines) and "Officer hours" in named(at, "button")


def test_how_much_was_area_three_visited_by_night(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        to(at, "button", "Hours of the day")
        at.page.keyboard.press("Enter")
        to(at, "button", "Night 22:00–07:00")
        at.page.keyboard.press("Space")
        at.page.keyboard.press("Escape")
        at.settle()
        to(at, "combobox", "Figure of the areas")
        at.page.keyboard.type("Visits per")
        at.settle()
        row = next(r for r in at.rows("table.areas tbody tr") if r[0] == "Area 03")
        cells = named(at, "cell") + named(at, "gridcell")
        assert any(row[2][-6:].strip() in cell for cell in cells)
        assert "Visits per km²" in at.text("#areas table thead")


def test_were_there_more_crimes_than_before_in_one_area(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        to(at, "button", "Area 03")
        at.page.keyboard.press("Enter")
        at.settle()
        assert any(name.startswith("Area 03, ") for name in named(at, "heading"))
        assert any(line.startswith("earlier: ") for line in named(at, "StaticText"))
        assert next(n for n in tree(at) if n["role"] == "button" and n["name"] == "Area 03")["pressed"] == "true"


def test_who_was_there_by_unit(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        to(at, "combobox", "Officer time by")
        at.page.keyboard.type("by unit")
        at.settle()
        heads = named(at, "rowheader")
        assert {"Dogs", "North", "South"} <= set(heads)  # by name: they have no rank
        assert [h for h in heads if h in ("Dogs", "North", "South")] == ["Dogs", "North", "South"]


def test_what_is_this_figure_and_may_it_be_passed_on(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        assert "OFFICIAL-SENSITIVE" in named(at, "StaticText")
        to(at, "button", "Copy a flag")
        at.page.keyboard.press("Enter")
        assert focused(at)["role"] == "textbox" and "What do you doubt about figure IA-" in focused(at)["name"]


def test_the_keyboard_is_always_seen(browser: Any, page_file: Path) -> None:
    """Each stop of the Tab key has an outline, or a frame of its own."""
    with shown(browser, page_file) as at:
        bare = []
        for _ in range(45):
            at.page.keyboard.press("Tab")
            seen = at.page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e), a = getComputedStyle(e, '::after');"
                " return [e.tagName + ' ' + (e.dataset.key || e.id), parseFloat(s.outlineWidth) > 1 && s.outlineStyle !== 'none'"
                " || parseFloat(a.outlineWidth) > 1 && a.outlineStyle !== 'none' || e.tagName === 'path' && parseFloat(s.strokeWidth) >= 3] })()"
            )
            bare += [seen[0]] if not seen[1] and seen[0] != "BODY " else []  # the last stop is the window's own
        assert bare == []
