"""Which categories tell of sexual or domestic offences, in whichever spelling."""

import pandas as pd
import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.events import read_records
from ia_plugin.core.events.sensitive import answers_as_kept, is_sensitive, named_sensitive, with_told
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.privacy import Key
from ia_plugin.core.summaries.event_cells import event_cells


@pytest.mark.parametrize(
    "category",
    [
        "Sexual offences", "SEXUAL OFFENCES", "Other sexual offences", "SexualAssault", "Rape of a female 16+", "019C Rape", "Sex offender visit",
        "Indecent exposure", "Domestic abuse", "domestic-violence", "Domestic incident", "Domestic dispute, property damaged", "D.V. standard risk", "DA verbal",
        "Violence (domestic)", "Coercive or controlling behaviour", "Honour-based abuse", "Forced marriage", "CSE",
        "Assault of a male by penetration", "EXPOSURE", "Unlawful intercourse with a girl under 13", "Buggery", "Meeting a child following grooming", "Kerb crawling",
        "Abuse of position of trust", "Administering a substance with intent", "Breach of DVPN", "Breach of non-molestation order", "HBV", "Non-fatal strangulation",
        "Assault by ex-partner", "Family dispute - verbal", "DOM incident", "Extreme pornographic images", "Husband/wife dispute", "Cruelty to children",
    ],
)  # fmt: skip
def test_told_of_roles_only(category):
    assert is_sensitive(category)


@pytest.mark.parametrize(
    "category",
    [
        "Violence and sexual offences", "Violence with injury", "Burglary - domestic", "Domestic burglary", "Domestic dwelling fire", "Domestic animal", "Non-domestic assault",
        "Non-sexual assault", "Rapeseed theft", "Essex Road", "Stalking and harassment", "Anti-social behaviour", "Dash cam theft", "", None,
        "Exposure to chemicals", "Penetration test", "Soliciting charity donations", "Flashing blue lights misused", "Partnership working", "Business partner fraud",
        "Dom Perignon stolen", "Cruelty to animals", "Family pet lost",
    ],
)  # fmt: skip
def test_told_of_areas_too(category):
    assert not is_sensitive(category)


# --- what a force's own table says --------------------------------------------------------------------------------------

TABLE = pd.DataFrame(
    {
        "category": ["V07", "Lost child", "08/56", "Knife found", "Rape"],
        "key_type": ["violence", "", "", "weapons", "violence"],
        "generated_by": "public",
        "sensitive": [" Yes", None, "no", "1", "NO"],
    }
)


def told(*categories, table=TABLE):
    written = pd.Series(categories, dtype=object)
    return with_told(pd.DataFrame(index=written.index), written, table)["sensitive"].tolist()


def test_a_force_says_yes_of_a_category_and_of_what_has_it_as_a_phrase_and_no_of_itself_alone():
    assert told("V07", "v07 ", "V07 - other", "V 7", "No V07") == [True, True, True, None, None]
    assert told("08/56", "08/56 B", "Lost child", None, "Rape") == [False, None, None, None, False]


def test_a_table_without_such_a_column_says_nothing_and_a_wrong_answer_is_refused():
    events = pd.DataFrame({"category": ["V07"]})
    assert with_told(events, events["category"], TABLE.drop(columns="sensitive")) is events
    assert with_told(events, events["category"], None) is events
    with pytest.raises(FileError, match="neither yes nor no"):
        told("V07", table=TABLE.assign(sensitive="perhaps"))


def test_what_a_force_says_comes_with_the_events_and_their_counts(tmp_path):
    path = tmp_path / "e.csv"
    rows = "L1,V07,2024-06-03 10:00\nL2,Burglary,2024-06-03 10:00\nL3,08/56,2024-06-03 11:00\n"
    path.write_text("Log no,Offence,Start\n" + rows, encoding="utf-8")
    account, key = Account("e.csv", "events"), Key(b"a key of sixteen bytes or more")
    events, _ = read_records(*prepared(path, "events"), key, account, table=TABLE)
    assert events["sensitive"].tolist() == [True, None, False]
    areas = pd.DataFrame({"area_id": [], "role": [], "geometry": pd.Series([], dtype=object)})
    cells = event_cells(events, areas)
    assert named_sensitive(cells) == {events["category"][0]} and cells["events"].sum() == 3
    assert cells.set_index("events")["sensitive"].tolist().count(None) == 1
    assert named_sensitive(cells.drop(columns="sensitive")) == frozenset()


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NA], ids=["none", "nan", "NA"])
def test_a_category_that_nobody_answered_for_is_not_named(unknown):
    """A store's column without any answer comes back with pandas' own NA, which is neither true nor false."""
    cells = pd.DataFrame({"category": ["robbery", "own word"], "sensitive": pd.Series([unknown, True], dtype=object)})
    assert named_sensitive(cells) == {"own word"} and answers_as_kept(cells["sensitive"]) == [None, True]
