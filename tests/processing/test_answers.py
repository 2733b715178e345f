"""answers and activities, from layers in memory and from a store; bad days and bad input."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
import shapely

from ia_plugin.core.material.summary_tables import Material
from tests.support import late_records
from tests.support.beats import HAPPENED, force
from tests.support.outcomes import refused, rows_of
from tests.support.walks import box

pytestmark = pytest.mark.qgis

AREAS = {"here": box(-200, -200, 1000, 400), "there": box(2000, -200, 1000, 400), "post": box(600, -200, 200, 400)}
ROLES = {"here": "impact", "there": "comparison", "post": "site"}


@pytest.fixture
def answered(run, points, polygons, events):
    def go(algorithm="answers", **more):
        shapes = more.pop("shapes", AREAS)
        parameters = {
            "INPUT": points(force()),
            "AREAS": polygons(shapes, roles=ROLES),
            "AREA_ID_FIELD": "code",
            "ROLE_FIELD": "role",
            "OUTPUT": "memory:",
            **({"LAST_DAY": "2024-06-03"} if algorithm == "answers" else {}),
            **more,
        }
        return run(algorithm, {k: v for k, v in parameters.items() if v is not None})

    return go


def sentences_of(results):
    return [r["sentence"] for r in rows_of(results["OUTPUT"])]


def test_answers_from_layers_with_every_table_and_a_page(answered, events, tmp_path):
    page = tmp_path / "answers.html"
    names = ("TIME", "RESOURCES", "ACTIVITIES", "MODES", "CRIMES", "SEARCHES", "WEEK")
    # A second crime, elsewhere, on the day itself: a record that only spills over midnight would not tell of the day.
    later = ("crime", "2024-06-03T15:00:00Z", "2024-06-03T15:00:00Z", 2100, 0, None)
    results, log = answered(EVENTS=events([*HAPPENED, later]), OUTPUT_HTML=str(page), **dict.fromkeys(names, "memory:"))
    told = rows_of(results["OUTPUT"])
    assert {r["question"] for r in told} == set(range(7)) and told[0]["sentence"].startswith("Impact Areas: ")
    time = {r["place"]: r for r in rows_of(results["TIME"])}
    assert (
        time["(all)"]["officer_hours"] == pytest.approx(results["OBSERVED_HOURS"]) == pytest.approx(6 * 5 + 6 * 55 / 60)
    )
    parts = [time[p]["share_percent"] for p in ("(impact)", "(comparison)", "(rest)", "(site)")]
    assert sum(parts) == pytest.approx(100) and results["IMPACT_SHARE"] == pytest.approx(parts[0])
    assert sum(r["officer_hours"] for r in rows_of(results["WEEK"]) if r["place"] == "(all)") == pytest.approx(
        results["OBSERVED_HOURS"]
    )
    doing = {r["activity"]: r["officer_hours"] for r in rows_of(results["ACTIVITIES"]) if r["place"] == "(all)"}
    assert sum(doing.values()) == pytest.approx(results["OBSERVED_HOURS"])
    assert doing["incident_place_time"] == pytest.approx(3.0, abs=1.2) and doing["search_place_time"] > 0
    crimes = {(r["place"], r["kind"], r["group"]): r["events"] for r in rows_of(results["CRIMES"])}
    # A window from 22:00 to 04:00 UTC on the night before, five of its six hours on the day by the clock.
    assert crimes["(impact)", "crime", "(all)"] == pytest.approx(5 / 6)
    assert len(rows_of(results["SEARCHES"])) and len(rows_of(results["RESOURCES"])) and len(rows_of(results["MODES"]))
    text = page.read_text(encoding="utf-8")
    assert text.count("OFFICIAL-SENSITIVE") >= 2 and "<script" not in text and not re.search(r"https?://", text)
    assert results["OUTPUT_HTML"] == str(page)
    assert not any("1000" in s for s in sentences_of(results))
    assert any("Impact Areas:" in s for s in log.said)


def test_the_audience_is_recorded(answered, events, monkeypatch):
    from qgis.core import NULL

    from ia_plugin.processing import run_record as recording

    kept = []
    monkeypatch.setattr(recording, "record", lambda run, began, outcome: kept.append(run.account["audience"]))
    for audience in ("restricted", "board", "public"):
        results, _ = answered(EVENTS=events(HAPPENED), AUDIENCE=audience, CRIMES="memory:", TIME="memory:")
        assert kept.pop() == audience
        answered("activities", AUDIENCE=audience)
        assert kept.pop() == audience
        crimes = [
            r["events"]
            for r in rows_of(results["CRIMES"])
            if r["place"] == "(impact)" and r["kind"] == "incident" and r["group"] == "(all)"
        ]
        assert crimes == [NULL if audience == "public" else pytest.approx(1)], (
            "one day's incidents are not for the public"
        )


def test_the_officer_an_event_names_is_found_under_the_pseudonym(answered, events, monkeypatch, tmp_path):
    key = tmp_path / "key"
    key.write_text("a key for tests, of no force at all", encoding="utf-8")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(key))
    results, _ = answered("activities", EVENTS=events(HAPPENED))
    whole = {r["activity"]: r["officer_hours"] for r in rows_of(results["OUTPUT"]) if r["place"] == "(all)"}
    assert whole["incident_reference"] == pytest.approx(0.5)
    assert results["LINKED_HOURS"] == pytest.approx(
        sum(v for k, v in whole.items() if "incident" in k or "search" in k)
    )
    assert results["OBSERVED_HOURS"] == pytest.approx(sum(whole.values()))


def test_activities_with_rules_of_their_own(answered, events, tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text(
        "activity,how,kind,category,near_m,before_s,after_s,lasts_s,least_s\nsearch_place_time,place_time,stop_search,*,100,0,0,900,0\n",
        encoding="utf-8",
    )
    results, _ = answered("activities", EVENTS=events(HAPPENED), RULES=str(path))
    names = {r["activity"] for r in rows_of(results["OUTPUT"])}
    assert "search_place_time" in names and not any("incident" in n for n in names)
    path.write_text(
        path.read_text(encoding="utf-8").replace("place_time,place_time", "patrol,place_time"), encoding="utf-8"
    )
    refused(lambda: answered("activities", RULES=str(path)), "Row 1 of the rules", "patrol")


def test_bad_days_no_sites_no_events_month_only(answered, events):
    some = {k: v for k, v in AREAS.items() if k != "post"}
    results, _ = answered(shapes=some, TIME="memory:")
    told = " ".join(r["sentence"] + r["caveat"] for r in rows_of(results["OUTPUT"]))
    assert "police stations" in told and "no postings were given" in told and "No recorded crimes are known" in told
    months = [(k, "2024-05-31T23:00:00Z", "2024-06-30T22:59:59Z", x, y, o) for k, _, _, x, y, o in HAPPENED]
    results, _ = answered(EVENTS=events(months, precision="month"), CRIMES="memory:")
    assert any("No recorded crimes are known" in s for s in sentences_of(results))
    assert not any(r["events"] == 0 for r in rows_of(results["CRIMES"]))
    results, _ = answered("activities", EVENTS=events(months, precision="month"))
    assert results["LINKED_HOURS"] == 0


def test_overlapping_areas_are_told(answered):
    results, _ = answered(shapes={"here": AREAS["here"], "there": AREAS["here"]})
    assert any("Some areas overlap" in s for s in sentences_of(results)) and results["IMPACT_SHARE"] <= 100
    _, log = answered("activities", shapes={"here": AREAS["here"], "there": AREAS["here"]})
    assert any("overlap" in w for w in log.warned)


def test_a_period_without_data_is_said(answered):
    results, _ = answered(FIRST_DAY="2023-01-01", LAST_DAY="2023-01-31", TIME="memory:")
    assert sentences_of(results) == [
        "There is no time of officers in this period, so nothing can be said; this is not a figure of nought.",
        "Beta: not yet checked against source systems.",
    ]
    assert not any(r["officer_hours"] == 0 for r in rows_of(results["TIME"]))


def test_clear_words_for_bad_input(answered, run, tmp_path):
    refused(lambda: answered(FIRST_DAY="03/06/2024"), "FIRST_DAY", "YYYY-MM-DD")
    refused(lambda: answered(FIRST_DAY="2024-06-04", LAST_DAY="2024-06-03"), "begins on 2024-06-04")
    refused(lambda: run("answers", {"OUTPUT": "memory:"}), "Neither STORE nor INPUT")
    refused(lambda: answered(AREAS=None), "Neither STORE nor AREAS")
    refused(lambda: run("answers", {"STORE": str(tmp_path), "OUTPUT": "memory:"}), "no summary.gpkg")
    refused(lambda: answered(MARKING=" "), "marking is blank")
    refused(lambda: answered(RULES=str(tmp_path / "none.csv")), "cannot be read")


def test_answers_from_a_store(run, tmp_path):
    from tests.support.stores import bring_up_to_date, extract

    watched = tmp_path / "watched"
    watched.mkdir()
    for i in range(2):
        extract(watched / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, fixes=60)
    bring_up_to_date(tmp_path / "store", watched)
    results, _ = run(
        "answers",
        {
            "STORE": str(tmp_path / "store"),
            "FIRST_DAY": "2024-06-03",
            "LAST_DAY": "2024-06-05",
            "OUTPUT": "memory:",
            "TIME": "memory:",
            "RESOURCES": "memory:",
            "AUDIENCE": "restricted",
        },
    )
    time = {r["place"]: r for r in rows_of(results["TIME"])}
    assert results["OBSERVED_HOURS"] == pytest.approx(2 * 12 * 59 * 120 / 3600, rel=1e-3)
    parts = sum(time[p]["officer_hours"] for p in ("(impact)", "(comparison)", "(rest)"))
    assert parts == pytest.approx(results["OBSERVED_HOURS"], abs=1e-2)
    assert not rows_of(results["RESOURCES"])
    assert any("closed months: none can be shown yet" in s for s in sentences_of(results))


def test_answers_from_a_store_tell_units_of_a_closed_month(run, tmp_path):
    from tests.support.stores import bring_up_to_date, extract

    watched = tmp_path / "watched"
    watched.mkdir()
    for i, day in enumerate(("2024-06-03", "2024-06-04", "2024-07-04")):
        extract(watched / f"{i}.csv", day=day, seed=i, fixes=60)
    bring_up_to_date(tmp_path / "store", watched)

    def asked(last):
        given = {"FIRST_DAY": "2024-06-01", "LAST_DAY": last, "OUTPUT": "memory:", "RESOURCES": "memory:"}
        results, _ = run("answers", {"STORE": str(tmp_path / "store"), "AUDIENCE": "restricted", **given})
        return rows_of(results["RESOURCES"]), sentences_of(results)

    rows, sentences = asked("2024-06-30")
    assert {r["value"] for r in rows if r["dimension"] == "unit"} == {"North", "South"}
    assert any("Impact Areas by unit" in s for s in sentences) and not any("closed months" in s for s in sentences)
    rows, sentences = asked("2024-06-29")
    assert not rows and any("the last of them is 1–30 Jun 2024" in s for s in sentences)


HOUSE = {**AREAS, "house": box(100, -8, 16, 16)}


@pytest.mark.parametrize("algorithm", ["answers", "activities"])
@pytest.mark.parametrize("audience", ["board", "public", None])
def test_an_area_of_a_house_is_told_to_nobody_without_restricted_access(answered, algorithm, audience):
    given = {} if audience is None else {"AUDIENCE": audience}
    reader = "the public" if audience == "public" else "a board"
    words = ("1 area under 4 ha: 'house' (256 m²)", reader, "larger", "role site", "AUDIENCE=restricted")
    refused(lambda: answered(algorithm, shapes=HOUSE, **given), *words)


def test_one_with_restricted_access_is_told_of_it_and_that_it_is_small(answered):
    results, log = answered(shapes=HOUSE, AUDIENCE="restricted", TIME="memory:")
    assert "house" in {r["place"] for r in rows_of(results["TIME"])}
    assert any("1 area under 4 ha: 'house' (256 m²). The output is restricted" in w for w in log.warned)


def test_a_comparison_area_of_a_house_is_refused_too(answered, polygons):
    small = polygons({"house": box(3000, -8, 16, 16)})
    refused(lambda: answered(COMPARISON_AREAS=small), "1 area under 4 ha: 'house'")


def test_a_police_site_may_be_small(answered):
    shapes = {**AREAS, "post": box(600, -8, 16, 16)}
    assert answered(shapes=shapes, TIME="memory:")[0]["OBSERVED_HOURS"] > 0


def test_the_forces_own_minimum_counts(answered):
    shapes = {**AREAS, "park": box(-900, -200, 200, 150)}
    refused(lambda: answered(shapes=shapes), "'park' (3 ha)")
    assert answered(shapes=shapes, LEAST_AREA=2.5)
    refused(lambda: answered(LEAST_AREA=50), "2 areas under 50 ha")


def test_ground_that_subtracting_areas_would_tell_is_named(answered):
    """here + twin less all Impact Areas is what the two share: a strip of 0.4 ha. Layers stay as they are drawn."""
    shapes = {**AREAS, "twin": box(-990, -200, 800, 400)}
    results, log = answered(shapes=shapes, TIME="memory:")
    [warning] = [w for w in log.warned if "Subtracting" in w]
    assert "0.4 ha of 'here' and 'twin'" in warning and "less than 4 ha" in warning and "store" in warning
    hours = {r["place"]: r["officer_hours"] for r in rows_of(results["TIME"])}
    assert hours["here"] + hours["twin"] >= hours["(impact)"]
    _, log = answered(shapes=shapes, AUDIENCE="restricted")
    assert not any("Subtracting" in w for w in log.warned)


def test_a_store_that_kept_small_areas_is_not_told_to_a_board(run, tmp_path, monkeypatch):
    """A version before did not look: its figures are refused until the areas are larger, and restricted ones stay."""
    import ia_plugin.store.refresh as refresh

    monkeypatch.setattr(refresh, "protected_areas", lambda store, areas: areas)
    from tests.support import stores

    small = stores.AREAS.assign(area_id=["a", "house"])
    small["geometry"] = [stores.AREAS["geometry"][0], shapely.box(400_100, 280_000, 400_116, 280_016)]
    monkeypatch.setattr(stores, "AREAS", small)
    (tmp_path / "in").mkdir()
    stores.extract(tmp_path / "in" / "a.csv")
    stores.bring_up_to_date(tmp_path / "store", tmp_path / "in")
    asked = {"STORE": str(tmp_path / "store"), "OUTPUT": "memory:"}
    refused(lambda: run("answers", asked), "1 area under 4 ha: 'house' (256 m²)", "a board")
    assert run("answers", {**asked, "AUDIENCE": "restricted"})


@pytest.mark.parametrize(
    ("audience", "given", "first", "last"),
    [
        ("public", {}, "2024-05-01", "2024-05-31"),
        ("board", {}, "2024-05-13", "2024-06-09"),
        ("board", {"LAST_DAY": "2024-06-15"}, "2024-05-19", "2024-06-15"),
        ("public", {"LAST_DAY": "2024-06-10"}, "2024-05-14", "2024-06-10"),
    ],
)
def test_left_empty_the_days_are_the_last_whole_weeks_and_the_publics_the_last_whole_month(
    audience, given, first, last
):
    from ia_plugin.processing.answer_inputs import period_of

    run = SimpleNamespace(text=lambda n: given.get(n, ""), choice=lambda n: audience)
    material = Material.of(late_records.AREAS, late_records.hours_of(57, first="2024-04-20"))
    state = period_of(run, material)
    assert (state.first.isoformat(), state.last.isoformat()) == (first, last)
    if audience == "public" and not given:
        # Without a whole month in the data there are the days that there are.
        short = Material.of(late_records.AREAS, late_records.hours_of(44, first="2024-05-03"))
        assert period_of(run, short).last == date(2024, 6, 9), "of whole weeks"


def test_left_empty_the_days_end_where_records_are_complete():
    """Officers' time to 30 June, crimes 95 % complete to Friday 28 June: the four weeks before, as at the dock."""
    from ia_plugin.processing.answer_inputs import period_of

    run = SimpleNamespace(text=lambda n: "", choice=lambda n: "board")
    state = period_of(run, late_records.material_of(late_records.events_of(61)))
    assert (state.first, state.last) == (date(2024, 5, 27), date(2024, 6, 23))
