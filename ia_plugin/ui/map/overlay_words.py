"""Why a layer is not filtered as asked, in sentences."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from .expressions import DAYS_ONLY, LACKS, MANY_SPANS, MAX_SPANS, NO_HOURS, NO_TIME, OPEN_HOURS

EDITING = "editing"
FORMAT = "format"
STATEMENT = "statement"
REFUSED = "refused"
NO_ANSWER = "no answer"


def tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)


def sentence(layer: str, note: str) -> str:
    """One note about a layer, as the message bar says it."""
    if note.startswith(LACKS):
        text = tr("“{layer}” has no field “{field}”, so that part of the filter does not hold there.")
        return _filled(text, layer=layer, field=note[len(LACKS) :])
    return _filled(_sentences().get(note, "{layer}"), layer=layer, most=str(MAX_SPANS))


def _sentences() -> dict[str, str]:
    return {
        EDITING: tr("“{layer}” is being edited: it is shown without the dock's filter until you stop editing."),
        FORMAT: tr("“{layer}” cannot be filtered in its format. Save it as a GeoPackage to filter it."),
        STATEMENT: tr("“{layer}” has a filter of its own that is a whole SELECT statement, so it is left as it is."),
        REFUSED: tr("“{layer}” refused the filter and keeps your own. Check that your own filter works alone."),
        NO_ANSWER: tr(
            "“{layer}” does not answer now and stays as it is. Read the store again when its source is back."
        ),
        NO_TIME: tr("“{layer}” has no field of times (start, time or enter), so it is not filtered by time."),
        OPEN_HOURS: tr(
            "“{layer}” has no local_hour and local_weekday, and the period is open: hours and weekdays are not "
            "filtered there. Give a first and a last day."
        ),
        MANY_SPANS: tr(
            "“{layer}” has no local_hour and local_weekday, and the period has more than {most} spans of hours: "
            "hours and weekdays are not filtered there. Choose a shorter period."
        ),
        NO_HOURS: tr("“{layer}” knows days only: none of its events is in a frame of hours."),
        DAYS_ONLY: tr("“{layer}” knows days only, so hours and weekdays are not filtered there."),
    }


def _filled(text: str, **values: str) -> str:
    """The words put in; a brace in a layer's name is only a brace."""
    parts = [text]
    for name, value in values.items():
        mark = "{" + name + "}"
        parts = [piece for part in parts for piece in _split(part, mark, value)]
    return "".join(parts)


def _split(part: str, mark: str, value: str) -> list[str]:
    pieces: list[str] = []
    for i, piece in enumerate(part.split(mark)):
        pieces += [value, piece] if i else [piece]
    return pieces
