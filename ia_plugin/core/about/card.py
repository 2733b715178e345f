"""The governance card: who answers for the data, by which assessment, how long they are kept, who may open them.

It is what the force declares, entered once and shown as declared: no program can hold anyone to it. A new card supersedes the one
before, which stays. It names offices, never people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Optional

from ..disclosure.shown_texts import NOTE_WITHHELD
from ..errors import ParameterError, PrivacyError
from ..filter_state import day_in_words
from ..imports.person_names import FAMILY, GIVEN
from ..imports.vocabulary import tokens_of, vocabulary
from ..imports.words import mentions_a_person, names_a_person
from ..sentence import phrase, sentence

LONGEST = 300  # letters of one answer
DECLARED = phrase("As the force declares it. The program shows this card and enforces none of it.")
NO_CARD = phrase(
    "No governance card was entered: nobody has declared who answers for these data, for what they may be used, or how long they are kept."
)
_OFFICES = frozenset(
    "analytics asset contact dpo dpia enquiries foi gis governance helpdesk hub info insight inbox mailbox performance protection records research sar".split()
)
_MAILBOX = re.compile(r"([\w.+-]+)@(?:[\w-]+\.)+\w+")
_OFFICE_OF_OFFICERS = re.compile(
    r"\b(?:chief |protection |responsible )?officers?'?s? (?=([A-Z][a-z]+))", re.IGNORECASE
)


@dataclass(frozen=True)
class Question:
    """One line of the card: its key, what it is called, what helps to answer it, and whether it names an office."""

    key: str
    label: str
    help: str
    office: bool = False
    needed: bool = False


QUESTIONS = (
    Question("owner", phrase("Owner of the data"), phrase("The office that answers for them, such as: Head of Intelligence."), office=True, needed=True),
    Question("contact", phrase("Whom to ask"), phrase("An office, or its shared mailbox such as analysis.team@force.police.uk."), office=True, needed=True),
    Question("impact_assessment", phrase("Impact assessment"), phrase("Its reference, such as: DPIA 2024/17.")),
    Question("purposes", phrase("Permitted purposes"), phrase("What the data may be used for. Judging individuals is not among them.")),
    Question("retention", phrase("Retention"), phrase("How long single movements are kept, such as: 90 days; summaries: 7 years.")),
    Question("who_may_open", phrase("Who may open it"), phrase("Which groups, for restricted and for summary data.")),
    Question("approved_by", phrase("Approved by"), phrase("The office or board that approved this, with the day."), office=True),
    Question("review_date", phrase("Review date"), phrase("As YYYY-MM-DD: when the card is to be looked at again.")),
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What was declared, as text; "" where nothing was. `recorded` is the day it was entered, in words."""

    owner: str = ""
    contact: str = ""
    impact_assessment: str = ""
    purposes: str = ""
    retention: str = ""
    who_may_open: str = ""
    approved_by: str = ""
    review_date: str = ""
    recorded: str = ""

    def as_dict(self) -> dict[str, str]:
        """The answers by key, in the order of :data:`QUESTIONS`."""
        return {q.key: str(getattr(self, q.key)) for q in QUESTIONS}

    def is_overdue(self, today: date) -> bool:
        """Whether the review date has passed."""
        day = _day(self.review_date)
        return day is not None and day < today

    def lines(self, today: date) -> list[tuple[str, str]]:
        """(what it is called, what was declared) of each question; dates in words."""
        found = []
        for question in QUESTIONS:
            text = getattr(self, question.key)
            if question.key == "review_date" and (day := _day(text)) is not None:
                text = day_in_words(day)
                text = sentence("{day}: it has passed", day=text) if self.is_overdue(today) else text
            found.append((question.label, text or phrase("not declared")))
        return found


def checked_card(answers: Mapping[str, object]) -> Card:
    """A card as it may be kept and shown to everybody who reads the summary.

    Raises
    ------
    ParameterError
        for an answer that is missing or too long, or a review date that is none.
    PrivacyError
        for an answer that may name or reach a person; the message names the question, not the answer.

    Examples
    --------
    >>> checked_card({"owner": "Head of Intelligence", "contact": "analysis.team@example.police.uk"}).contact
    'analysis.team@example.police.uk'
    """
    texts = {q.key: " ".join(str(answers.get(q.key) or "").split()) for q in QUESTIONS}
    for question in QUESTIONS:
        text = texts[question.key]
        if question.needed and not text:
            raise ParameterError(sentence("“{question}” is blank.", question=question.label), question.help)
        if len(text) > LONGEST:
            raise ParameterError(
                sentence("“{question}” has {n} letters.", question=question.label, n=len(text)),
                sentence("Say it in {n}.", n=LONGEST),
            )
        if _tells_a_person(text, question):
            raise PrivacyError(
                sentence(
                    "“{question}” may name or reach a person, and everybody who reads the summary reads the card.",
                    question=question.label,
                ),
                "Give the office, its shared mailbox or the role instead.",
            )
    if texts["review_date"] and _day(texts["review_date"]) is None:
        raise ParameterError("“Review date” is no date.", "Write it as 2025-03-31, or leave it blank.")
    return Card(**texts)


def shown_card(values: Mapping[str, object], recorded: str = "") -> Card:
    """A kept card as it is shown: what may name a person is withheld, for a file may come from anywhere."""
    texts = {}
    for question in QUESTIONS:
        value = values.get(question.key)
        text = " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""
        texts[question.key] = NOTE_WITHHELD if _tells_a_person(text, question) else text
    return Card(**texts, recorded=recorded)


def _tells_a_person(text: str, question: Question) -> bool:
    if not text or _day(text) is not None:
        return False
    for box in _MAILBOX.finditer(text):
        if not _is_of_an_office(box[1]):
            return True
    # What is left once offices are out: "Chief Officer Group" is none, "Officer Example" is one.
    rest = _MAILBOX.sub("", text)
    rest = _OFFICE_OF_OFFICERS.sub(lambda m: "" if m[1].lower() in vocabulary().words else m[0], rest).strip(" ,;:")
    if not question.office:
        return mentions_a_person(rest)
    words = tokens_of(rest)
    return names_a_person(rest) or (len(words) == 1 and words[0] in GIVEN | FAMILY)


def _is_of_an_office(local: str) -> bool:
    """Whether a mailbox is called after an office: each word of its name is one of police work, and none a person's."""
    words = [w for w in re.split(r"[\W\d_]+", local.lower()) if w]
    known = vocabulary().words | _OFFICES
    return bool(words) and all(w in known and w not in GIVEN and w not in FAMILY for w in words)


def _day(text: str) -> Optional[date]:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
