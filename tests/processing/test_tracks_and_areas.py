"""buildtracks and timeinareas, on small layers: the right figures, and clear words for bad input."""

from __future__ import annotations

import os

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import AREAS, E, N, box, walk
from tests.support.written_rows import once_written

pytestmark = pytest.mark.qgis


def hours(results, log):
    rows = {r["area_id"]: r for r in rows_of(results["OUTPUT"])}
    return {k: round(r["officer_seconds"], 3) for k, r in rows.items()}


@pytest.fixture
def timed(run, points, polygons):
    def go(fixes=None, areas=None, **more):
        fixes = points(walk()) if fixes is None else fixes
        areas = polygons(AREAS) if areas is None else areas
        parameters = {
            "INPUT": fixes,
            "AREAS": areas,
            "AREA_ID_FIELD": "code",
            "ROLE_FIELD": "role",
            "OUTPUT": "memory:",
        }
        return run("timeinareas", {**parameters, **more})

    return go


# --- figures ----------------------------------------------------------------------------------------------------------


def test_time_in_areas_by_hand(timed):
    results, log = timed()
    assert hours(results, log) == {"west": 180, "east": 120, "far": 0}
    assert results["OBSERVED_HOURS"] == pytest.approx(10 / 60)
    assert results["IMPACT_HOURS"] == pytest.approx(300 / 3600)


def test_tracks_carry_time_and_no_officer(run, points):
    results, _ = run("buildtracks", {"INPUT": points(walk() + walk("77", 3)), "OUTPUT": "memory:", "LEGS": "memory:"})
    tracks = rows_of(results["OUTPUT"])
    assert sorted(t["fixes"] for t in tracks) == [3, 11]
    assert results["LEG_COUNT"] == 12
    line = next(iter(results["OUTPUT"].getFeatures())).geometry().constGet()
    assert line.isMeasure() and line.pointN(1).m() - line.pointN(0).m() == 60
    text = str(tracks) + str(rows_of(results["LEGS"]))
    assert "1234" not in {str(v) for t in tracks for v in t.values()} and "officer_id" not in text
    assert {len(t["officer_day"]) for t in tracks} == {17}


def test_the_same_officer_has_one_id_in_both_outputs_and_another_tomorrow(run, points):
    tomorrow = [(o, t.replace("06-03", "06-04"), x, y) for o, t, x, y in walk()]
    results, _ = run("buildtracks", {"INPUT": points(walk() + tomorrow), "OUTPUT": "memory:", "LEGS": "memory:"})
    days = {t["officer_day"] for t in rows_of(results["OUTPUT"])}
    assert len(days) == 2
    assert {leg["officer_day"] for leg in rows_of(results["LEGS"])} == days


