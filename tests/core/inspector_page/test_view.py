"""The inspector's page under the hands of a reader: each control does what it says, undo takes it back, and nothing is asked of a network."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ia_plugin.core.figure_code import read_code
from ia_plugin.core.filter_state import FilterState, day_in_words, period_in_words
from tests.support.browser import needs_browser
from tests.support.inspector import MARKING, Shown, shown

pytestmark = needs_browser
AREA = "Area 03"
LATER = "new Promise((done) => setTimeout(() => { try { done(eval('1')); } catch (error) { done('refused'); } }))"


def opening_days(at: Shown) -> tuple[date, date]:
    """First and last day that the page opens with, by its data."""
    first, last = at.page.evaluate("[page.facts.default_state.first, page.facts.default_state.last]")
    return date.fromisoformat(first), date.fromisoformat(last)


def test_it_opens_on_the_last_four_whole_weeks(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        first, last = opening_days(at)
        period = period_in_words(first, last)
        assert (first.weekday(), (last - first).days) == (0, 27)
        assert at.heading == f"Impact Areas, {period}"
        assert at.text(".marking") == MARKING and at.text(".beta").startswith("For the board · Beta: ")
        assert at.page.title() == f"Impact Areas, {period} · {MARKING}"
        assert [at.chip(n) for n in ("areas", "period", "hours", "weekdays", "who", "more")] == [
            "All Impact Areas", f"{period.removesuffix(' 2024')} v earlier", "Any hour", "Any weekday", "All resources", "All crimes",
        ]  # fmt: skip
        assert at.hash == "" and at.page.is_disabled("#undo")
        assert "Page views are not recorded." in at.text(".foot")
        assert at.page.locator(".tile").count() == 4
        for part in ("map", "areas", "hours", "who", "what", "trend", "searches", "about"):
            assert at.page.locator(f"#{part} h2").count() == 1, part
        assert at.page.locator("[role=alert].refusal").count() == 0


def test_a_chip_opens_its_editor_and_escape_gives_the_focus_back(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        for chip in ("areas", "period", "hours", "weekdays", "who", "more"):
            at.page.focus(f"#chip-{chip}")
            at.page.keyboard.press("Enter")
            assert at.page.is_visible(f"#editor-{chip}"), chip
            assert at.page.get_attribute(f"#chip-{chip}", "aria-expanded") == "true", chip
            assert at.page.evaluate(f"document.querySelector('#editor-{chip}').contains(document.activeElement)"), chip
            at.page.keyboard.press("Escape")
            assert at.page.locator(".editor").count() == 0 and at.focus == f"chip-{chip}"


def test_areas_are_found_ticked_and_let_go(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        editor = at.open("areas")
        editor.get_by_label("Find an area").fill("03")
        assert editor.locator("input[type=checkbox]").count() == 1
        editor.get_by_label(AREA).click()
        at.settle()
        assert at.heading.startswith(f"{AREA}, ") and at.hash == "#area=a03"
        assert at.focus == "areas:a03"  # the box keeps the keyboard while the page is drawn anew
        at.press("all-areas")
        assert at.heading.startswith("Impact Areas, ")


def test_dates_by_their_names_and_typed(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        editor = at.open("period")
        editor.get_by_role("button", name="Last 7 days").click()
        at.settle()
        last = at.page.evaluate("page.facts.last_complete_day")
        assert (
            at.asked["last"] == last and at.asked["first"] == (date.fromisoformat(last) - timedelta(days=6)).isoformat()
        )
        editor.get_by_label("First day").fill("2024-11-01")
        at.settle()
        assert at.hash.startswith(f"#from=2024-11-01&to={last}")
        editor.get_by_label("First day").fill("2024-12-05")
        assert "first day is after the last" in at.text("#period-why") or "run over" in at.text("#period-why")
        assert at.asked["first"] == "2024-11-01"  # what cannot be is not taken
        editor.get_by_label("the same weeks last year").click()
        at.settle()
        assert "earlier=year" in at.hash and at.chip("period").endswith("v last year")


def test_hours_past_midnight_end_with_the_last_day_told_by_the_hour(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.open("hours").get_by_role("button", name="Night 22:00–07:00").click()
        at.settle()
        assert at.chip("hours") == "22:00–07:00" and at.hash == "#hours=22-7"
        assert (
            at.page.locator("#hours table.week").first.locator("tfoot th").first.inner_text().strip().startswith("22")
        )
        at.choose("hour-to", "3")
        assert at.hash == "#hours=22-3"


def test_the_heading_names_the_whole_filter(browser: Any, page_file: Path) -> None:
    """A sheet that was printed or sent on says what its figures are of: heading, title and header as the dock's words have it."""
    asked = "#area=a03&from=2024-10-01&to=2024-10-31&hours=7-24&weekdays=56&resource=car&mode=foot&kind=crime&category=Theft"
    with shown(browser, page_file, asked) as at:
        words = "Area 03, Fri–Sat 07:00–00:00, 1–31 Oct 2024, car, foot, crime, Theft"
        assert at.heading == words
        assert at.page.title() == f"{words} · {MARKING}"
        assert at.page.text_content("#print-line").startswith(f"{words} · figure IA-")
        assert at.page.evaluate("page.in_words(view.now.state)") == words
        at.press("reset")
        assert "Theft" not in at.heading and "Theft" not in at.page.title()


