"""callscrime, through Processing: from events and areas to results and a page; and what it refuses."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import box

pytestmark = pytest.mark.qgis


def happened(months=8, areas=6):
    """In area i each month 4 + i calls and 2 + i crimes, some more in every other month."""
    rows = []
    for m in range(1, months + 1):
        for i in range(areas):
            for kind, n in (("incident", 4 + i + (m + i) % 3), ("crime", 2 + i + (m + i) % 3)):
                for k in range(n):
                    when = f"2024-{m:02}-{1 + 3 * k % 28:02}T{(7 * k + i) % 24:02}:30:00Z"
                    rows.append((kind, when, when, 2000 * i + 500, 500, None))
    return rows


@pytest.fixture
def asked(polygons, events):
    def make(**more):
        frame = {f"a{i}": box(2000 * i, 0, 1000, 1000) for i in range(6)}
        layer = polygons(frame, roles=dict.fromkeys(frame, "other"))
        return {
            "AREAS": layer, "AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "EVENTS": events(happened()), "PERIOD": "month",
            "RESAMPLES": 199, "LAGS": 1, "TIMEZONE": "UTC", "OUTPUT": "memory:", **more,
        }  # fmt: skip

    return make


def test_results_and_a_page_of_events_alone(run, asked, tmp_path):
    page = tmp_path / "page.html"
    results, log = run("callscrime", asked(OUTPUT_HTML=str(page)))
    rows = {r["outcome"]: r for r in rows_of(results["OUTPUT"])}
    # Totals rise by one a month from area to area in both: across areas they go together.
    assert results["CORRELATION"] == rows["crimes per km² across areas"]["estimate"] > 0.95
    assert "within areas" in " ".join(rows) and "1 month later" in " ".join(rows)
    text = page.read_text(encoding="utf-8")
    assert "Calls for service and recorded crime" in text and "83.8 %" in text and text.count("<figure>") >= 3
    assert any("no pair is taken out" in s for s in log.said)


def test_the_public_reads_two_decimals_and_no_area(run, asked, tmp_path):
    page = tmp_path / "page.html"
    results, _ = run("callscrime", asked(AUDIENCE="public", OUTPUT_HTML=str(page)))
    shown = [r["estimate"] for r in rows_of(results["OUTPUT"]) if isinstance(r["estimate"], float)]
    assert shown and all(abs(100 * v - round(100 * v)) < 1e-9 for v in shown)
    assert "Each dot is an area" not in page.read_text(encoding="utf-8")


def test_what_is_refused(run, asked, events):
    refused(lambda: run("callscrime", asked(CRIMES="arson")), "No event here is of 'arson'")
    crimes = [r for r in happened() if r[0] == "crime"]
    refused(lambda: run("callscrime", asked(EVENTS=events(crimes))), "no calls for service")
    refused(lambda: run("callscrime", {"OUTPUT": "memory:"}), "Neither STORE nor INPUT")
