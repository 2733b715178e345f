"""QGIS's own connections to PostgreSQL by their names, with the login that its authentication store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from ..core.connection_text import know_names

_GROUP = "PostgreSQL/connections"
_SETTINGS = {"service": "service", "host": "host", "port": "port", "database": "dbname", "username": "user"}
_SSL = ("prefer", "disable", "allow", "require", "verify-ca", "verify-full")


def connection_names() -> list[str]:
    """The names of the connections to PostgreSQL that this user made in QGIS."""
    settings = QgsSettings()
    settings.beginGroup(_GROUP)
    names = [str(name) for name in settings.childGroups()]
    settings.endGroup()
    return sorted(names)


def connection_named(name: str) -> Optional[tuple[str, Mapping[str, str]]]:
    """(libpq's text without a password, what is kept in no text) of a connection that this user made in QGIS; None of another name.

    >>> connection_named("Force store")                                   # doctest: +SKIP
    ("service='force' user='ann'", {})
    """
    if not name or name not in connection_names():
        return None
    settings = QgsSettings()

    def of(key: str) -> str:
        return str(settings.value(f"{_GROUP}/{name}/{key}", "") or "")

    facts = {word: of(key) for key, word in _SETTINGS.items()}
    mode = of("sslmode")
    # QGIS keeps the place in its list, or the word in capitals.
    facts["sslmode"] = _SSL[int(mode)] if mode.isdigit() and int(mode) < len(_SSL) else _word(mode)
    user, secret = _login(of("authcfg"))
    facts["user"] = user or facts["user"]
    secret = secret or of("password")
    text = " ".join(f"{word}={_quoted(value)}" for word, value in facts.items() if value)
    return text, {"password": secret} if secret else {}


def _word(mode: str) -> str:
    word = mode.removeprefix("Ssl").lower().replace("verifyca", "verify-ca").replace("verifyfull", "verify-full")
    return word if word in _SSL else ""


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _login(authcfg: str) -> tuple[str, str]:
    """(user, password) that the authentication store keeps."""
    if not authcfg:
        return "", ""
    found = QgsAuthMethodConfig()
    done = QgsApplication.authManager().loadAuthenticationConfig(authcfg, found, True)
    if not (done[0] if isinstance(done, tuple) else done):
        return "", ""
    return str(found.config("username")), str(found.config("password"))


def know_qgis_connections() -> None:
    """From now on STORE may be the name of a connection of QGIS."""
    know_names(connection_named, connection_names)


__all__ = ["connection_named", "connection_names", "know_qgis_connections"]
