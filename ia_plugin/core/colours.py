"""The colours of modes and activities, the same in every chart and page."""

# Okabe & Ito's colours, which colour-blind readers can distinguish; what is not known is grey.
COLOURS = {
    "not_known": "#bbbbbb", "incident_reference": "#d55e00", "search_reference": "#cc79a7", "search_place_time": "#e5b8d0",
    "incident_place_time": "#f0a878", "police_site": "#333333", "on_foot": "#009e73", "in_vehicle": "#0072b2",
    "on_bicycle": "#56b4e9", "stopped": "#f0e442", "foot": "#009e73", "vehicle": "#0072b2", "bicycle": "#56b4e9",
    "stationary": "#f0e442", "unknown": "#bbbbbb",
}  # fmt: skip

__all__ = ["COLOURS"]
