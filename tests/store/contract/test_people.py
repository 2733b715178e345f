"""Notes, flags, figures and the card of a store are added to, by the same rules in either home."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.about.facts import Refresh
from ia_plugin.core.answers.register import entry_of, same_values
from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.store.about_facts import REFRESHED
from ia_plugin.store.condition import equals
from ia_plugin.store.figures_register import of_store, register
from ia_plugin.store.flags import answer_flag, raise_flag, read_flags
from ia_plugin.store.governance import save_card
from ia_plugin.store.inspector_page import pages_of
from ia_plugin.store.notes import add_note, read_notes, withdraw_note
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.since_then import changes_since
from ia_plugin.store.summary import read_summary
from ia_plugin.store.uses import uses_of
from tests.support.stores import AT, KEY
from tests.support.two_homes import Homes

NOW = pd.Timestamp("2024-07-10T12:00Z")
DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 4))
CARD = {"owner": "Head of analysis", "contact": "analysis desk"}


@pytest.fixture(params=["geopackage", "postgis"])
def place(request: pytest.FixtureRequest, homes: Homes) -> str:
    return homes.places[request.param]


def note(place: str, text: str, **more: str) -> str:
    return add_note(place, kind="outage", first=date(2024, 6, 3), text=text, at=NOW, version="t", **more)


def test_a_note_is_superseded_once_and_withdrawn(place: str) -> None:
    first = note(place, "No radio masts in the north.")
    second = note(place, "No radio masts in the south.", supersedes=first)
    assert read_notes(place)["text"].tolist() == ["No radio masts in the south."]
    with pytest.raises(StoreError, match="superseded by somebody else"):
        note(place, "Neither.", supersedes=first)
    withdraw_note(place, second, at=NOW, version="t")
    assert not len(read_notes(place))


def test_a_flag_is_raised_and_answered(place: str) -> None:
    flag = raise_flag(place, "IA-0000-0000", "Too low.", at=NOW, version="t")
    answer_flag(place, flag, status="fault", owner="analyst", reply="Looked at.", at=NOW, version="t")
    assert read_flags(place)[["status", "reply"]].to_numpy().tolist() == [["fault", "Looked at."]]
    with pytest.raises(StoreError, match="superseded by somebody else"):
        answer_flag(place, flag, status="fault", owner="analyst", reply="Again.", at=NOW, version="t")


def test_a_figure_is_registered_once(place: str) -> None:
    material = read_summary(place)
    entry = entry_of(material, figures(material, DAY), at=NOW.to_pydatetime(), version="t")
    for _ in range(2):
        assert register(entry, place, None) == ["store"]
    (kept,) = of_store(place, entry.code.number)
    assert same_values(kept.values, entry.values) and len(kept.store) == 32


def test_both_homes_give_the_same_figures_their_numbers(homes: Homes) -> None:
    numbers = set()
    for place in homes.places.values():
        material = read_summary(place)
        numbers.add(entry_of(material, figures(material, DAY), at=NOW.to_pydatetime(), version="t").code.number)
    assert len(numbers) == 1


def test_the_card_is_kept_by_who_loads_the_store(homes: Homes) -> None:
    for place in (homes.places["geopackage"], homes.shared.target("lee")):
        assert save_card(place, CARD, at=NOW, version="t").owner == "Head of analysis"
    with pytest.raises(StoreError, match="kept by who loads it"):
        save_card(homes.shared.target("alice"), {**CARD, "owner": "Somebody else"}, at=NOW, version="t")


def test_the_inspectors_page_is_made_of_either_home(place: str, tmp_path) -> None:
    (text,) = pages_of(place, tmp_path / "page.html", marking="OFFICIAL").values()
    assert "OFFICIAL" in text


def test_nobody_changes_what_was_added_to_a_shared_store(homes: Homes) -> None:
    note(homes.shared.target("alice"), "No radio masts in the west.")
    answers = []
    for who in ("alice", "lee"):
        for verb in (
            "UPDATE ia_summary.notes SET text = ''",
            "DELETE FROM ia_summary.notes",
            "TRUNCATE ia_summary.notes",
        ):
            answers.append(homes.shared.psql(who, verb))
    answers.append(
        homes.shared.cluster.psql("DELETE FROM ia_summary.notes", database=homes.shared.database, stop=False)
    )
    assert all("permission denied" in words for words in answers[:6]), answers
    assert "the table of notes can only be added to" in answers[6]
    assert "nobody adds to the table areas" in homes.shared.psql(
        "alice", "SELECT ia_records.add_to('areas', '{}', 'x', '', '{}')"
    )
    assert "note on the data" in homes.shared.psql("olga", "SELECT DISTINCT what FROM ia_records.runs")


def test_a_figure_that_is_opened_again_says_when_the_shared_store_was_refreshed(homes: Homes) -> None:
    fact = pd.DataFrame({"name": [REFRESHED], "value": [Refresh("2024-07-06T02:00:00+00:00", True, "done").as_text()]})
    with PostgisStore(homes.shared.target("lee"), KEY) as store, store.together("a refresh"):
        store.put("about", fact, equals(name=REFRESHED))
    since = changes_since(homes.places["postgis"], FilterState(), AT.to_pydatetime(), number="1", at=AT, version="t")
    assert str(since.refreshed_at) == "2024-07-06 02:00:00+00:00" and since.late_fixes is None
    with PostgisStore(homes.shared.target("lee"), KEY) as store, store.together("a refresh"):
        store.put("about", fact.iloc[:0], equals(name=REFRESHED))


def test_uses_are_counted_by_who_may_read_the_record(homes: Homes) -> None:
    assert uses_of(homes.places["postgis"]) is None
    found = uses_of(homes.shared.target("olga"))
    told = int(homes.shared.psql("olga", "SELECT count(*) FROM ia_records.runs"))
    assert found is not None and found["runs"].sum() == told
