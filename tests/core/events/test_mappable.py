"""Which events may stand as points on a map that anyone may open."""

import pandas as pd
import pytest

from ia_plugin.core.events.mappable import may_be_mapped, place_is_sensitive


@pytest.mark.parametrize(
    "category",
    [
        "Violence and sexual offences", "RAPE OF A FEMALE UNDER 16", "Sex offences", "Indecent exposure", "Domestic abuse - verbal",
        "DOMESTIC INCIDENT", "Domestic violence: actual bodily harm", "Child protection", "Stalking", "Harassment w/out violence",
        "Concern for safety", "Concern-for-welfare", "Missing person", "Mental health", "Attempted suicide", "Self-harm", "S136",
        "Honour based abuse", "Forced marriage", "Hate crime", "Modern slavery", "Coercive control", "Häusliche Gewalt",
        "Violences conjugales", "Huiselijk geweld", "Viol en réunion", "Missing from home", "08/56", "", None, "20", "X1",
        "MISPER - high risk", "S.136 MHA", "Assault by penetration", "Breach of restraining order", "AWOL patient", "Racially aggravated damage", "Homophobic abuse",
        "Cuckooing", "RSO visit", "Kidnap", "Unexplained death", "Drink spiking", "(withheld)", "(withheld 3fa9c2)",
    ],
)  # fmt: skip
def test_places_that_lead_to_a_person_in_need_are_no_points(category):
    assert place_is_sensitive(category)


@pytest.mark.parametrize(
    "category",
    [
        "Burglary", "Burglary - domestic", "Domestic burglary", "Theft from the person", "Robbery", "Shoplifting", "Criminal damage and arson",
        "Drugs", "Anti-social behaviour", "Public order", "Vehicle crime", "Road traffic collision", "Offensive weapons", "ASB",
        "Violence with injury", "Cyclist injured", "Street drinking", "Einbruch", "Grapes stolen from a stall", "Violin stolen", "Missing property",
        "Racing vehicles", "Refugee camp fire", "Cuckoo clock stolen", "Blue badge misuse", "Faithful friends", "Religious event",
    ],
)  # fmt: skip
def test_what_harms_nobody_by_its_place_may_be_mapped(category):
    assert not place_is_sensitive(category)


def test_the_public_mix_is_no_point_wherever_it_lies():
    """A street of few homes, and the middle of it is a home's place: published elsewhere, but not beside a force's figures."""
    events = pd.DataFrame(
        {"category": ["Violence and sexual offences", "Violence with injury", "Rape"], "location_precision": "snapped"}
    )
    assert may_be_mapped(events).tolist() == [False, True, False]


def test_a_force_closes_any_category_and_opens_codes_alone():
    """Yes, no and nothing of: a harmless word, a code, a sexual offence, nothing at all."""
    words = ["Shoplifting", "08/56", "Rape of a female", None]
    events = pd.DataFrame({"category": words * 3, "sensitive": [True] * 4 + [False] * 4 + [None] * 4})
    assert may_be_mapped(events).tolist() == [False] * 4 + [True, True, False, False] + [True, False, False, False]
    assert may_be_mapped(events.iloc[:0]).tolist() == []
