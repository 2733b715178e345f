"""Import events: crimes, incidents and searches, public or the force's own, with what must be known of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsWkbTypes,
)

from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..layer_words import released_words
from ..run import Results, Run

KINDS = ("crime", "incident", "stop_search")
GRID = 27700


class ImportEvents(ImpactAreaAlgorithm):
    """Files of data.police.uk, or a force's own extracts, to events."""

    ID = "importevents"
    NAME = "Import events"
    GROUP = "data"
    SUMMARY = (
        "Crimes, incidents, stops and searches as points: public files as they come, a force's own extracts by mapping."
    )
    NOTES = (
        "A file of data.police.uk is known by its header: street files of today and of 2011, stop-and-search files, R's column names, "
        "extra columns, gzip, and the API's JSON. Street files give only the month, and places snapped to streets: they take part "
        "in monthly totals, not in questions of the hour or of a hundred metres. Any other extract is read by a mapping, which is "
        "found from its columns or given.",
        "A time from-to stays a window, a date without a time of day lasts its day. Officer references become pseudonyms, by which Activities links officers to events: keep "
        "such a layer with the restricted data. Records that their status withdraws (cancelled, deleted, no crime; a table you may "
        "edit) leave the counts and stay in the history; in a store, a changed record becomes a new version.",
        "Anti-social behaviour is an incident, whatever list it comes in. Exact copies of a record count once; two offences, or two "
        "days, under one reference are two. A place that is a square of 1 km or more takes no part in areas smaller than it.",
        "Gender, age, ethnicity, names and free text are not kept. Searches cannot show whether they were fair between ethnic "
        "groups; see the force's disproportionality figures.",
    )
    TAGS = ("police.uk", "crime", "incident", "stop and search", "csv")
    FIRST = ("INPUT", "LAYER", "KIND", "STORE", "CHECK_ONLY", "MAPPING", "COLUMNS")

    def declare(self) -> None:
        tr = self.tr
        importing.declare_import(self, "Crimes, incidents or stops and searches.")
        self.add(
            QgsProcessingParameterEnum(
                "KIND", tr("Kind of event"), list(KINDS), defaultValue="crime", usesStaticStrings=True
            ),
            tr(
                "For a force's own extract, where its rows do not give it or give it in words that are not known; where a script "
                "leaves it out, its columns or its name tell."
            ),
        )
        self.add(
            QgsProcessingParameterFile("KEY_TYPES", tr("Key crime types"), optional=True, extension="csv"),
            tr("The force's own table of category, key_type and generated_by; left empty, the default."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFile("STATUS_WORDS", tr("Status words"), optional=True, extension="csv"),
            tr(
                "The force's own table of words and meaning (withdrawn, current or neutral), matched as whole words; left empty, "
                "status_words.csv of the store's folder or the default."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Events"), importing.SOURCE.TypeVectorPoint, optional=True),
            tr("One point for each row that has a place, EPSG:27700."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "NO_PLACE",
                tr("Events without a place"),
                importing.SOURCE.TypeVector,
                optional=True,
                createByDefault=False,
            ),
            tr("The rows without coordinates, as a table."),
        )
        importing.declare_rejects(self)
        for name, text in (
            ("EVENTS", "Events, those without a place and those withdrawn included"),
            ("WITHOUT_PLACE", "Events without a place"),
            ("WITHDRAWN", "Events withdrawn, which take no part in counts"),
            ("WITHHELD", "Values withheld, for they may name a person"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

    def execute(self, run: Run) -> Results:
        from ...core.events.records import file_names
        from ...core.imports.accounts import Account

        tell = run.step(0.0, 0.5, self.tr("Reading"))
        total, rejects = Account("all files", "events"), importing.Rejects(run)
        inputs = importing.inputs_of(run)
        tables, inputs_read = [], {}
        beside = None if importing.check_only(run) else importing.words_beside(run, "days")
        for item, file in zip(inputs, file_names(map(str, inputs))):
            known = _Tables.of(run, file)
            words = beside() if beside else None
            events, account, refused, mark = _read(run, item, known, words)
            if words is not None:
                beside.learn(words)
            if events is None:
                return {**dict.fromkeys(("EVENTS", "WITHOUT_PLACE", "WITHDRAWN", "WITHHELD"), 0), **_rows(total)}
            if mark in inputs_read.values():
                run.warn(f"{account.name} holds what another file holds, to the last byte: it counts once.")
                continue
            tables.append(events)
            rejects.add(refused)
            importing.say_account(run, account)
            inputs_read[account.name if account.name not in inputs_read else file] = mark
            total.add(account)
        tell(1.0)
        events = _one_table(run, tables, total)
        located = events["x"].notna()
        self._into_layers(run, events, located)
        if importing.wants_store(run):
            _into_store(run, inputs)
        run.account.update(
            rows_read=total.rows_read, rows_used=total.rows_kept, dropped=dict(total.dropped), inputs=inputs_read
        )
        return {
            "EVENTS": len(events),
            "WITHOUT_PLACE": int((~located).sum()),
            "WITHDRAWN": int((events["status"] == "withdrawn").sum()),
            "WITHHELD": sum(w.rows for values in total.withheld.values() for w in values),
            **_rows(total),
        }

    def _into_layers(self, run: Run, events: Any, located: Any) -> None:
        from ...core.columns import EVENTS
        from ...layers import fields_for

        names = [c for c in EVENTS.names if c in events.columns and c not in ("x", "y")]
        if "officer_ids" in names and events["officer_ids"].notna().any():
            run.say("Officers stand under pseudonyms in officer_ids: keep the layer with the restricted data.")
        fields, grid = fields_for(names), QgsCoordinateReferenceSystem(f"EPSG:{GRID}")
        run.step(0.5, 1.0, self.tr("Writing"))
        if run.wants("OUTPUT"):
            run.write(
                "OUTPUT", events[located].reset_index(drop=True), fields, QgsWkbTypes.Type.Point, grid, ("x", "y")
            )
        if run.wants("NO_PLACE"):
            nowhere = QgsCoordinateReferenceSystem()
            run.write("NO_PLACE", events[~located].reset_index(drop=True), fields, QgsWkbTypes.Type.NoGeometry, nowhere)
        elif run.wants("OUTPUT") and not located.all():
            run.warn(
                f"{int((~located).sum()):,} of {len(events):,} events have no place and are in no layer: ask for NO_PLACE to keep them."
            )


def _rows(total: Any) -> dict[str, int]:
    return {
        "ROWS_READ": total.rows_read,
        "ROWS_KEPT": total.rows_kept,
        "ROWS_REJECTED": total.rows_read - total.rows_kept,
    }


def _one_table(run: Run, tables: list[Any], total: Any) -> Any:
    """Events of all inputs; what comes again in a later file is said."""
    from ...core.events.records import later_files
    from ...core.imports.accounts import Account
    from ...core.words import counted, so_many

    again = Account("all files", "events", total.rows_read, total.rows_kept)
    events = later_files(tables, again, timezone=run.text("TIMEZONE"))
    run.say(*(f"{so_many(n, 'rows left out')}: {why}." for why, n in again.dropped.items() if n))
    run.say(*(counted(n, what) for what, n in again.found.items()))
    total.dropped.update(again.dropped)
    total.rows_kept = again.rows_kept
    return events


@dataclass(frozen=True)
class _Tables:
    """The tables of a force that events are read by, and the name of their file."""

    key_types: Optional[Any]
    statuses: Any
    file: str

    @classmethod
    def of(cls, run: Run, file: str) -> _Tables:
        from ...core.events.statuses import status_words
        from ...store.imports import force_status_words

        own = run.text("STATUS_WORDS") or (
            force_status_words(run.text("STORE")) if importing.wants_store(run) else None
        )
        return cls(key_type_table(run.text("KEY_TYPES")), status_words(own), file)


def key_type_table(path: str) -> Optional[Any]:
    """The force's own table of key crime types, or None for the default."""
    if not path:
        return None
    import pandas as pd

    from ...core.columns import require
    from ...core.errors import FileError

    try:
        table = pd.read_csv(path, dtype=str)
    except (OSError, ValueError) as error:
        raise FileError(
            f"KEY_TYPES {path!r} cannot be read ({error}).", "Give a CSV with category,key_type,generated_by."
        ) from None
    require(table, ("category", "key_type", "generated_by"), "key types")
    return table


def _read(run: Run, item: Any, known: _Tables, words: Any) -> tuple[Any, Any, Any, str]:
    """(events, account, rejects, hash) of one input, by the `words` of a store; events None where only the mapping was to be shown."""
    from ...core.events import read_police_uk, read_records
    from ...core.events.word_days import words_of_events
    from ...core.imports.accounts import Account
    from ...core.imports.affiliations import with_source
    from ...core.imports.textfile import content_hash
    from ..inputs import key_of

    params = importing.import_params(run)
    given = importing.given_columns(run)
    if _is_public(run, item, given):
        if importing.check_only(run):
            run.say(f"{item}: a file of data.police.uk; it needs no mapping.")
            return None, None, None, ""
        events, report = read_police_uk(
            item,
            known.key_types,
            params,
            date_order=run.choice("DATE_ORDER"),
            file=known.file,
            recurring=words if words is not None else words_of_events(released_words(run)),
        )
        return events, report.account(), report.rejects, content_hash(item)
    [(source, mapping, mark)] = _sources(run, item, given)
    if importing.check_only(run):
        return None, None, None, ""
    account = Account(source.name, "events")
    key = key_of(run) if "officer_ids" in mapping.columns else partial(key_of, run)
    file = known.file if isinstance(item, str) else None
    more: dict[str, Any] = dict(statuses=known.statuses, epsg=GRID, file=file, tell=importing.tell_rows(run))
    more["recurring"] = words
    events, refused = read_records(source, mapping, key, account, params, known.key_types, **more)
    return with_source(events, mark[:16]), account, refused, mark


def _is_public(run: Run, item: Any, given: dict[str, str]) -> bool:
    from ...core.events import is_police_uk

    named = isinstance(item, str) and not run.text("MAPPING") and not given
    return named and not importing.is_layer_file(item) and is_police_uk(item)


def _sources(run: Run, item: Any, given: dict[str, str]) -> list[Any]:
    """The one input as a source with its mapping, of the kind that was chosen; where none was, the source tells it."""
    from dataclasses import replace

    chosen = run.choice("KIND") if run.parameters.get("KIND") is not None else None
    found = importing.sources_of(run, "events", given, GRID, only=item)
    return [(s, m if m.event_kind else replace(m, event_kind=chosen), mark) for s, m, mark in found]


def _into_store(run: Run, inputs: list[Any]) -> None:
    from ...core.events.records import file_names
    from ...store.imports import bring, bring_file
    from ...store.published_events import publish_events
    from ..keys import needed_key

    params = importing.import_params(run)
    with importing.open_store(run, needed_key(run), run.text("TIMEZONE"), GRID) as store:
        for item, file in zip(inputs, file_names(map(str, inputs))):
            given, known = importing.given_columns(run), _Tables.of(run, file)
            more: dict[str, Any] = dict(at=importing.now(), key_types=known.key_types, statuses=known.statuses)
            if _is_public(run, item, given):
                order = run.choice("DATE_ORDER")
                more.update(date_order=order, released=released_words(run))
                account = bring_file(store, item, "events", params=params, file=file, **more)
            else:
                [(source, mapping, mark)] = _sources(run, item, given)
                stored = store.has_source(mark)
                name = file if isinstance(item, str) else None
                account = None if stored else bring(store, source, mapping, mark, params, file=name, **more)
            if account is None:
                run.warn(f"{item} is in the store already: nothing was stored of it.")
            else:
                importing.say_account(run, account, "Store:")
        publish_events(store)
