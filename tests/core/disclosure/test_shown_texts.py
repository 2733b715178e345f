"""What others read of the analyst's own texts: notes without persons, and a warning of names of areas."""

import pandas as pd
import pytest

from ia_plugin.core.disclosure.shown_texts import NOTE_WITHHELD, odd_names_in_words, safe_notes


@pytest.mark.parametrize(
    "text",
    [
        "PC Thornwick off sick", "Sgt. Zzyx moved", "PC 4512 has no radio", "John Thornwick complained", "call 07700 900123",
        "mail a.b@example.org", "victim at 14 Acacia Road", "B70 8AA only", "suspect born 1990", "AB12 CDE was seen",
    ],
)  # fmt: skip
def test_a_note_that_may_name_a_person_is_withheld_with_a_mark(text):
    notes = pd.DataFrame({"from": ["2024-06-01", "2024-06-02"], "text": [text, "Football"]})
    assert safe_notes(notes)["text"].tolist() == [NOTE_WITHHELD, "Football"]


@pytest.mark.parametrize(
    "text",
    [
        "CONNECT since 01/06/2024", "Radios of the Response team changed", "High Street closed for works, 5 officers left the road",
        "Notting Hill Carnival", "Price rise and Young people's day", "10,000 visitors 2024-06-01 to 2024-06-03", "Victoria Road market", "",
    ],
)  # fmt: skip
def test_a_note_that_names_nobody_is_shown(text):
    notes = pd.DataFrame({"text": [text, None]})
    assert safe_notes(notes)["text"].tolist()[0] == text


def test_names_of_areas_that_look_like_persons_are_counted_and_not_quoted():
    names = [
        "John Thornwick",
        "14 Acacia Road",
        "E01008881",
        "Sandwell 012B",
        "Old Town",
        "Victoria Park",
        "07700 900123",
    ]
    said = odd_names_in_words(pd.DataFrame({"area_id": names}))
    assert said.startswith("3 areas have names that look like") and "Thornwick" not in said and "Acacia" not in said
    assert odd_names_in_words(pd.DataFrame({"area_id": names[2:6]})) == ""
    assert odd_names_in_words(pd.DataFrame({"area_id": ["a1"], "name": ["Sgt Thornwick"]})).startswith(
        "1 area has a name"
    )
