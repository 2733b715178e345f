"""The files of the page's engine, each after those that it uses."""

ENGINE = (
    "load", "words", "days", "marks", "data", "sums", "places", "state", "records", "modes", "events", "groups", "measures", "notes",
    "flows", "earlier", "verdict", "change", "tiles", "areas", "figures", "details", "code",
)  # fmt: skip
"""Names in ``resources/page/engine``."""

__all__ = ["ENGINE"]
