"""The colours and lines of maps, charts, pages and styles: the one place that says them."""

INK, PALE, RULE = "#222222", "#555555", "#dddddd"  # text, text beside it, and the lines of a page

# Okabe & Ito's colours, which colour-blind readers can distinguish; what is not known is grey.
COLOURS = {
    "not_known": "#bbbbbb", "incident_reference": "#d55e00", "search_reference": "#cc79a7", "search_place_time": "#e5b8d0",
    "incident_place_time": "#f0a878", "police_site": "#333333", "on_foot": "#009e73", "in_vehicle": "#0072b2",
    "on_bicycle": "#56b4e9", "stopped": "#f0e442", "foot": "#009e73", "vehicle": "#0072b2", "bicycle": "#56b4e9",
    "stationary": "#f0e442", "unknown": "#bbbbbb",
}  # fmt: skip
# Kinds of events on maps, of the same family; in print each has a shape of its own besides.
KIND_COLOURS = {"crime": "#cc79a7", "incident": "#56b4e9", "stop_search": "#e69f00"}
# Five steps of one quiet colour, the last the darkest; no kind of event and no mode has it.
SHADES = ("#f1eef6", "#d4cbe5", "#b3a2cf", "#8d72b5", "#5e3c99")
HATCH = "#8a8a8a"  # slanted lines: not known, which is not nought
# Outlines say what an area is by their line, so that no colour of a role can be taken for a kind of event: (colour, mm, style).
ROLE_LINES = {
    "impact": ("#2b2b2b", 0.4, "solid"),
    "comparison": ("#2b2b2b", 0.35, "dash"),
    "site": ("#000000", 0.9, "solid"),
    "buffer": ("#999999", 0.4, "dot"),
    "other": ("#999999", 0.4, "solid"),
}

__all__ = ["COLOURS", "HATCH", "INK", "KIND_COLOURS", "PALE", "ROLE_LINES", "RULE", "SHADES"]
