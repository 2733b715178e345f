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
FIGURE = "#6a3d9a"  # figures of the dashboard; no mode and no kind of event has this colour
HATCH = "#8a8a8a"  # slanted lines: not known, which is not nought
# Outlines say what an area is by their line, so that no colour of a role can be taken for a kind of event: (colour, mm, style).
ROLE_LINES = {
    "impact": ("#2b2b2b", 0.4, "solid"),
    "comparison": ("#2b2b2b", 0.35, "dash"),
    "site": ("#000000", 0.9, "solid"),
    "buffer": ("#999999", 0.4, "dot"),
    "other": ("#999999", 0.4, "solid"),
}

# The inspector's page, by the names of its CSS variables. Text beside paper and panel has a contrast of 4.5:1 and more (tested).
PAGE_LIGHT = {
    "paper": "#ffffff", "panel": "#ffffff", "ground": "#f6f4f0", "soft": "#f3f4f7", "line": "#e1e4ea", "edge": "#8b93a1", "ink": "#1b1f24",
    "pale": "#545c68", "figure": FIGURE, "range": "#c3b1d7", "half": "#e6e8ee", "track": "#e3e6ec", "chosen": "#efe9f6", "attention": "#a63d00",
    "focus": "#1f5fbf", "hatch": HATCH, "outline": "#2b2b2b", **{f"shade-{i}": shade for i, shade in enumerate(SHADES)},
    "presence": FIGURE, "crimes": "#ad4a84", "incidents": "#1c78b4", "searches": "#b46c00", "demand": "#4a5568",
}  # fmt: skip
PAGE_DARK = {
    "paper": "#14171c", "panel": "#1b1f26", "ground": "#1a1d23", "soft": "#232831", "line": "#333a46", "edge": "#7b8494", "ink": "#e9ebef",
    "pale": "#aab2bf", "figure": "#b692e6", "range": "#59457a", "half": "#2a303a", "track": "#2e343f", "chosen": "#2d2540", "attention": "#ff9d66",
    "focus": "#8ab8ff", "hatch": "#7d8592", "outline": "#d5d9e0",
    "shade-0": "#2b2440", "shade-1": "#473566", "shade-2": "#694c95", "shade-3": "#916fc6", "shade-4": "#c4a6f2",
    "presence": "#b692e6", "crimes": "#e58fc0", "incidents": "#6dbcf0", "searches": "#eda63c", "demand": "#a9b4c6",
}  # fmt: skip

__all__ = [
    "COLOURS",
    "FIGURE",
    "HATCH",
    "INK",
    "KIND_COLOURS",
    "PAGE_DARK",
    "PAGE_LIGHT",
    "PALE",
    "ROLE_LINES",
    "RULE",
    "SHADES",
]
