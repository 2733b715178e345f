"""What the server's own log has of looks, beside the record of who asked: pgaudit, where a server has it and loads it."""

from __future__ import annotations

from pathlib import Path

from ...core.sql import Sql
from ...pgcopy.driver import Connection

_SQL = Path(__file__).parent / "sql" / "pgaudit.sql"
_INSTALLED = "SELECT 1 FROM pg_available_extensions WHERE name = 'pgaudit'"
_LOADED = "SELECT current_setting('pgaudit.log_level', true) IS NOT NULL"
_NAMES_LOGINS = "SELECT strpos(current_setting('log_line_prefix'), '%u') > 0"
# A table or view that the role of pgaudit may not read; all of them where there is no such role.
_LEFT_OUT = """
SELECT 1 FROM pg_class c, (SELECT nullif(current_setting('pgaudit.role', true), '') AS role) a
WHERE (c.relnamespace = 'ia_restricted'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname ~ '^(officer_days|(fixes|legs|tracks|gaps|visits)(_[0-9]{4}_[0-9]{2})?)$'
       OR c.relnamespace = 'ia_journeys'::regnamespace AND c.relkind = 'v')
  AND NOT EXISTS (SELECT FROM aclexplode(c.relacl) x JOIN pg_roles r ON r.oid = x.grantee WHERE r.rolname = a.role AND x.privilege_type = 'SELECT')
LIMIT 1
"""
NOT_INSTALLED = (
    "This server has no pgaudit: the record tells who asked for what and why, and its log not which statements read it."
)
NOT_LOADED = (
    "pgaudit is installed on this server and not loaded: add it to shared_preload_libraries, start the server anew, "
    "and run this again to have each statement that reads a look in its log."
)
NO_LOGINS = "The server's log does not name logins: let log_line_prefix have %u, so that it tells who read."


def log_to_do(db: Connection, made: bool) -> tuple[Sql, tuple[str, ...]]:
    """(SQL by which the log tells of looks, sentences on it): no SQL where pgaudit is not there, or all is done.

    Parameters
    ----------
    db : a superuser's
    made : whether the store stands already, and not only what would make it
    """
    nothing = Sql("")
    if not db.execute(_LOADED)[0][0]:
        return nothing, (NOT_LOADED if db.execute(_INSTALLED) else NOT_INSTALLED,)
    words = () if db.execute(_NAMES_LOGINS)[0][0] else (NO_LOGINS,)
    if made and not db.execute(_LEFT_OUT):
        return nothing, words
    text = Sql(f"-- ===== pgaudit =====\nBEGIN;\n{_SQL.read_text(encoding='utf-8')}COMMIT;\n")
    return text, words


__all__ = ["NOT_INSTALLED", "NOT_LOADED", "NO_LOGINS", "log_to_do"]
