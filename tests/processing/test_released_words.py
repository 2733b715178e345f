"""A word that waits stands in no file for the public, by any table or page; released, it does."""

import pytest

from tests.support.beats import force
from tests.support.walks import E, N, box

pytestmark = pytest.mark.qgis

DAYS = (3, 4, 5, 6)  # of June: one too few for a word to recur
TABLES = {"TIME": "csv", "RESOURCES": "csv", "CRIMES": "csv", "SEARCHES": "csv", "ACTIVITIES": "csv"}


@pytest.fixture
def told_to_the_public(run, points, polygons, events, tmp_path):
    """The texts of all files of the answers for the public: twelve burglaries and twelve Zzyxing a day."""

    def go(**more):
        out = tmp_path / f"out {len(list(tmp_path.iterdir()))}"
        out.mkdir()
        times = [f"2024-06-{day:02d}T{10 + i // 6}:{i % 6}0:00Z" for day in DAYS for i in range(24)]
        layer = events([("crime", t, t, 10.0 * (i % 20), 0, None) for i, t in enumerate(times)])
        at = layer.fields().indexOf("category")
        words = {f.id(): {at: ("Burglary", "Zzyxing")[k % 2]} for k, f in enumerate(layer.getFeatures())}
        assert layer.dataProvider().changeAttributeValues(words)
        later = [("1", f"2024-07-03T10:{m:02d}:00Z", E, N) for m in (0, 5)]  # so that June has ended
        given = {"INPUT": points([*force(), *later]), "AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "EVENTS": layer}
        given["AREAS"] = polygons({"here": box(-400, -400, 1000, 800), "there": box(2000, -400, 1000, 800)}, roles={"there": "comparison"})  # fmt: skip
        days = {"AUDIENCE": "public", "FIRST_DAY": "2024-06-01", "LAST_DAY": "2024-06-30"}
        to = {name: str(out / f"{name}.{ending}") for name, ending in TABLES.items()}
        page = {"OUTPUT": str(out / "answers.csv"), "OUTPUT_HTML": str(out / "answers.html")}
        _, log = run("answers", {**given, **days, **to, **page, **more})
        return "\n".join(p.read_text(encoding="utf-8") for p in sorted(out.iterdir())), log

    return go


def test_a_word_that_waits_is_in_no_public_file_until_it_is_released(told_to_the_public, tmp_path):
    files, log = told_to_the_public()
    assert "zzyx" not in files.lower() and "Burglary" in files and "(withheld)" in files
    [said] = [w for w in log.warned if "withheld" in w]
    assert "1 value in 48 rows of category is withheld until five days have it" in said and "Zzyx" not in said
    released = tmp_path / "mine.csv"
    released.write_text("words\nZZYXING\nSgt Thornwick\n", encoding="utf-8")
    files, log = told_to_the_public(RELEASED_WORDS=str(released))
    assert "Zzyxing" in files and "Burglary" in files and not any("withheld" in w for w in log.warned)
