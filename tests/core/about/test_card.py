"""The governance card: offices and never people, nothing that cannot be read later, shown as declared."""

from dataclasses import fields
from datetime import date

import pytest

from ia_plugin.core.about.card import QUESTIONS, Card, checked_card, shown_card
from ia_plugin.core.disclosure.shown_texts import NOTE_WITHHELD
from ia_plugin.core.errors import ParameterError, PrivacyError

GOOD = {"owner": "Head of Intelligence", "contact": "Analysis office, analysis.team@example.police.uk"}


def test_questions_and_answers_are_the_same():
    assert [q.key for q in QUESTIONS] == [f.name for f in fields(Card)][:-1]


@pytest.mark.parametrize(
    "key, text",
    [
        ("owner", "Information Governance Board"),
        ("owner", "Chief Superintendent, Operations"),
        ("owner", "Data Protection Officer"),
        ("contact", "data.protection@example.police.uk"),
        ("contact", "gis-helpdesk@example.police.uk"),
        ("impact_assessment", "DPIA 2024/17, version 3"),
        ("purposes", "Describing presence beside crime and incidents; not for judging individuals"),
        ("retention", "90 days; summaries 7 years"),
        ("who_may_open", "Analysts: both files. Chief Officer Group and inspectors: the summary."),
        ("approved_by", "Chief Officer Group, 3 June 2024"),
        ("review_date", "2025-06-03"),
    ],
)
def test_offices_are_kept(key, text):
    assert getattr(checked_card({**GOOD, key: text}), key) == text


@pytest.mark.parametrize("key", ["owner", "contact", "approved_by"])
@pytest.mark.parametrize("text", ["Jane Smith", "Smith", "Michael", "Sgt Example", "PC 4512", "07700 900123", "jane.smith@example.uk", "jsmith@example.uk", "analysis.smith@example.uk"])  # fmt: skip
def test_people_are_refused_and_not_quoted(key, text):
    with pytest.raises(PrivacyError) as refused:
        checked_card({**GOOD, key: text})
    assert text not in str(refused.value)


@pytest.mark.parametrize("text", ["Ask Sgt Example first", "Jane Smith may open it", "Ring 07700 900123"])
def test_sentences_name_nobody_either(text):
    with pytest.raises(PrivacyError):
        checked_card({**GOOD, "who_may_open": text})


@pytest.mark.parametrize(
    "more, words",
    [
        ({"owner": "  "}, "“Owner of the data” is blank"),
        ({"contact": ""}, "“Whom to ask” is blank"),
        ({"review_date": "3 June"}, "is no date"),
        ({"review_date": "2025-02-30"}, "is no date"),
        ({"retention": "long " * 70}, "has 349 letters"),
    ],
)
def test_what_cannot_be_read_is_refused(more, words):
    with pytest.raises(ParameterError, match=words):
        checked_card({**GOOD, **more})


def test_blanks_between_words_are_one():
    assert checked_card({**GOOD, "retention": " 90 \n days "}).retention == "90 days"


def test_a_card_of_another_program_is_shown_without_persons():
    shown = shown_card({"owner": "Jane Smith", "contact": "Analysis office", "retention": None})
    assert (shown.owner, shown.contact, shown.retention) == (NOTE_WITHHELD, "Analysis office", "")


def test_a_review_that_is_over_is_said():
    card = checked_card({**GOOD, "review_date": "2024-06-03"})
    assert dict(card.lines(date(2024, 6, 3)))["Review date"] == "3 Jun 2024"
    assert dict(card.lines(date(2024, 6, 4)))["Review date"] == "3 Jun 2024: it has passed"
    assert dict(card.lines(date(2024, 6, 4)))["Retention"] == "not declared"