@pytest.mark.parametrize("field, tracks", [("source", 3), ("system", 4)])
def test_the_longest_gap_follows_the_interval_of_each_source(run, field, tracks):
    """One reports every minute, the other every ten: a silence of 20 minutes is a gap of the first alone."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    layer = QgsVectorLayer(
        f"Point?crs=EPSG:27700&field=officer_id:string&field=time:string&field={field}:string", "fixes", "memory"
    )
    minutes = {"app": [0, 10, 20, 40, 50, 60], "airwave": [*range(20), *range(39, 60)]}
    for source, reports in minutes.items():
        for minute in reports:
            feature = QgsFeature(layer.fields())
            feature.setAttributes([source, f"2024-06-03T{10 + minute // 60}:{minute % 60:02d}:00Z", source])
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(E + minute, N)))
            assert layer.dataProvider().addFeature(feature)
    results, _ = run("buildtracks", {"INPUT": layer, "OUTPUT": "memory:"})
    assert results["TRACKS"] == tracks


def test_legs_made_before_serve_as_input(run, timed, points):
    legs, _ = run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:", "LEGS": "memory:"})
    results, log = timed(legs["LEGS"])
    assert hours(results, log) == {"west": 180, "east": 120, "far": 0}


def test_areas_in_another_system_give_the_same_answer(timed, polygons):
    import processing

    moved = processing.run(
        "native:reprojectlayer", {"INPUT": polygons(AREAS), "TARGET_CRS": "EPSG:4326", "OUTPUT": "memory:"}
    )
    results, log = timed(areas=moved["OUTPUT"])
    found = hours(results, log)
    assert found["west"] == pytest.approx(180, abs=0.6) and found["east"] == pytest.approx(120, abs=0.6)


def test_fixes_in_degrees_are_measured_in_metres(timed, points):
    import processing

    moved = processing.run(
        "native:reprojectlayer", {"INPUT": points(walk()), "TARGET_CRS": "EPSG:4326", "OUTPUT": "memory:"}
    )
    results, log = timed(moved["OUTPUT"])
    assert hours(results, log)["west"] == pytest.approx(180, abs=0.6)
    assert any("EPSG:27700" in s for s in log.said)


def test_a_selection_is_respected(timed, points):
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject

    layer = points(walk() + walk("77"))
    QgsProject.instance().addMapLayer(layer)
    try:
        layer.selectByExpression("officer_id = '77'")
        results, log = timed(QgsProcessingFeatureSourceDefinition(layer.id(), True))
        assert hours(results, log)["west"] == 180
    finally:
        QgsProject.instance().removeMapLayer(layer.id())


def test_comparison_areas_from_a_second_layer(timed, polygons):
    second = polygons({"other": box(200, 0, 300, 100)})
    results, _ = timed(COMPARISON_AREAS=second)
    roles = {r["area_id"]: r["role"] for r in rows_of(results["OUTPUT"])}
    assert roles["other"] == "comparison" and roles["west"] == "impact"
    assert results["COMPARISON_HOURS"] == pytest.approx(180 / 3600)


def test_presence_and_legs_are_made_when_asked(timed):
    results, _ = timed(PRESENCE="memory:", LEGS="memory:", PERIOD="hour")
    rows = rows_of(results["PRESENCE"])
    assert sum(r["officer_seconds"] for r in rows) == pytest.approx(300)
    assert all(r["unit"] == "unit not known" for r in rows)
    for leg in rows_of(results["LEGS"]):
        assert leg["seconds_low"] <= leg["seconds"] <= leg["seconds_high"]


def test_last_fix_is_offered_for_comparison(timed):
    results, log = timed(METHOD="last_fix")
    assert hours(results, log)["west"] == 180


def test_pseudonyms_are_kept_when_they_are_pseudonyms(run, points, tmp_path, monkeypatch):
    key = tmp_path / "key"
    key.write_bytes(b"a key for tests, of no force at all")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(key))
    ids = []
    for _ in range(2):
        results, log = run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:"})
        ids.append(rows_of(results["OUTPUT"])[0]["officer_day"])
        assert not any("one-off" in w for w in log.warned)
    assert ids[0] == ids[1]


def test_parameters_from_a_file(run, points, polygons, tmp_path):
    config = tmp_path / "run.json"
    config.write_text('{"METHOD": "last_fix", "AREA_ID_FIELD": "code"}', encoding="utf-8")
    results, _ = run(
        "timeinareas", {"INPUT": points(walk()), "AREAS": polygons(AREAS), "CONFIG": str(config), "OUTPUT": "memory:"}
    )
    assert {r["area_id"] for r in rows_of(results["OUTPUT"])} == set(AREAS)


# --- bad input --------------------------------------------------------------------------------------------------------


def test_no_reference_system(timed, points):
    refused(lambda: timed(points(walk(), crs=None)), "coordinate reference system")


def test_metres_called_degrees(timed, points):
    refused(lambda: timed(points(walk(), crs="EPSG:4326")), "reference system")


@pytest.mark.parametrize(
    ("choice", "words", "found"),
    [
        ("GeometryNoCheck", "bow was invalid", {"west", "east", "far", "bow"}),
        ("GeometrySkipInvalid", "1 areas were left out", {"west", "east", "far"}),
        ("GeometryAbortOnInvalid", None, None),
    ],
)
def test_invalid_polygons_by_the_users_choice(run, points, polygons, choice, words, found):
    from qgis.core import QgsFeatureRequest, QgsProcessingException

    bow = {**AREAS, "bow": f"POLYGON(({E} {N},{E + 100} {N + 100},{E + 100} {N},{E} {N + 100},{E} {N}))"}
    parameters = {"INPUT": points(walk()), "AREAS": polygons(bow), "AREA_ID_FIELD": "code", "OUTPUT": "memory:"}

    def choose(log):
        log.context.setInvalidGeometryCheck(getattr(QgsFeatureRequest.InvalidGeometryCheck, choice))

    if found is None:
        with pytest.raises(QgsProcessingException, match="invalid geometry"):
            run("timeinareas", parameters, prepare=choose)
        return
    results, log = run("timeinareas", parameters, prepare=choose)
    assert {r["area_id"] for r in rows_of(results["OUTPUT"])} == found
    assert any(words in w for w in log.said + log.warned)


def test_empty_layers_give_empty_outputs_not_errors(timed, points, polygons):
    results, log = timed(points([]))
    assert hours(results, log) == dict.fromkeys(AREAS, 0)
    results, log = timed(areas=polygons({}))
    assert rows_of(results["OUTPUT"]) == []


def test_a_field_that_is_not_there_is_named_with_those_that_are(timed):
    refused(lambda: timed(TIME_FIELD="when"), "'when'", "officer_id, time")
    refused(lambda: timed(OFFICER_FIELD="collar"), "'collar'", "officer_id, time")


def test_mixed_offsets_are_refused(timed, points):
    rows = walk()
    rows[3] = (rows[3][0], "2024-06-03T10:03:00", *rows[3][2:])
    refused(lambda: timed(points(rows)), "offset")


@pytest.mark.clocks
@pytest.mark.parametrize(("suffix", "utc"), [("Z", "10:00"), ("+01:00", "09:00"), ("", "09:00")])
def test_june_times_with_and_without_offset(timed, points, suffix, utc):
    rows = [(o, t.replace("Z", suffix), x, y) for o, t, x, y in walk()]
    results, _ = timed(points(rows), PRESENCE="memory:", TIMEZONE="Europe/London", PERIOD="hour")
    (start,) = {r["period"].toString("yyyy-MM-dd HH:mm") for r in rows_of(results["PRESENCE"])}
    assert start == f"2024-06-03 {utc}"


def test_text_dates_with_null_are_counted(timed, points):
    rows = walk()
    rows.append(("1234", None, E, N))
    _, log = timed(points(rows))
    assert any("no time" in s for s in log.said)


@pytest.mark.parametrize(
    "value, shown", [("tea time", "'aaa aaaa', row 5"), ("2024-06-31 10:00", "'2024-06-31 10:00', row 5")]
)
def test_unreadable_dates_name_the_row_and_what_looks_like_a_time(timed, points, value, shown):
    rows = walk()
    rows[4] = (rows[4][0], value, *rows[4][2:])
    refused(lambda: timed(points(rows)), shown)


def test_one_fix_per_officer_is_counted(run, points):
    rows = [(str(i), "2024-06-03T10:00:00Z", E + i, N) for i in range(1, 6)]
    results, log = run("buildtracks", {"INPUT": points(rows), "OUTPUT": "memory:"})
    assert results["TRACKS"] == 0 and any(w.startswith("5 officers") for w in log.warned)


@pytest.mark.parametrize(("kind", "value"), [("string", "🚓"), ("integer", 42), ("double", 42.0)])
def test_officer_ids_of_any_kind(run, points, kind, value):
    results, _ = run("buildtracks", {"INPUT": points(walk(value), officer=kind), "OUTPUT": "memory:"})
    assert results["TRACKS"] == 1


def test_officer_id_null_is_counted(run, points):
    results, log = run("buildtracks", {"INPUT": points(walk() + walk(None)), "OUTPUT": "memory:"})
    assert results["TRACKS"] == 1 and any("no officer id" in s for s in log.said)


def test_unsorted_fixes_give_the_same_answer(timed, points):
    results, log = timed(points(walk()[::-1]))
    assert hours(results, log) == {"west": 180, "east": 120, "far": 0}


def test_an_unknown_time_zone(timed):
    refused(lambda: timed(TIMEZONE="Mars/Olympus"), "Mars/Olympus")


def test_a_config_that_is_no_json(timed, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("METHOD=linear", encoding="utf-8")
    refused(lambda: timed(CONFIG=str(bad)), "bad.json")


def test_repeated_area_ids(timed, polygons):
    from qgis.core import QgsFeature

    layer = polygons(AREAS)
    again = QgsFeature(next(layer.getFeatures()))
    layer.dataProvider().addFeatures([again])
    refused(lambda: timed(areas=layer), "west")


@pytest.mark.parametrize("when", ["before", "while writing"])
def test_a_cancelled_run_leaves_nothing_that_looks_finished(run, points, tmp_path, monkeypatch, when):
    from qgis.core import QgsProcessingException

    output = tmp_path / "tracks.gpkg"
    if when == "while writing":
        once_written(monkeypatch, lambda feedback: feedback.cancel())
    with pytest.raises(QgsProcessingException, match="cancelled"):
        run(
            "buildtracks",
            {"INPUT": points(walk()), "OUTPUT": str(output)},
            prepare=(lambda log: log.feedback.cancel()) if when == "before" else None,
        )
    assert not os.path.exists(output)


def test_an_existing_output_survives_a_failed_run(run, points, tmp_path):
    output = tmp_path / "tracks.gpkg"
    run("buildtracks", {"INPUT": points(walk()), "OUTPUT": str(output)})
    before = output.read_bytes()
    refused(lambda: run("buildtracks", {"INPUT": points(walk()), "OUTPUT": str(output), "TIME_FIELD": "when"}), "when")
    assert output.read_bytes() == before


# --- how they present themselves --------------------------------------------------------------------------------------


def test_every_algorithm_has_help_icon_and_bounds(plugin):
    from qgis.core import QgsProcessingParameterNumber

    for algorithm in plugin.algorithms():
        assert algorithm.shortHelpString().count("<p>") >= 3
        assert not algorithm.icon().isNull()
        assert algorithm.canExecute()[0]
        for parameter in algorithm.parameterDefinitions():
            assert parameter.help(), (algorithm.id(), parameter.name())
            if isinstance(parameter, QgsProcessingParameterNumber):
                assert parameter.minimum() > -1e300 and parameter.maximum() < 1e300


def test_outputs_are_dressed_when_loaded(run, points):
    from qgis.core import Qgis, QgsVectorLayer

    from ia_plugin.processing.styles import Dresser

    results, _ = run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:"})
    layer = results["OUTPUT"]
    assert isinstance(layer, QgsVectorLayer)
    Dresser("tracks.qml").postProcessLayer(layer, None, None)
    assert layer.temporalProperties().isActive()
    assert layer.temporalProperties().mode() == Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields
    assert "not the route" in layer.mapTipTemplate()


def test_time_at_police_sites_stands_beside_the_headline(timed, polygons):
    with_site = polygons({**AREAS, "station": box(-200, 0, 100, 100)}, roles={"station": "site"})
    results, log = timed(areas=with_site)
    rows = {r["area_id"]: r for r in rows_of(results["OUTPUT"])}
    assert rows["west"]["officer_seconds"] == pytest.approx(120)
    assert rows["west"]["site_hours"] == pytest.approx(60 / 3600)
    assert rows["station"]["officer_seconds"] == pytest.approx(60)
    assert any("taken out" in s for s in log.said)


def test_ground_that_two_areas_share_counts_once_in_the_total(timed, polygons):
    results, _ = timed(areas=polygons({"west": box(-300, 0, 300, 100), "again": box(-300, 0, 300, 100)}))
    assert results["IMPACT_HOURS"] == pytest.approx(180 / 3600)


@pytest.mark.clocks
def test_times_come_back_from_a_file_as_the_moments_they_were(run, points, polygons, tmp_path):
    """June, when London is not UTC: legs written to a file and read again must not move by an hour."""
    legs = str(tmp_path / "legs.gpkg")
    run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:", "LEGS": legs})
    parameters = {"AREAS": polygons(AREAS), "OUTPUT": "memory:", "PRESENCE": "memory:", "PERIOD": "hour"}
    results, _ = run("timeinareas", {**parameters, "INPUT": legs})
    (start,) = {r["period"].toString("yyyy-MM-dd HH:mm") for r in rows_of(results["PRESENCE"])}
    assert start == "2024-06-03 10:00"


def test_positions_that_are_probably_wrong_are_counted(run, points):
    rows = [("a", f"2024-06-03T09:0{i}:00Z", 407_000.0 + 50 * i, 287_000.0) for i in range(9)]
    wrong = [("a", "2024-06-03T10:00:00Z", 287_000.0, 407_000.0), ("a", "2024-06-03T10:05:00Z", -1.0, -1.0)]
    _, log = run("buildtracks", {"INPUT": points(rows + wrong), "OUTPUT": "memory:"})
    assert [w.split(" position ")[0] for w in log.warned if " position " in w] == ["1", "1"]
    _, log = run("buildtracks", {"INPUT": points(rows), "OUTPUT": "memory:"})
    assert not any(" position" in w for w in log.warned)
