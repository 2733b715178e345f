"""The numbered SQL files that make a shared store and bring it to today's form: forwards only, each in one transaction.

They rest in ``sql/`` beside this file, for a database administrator to read. :func:`script` puts what is still to be done into
one text that ``psql`` runs as it is; :func:`prepare` runs the very same statements.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import StoreError
from ...core.sentence import sentence
from ...core.sql import Sql, composed, literal
from ...pgcopy.driver import Connection
from .server_log import log_to_do

_FOLDER = Path(__file__).parent / "sql"
_NOTED = "INSERT INTO ia_records.migrations (number, name, hash) VALUES ({number}, {name}, {hash});"
OLDEST_SERVER = 150000
"""PostgreSQL 15: older ones let everybody make tables in the schema public."""


@dataclass(frozen=True)
class Migration:
    """One file: its number, its name, what it does in a line, its SQL as it stands in the file."""

    number: int
    name: str
    about: str
    sql: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.sql.encode("utf-8")).hexdigest()


def migrations() -> list[Migration]:
    """All files, in order.

    >>> [m.name for m in migrations()][:2]
    ['roles', 'records']
    """
    found = []
    for path in sorted(_FOLDER.glob("[0-9]*.sql")):
        number, _, name = path.stem.partition("_")
        text = path.read_text(encoding="utf-8")
        first = " ".join(line[2:].strip() for line in text.split("\nSET ")[0].split("\n--\n")[0].splitlines() if line.startswith("--"))  # fmt: skip
        found.append(Migration(int(number), name, re.split(r"(?<=[.:])\s", first)[0].rstrip(":"), text))
    return found


def to_do(db: Connection) -> list[Migration]:
    """What has not run in a database yet.

    Raises
    ------
    StoreError
        for a server that is too old or has no PostGIS, and for a store of a newer version, or one whose files were changed after they ran.
    """
    if int(db.execute("SELECT current_setting('server_version_num')")[0][0]) < OLDEST_SERVER:
        raise StoreError("The server is older than PostgreSQL 15.", "Bring it to PostgreSQL 15 or newer.")
    if not db.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"):
        raise StoreError(
            "The database has no PostGIS.", "Let a superuser run CREATE EXTENSION postgis in it, then try again."
        )
    known = {m.number: m for m in migrations()}
    ran = db.execute("SELECT number, hash FROM ia_records.migrations") if is_prepared(db) else []
    done = {int(number): str(mark) for number, mark in ran}
    newer = sorted(set(done) - set(known))
    if newer:
        raise StoreError(
            sentence("The shared store is of a newer version of the plugin (its migration {n}).", n=newer[0]),
            "Install the newer version of the plugin.",
        )
    changed = [known[n].name for n, mark in sorted(done.items()) if known[n].hash != mark]
    if changed:
        raise StoreError(
            sentence("The SQL of {name!r} is another than what ran in this database.", name=changed[0]),
            "Install the plugin anew; migrations are never edited.",
        )
    return [m for n, m in sorted(known.items()) if n not in done]


def is_prepared(db: Connection) -> bool:
    """Whether a shared store was begun in a database."""
    return bool(db.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'ia_records' AND tablename = 'migrations'"))


def script(todo: Sequence[Migration], *, srid: int = 27700, timezone: str = "Europe/London") -> str:
    """One text of SQL with all that is to be done, each file a transaction.

    Parameters
    ----------
    srid : EPSG code of the store's positions, metres
    timezone : civil time of its days, IANA name
    """
    head = (
        f"-- Impact Area: a shared store, {len(todo)} steps. Run it as a superuser in a database that has PostGIS:\n"
        "--   psql -v ON_ERROR_STOP=1 -d DATABASE -f THIS_FILE\n\n"
    )
    return head + "\n".join(_transaction(m, srid, timezone) for m in todo)


def prepare(db: Connection, *, srid: int = 27700, timezone: str = "Europe/London") -> list[Migration]:
    """Do what is to be done, one administrator at a time; what was done. Nothing where there is nothing to do.

    Raises
    ------
    StoreError
        where a step fails: those before it stay, of it nothing.
    """
    db.execute("SELECT pg_advisory_lock(hashtext('impact area: migrations'))")
    try:
        todo = to_do(db)
        for one in todo:
            try:
                db.execute(_transaction(one, srid, timezone))
            except StoreError:
                db.execute("ROLLBACK")
                raise
        return todo
    finally:
        db.execute("SELECT pg_advisory_unlock(hashtext('impact area: migrations'))")


@dataclass(frozen=True)
class Preparation:
    """Numbered steps, whether the server's log is set up too, all SQL, and what a database administrator should know of it."""

    steps: list[Migration]
    logs: bool
    sql: str
    words: tuple[str, ...]


def prepare_shared(target: str, *, srid: int, timezone: str, dry: bool) -> Preparation:
    """What is to be done in a database; and do it unless `dry`.

    Parameters
    ----------
    target : see :class:`~ia_plugin.pgcopy.driver.Connection`; of a superuser
    srid, timezone : of a new store; one that exists keeps its own
    """
    with Connection(target) as db:
        todo = to_do(db)
        facts = db.execute("SELECT name, value FROM ia_records.settings") if is_settled(db) else []
        kept = {str(name): str(value) for name, value in facts}
        srid, timezone = int(kept.get("srid", srid)), str(kept.get("timezone", timezone))
        text = script(todo, srid=srid, timezone=timezone)
        log, words = log_to_do(db, made=not todo)
        if not dry:
            prepare(db, srid=srid, timezone=timezone)
        if log and not dry:
            db.execute(log)
    return Preparation(todo, bool(log), f"{text}\n{log}" if log else text, words)


def is_settled(db: Connection) -> bool:
    """Whether a store in a database knows its reference system and time zone."""
    return bool(db.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'ia_records' AND tablename = 'settings'"))


def _transaction(one: Migration, srid: int, timezone: str) -> Sql:
    values = {"srid": str(int(srid)), "timezone": timezone}
    # psql's own way of writing variables; a double colon is a cast.
    filled = re.sub(r"(?<!:):'(\w+)'", lambda m: literal(values[m[1]]), one.sql)
    filled = re.sub(r"(?<![:\w]):srid\b", values["srid"], filled)
    noted = composed(_NOTED, number=one.number, name=literal(one.name), hash=literal(one.hash))
    return Sql(f"-- ===== {one.number:04d} {one.name} =====\nBEGIN;\n{filled}{noted}\nCOMMIT;\n")
