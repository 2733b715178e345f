"""What charts and their parts are called, and what must be said beside some of them."""

from __future__ import annotations

from ..nouns import NOUNS
from ..sentence import phrase, phrases
from ..summaries.area_totals import SITES_IN, SITES_OUT

WHATS = {
    "presence": phrase("Presence"),
    "searches": phrase("Stops and searches"),
    "crimes": phrase("Crimes"),
    "incidents": phrase("Incidents"),
    "demand": phrase("Crimes and incidents"),
}
WITHIN = {  # the same in a sentence
    "presence": phrase("presence"),
    "searches": phrase("stops and searches"),
    "crimes": phrase("crimes"),
    "incidents": phrase("incidents"),
    "demand": phrase("crimes and incidents"),
}
UNITS = {
    "presence": NOUNS["officer hours"],
    "searches": NOUNS["searches"],
    "crimes": NOUNS["crimes"],
    "incidents": NOUNS["incidents"],
    "demand": NOUNS["crimes and incidents"],
}
TITLES = {
    "unit": phrase("Officer time by unit"),
    "department": phrase("Officer time by department"),
    "officer_role": phrase("Officer time by role"),
    "resource_type": phrase("Officer time by resource"),
    "visits": phrase("Visits by their length"),
    "activity": phrase("Officer time by what it is linked to"),
}
OUTLINES = phrase("Impact Areas have a full outline, comparison areas a dashed one.")
NIGHTS = phrase("Hours after midnight stand with the evening that they follow.")
BESIDE = phrase("The tick on a bar is the share that the same has in the comparison areas.")
MERGED = phrase("Groups of fewer than five officers are shown together as “other”.")
OTHERS = phrases("other", "not known", "unit not known")  # of the labels that stand in tables, `OTHER` first
SHORT = {SITES_OUT: phrase("Time at police sites is left out."), SITES_IN: SITES_IN}