def test_weekdays_and_the_last_of_them_stays(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        editor = at.open("weekdays")
        editor.get_by_role("button", name="Fri–Sat").click()
        at.settle()
        assert at.chip("weekdays") == "Fri–Sat" and at.asked["weekdays"] == [4, 5]
        editor.get_by_label("Friday").click()
        at.settle()
        editor.get_by_label("Saturday").click()
        assert at.asked["weekdays"] == [5] and editor.get_by_label("Saturday").is_checked()


def test_a_group_of_officers_is_refused_and_the_month_that_is_known_is_offered(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.tick("who", "car")
        assert "whole closed months" in at.text("#verdict")
        at.press("offer")
        assert at.asked["first"] == "2024-10-01" and at.asked["last"] == "2024-10-31"
        assert "whole closed months" not in at.text("#verdict")


def test_key_types(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        before = at.text("#tiles")
        at.tick("more", "force priority")
        assert at.hash == "#key=force+priority" and at.chip("more") == "force priority"
        assert at.text("#tiles") != before


def test_undo_back_and_reset(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.tick("areas", AREA)
        at.tick("areas", "Area 04")
        assert at.asked["areas"] == ["a03", "a04"]
        at.page.click("#undo")
        at.settle()
        assert at.asked["areas"] == ["a03"]
        at.page.go_forward()
        at.settle()
        at.page.go_back()
        at.settle()
        assert at.asked["areas"] == ["a03"]
        at.page.click("#reset")
        at.settle()
        assert at.hash == "" and at.asked["areas"] == []


def test_the_map_filters_by_pointer_and_by_keys(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.key("map:a02").click()
        at.settle()
        assert at.asked["areas"] == ["a02"] and at.focus == "map:a02"
        assert at.key("map:a02").get_attribute("aria-pressed") == "true"
        at.page.keyboard.press("ArrowRight")
        assert at.focus == "map:a03"
        at.page.keyboard.press("Enter")
        at.settle()
        assert at.asked["areas"] == ["a03"] and at.focus == "map:a03"
        at.page.keyboard.press("Enter")
        at.settle()
        assert at.asked["areas"] == []
        assert at.page.locator("svg.map [tabindex='0']").count() == 1  # one stop of the Tab key


def test_areas_by_name_or_by_figure_and_searches_never(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        names = [r[0] for r in at.rows("table.areas tbody tr")]
        assert names == sorted(names, key=lambda n: n.casefold()) or names[0].startswith("O'Neill")
        at.choose("order", "highest")
        values = [float(v) for v in at.page.locator("table.areas tbody td.number span[aria-hidden]").all_inner_texts()]
        assert values == sorted(values, reverse=True)
        assert "their order says nothing" in at.text("#areas .caption")
        at.choose("figure", "searches")
        assert at.key("order").is_disabled() and at.key("order").input_value() == "name"
        assert "searches per km²" in at.text(".legend")
        at.press("area:a03")
        assert at.asked["areas"] == ["a03"] and at.hash == "#area=a03&figure=searches"


def test_a_tile_opens_its_figure_area_by_area(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.press("tile-events")
        assert at.key("figure").input_value() == "crimes" and at.focus == "figure"


def test_a_cell_of_the_week_filters(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.page.locator("#hours td[data-day='4'][data-hour='20']").first.click()
        at.settle()
        assert at.asked["weekdays"] == [4] and (at.asked["hour_from"], at.asked["hour_to"]) == (20, 21)


def test_each_part_can_be_turned(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        for key, value, section in (
            ("against", "crimes", "hours"),
            ("dimension", "unit", "who"),
            ("trend-what", "crimes", "trend"),
            ("searches-against", "incidents", "searches"),
        ):
            before = at.text(f"#{section}")
            at.choose(key, value)
            assert at.text(f"#{section}") != before and at.key(key).input_value() == value and at.hash == "", key


def test_deep_links(browser: Any, page_file: Path) -> None:
    link = "#area=a03&from=2024-11-04&to=2024-11-17&hours=18-3&weekdays=56&earlier=none&figure=crimes&kind=crime"
    with shown(browser, page_file, link) as at:
        state = FilterState.from_dict(at.asked)
        assert (state.areas, state.hours[0], state.weekdays, state.kinds) == (("a03",), 18, (4, 5), ("crime",))
        assert at.key("figure").input_value() == "crimes" and at.text("#notice") == ""
    with shown(
        browser,
        page_file,
        "#area=nowhere&area=a03&hours=9-9&from=2024-13-99&weekdays=x&figure=toString&earlier=__proto__",
    ) as at:
        assert at.asked["areas"] == ["a03"] and at.asked["hour_from"] == 0
        assert "not in these data" in at.text("#notice")


NOT_FOLLOWED = (
    "#from=2024-11-31&to=31/12/2024",  # dates that are none: the page shows its own
    "#from=2024-11-17&to=2024-11-04",
    "#from=2024-11-04",
    "#hours=9-9",
    "#weekdays=18",
    "#first=2024-11-04&last=2024-11-17",  # names that no link of ours has
    "#figure=toString",
    "#earlier=never",
)


def test_a_link_that_is_not_followed_says_so(browser: Any, page_file: Path) -> None:
    """Who sent it meant other days: in silence its reader would take the page's own for them."""
    with shown(browser, page_file, "#from=2024-11-04&to=2024-11-17&hours=18-3&weekdays=56") as at:
        assert "not understood" not in at.text("#notice")
        for link in NOT_FOLLOWED:
            at.go(link)
            assert "not understood" in at.text("#notice"), link


def test_days_after_the_data_are_not_passed_over(browser: Any, page_file: Path) -> None:
    """The figures end with the data: who asked for later days reads so."""
    with shown(browser, page_file) as at:
        end = date.fromisoformat(at.page.evaluate("page.facts.data_days.last"))
    for days, said in ((0, ""), (30, f"the data end on {day_in_words(end)}, and so do these figures.")):
        with shown(browser, page_file, f"#from={end}&to={end + timedelta(days)}") as at:
            assert at.heading == f"Impact Areas, {day_in_words(end)}"
            assert at.text("#notice").endswith(said) and bool(at.text("#notice")) is bool(said)


def test_the_part_of_the_force_is_told_beside_the_verdict(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        assert re.search(
            r"Impact Areas: .* of all observed officer time, [\d.]+ % of crime, [\d.]+ % of incidents\.",
            at.text("#verdict-beside"),
        )
    with shown(browser, page_file, "#category=Burglary") as at:
        assert re.search(r"[\d.]+ % of these crimes", at.text("#verdict-beside"))


def test_of_few_officers_the_hours_are_told_and_not_how_they_moved(browser: Any, page_file: Path) -> None:
    """In Area 10 never more than four at once, on no day five; Area 01 has five of a day."""
    with shown(browser, page_file, "#area=a10&figure=foot") as at:
        hours, moved = (at.text(f"#tiles li.tile:nth-child({n})") for n in (1, 2))
        assert "likely" in hours and moved.endswith("Not told: fewer than five officers.")
        assert "Not shown, fewer than five officers: Area 10." in at.text("#areas")
        assert "Fewer than five officers." in at.text("#what")
    with shown(browser, page_file, "#area=a10&mode=foot") as at:
        assert at.text("#verdict") == "Fewer than five officers: not shown."
        assert "Not told: fewer than five officers." in at.text("#tiles li.tile:nth-child(1)")
    with shown(browser, page_file, "#area=a01&area=a10") as at:
        assert "fewer than five officers in one of these areas" in at.text("#tiles li.tile:nth-child(2)")


def test_a_code_a_link_an_answer_and_a_flag_are_copied(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file, "#area=a03&earlier=year", permissions=["clipboard-read", "clipboard-write"]) as at:
        read = lambda: str(at.page.evaluate("navigator.clipboard.readText()"))  # noqa: E731
        at.press("copy-code")
        code = read_code(read())
        assert code.state == FilterState.from_dict(at.asked) and code.comparison == "year"
        assert code.number in at.text("#foot-line")
        at.press("copy-link")
        assert read().endswith("#area=a03&from=2024-10-28&to=2024-11-24&earlier=year")  # days too: the default moves on
        at.press("copy-answer")
        answer = read()
        assert at.text("#verdict") in answer and MARKING in answer and read_code(answer).number == code.number
        at.press("flag")
        at.press("flag-copy")
        assert at.text("#flag-why")  # a flag says what is doubted
        at.page.fill("#flag-text", "Half of Tuesday looks missing.")
        at.press("flag-copy")
        assert read().startswith(f"Flag on figure {code.number}: Half of Tuesday looks missing.")
        assert read_code(read()).state == code.state


def test_where_the_clipboard_is_shut_the_text_stands_to_be_copied_by_hand(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        at.press("copy-code")
        assert read_code(at.page.input_value("#copy-place textarea")).state == FilterState.from_dict(at.asked)


def test_a_bar_is_as_long_as_its_share_of_the_track(browser: Any, page_file: Path) -> None:
    """64 % that fills its track reads as all of it."""
    with shown(browser, page_file) as at:
        for part in ("who", "what"):
            drawn = at.page.evaluate(
                f"[...document.querySelectorAll('#{part} .length')].map((e) => parseFloat(e.style.width))"
            )
            words = at.page.locator(f"#{part} td.number:not(.pale)").all_inner_texts()
            told = [0.0 if text.startswith("under") else float(text.split(" %")[0]) for text in words]
            assert drawn and drawn == pytest.approx(told, abs=0.5)


def test_the_days_compared_with_and_the_age_of_the_data_stand_above(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        first = opening_days(at)[0]
        assert f"({period_in_words(first - timedelta(28), first - timedelta(1))})" in at.text("#data-line")
        hours = at.page.evaluate("(Date.now() - Date.parse(page.facts.as_of)) / 3600000")
        assert f", {int(hours // 24)} days ago · " in at.text("#data-line")
        at.page.evaluate("page.facts.as_of = new Date(Date.now() - 59 * 3600000).toISOString()")
        at.tick("areas", AREA)
        assert "days ago" not in at.text("#data-line")
    with shown(browser, page_file, "#earlier=none") as at:
        assert "against" not in at.text("#data-line")


def test_days_in_order_and_a_table_of_them(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.key("trend-table").click()
        rows = at.rows("#trend table tbody tr")
        assert len(rows) == 28 and rows[0][0] == day_in_words(opening_days(at)[0])
        assert at.page.text_content("#main").count("null") == 0  # a step with data has no mark of a gap


def test_nothing_of_a_long_look_is_kept_on_the_computer(browser: Any, page_file: Path) -> None:
    with shown(browser, page_file) as at:
        at.tick("areas", AREA)
        assert at.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_policy_stops_what_is_not_the_pages_own(browser: Any, page_file: Path) -> None:
    from tests.support.browser import opened

    with opened(browser, page_file) as (page, seen):
        page.wait_for_selector("[data-settled]")
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
        )
        page.evaluate("fetch('https://example.org/').catch(() => 0)")
        assert page.evaluate("window.ran") is None
        assert page.evaluate(LATER) == "refused"  # what the driver itself runs is not held to the policy
        assert seen.complaints and not seen.requests


def test_hours_that_end_before_the_figure_have_days_of_their_own_in_the_heading(browser: Any, page_file: Path) -> None:
    """The figure's number stands for the period asked; the grids end with the last day told by the hour."""
    with shown(browser, page_file) as at:
        until, end = (
            date.fromisoformat(at.page.evaluate(f"page.facts.{n}")) for n in ("hours_until", "data_days.last")
        )
    assert (end - until).days == 7
    for last, own in ((until, ""), (end, f", {period_in_words(until - timedelta(6), until)}")):
        with shown(browser, page_file, f"#from={until - timedelta(6)}&to={last}") as at:
            assert at.text("#hours h2") == f"Hours of the week{own}"
            assert at.text("#searches h3").endswith(own)
    with shown(browser, page_file, f"#from={end}&to={end}") as at:  # a day that has data, which stand in the tiles
        assert at.text("#hours").count("Not shown: the last seven days are shown as whole days alone.") == 3
