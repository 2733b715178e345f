"""What the answers rest on: the data and their checks, the movement model, and by what the report was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Optional

from ..about.facts import About
from ..about.method import cannot_say, method_in_ten_lines
from ..about.page import about_html
from ..filter_state import FilterState
from ..html_page import PageTable
from ..material.days import days_asked, days_of_data
from ..material.summary_tables import Material
from ..movement.likely_shares import checked_on_force
from ..words import count_of, ratio
from .chapter import Chapter

NO_STORE = "The figures were computed from layers, whose quality Data quality tells."
QUALITY = "The data and their quality"
METHOD = "The method, and what it cannot say"
CALIBRATED = "It was calibrated on labelled shifts of the force's own."
NOT_CALIBRATED = (
    "It has not been checked on this force's officers: treat foot, vehicle and stopped as estimates until it was."
)
SUMS = "Each leg between two reports has a probability of being on foot, in a vehicle or stopped; shares of time add these up, and what nobody can tell stands first."
NOT_FOR = "It must not be used to judge one officer, one journey or one leg."
SCORES = {"macro_f1": "macro-F1", "accuracy_by_time": "accuracy by time", "calibration_error": "calibration error"}


def data_chapters(material: Material, state: FilterState, about: Optional[About], today: date) -> tuple[Chapter, ...]:
    """The data of the period, and all that the store tells of itself; of layers the method alone.

    Parameters
    ----------
    about : what the store tells of itself; None for layers
    today : for the review date of the governance card
    """
    there, asked = days_of_data(material, state), len(days_asked(state))
    days = f"There are data of officers' time on {there} of the {count_of(asked, 'days')} of the period."
    if about is not None:
        # Who looked at one officer, and why, is for the owner of the record, on the page About these data: a report goes further.
        # A path may have a person's name in it, and a report goes to many.
        for_many = replace(about, looks=(), folder=about.name)
        return (Chapter(QUALITY, (days,), body=_one_level_down(about_html(for_many, today))),)
    return (Chapter(QUALITY, (days, NO_STORE)), Chapter(METHOD, method_in_ten_lines(), caveats=cannot_say()))


def _one_level_down(page: str) -> str:
    """The body of a page as part of another: without its title, its headings a level lower."""
    return re.sub(r"<(/?)h2>", r"<\1h3>", re.sub(r"<h1>.*?</h1>", "", page))


def model_chapter(material: Material, provenance: Mapping[str, Any]) -> Chapter:
    """The movement model's card.

    Parameters
    ----------
    provenance : of the model, as its file tells it
    """
    rows = [
        [f"{seconds} s" if str(seconds).isdigit() else str(seconds), *(ratio(scored.get(s)) for s in SCORES)]
        for seconds, scored in dict(provenance.get("scores", {})).items()
    ]
    people = f", of {provenance['users']} people" if "users" in provenance else ""
    fitted = f"Fitted on {provenance.get('data', 'data that its file does not name')}{people}."
    table = PageTable.of(["a fix every", *SCORES.values()], rows)
    return Chapter(
        "Card of the movement model",
        (SUMS, fitted, CALIBRATED if checked_on_force(material.share_spread) else NOT_CALIBRATED),
        tables=(("Cross-validated by person, foot against vehicle", table),) if rows else (),
        caveats=(NOT_FOR,),
    )


def made_chapter(**tables: Mapping[str, str]) -> Chapter:
    """By what the report was made, so that it can be made again: what a table is of -> name -> value."""
    found = [
        (title.replace("_", " ").capitalize(), PageTable(("", ""), tuple(rows.items())))
        for title, rows in tables.items()
        if rows
    ]
    return Chapter("How to make this report again", tables=tuple(found))


__all__ = ["data_chapters", "made_chapter", "model_chapter"]
