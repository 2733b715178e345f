"""Files into the store: each whole or not at all, and the same content never twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional, Union

import pandas as pd

from ..core.ahead import one_ahead
from ..core.errors import AlreadyStored, FileError, StoreError
from ..core.events.extracts import read_records
from ..core.events.police_uk import is_police_uk, read_police_uk
from ..core.events.statuses import StatusWords, status_words
from ..core.imports.accounts import BLANK, Account
from ..core.imports.affiliations import read_affiliations, with_source
from ..core.imports.file_state import first_bytes, shown_name
from ..core.imports.mapping import Mapping
from ..core.imports.open_extract import kind_of_file, mapped, prepared
from ..core.imports.people import on_duty, read_duties, read_postings, read_radios
from ..core.imports.source import Source, open_source
from ..core.imports.spreadsheet import is_spreadsheet
from ..core.imports.textfile import content_hash
from ..core.imports.to_come import FUTURE, FUTURE_REMEDY
from ..core.imports.word_recurrence import DAYS, OFFICERS, RecurringWords
from ..core.params import ImportParams
from ..core.postings import with_postings
from ..core.times.date_order import FOUND
from ..core.unforeseen import foreseen, unforeseen
from .folder import STATUS_WORDS
from .interface import FileImport, StoreHome
from .versions import store_events
from .words_before import remember, words_for

Tell = Callable[[int], None]
MappingOf = Callable[[str], Optional[Mapping]]
"""The mapping that a force keeps for a kind of extract, where it has one."""
OFF_DUTY = "off duty"
RELEASED = "stored rows that read (withheld) now read their word, for it is released"


def quiet(_rows: int) -> None:
    """No progress."""


def unseen(_rejects: pd.DataFrame) -> None:
    """Rejects rest in the store alone."""


def force_status_words(folder: Union[str, Path, None]) -> Optional[Path]:
    """The force's table of status words in its store's folder; None where it has none."""
    path = Path(folder) / STATUS_WORDS if folder else None
    return path if path is not None and path.is_file() else None


def bring_file(
    store: StoreHome,
    path: Union[str, Path],
    kind: Optional[str] = None,
    mapping: Union[Mapping, MappingOf, None] = None,
    params: ImportParams = ImportParams(),
    *,
    at: pd.Timestamp,
    given: Optional[Dict[str, str]] = None,
    key_types: Optional[pd.DataFrame] = None,
    statuses: Optional[StatusWords] = None,
    file: Optional[str] = None,
    tell: Tell = quiet,
    released: Iterable[str] = (),
    **facts: Any,
) -> Optional[Account]:
    """Import one file; None where its content is in the store already.

    Parameters
    ----------
    kind : affiliations, postings, duties, radios or events; found from the file where None
    mapping : one, or what gives the one of a kind: asked only for a file whose content is new
    mapping, given, facts : see :func:`~ia_plugin.core.imports.open_extract.prepared`
    at : the moment of the import
    key_types, statuses : of events, the force's own; without `statuses` those of the store's folder, or the default
    file : name in the ids made up for events without one; the file's own where None
    tell : called with the rows read so far; may raise to stop
    released : values that a person has looked at, besides those of the mapping and of the store's folder

    Raises
    ------
    ImpactAreaError
        for a file that cannot be taken in, whatever is the matter with it; nothing of it is kept. A
        :class:`~ia_plugin.core.errors.StoreError` alone is about the store and not the file.
    """
    path = Path(path)
    first_bytes(path)
    store.require_key()
    with _of_file(shown_name(path)):
        return _bring_file(
            store, path, kind, mapping, params, at=at, given=given, key_types=key_types, statuses=statuses, file=file,
            tell=tell, released=tuple(released), **facts,
        )  # fmt: skip


def _bring_file(
    store: StoreHome,
    path: Path,
    kind: Optional[str],
    mapping: Union[Mapping, MappingOf, None],
    params: ImportParams,
    *,
    at: pd.Timestamp,
    given: Optional[Dict[str, str]],
    key_types: Optional[pd.DataFrame],
    **facts: Any,
) -> Optional[Account]:
    more = {name: facts.pop(name) for name in ("statuses", "file", "tell", "released")}
    mark = open_source(path, "any").content() if is_spreadsheet(path) else content_hash(path)
    if store.has_source(mark):
        return None
    is_given = isinstance(mapping, Mapping) or bool(given)
    if not is_given and kind in (None, "events") and is_police_uk(path):
        order = facts.get("date_order", FOUND)
        return _public(store, path, mark, params, at, key_types, order, more["file"], more["released"])
    kind = kind or (mapping.kind if isinstance(mapping, Mapping) else kind_of_file(path))
    if mapping is not None and not isinstance(mapping, Mapping):
        mapping = mapping(kind)
    facts.setdefault("timezone", store.timezone)
    source, mapping = prepared(path, kind, mapping, given=given, **facts)
    return bring(store, source, mapping, mark, params, at=at, key_types=key_types, **more)


_VALUES_REFUSED = (sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.IntegrityError)


@contextmanager
def _of_file(name: str) -> Iterator[None]:
    """What stops the import of one file and was not foreseen is a fault of that file, in words: no other waits for it."""
    what = f"{name!r} cannot be taken in"
    with foreseen(what):
        try:
            yield
        except StoreError as error:
            # A value that no table takes is the file's fault, not the store's.
            if isinstance(error.__cause__, _VALUES_REFUSED):
                raise unforeseen(what, error.__cause__) from error
            raise


def bring(
    store: StoreHome,
    source: Source,
    mapping: Mapping,
    mark: str,
    params: ImportParams = ImportParams(),
    *,
    at: pd.Timestamp,
    key_types: Optional[pd.DataFrame] = None,
    statuses: Optional[StatusWords] = None,
    file: Optional[str] = None,
    tell: Tell = quiet,
    show: Callable[[pd.DataFrame], None] = unseen,
    released: Iterable[str] = (),
) -> Optional[Account]:
    """Import a source whose content hash is `mark`; see :func:`bring_file`. `show` gets the rejects too, part by part.

    None where its content is in the store: before, or because another program took it in while this one waited.

    `released` are values that a person has looked at, besides those of the mapping and of the store's folder.
    """
    mapping = mapped(source, mapping.kind, mapping)
    account = Account(source.name, mapping.kind)
    work = {"affiliations": _fixes, "events": _events}.get(mapping.kind, _people)
    with suppress(AlreadyStored), _of_file(source.name), store.importing(account, mark, at) as part:
        own = status_words(force_status_words(store.folder)) if statuses is None else statuses
        words = words_for(store, DAYS if mapping.kind == "events" else OFFICERS, released)
        work(_Task(store, source, mapping, mark, account, params, part, key_types, own, file, tell, show, words))
        account.note(RELEASED, remember(words, mark))
        if source.hash != mark:
            raise FileError(
                f"{source.name!r} changed while it was read.", "Wait until it is complete, then import it again."
            )
        account.hash = mark
        _require_rows(account)
    return account if account.hash == mark else None


def _require_rows(account: Account) -> None:
    """Refuse a file none of whose rows could be used: kept as done, it would be passed over when the fault is mended."""
    faults = {why: n for why, n in account.dropped.items() if why not in BLANK and why != OFF_DUTY}
    if account.rows_kept or not account.rows_read or sum(faults.values()) < account.rows_read:
        return
    reasons = "; ".join(f"{n:,} rows: {why}" for why, n in sorted(faults.items()))
    raise FileError(
        f"{account.name!r}: none of its {account.rows_read:,} rows can be used ({reasons}).",
        FUTURE_REMEDY if set(faults) == {FUTURE} else "Correct it, then import it again.",
    )


@dataclass(frozen=True)
class _Task:
    """One source on its way into the store."""

    store: StoreHome
    source: Source
    mapping: Mapping
    mark: str
    account: Account
    params: ImportParams
    part: FileImport
    key_types: Optional[pd.DataFrame]
    statuses: StatusWords
    file: Optional[str]
    tell: Tell
    show: Callable[[pd.DataFrame], None]
    words: RecurringWords

    def reject(self, rejects: pd.DataFrame) -> None:
        self.part.add_rejects(rejects)
        self.show(rejects)


def _fixes(task: _Task) -> None:
    store, account = task.store, task.account
    postings, duties, radios = (store.read(t) for t in ("postings", "duties", "radios"))
    kinds = dict(zip(radios["radio_id"], radios["radio_kind"])) if len(radios) else {}
    key, more = store.require_key(), dict[str, Any](epsg=store.epsg, words=task.words)
    parts = read_affiliations(task.source, task.mapping, key, account, task.params, **more)
    for fixes, rejects in one_ahead(parts):
        fixes = with_source(fixes, task.mark[:16])
        if kinds and "radio_id" in fixes.columns:
            known = fixes["radio_id"].map(kinds)
            fixes["radio_kind"] = known.where(known.notna(), fixes.get("radio_kind"))
        if len(duties):
            working, strangers = on_duty(fixes, duties)
            account.note("fixes of officers without any turn of duty kept", strangers)
            account.dropped[OFF_DUTY] += int((~working).sum())
            account.rows_kept -= int((~working).sum())
            fixes = fixes[working].reset_index(drop=True)
        if len(postings):
            fixes, unknown = with_postings(fixes, postings)
            account.note("fixes have no posting: unit not known", unknown)
        task.part.add_fixes(fixes)
        task.reject(rejects)
        task.tell(account.rows_read)


def _events(task: _Task) -> None:
    store, account = task.store, task.account
    more: dict[str, Any] = dict(
        statuses=task.statuses, epsg=store.epsg, file=task.file, tell=task.tell, recurring=task.words
    )
    events, rejects = read_records(
        task.source, task.mapping, store.require_key(), account, task.params, task.key_types, **more
    )
    task.reject(rejects)
    _note_versions(account, store_events(store, with_source(events, task.mark[:16]), account))


def _people(task: _Task) -> None:
    store, kind = task.store, task.mapping.kind
    read = {"postings": read_postings, "duties": read_duties, "radios": read_radios}[kind]
    more: dict[str, Any] = dict(words=task.words) if kind == "postings" else {}
    table, rejects = read(task.source, task.mapping, store.require_key(), task.account, task.params, **more)
    task.part.add(kind, table.drop(columns="source_ref") if kind == "radios" else table)
    task.reject(rejects)
    task.part.finish()
    if kind == "duties":
        task.account.note("stored fixes were off duty and are removed", store.drop_off_duty())
    elif kind == "postings":
        task.account.note("stored fixes have no posting: unit not known", store.post_fixes())
    task.tell(task.account.rows_read)


def _public(
    store: StoreHome,
    path: Path,
    mark: str,
    params: ImportParams,
    at: pd.Timestamp,
    key_types: Optional[pd.DataFrame],
    date_order: str,
    file: Optional[str],
    released: Iterable[str],
) -> Optional[Account]:
    """A file of data.police.uk."""
    # The words of the files before are read where no other program adds to them.
    with suppress(AlreadyStored), store.together("import of events"):
        words = words_for(store, DAYS, released)
        events, report = read_police_uk(path, key_types, params, date_order=date_order, file=file, recurring=words)
        account = report.account()
        with store.importing(account, mark, at) as part:
            part.add_rejects(report.rejects)
            _note_versions(account, store_events(store, events, account))
            _require_rows(account)
            account.note(RELEASED, remember(words, mark))
        account.hash = mark
        return account
    return None


def _note_versions(account: Account, counts: Dict[str, int]) -> None:
    account.note("records are new", counts["new"])
    account.note("records are new versions of known ones", counts["changed"])
    account.note("records were known and are unchanged", counts["unchanged"])
    account.note("rows repeat a record of the same file; the last counts", counts["repeated"])
