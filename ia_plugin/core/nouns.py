"""What is counted, of one and of several with their verbs, and the units that amounts are said in; translators find each by itself."""

from __future__ import annotations

import re

from .sentence import phrases

ONE = {
    "accuracies": "accuracy", "areas": "area", "categories": "category", "columns": "column",
    "comparison areas": "comparison area", "crimes": "crime", "crimes and incidents": "crime or incident", "dates": "date",
    "days": "day", "ends": "end", "events": "event", "files": "file", "fixes": "fix", "footers": "footer", "hours": "hour",
    "ids": "id", "incidents": "incident", "legs": "leg", "lines": "line", "numbers": "number", "officers": "officer",
    "officer hours": "officer hour", "offsets": "offset", "pairs": "pair", "periods": "period", "places": "place",
    "positions": "position", "postings": "posting", "radios": "radio", "recorded crimes": "recorded crime", "records": "record",
    "references": "reference", "rows": "row", "searches": "search", "speeds": "speed", "stops and searches": "stop and search",
    "times": "time", "values": "value", "visits": "visit", "weeks": "week",
}  # fmt: skip
NOUNS = phrases(
    "accuracies", "accuracy", "area", "areas", "categories", "category", "column", "columns", "comparison area",
    "comparison areas", "crime", "crime or incident", "crimes", "crimes and incidents", "date", "dates", "day", "days",
    "end", "ends", "event", "events", "file", "files", "fix", "fixes", "footer", "footers", "hour", "hours", "id",
    "ids", "incident", "incidents", "leg", "legs", "line", "lines", "number", "numbers", "officer", "officer hour",
    "officer hours", "officers", "offset", "offsets", "pair", "pairs", "period", "periods", "place", "places",
    "position", "positions", "posting", "postings", "radio", "radios", "record", "recorded crime", "recorded crimes",
    "records", "reference", "references", "reports", "row", "rows", "search", "searches", "speed", "speeds", "stop and search",
    "stops and searches", "time", "times", "value", "values", "visit", "visits", "week", "weeks",
)  # fmt: skip
UNITS = phrases(
    "h", "min", "s", "m", "km", "ha", "m²", "km²", "per km²", "h per km²", "crimes per km²", "incidents per km²", "h per crime",
    "h per incident", "times as many",
)  # fmt: skip

OF_ONE = {
    "are": "is", "begin": "begins", "carry": "carries", "come": "comes", "count": "counts", "differ": "differs", "do": "does", "fall": "falls",
    "have": "has", "hold": "holds", "know": "knows", "lack": "lacks", "last": "lasts", "leave": "leaves", "lie": "lies", "look": "looks",
    "need": "needs", "repeat": "repeats", "say": "says", "share": "shares", "show": "shows", "stand": "stands", "stay": "stays", "take": "takes",
    "tell": "tells", "were": "was",
}  # fmt: skip
"""Verbs of a sentence about several, and of one about one."""

# "which radios send before they know where they are": what has a subject of its own speaks of that.
_OF_OTHERS = re.compile(r"(\bwhich (?!is\b|was\b|has\b|does\b)[a-z]+s [a-z]+[^:;.,]*)")


def standing_for_one(text: str) -> str:
    """What follows a noun and its verb, of one: its pronouns and their verbs are singular.

    >>> standing_for_one(": they are kept without one"), standing_for_one(", which radios send before they know where they are")
    (': it is kept without one', ', which radios send before they know where they are')
    """
    return "".join(part if k % 2 else _of_one(part) for k, part in enumerate(_OF_OTHERS.split(text)))


def _of_one(text: str) -> str:
    verbs = "|".join(OF_ONE)
    text = re.sub(rf"\b(they|They|and|that) ({verbs})\b", lambda m: f"{m[1]} {OF_ONE[m[2]]}", text)
    for many, one in (("they", "it"), ("They", "It"), ("their", "its")):
        text = re.sub(rf"\b{many}\b", one, text)
    return text


__all__ = ["NOUNS", "OF_ONE", "ONE", "UNITS", "standing_for_one"]
