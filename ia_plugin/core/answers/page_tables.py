"""The tables of the answers in words: what a page and a report show of each question, without columns of which nothing is known."""

from __future__ import annotations

import pandas as pd

from ..html_page import PageTable
from ..material.places import PLACE_NAMES
from ..summaries.zones import REST, role_label
from ..words import DASH, number, range_of
from .figure_words import bare

PLACES = (role_label("impact"), role_label("comparison"), REST)


def time_rows(tables: dict[str, pd.DataFrame], base: int, _: int) -> PageTable:
    header = ["", "role", "officer hours", "likely", "share %", "h per km²", "h per 1,000 residents", "cover h", "visits", "period before", "a year before"]  # fmt: skip
    rows = []
    for r in tables["time"].to_dict("records"):
        likely = range_of(r["officer_hours"], r["officer_hours_low"], r["officer_hours_high"], "h")
        away = bool(base) and r["officer_hours"] == 0  # of hours that were rounded away there is no share
        rows.append([r["name"], "" if r["place"] in PLACE_NAMES else r["role"], number(r["officer_hours"], "h", base), likely,
                     DASH if away else number(r["share_percent"], "%"), DASH if away else number(r["hours_per_km2"], "h per km²"),
                     number(r["hours_per_1000_residents"], "h per 1,000 residents"), number(r["cover_hours"], "h", base), number(r["visits"], "", base),
                     number(r["officer_hours_before"], "h", base), number(r["officer_hours_year_before"], "h", base)])  # fmt: skip
    return PageTable.of(header, rows)


def searches_rows(tables: dict[str, pd.DataFrame], base: int, counts: int) -> PageTable:
    rows = [
        [
            r["name"],
            number(r["searches"], "", counts),
            bare("found", r["found_percent"], "%", base),
            number(r["searches_before"]),
            bare("found", r["found_percent_before"], "%"),
        ]
        for r in tables["searches"].to_dict("records")
    ]
    return PageTable.of(["", "searches", "object found %", "period before", "object found %"], rows)
