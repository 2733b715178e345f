"""What kind a record is and who caused it: whole words, denials, and what nobody can tell."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.events.extracts import ACCOUNTS_SET_RIGHT, read_records
from ia_plugin.core.events.key_types import is_disorder
from ia_plugin.core.events.record_kinds import generators_of, is_account, kinds_of
from ia_plugin.core.events.withdrawals import STATUS_UNKNOWN
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
KINDS = {
    "crime": ("Crime", "Recorded Crime", "CRIME REPORT", "Offence", "Crime (not an incident)", "Is crime: yes", "Crime log"),
    "incident": (
        "Incident", "Non-emergency call", "Was not a crime", "Non-urgent incident", "CAD", "CAD log", "Log", "999 call", "Call for service", "INCIDENT_LOG", "Non-crime", "Noncrime", "Non–crime", "Non - crime",
        "not a crime", "No crime", "Non-crime incident", "Crime-related incident", "Incident (not crimed)", "Not crime but incident", "Crime? No", "A.S.B.",
    ),
    "stop_search": ("Stop and Search", "Stop & Search", "Stop/Search", "stop_search", "StopSearch", "Stops and searches", "Person search"),
    "": (
        "Locally", "logged", "catalogue", "Cadet", "Research", "Unstoppable", "Bus stop", "C", "Occurrence", "Crime / incident", "Not an incident",
        "Neither crime nor incident", "No stop", "Possible crime",
    ),
}  # fmt: skip
GENERATORS = {
    "police": (
        "Police", "Police-generated", "Officer", "Self-generated", "Proactively by call handler", "Called by police", "Police (not public)", "Stop and search",
        "On view", "PROACTIVE",
    ),
    "public": (
        "Public", "Member of public", "Called in", "Non-emergency call", "999", "101 call", "Front counter", "Police station counter", "Reported to police by victim",
        "Victim called police", "Public (non-police)", "Bus stop witness", "Online",
    ),
    "unknown": (
        "Non-police", "Not police generated", "Non-proactive", "Neither police nor public", "Other than police", "Police?", "Police and public", "Republican",
        "Policed", "Unsolicited", "Recall", "stopped", "1010", "Call sign", "Bus stop", "Partner agency", "Housing officer", "At police station", "Reactive",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("default", ["crime", "incident"])
def test_kinds_are_whole_words_and_what_is_unknown_is_as_asked(kind, default):
    found = kinds_of(pd.Series(KINDS[kind]), default)
    assert dict(zip(KINDS[kind], found.words)) == dict.fromkeys(KINDS[kind], kind or default)
    assert found.unknown.all() == (kind == "") == found.unknown.any()


@pytest.mark.parametrize("who", GENERATORS)
def test_who_caused_a_record_is_whole_words_and_stays_unknown(who):
    found = generators_of(pd.Series(GENERATORS[who]), np.full(len(GENERATORS[who]), "public", dtype=object))
    assert dict(zip(GENERATORS[who], found.words)) == dict.fromkeys(GENERATORS[who], who)
    assert found.unknown.all() == (who == "unknown") == found.unknown.any()


def test_a_blank_cell_leaves_who_caused_it_to_the_category():
    found = generators_of(
        pd.Series([None, "", "Y", "N"]), np.array(["police", "public", "public", "police"], dtype=object), "Proactive"
    )
    assert found.words.tolist() == ["police", "public", "police", "unknown"]


@pytest.mark.parametrize(
    "category",
    [
        "Anti–social behaviour", "Anti—social behaviour", "Anti - social", "Anti – Social", "A.S.B.", "A. S. B.", "Anti\u2011social behaviour", "Anti−social",
        "Antisocial behavior", "ASB - nuisance", "ASB–Personal", "ANTI_SOCIAL_BEHAVIOUR", "AntiSocialBehaviour", "Anti\u00a0social", "anti\u00adsocial", "Noise/ASB",
        "Rowdy (anti social)", "Possible ASB",
    ],
)  # fmt: skip
def test_disorder_in_every_writing(category):
    assert is_disorder(category)


@pytest.mark.parametrize("category", ["White board", "Fasb", "Casbah", "Anti-socialist", "ASBO breach", "Breach of ASB injunction", "Anti-social behaviour order", "Non-ASB", "Not ASB", "A. Smith B."])  # fmt: skip
def test_what_is_no_disorder(category):
    assert not is_disorder(category)


# --- in an extract ----------------------------------------------------------------------------------------------------


def records(tmp_path, text, **more):
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    source, mapping = prepared(path, "events", **more)
    account = Account(source.name, "events")
    return read_records(source, mapping, KEY, account, ImportParams())[0], account


def test_kinds_that_are_blank_or_unknown_are_as_asked_and_counted(tmp_path):
    kinds = ["", "NULL", "Locally", "Occurrence", "Crime", "Non-crime"]
    text = "Log No,Type,Start,Record type\n" + "".join(f"{i},Noise,2024-06-03 09:00,{k}\n" for i, k in enumerate(kinds))
    found, account = records(tmp_path, text, event_kind="incident")
    assert found["kind"].tolist() == ["incident"] * 4 + ["crime", "incident"]
    assert account.warnings() == [
        "file.csv: 2 records do not tell their kind and count as incident.",
        "file.csv: 1 record tells its kind in unknown words ('Locally') and counts as incident.",
        "file.csv: 1 record tells its kind in unknown words ('Occurrence') and counts as incident.",
    ]


def test_who_caused_records_is_counted_where_it_is_unknown(tmp_path):
    text = "Log No,Type,Start,How reported\n1,Burglary,2024-06-03 09:00,Non-police\n2,Burglary,2024-06-03 09:00,\n3,Drugs,2024-06-03 09:00,999\n"
    found, account = records(tmp_path, text)
    assert found["generated_by"].tolist() == ["unknown", "public", "public"]
    assert [w for w in account.warnings() if "who caused them" in w and "1 record tells" in w]


@pytest.mark.parametrize(
    "column", ["Cancelled", "is_deleted", "Cancelled_flag", "Void", "Deleted?", "Annulé", "deleted at"]
)
def test_flags_withdraw_records_beside_any_status(tmp_path, column):
    yes = "2024-06-04 10:00" if column.endswith("at") else "Y"
    text = f"Log No,Type,Start,Status,{column}\n1,Noise,2024-06-03 09:00,Open,{yes}\n2,Noise,2024-06-03 09:00,Open,\n3,Noise,2024-06-03 09:00,Duplicate,\n"
    found, account = records(tmp_path, text)
    assert found["status"].tolist() == ["withdrawn", "current", "withdrawn"] and not account.warnings()
    assert sum(n for what, n in account.found.items() if "withdrawn by their status" in what) == 2


def test_several_flags_are_all_read(tmp_path):
    text = "Log No,Type,Start,Cancelled,Void,Is Duplicate\n" + "".join(
        f"{i},Noise,2024-06-03 09:00,{a},{b},{c}\n" for i, (a, b, c) in enumerate(["100", "010", "001", "000"])
    )
    found, account = records(tmp_path, text)
    assert found["status"].tolist() == ["withdrawn"] * 3 + ["current"]
    assert not {"Void", "Is Duplicate"} & set(account.left_out)


@pytest.mark.parametrize(
    "column", ["Statut", "Etat", "État", "Estado", "Stato", "Status_desc", "Log status", "Record State", "statusName"]
)
def test_the_status_under_other_names_and_in_other_languages(tmp_path, column):
    words = [
        "Annullata",
        "Annulé",
        "Storniert",
        "Cancelado",
        "Geannuleerd",
        "Cncld",
        "Nullified",
        "Canslwyd",
        "Open",
        "Non annulé",
    ]
    text = f"Log No,Type,Start,{column}\n" + "".join(f"{i},Noise,2024-06-03 09:00,{w}\n" for i, w in enumerate(words))
    found, account = records(tmp_path, text)
    assert found["status"].tolist() == ["withdrawn"] * 8 + ["current"] * 2 and not account.warnings()


def test_a_status_in_no_table_is_listed_and_names_nobody(tmp_path):
    words = ["Rejected", "Rejected", "Possible duplicate", "Jane Roe", "Open", "Under investigation"]
    text = "Log No,Type,Start,Status\n" + "".join(f"{i},Noise,2024-06-03 09:00,{w}\n" for i, w in enumerate(words))
    found, account = records(tmp_path, text)
    assert set(found["status"]) == {"current"}
    assert len(account.warnings()) == 3
    for shown, rows in (("'Rejected'", 2), ("'Possible duplicate'", 1), ("like 'aaaa aaa'", 1)):
        assert account.found[STATUS_UNKNOWN.format(shown)] == rows


def test_many_unknown_words_are_counted_together(tmp_path):
    text = "Log No,Type,Start,Status\n" + "".join(f"{i},Noise,2024-06-03 09:00,{'z' * (i + 1)}\n" for i in range(14))
    _, account = records(tmp_path, text)
    assert len(account.warnings()) == 11 and sum(n for w, n in account.found.items() if "though" in w) == 14


@pytest.mark.parametrize("category", ["ASB - PC Smith attended", "Anti–social behaviour 07700 900123"])
def test_disorder_whose_words_are_withheld_is_an_incident_all_the_same(tmp_path, category):
    found, _ = records(tmp_path, f"Crime No,Offence,Start\n1,{category},2024-06-03 09:00\n")
    assert found["category"].tolist() == ["(withheld)"] and found["kind"].tolist() == ["incident"]
    assert found["key_type"].tolist() == ["anti-social behaviour"]


# --- a stop without a search ------------------------------------------------------------------------------------------

ACCOUNTS = (
    "Stop and Account", "Stop & Account", "STOP_AND_ACCOUNT", "StopAndAccount", "Stop/Account", "Stops and accounts", "Stop and account (no search)",
    "Stop - no search", "Stop, not searched", "Stop and account only", "Stop & account: vehicle",
)  # fmt: skip
SEARCHES = (
    "Stop and Search",
    "Stop & Search",
    "Person search",
    "Searched",
    "Stop and account and search",
    "Search",
    "Vehicle stop",
)


@pytest.mark.parametrize("text", ACCOUNTS)
def test_a_stop_and_account_is_no_search(text):
    assert is_account(text)
    found = kinds_of(pd.Series([text]), "stop_search")
    assert found.words.tolist() == ["incident"] and not found.unknown.any()


@pytest.mark.parametrize("text", [*SEARCHES, "Bank account fraud", "Account", "Stop sign", ""])
def test_what_is_no_stop_and_account(text):
    assert not is_account(text)


def test_stops_and_accounts_among_searches_count_as_incidents_and_are_told(tmp_path):
    by_kind = "Stop ID,Stop date,Record type,Type\n1,2024-06-03 09:00,Stop and Account,Drugs\n2,2024-06-03 09:00,Stop and Search,Drugs\n"
    by_category = "Stop ID,Stop date,Stop type\n1,2024-06-03 09:00,Stop & Account\n2,2024-06-03 09:00,Person search\n"
    for text in (by_kind, by_category.replace("Stop type", "Type")):
        found, account = records(tmp_path, text, event_kind="stop_search")
        assert found["kind"].tolist() == ["incident", "stop_search"]
        assert found["generated_by"].tolist() == ["police", "police"]
        assert account.found[ACCOUNTS_SET_RIGHT] == 1 and not account.warnings()


# --- no false alarms --------------------------------------------------------------------------------------------------


def test_a_flag_of_proactive_work_says_no_without_a_warning():
    found = generators_of(pd.Series(["Y", "N", "0", "True", "Zzz"]), np.full(5, "public", dtype=object), "Proactive")
    assert found.words.tolist() == ["police", "unknown", "unknown", "police", "unknown"]
    assert found.unknown.tolist() == [False] * 4 + [True]


@pytest.mark.parametrize("source", ["Radio", "ALARM", "CCTV", "Intruder alarm", "Town centre CCTV", "Alarm company", "ANPR", "Unknown", "Not known", "Other"])  # fmt: skip
def test_how_a_call_came_in_is_known_and_tells_nobody(source):
    found = generators_of(pd.Series([source]), np.array(["public"], dtype=object), "Source")
    assert found.words.tolist() == ["unknown"] and not found.unknown.any()


def test_ordinary_statuses_and_codes_of_one_letter(tmp_path):
    words = ["Cleared", "Inactive", "Cleared - closed", "P", "7"]
    text = "Log No,Type,Start,Status\n" + "".join(f"{i},Noise,2024-06-03 09:00,{w}\n" for i, w in enumerate(words))
    _, account = records(tmp_path, text)
    assert set(account.found) & {STATUS_UNKNOWN.format(w) for w in ("'P'", "'7'")} == set(account.warned)
    assert len(account.warned) == 2


# --- a category that is blank ------------------------------------------------------------------------------------------


def read_rows(tmp_path, text, name="extract.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    return read_records(source, mapping, None, account)[0], account


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        ("Closing Code,Opening Code", [",Burglary", "Theft,Burglary", ","], ["Burglary", "Theft", "not recorded"]),
        ("Opening Code;Closing Code", ["Burglary;", "Burglary;Theft"], ["Burglary", "Theft"]),
        ("Closing Code,Closing Code Description,Opening Code", [",,Burglary", ",Robbery,Burglary"], ["Burglary", "Robbery"]),
        ("Final Incident Type,Initial Incident Type", ["-,Burglary", "N/A,Robbery"], ["Burglary", "Robbery"]),
        ("Offence Type,Offence Group", ["Burglary,Property", ",Property"], ["Burglary", "Property"]),
    ],
)  # fmt: skip
def test_a_blank_category_is_what_the_next_column_says(tmp_path, columns, rows, expected):
    by = ";" if ";" in columns else ","
    text = "".join(f"{i}{by}13/06/2024 10:00{by}{r}\n" for i, r in enumerate(rows))
    found, account = read_rows(tmp_path, f"Ref{by}Date{by}{columns}\n{text}")
    assert found["category"].tolist() == expected
    filled = [s for s in account.sentences() if "category from" in s]
    assert filled and "is blank" in filled[0]


def test_a_crime_that_is_no_crime_is_withdrawn_and_a_filled_category_has_its_key_type(tmp_path):
    rows = "C1,13/06/2024,No Crime,\nC2,13/06/2024,,Burglary\nC3,13/06/2024,CANCELLED,\n"
    found, account = read_rows(tmp_path, "Crime No,Date,Crime Type,Offence Group\n" + rows)
    assert found["status"].tolist() == ["withdrawn", "current", "withdrawn"] and found["key_type"][1] == "burglary"
    assert any("category (no crime)" in s for s in account.sentences())
