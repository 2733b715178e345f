"""What is counted, of one and of several, and the units that amounts are said in; translators find each by itself."""

from __future__ import annotations

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

__all__ = ["NOUNS", "ONE", "UNITS"]
