"""The ethics sheet: the eight headings of ALGO-CARE, what the store tells on each, and what people must write themselves.

ALGO-CARE is the checklist of Oswald, Grace, Urwin & Barnes 2018 (Information & Communications Technology Law 27(2)), which UK forces
and their ethics committees use; the points of the Data Ethics Framework of the UK government stand after it. No program can answer
for a force: what is not in the store stands as *to complete*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Optional

import pandas as pd

from ..about.card import DECLARED, NO_CARD
from ..about.facts import About
from ..about.method import cannot_say, method_in_ten_lines
from ..about.page import NO_KEEPER
from ..filter_state import day_in_words, words_of_date
from ..html_page import PageTable, rendered
from ..marking import MARKING, checked_marking
from ..suppression import LEAST
from ..words import count_of, counted

REFERENCE = "Oswald, Grace, Urwin & Barnes 2018 (ALGO-CARE); Data Ethics Framework, HM Government 2020"
TITLE = "Ethics sheet: officer time in Impact Areas"
NO_RECORD = "The record of runs lies in the restricted half of the store, which was not read here: open the sheet where it lies."
RESTRICTED = "restricted"
TO_COMPLETE = "To complete"


@dataclass(frozen=True)
class Heading:
    """One heading: what it asks, what the store tells on it, and what people must write.

    Attributes
    ----------
    title, asks : "Advisory", and its question
    known : sentences of the store
    to_complete : questions to those who answer for the use
    tables : (what a table is of, the table)
    """

    title: str
    asks: str
    known: tuple[str, ...]
    to_complete: tuple[str, ...]
    tables: tuple[tuple[str, PageTable], ...] = ()


def ethics_sheet(
    about: About, today: date, *, uses: Optional[pd.DataFrame] = None, flags: Optional[pd.DataFrame] = None
) -> tuple[Heading, ...]:
    """The eight headings of ALGO-CARE for a store.

    Parameters
    ----------
    about : what the store tells of itself
    today : for the review date of its governance card
    uses : of :func:`ia_plugin.store.uses.uses_of`; None where the record may not be read
    flags : flags on figures, each with its ``status``; None where they are not known
    """
    return (
        _advisory(),
        _lawful(about, today),
        _granularity(about),
        _ownership(about, today),
        _challengeable(uses, flags),
        _accuracy(about),
        _responsible(about, uses),
        _explainable(about),
    )


# --- the headings -----------------------------------------------------------------------------------------------------


def _advisory() -> Heading:
    return Heading(
        "Advisory", "Does a person decide, with the output as advice?",
        (
            "Every figure describes the past; none predicts, scores or ranks a person or a place.",
            "Figures carry their likely range, and read “cannot tell” where the data do not bear an answer.",
            "No output ranks officers or units, and single movements are opened for a recorded purpose alone.",
        ),
        ("Who decides on deployment with these figures, and what else do they look at?", "Was any decision made against the figures, and why?"),
    )  # fmt: skip


def _lawful(about: About, today: date) -> Heading:
    card = about.card
    declared = dict(card.lines(today)) if card is not None else {}
    known = tuple(
        f"{label}: {declared[label]}."
        for label in ("Impact assessment", "Permitted purposes", "Retention", "Approved by")
        if label in declared
    )
    return Heading(
        "Lawful", "What is the policing purpose, and is the interference with privacy necessary and proportionate?",
        (*(known or (NO_CARD,)), *((DECLARED,) if known else ()), "Collar numbers are keyed pseudonyms from import on; gender, age and ethnicity of members of the public are not read."),
        ("On what legal basis are radio positions processed for this purpose (Data Protection Act 2018, part 3)?", "What less intrusive way was considered, and why was it not enough?", "Were officers, their federation and unions told?"),
    )  # fmt: skip


def _granularity(about: About) -> Heading:
    to = tuple(f"Data of {what} reach to {when}." for what, when in about.data_to)
    sources = PageTable.of(
        ["extracts", "files", "rows", "kept"],
        [[s.label, f"{s.files:,}", f"{s.read:,}", f"{s.kept:,}"] for s in about.sources],
    )
    return Heading(
        "Granularity", "Are the figures as fine as their purpose needs and their data bear, and no finer?",
        (
            f"What anyone may read tells areas, hours and activities with all units together; units of whole closed months, {LEAST} officers at the least.",
            "Time that nobody observed is neither presence nor absence, and is told beside every figure.",
            *to, *filter(None, [about.observed.sentence]),
        ),
        ("Which areas and hours are too small, or too thinly observed, to act upon?",),
        (("What went in", sources),) if about.sources else (),
    )  # fmt: skip


def _ownership(about: About, today: date) -> Heading:
    rows = about.card.lines(today) if about.card is not None else ()
    table = PageTable(("question", "declared"), tuple(rows))
    return Heading(
        "Ownership", "Who owns the data and the method, and who may use, read and change them?",
        (
            *(() if rows else (NO_CARD,)),
            "The method is open source (GPL-2.0-or-later) and can be read, run and changed by the force.",
            f"The store is “{about.name}”. {NO_KEEPER}",
        ),
        ("Which groups have access to the restricted half of the store, and when was that list last checked?", "Who answers when the supplier of the radio data changes its form?"),
        (("Governance card", table),) if rows else (),
    )  # fmt: skip


def _challengeable(uses: Optional[pd.DataFrame], flags: Optional[pd.DataFrame]) -> Heading:
    known = [
        "Every figure has a number by which it is opened again, and is told the same or with what changed it.",
        "Anyone who reads a figure can flag it; an officer's own day can be held against its source rows.",
    ]
    if flags is not None:
        by = flags["status"].value_counts() if len(flags) else {}
        known.append(
            f"Flags on figures: {', '.join(f'{n:,} {status}' for status, n in sorted(dict(by).items()))}."
            if len(flags)
            else "No figure was flagged."
        )
    tables: tuple[tuple[str, PageTable], ...] = ()
    if uses is None:
        known.append(NO_RECORD)
    else:
        rows = [
            [
                r["what"],
                r["purpose"],
                r["audience"],
                r["outcome"],
                f"{r['runs']:,}",
                f"{r['people']:,}",
                day_in_words(r["last"].date()),
            ]
            for r in uses.to_dict("records")
        ]
        tables = (
            (
                "Runs, look-ups and exports on record",
                PageTable(
                    ("what", "purpose", "audience", "outcome", "times", "users", "last"), tuple(map(tuple, rows))
                ),
            ),
        )
    return Heading(
        "Challengeable", "How is the use overseen and audited, and how can it be challenged?",
        tuple(known),
        ("Who reads the record of runs, and how often?", "How does an officer or a resident ask what was looked at, and whom?"),
        tables,
    )  # fmt: skip


def _accuracy(about: About) -> Heading:
    quality = (
        [about.nothing_found]
        if about.nothing_found
        else [f"{f.sentence} {f.consequence}" for f in about.findings or ()]
    )
    model = (
        f"The movement model was calibrated on labelled shifts of {about.way.officers:,} officers of the force."
        if about.way.officers
        else "The movement model was not checked on this force's own shifts: how officers moved is an estimate."
    )
    return Heading(
        "Accuracy", "Does the method fit the aim, and is its accuracy checked again and again?",
        (f"{about.beta}.", *about.agreement.sentences(), *quality, model),
        ("When is the next manual check against the source systems, and who does it?", "What error would lead to a wrong decision, and was it ever seen?"),
    )  # fmt: skip


def _responsible(about: About, uses: Optional[pd.DataFrame]) -> Heading:
    known = ["The permitted purposes stand on a list; judging individuals is not among them."]
    if uses is not None:
        opened = uses[(uses["audience"] == RESTRICTED) & (uses["outcome"] == "done")]
        known.append(
            f"Restricted cells or single movements were looked at {count_of(int(opened['runs'].sum()), 'times')} on record."
        )
        # Who looked, and why, is for the owner of the record: the page About these data tells it there.
        known.append(f"Officers at whom somebody looked again within thirty days: {len(about.looks):,}.")
    return Heading(
        "Responsible", "Is the use fair, transparent and in the public interest?",
        tuple(known),
        ("What do communities in Impact Areas know of this use, and what did they say?", "What is looked at to see whether searches are fair between ethnic groups?", "What use would be stopped at once, and by whom?"),
    )  # fmt: skip


def _explainable(about: About) -> Heading:
    return Heading(
        "Explainable", "Can the rules be explained to those who act upon them and those who are affected?",
        (*method_in_ten_lines(about.way), *(f"No figure tells {s[0].lower()}{s[1:]}" for s in cannot_say())),
        ("Who explained the ranges and “cannot tell” to the board, and was it understood?",),
    )  # fmt: skip


FRAMEWORK = (
    ("Transparency", "Explainable, Challengeable"),
    ("Accountability", "Ownership, Challengeable"),
    ("Fairness", "Responsible, Accuracy"),
    ("Define and understand public benefit and user need", "Advisory, Responsible"),
    ("Involve diverse expertise", "Responsible"),
    ("Comply with the law", "Lawful"),
    ("Review the quality and limitations of the data", "Granularity, Accuracy"),
    ("Evaluate and consider wider policy implications", "Responsible"),
)
"""The principles and actions of the Data Ethics Framework, with the headings under which they are answered here."""


def ethics_html(sheet: tuple[Heading, ...], about: About, today: date, *, marking: str = MARKING) -> str:
    """The sheet as one HTML page, which a word processor opens too.

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 is missing.
    """
    checked_marking(marking)
    asked = sum(len(h.to_complete) for h in sheet)
    refreshed = (
        f"last refresh {words_of_date(about.refreshed.at[:10])}"
        if about.refreshed is not None
        else "no refresh on record"
    )
    return rendered(
        "ethics.html.j2",
        marking=marking, checked=about.agreement.checked, title=TITLE, sheet=sheet, to_complete=TO_COMPLETE, reference=REFERENCE,
        framework=PageTable(("point of the framework", "answered under"), FRAMEWORK),
        about=f"store {about.name}; {refreshed}; drawn up on {day_in_words(today)}",
        waiting=counted(asked, "questions wait for people's own words"),
    )  # fmt: skip


__all__ = ["Heading", "ethics_html", "ethics_sheet"]
