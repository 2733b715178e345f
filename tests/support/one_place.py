"""The measures of the one place that a filter is about, as the dock shows them."""

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.measures import MEASURES, Value, measured
from ia_plugin.core.material.places import chosen_place
from ia_plugin.core.material.summary_tables import Material


def values_of(material: Material, state: FilterState) -> dict[str, Value]:
    """Every measure of the areas that a filter chooses, together."""
    found = measured(material, state, [chosen_place(material, state)])
    return {m.key: found.of(0, m.key) for m in MEASURES}
