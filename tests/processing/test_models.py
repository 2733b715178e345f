"""The models of the toolbox: drawn of today's algorithms, run from raw extracts to paper, and stopped by the first step that is refused."""

from __future__ import annotations

import pytest

from ia_plugin.processing.models import TITLES
from tests.support.outcomes import rows_of
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import AREAS, extract, store_of_one_extract

pytestmark = pytest.mark.qgis
pytest.importorskip("matplotlib", reason="briefings have charts, and matplotlib is not installed")
MODELS = ("monthlyboardpack", "beforeandafteranoperation", "nightlyrefreshandbriefing")
IN_JUNE = {"FIRST_DAY": "2024-06-03", "LAST_DAY": "2024-06-04", "PERIOD": "day"}


@pytest.fixture
def store(tmp_path):
    return store_of_one_extract(tmp_path, fixes=120)


@pytest.fixture
def areas(polygons):
    return polygons(
        dict(zip(AREAS["area_id"], AREAS["geometry"].map(lambda g: g.wkt))),
        roles=dict(zip(AREAS["area_id"], AREAS["role"])),
    )


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_what_the_tool_draws_of_todays_algorithms(plugin, name):
    """Otherwise run tools/draw_models.py: a step has another parameter, or another default."""
    from qgis.core import QgsApplication

    from tools.draw_models import MODELS as DRAWN
    from tools.draw_models import drawn

    made = next(m for m in DRAWN if m.file.replace("_", "") == name)
    kept = QgsApplication.processingRegistry().createAlgorithmById(f"impactareas:{name}")
    assert (
        kept.displayName() == made.title
        and made.title in TITLES
        and kept.group() == "Briefing"
        and kept.canExecute()[0]
    )
    assert [p.name() for p in kept.parameterDefinitions()][: len(made.inputs)] == list(made.inputs)
    assert kept.validate()[0], kept.validate()[1]
    fresh = drawn(made).toVariant()
    assert {c: _sources(v) for c, v in fresh["children"].items()} == {
        c: _sources(v) for c, v in kept.toVariant()["children"].items()
    }


def _sources(child):
    given = {k: [(x.get("parameter_name"), x.get("static_value")) for x in v] for k, v in child["params"].items()}
    return child["alg_id"], given


def test_the_board_pack_of_a_store(run, store, tmp_path):
    asked = {
        "STORE": str(store), **IN_JUNE, "MARKING": "OFFICIAL", "maps:OUTPUT": str(tmp_path / "maps.pdf"), "answers:OUTPUT_HTML": str(tmp_path / "answers.html"),
        "report:OUTPUT_HTML": str(tmp_path / "report.html"), "report:OUTPUT_PDF": str(tmp_path / "report.pdf"), "ethics:OUTPUT_HTML": str(tmp_path / "ethics.html"),
    }  # fmt: skip
    run("monthlyboardpack", asked)
    for name in ("maps.pdf", "report.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    for name in ("answers.html", "report.html", "ethics.html"):
        assert (tmp_path / name).read_text(encoding="utf-8").count('<div class="marking">OFFICIAL</div>') == 2
    with sqlite_file(store / "restricted.gpkg") as record:
        runs = [r[0] for r in record.execute("SELECT what FROM runs")]
    assert {"briefingmaps", "answers", "technicalreport", "ethics"} <= set(runs)


def test_from_raw_extracts_to_paper_at_night(run, areas, tmp_path, monkeypatch):
    (tmp_path / "force.key").write_bytes(b"a key for tests, of no force at all")
    (tmp_path / "force.key").chmod(0o600)
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))
    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "0.csv", fixes=120)
    page, paper = tmp_path / "report.html", tmp_path / "maps.pdf"
    asked = {
        "WATCHED": str(tmp_path / "watched"), "STORE": str(tmp_path / "new store"), "AREAS": areas, "AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "PERIOD": "day",
        "maps:OUTPUT": str(paper), "report:OUTPUT_HTML": str(page),
    }  # fmt: skip
    run("nightlyrefreshandbriefing", asked)
    assert "Officer time in Impact Areas" in page.read_text(encoding="utf-8") and paper.read_bytes().startswith(b"%PDF")
    # The next night needs no areas: the store has them.
    extract(tmp_path / "watched" / "1.csv", fixes=120, day="2024-06-04")
    inspectors = {"refresh:PAGE": str(tmp_path / "force.html")}
    run("nightlyrefreshandbriefing", {**asked, **inspectors, "AREAS": None, "AREA_ID_FIELD": None, "ROLE_FIELD": None})
    assert 'id="page-data"' in (tmp_path / "force.html").read_text(encoding="utf-8")
    assert "force.html#area=a" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "4 Jun" in page.read_text(encoding="utf-8") or "5 Jun" in page.read_text(encoding="utf-8")


def test_before_and_after_an_operation(run, store, areas, events, tmp_path):
    days = [f"2024-{month}-{day:02}T12:00:00Z" for month in ("05", "06") for day in range(1, 9)]
    crimes = events([("crime", d, d, 400_500 + 600 * (i % 2), 280_000, None) for i, d in enumerate(days)])
    results, _ = run(
        "beforeandafteranoperation",
        {
            "EVENTS": crimes, "AREAS": areas, "ROLE_FIELD": "role", "BEFORE_FROM": "2024-05-01", "BEFORE_TO": "2024-05-08", "FIRST_DAY": "2024-06-01",
            "LAST_DAY": "2024-06-08", "STORE": str(store), "moved:OUTPUT": "memory:", "moved:OUTPUT_HTML": str(tmp_path / "moved.html"), "maps:OUTPUT": str(tmp_path / "maps.pdf"),
            "answers:OUTPUT_HTML": str(tmp_path / "answers.html"),
        },
    )  # fmt: skip
    assert rows_of(results["moved:OUTPUT"]) and "Did crime move?" in (tmp_path / "moved.html").read_text(
        encoding="utf-8"
    )


def test_a_step_that_is_refused_stops_the_model(run, store, tmp_path):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException):
        run(
            "monthlyboardpack",
            {"STORE": str(store), **IN_JUNE, "MARKING": "  ", "report:OUTPUT_HTML": str(tmp_path / "r.html")},
        )
    assert not (tmp_path / "r.html").exists()


def test_the_provider_shows_its_models_again_when_it_is_asked_anew(plugin):
    plugin.refreshAlgorithms()
    assert set(MODELS) <= {a.name() for a in plugin.algorithms()}
    assert plugin.algorithm(MODELS[0]).create().canExecute()[0]
