"""A connection to PostgreSQL through the driver that is there: psycopg 3, or psycopg2 as QGIS brings it; imported late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Callable, Optional

from ..core.connection_text import connection_of
from ..core.errors import StoreError
from ..core.sentence import sentence
from ..core.sql import Sql
from .target import safe_target

Row = tuple[Any, ...]
_BLOCK = 1 << 20
_KEPT_ALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_CONNECT_S = 10


def driver() -> ModuleType:
    """The driver's module.

    Raises
    ------
    StoreError
        where there is neither.
    """
    for name in ("psycopg", "psycopg2"):
        try:
            return import_module(name)
        except ImportError:  # absent, or without the library of PostgreSQL that it needs
            continue
    raise StoreError(
        "PostgreSQL cannot be reached: this QGIS has neither psycopg nor psycopg2.",
        "On Debian install python3-psycopg2; Windows' installers of QGIS bring it.",
    )


class Connection:
    """An open connection. Each statement is its own transaction outside :meth:`transaction`. Use it in a ``with`` block.

    Parameters
    ----------
    target : a libpq string, ``host=… dbname=…``, ``service=…`` or ``postgresql://…``, without a password (see :mod:`.target`); or a name that
        :func:`~ia_plugin.core.connection_text.know_names` was told of
    name : of the program, as the server's list of sessions shows it
    secret : further settings of libpq, as QGIS's store of authentications gives them; in no text that is kept

    Raises
    ------
    StoreError
        without a driver, or where the server cannot be reached; the sentence holds no secret.

    Examples
    --------
    >>> with Connection("service=force") as db:                          # doctest: +SKIP
    ...     db.execute("SELECT count(*) FROM ia_summary.areas")
    [(39,)]
    """

    def __init__(self, target: str, name: str = "Impact Area", **secret: str) -> None:
        module = driver()
        target, kept = connection_of(target)
        text, secret = safe_target(target, module), {**kept, **secret}
        self._is_3 = module.__name__ == "psycopg"
        self._fault: type[Exception] = module.Error
        # psycopg 3 would bind values on the server, where DDL and SET take none.
        options: dict[str, Any] = {"cursor_factory": module.ClientCursor} if self._is_3 else {}
        try:
            self._raw = module.connect(
                text, **{"connect_timeout": _CONNECT_S, "application_name": name, **_KEPT_ALIVE, **secret}, **options
            )
        except self._fault as error:
            raise StoreError(
                sentence("The shared store cannot be reached: {reason}.", reason=first_line(error)),
                "Look at the name of the connection and at the network; ask who keeps the database.",
            ) from None
        self._raw.autocommit = True

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._raw.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a statement, [] of one that gives none; a ``%s`` for each of `values`.

        Raises
        ------
        StoreError
            with the server's first line: no value stands in it that the statement does not hold.
        """
        with self._cursor() as cursor:
            cursor.execute(sql, tuple(values) or None)
            return list(cursor.fetchall()) if cursor.description else []

    def filled(self, sql: str, values: Sequence[object] = ()) -> Sql:
        """A statement with its values written in, for a COPY, which takes none."""
        if not values:
            return Sql(sql)
        with self._cursor() as cursor:
            text = cursor.mogrify(sql, tuple(values))
        return Sql(text if isinstance(text, str) else text.decode("utf-8"))

    @contextmanager
    def transaction(self, mode: str = "") -> Iterator[None]:
        """All of the block or nothing; `mode` is SQL's, "ISOLATION LEVEL REPEATABLE READ READ ONLY"."""
        self.execute(f"BEGIN {mode}")
        try:
            yield
        except BaseException:
            try:
                self.execute("ROLLBACK")
            except StoreError:  # the connection is lost, and the transaction with it
                pass
            raise
        self.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read in the block is of one moment, whoever writes meanwhile; nothing can be changed in it."""
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            try:
                self.execute("ROLLBACK")
            except StoreError:  # the connection is lost: there is nothing to undo
                pass

    def copy_in(self, sql: str, blocks: Iterable[bytes]) -> int:
        """Send ``COPY … FROM STDIN (FORMAT binary)`` its bytes; how many rows the server took."""
        with self._cursor() as cursor:
            if self._is_3:
                with cursor.copy(sql) as copy:
                    for block in blocks:
                        copy.write(block)
            else:
                cursor.copy_expert(sql, _Reader(iter(blocks)), size=_BLOCK)
            return int(cursor.rowcount)

    def copy_out(self, sql: str, progress: Optional[Callable[[int], None]] = None) -> list[bytes]:
        """What ``COPY … TO STDOUT (FORMAT binary)`` says, a message a row, as the protocol sends it.

        `progress` is told the rows so far now and then, and may raise to stop.
        """
        rows: list[bytes] = []
        with self._cursor() as cursor:
            if self._is_3:
                self._messages(sql, _Writer(rows, progress))
            else:
                cursor.copy_expert(sql, _Writer(rows, progress), size=_BLOCK)
        return rows

    def _messages(self, sql: str, into: _Writer) -> None:
        """What psycopg 3's own loop over a COPY does, straight from libpq: that loop costs 4 µs a row, this half of one."""
        libpq, module = self._raw.pgconn, driver()
        libpq.send_query(sql.encode("utf-8"))
        results = [libpq.get_result()]
        try:
            while results[0].status == module.pq.ExecStatus.COPY_OUT:
                size, message = libpq.get_copy_data(0)
                if size < 0:
                    break
                into.write(bytes(message))
        except BaseException:
            self._raw.cancel()
            while libpq.get_copy_data(0)[0] >= 0:
                pass
            raise
        finally:
            results += list(iter(libpq.get_result, None))
        for result in results:
            if result.status == module.pq.ExecStatus.FATAL_ERROR:
                raise module.errors.error_from_result(result)

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        try:
            with self._raw.cursor() as cursor:
                yield cursor
        except self._fault as error:
            raise StoreError(
                sentence("The shared store answered: {reason}.", reason=first_line(error)), _remedy(error)
            ) from None


class _Reader:
    """Blocks of bytes as a file that psycopg2 reads from."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks

    def read(self, size: int = -1) -> bytes:
        return next(self._blocks, b"")


class _Writer:
    """A list of rows as a file that psycopg2 writes to."""

    def __init__(self, rows: list[bytes], progress: Optional[Callable[[int], None]]) -> None:
        self._rows, self._progress = rows, progress

    def write(self, row: bytes) -> None:
        self._rows.append(row)
        if self._progress and not len(self._rows) % 16384:
            self._progress(len(self._rows))


def first_line(error: BaseException) -> str:
    """What a server says first: the lines after it may quote the row at fault, and with it a person."""
    words = str(error).strip().splitlines()
    return words[0].strip().rstrip(".") if words else type(error).__name__


_REMEDIES = {
    "42501": "Your login has no right to this: ask who keeps the database for the role that your work needs.",
    "25006": "This server can only be read: it is a copy of the store. Use the connection of the store itself.",
    "57014": "It took longer than the server allows: ask for less at once.",
    "53100": "The server's disk is full: tell who keeps the database. Nothing was changed.",
    "55P03": "Another program writes to the store: try again when it is done.",
}


def _remedy(error: BaseException) -> str:
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None) or ""
    lost = not code or code.startswith(("08", "57P"))
    return _REMEDIES.get(code, "The connection was lost: try again; nothing was done by halves." if lost else "")
