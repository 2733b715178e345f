"""Which categories are key types, by the names that the Home Office and forces give them, and where disorder is an offence."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.events.extracts import read_records
from ia_plugin.core.events.key_types import counted_kinds, is_disorder, key_types, with_key_types
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.privacy import Key

KEY = Key(b"a key of sixteen bytes or more")
TYPES = {
    "burglary": (
        "Burglary", "Burglary - Residential", "BURGLARY DWELLING", "Residential Burglary", "Burglary (Business and Community)", "Aggravated Burglary", "Attempted burglary",
        "Non-domestic burglary", "Burglary in a building other than a dwelling", "burglary_residential", "28A Burglary in a dwelling", "Burg Dwelling", "Distraction burglaries",
    ),
    "robbery": ("Robbery of Personal Property", "Robbery of Business Property", "Personal Robbery", "ROBBERY - KNIFE", "Knife enabled robbery", "Assault with intent to rob"),
    "vehicle crime": (
        "Theft from Motor Vehicle", "Theft from a Vehicle", "Theft of a motor vehicle", "Theft or Unauthorised Taking of Motor Vehicle", "Vehicle Offences", "TWOC",
        "Aggravated Vehicle Taking", "Interfering with a motor vehicle", "Vehicle interference", "Interfering with Motor Vehicles", "Vehicle - theft from", "Theft from the motor vehicle (attempt)", "Vehicle Crime - Theft from",
    ),
    "violence": (
        "Violence with Injury", "Violence without Injury", "Violence Against the Person", "Common Assault", "Assault without injury - ASB", "S47 Assault occasioning ABH",
        "Wounding / GBH", "Homicide", "Stalking and Harassment", "Harassment (ASB)", "Rape of a female", "Other sexual offences", "Malicious Communications", "Threats to kill",
    ),
    "weapons": ("Possession of Weapons Offences", "Possession of an offensive weapon", "Having an article with a blade or point", "Knife crime", "Possession of firearms with intent"),
    "drugs": ("Drug Offences", "Trafficking of Drugs", "Possession of Drugs", "Possession of controlled drugs (cannabis)", "Drugs - supply", "Class A drugs"),
    "anti-social behaviour": (
        "ASB - Personal", "Anti-social behaviour", "Rowdy or Inconsiderate Behaviour", "ROWDY / NUISANCE", "Nuisance neighbours", "Street drinking", "Vehicle nuisance",
        "ASB - drug use", "Antisocial - Environmental",
    ),
    None: (
        "Criminal Damage & Arson", "Criminal damage to a vehicle", "Arson ASB", "Criminal damage (ASB related)", "Theft from the person", "Shoplifting", "Bicycle theft",
        "Theft of pedal cycle", "Other Theft Offences", "Public Order - affray", "Public Order: fear or provocation of violence", "Violent disorder",
        "Racially aggravated harassment, alarm or distress", "Burglar alarm", "Drink/drugs driving", "Lost property", "Missing person", "Not a burglary", "Fraud",
    ),
}  # fmt: skip


@pytest.mark.parametrize("key_type", TYPES)
def test_the_usual_names_of_each_key_type(key_type):
    found = with_key_types(pd.Series(TYPES[key_type]), key_types())
    assert dict(zip(TYPES[key_type], found.key_type)) == dict.fromkeys(TYPES[key_type], key_type)


def test_who_generates_a_category_is_known_by_its_phrase():
    said = pd.Series(["Burglary - Residential", "Possession of Drugs", "Criminal Damage & Arson", "Public Order - affray", "Lost property", None])  # fmt: skip
    found = with_key_types(said, key_types())
    assert found.generated_by.tolist() == ["public", "police", "public", "unknown", "unknown", "unknown"]
    assert found.listed.tolist() == [True] * 4 + [False] * 2


NAMED = (
    "Criminal damage (ASB related)", "Assault without injury - ASB", "Harassment (ASB)", "Arson ASB", "Burglary (anti-social behaviour)", "ASB related criminal damage",
    "Criminal Damage/ASB", "Public order - ASB", "Theft - A.S.B. element", "ASB - assault", "Shoplifting, ASB", "Possession of drugs (ASB)", "ASB-related drug offences",
)  # fmt: skip
DISORDER = ("ASB", "ASB - vehicle", "Noise/ASB", "ASB nuisance", "ASB - drug use", "Rowdy or Inconsiderate Behaviour", "Possible ASB", "ASB - Burglar alarm")  # fmt: skip


@pytest.mark.parametrize("category", NAMED)
def test_disorder_that_is_said_of_a_named_offence_leaves_a_crime_a_crime(category):
    assert not is_disorder(category)
    assert counted_kinds(pd.Series(["crime"]), pd.Series([category])).tolist() == ["crime"]
    assert with_key_types(pd.Series([category]), key_types()).key_type[0] != "anti-social behaviour"


@pytest.mark.parametrize("category", DISORDER)
def test_disorder_itself_is_an_incident(category):
    assert counted_kinds(pd.Series(["crime"]), pd.Series([category])).tolist() == ["incident"]


def test_an_incident_under_the_head_of_disorder_is_disorder_whatever_its_sort():
    said = pd.Series(["ASB - harassment", "ASB - harassment", "Harassment - ASB"])
    kinds = np.array(["incident", "crime", "incident"], dtype=object)
    assert with_key_types(said, key_types(), kinds).key_type.tolist() == [
        "anti-social behaviour",
        "violence",
        "violence",
    ]


def test_the_object_of_a_search_is_sorted_by_whole_categories_alone():
    said = pd.Series(["Drugs", "Article for use in theft", "Offensive weapons found in burglary"])
    assert with_key_types(said, key_types(), "stop_search").key_type.tolist() == ["drugs", None, None]


def test_a_force_has_its_own_table_and_its_phrases():
    own = pd.DataFrame(
        {
            "category": ["Violence with injury", "Hare coursing", "Other", "Burglary - shed"],
            "key_type": ["violence with injury", "rural crime", "rest", "shed"],
            "generated_by": ["public", "police", "public", "public"],
        }
    )
    said = pd.Series(["Violence with Injury (S20)", "Violence without injury", "Hare-coursing (dogs)", "Other robbery", "Burglary - Shed", "Burglary", "other"])  # fmt: skip
    found = with_key_types(said, own).key_type.tolist()
    assert found == ["violence with injury", None, "rural crime", None, "shed", None, "rest"]


def test_categories_without_a_key_type_are_counted(tmp_path):
    path = tmp_path / "crimes.csv"
    kinds = ["Burglary - Residential", "Cruelty to owls", "Cruelty to owls", "Zzyx", "Shoplifting", ""]
    path.write_text("Crime No,Offence,Start\n" + "".join(f"{i},{k},2024-06-03 09:00\n" for i, k in enumerate(kinds)), "utf-8")  # fmt: skip
    source, mapping = prepared(path, "events")
    account = Account(source.name, "events")
    found, _ = read_records(source, mapping, KEY, account)
    assert found["key_type"].fillna("none").tolist() == ["burglary", *["none"] * 5]
    told = [w for w in account.sentences() if "no table" in w]
    assert len(told) == 1 and told[0].startswith("3 records have no key type") and "(2 categories, such as " in told[0]
    assert ["withheld" in w for w in account.warnings()] == [True]  # nobody knows yet whether owls name somebody
