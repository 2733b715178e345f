"""The tables of questions 1 to 6: where officers were, who, doing what, how, and what happened meanwhile."""

from __future__ import annotations

import pandas as pd

from ..disclosure.audiences import as_read_by
from ..filter_state import FilterState
from ..material.ask import refuse_restricted
from ..material.summary_tables import Material
from ..suppression import check_audience
from .event_tables import events_table, searches_table
from .resources_table import resources_table
from .splits import activities_table, modes_table
from .time_table import time_table
from .week_table import week_table

TITLES = {
    1: "How much officer time was spent where",
    2: "What resources were there",
    3: "What they did there, as far as the records tell",
    4: "On foot or by car",
    5: "What crimes and incidents happened meanwhile",
    6: "Stops and searches",
}


def tables(material: Material, state: FilterState, audience: str = "board") -> dict[str, pd.DataFrame]:
    """All tables of questions 1 to 6, as the audience may see them; a :class:`PrivacyError` for restricted cells and another audience."""
    check_audience(audience)
    refuse_restricted(material, audience)
    material = as_read_by(audience, material)
    return {
        "time": time_table(material, state, audience),
        "resources": resources_table(material, state, audience),
        "activities": activities_table(material, state, audience),
        "modes": modes_table(material, state, audience),
        "events": events_table(material, state, audience),
        "searches": searches_table(material, state, audience),
        "week": week_table(material, state, audience),
    }
