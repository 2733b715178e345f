"""A connection to a shared store that may change it: one writer at a time, and the days that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Optional

import pandas as pd

from ...core.errors import StoreError
from ...core.privacy import Key
from ...core.sentence import sentence
from ...core.sql import Sql, composed
from ...pgcopy.driver import Connection
from ..days_near import days_near
from ..pair import FINGERPRINT
from ..same_key import needed_key, refuse_other_key
from .migrations import is_prepared, to_do
from .rows import PostgisRows

_BUSY_S = 60
_OF_ALL = ("timezone", "srid", "store", FINGERPRINT)
"""Settings that who only reads the summary may know."""


class PostgisChanges(PostgisRows):
    """An open shared store, for changes of it; see :class:`~.home.PostgisStore`."""

    def __init__(self, target: str, key: Optional[Key] = None, **secret: str) -> None:
        super().__init__()
        self.key, self.warnings = key, list[str]()
        self.db = Connection(target, **secret)
        try:
            if not is_prepared(self.db):
                raise StoreError(
                    "There is no shared store in this database.",
                    "Let its administrator run Prepare a shared store (preparestore).",
                )
            if to_do(self.db):
                raise StoreError(
                    "The shared store is of an earlier version of the plugin.",
                    "Let its administrator run Prepare a shared store (preparestore).",
                )
            refuse_other_key(self.setting(FINGERPRINT), key)
            self.timezone, self.epsg = str(self.setting("timezone")), int(str(self.setting("srid")))
        except BaseException:
            self.db.close()
            raise
        self._writes = False  # whether a change of this connection is open
        self._own = 0

    def setting(self, name: str) -> Optional[str]:
        """A fact of the store that is no table's; None where it has none."""
        sql = composed("SELECT value FROM {t} WHERE name = %s", t=_settings_of(name))
        rows = self.db.execute(sql, (name,))
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        """Keep a fact of the store."""
        sql = "INSERT INTO {t} VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value"
        with self._locked():
            self.db.execute(composed(sql, t=_settings_of(name)), (name, value))

    def settings(self) -> dict[str, str]:
        """All facts of the store that are the same in another home."""
        return {str(n): str(v) for n, v in self.db.execute("SELECT name, value FROM ia_restricted.settings")}

    def require_key(self) -> Key:
        """The key; PrivacyError where there is none."""
        return needed_key(self.key)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of the one that writes; others wait, a minute at most. A block inside another belongs to the outer one."""
        key = needed_key(self.key)
        with self._locked():
            refuse_other_key(self.setting(FINGERPRINT), key)
            self.db.execute(
                "INSERT INTO ia_records.settings VALUES (%s, %s) ON CONFLICT DO NOTHING", (FINGERPRINT, key.fingerprint)
            )
            yield

    @contextmanager
    def together(self, what: str, *, declared: bool = False) -> Iterator[None]:
        """As :meth:`writing`: here one transaction holds both the restricted tables and the summary's."""
        with self._locked() if declared else self.writing():
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._writes:
            yield
            return
        _refuse_no_loader(self.db)
        with self.db.transaction():
            self.db.execute(
                f"SET LOCAL statement_timeout = '1h'; SET LOCAL idle_in_transaction_session_timeout = '1h'; SET LOCAL lock_timeout = '{_BUSY_S}s'"
            )
            self.db.execute("SELECT pg_advisory_xact_lock(hashtext('impact area: writer'))")
            self._writes = True
            try:
                yield
                self.db.execute("UPDATE ia_restricted.writes SET number = number + 1")
            finally:
                self._writes = False
        self._own += 1

    def seen(self) -> tuple[int, int]:
        """A value that is another one once another program has written to the store."""
        return int(self.db.execute("SELECT number FROM ia_restricted.writes")[0][0]) - self._own, 0

    def mark_dirty(self, times: pd.Series) -> None:
        """Note the civil days whose presence must be computed anew."""
        self.mark_days(days_near(times, self.timezone))

    def mark_days(self, days: Iterable[str]) -> None:
        with self._locked():
            self.db.execute(
                "INSERT INTO ia_restricted.dirty_days SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (sorted(days),)
            )

    def dirty_days(self) -> list[str]:
        return [str(d) for (d,) in self.db.execute("SELECT day FROM ia_restricted.dirty_days ORDER BY day")]

    def clear_days(self, days: Iterable[str]) -> None:
        with self._locked():
            self.db.execute("DELETE FROM ia_restricted.dirty_days WHERE day = ANY(%s::text[])", (list(days),))


def _refuse_no_loader(db: Connection) -> None:
    """A StoreError with the reason where a login cannot change the store."""
    asked = "SELECT session_user, pg_has_role(session_user, 'ia_loader', 'USAGE'), current_setting('transaction_read_only') = 'on'"
    login, may, only_read = db.execute(asked)[0]
    if not may:
        raise StoreError(
            sentence("Your login {login!r} may not change the shared store: it has not the role ia_loader.", login=str(login)),
            "Let the machine's account that loads the store do it, or ask who keeps the database.",
        )  # fmt: skip
    if only_read:
        raise StoreError(
            "This server can only be read: it is a copy of the store.", "Use the connection of the store itself."
        )


def _settings_of(name: str) -> Sql:
    return composed("{s}.settings", s="ia_records" if name in _OF_ALL else "ia_restricted")


__all__ = ["PostgisChanges"]
